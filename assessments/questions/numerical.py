"""Numerical: a number, within limits, with its unit where one is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments import numbers
from assessments.questions.base import (
    EMPTY,
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    fraction_problems,
    key_problems,
    repeated,
)
from assessments.questions.controls import Asked, Write

_ = TranslationStringFactory("tutela")

NAME = "answer"
ROUNDED = ("significant", "decimals")
RULES = ("absolute", "relative", "geometric", *ROUNDED)
UNIT_RULES = {
    "none": numbers.UnitHandling.NONE,
    "optional": numbers.UnitHandling.OPTIONAL,
    "graded": numbers.UnitHandling.REQUIRED,
}
PENALTIES = {"response": numbers.PenaltyOf.RESPONSE, "mark": numbers.PenaltyOf.QUESTION}
UNIT_CONTROLS = ("typed", "choose", "pick")
MOST_FIGURES = 15
WIDE = Context(prec=60)
"""Enough figures that no number in another unit is rounded wrongly."""


@dataclass(frozen=True)
class NumberAnswer:
    """One number that is looked for. The first that fits counts.

    :param value: None stands for every other number
    :param rule: how ``error`` is meant: ``absolute``, ``relative``, ``geometric``, ``significant``
        (figures), ``decimals`` (places)
    """

    key: str
    value: Decimal | None
    fraction: Fraction
    error: Decimal = Decimal(0)
    rule: str = "absolute"
    feedback: Html = EMPTY

    def fits(self, number: Fraction) -> bool:
        """Whether a number in the answer's own unit is this one, ends of the limits included."""
        if self.value is None:
            return True
        match self.rule:
            case "significant":
                figures = numbers.SignificantFigures(int(self.error))
                return figures.accepts(self.value, _decimal(number))
            case "decimals":
                return numbers.Decimals(int(self.error)).accepts(self.value, _decimal(number))
            case "geometric":
                return numbers.Geometric(self.error).accepts(self.value, number)
            case "relative":
                return numbers.Relative(self.error, self.error).accepts(self.value, number)
        return numbers.Absolute(self.error, self.error).accepts(self.value, number)

    def problems(self) -> list[TranslationString]:
        """Why no number could be compared with it."""
        if self.rule not in RULES:
            return [_("“${rule}” is no way to compare numbers.", mapping={"rule": self.rule})]
        least = 1 if self.rule == "significant" else 0
        if self.rule in ROUNDED and not (
            self.error == self.error.to_integral_value() and least <= self.error <= MOST_FIGURES
        ):
            return [
                _(
                    "The number of figures must be a whole number from ${least} to ${most}.",
                    mapping={"least": least, "most": MOST_FIGURES},
                )
            ]
        if self.error < 0:
            return [_("How far a number may be off cannot be below 0.")]
        return []


def _decimal(number: Fraction) -> Decimal:
    return WIDE.divide(Decimal(number.numerator), Decimal(number.denominator))


@dataclass(frozen=True)
class Unit:
    """A unit by name; ``factor`` times the number in this unit is the number in the first unit."""

    name: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Units:
    """What units are for in a question.

    :param rule: ``none``, ``optional`` (may be left out; an unknown one is sent back) or ``graded``
    :param control: ``typed`` behind or before the number, ``choose`` or ``pick`` beside it
    :param penalty: what a wrong unit takes off: a share, of the ``response``'s fraction or of the
        whole ``mark`` as ``of`` says
    """

    units: tuple[Unit, ...] = ()
    rule: str = "none"
    control: str = "typed"
    before: bool = False
    penalty: Fraction = NONE
    of: str = "response"

    @property
    def beside(self) -> bool:
        """Whether the unit is chosen beside the number and not typed with it."""
        return self.rule != "none" and self.control != "typed"

    @property
    def rules(self) -> numbers.UnitRules:
        """The same, as numbers are taken by it."""
        return numbers.UnitRules(
            tuple(numbers.Unit(unit.name, 1 / Fraction(unit.factor)) for unit in self.units),
            UNIT_RULES[self.rule],
            self.penalty if self.rule == "graded" else NONE,
            PENALTIES[self.of],
            self.before,
        )

    def control_for(self, name: str) -> Write:
        """Where the number is written, and its unit."""
        names = tuple(unit.name for unit in self.units) if self.beside else ()
        return Write(name, numeric=True, units=names)

    def reading(
        self, values: Sequence[str], form: numbers.NumberFormat
    ) -> tuple[numbers.Reading, list[numbers.Measured]]:
        """What a response says: the number as it was read, and the ways to take it with its unit.

        :raises assessments.numbers.NumberRefused: when it is no number, or none with such a unit
        """
        text, unit = (*values, "", "")[:2]
        reading = numbers.read(text, form)
        if self.beside and reading.unit:
            raise numbers.NumberRefused(
                _("Write only the number, and choose the unit beside it."),
            )
        beside = unit if self.beside else reading.unit
        return reading, list(self.rules.measured(reading.value, beside))

    def written(self, number: str) -> tuple[str, ...]:
        """A number with the right unit, as a response."""
        if self.beside:
            return (number, self.units[0].name)
        return (self.rules.beside(number),)

    def problems(self) -> list[TranslationString]:
        """Why no number could be taken by them."""
        known = ((self.rule, UNIT_RULES), (self.control, UNIT_CONTROLS), (self.of, PENALTIES))
        found = [
            _("“${word}” is no way to treat units.", mapping={"word": word})
            for word, words in known
            if word not in words
        ]
        if self.rule != "none" and not self.units and (self.rule == "graded" or self.beside):
            found.append(_("Units are asked for, but there are none. Give at least one."))
        if any(not unit.name.strip() for unit in self.units):
            found.append(_("A unit has no name."))
        elif not self.beside:
            found += [
                _(
                    "“${unit}” cannot be told from the number that it stands beside. Let people "
                    "choose the unit, or take another sign for it.",
                    mapping={"unit": unit.name},
                )
                for unit in self.units
                if not self._can_be_typed(unit)
            ]
        if again := repeated(unit.name.strip() for unit in self.units):
            found.append(
                _(
                    "More than one unit has the same name: ${names}.",
                    mapping={"names": ", ".join(again)},
                )
            )
        if any(unit.factor <= 0 for unit in self.units):
            found.append(_("The factor of a unit must be above 0."))
        elif self.units and self.units[0].factor != 1:
            found.append(_("The factor of the first unit must be 1: the others are told by it."))
        if not 0 <= self.penalty <= 1:
            found.append(_("What a wrong unit takes off must be between 0 % and 100 %."))
        return found

    def _can_be_typed(self, unit: Unit) -> bool:
        text = f"{unit.name}1" if self.before else f"1{unit.name}"
        try:
            reading = numbers.read(text)
        except numbers.NumberRefused:
            return False
        return reading.value == 1 and bool(reading.unit)


