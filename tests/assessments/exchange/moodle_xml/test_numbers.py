"""Numbers of Moodle: units, tolerances, and values that are drawn."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.exchange import moodle_types
from assessments.questions.base import ONE
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.html import Html
from assessments.questions.numerical import NO_UNITS, NumberAnswer, Unit, Units
from tests.assessments.exchange.files import MOODLE_XML, answer, question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, said, taken


def test_numerical_has_units():
    found = one(MOODLE_XML["numerical"])
    assert found.answers == (
        NumberAnswer("1", Decimal("2.5"), ONE, Decimal("0.1")),
        NumberAnswer("2", None, Fraction(0)),
    )
    assert found.units == Units(
        (Unit("m"), Unit("cm", Decimal("0.01"))), "graded", "choose", penalty=Fraction(1, 10)
    )


@pytest.mark.parametrize(
    ("inside", "rule", "control", "of"),
    [
        ("", "optional", "typed", "response"),
        ("<showunits>3</showunits>", "none", "typed", "response"),
        ("<unitgradingtype>2</unitgradingtype><showunits>0</showunits>", "graded", "typed", "mark"),
        (
            "<unitgradingtype>0</unitgradingtype><showunits>2</showunits>",
            "optional",
            "pick",
            "response",
        ),
    ],
)
def test_units_are_shown_and_graded_in_several_ways(inside, rule, control, of):
    units = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    text = quiz(question("numerical", "a", "b", answer("1", "100"), inside, units))
    found = one(text).units
    assert (found.rule, found.control, found.of) == (rule, control, of)


def test_it_is_said_where_units_are_taken_in_another_way_than_moodle_takes_them():
    unit = "<unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
    for shown, told in (("0", [moodle_types.CONVERTED]), ("3", [])):
        inside = f"<showunits>{shown}</showunits><units>{unit}</units>"
        found = taken(quiz(question("numerical", "a", "b", answer("1", "100"), inside)))
        assert [each.message for each in found.remarks] == told


def test_a_unit_without_name_is_left_out_and_old_tolerances_are_read():
    text = quiz(
        question(
            "numerical",
            "a",
            "b",
            '<answer fraction="100" tolerance="0.5"><text>1</text></answer>',
            "<units><unit><multiplier>1</multiplier><unit_name></unit_name></unit></units>",
        )
    )
    found = taken(text)
    assert found.entries[0].question.units == NO_UNITS
    assert found.entries[0].question.answers[0].error == Decimal("0.5")
    assert [kind for kind, _line, _message in said(found)] == ["left out"]


def test_calculated_has_its_sets_of_values_and_says_what_it_left_out():
    found = taken(MOODLE_XML["calculated"])
    assert found.entries[0].question == FormulaQuestion(
        name="Sum",
        body=Html("What is {a} + {b}?"),
        mark=Fraction(2),
        variables=(Variable("a"), Variable("b")),
        answers=(
            FormulaAnswer(
                "1",
                "{a} + {b}",
                ONE,
                error=Decimal("0.01"),
                rule="absolute",
                figures=3,
                figures_rule="significant",
            ),
        ),
        rows=((Decimal("1.5"), Decimal(4)), (Decimal("2.5"), Decimal(5))),
    )
    assert said(found) == [
        ("changed", 3, "Sets of values that lack one for a variable were left out.")
    ]
