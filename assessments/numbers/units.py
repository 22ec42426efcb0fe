"""Units beside a number: which are known, what they multiply, and what a missing one costs.

As Moodle's numerical question has it (docs.moodle.org, "Numerical question type"): an answer in
another known unit counts in full, and one that is right but for its unit loses the unit penalty.
Where a unit may be left out we are stricter: Moodle takes the number as it stands whatever is
written beside it, here a unit that is written is meant.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.numbers.reading import NumberRefused

_ = TranslationStringFactory("tutela")


SPELLINGS = str.maketrans("٪º", "%°", "^")
"""The Arabic per cent sign; the ordinal sign that Spanish keyboards have and degrees have not."""
SIGNS = str.maketrans("−‐‑–⋅∙*", "----···")
"""Signs that mean the same in a unit, after NFKC, which makes a minus of the one in "s⁻¹" that no
keyboard has."""


class UnitHandling(StrEnum):
    """Whether an answer has a unit."""

    NONE = "none"
    """Only a number is asked for, and one with a unit is sent back."""
    OPTIONAL = "optional"
    """The unit may be left out: the number is in the answer's own unit then. One that is there is
    converted, and must be known."""
    REQUIRED = "required"


class PenaltyOf(StrEnum):
    """What the unit penalty is a part of."""

    RESPONSE = "response"
    """Of what the number alone would have earned: 0.1 leaves 0.45 of 0.5."""
    QUESTION = "question"
    """Of the whole mark of the question: 0.1 leaves 0.4 of 0.5."""


@dataclass(frozen=True)
class Unit:
    """A unit, and how many of it one of the answer's own unit is: metres asked, "cm" has 100."""

    name: str
    multiplier: Fraction = Fraction(1)


@dataclass(frozen=True)
class Measured:
    """One way to take an answer: its value in the answer's own unit, and whether its unit counts
    as right."""

    value: Fraction
    unit_is_right: bool


@dataclass(frozen=True)
class UnitRules:
    """The units of one question.

    :param units: known ones, the answer's own first; none may have a multiplier of 0
    :param penalty: from 0 to 1, for a right number whose unit is missing, unknown or wrong
    :param left: whether the unit is written before the number ("$5"); people may write it on
        either side
    """

    units: tuple[Unit, ...] = ()
    handling: UnitHandling = UnitHandling.NONE
    penalty: Fraction = Fraction(0)
    penalty_of: PenaltyOf = PenaltyOf.RESPONSE
    left: bool = False

    def measured(self, value: Decimal, unit: str) -> Iterator[Measured]:
        """The ways to take ``value`` with ``unit`` beside it, in the order they are to be tried.

        A known unit is converted. Where a unit is required, the number is then taken as it stands
        too, with its unit counted as wrong. Where a question has several answers, each is tried
        with both before the next one.

        :raises NumberRefused: for a unit where none is asked for, and for an unknown one where it
            may be left out
        """
        exact = Fraction(value)
        if not unit.strip():
            yield Measured(exact, unit_is_right=self.handling is not UnitHandling.REQUIRED)
            return
        if self.handling is UnitHandling.NONE:
            raise NumberRefused(_("Write only the number, without a unit."))
        for known in self.units:
            if _plain(known.name) == _plain(unit):
                yield Measured(exact / known.multiplier, unit_is_right=True)
                break
        else:
            if self.handling is UnitHandling.OPTIONAL:
                raise NumberRefused(
                    _(
                        "The unit “${unit}” is not known here. Write another one, or only the "
                        "number.",
                        mapping={"unit": unit.strip()},
                    )
                )
        if self.handling is UnitHandling.REQUIRED:
            yield Measured(exact, unit_is_right=False)

    def fraction(self, fraction: Fraction, measured: Measured) -> Fraction:
        """What an answer earns whose number earned ``fraction`` of the mark.

        The penalty takes no more than there is: a fraction below 0 stays as it is.
        """
        if measured.unit_is_right or fraction <= 0:
            return fraction
        whole = fraction if self.penalty_of is PenaltyOf.RESPONSE else 1
        return max(fraction - self.penalty * whole, Fraction(0))

    def beside(self, number: str) -> str:
        """A written number with the answer's own unit on its side, for the model answer."""
        if self.handling is UnitHandling.NONE or not self.units:
            return number
        own = self.units[0].name
        return (
            f"{own}\N{NO-BREAK SPACE}{number}" if self.left else f"{number}\N{NO-BREAK SPACE}{own}"
        )


def _plain(unit: str) -> str:
    """A unit as it is compared: "m²", "m^2" and "m2" are one, "s⁻¹" and "s^-1" are, and so are the
    two signs for µ.

    Capitals count: a mW is no MW.
    """
    plain = unicodedata.normalize("NFKC", unit.translate(SPELLINGS)).translate(SIGNS)
    return "".join(plain.split())
