"""Choices of Moodle: shares of the mark, numbering, true and false."""

from fractions import Fraction

import pytest

from assessments.exchange import moodle_writer
from assessments.exchange.entries import Entry
from assessments.questions.base import ONE, Hint
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.html import Html
from tests.assessments.exchange.files import MOODLE_XML, answer, question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, said, taken


def test_multiple_choice():
    (entry,) = taken(MOODLE_XML["multichoice"]).entries
    assert entry == Entry(
        ChoiceQuestion(
            name="Choose",
            body=Html("Which?"),
            mark=Fraction(3, 2),
            hints=(Hint(Html("Look again"), clear_wrong=True, tell_right=True),),
            choices=(
                *(
                    Choice(key, Html(text), Fraction(1, 3))
                    for key, text in zip("123", "abc", strict=True)
                ),
                Choice("4", Html("d"), -ONE),
            ),
            many=True,
            shuffle=False,
            numbering="ABC",
            said=Verdicts(Html("Yes"), Html("Nearly"), Html("No")),
        ),
        code="m-1",
        tags=("green", "blue"),
        line=3,
    )
    assert said(taken(MOODLE_XML["multichoice"])) == [
        ("changed", 3, "The question was hidden in Moodle; here it can be seen.")
    ]


def test_an_answer_that_is_spelt_with_signs_of_no_width_is_right_as_people_type_it():
    short = one(quiz(question("shortanswer", "a", "b", answer("می\u200cروم", "100"))))
    assert short.answers[0].text == "می\u200cروم"
    assert short.mark_response({"answer": ["می\u200cروم"]}, {}).fraction == ONE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("33.33333", Fraction(1, 3)),
        ("66.66667", Fraction(2, 3)),
        ("66.66666", Fraction(2, 3)),
        ("16.66667", Fraction(1, 6)),
        ("83.33333", Fraction(5, 6)),
        ("14.28571", Fraction(1, 7)),
        ("11.11111", Fraction(1, 9)),
        ("12.5", Fraction(1, 8)),
        ("50.0000000", Fraction(1, 2)),
        ("33", Fraction(33, 100)),
        ("12.34", Fraction(1234, 10000)),
        ("-33.33333", Fraction(-1, 3)),
    ],
)
def test_a_share_is_the_fraction_that_it_was_rounded_from(written, meant):
    text = quiz(question("shortanswer", "a", "b", answer("x", "100"), answer("y", written)))
    found = one(text)
    assert found.answers[1].fraction == meant
    content, lost = moodle_writer.write([Entry(found)])
    assert (one(content.decode()), lost) == (found, ())


def test_shares_rounded_by_hand_are_mended_and_that_is_said():
    answers = [answer(each, "33") for each in "abc"]
    found = taken(quiz(question("multichoice", "x", "b", "<single>0</single>", *answers)))
    assert [each.fraction for each in found.entries[0].question.choices] == [Fraction(1, 3)] * 3
    assert [kind for kind, _line, _message in said(found)] == ["changed"]


def test_a_numbering_that_is_not_known_is_the_usual_one():
    found = one(MOODLE_XML["multichoice"].replace("ABCD", "runes"))
    assert found.numbering == "abc"


def test_true_and_false_are_told_by_their_words_and_in_old_files_by_their_order():
    assert one(MOODLE_XML["truefalse"]).right is False
    old = quiz(question("truefalse", "a", "b", answer("vrai", "100"), answer("faux", "0")))
    assert one(old).right is True
