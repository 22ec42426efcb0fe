"""Marks as people type them."""

from fractions import Fraction

import pytest

from assessments.marking.points import read_points


@pytest.mark.parametrize(
    ("text", "most", "fraction"),
    [
        ("0", 2, "0"),
        ("2", 2, "1"),
        ("1.5", 2, "3/4"),
        ("1,5", 2, "3/4"),
        ("2/3", 1, "2/3"),
        ("1 2/3", 2, "5/6"),
        ("0.33333", 1, "1/3"),
        (" 1 / 3 ", 1, "1/3"),
    ],
)
def test_a_mark_is_read_exactly(text, most, fraction):
    assert read_points(text, Fraction(most)) == Fraction(fraction)


@pytest.mark.parametrize("text", ["", "x", "-1", "2.01", "7/2", "1/0", "1e9", "nan", "1 2"])
def test_what_is_no_mark_of_the_question_is_refused(text):
    assert read_points(text, Fraction(2)) is None
