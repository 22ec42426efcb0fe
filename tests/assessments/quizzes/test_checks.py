"""What is not in order with a quiz's questions is said before a learner finds it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.attempts.start import Refused
from assessments.questions.description import DescriptionQuestion
from assessments.questions.html import Html
from assessments.quizzes.checks import check, mark_of, total
from assessments.quizzes.plan import Section, Slot, to_plain
from assessments.resources import Category
from tests.assessments.attempts.making import World, single

HALF = Fraction(1, 2)
CHANCE = Slot("x", category="general")


@pytest.fixture
def world():
    """Three questions, of one, one and two marks."""
    made = World(single("a"), single("b"), single("c", mark=Fraction(2)))
    made.named = [Slot(f"s{name}", f"item-{name}") for name in "abc"]
    return made


def chances(count: int, **more) -> tuple[Slot, ...]:
    return tuple(replace(CHANCE, id=f"x{number}", **more) for number in range(count))


def words(found) -> list[str]:
    return [
        each.interpolate()
        for each in (*found.whole, *found.sections.values(), *found.slots.values())
    ]


def begins(world, *sections: Section) -> bool:
    """Whether a learner can begin a quiz of these sections."""
    world.quiz.sections = tuple(to_plain(each) for each in sections)
    try:
        world.begin()
    except Refused:
        return False
    return True


def test_named_questions_that_are_ready_are_in_order(world):
    assert not check(world.bank, [Section("p", slots=tuple(world.named))])


def test_a_quiz_without_questions_cannot_begin(world):
    assert words(check(world.bank, [Section("p")])) == [
        "There are no questions yet. Nobody can begin this quiz."
    ]


@pytest.mark.parametrize(
    ("state", "said"), [("draft", "is a draft"), ("retired", "is retired"), ("ready", "")]
)
def test_a_question_that_is_not_ready_is_named(world, state, said):
    world.bank.items["item-a"].state = state

    found = check(world.bank, [Section("p", slots=tuple(world.named))])

    assert list(found.slots) == (["sa"] if said else [])
    assert all(said in each for each in words(found))


def test_a_question_that_is_gone_is_named(world):
    found = check(world.bank, [Section("p", slots=(*world.named, Slot("z", "item-z")))])

    assert list(found.slots) == ["z"]
    assert "not in the bank any more" in words(found)[0]


def test_a_version_that_there_is_not_is_named(world):
    slots = (world.named[0], replace(world.named[1], version=1), replace(world.named[2], version=9))

    found = check(world.bank, [Section("p", slots=slots)])

    assert list(found.slots) == ["sc"]
    assert "no version 9" in words(found)[0]


def test_a_section_that_asks_more_than_it_has_is_named(world):
    found = check(world.bank, [Section("p", pick=4, slots=tuple(world.named))])

    assert list(found.sections) == ["p"]
    assert begins(world, Section("p", pick=4, slots=tuple(world.named)))


def test_as_many_questions_of_chance_as_there_are_items_are_in_order(world):
    sections = Section("p", slots=chances(3))

    assert not check(world.bank, [sections])
    assert begins(world, sections)


def test_one_question_of_chance_too_many_is_told_with_both_numbers(world):
    sections = Section("p", slots=chances(4))

    found = check(world.bank, [sections])

    assert set(found.slots) == {"x0", "x1", "x2", "x3"}
    assert "here: 4. Questions to draw them from: 3." in words(found)[0]
    assert not begins(world, sections)


def test_what_is_named_leaves_less_to_chance(world):
    sections = Section("p", slots=(world.named[0], *chances(3)))

    found = check(world.bank, [sections])

    assert len(found.whole) == 1
    assert "too few for all of them" in words(found)[0]
    assert not begins(world, sections)


def test_pools_that_overlap_are_counted_together(world):
    world.item(single("law"), tags=("law",))
    tagged = Slot("t", category="general", tags=("law",))

    assert not check(world.bank, [Section("p", slots=(tagged, *chances(3)))])
    assert check(world.bank, [Section("p", slots=(tagged, *chances(4)))])


def test_a_section_that_picks_may_have_more_of_chance_than_there_are(world):
    found = check(world.bank, [Section("p", pick=2, slots=chances(4))])

    assert not found.slots


def test_a_category_that_is_gone_is_named(world):
    found = check(world.bank, [Section("p", slots=(replace(CHANCE, category="gone"),))])

    assert "category that this question is drawn from is gone" in words(found)[0]


def test_questions_to_read_bring_no_marks_and_no_result(world):
    world.item(DescriptionQuestion(name="text", body=Html("<p>Read.</p>")))

    found = check(world.bank, [Section("p", slots=(Slot("r", "item-text"),))])

    assert words(found) == ["No question brings a mark, so there is no result."]


def test_a_slot_says_its_mark_or_leaves_it_to_the_question(world):
    assert mark_of(world.bank, world.named[2]) == 2
    assert mark_of(world.bank, replace(world.named[2], mark=HALF)) == HALF
    assert mark_of(world.bank, CHANCE) is None
    assert mark_of(world.bank, replace(CHANCE, mark=HALF)) == HALF
    assert mark_of(world.bank, Slot("z", "item-z")) == 0


def test_the_total_is_one_number_where_it_can_be(world):
    sections = [
        Section("p", slots=tuple(world.named)),
        Section("q", pick=2, slots=chances(3, mark=HALF)),
    ]

    assert total(world.bank, sections) == (5, 5)


def test_the_total_is_a_range_where_chance_decides(world):
    named, chance = tuple(world.named), (CHANCE,)

    assert total(world.bank, [Section("p", pick=2, slots=named)]) == (2, 3)
    assert total(world.bank, [Section("p", slots=chance)]) == (1, 2)


def test_nothing_to_draw_from_brings_nothing(world):
    empty = Category("empty", "Empty")
    world.bank.add(empty)

    assert total(world.bank, [Section("p", slots=(replace(CHANCE, category="empty"),))]) == (0, 0)
