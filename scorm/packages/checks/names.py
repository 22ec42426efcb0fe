"""What a file's name says of its kind."""


def ending(name: str) -> str:
    """``html`` of ``a/b.HTML``; empty when there is none."""
    _base, dot, after = name.rpartition("/")[2].rpartition(".")
    return after.lower() if dot else ""


def stem(name: str) -> str:
    """``film`` of ``a/Film.mp4``."""
    return name.rpartition("/")[2].rpartition(".")[0].lower()
