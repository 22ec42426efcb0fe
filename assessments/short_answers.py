"""Short answers: whether a typed text is one of those that the question accepts.

The pattern of an answer may have wildcards: ``*`` stands for any text or none, ``\\*`` for the sign
itself. The rules are Moodle's (qtype_shortanswer), made equal for what people cannot see:

- Unicode NFKC, so that full-width and composed characters count as the plain ones;
- spaces of every kind are one space, and none at the ends; invisible marks do not count;
- all apostrophes are one, all quotation marks are one, all dashes are one;
- digits count by their value, whatever the script ("٣" is 3);
- the Arabic tatweel, which only stretches a word, does not count; nor do Arabic vowel signs and
  Hebrew points, which few people type, unless the question asks for them;
- accents and every other mark always count: "ou" is no "où";
- where capitals do not count, they are those of the language: in Turkish "I" belongs to "ı", and
  "İ" to "i"; everywhere "ß" is "ss", and the sigma at the end of a Greek word is any sigma.

A text that has no wildcard is compared as a whole. Matching cuts the pattern at its wildcards and
finds the pieces one after the other, the first place of each: there is no going back, and the time
grows only with the length of the two texts.
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_LENGTH = 5_000
"""Characters of a response or a pattern; a longer response matches nothing."""

WILDCARD = re.compile(r"(?<!\\)\*+")
DASHES = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
APOSTROPHES = "‘’‚‛′`´ʼʻ"
QUOTATION_MARKS = "“”„‟″«»「」『』"
TATWEEL = "\N{ARABIC TATWEEL}"
UNIFIED = str.maketrans(
    DASHES + APOSTROPHES + QUOTATION_MARKS,
    "-" * len(DASHES) + "'" * len(APOSTROPHES) + '"' * len(QUOTATION_MARKS),
)
DOTTED = str.maketrans({"I": "ı", "İ": "i"})
"""Small letters of Turkish, where Unicode's rules for all languages have others (its
``SpecialCasing.txt``)."""
WITH_DOTS = frozenset({"az", "tr"})
VOWELS = re.compile(
    # Arabic honorifics, vowel signs, superscript alef, and signs of recitation.
    "[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    # Hebrew accents and points.
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]"
)
"""Signs for vowels. Hamza and madda (U+0653 to 0655) are not among them: they change the letter."""


@dataclass(frozen=True)
class Comparison:
    """What counts when a response is compared.

    :param case: whether capitals count
    :param vowels: whether Arabic vowel signs and Hebrew points count
    :param language: of the pattern (BCP 47), for its capitals; empty when nobody said
    :param exact: whether every sign counts as it was typed, but for large and small letters:
        QTI's stringMatch and mapResponse
    """

    case: bool = False
    vowels: bool = False
    language: str = ""
    exact: bool = False

    def matches(self, pattern: str, response: str) -> bool:
        """Whether ``response`` is what ``pattern`` describes."""
        if len(response) > MAX_LENGTH or len(pattern) > MAX_LENGTH:
            return False
        first, *rest = self.pieces(pattern)
        text = self.plain(response).strip(" ")
        if not rest:
            return text == first
        *middle, last = rest
        if not text.startswith(first):
            return False
        position = len(first)
        for piece in middle:
            found = text.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        return len(text) - len(last) >= position and text.endswith(last)

    def pieces(self, pattern: str) -> list[str]:
        """What stands between the wildcards, as it is compared; one piece if there is none."""
        pieces = [self.plain(unescaped(piece)) for piece in WILDCARD.split(pattern)]
        pieces[0] = pieces[0].lstrip(" ")
        pieces[-1] = pieces[-1].rstrip(" ")
        return pieces

    def plain(self, text: str) -> str:
        """``text`` as it is compared, with a space left where it begins or ends with one."""
        if self.exact:
            return text if self.case else text.casefold()
        visible = "".join(map(_plain_character, text)).translate(UNIFIED)
        normal = unicodedata.normalize("NFKC", visible).replace(TATWEEL, "")
        if not self.case:
            if self.language.partition("-")[0] in WITH_DOTS:
                normal = normal.translate(DOTTED)
            normal = unicodedata.normalize("NFKC", normal.casefold())
        if not self.vowels:
            normal = VOWELS.sub("", normal)
        return re.sub(r"\s+", " ", normal)


def shown(pattern: str) -> str:
    """A pattern as a model answer for people: each wildcard is "…"."""
    return "…".join(map(unescaped, WILDCARD.split(pattern))).strip()


def escaped(text: str) -> str:
    """The pattern that matches only ``text``."""
    return text.replace("*", r"\*")


def unescaped(piece: str) -> str:
    """What a piece of a pattern without wildcards stands for."""
    return piece.replace(r"\*", "*")


def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
