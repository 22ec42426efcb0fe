"""The functions of a formula: how many values each takes, and what it gives.

Those of Moodle's calculated question, with what they do in PHP, and those that QTI's
``mathOperator`` and Canvas's formula question add. Where names clash, Moodle's meaning holds:
``log`` is the natural logarithm, as it is not in QTI and Canvas (``log10`` here).

Sums, roots, powers, ``exp`` and logarithms are reckoned in decimals of :data:`DIGITS` digits:
0.1 + 0.2 is 0.3, as on paper, and the result is the same on every machine. What is left needs a
float (the trigonometric and hyperbolic functions, ``expm1``, ``log1p``): such a result is rounded
to :data:`FLOAT_DIGITS` digits, since machines differ in the last two.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction

DIGITS = 40
LARGEST_EXPONENT = 307
"""The largest power of ten of a number, either way; a float goes as far."""
FLOAT_DIGITS = 15
MAX_FACTORIAL = 170
MAX_COUNTED = 1000
"""The largest set that combinations and permutations are counted of."""
MAX_BITS = 28
"""Binary or octal digits of a number: as many as a result keeps."""

CONTEXT = Context(
    prec=DIGITS,
    Emax=LARGEST_EXPONENT,
    Emin=-LARGEST_EXPONENT,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
"""What every formula is reckoned in; :func:`assessments.formulas.evaluate` sets it."""

PI = Decimal("3.141592653589793238462643383279502884197169399375")
TRUE, FALSE = Decimal(1), Decimal(0)

Compute = Callable[..., Decimal]


@dataclass(frozen=True)
class Function:
    """One function; ``most`` is None where it takes any number of values from ``least`` on.

    ``compute`` raises ArithmeticError where the result would be too large or is divided by zero,
    and ValueError where there is none.
    """

    least: int
    most: int | None
    compute: Compute


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """``base`` to the power of ``exponent``; anything to the power of 0 is 1, as in PHP.

    :raises ValueError: for a root of a number below zero
    """
    if not exponent:
        return TRUE
    if not base and exponent < 0:
        raise ZeroDivisionError
    if base < 0 and exponent != exponent.to_integral_value():
        raise ValueError
    return base**exponent


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """:raises ZeroDivisionError: for 0 / 0 as well, which decimals tell apart"""
    if not divisor:
        raise ZeroDivisionError
    return dividend / divisor


def remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    """What division leaves, with the sign of the dividend (PHP's ``fmod``); exact."""
    left, right = Fraction(dividend), Fraction(divisor)
    rest = left - right * math.trunc(left / right)
    return Decimal(rest.numerator) / rest.denominator


def whole_remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    """PHP's ``%``: :func:`remainder` of the two numbers without their decimals."""
    return remainder(_truncated(dividend), _truncated(divisor))


def _truncated(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_DOWN)


def _round(value: Decimal, decimals: Decimal = FALSE) -> Decimal:
    """Halves away from zero, as PHP does and schools teach."""
    places = _whole(decimals)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -places:
        return value
    if value.adjusted() < -places - 1:
        return FALSE
    return value.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP)


def _log(value: Decimal, base: Decimal | None = None) -> Decimal:
    return _ln(value) if base is None else quotient(_ln(value), _ln(base))


