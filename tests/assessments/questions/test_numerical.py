"""Numerical: limits that are exact, units, and what a wrong unit takes off."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.numerical import NO_UNITS, NumberAnswer, Unit, Units
from tests.assessments.examples import NUMERICAL
from tests.assessments.wording import english

HALF = Fraction(1, 2)
TENTH = Fraction(1, 10)
KM, M = NUMERICAL.units.units


def sought(value, error="0", rule="absolute", fraction=1):
    value = None if value is None else Decimal(value)
    return NumberAnswer(f"{value} {rule}", value, Fraction(fraction), Decimal(error), rule)


def asking(*answers, units=NO_UNITS, **more):
    return replace(NUMERICAL, answers=answers, units=units, **more)


def fraction(question, *response, **arrangement):
    return question.mark_response({"answer": response}, arrangement).fraction


@pytest.mark.parametrize(
    ("answer", "inside", "outside"),
    [
        (sought("3", "0.05"), ["2.95", "3", "3.05"], ["2.949", "3.0500001"]),
        (sought("0.2", "0.1"), ["0.1", "0.3"], ["0.30000000000000001"]),
        (sought("-40", "0.05", "relative"), ["-42", "-38"], ["-42.01", "38"]),
        (sought("100", "1", "geometric"), ["50", "200"], ["49.9", "200.1"]),
        (sought("3.14159", "3", "significant"), ["3.14", "3.1449"], ["3.15", "3.1"]),
        (sought("1234.5", "1", "significant"), ["1,000", "1499"], ["1500"]),
        (sought("2.345", "2", "decimals"), ["2.35", "2.3451"], ["2.34", "2.4"]),
        (sought("1e-7", "0.1", "relative"), ["1e-7", "0.00000011"], ["1.2e-7"]),
    ],
)
def test_limits_are_exact_and_their_ends_are_within(answer, inside, outside):
    question = asking(answer)
    assert question.problems() == []
    assert [fraction(question, text) for text in inside] == [1] * len(inside)
    assert [fraction(question, text) for text in outside] == [0] * len(outside)


def test_the_first_answer_that_fits_counts_and_says_its_own():
    question = asking(sought("3", "1", fraction=HALF), sought("3"), sought("9"))
    assert fraction(question, "3") == HALF
    (part,) = NUMERICAL.mark_response({"answer": ("1.5 km",)}, {}).parts
    assert (part.response, part.answer, part.feedback) == ("1.5 km", "half", "That is one way.")


def test_every_other_number_has_an_answer_of_its_own():
    (part,) = NUMERICAL.mark_response({"answer": ("77 km",)}, {}).parts
    assert (part.answer, part.feedback) == ("other", "Twice the way.")


def test_what_fits_no_answer_and_what_is_no_number_is_told_as_it_was_written():
    question = asking(sought("3"))
    for text in ("4", "three"):
        (part,) = question.mark_response({"answer": (text,)}, {}).parts
        assert (part.response, part.answer, part.fraction) == (text, "", 0)


def test_what_is_no_number_is_not_complete_and_why_is_said():
    response = {"answer": ("three",)}
    assert not NUMERICAL.is_complete(response, {})
    assert english(NUMERICAL.remarks(response, {})) == [
        "This is no number. Write it in digits, for example 12.5."
    ]
    assert NUMERICAL.is_complete({"answer": ("3",)}, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 km", 1),
        ("3km", 1),
        ("km 3", 1),
        ("3000 m", 1),
        ("3", 1 - TENTH),
        ("3 kg", 1 - TENTH),
        ("3 m", 1 - TENTH),
        ("1.5", HALF * (1 - TENTH)),
    ],
)
def test_a_wrong_unit_takes_off_a_share_of_what_the_number_brings(text, expected):
    assert fraction(NUMERICAL, text) == expected


def test_or_of_the_whole_mark():
    units = replace(NUMERICAL.units, of="mark", penalty=Fraction(1, 4))
    question = replace(NUMERICAL, units=units)
    assert fraction(question, "3") == Fraction(3, 4)
    assert fraction(question, "1.5") == Fraction(1, 4)


def test_a_wrong_unit_makes_no_bad_answer_better():
    question = asking(sought("3"), sought(None, fraction=Fraction(-1, 2)), units=NUMERICAL.units)
    assert fraction(question, "9") == fraction(question, "9 km") == question.lowest() == -HALF


OPTIONAL = asking(sought("3"), units=Units((KM, M), rule="optional", penalty=TENTH))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3", 1), ("3 km", 1), ("3000 m", 1), ("3 m", 0), ("3000", 0), ("3000 km", 0), ("3 kg", 0)],
)
def test_an_optional_unit_is_converted_and_a_bare_number_is_in_the_main_one(text, expected):
    assert fraction(OPTIONAL, text) == expected


def test_an_optional_unit_that_is_not_known_is_sent_back_whatever_the_number():
    for text in ("3 kg", "4 kg"):
        response = {"answer": (text,)}
        assert not OPTIONAL.is_complete(response, {})
        assert english(OPTIONAL.remarks(response, {})) == [
            "The unit “kg” is not known here. Write another one, or only the number."
        ]


def test_a_unit_where_none_is_asked_for_is_sent_back():
    question = asking(sought("3"))
    response = {"answer": ("3 km",)}
    assert fraction(question, "3 km") == 0
    assert english(question.remarks(response, {})) == ["Write only the number, without a unit."]


CHOSEN = replace(NUMERICAL, units=replace(NUMERICAL.units, control="choose"))


def test_a_unit_can_be_chosen_beside_the_number():
    (control,) = CHOSEN.ask({}).controls
    assert control.units == ("km", "m")
    assert CHOSEN.right_response({}) == {"answer": ("3", "km")}
    assert fraction(CHOSEN, "3000", "m") == 1
    assert fraction(CHOSEN, "3000", "km") == 0
    assert fraction(CHOSEN, "3", "") == 1 - TENTH
    assert CHOSEN.summary({"answer": ("3000", "m")}, {}) == "3000 m"


def test_a_graded_unit_must_be_chosen_for_the_answer_to_be_complete():
    assert CHOSEN.is_complete({"answer": ("3", "km")}, {})
    assert not CHOSEN.is_complete({"answer": ("3", "")}, {})
    assert not CHOSEN.is_complete({"answer": ("3",)}, {})
    assert not CHOSEN.is_complete({"answer": ("", "km")}, {})
    optional = replace(CHOSEN, units=replace(CHOSEN.units, rule="optional"))
    assert optional.is_complete({"answer": ("3", "")}, {})


def test_a_unit_that_is_both_typed_and_chosen_is_sent_back():
    assert fraction(CHOSEN, "3 km", "km") == 0
    assert english(CHOSEN.remarks({"answer": ("3 km", "km")}, {})) == [
        "Write only the number, and choose the unit beside it."
    ]


def test_a_typed_unit_has_no_list_beside_it():
    (control,) = NUMERICAL.ask({}).controls
    assert (control.units, control.numeric) == ((), True)


def test_numbers_are_read_and_written_in_the_language_of_who_is_asked():
    question = asking(sought("12345.5"), units=Units((KM,), rule="graded"))
    assert question.right_response({}) == {"answer": ("12,345.5\N{NO-BREAK SPACE}km",)}
    german = {"language": "de"}
    assert question.right_response(german) == {"answer": ("12.345,5\N{NO-BREAK SPACE}km",)}
    assert fraction(question, "12345,5 km", **german) == 1
    assert fraction(asking(sought("1.234"), language="fr"), "1,234") == 1
    assert fraction(asking(sought("1234"), language="en"), "1,234") == 1


def test_a_number_that_languages_read_differently_is_said_back():
    question = asking(sought("1234"))
    assert english(question.remarks({"answer": ("1,234",)}, {})) == [
        "Your number is read as 1234. Write it in another way if you mean another one."
    ]
    assert question.remarks({"answer": ("1234",)}, {}) == []


def test_a_unit_before_the_number_is_shown_before_it():
    money = Units((Unit("€"),), rule="optional", before=True)
    question = asking(sought("12.50"), units=money)
    assert question.right_response({}) == {"answer": ("€\N{NO-BREAK SPACE}12.50",)}
    assert fraction(question, "12,5 €") == 1


def test_who_guesses_gets_what_every_other_number_brings_without_its_unit():
    assert NUMERICAL.guess() == 0
    assert asking(sought("3")).guess() == 0
    half = asking(sought("3"), sought(None, fraction=HALF), units=NUMERICAL.units)
    assert half.guess() == HALF * (1 - TENTH)
    assert replace(half, units=NO_UNITS).guess() == HALF
    below = asking(sought("3"), sought(None, fraction=-HALF))
    assert below.guess() == 0


def test_any_number_is_right_where_the_author_says_so():
    question = asking(sought(None))
    assert question.problems() == []
    assert question.right_response({}) == {"answer": ("0",)}


@given(
    value=st.decimals("-1e9", "1e9", places=4),
    error=st.decimals("0", "9", places=3),
    rule=st.sampled_from(["absolute", "relative", "geometric"]),
    language=st.sampled_from(["en", "fr", "de", "ar", "es", "hi"]),
    control=st.sampled_from(["typed", "choose"]),
)
def test_the_right_number_as_it_is_shown_is_right_again(value, error, rule, language, control):
    units = Units((KM, M), rule="graded", control=control, penalty=TENTH)
    question = asking(sought(value, error, rule), units=units)
    arrangement = {"language": language}
    right = question.right_response(arrangement)
    assert question.mark_response(right, arrangement).fraction == 1
    assert question.is_complete(right, arrangement)


NOBODY = (
    "No number brings the whole mark. Give one answer 100 %, and let none before it take its "
    "number."
)
NOT_TYPED = (
    "“{}” cannot be told from the number that it stands beside. Let people choose the unit, or "
    "take another sign for it."
)
FIGURES = "The number of figures must be a whole number from 1 to 15."


def units(**changes):
    return replace(NUMERICAL, units=replace(NUMERICAL.units, **changes))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (asking(), NOBODY),
        (asking(sought("3", fraction=HALF)), NOBODY),
        (asking(sought(None, fraction=0), sought("3")), NOBODY),
        (asking(sought("3", "-1")), "How far a number may be off cannot be below 0."),
        (asking(sought("3", "1", "nearly")), "“nearly” is no way to compare numbers."),
        (asking(sought("3", "0", "significant")), FIGURES),
        (asking(sought("3", "1.5", "significant")), FIGURES),
        (asking(sought("3", "16", "decimals")), FIGURES.replace("1 to", "0 to")),
        (
            asking(sought("3"), sought("4", fraction=-2)),
            "What an answer brings must be between -100 % and 100 %.",
        ),
        (
            asking(sought("3"), sought("3")),
            "More than one answer has this key: 3 absolute. Give every answer a key of its own.",
        ),
        (units(rule="perhaps"), "“perhaps” is no way to treat units."),
        (units(control="sung"), "“sung” is no way to treat units."),
        (units(of="life"), "“life” is no way to treat units."),
        (units(units=()), "Units are asked for, but there are none. Give at least one."),
        (
            units(units=(), rule="optional", control="pick"),
            "Units are asked for, but there are none. Give at least one.",
        ),
        (units(units=(KM, Unit(" "))), "A unit has no name."),
        (units(units=(KM, Unit("2x"))), NOT_TYPED.format("2x")),
        (units(units=(KM, Unit(","))), NOT_TYPED.format(",")),
        (units(units=(KM, Unit("/2"))), NOT_TYPED.format("/2")),
        (units(units=(Unit("x2"),), before=True), NOT_TYPED.format("x2")),
        (units(units=(KM, KM)), "More than one unit has the same name: km."),
        (units(units=(KM, Unit("m", Decimal(0)))), "The factor of a unit must be above 0."),
        (
            units(units=(M, KM)),
            "The factor of the first unit must be 1: the others are told by it.",
        ),
        (
            units(penalty=Fraction(2)),
            "What a wrong unit takes off must be between 0 % and 100 %.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]


def test_a_unit_that_is_chosen_may_have_any_sign():
    assert units(units=(KM, Unit("2x")), control="pick").problems() == []


def test_optional_units_need_no_list():
    assert units(units=(), rule="optional").problems() == []
