"""Numerical: a number, within limits, with its unit where one is asked for."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.questions.base import EMPTY, NONE, Html, Question


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


@dataclass(frozen=True)
class Unit:
    """A unit by name; ``factor`` times the number in this unit is the number in the first unit."""

    name: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Units:
    """What units are for in a question.

    :param rule: ``none``, ``optional`` (understood, worth nothing) or ``graded``
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


NO_UNITS = Units()


@dataclass(frozen=True, kw_only=True)
class NumericalQuestion(Question):
    """A number."""

    kind = "numerical"

    answers: tuple[NumberAnswer, ...]
    units: Units = NO_UNITS
