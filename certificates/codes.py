"""Codes of certificates: 128 random bits that can be read out and typed."""

import re
import unicodedata
from urllib.parse import unquote

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a figure."""

LENGTH = 26
"""Characters of a code: 128 random bits."""

LONGEST_TYPED = 2000
"""What is looked at of a text that should hold a code; addresses are shorter."""

DASHES = "-\u2010-\u2015\u2212"
IN_TEXT = re.compile(
    rf"(?<![a-z0-9])(?:[a-z0-9]{{6}}(?:[{DASHES}][a-z0-9]{{5}}){{4}}|[a-z0-9]{{26}})(?![a-z0-9])"
)
"""A code among other words, as it is copied with what stands beside it."""

ALIASES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def code_of(octets: bytes) -> str:
    """16 octets as a code of 26 characters."""
    number = int.from_bytes(octets, "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def normalised(text: str) -> str:
    """A code as it is kept, from what a person typed: an address, groups, capitals, O for 0, or the
    whole line that it stands in.

    The empty string when there is none in it.
    """
    typed = unicodedata.normalize("NFKC", unquote(text[:LONGEST_TYPED])).lower()
    parts = [re.sub(r"[^a-z0-9]", "", part) for part in re.split(r"[/?#&=]", typed)]
    codes = [part for part in parts if len(part) == LENGTH]
    codes = codes or [re.sub(r"[^a-z0-9]", "", found) for found in IN_TEXT.findall(typed)]
    return codes[-1].translate(ALIASES) if codes else ""


def grouped(code: str) -> str:
    """The code in groups that can be read out: ``ABCDEF-GHJKM-…``."""
    first, rest = code[:6], code[6:]
    return "-".join([first, *(rest[at : at + 5] for at in range(0, len(rest), 5))]).upper()
