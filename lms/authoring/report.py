"""What was built, in words for whoever built it."""

from lms.authoring.package import Built


def report(built: Built) -> str:
    """The course and its edition, and a line for each page."""
    edition = "SCORM 2004 4th Edition" if built.standard == "2004" else "SCORM 1.2"
    lines = [
        f"{built.title}: {edition}, {built.size / 1000:.1f} kB, "
        f"{built.questions} quiz questions, in {built.file}"
    ]
    lines += [f"  {path}: {size / 1000:.1f} kB with all it loads" for path, size in built.pages]
    return "\n".join(lines)
