"""Cloze: gaps that are questions of their own, each with its weight."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from assessments.questions.cloze import ClozeGap
from assessments.questions.controls import Choose, Pick, Write
from assessments.questions.html import Html
from tests.assessments.examples import CLOZE, MULTIPLE, NUMERICAL, TRUTH
from tests.assessments.wording import english

RIGHT = {"hours": ("8",), "light": ("little",), "word": ("nightmare",), "coffee": ("avoid",)}


def fraction(**answers):
    response = {name: (value,) for name, value in answers.items()}
    return CLOZE.mark_response(response, {}).fraction


def test_weights_say_how_much_a_gap_brings():
    # "hours" weighs 2, the three others 1 each.
    assert fraction(hours="8") == Fraction(2, 5)
    assert fraction(light="little") == Fraction(1, 5)
    assert fraction(hours="6", word="bad dream") == Fraction(2, 5) / 2 + Fraction(1, 5) / 2
    assert CLOZE.mark_response(RIGHT, {}).fraction == 1


def test_negative_credit_of_one_gap_takes_off_from_the_others_but_never_below_nothing():
    assert fraction(light="little", coffee="drink") == Fraction(1, 5) / 2
    assert fraction(coffee="drink") == 0
    assert CLOZE.lowest() == 0


def test_each_gap_says_what_its_own_author_said_to_the_answer():
    found = CLOZE.mark_response(
        {"hours": ("7.5",), "word": ("bad dream",), "coffee": ("drink",)}, {}
    )
    assert [(part.name, part.response, part.feedback) for part in found.parts] == [
        ("hours", "7.5", "Seven to nine."),
        ("word", "bad dream", "There is a word for it."),
        ("coffee", "as much as one likes", "It wakes."),
    ]


def test_each_kind_of_gap_gets_a_control_of_its_kind():
    hours, light, word, coffee = CLOZE.ask(CLOZE.arrange(Random(0))).controls
    assert (type(hours), hours.name, hours.numeric) == (Write, "hours", True)
    assert (type(light), light.name) == (Pick, "light")
    assert (type(word), word.name, word.numeric) == (Write, "word", False)
    assert (type(coffee), coffee.name, coffee.across) == (Choose, "coffee", False)


def with_gap(**changes):
    gap = replace(CLOZE.gaps[3], **changes)
    return replace(CLOZE, gaps=(*CLOZE.gaps[:3], gap))


def test_answers_in_a_row_stand_beside_each_other():
    assert with_gap(show="row").ask({}).controls[3].across


def test_a_gap_where_several_may_be_chosen_has_no_list_that_opens():
    question = with_gap(question=MULTIPLE, show="list")
    control = question.ask({}).controls[3]
    assert (type(control), control.many, control.numbering) == (Choose, True, "none")
    several = RIGHT | {"coffee": ("away", "sleep")}
    assert question.mark_response(several, {}).fraction == 1
    assert question.guess() is None


def test_answers_of_a_gap_are_shuffled_each_by_itself():
    orders = {
        tuple(option.key for option in CLOZE.ask(CLOZE.arrange(Random(seed))).controls[1].options)
        for seed in range(20)
    }
    assert orders == {("little", "much"), ("much", "little")}


def test_it_is_complete_when_every_gap_is():
    assert CLOZE.is_complete(RIGHT, {})
    assert not CLOZE.is_complete(RIGHT | {"hours": ("many",)}, {})
    assert english(CLOZE.remarks(RIGHT | {"hours": ("many",)}, {})) == english(
        NUMERICAL.remarks({"answer": ("many",)}, {})
    )


def test_numbers_are_read_in_the_language_of_who_is_asked():
    response = {"hours": ("8,000",)}
    assert CLOZE.mark_response(response, {"language": "fr"}).fraction == Fraction(2, 5)
    assert CLOZE.mark_response(response, {"language": "en"}).fraction == 0
    assert replace(CLOZE, language="fr").mark_response(response, {}).fraction == Fraction(2, 5)


def test_the_next_try_keeps_the_gaps_that_brought_something():
    kept = CLOZE.kept(RIGHT | {"coffee": ("drink",), "hours": ("2",)}, {})
    assert kept == {"light": ("little",), "word": ("nightmare",)}


def test_a_guess_is_the_mean_of_the_gaps_by_their_weights():
    # Half of "light", half of (1 - 1/2) of "coffee", nothing of what is typed.
    assert CLOZE.guess() == (Fraction(1, 2) + Fraction(1, 4)) / 5


def test_a_summary_says_what_each_gap_holds():
    assert CLOZE.summary({"light": ("much",), "word": ("fear",)}, {}) == "[light] much; [word] fear"


def test_a_gap_that_nothing_fills_leaves_no_right_response():
    nobody = replace(NUMERICAL, answers=NUMERICAL.answers[1:])
    assert with_gap(question=nobody).right_response({}) is None


@pytest.mark.parametrize(
    ("question", "problems"),
    [
        (replace(CLOZE, gaps=(), body=Html("Sleep well.")), ["The text has no gap."]),
        (
            replace(CLOZE, body=Html(CLOZE.body + "[[more]]")),
            ["The text has the place [[more]], but there is no gap of this name."],
        ),
        (
            with_gap(question=TRUTH),
            [
                "What follows is wrong with the gap coffee.",
                "Only a choice, a short answer or a number can be asked in a gap.",
            ],
        ),
        (
            with_gap(show="wheel", weight=Fraction(-1)),
            [
                "What follows is wrong with the gap coffee.",
                "The weight of a gap cannot be below 0.",
                "“wheel” is no way to show answers.",
            ],
        ),
        (
            with_gap(question=replace(CLOZE.gaps[3].question, choices=())),
            [
                "What follows is wrong with the gap coffee.",
                "A question needs at least two answers to choose from.",
                "No answer is right. Give at least one answer a share of the mark.",
            ],
        ),
        (
            replace(
                CLOZE,
                body=Html("[[a]]"),
                gaps=(ClozeGap("a", CLOZE.gaps[1].question, Fraction(0)),),
            ),
            ["No gap has a weight. Give at least one a weight above 0."],
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problems):
    assert english(question.problems()) == problems
