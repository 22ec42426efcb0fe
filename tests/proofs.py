"""What a single badge proves, for tests."""

from certificates.badges.proving import Trust, all_proven


def proven(document: str | bytes, ring: Trust) -> str:
    """The code of the one certificate."""
    (code,) = all_proven(document, ring)
    return code
