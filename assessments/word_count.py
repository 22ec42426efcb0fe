"""How many words an essay has, in any script, by a rule that can be said to the writer.

- Words stand between spaces, line breaks and long dashes; one counts if it has a letter or a digit.
  "l'heure", "well-known" and "1,234.5" are one word each.
- Every Chinese character and every Japanese kana counts as one word, as editors in those languages
  count. (Korean is written with spaces.)
- Thai, Lao, Khmer and Burmese have no spaces between words: four letters count as one word, the
  signs above and below them not, rounded up for each stretch between spaces.
"""

import re
import unicodedata

IDEOGRAPHIC = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]+")
LETTERS_OF_A_WORD = 4
BETWEEN = re.compile(r"[\s\N{EM DASH}\N{HORIZONTAL BAR}]+")


def count_words(text: str) -> int:
    """The number of words of a plain text."""
    characters = len(IDEOGRAPHIC.findall(text))
    stretches = (sum(map(_is_letter_or_digit, stretch)) for stretch in UNSPACED.findall(text))
    estimated = sum(-(-letters // LETTERS_OF_A_WORD) for letters in stretches)
    spaced = UNSPACED.sub(" ", IDEOGRAPHIC.sub(" ", text))
    words = sum(any(map(_is_letter_or_digit, word)) for word in BETWEEN.split(spaced))
    return characters + estimated + words


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
