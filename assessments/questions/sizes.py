"""How large a question may be. What is larger was written by no person, and would keep everybody
waiting who is asked it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("tutela")

LONGEST_NAME = 500
"""Characters of a question's name."""
LONGEST = 500_000
"""Characters of one text."""
MOST = 200
"""Members of one list: answers to choose from, gaps, words for them."""
MOST_VALUES = 2_000
"""Values from which numbers of a formula are taken; nobody is shown these as a list."""
FIGURES = 60
"""Figures of a number, and zeros between it and its decimal mark."""
LARGEST = 10**9
"""Of whole numbers: pixels, bytes, words."""

LONG_LISTS = frozenset({"rows", "values"})


def problems(question: Any) -> list[TranslationString]:
    """What of a question is too large, in words for its author; nothing when all is well."""
    # Each message once, whatever it is about: an author who wrote so much knows where.
    return list({str(message): message for message in _problems(question, MOST)}.values())


def _problems(value: Any, most: int) -> Iterator[TranslationString]:
    if isinstance(value, str):
        if len(value) > LONGEST:
            yield _(
                "A text has more than ${most} characters. Make it shorter.",
                mapping={"most": LONGEST},
            )
    elif isinstance(value, Decimal | Fraction | int):
        if not _fits(value):
            yield _("A number is too large, or has too many figures.")
    elif isinstance(value, Mapping):
        yield from _problems((*value, *value.values()), MOST_VALUES)
    elif isinstance(value, tuple):
        if len(value) > most:
            yield _(
                "A list has more than ${most} members. Make several questions of this one.",
                mapping={"most": most},
            )
        else:
            for each in value:
                yield from _problems(each, most)
    elif is_dataclass(value):
        for field in fields(value):
            limit = MOST_VALUES if field.name in LONG_LISTS else MOST
            yield from _problems(getattr(value, field.name), limit)


def _fits(value: Decimal | Fraction | int) -> bool:
    if isinstance(value, Decimal):
        return (
            value.is_finite()
            and abs(value.adjusted()) <= FIGURES
            and len(value.as_tuple().digits) <= FIGURES
        )
    if isinstance(value, Fraction):
        return max(abs(value.numerator), value.denominator) <= 10**FIGURES
    return abs(value) <= LARGEST
