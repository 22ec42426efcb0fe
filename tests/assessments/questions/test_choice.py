"""Single and multiple choice: shares of the mark, limits, and what stays in its place."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.base import Verdict
from assessments.questions.choice import Choice
from assessments.questions.html import Html
from tests.assessments.examples import EXACT, MULTIPLE, SINGLE
from tests.assessments.wording import english

HALF = Fraction(1, 2)
WRONG_SHARE = "What an answer brings must be between -100 % and 100 %."


def marked(question, *keys):
    return question.mark_response({"answer": keys}, {})


def with_fractions(question, *fractions):
    pairs = zip(question.choices, fractions, strict=True)
    choices = (replace(choice, fraction=Fraction(fraction)) for choice, fraction in pairs)
    return replace(question, choices=tuple(choices))


@pytest.mark.parametrize(
    ("key", "fraction", "verdict"),
    [
        ("who", 1, Verdict.RIGHT),
        ("rules", HALF, Verdict.PARTLY),
        ("what", Fraction(-1, 4), Verdict.WRONG),
        ("none", 0, Verdict.WRONG),
    ],
)
def test_one_answer_brings_its_share_and_no_more(key, fraction, verdict):
    assert marked(SINGLE, key).fraction == fraction
    assert marked(SINGLE, key).verdict is verdict


def test_an_answer_is_told_what_its_author_says_to_it_and_to_answers_as_good():
    found = marked(SINGLE, "rules")
    assert [part.feedback for part in found.parts] == ["Soon, but not first."]
    assert found.feedback == "Nearly."


def test_two_answers_where_one_is_asked_for_bring_nothing():
    assert marked(SINGLE, "who", "rules").fraction == 0


def test_several_answers_bring_the_sum_of_their_shares():
    assert marked(MULTIPLE, "sleep").fraction == HALF
    assert marked(MULTIPLE, "sleep", "away").fraction == 1
    assert marked(MULTIPLE, "sleep", "tea").fraction == 0


def test_a_sum_does_not_fall_below_what_the_author_allows():
    question = with_fractions(MULTIPLE, HALF, HALF, -1, -1)
    assert marked(question, "tea").fraction == -HALF
    assert question.lowest() == -HALF
    assert replace(question, least=Fraction(0)).lowest() == 0


def test_none_of_these_together_with_another_answer_brings_nothing():
    assert marked(MULTIPLE, "sleep", "away", "none").fraction == 0
    assert english(MULTIPLE.remarks({"answer": ("none", "sleep")}, {})) == [
        "“None of these” cannot be chosen together with other answers."
    ]
    assert MULTIPLE.remarks({"answer": ("none",)}, {}) == []


def test_all_or_nothing_takes_exactly_the_right_answers():
    assert marked(EXACT, "client", "team").fraction == 1
    assert marked(EXACT, "client").fraction == 0
    assert marked(EXACT, "client", "team", "family").fraction == 0
    assert EXACT.lowest() == 0


def test_all_or_nothing_among_single_answers_gives_nothing_to_the_second_best():
    question = replace(SINGLE, whole=True)
    assert marked(question, "who").fraction == 1
    assert marked(question, "rules").fraction == 0
    assert question.guess() == Fraction(1, 4)


def test_more_answers_than_may_be_chosen_bring_nothing():
    question = replace(MULTIPLE, most=2)
    assert marked(question, "sleep", "away", "tea").fraction == 0
    assert marked(question, "sleep", "away").fraction == 1
    assert english(question.remarks({"answer": ("sleep", "away", "tea")}, {})) == [
        "You have chosen 3 answers, but at most 2 can be chosen."
    ]
    assert question.remarks({"answer": ("sleep", "away")}, {}) == []


def test_the_next_try_keeps_what_was_rightly_chosen():
    assert MULTIPLE.kept({"answer": ("sleep", "tea")}, {}) == {"answer": ("sleep",)}
    assert MULTIPLE.kept({"answer": ("tea",)}, {}) == {}


@given(st.integers(0, 1000))
def test_shuffling_leaves_what_is_fixed_in_its_place(seed):
    order = SINGLE.arrange(Random(seed))["orders"]["answer"]
    assert order[-1] == "none"
    assert sorted(order) == ["none", "rules", "what", "who"]


def test_a_question_that_is_not_shuffled_keeps_the_authors_order():
    question = replace(SINGLE, shuffle=False)
    (control,) = question.ask(question.arrange(Random(0))).controls
    assert [option.key for option in control.options] == ["who", "rules", "what", "none"]
    assert control.numbering == "abc"


def test_who_guesses_among_single_answers_gets_their_mean():
    assert SINGLE.guess() == (1 + HALF - Fraction(1, 4)) / 4
    assert MULTIPLE.guess() is None


def test_the_lowest_of_single_answers_is_the_worst_of_them_or_nothing():
    assert SINGLE.lowest() == Fraction(-1, 4)
    assert with_fractions(SINGLE, 1, 1, 1, 1).lowest() == 0


def test_a_summary_says_what_was_chosen_in_words():
    assert MULTIPLE.summary({"answer": ("away", "sleep")}, {}) == (
        "She sleeps badly; He avoids certain clients"
    )


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            replace(SINGLE, choices=SINGLE.choices[:1]),
            "A question needs at least two answers to choose from.",
        ),
        (
            with_fractions(SINGLE, 0, 0, 0, 0),
            "No answer is right. Give at least one answer a share of the mark.",
        ),
        (
            with_fractions(SINGLE, HALF, 0, 0, 0),
            "No answer brings the whole mark. Give one of them 100 %.",
        ),
        (
            with_fractions(MULTIPLE, HALF, Fraction(1, 3), 0, 0),
            "The right answers must bring the whole mark together: 100 %.",
        ),
        (with_fractions(SINGLE, 1, 0, -2, 0), WRONG_SHARE),
        (with_fractions(EXACT, 2, 1, 0, 0), WRONG_SHARE),
        (
            replace(SINGLE, numbering="iv"),
            "“iv” is no way to number.",
        ),
        (
            replace(MULTIPLE, least=Fraction(1, 2)),
            "The least that an answer can bring must be between -100 % and 0 %.",
        ),
        (replace(MULTIPLE, most=1), "More answers are right than may be chosen."),
        (replace(MULTIPLE, most=-1), "How many may be chosen cannot be below 0."),
        (
            with_fractions(MULTIPLE, HALF, 0, 0, HALF),
            "An answer that cannot be chosen together with others is right together with others.",
        ),
        (
            replace(SINGLE, choices=(*SINGLE.choices, Choice("x", Html("<p> </p>"), Fraction(0)))),
            "An answer to choose from is empty. Write it, or take it out.",
        ),
        (
            replace(SINGLE, choices=(*SINGLE.choices, Choice("who", Html("I"), Fraction(0)))),
            "More than one answer has this key: who. Give every answer a key of its own.",
        ),
        (
            replace(SINGLE, choices=(*SINGLE.choices, Choice("", Html("I"), Fraction(0)))),
            "An answer has no key. Give every answer a key of its own.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]


@given(
    st.lists(st.fractions(-1, 1, max_denominator=12), min_size=2, max_size=6),
    st.fractions(-1, 0, max_denominator=4),
    st.data(),
)
def test_whatever_the_shares_are_a_mark_lies_between_the_lowest_and_one(fractions, least, data):
    choices = tuple(
        Choice(str(number), Html(f"Answer {number}"), fraction)
        for number, fraction in enumerate(fractions)
    )
    question = replace(MULTIPLE, choices=choices, least=least)
    chosen = data.draw(st.lists(st.sampled_from([choice.key for choice in choices]), unique=True))
    assert least <= question.lowest() <= marked(question, *chosen).fraction <= 1
