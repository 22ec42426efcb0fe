"""Units beside a number: converted, missing, wrong, and what that costs."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.numbers import (
    Measured,
    NumberRefused,
    PenaltyOf,
    Unit,
    UnitHandling,
    UnitRules,
)

LENGTHS = (Unit("m"), Unit("cm", Fraction(100)), Unit("km", Fraction(1, 1000)))


def rules(handling, **more):
    return UnitRules(LENGTHS, handling, **more)


CONVERTED = [("5", "m", 5), ("500", "cm", 5), ("0.005", "km", 5), ("1", "cm", Fraction(1, 100))]


@pytest.mark.parametrize(("value", "unit", "metres"), CONVERTED)
def test_where_a_unit_is_required_the_number_counts_also_as_it_stands(value, unit, metres):
    assert list(rules(UnitHandling.REQUIRED).measured(Decimal(value), unit)) == [
        Measured(Fraction(metres), unit_is_right=True),
        Measured(Fraction(value), unit_is_right=False),
    ]


@pytest.mark.parametrize(("value", "unit", "metres"), CONVERTED)
def test_where_a_unit_may_be_left_out_a_known_one_is_converted_and_counts_only_so(
    value, unit, metres
):
    assert list(rules(UnitHandling.OPTIONAL).measured(Decimal(value), unit)) == [
        Measured(Fraction(metres), unit_is_right=True)
    ]


def test_an_unknown_unit_is_wrong_where_one_is_required():
    measured = list(rules(UnitHandling.REQUIRED).measured(Decimal(5), "frogs"))
    assert measured == [Measured(Fraction(5), unit_is_right=False)]


def test_an_unknown_unit_is_sent_back_where_it_may_be_left_out():
    with pytest.raises(NumberRefused, match="The unit “frogs” is not known here"):
        list(rules(UnitHandling.OPTIONAL).measured(Decimal(5), " frogs "))


@pytest.mark.parametrize(
    ("handling", "right"),
    [
        (UnitHandling.NONE, True),
        (UnitHandling.OPTIONAL, True),
        (UnitHandling.REQUIRED, False),
    ],
)
def test_a_missing_unit_is_wrong_only_where_one_is_required(handling, right):
    measured = list(rules(handling).measured(Decimal(5), " "))
    assert measured == [Measured(Fraction(5), unit_is_right=right)]


def test_a_unit_where_none_is_asked_for_is_sent_back():
    with pytest.raises(NumberRefused, match="without a unit"):
        list(rules(UnitHandling.NONE).measured(Decimal(5), "m"))


@pytest.mark.parametrize(
    ("known", "typed", "same"),
    [
        ("m²", "m^2", True),
        ("m2", "m ²", True),
        ("µg", "μg", True),  # the micro sign and the Greek letter
        ("Ω", "Ω", True),  # the ohm sign and the Greek letter
        ("m/s", "m / s", True),
        ("s⁻¹", "s^-1", True),
        ("m s⁻¹", "m s−1", True),
        ("N·m", "N⋅m", True),  # the middle dot and the dot operator
        ("N·m", "N*m", True),
        ("%", "٪", True),
        ("°C", "ºC", True),
        ("°C", "℃", True),
        ("mW", "MW", False),
        ("s⁻¹", "s1", False),
    ],
)
def test_units_are_compared_by_what_is_seen(known, typed, same):
    question = UnitRules((Unit(known),), UnitHandling.REQUIRED)
    assert next(question.measured(Decimal(1), typed)).unit_is_right is same


@pytest.mark.parametrize(
    ("penalty_of", "earned", "left"),
    [
        (PenaltyOf.RESPONSE, Fraction(1), Fraction(9, 10)),
        (PenaltyOf.RESPONSE, Fraction(1, 2), Fraction(9, 20)),
        (PenaltyOf.QUESTION, Fraction(1), Fraction(9, 10)),
        (PenaltyOf.QUESTION, Fraction(1, 2), Fraction(2, 5)),
        (PenaltyOf.QUESTION, Fraction(1, 20), Fraction(0)),
        (PenaltyOf.RESPONSE, Fraction(-1, 2), Fraction(-1, 2)),
        (PenaltyOf.QUESTION, Fraction(-1, 2), Fraction(-1, 2)),
    ],
)
def test_a_wrong_unit_costs_the_penalty(penalty_of, earned, left):
    question = rules(UnitHandling.REQUIRED, penalty=Fraction(1, 10), penalty_of=penalty_of)
    assert question.fraction(earned, Measured(Fraction(5), unit_is_right=False)) == left
    assert question.fraction(earned, Measured(Fraction(5), unit_is_right=True)) == earned


@given(st.fractions(-1, 1), st.fractions(0, 1), st.sampled_from(PenaltyOf))
def test_a_penalty_never_adds_and_never_takes_more_than_there_is(earned, penalty, penalty_of):
    question = rules(UnitHandling.REQUIRED, penalty=penalty, penalty_of=penalty_of)
    left = question.fraction(earned, Measured(Fraction(1), False))
    assert min(earned, 0) <= left <= earned


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (rules(UnitHandling.REQUIRED), "5\u00a0m"),
        (UnitRules((Unit("$"),), UnitHandling.OPTIONAL, left=True), "$\u00a05"),
        (rules(UnitHandling.NONE), "5"),
        (UnitRules((), UnitHandling.OPTIONAL), "5"),
    ],
)
def test_a_model_answer_has_its_unit_on_its_side(question, text):
    assert question.beside("5") == text
