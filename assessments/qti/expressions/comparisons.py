"""Expressions that compare numbers and durations, and round them (QTI 2.2 §15.3).

Decimals are compared as they are written, exactly: 3.175 rounds to 3.18, and 1.1 is within 0.1
of 1.2, whatever binary floats make of them.
"""

import math
import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assessments.qti.documents import Node
from assessments.qti.expressions.arithmetic import Number, two_numbers
from assessments.qti.expressions.registry import (
    Expression,
    expression,
    operand,
    operands,
    single_number,
)
from assessments.qti.scope import Scope
from assessments.qti.tables import flag
from assessments.qti.values import NULL, Value, boolean, real, same

MOST_FIGURES = 400


@expression("equal")
def equal(node: Node, scope: Scope) -> Value:
    """Whether two numbers are equal, exactly or within a tolerance around the first.

    The standard has numbers only. Values of other types are compared as ``match`` does.
    """
    one, other = operands(node, scope, 2, 2)
    if one.is_null or other.is_null:
        return boolean(None)
    centre, found = single_number(one), single_number(other)
    if centre is None or found is None:
        return boolean(same(one, other))
    mode = node.attributes.get("toleranceMode", "exact")
    if mode not in ("absolute", "relative") or not (math.isfinite(centre) and math.isfinite(found)):
        return boolean(centre == found)
    return _within(node, scope, mode, exact(centre), exact(found))


def _within(node: Node, scope: Scope, mode: str, centre: Fraction, found: Fraction) -> Value:
    words = node.attributes.get("tolerance", "").split()
    tolerances = [scope.number_of(word) for word in words[:2]]
    if not tolerances or not all(
        given is not None and math.isfinite(given) and given >= 0 for given in tolerances
    ):
        return boolean(None)
    below, above = (exact(given) for given in (tolerances[0], tolerances[-1]) if given is not None)
    if mode == "relative":
        below, above = abs(centre) * below / 100, abs(centre) * above / 100
    low, high = centre - below, centre + above
    return boolean(
        (low < found or (low == found and flag(node.attributes.get("includeLowerBound"), True)))
        and (
            found < high or (found == high and flag(node.attributes.get("includeUpperBound"), True))
        )
    )


def exact(found: Number) -> Fraction:
    """The number that a float's shortest text writes."""
    return Fraction(repr(found))


@expression("notEqual")
def not_equal(node: Node, scope: Scope) -> Value:
    """The contrary of equal; NULL of NULL. Not of the standard."""
    answer = equal(node, scope).data
    return boolean(None if answer is None else not answer)


@expression("roundTo")
def round_to(node: Node, scope: Scope) -> Value:
    """A number rounded to significant figures or decimal places, a float."""
    found = single_number(operand(node, scope))
    rounded = found is not None and _rounded(found, node, scope)
    return real(rounded) if rounded is not None and rounded is not False else NULL


@expression("equalRounded")
def equal_rounded(node: Node, scope: Scope) -> Value:
    """Whether two numbers are equal once both are rounded."""
    pair = two_numbers(node, scope)
    if pair is None:
        return boolean(None)
    one, other = (_rounded(found, node, scope) for found in pair)
    return boolean(None if one is None or other is None else one == other)


def _rounded(found: Number, node: Node, scope: Scope) -> float | None:
    figures = scope.whole(node.attributes.get("figures", ""))
    places = node.attributes.get("roundingMode", "significantFigures") == "decimalPlaces"
    if figures is None or not (0 if places else 1) <= figures <= MOST_FIGURES:
        return None
    if math.isnan(found):
        return None
    if math.isinf(found) or found == 0:
        return float(found)
    decimal = Decimal(repr(found))
    digit = -figures if places else decimal.adjusted() - figures + 1
    if digit <= decimal.as_tuple().exponent:  # type: ignore[operator]
        return float(found)
    scaled = decimal.scaleb(-digit).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return float(scaled.scaleb(digit))


Comparison = Callable[[Number, Number], bool]


def _comparison(compare: Comparison) -> Expression:
    def compared(node: Node, scope: Scope) -> Value:
        pair = two_numbers(node, scope)
        return boolean(None if pair is None else compare(*pair))

    return compared


for names, compare in (
    (("lt", "durationLT"), operator.lt),
    (("lte",), operator.le),
    (("gt",), operator.gt),
    (("gte", "durationGTE"), operator.ge),
):
    expression(*names)(_comparison(compare))
