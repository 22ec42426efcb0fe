"""mathOperator, mathConstant and statsOperator (QTI 2.2 §15.3)."""

import math
import statistics
from collections.abc import Callable

from assessments.qti.documents import Node
from assessments.qti.expressions.containers import members_of
from assessments.qti.expressions.registry import (
    expression,
    flat_numbers,
    operands,
    single_number,
)
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.values import NULL, Value, number, real


def _signum(found: float) -> int:
    return (found > 0) - (found < 0)


def _inverse(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda found: 1 / function(found)


def _of_inverse(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda found: function(1 / found)


FUNCTIONS: dict[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": _inverse(math.cos),
    "csc": _inverse(math.sin),
    "cot": _inverse(math.tan),
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "asec": _of_inverse(math.acos),
    "acsc": _of_inverse(math.asin),
    "acot": lambda found: math.pi / 2 if found == 0 else math.atan(1 / found),
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sech": _inverse(math.cosh),
    "csch": _inverse(math.sinh),
    "coth": _inverse(math.tanh),
    "log": math.log10,
    "ln": math.log,
    "exp": math.exp,
    "abs": abs,
    "signum": _signum,
    "floor": math.floor,
    "ceil": math.ceil,
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}

WHOLE = ("signum", "floor", "ceil")


@expression("mathOperator")
def math_operator(node: Node, scope: Scope) -> Value:
    """A function of one number, atan2 of two; NULL outside what it is defined for."""
    name = node.attributes.get("name", "")
    if name not in FUNCTIONS:
        raise RuleRejected(_("${name} is no function of QTI.", mapping={"name": name}), node.line)
    parts = 2 if name == "atan2" else 1
    numbers = [single_number(value) for value in operands(node, scope, parts, parts)]
    if any(found is None or math.isnan(found) for found in numbers):
        return NULL
    if name in WHOLE and math.isinf(numbers[0] or 0) and name != "signum":
        return real(numbers[0] or 0)
    try:
        found = FUNCTIONS[name](*numbers)
    except (ValueError, ZeroDivisionError):
        return NULL
    return number(int(found)) if name in WHOLE else real(found)


@expression("mathConstant")
def math_constant(node: Node, _scope: Scope) -> Value:
    """π or e."""
    name = node.attributes.get("name", "")
    if name not in ("pi", "e"):
        raise RuleRejected(_("${name} is no constant of QTI.", mapping={"name": name}), node.line)
    return real(math.pi if name == "pi" else math.e)


STATISTICS: dict[str, tuple[int, Callable[[list[float]], float]]] = {
    "mean": (1, statistics.fmean),
    "sampleVariance": (2, statistics.variance),
    "sampleSD": (2, statistics.stdev),
    "popVariance": (1, statistics.pvariance),
    "popSD": (1, statistics.pstdev),
}


@expression("statsOperator", *STATISTICS)
def stats_operator(node: Node, scope: Scope) -> Value:
    """The mean, variance or standard deviation of a container; NULL for too few members.

    The names themselves as elements are not of the standard.
    """
    name = node.attributes.get("name", "") if node.name == "statsOperator" else node.name
    if name not in STATISTICS or len(node.children) != 1:
        raise RuleRejected(_("${name} is no statistic of QTI.", mapping={"name": name}), node.line)
    numbers = flat_numbers(members_of(node.children[0], scope))
    least, reckon = STATISTICS[name]
    if numbers is None or len(numbers) < least or not all(map(math.isfinite, numbers)):
        return NULL
    return real(reckon([float(found) for found in numbers]))