NO_UNITS = Units()


@dataclass(frozen=True, kw_only=True)
class NumericalQuestion(Question):
    """A number, as people of the attempt's ``language`` write it (in the arrangement; without one
    the question's own)."""

    kind = "numerical"

    answers: tuple[NumberAnswer, ...]
    units: Units = NO_UNITS

    def own_problems(self) -> list[TranslationString]:
        found = key_problems(answer.key for answer in self.answers)
        found += fraction_problems(answer.fraction for answer in self.answers)
        for answer in self.answers:
            found += answer.problems()
        found += self.units.problems()
        if not found and self.right_response({}) is None:
            found.append(
                _(
                    "No number brings the whole mark. Give one answer 100 %, and let none before "
                    "it take its number."
                )
            )
        return found

    def ask(self, arrangement: Arrangement) -> Asked:
        return Asked(self.body, (self.units.control_for(NAME),))

    def form(self, arrangement: Arrangement) -> numbers.NumberFormat:
        """How numbers are written by whoever is asked."""
        return numbers.format_of(arrangement.get("language") or self.language)

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        values = response.get(NAME, ())
        if self.units.beside and self.units.rule == "graded" and not (*values, "", "")[1]:
            return False
        try:
            self.units.reading(values, self.form(arrangement))
        except numbers.NumberRefused:
            return False
        return True

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        values = response.get(NAME, ())
        if not values:
            return []
        form = self.form(arrangement)
        try:
            reading, _ways = self.units.reading(values, form)
        except numbers.NumberRefused as refusal:
            return [refusal.message]
        if reading.ambiguous:
            return [
                _(
                    "Your number is read as ${number}. Write it in another way if you mean "
                    "another one.",
                    mapping={"number": numbers.write(reading.value, form)},
                )
            ]
        return []

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        values = response.get(NAME, ())
        text = " ".join(value for value in values if value)
        if not text:
            return Marked(NONE)
        try:
            _reading, ways = self.units.reading(values, self.form(arrangement))
        except numbers.NumberRefused:
            return Marked(NONE, (Part(NAME, text, "", NONE),))
        for answer in self.answers:
            for measured in ways:
                if answer.fits(measured.value):
                    fraction = self.units.rules.fraction(answer.fraction, measured)
                    part = Part(NAME, text, answer.key, fraction, answer.feedback)
                    return Marked(fraction, (part,))
        return Marked(NONE, (Part(NAME, text, "", NONE),))

    def right_response(self, arrangement: Arrangement) -> Response | None:
        for answer in self.answers:
            if answer.fraction == ONE:
                response = self.response_of(answer.value or Decimal(0), arrangement)
                if self.mark_response(response, arrangement).fraction == ONE:
                    return response
        return None

    def response_of(self, value: Decimal, arrangement: Arrangement) -> Response:
        """A number in the right unit, as somebody would answer it."""
        return {NAME: self.units.written(numbers.write(value, self.form(arrangement)))}

    def lowest(self) -> Fraction:
        return min((NONE, *(answer.fraction for answer in self.answers)))

    def guess(self) -> Fraction:
        others = [answer.fraction for answer in self.answers if answer.value is None]
        if not others:
            return NONE
        # Whoever guesses knows no unit.
        wrong = numbers.Measured(NONE, unit_is_right=self.units.rule != "graded")
        return max(NONE, self.units.rules.fraction(others[0], wrong))