def _ln(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError
    return value.ln()


def _log10(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError
    return value.log10()


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError
    return int(value)


def _count(value: Decimal, most: int) -> int:
    count = _whole(value)
    if count < 0:
        raise ValueError
    if count > most:
        raise OverflowError
    return count


def _factorial(value: Decimal) -> Decimal:
    return Decimal(math.factorial(_count(value, MAX_FACTORIAL)))


def _combinations(of: Decimal, taken: Decimal) -> Decimal:
    return Decimal(math.comb(_count(of, MAX_COUNTED), _count(taken, MAX_COUNTED)))


def _permutations(of: Decimal, taken: Decimal) -> Decimal:
    # By the context, which refuses what is too large.
    return +Decimal(math.perm(_count(of, MAX_COUNTED), _count(taken, MAX_COUNTED)))


def _written(letter: str) -> Compute:
    """A whole number written in base 2 ("b") or 8 ("o"), read as a decimal number."""

    def compute(value: Decimal) -> Decimal:
        digits = f"{_count(value, 10**MAX_BITS):{letter}}"
        if len(digits) > MAX_BITS:
            raise OverflowError
        return Decimal(digits)

    return compute


def _read(base: int) -> Compute:
    """The digits of a whole number read in another base; a digit that it has not is an error."""
    return lambda value: Decimal(int(str(_count(value, 10**MAX_BITS)), base))


def _by_float(compute: Callable[..., float]) -> Compute:
    return lambda *values: Decimal(format(compute(*map(float, values)), f".{FLOAT_DIGITS}g"))


def _mean(*values: Decimal) -> Decimal:
    return sum(values, FALSE) / len(values)


def _median(*values: Decimal) -> Decimal:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else _mean(*ordered[middle - 1 : middle + 1])


def _nothing(compute: Callable[[], Decimal]) -> Function:
    return Function(0, 0, compute)


def _one(compute: Callable[[Decimal], Decimal]) -> Function:
    return Function(1, 1, compute)


def _two(compute: Callable[[Decimal, Decimal], Decimal]) -> Function:
    return Function(2, 2, compute)


FUNCTIONS = {
    "abs": _one(abs),
    "acos": _one(_by_float(math.acos)),
    "acosh": _one(_by_float(math.acosh)),
    "acot": _one(_by_float(lambda x: math.pi / 2 - math.atan(x))),
    "acsc": _one(_by_float(lambda x: math.asin(1 / x))),
    "asec": _one(_by_float(lambda x: math.acos(1 / x))),
    "asin": _one(_by_float(math.asin)),
    "asinh": _one(_by_float(math.asinh)),
    "atan": _one(_by_float(math.atan)),
    "atan2": _two(_by_float(math.atan2)),
    "atanh": _one(_by_float(math.atanh)),
    "bindec": _one(_read(2)),
    "ceil": _one(lambda x: x.to_integral_value(ROUND_CEILING)),
    "comb": _two(_combinations),
    "cos": _one(_by_float(math.cos)),
    "cosh": _one(_by_float(math.cosh)),
    "cot": _one(_by_float(lambda x: 1 / math.tan(x))),
    "coth": _one(_by_float(lambda x: 1 / math.tanh(x))),
    "csc": _one(_by_float(lambda x: 1 / math.sin(x))),
    "csch": _one(_by_float(lambda x: 1 / math.sinh(x))),
    "decbin": _one(_written("b")),
    "decoct": _one(_written("o")),
    "deg2rad": _one(lambda x: x * PI / 180),
    "e": _nothing(lambda: Decimal(1).exp()),
    "exp": _one(lambda x: x.exp()),
    "expm1": _one(_by_float(math.expm1)),
    "fact": _one(_factorial),
    "floor": _one(lambda x: x.to_integral_value(ROUND_FLOOR)),
    "fmod": _two(remainder),
    "gcd": _two(lambda x, y: Decimal(math.gcd(_whole(x), _whole(y)))),
    # What a formula gives is always finite: anything else is an error where it arises.
    "is_finite": _one(lambda _x: TRUE),
    "is_infinite": _one(lambda _x: FALSE),
    "is_nan": _one(lambda _x: FALSE),
    "lcm": _two(lambda x, y: +Decimal(math.lcm(_whole(x), _whole(y)))),
    "ln": _one(_ln),
    "log": Function(1, 2, _log),
    "log10": _one(_log10),
    "log1p": _one(_by_float(math.log1p)),
    "max": Function(2, None, max),
    "mean": Function(1, None, _mean),
    "median": Function(1, None, _median),
    "min": Function(2, None, min),
    "octdec": _one(_read(8)),
    "perm": _two(_permutations),
    "pi": _nothing(lambda: +PI),
    "pow": _two(power),
    "rad2deg": _one(lambda x: x * 180 / PI),
    "round": Function(1, 2, _round),
    "sec": _one(_by_float(lambda x: 1 / math.cos(x))),
    "sech": _one(_by_float(lambda x: 1 / math.cosh(x))),
    "sign": _one(lambda x: Decimal((x > 0) - (x < 0))),
    "sin": _one(_by_float(math.sin)),
    "sinh": _one(_by_float(math.sinh)),
    "sqrt": _one(lambda x: x.sqrt()),
    "sum": Function(1, None, lambda *values: sum(values, FALSE)),
    "tan": _one(_by_float(math.tan)),
    "tanh": _one(_by_float(math.tanh)),
    "trunc": _one(_truncated),
}
