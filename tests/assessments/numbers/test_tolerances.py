"""Tolerances accept exactly what their definitions say, ends and all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.numbers import (
    Absolute,
    Between,
    Decimals,
    Geometric,
    Relative,
    SignificantFigures,
    rounded_to_decimals,
    rounded_to_figures,
)

D = Decimal
values = st.decimals(-10_000, 10_000, places=4)
positive = st.decimals("0.0001", 10_000, places=4)
tolerances = st.decimals(0, 10, places=4)


@pytest.mark.parametrize(
    ("tolerance", "answer", "accepted", "refused"),
    [
        # Moodle's three.
        (Absolute(D("0.1"), D("0.1")), "0.2", ["0.1", "0.3"], ["0.0999999", "0.3000000000001"]),
        (Absolute(D(0), D(0)), "3.14", ["3.14", "3.140"], ["3.1400000000000000000001"]),
        (Relative(D("0.05"), D("0.05")), "200", ["190", "210"], ["189.99", "210.01"]),
        (Relative(D("0.05"), D("0.05")), "-200", ["-190", "-210"], ["-189.99", "-210.01"]),
        (Relative(D("0.05"), D("0.05")), "0", ["0"], ["0.0000001"]),
        (Geometric(D(1)), "4", ["2", "8"], ["1.99", "8.01"]),
        (Geometric(D(1)), "-4", ["-2", "-8"], ["-1.99", "-8.01", "4"]),
        (Geometric(D("0.5")), "1", [Fraction(2, 3), "1.5"], ["0.6666", "1.5001"]),
        # QTI: two tolerances and two ends (toleranceMode, includeLowerBound, includeUpperBound).
        (Absolute(D("0.5"), D(1)), "10", ["9.5", "11"], ["9.4", "11.1"]),
        (Absolute(D(1), D(1), False, True), "10", ["9.0001", "11"], ["9"]),
        (Relative(D("0.1"), D("0.1"), True, False), "20", ["18", "21.9999"], ["22", "17.9"]),
        # Ranges of GIFT, Canvas and QTI.
        (Between(D(1), D(5)), "99", ["1", "5", "3"], ["0.999", "5.001"]),
        (Between(D(1), D(5), False, False), "99", ["1.001", "4.999"], ["1", "5"]),
        # QTI's equalRounded, Canvas's precision.
        (SignificantFigures(3), "3.183", ["3.175", "3.18", "3.1849"], ["3.1749", "3.185"]),
        (SignificantFigures(2), "9.96", ["10", "9.95", "10.4"], ["9.94", "10.5"]),
        (SignificantFigures(1), "0", ["0", "0.0"], ["0.1"]),
        (SignificantFigures(2), "-1250", ["-1300", "-1250"], ["-1249", "1300"]),
        (Decimals(2), "1.005", ["1.01", "1.0149"], ["1.0049", "1.015"]),
        (Decimals(0), "2.5", ["3", "2.5"], ["2.4999", "3.5"]),
    ],
)
def test_a_tolerance_accepts_what_is_near_enough_and_nothing_else(
    tolerance, answer, accepted, refused
):
    def accepts(value):
        return tolerance.accepts(D(answer), value if isinstance(value, Fraction) else D(value))

    assert [value for value in accepted if not accepts(value)] == []
    assert [value for value in refused if accepts(value)] == []


@given(values, values, tolerances)
def test_an_absolute_tolerance_is_symmetric(one, other, tolerance):
    rule = Absolute(tolerance, tolerance)
    assert rule.accepts(one, other) == rule.accepts(other, one)
    assert rule.accepts(one, other) == (abs(one - other) <= tolerance)


@given(positive, positive, tolerances)
def test_a_geometric_tolerance_is_symmetric(one, other, tolerance):
    rule = Geometric(tolerance)
    assert rule.accepts(one, other) == rule.accepts(other, one)


@given(values, values, tolerances)
def test_tolerances_treat_numbers_below_zero_as_those_above(answer, value, tolerance):
    rules = (
        Absolute(tolerance, tolerance),
        Relative(tolerance, tolerance),
        Geometric(tolerance),
        SignificantFigures(3),
        Decimals(2),
    )
    for rule in rules:
        assert rule.accepts(answer, value) == rule.accepts(-answer, -value)


@given(values, tolerances, st.integers(1, 12))
def test_an_answer_is_within_every_tolerance_of_itself(answer, tolerance, count):
    rules = (
        Absolute(tolerance, tolerance),
        Relative(tolerance, tolerance),
        Geometric(tolerance),
        SignificantFigures(count),
        Decimals(count),
        Between(answer, answer),
    )
    assert all(rule.accepts(answer, answer) for rule in rules)


@given(values, st.integers(1, 12))
def test_rounding_to_figures_gives_so_many_and_is_never_off_by_more_than_half(value, figures):
    rounded = rounded_to_figures(value, figures)
    digits = rounded.as_tuple().digits
    assert len(digits) == figures or rounded == 0
    assert abs(rounded - value) * 2 <= D(1).scaleb(rounded.as_tuple().exponent)


@pytest.mark.parametrize(
    ("value", "figures", "text"),
    [
        ("3.175", 3, "3.18"),
        ("-3.175", 3, "-3.18"),
        ("2", 3, "2.00"),
        ("0", 3, "0.00"),
        ("9.995", 3, "10.0"),
        ("123456", 2, "1.2E+5"),
        ("0.00012345", 2, "0.00012"),
        ("1" + "0" * 40 + "1", 42, "1" + "0" * 40 + "1"),
    ],
)
def test_a_number_is_rounded_to_figures_as_at_school(value, figures, text):
    assert str(rounded_to_figures(D(value), figures)) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("2", 2, "2.00"),
        ("0.0001", 2, "0.00"),
        ("99.999", 2, "100.00"),
        ("1e40", 1, "1" + "0" * 40 + ".0"),
    ],
)
def test_a_number_is_rounded_to_decimals_as_at_school(value, decimals, text):
    assert str(rounded_to_decimals(D(value), decimals)) == text
