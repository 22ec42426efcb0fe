"""Which characters the escapes of XML Schema's regular expressions stand for (appendix F.1.1)."""

import unicodedata
from collections.abc import Callable

CharacterTest = Callable[[str], bool]

SINGLE = frozenset("nrt\\|.-^?*+{}()[]$")
"""``$`` is not in the table of the standard; patterns of other languages escape it."""

BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Bengali": (0x0980, 0x09FF),
    "Thai": (0x0E00, 0x0E7F),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "Ethiopic": (0x1200, 0x137F),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3),
}


def _begins_a_name(found: str) -> bool:
    return found.isalpha() or found in "_:"


def _is_in_a_name(found: str) -> bool:
    return _begins_a_name(found) or found in ".-·" or unicodedata.category(found) in NAME


NAME = frozenset(("Nd", "Mn", "Mc"))

CLASSES: dict[str, CharacterTest] = {
    "s": lambda found: found in " \t\n\r",
    "i": _begins_a_name,
    "c": _is_in_a_name,
    "d": lambda found: unicodedata.category(found) == "Nd",
    "w": lambda found: unicodedata.category(found)[0] not in "PZC",
}


def class_escape(letter: str, name: str) -> CharacterTest | None:
    """The test of an escape of many characters; None when there is no such escape.

    :param letter: what follows the backslash; a capital means every other character
    :param name: of ``\\p`` and ``\\P`` what is in the braces
    """
    test = _category(name) if letter in "pP" else CLASSES.get(letter.lower())
    if test is None or letter.islower():
        return test
    found_by: CharacterTest = test
    return lambda found: not found_by(found)


def single_escape(letter: str) -> CharacterTest | None:
    """The test of an escape of one character; None when there is no such escape."""
    if letter not in SINGLE:
        return None
    character = {"n": "\n", "r": "\r", "t": "\t"}.get(letter, letter)
    return lambda found: found == character


def _category(name: str) -> CharacterTest | None:
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        return block and (lambda found: block[0] <= ord(found) <= block[1])
    if len(name) in (1, 2) and name[0] in "LMNPZSC" and name.isalpha():
        return lambda found: unicodedata.category(found).startswith(name)
    return None
