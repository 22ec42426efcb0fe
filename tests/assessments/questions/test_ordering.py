"""Ordering: four ways to mark an order."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.controls import Option
from assessments.questions.html import Html
from assessments.questions.ordering import OrderingQuestion
from tests.assessments.examples import ORDERING
from tests.assessments.wording import english

ORDERS = ("abcde", "bacde", "eabcd", "edcba", "abdce", "bcdea")
LETTERS = OrderingQuestion(
    name="Letters",
    body=Html("Put the letters in order."),
    items=tuple(Option(letter, Html(letter.upper())) for letter in "abcde"),
)


def fractions(grading, orders=ORDERS):
    question = replace(LETTERS, grading=grading)
    return [question.mark_response({"order": tuple(order)}, {}).fraction * 5 for order in orders]


def test_all_or_nothing():
    assert fractions("whole") == [5, 0, 0, 0, 0, 0]


def test_each_thing_at_its_place():
    assert fractions("place") == [5, 3, 0, 1, 3, 0]


def test_each_thing_that_is_followed_by_the_right_one():
    # "e" is right where nothing follows it.
    assert fractions("next") == [5, 3, 3, 0, 2, 3]


def test_the_longest_row_in_order_whatever_stands_between():
    assert fractions("longest") == [5, 4, 4, 0, 4, 4]


def longest_by_trying_all(order):
    rows = range(2 ** len(order))
    chosen = ([each for bit, each in enumerate(order) if row >> bit & 1] for row in rows)
    longest = max(len(row) for row in chosen if row == sorted(row))
    return longest if longest > 1 else 0


@given(st.permutations("abcde"))
def test_the_longest_row_is_the_longest_that_trying_all_finds(order):
    assert fractions("longest", [order]) == [longest_by_trying_all(order)]


@pytest.mark.parametrize("grading", ["place", "next", "longest"])
def test_as_many_parts_are_right_as_the_mark_says(grading):
    question = replace(LETTERS, grading=grading)
    for order in ORDERS:
        found = question.mark_response({"order": tuple(order)}, {})
        assert sum(part.fraction for part in found.parts) == found.fraction * 5


def test_parts_are_told_in_the_order_that_was_given():
    found = LETTERS.mark_response({"order": tuple("bacde")}, {})
    assert [(part.response, part.fraction) for part in found.parts] == [
        ("1. B", 0),
        ("2. A", 0),
        ("3. C", 1),
        ("4. D", 1),
        ("5. E", 1),
    ]
    assert LETTERS.summary({"order": tuple("bacde")}, {}) == "1. B; 2. A; 3. C; 4. D; 5. E"


def test_an_order_with_places_left_out_brings_what_is_right_in_it():
    response = {"order": ("a:1", "c:3", "d:3", "e:9", "nobody:2")}
    found = [
        replace(LETTERS, grading=grading).mark_response(response, {}).fraction * 5
        for grading in ("whole", "place", "next", "longest")
    ]
    assert found == [0, 2, 0, 2]
    assert not LETTERS.is_complete(response, {})
    assert english(LETTERS.remarks(response, {})) == [
        "Two things have the same place. Give each a place of its own.",
        "Not everything has a place yet.",
    ]


def test_the_next_try_keeps_what_stands_where_it_should():
    asked = LETTERS.ask(LETTERS.arrange(Random(1)))
    kept = LETTERS.kept({"order": tuple("bacde")}, LETTERS.arrange(Random(1)))
    assert sorted(kept["order"]) == ["c:3", "d:4", "e:5"]
    assert asked.read(asked.fields(kept)) == kept


@pytest.mark.parametrize("grading", ["whole", "place", "next"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_guess_is_the_mean_of_all_orders(grading, count):
    question = replace(LETTERS, items=LETTERS.items[:count], grading=grading)
    orders = list(permutations(item.key for item in question.items))
    marks = [question.mark_response({"order": order}, {}).fraction for order in orders]
    assert question.guess() == Fraction(sum(marks), len(orders))


def test_what_a_guess_at_the_longest_row_brings_is_not_known():
    assert replace(LETTERS, grading="longest").guess() is None


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            replace(ORDERING, items=ORDERING.items[:1]),
            "An ordering question needs at least two things to put in order.",
        ),
        (
            replace(ORDERING, items=(*ORDERING.items, Option("x", Html("")))),
            "A thing to put in order is empty. Write it, or take it out.",
        ),
        (
            replace(ORDERING, items=(*ORDERING.items, Option("x", Html("Examine")))),
            "Two things to put in order are the same. Nobody can tell them apart.",
        ),
        (replace(ORDERING, grading="best"), "“best” is no way to mark an order."),
        (
            replace(ORDERING, items=(*ORDERING.items, Option("ask", Html("Ask")))),
            "More than one answer has this key: ask. Give every answer a key of its own.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]
