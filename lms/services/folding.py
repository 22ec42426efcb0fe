"""Words as they are compared: how a name is typed should not keep anybody from finding it.

Case, accents, Arabic forms of alef and yaa, vowel marks and the Turkish dotless i make no
difference. Vowel signs of Indian scripts do: without them their words would be other words.
"""

import re
import unicodedata

ACCENTS_FROM = 10
"""Combining classes up to nine join letters (nukta, virama); from ten on, marks stand on them."""
ALIKE = str.maketrans(
    {
        "ı": "i",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ـ": None,
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    }
)
"""Letters that people take for one another, and that Unicode does not take apart itself."""


def folded(text: str) -> str:
    """The form in which texts are compared; folding it again changes nothing.

    ``İSTANBUL`` and ``ıstanbul`` are ``istanbul``; ``إعادة التأهيل`` is ``اعاده التاهيل``.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in plain if unicodedata.combining(c) < ACCENTS_FROM)
    return bare.translate(ALIKE)


def has_words(text: str, words: str) -> bool:
    """Whether a text has all of the words, or parts of words, in any order."""
    place = folded(text)
    return all(word in place for word in folded(words).split())


def place_in_order(text: str) -> tuple[str, str]:
    """Where a title stands among others: by its letters and figures, then as it is written."""
    return " ".join(re.findall(r"\w+", folded(text))), text
