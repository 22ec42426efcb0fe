"""Texts and numbers as every verifier reads them alike.

What is signed is canonical N-Quads text. Programs escape control characters differently there, and
write very small and very large numbers differently, so neither gets into a badge.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

LONGEST_TITLE = 1_000
LONGEST_TEXT = 20_000
"""Characters: a badge is read up to 256 KiB by verifiers, and is baked into pictures."""

PLACES = Decimal("0.000001")
LARGEST = 10**9

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text in lines, without control characters and halves of characters; marks of direction
    and everything else that people can read or see by stay. What is too long ends in ``…``."""
    lined = BREAKS.sub("\n", text).replace("\t", " ")
    kept = "".join(
        char for char in lined if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    kept = kept.strip()
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def line(text: str, longest: int = LONGEST_TITLE) -> str:
    """The same on one line, for titles and names."""
    return plain(" ".join(plain(text, longest).split("\n")), longest)


def number(text: str) -> int | float:
    """A decimal number with at most six places: ``"1.50"`` is 1.5, ``"2.0"`` is 2.

    :raises ValueError: for what is no number between 0 and 10⁹
    """
    rounded = _rounded(text)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def decimal(text: str) -> str:
    """The same as text, without an exponent: ``"1.50"`` is ``1.5``.

    :raises ValueError: for what is no number between 0 and 10⁹
    """
    return f"{_rounded(text):f}".rstrip("0").rstrip(".")


def _rounded(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no decimal number.") from None
    if not value.is_finite() or not 0 <= value <= LARGEST:
        raise ValueError(f"{text!r} is not between 0 and {LARGEST}.")
    return value.quantize(PLACES)
