"""Texts of calculated questions, filled in for one learner."""

from decimal import Decimal
from functools import partial

import pytest

from assessments.formulas import FormulaFailed, FormulaRefused, read_text
from assessments.numbers import format_of, rounded_to_decimals, rounded_to_figures

VALUES = {"a": Decimal("2.50"), "b": Decimal("-3"), "big": Decimal("12345.6")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No variables.", "No variables."),
        ("{a} and {b}", "2.50 and -3"),
        ("{a}{b}", "2.50-3"),
        ("{= {a} * {b} }", "-7.5"),
        ("{={a}}", "2.5"),
        ("{=a + b}", "-0.5"),
        ("{={a} &lt; {b} || {a} &gt; {b}}", "1"),
        ("{other} and {a", "{other} and {a"),
        (r"\(\frac{1}{2}\), {}, {1}", r"\(\frac{1}{2}\), {}, {1}"),
        ("{big}", "12,345.6"),
    ],
)
def test_variables_and_formulas_are_filled_in(text, expected):
    assert read_text(text).filled(VALUES) == expected


def test_numbers_are_in_the_format_of_the_reader():
    assert read_text("{big}: {={a} / 2}").filled(VALUES, format_of("es")) == "12.345,6: 1,25"


def test_results_of_formulas_are_rounded_as_the_question_says_and_variables_are_not():
    text = read_text("{a} → {={a} / 3}")
    assert text.filled(VALUES, rounded=partial(rounded_to_decimals, decimals=2)) == "2.50 → 0.83"
    assert text.filled(VALUES, rounded=partial(rounded_to_figures, figures=3)) == "2.50 → 0.833"


def test_a_text_knows_the_names_in_it():
    assert read_text("{a} {=sin({b}) + c}").names == {"a", "b", "c"}


def test_a_formula_that_is_none_is_refused_at_its_place_in_the_text():
    with pytest.raises(FormulaRefused) as refused:
        read_text("Good: {=1+1}, bad: {=eval(1)}.")
    assert refused.value.position == 19


def test_a_formula_without_a_value_fails_at_its_place_in_the_text():
    with pytest.raises(FormulaFailed) as failed:
        read_text("Half: {={a} / 0}").filled(VALUES)
    assert failed.value.position == 6


def test_a_text_of_nothing_but_openings_is_read():
    text = "{=" * 20_000
    assert read_text(text).filled(VALUES) == text
