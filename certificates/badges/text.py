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

LANGUAGE = re.compile(
    r"([a-z]{2,4})(?:[-_][a-z]{3}){0,3}"
    r"(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?(?:[-_].*)?",
    re.ASCII | re.IGNORECASE,
)
"""Language, script and region of a tag (BCP 47 §2.1)."""


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


def name(text: str) -> str:
    """The same, and empty where nothing of it is to be seen."""
    found = line(text)
    return found if any(map(_can_be_seen, found)) else ""


def _can_be_seen(char: str) -> bool:
    """What Python's Unicode does not know yet may be a new emoji; noncharacters never are one."""
    nothing = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return not nothing and unicodedata.category(char) not in ("Cf", "Zs")


def language(tag: str) -> str | None:
    """A language as Open Badges write it (OB 3.0, LanguageCode): ``zh_hant_tw`` is ``zh-Hant-TW``,
    ``de-CH-1996`` is ``de-CH``; None for what they have no room for, such as ``x-house``."""
    found = LANGUAGE.fullmatch(tag)
    if found is None:
        return None
    primary, script, region = found.groups(default="")
    return "-".join(filter(None, (primary.lower(), script.title(), region.upper())))


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
