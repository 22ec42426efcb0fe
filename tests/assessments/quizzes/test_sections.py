"""Sections and slots are put in, moved, changed and taken out, by their ids."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.quizzes import sections as plan
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.refusals import QuizRefused
from tests.assessments.attempts.making import NOW, World, single

TWO = (
    Section("first", slots=(Slot("a", "item-a"), Slot("b", "item-b"))),
    Section("second", slots=(Slot("c", "item-c"),)),
)
LATER = NOW + timedelta(days=1)


def order(sections) -> str:
    """The slots as letters, the sections with a stroke between them."""
    return "|".join("".join(slot.id for slot in section.slots) for section in sections)


@pytest.mark.parametrize(
    ("slot", "step", "then"),
    [
        ("a", 1, "ba|c"),
        ("b", -1, "ba|c"),
        ("b", 1, "a|bc"),
        ("c", -1, "abc|"),
        ("a", -1, "ab|c"),
        ("c", 1, "ab|c"),
        ("gone", 1, "ab|c"),
    ],
)
def test_a_slot_moves_by_one_place_and_over_the_edge_of_its_section(slot, step, then):
    assert order(plan.move_slot(TWO, slot, step)) == then


@pytest.mark.parametrize(
    ("section", "step", "then"),
    [("first", 1, "c|ab"), ("second", -1, "c|ab"), ("first", -1, "ab|c"), ("gone", 1, "ab|c")],
)
def test_a_section_moves_with_what_is_in_it(section, step, then):
    assert order(plan.move_section(TWO, section, step)) == then


def test_items_are_put_at_the_end_of_a_section_each_once_in_the_quiz():
    made = plan.add_items(TWO, "first", ["item-d", "item-c", "item-d"])

    assert [slot.item for slot in made[0].slots] == ["item-a", "item-b", "item-d"]
    assert made[1] == TWO[1]


def test_items_for_a_section_that_is_gone_are_put_into_the_last_one():
    made = plan.add_items(TWO, "gone", ["item-d"])

    assert [slot.item for slot in made[1].slots] == ["item-c", "item-d"]


def test_items_for_a_quiz_without_sections_make_one():
    (made,) = plan.add_items((), "", ["item-d"])

    assert [slot.item for slot in made.slots] == ["item-d"]


def test_questions_of_chance_are_slots_of_their_own():
    made = plan.add_chance(
        TWO,
        "second",
        count=2,
        category="care",
        below=False,
        tags=("law",),
        mark=Fraction(1, 3),
    )

    _named, first, second = made[1].slots
    assert first.id != second.id
    assert replace(first, id="") == replace(second, id="")
    assert replace(first, id="") == Slot(
        "", category="care", below=False, tags=("law",), mark=Fraction(1, 3)
    )


def test_more_questions_than_anybody_answers_are_refused():
    with pytest.raises(QuizRefused):
        plan.add_items(TWO, "first", [f"i{number}" for number in range(plan.MOST_SLOTS - 2)])


def test_a_slot_is_taken_out():
    assert order(plan.remove_slot(TWO, "a")) == "b|c"


def test_a_section_is_added_empty_changed_and_taken_out():
    three = plan.add_section(TWO)
    key = three[2].id

    named = plan.change_section(three, key, lambda section: replace(section, title="Law"))

    assert [section.title for section in named] == ["", "", "Law"]
    assert plan.remove_section(named, key) == TWO


def test_a_section_with_questions_in_it_is_not_taken_out():
    with pytest.raises(QuizRefused):
        plan.remove_section(TWO, "second")


def test_a_quiz_says_when_its_questions_were_changed_and_only_then():
    world = World(single("a"))
    before = plan.sections_of(world.quiz)

    assert not plan.keep(world.quiz, before, LATER)
    assert world.quiz.changed == NOW
    assert plan.keep(world.quiz, plan.add_section(before), LATER)
    assert world.quiz.changed == LATER
    assert plan.sections_of(world.quiz)[0] == before[0]
