"""Percentages and numbers as people write them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.shares import read_number, read_share, write_number, write_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("50", Fraction(1, 2)),
        (" -25 % ", Fraction(-1, 4)),
        ("33.33333", Fraction(1, 3)),
        ("66,66667", Fraction(2, 3)),
        ("14.28571", Fraction(1, 7)),
        ("12.5", Fraction(1, 8)),
        ("1/3", Fraction(1, 3)),
        ("- 5/6", None),
        ("-5 / 6", Fraction(-5, 6)),
        ("1/0", None),
        ("half", None),
        ("", None),
        ("1e300", None),
        ("0", Fraction(0)),
        ("−10", Fraction(-1, 10)),
    ],
)
def test_a_share_is_percent_or_a_fraction(text, share):
    assert read_share(text) == share


@given(st.fractions(min_value=-1, max_value=1, max_denominator=10**6))
def test_every_share_is_written_so_that_it_is_read_as_the_same(share):
    assert read_share(write_share(share)) == share


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.50", Decimal("1.50")),
        ("1,5", Decimal("1.5")),
        ("-.5", Decimal("-0.5")),
        ("2e-3", Decimal("0.002")),
        ("1,000.5", None),
        ("1,000,000", None),
        ("٣", Decimal(3)),
        ("NaN", None),
    ],
)
def test_a_number_has_a_point_or_a_comma(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 3), "1/3"),
        (Fraction(5, 4), "1.25"),
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+3"), "1000"),
        (Fraction(100), "100"),
        (Decimal(0), "0"),
    ],
)
def test_a_number_is_written_as_short_as_it_can_be_exact(number, text):
    assert write_number(number) == text
