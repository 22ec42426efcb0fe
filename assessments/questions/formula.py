"""Formula: a calculation with numbers that differ from attempt to attempt."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.questions.base import EMPTY, Html, Question
from assessments.questions.numerical import NO_UNITS, Units


@dataclass(frozen=True)
class Variable:
    """Where a number comes from.

    :param spread: ``uniform`` or ``loguniform`` between ``least`` and ``most``
    :param places: decimal places
    :param values: a list to take from instead
    """

    name: str
    least: Decimal = Decimal(1)
    most: Decimal = Decimal(10)
    places: int = 1
    spread: str = "uniform"
    values: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class FormulaAnswer:
    """One result that is looked for; ``error`` and ``rule`` as in
    :class:`assessments.questions.numerical.NumberAnswer`.

    :param expression: in the variables, as ``2 * {a} + {b}``; ``*`` stands for every other number
    :param figures: :param figures_rule: how the right result is shown: so many ``decimals`` or
        ``significant`` figures
    """

    key: str
    expression: str
    fraction: Fraction
    error: Decimal = Decimal("0.01")
    rule: str = "relative"
    figures: int = 2
    figures_rule: str = "decimals"
    feedback: Html = EMPTY


@dataclass(frozen=True, kw_only=True)
class FormulaQuestion(Question):
    """A text with ``{a}`` and ``{=expression}``, and results.

    :param rows: fixed sets of values, one of which each attempt gets, by the order of
        ``variables``; values are drawn anew when there are none
    :param condition: what must be true of the values, as ``{a} > {b}``; empty for nothing
    """

    kind = "formula"

    variables: tuple[Variable, ...]
    answers: tuple[FormulaAnswer, ...]
    rows: tuple[tuple[Decimal, ...], ...] = ()
    condition: str = ""
    units: Units = NO_UNITS
