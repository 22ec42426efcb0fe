"""How near a number must come to the answer: every rule that the exchange formats have.

All is reckoned in fractions, so that the ends of an interval are exact: with a tolerance of 0.1,
the answer 0.2 accepts 0.3 and not 0.3 and a bit. Moodle widens its intervals by 1e-14 to make up
for floats (qtype_numerical, ``get_tolerance_interval``), which is not needed here.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Number = Decimal | Fraction


@dataclass(frozen=True)
class Between:
    """From one value to another, whatever the answer is; the ends count unless said otherwise.

    GIFT's ``1..5``, Canvas's "within a range", QTI's ``gte`` and ``lt`` side by side.
    """

    low: Number
    high: Number
    includes_low: bool = True
    includes_high: bool = True

    def accepts(self, answer: Number, value: Number) -> bool:  # noqa: ARG002
        """Whether ``value`` lies in the interval."""
        given, low, high = Fraction(value), Fraction(self.low), Fraction(self.high)
        return (low < given or (self.includes_low and low == given)) and (
            given < high or (self.includes_high and given == high)
        )


@dataclass(frozen=True)
class Absolute:
    """From ``answer - below`` to ``answer + above``.

    Moodle's "nominal" and GIFT's ``3:2``, with both the same; QTI's ``equal`` with toleranceMode
    "absolute", whose two tolerances and includeLowerBound and includeUpperBound these are. Both 0
    is "exact".
    """

    below: Number
    above: Number
    includes_low: bool = True
    includes_high: bool = True

    def accepts(self, answer: Number, value: Number) -> bool:
        """Whether ``value`` is near enough to ``answer``."""
        exact = Fraction(answer)
        return Between(
            exact - Fraction(self.below),
            exact + Fraction(self.above),
            self.includes_low,
            self.includes_high,
        ).accepts(answer, value)


@dataclass(frozen=True)
class Relative:
    """Parts of the answer's size: from ``answer - below·|answer|`` to ``answer + above·|answer|``.

    0.05 is five per cent. Moodle's "relative", with both the same; QTI's toleranceMode "relative"
    and Canvas's margin "percent", which write 5 for it.
    """

    below: Number
    above: Number
    includes_low: bool = True
    includes_high: bool = True

    def accepts(self, answer: Number, value: Number) -> bool:
        """Whether ``value`` is near enough to ``answer``."""
        size = abs(Fraction(answer))
        return Absolute(
            Fraction(self.below) * size,
            Fraction(self.above) * size,
            self.includes_low,
            self.includes_high,
        ).accepts(answer, value)


@dataclass(frozen=True)
class Geometric:
    """From the answer divided by ``1 + tolerance`` to the answer times it. Moodle's "geometric".

    For an answer below zero the two ends change places; they always count.
    """

    tolerance: Number

    def accepts(self, answer: Number, value: Number) -> bool:
        """Whether ``value`` is near enough to ``answer``."""
        exact, factor = Fraction(answer), 1 + Fraction(self.tolerance)
        low, high = sorted((exact / factor, exact * factor))
        return Between(low, high).accepts(answer, value)


@dataclass(frozen=True)
class SignificantFigures:
    """Both rounded to so many significant figures are the same number.

    QTI's ``equalRounded`` with "significantFigures", Canvas's precision "significantDigits". That
    the number was also *given* to so many is asked with :meth:`Reading.may_have_figures`.
    """

    figures: int

    def accepts(self, answer: Decimal, value: Decimal) -> bool:
        """Whether ``value`` is near enough to ``answer``."""
        return rounded_to_figures(answer, self.figures) == rounded_to_figures(value, self.figures)


@dataclass(frozen=True)
class Decimals:
    """Both rounded to so many decimals are the same number.

    QTI's ``equalRounded`` with "decimalPlaces", Canvas's precision "decimals".
    """

    decimals: int

    def accepts(self, answer: Decimal, value: Decimal) -> bool:
        """Whether ``value`` is near enough to ``answer``."""
        return rounded_to_decimals(answer, self.decimals) == rounded_to_decimals(
            value, self.decimals
        )


Tolerance = Between | Absolute | Relative | Geometric | SignificantFigures | Decimals


def rounded_to_figures(value: Decimal, figures: int) -> Decimal:
    """``value`` to so many significant figures, halves away from zero as at school.

    >>> rounded_to_figures(Decimal("3.175"), 3)
    Decimal('3.18')
    """
    rounded = Context(prec=figures, rounding=ROUND_HALF_UP).plus(value)
    # One that was given to fewer figures gets its zeros: 2 to three figures is 2.00.
    return rounded.quantize(
        Decimal(1).scaleb(rounded.adjusted() - figures + 1), context=_wide(figures)
    )


def rounded_to_decimals(value: Decimal, decimals: int) -> Decimal:
    """``value`` to so many decimals (0 or more), halves away from zero as at school."""
    context = _wide(max(value.adjusted(), 0) + decimals + 2)
    return value.quantize(Decimal(1).scaleb(-decimals), context=context)


def _wide(digits: int) -> Context:
    """A context in which nothing of so many digits is cut off."""
    return Context(prec=digits, rounding=ROUND_HALF_UP)
