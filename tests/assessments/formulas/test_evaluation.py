"""The values of formulas: exact where arithmetic is, and never without end."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.formulas import (
    FUNCTIONS,
    Binary,
    Call,
    FormulaFailed,
    Number,
    Unary,
    Variable,
    evaluate,
    parse,
    to_text,
)

VALUES = {"a": Decimal("5"), "b": Decimal("-7"), "c": Decimal("0.1")}


def value(text):
    return evaluate(parse(text), VALUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("2 ^ 3 ^ 2", "512"),
        ("-2 ** 2", "-4"),
        ("{c} + 0.2", "0.3"),
        ("0.1 + 0.2 == 0.3", "1"),
        ("{a} / 3 * 3 == {a}", "1"),
        ("1 / 3 * 3", "1"),
        ("1.50 * 2", "3"),
        ("10 ** 3", "1000"),
        ("1e20 * 5", "500000000000000000000"),
        ("0 * -1", "0"),
        ("7.5 % 2", "1"),  # PHP: both without their decimals, and the sign of the first
        ("-7 % 3", "-1"),
        ("7 % -3", "1"),
        ("fmod(7.5, 2)", "1.5"),
        ("fmod(-7.5, 2)", "-1.5"),
        ("a > b", "1"),
        ("a >= a", "1"),
        ("a < b", "0"),
        ("a <= b", "0"),
        ("a != b", "1"),
        ("!a", "0"),
        ("!0", "1"),
        ("a && 0", "0"),
        ("a && b", "1"),
        ("0 || b", "1"),
        ("0 || 0", "0"),
        ("a > 3 ? 10 : 20", "10"),
        ("a < 3 ? 10 : 20", "20"),
        # What is not needed is not reckoned.
        ("a > 3 ? 1 : 1 / 0", "1"),
        ("0 && 1 / 0", "0"),
        ("1 || 1 / 0", "1"),
        ("0 ** 0", "1"),
        ("4 ** 0.5", "2"),
        ("(-2) ** 3", "-8"),
        ("2 ** -2", "0.25"),
        ("pow(2, 10)", "1024"),
        ("0.5 ** 1e300", "0"),
        ("abs(b)", "7"),
        ("ceil(-1.5)", "-1"),
        ("floor(-1.5)", "-2"),
        ("trunc(-1.5)", "-1"),
        ("sign(b)", "-1"),
        ("sign(0)", "0"),
        ("round(2.5)", "3"),  # halves away from zero
        ("round(-2.5)", "-3"),
        ("round(1.005, 2)", "1.01"),  # where floats give 1
        ("round(1234.567, -2)", "1200"),
        ("round(1234, -5)", "0"),
        ("round(6, -1)", "10"),
        ("round(1.5, 1e9)", "1.5"),
        ("round(1.5, -1e9)", "0"),
        ("max(1, a, 3)", "5"),
        ("min(1, b)", "-7"),
        ("mean(1, 2, 6)", "3"),
        ("median(3, 1, 2)", "2"),
        ("median(4, 1, 2, 3)", "2.5"),
        ("sum(1, 2, 6)", "9"),
        ("gcd(12, 18)", "6"),
        ("lcm(4, 6)", "12"),
        ("fact(0)", "1"),
        ("fact(20)", "2432902008176640000"),
        ("comb(5, 2)", "10"),
        ("perm(5, 2)", "20"),
        ("decbin(10)", "1010"),
        ("decoct(64)", "100"),
        ("bindec(1010)", "10"),
        ("octdec(100)", "64"),
        ("sqrt(6.25)", "2.5"),
        ("exp(0)", "1"),
        ("ln(e)", "1"),
        ("log(exp(2))", "2"),
        ("log(8, 2)", "3"),
        ("log10(1000)", "3"),
        ("log1p(0)", "0"),
        ("expm1(0)", "0"),
        ("deg2rad(180) == pi()", "1"),
        ("rad2deg(pi())", "180"),
        ("sin(pi() / 6)", "0.5"),
        ("cos(0)", "1"),
        ("tan(pi() / 4)", "1"),
        ("round(asin(1) * 2 - acos(-1), 12)", "0"),
        ("atan2(0, -1) == acos(-1)", "1"),
        ("acos(-1)", "3.14159265358979"),  # to the digits that every machine agrees in
        ("cosh(0)", "1"),
        ("sinh(asinh(2))", "2"),
        ("tanh(atanh(0.5))", "0.5"),
        ("acosh(1)", "0"),
        ("sec(0)", "1"),
        ("csc(pi() / 6)", "2"),
        ("cot(pi() / 4)", "1"),
        ("asec(1)", "0"),
        ("acsc(1) - asin(1)", "0"),
        ("acot(1) - atan(1)", "0"),
        ("sech(0)", "1"),
        ("round(csch(1) * sinh(1), 12)", "1"),
        ("round(coth(1) * tanh(1), 12)", "1"),
        ("round(atan(1) * 4, 12)", "3.14159265359"),
        ("is_finite(1)", "1"),
        ("is_infinite(1)", "0"),
        ("is_nan(1)", "0"),
    ],
)
def test_a_formula_has_its_value(text, expected):
    assert str(value(text)) == expected


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("1 / 0", 2, "divides by zero"),
        ("0 / 0", 2, "divides by zero"),
        ("5 % 0.5", 2, "divides by zero"),
        ("fmod(1, 0)", 0, "divides by zero"),
        ("0 ** -1", 2, "divides by zero"),
        ("log(5, 1)", 0, "divides by zero"),
        ("csc(0)", 0, "divides by zero"),
        ("1 + sqrt(-1)", 4, "sqrt has no value for -1"),
        ("ln(0)", 0, "ln has no value for 0"),
        ("log10(-1)", 0, "log10 has no value"),
        ("acos(2)", 0, "acos has no value for 2"),
        ("(-8) ** (1 / 3)", 5, "** has no value for -8"),
        ("fact(-1)", 0, "fact has no value"),
        ("fact(1.5)", 0, "fact has no value for 1.5"),
        ("gcd(1.5, 2)", 0, "gcd has no value for 1.5, 2"),
        ("bindec(12)", 0, "bindec has no value for 12"),
        ("octdec(8)", 0, "octdec has no value for 8"),
        ("fact(171)", 0, "fact is too large"),
        ("comb(1e6, 2)", 0, "comb is too large"),
        ("perm(1000, 1000)", 0, "perm is too large"),
        ("decbin(2 ** 28)", 0, "decbin is too large"),
        ("9 ** 9 ** 9", 2, "** is too large"),
        ("1.0000001 ** 1e300", 10, "** is too large"),
        ("1e300 * 1e300", 6, "* is too large"),
        ("exp(1e9)", 0, "exp is too large"),
        ("cosh(1000)", 0, "cosh is too large"),
        ("1 / 1e-307 / 1e-10", 11, "/ is too large"),
        ("csc(1e-307 / 100)", 0, "csc is too large"),
        ("{a} + {z}", 6, "no variable {z}"),
    ],
)
def test_a_formula_without_a_value_says_why_and_where(text, position, words):
    with pytest.raises(FormulaFailed) as failed:
        value(text)
    assert words in str(failed.value)
    assert failed.value.position == position


@pytest.mark.parametrize("given", ["NaN", "Infinity", "1e999"])
def test_a_variable_that_is_no_finite_number_is_an_error(given):
    with pytest.raises(FormulaFailed):
        evaluate(parse("{a} < 1"), {"a": Decimal(given)})


numbers = st.builds(Number, st.decimals(0, 1000, places=2).map(lambda value: value.copy_abs()))
sums = st.recursive(
    numbers,
    lambda trees: (
        st.builds(Unary, st.just("-"), trees)
        | st.builds(Binary, st.sampled_from("+-*/"), trees, trees)
    ),
    max_leaves=8,
)


def exactly(tree):
    match tree:
        case Number(number):
            return Fraction(number)
        case Unary(_, operand):
            return -exactly(operand)
        case Binary(sign, left, right):
            left, right = exactly(left), exactly(right)
            return {
                "+": lambda: left + right,
                "-": lambda: left - right,
                "*": lambda: left * right,
                "/": lambda: left / right,
            }[sign]()


def sizes(tree):
    """How large anything became on the way: what may be lost of it when it is taken away again."""
    match tree:
        case Binary(_, left, right):
            return max(sizes(left), sizes(right), abs(exactly(tree)))
        case _:
            return abs(exactly(tree))


@given(sums)
def test_arithmetic_agrees_with_fractions(tree):
    try:
        expected = exactly(tree)
    except ZeroDivisionError:
        # A divisor that is 0 only in fractions may be a tiny number in decimals.
        return
    try:
        got = evaluate(tree, {})
    except FormulaFailed:
        raise AssertionError(to_text(tree))
    assert abs(Fraction(got) - expected) <= _slack(tree, expected)


def _slack(tree, expected):
    divisors = _divisors(tree)
    worst = max((1 / abs(divisor) for divisor in divisors), default=Fraction(1))
    return Fraction(1, 10**24) * max(sizes(tree), abs(expected), 1) * max(worst, 1) ** 2


def _divisors(tree):
    match tree:
        case Unary(_, operand):
            return _divisors(operand)
        case Binary(sign, left, right):
            own = [exactly(right)] if sign == "/" else []
            return own + _divisors(left) + _divisors(right)
        case _:
            return []


ordinary = st.decimals(allow_nan=False, allow_infinity=False, places=3)
extreme = st.sampled_from([Decimal(text) for text in ("0", "1e307", "-1e307", "1e-307")])


@given(
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(ordinary, min_size=3, max_size=3) | st.lists(extreme, min_size=3, max_size=3),
)
def test_every_function_gives_a_finite_number_or_says_why_not(name, given_values):
    function = FUNCTIONS[name]
    count = 3 if function.most is None else function.most
    values = dict(zip("xyz", given_values, strict=True))
    call = Call(name, tuple(Variable(letter) for letter in "xyz"[:count]))
    try:
        result = evaluate(call, values)
    except FormulaFailed:
        return
    assert result.is_finite()
    assert evaluate(call, values) == result


@given(st.floats(-50, 50))
def test_functions_of_floats_agree_with_the_machine_in_fourteen_digits(x):
    for name in ("sin", "cos", "tanh", "asinh", "atan", "exp"):
        got = evaluate(Call(name, (Variable("x"),)), {"x": Decimal(repr(x))})
        assert math.isclose(float(got), getattr(math, name)(x), rel_tol=1e-13)
