"""Expressions that reckon (QTI 2.2 §15.3). NULL in, NULL out."""

import math
from collections.abc import Callable
from functools import reduce

from assessments.qti.documents import Node
from assessments.qti.expressions.registry import (
    expression,
    flat_numbers,
    operand,
    operands,
    single_number,
)
from assessments.qti.scope import Scope
from assessments.qti.values import NULL, Value, number, real

Number = int | float


@expression("sum")
def total(node: Node, scope: Scope) -> Value:
    """The sum of all numbers, those in containers too; whole when all are."""
    numbers = flat_numbers(operands(node, scope, 1))
    return NULL if numbers is None else number(sum(numbers))


@expression("product")
def product(node: Node, scope: Scope) -> Value:
    """The product of all numbers, those in containers too; whole when all are."""
    numbers = flat_numbers(operands(node, scope, 1))
    return NULL if numbers is None else number(math.prod(numbers))


def two_numbers(node: Node, scope: Scope) -> tuple[Number, Number] | None:
    """The numbers of two single parts; None when one is missing."""
    one, other = (single_number(value) for value in operands(node, scope, 2, 2))
    return None if one is None or other is None else (one, other)


@expression("subtract")
def subtract(node: Node, scope: Scope) -> Value:
    """The first less the second; whole when both are."""
    pair = two_numbers(node, scope)
    return NULL if pair is None else number(pair[0] - pair[1])


@expression("divide")
def divide(node: Node, scope: Scope) -> Value:
    """The first by the second, a float; NULL by 0."""
    pair = two_numbers(node, scope)
    return NULL if pair is None or pair[1] == 0 else real(pair[0] / pair[1])


@expression("power")
def power(node: Node, scope: Scope) -> Value:
    """The first to the power of the second, a float; NULL where that is no real number."""
    pair = two_numbers(node, scope)
    if pair is None:
        return NULL
    try:
        return real(math.pow(*pair))
    except ValueError:
        return NULL


@expression("integerDivide")
def integer_divide(node: Node, scope: Scope) -> Value:
    """The greatest whole number not above the quotient; NULL by 0."""
    pair = _whole_pair(node, scope)
    return NULL if pair is None or pair[1] == 0 else number(pair[0] // pair[1])


@expression("integerModulus")
def integer_modulus(node: Node, scope: Scope) -> Value:
    """What integerDivide leaves; NULL by 0."""
    pair = _whole_pair(node, scope)
    return NULL if pair is None or pair[1] == 0 else number(pair[0] % pair[1])


@expression("mod")
def modulus(node: Node, scope: Scope) -> Value:
    """integerModulus for floats too. Not of the standard."""
    pair = two_numbers(node, scope)
    if pair is None or pair[1] == 0 or not math.isfinite(pair[0]):
        return NULL
    return number(pair[0] % pair[1])


def _whole_pair(node: Node, scope: Scope) -> tuple[int, int] | None:
    pair = two_numbers(node, scope)
    return None if pair is None or not all(map(_is_whole, pair)) else (int(pair[0]), int(pair[1]))


def _is_whole(found: Number) -> bool:
    """Whether it has no fraction, whatever its type: a quotient is a float."""
    return isinstance(found, int) or found.is_integer()


@expression("truncate")
def truncate(node: Node, scope: Scope) -> Value:
    """The whole number towards 0; endless numbers stay, what is no number is NULL."""
    return _whole(single_number(operand(node, scope)), math.trunc)


@expression("round")
def nearest(node: Node, scope: Scope) -> Value:
    """The nearest whole number, halves upwards: 6.5 gives 7, -6.5 gives -6."""
    return _whole(single_number(operand(node, scope)), half_up)


def half_up(found: Number) -> int:
    """Round halves towards the greater number, exactly."""
    below = math.floor(found)
    return below + 1 if found - below >= 0.5 else below


def _whole(found: Number | None, cut: Callable[[Number], int]) -> Value:
    if found is None:
        return NULL
    if isinstance(found, float) and not math.isfinite(found):
        return number(found)
    return number(cut(found))


@expression("integerToFloat")
def integer_to_float(node: Node, scope: Scope) -> Value:
    """The same number as a float."""
    found = single_number(operand(node, scope))
    return NULL if found is None else real(found)


@expression("max")
def greatest(node: Node, scope: Scope) -> Value:
    """The greatest of all numbers, those in containers too."""
    return _extreme(node, scope, max)


@expression("min")
def least(node: Node, scope: Scope) -> Value:
    """The least of all numbers, those in containers too."""
    return _extreme(node, scope, min)


def _extreme(node: Node, scope: Scope, pick: Callable[[list[Number]], Number]) -> Value:
    numbers = flat_numbers(operands(node, scope, 1))
    if numbers is None or any(math.isnan(found) for found in numbers):
        return NULL
    found = pick(numbers)
    return number(found) if all(isinstance(each, int) for each in numbers) else real(found)


@expression("gcd")
def greatest_common_divisor(node: Node, scope: Scope) -> Value:
    """The greatest common divisor of whole numbers; of zeros 0."""
    numbers = _whole_numbers(node, scope)
    return NULL if numbers is None else number(math.gcd(*numbers))


@expression("lcm")
def lowest_common_multiple(node: Node, scope: Scope) -> Value:
    """The lowest common multiple of whole numbers; 0 when one is 0."""
    numbers = _whole_numbers(node, scope)
    return NULL if numbers is None else number(reduce(math.lcm, numbers, 1))


def _whole_numbers(node: Node, scope: Scope) -> list[int] | None:
    numbers = flat_numbers(operands(node, scope, 1))
    return None if numbers is None or not all(map(_is_whole, numbers)) else list(map(int, numbers))
