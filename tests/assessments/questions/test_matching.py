"""Matching: each pair counts the same."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.controls import Option
from assessments.questions.html import Html
from assessments.questions.matching import Pair
from tests.assessments.examples import MATCHING
from tests.assessments.wording import english

RIGHT = {"pair-1": ("physio",), "pair-2": ("law",), "pair-3": ("psych",)}


def test_each_pair_brings_its_part_of_the_mark():
    assert MATCHING.mark_response(RIGHT, {}).fraction == 1
    found = MATCHING.mark_response(RIGHT | {"pair-3": ("cook",)}, {})
    assert found.fraction == Fraction(2, 3)
    assert [(part.name, part.answer, part.fraction) for part in found.parts] == [
        ("pair-1", "physio", 1),
        ("pair-2", "law", 1),
        ("pair-3", "cook", 0),
    ]
    assert found.feedback == "Some are right."


def test_pairs_without_an_answer_bring_nothing():
    response = {"pair-2": ("law",), "pair-3": ("nobody",)}
    assert MATCHING.mark_response(response, {}).fraction == Fraction(1, 3)
    assert not MATCHING.is_complete({"pair-2": ("law",)}, {})
    assert MATCHING.is_complete(RIGHT, {})


def test_answers_that_say_the_same_are_the_same():
    twice = replace(MATCHING, answers=(*MATCHING.answers, Option("law2", Html("Lawyer"))))
    assert twice.problems() == []
    assert twice.mark_response(RIGHT | {"pair-2": ("law2",)}, {}).fraction == 1
    assert twice.guess() == (Fraction(1, 5) + Fraction(2, 5) + Fraction(1, 5)) / 3


@given(st.integers(0, 1000))
def test_the_answers_stand_in_one_order_of_chance_for_all_pairs(seed):
    asked = MATCHING.ask(MATCHING.arrange(Random(seed)))
    orders = {tuple(option.key for option in control.options) for control in asked.controls}
    assert len(orders) == 1
    assert sorted(*orders) == ["cook", "law", "physio", "psych"]


def test_pairs_keep_their_order_when_they_are_not_shuffled_and_answers_do_not():
    question = replace(MATCHING, shuffle=False)
    arrangements = [question.arrange(Random(seed))["orders"] for seed in range(20)]
    assert {tuple(orders["pairs"]) for orders in arrangements} == {("body", "papers", "nights")}
    assert len({tuple(orders["answers"]) for orders in arrangements}) > 1
    shuffled = {tuple(MATCHING.arrange(Random(seed))["orders"]["pairs"]) for seed in range(20)}
    assert len(shuffled) > 1


def test_every_pair_stands_in_a_row_with_its_control_which_it_names():
    asked = MATCHING.ask({})
    assert (
        '<tr><th scope="row">Help with an application for asylum</th><td>[[pair-2]]</td></tr>'
        in asked.body
    )
    assert asked.controls[1].label == "Help with an application for asylum"


def test_a_control_is_not_called_as_the_author_called_the_pair():
    asked = MATCHING.ask({})
    assert [control.name for control in asked.controls] == ["pair-1", "pair-2", "pair-3"]


def test_the_next_try_keeps_the_right_pairs():
    response = RIGHT | {"pair-1": ("cook",)}
    assert MATCHING.kept(response, {}) == {"pair-2": ("law",), "pair-3": ("psych",)}


def test_who_guesses_is_right_once_among_all_answers():
    assert MATCHING.guess() == Fraction(1, 4)


def test_a_summary_says_what_was_put_to_what():
    response = {"pair-1": ("cook",), "pair-3": ("psych",)}
    assert MATCHING.summary(response, {}) == (
        "Exercises against pain → Cook; Treatment of nightmares → Psychologist"
    )


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            replace(MATCHING, pairs=MATCHING.pairs[:1]),
            "A matching question needs at least two pairs.",
        ),
        (
            replace(
                MATCHING,
                pairs=tuple(replace(pair, answer="law") for pair in MATCHING.pairs),
                answers=(Option("law", Html("Lawyer")), Option("law2", Html("Lawyer"))),
            ),
            "A matching question needs at least two answers to choose from.",
        ),
        (
            replace(MATCHING, pairs=(*MATCHING.pairs, Pair("x", Html(""), "law"))),
            "One half of a pair is empty. Write it, or take the pair out.",
        ),
        (
            replace(MATCHING, pairs=(*MATCHING.pairs, Pair("x", Html("Soup"), "nobody"))),
            "No answer belongs to “Soup”.",
        ),
        (
            replace(MATCHING, pairs=(*MATCHING.pairs, Pair("body", Html("Soup"), "cook"))),
            "More than one answer has this key: body. Give every answer a key of its own.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]
