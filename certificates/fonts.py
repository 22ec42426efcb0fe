"""Which fonts print a text, and what to install when none does.

Latin, Greek, Cyrillic and Hebrew come with Typst; for every other script there is a Noto font
(Debian: fonts-noto-core, fonts-noto-cjk).
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import typst
from translationstring import TranslationString, TranslationStringFactory

from certificates.refusals import Refused

_ = TranslationStringFactory("tutela")

BASE = "Libertinus Serif"
LAST_BASE = "\u052f"
"""The last letter, in code points, that may be one of the base font."""

FAMILIES = {
    "arabic": ["Noto Naskh Arabic", "Noto Sans Arabic"],
    "canadian": ["Noto Sans CanAborig", "Noto Sans Canadian Aboriginal"],
    "cjk": ["Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif SC", "Noto Sans SC"],
    "hangul": ["Noto Serif CJK KR", "Noto Sans CJK KR", "Noto Serif KR", "Noto Sans KR"],
    "hanifi": ["Noto Sans Hanifi Rohingya"],
    "hiragana": ["Noto Serif CJK JP", "Noto Sans CJK JP", "Noto Serif JP", "Noto Sans JP"],
    "katakana": ["Noto Serif CJK JP", "Noto Sans CJK JP", "Noto Serif JP", "Noto Sans JP"],
    "meetei": ["Noto Sans MeeteiMayek", "Noto Sans Meetei Mayek"],
    "ol": ["Noto Sans Ol Chiki"],
}
"""Script → families, best first, where they are not simply called after it."""

SHAPES = {
    "ja": FAMILIES["hiragana"],
    "ko": FAMILIES["hangul"],
    "zh-hant": ["Noto Serif CJK TC", "Noto Sans CJK TC", "Noto Serif TC", "Noto Sans TC"],
}
"""Language → families for Chinese characters, where they are not those of Chinese."""
TRADITIONAL = frozenset({"hant", "hk", "mo", "tw"})

EVERYWHERE = ["Noto Serif", "Noto Sans Symbols2", "Noto Sans Symbols"]
"""Tried after all others: rare Latin letters and signs."""

NAMES = {
    "canadian": "Canadian syllabics",
    "cjk": "Chinese",
    "hangul": "Korean",
    "hanifi": "Rohingya",
    "hiragana": "Japanese",
    "katakana": "Japanese",
    "meetei": "Meetei Mayek",
    "ol": "Ol Chiki",
}
SAME_AS = {"bopomofo": "cjk", "fullwidth": "cjk", "ideographic": "cjk", "kangxi": "cjk"}
"""What stands in the fonts of another script."""
EAST_ASIAN = frozenset({"cjk", "hangul", "hiragana", "katakana"})
WITHOUT_SPACES = frozenset({"cjk", "hiragana", "katakana", "khmer", "lao", "myanmar", "thai"})


class MissingGlyphs(Refused):
    """No font here has a character of the certificate; :attr:`character` is the first such."""

    def __init__(self, character: str):
        self.character = character
        self.script = script_of(character)
        self.package = "fonts-noto-cjk" if self.script in EAST_ASIAN else "fonts-noto-core"
        super().__init__(self._words())

    def _words(self) -> TranslationString:
        if self.script is None:
            sign = unicodedata.name(self.character, "a sign without a name").lower()
            return _(
                "This server has no font for “${character}” (${sign}). Leave it out.",
                mapping={"character": self.character, "sign": sign},
            )
        name = NAMES.get(self.script, self.script.title())
        return _(
            "This server has no font for the ${script} script, in which “${character}” is written. "
            "Nothing is lost. Ask an admin to install one (on Debian: ${package}), or use another "
            "script.",
            mapping={"script": name, "character": self.character, "package": self.package},
        )


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...], _changed: tuple[int, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def load(folders: tuple[Path, ...]) -> typst.Fonts:
    """The embedded fonts and those of the folders, read again when a folder has changed."""
    there = tuple(folder for folder in folders if folder.is_dir())
    return _load(there, tuple(folder.stat().st_mtime_ns for folder in there))


def script_of(character: str) -> str | None:
    """The script of a letter, mark or digit, after its Unicode name: ``arabic``; None for a sign
    and for the digits of ASCII."""
    category = unicodedata.category(character)
    if category[0] not in "LM" and (category != "Nd" or character.isascii()):
        return None
    name = unicodedata.name(character, "unknown").removeprefix("HALFWIDTH ")
    word = re.split("[ -]", name.removeprefix("EXTENDED "))[0].lower()
    return SAME_AS.get(word, word)


def families_for(text: str, fonts: typst.Fonts, language: str = "") -> list[str]:
    """The families to typeset a text with, in the order of preference; all of them are here.

    :param language: BCP 47; Chinese characters have its shapes
    """
    here = {family.lower(): family for family in fonts.families()}
    scripts = {script_of(char) or "" for char in text if char > LAST_BASE}
    wanted = [BASE]
    if "cjk" in scripts:
        primary, *more = language.lower().replace("_", "-").split("-")
        shapes = SHAPES.get("zh-hant" if TRADITIONAL.intersection(more) else primary, ())
        wanted += [here[name.lower()] for name in shapes if name.lower() in here][:1]
    # Japanese and Korean before Chinese: the shapes of shared characters follow the language.
    for script in sorted(scripts - {""}, key=lambda script: (script == "cjk", script)):
        own = [f"Noto Serif {script}", f"Noto Sans {script}"]
        found = [here[name.lower()] for name in FAMILIES.get(script, own) if name.lower() in here]
        wanted += found[:1]
    return wanted + [here[name.lower()] for name in EVERYWHERE if name.lower() in here]


def for_marks(families: list[str]) -> list[str]:
    """The same for letters with marks that are no character of their own, such as Yoruba's Ọ̀:
    the base font would set the mark into the letter."""
    return sorted(families, key=lambda family: family != EVERYWHERE[0])


def to_left(families: list[str]) -> list[str]:
    """The same for a text that runs to the left: its spaces are of the Arabic font too, for some
    programs copy what stands between spaces of another font in the order of the page."""
    return sorted(families, key=lambda family: family not in FAMILIES["arabic"])


def written_without_spaces(text: str) -> bool:
    """Whether lines may break between the letters of a text."""
    return any(script_of(char) in WITHOUT_SPACES for char in text)
