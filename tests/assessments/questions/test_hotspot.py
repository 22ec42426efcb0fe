"""Hotspot: places in a picture, chosen there or in a list."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from assessments.questions.controls import Area
from assessments.questions.hotspot import HotArea
from tests.assessments.examples import HOTSPOT, HOTSPOTS
from tests.assessments.wording import english

HALF = Fraction(1, 2)


def test_one_place_brings_its_share():
    right = HOTSPOT.mark_response({"place": ("near",)}, {})
    assert right.fraction == 1
    assert right.feedback == "A good place."
    assert [(part.response, part.feedback) for part in right.parts] == [
        ("The chair near the door", "Yes. Nobody sits between her and the door.")
    ]
    assert HOTSPOT.mark_response({"place": ("table",)}, {}).fraction == 0


def test_several_places_bring_their_sum():
    assert HOTSPOTS.mark_response({"place": ("door", "window")}, {}).fraction == 1
    assert HOTSPOTS.mark_response({"place": ("door", "table")}, {}).fraction == 0
    assert HOTSPOTS.mark_response({"place": ("table",)}, {}).fraction == 0
    assert replace(HOTSPOTS, least=-HALF).mark_response({"place": ("table",)}, {}).fraction == -HALF


def test_more_places_than_may_be_chosen_bring_nothing():
    question = replace(HOTSPOTS, most=2)
    response = {"place": ("door", "table", "window")}
    assert question.mark_response(response, {}).fraction == 0
    assert english(question.remarks(response, {})) == [
        "You have chosen 3 answers, but at most 2 can be chosen."
    ]


def test_the_list_of_places_has_an_order_of_chance():
    orders = {tuple(HOTSPOT.arrange(Random(seed))["orders"]["place"]) for seed in range(20)}
    assert len(orders) > 1
    (control,) = HOTSPOT.ask({"orders": {"place": ["table", "near", "far"]}}).controls
    assert [area.key for area in control.areas] == ["table", "near", "far"]


def test_the_next_try_keeps_the_right_places():
    assert HOTSPOTS.kept({"place": ("door", "table")}, {}) == {"place": ("door",)}


def test_a_guess_and_the_lowest_are_those_of_a_choice():
    assert HOTSPOT.guess() == Fraction(1, 3)
    assert HOTSPOTS.guess() is None
    assert HOTSPOT.lowest() == 0
    assert replace(HOTSPOTS, least=Fraction(-1)).lowest() == -HALF


def outlined(shape, *coords):
    area = Area("new", "A place", shape, coords)
    return replace(HOTSPOT, areas=(*HOTSPOT.areas, HotArea(area, Fraction(0))))


@pytest.mark.parametrize(
    "question",
    [
        outlined("rect", 1, 2, 3),
        outlined("rect", 10, 2, 3, 8),
        outlined("rect", 1, 8, 3, 2),
        outlined("circle", 1, 2),
        outlined("circle", 1, 2, 0),
        outlined("poly", 1, 2, 3, 4),
        outlined("poly", 1, 2, 3, 4, 5, 6, 7),
        outlined("star", 1, 2, 3, 4),
    ],
)
def test_an_outline_that_is_none_is_told(question):
    assert english(question.problems()) == ["The outline of the place “A place” is not complete."]


@pytest.mark.parametrize(
    "question",
    [
        outlined("rect", 480, 10, 500, 20),
        outlined("rect", -20, 10, 0, 20),
        outlined("circle", 100, -40, 40),
        outlined("poly", 10, 300, 20, 310, 30, 400),
    ],
)
def test_a_place_outside_of_the_picture_is_told(question):
    assert english(question.problems()) == ["The place “A place” is not in the picture."]


@pytest.mark.parametrize(
    "question",
    [
        outlined("rect", 470, 290, 500, 320),
        outlined("circle", -10, 10, 20),
        outlined("poly", -5, 0, 10, 0, 10, 10),
    ],
)
def test_a_place_may_reach_over_the_edge(question):
    assert question.problems() == []


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            replace(HOTSPOT, areas=HOTSPOT.areas[:1]),
            "A picture needs at least two places to choose from.",
        ),
        (
            replace(HOTSPOT, areas=HOTSPOT.areas[1:]),
            "No answer is right. Give at least one answer a share of the mark.",
        ),
        (
            replace(HOTSPOTS, areas=HOTSPOTS.areas[1:]),
            "The right answers must bring the whole mark together: 100 %.",
        ),
        (
            replace(HOTSPOT, picture=replace(HOTSPOT.picture, file="")),
            "There is no picture. Add one.",
        ),
        (replace(HOTSPOTS, most=1), "More answers are right than may be chosen."),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]
