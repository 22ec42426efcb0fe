"""The page of questions: what is typed, and what its buttons do."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.questions.html import Html
from assessments.quizzes.arranging import act, opened, read
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import slots

NAMED = Slot("a", "item-a", mark=Fraction(1, 3))
PINNED = Slot("b", "item-b", version=2)
CHANCE = Slot("c", category="care", mark=Fraction(1, 2))
TWO = (
    Section(
        "one",
        title="Law",
        intro=Html("<p>Read <em>first</em>.</p>"),
        shuffle=True,
        pick=1,
        slots=(NAMED, PINNED),
    ),
    Section("two", slots=(CHANCE,)),
)


def sent(**changes: str):
    texts = {name.replace("_", "-"): text for name, text in changes.items()}
    return read({**opened(TWO), **texts}, TWO)


def test_a_form_that_nobody_touches_changes_nothing():
    assert sent() == (TWO, {})


def test_a_form_that_speaks_of_nothing_changes_nothing():
    assert read({}, TWO) == (TWO, {})


def test_marks_are_exact_thirds_too():
    found, errors = sent(mark_b="2/3", mark_c="0,25")

    assert errors == {}
    assert [slot.mark for slot in slots(found)] == [
        Fraction(1, 3),
        Fraction(2, 3),
        Fraction(1, 4),
    ]


def test_a_mark_that_is_left_empty_is_for_the_question_to_say():
    found, _errors = sent(mark_a="")

    assert slots(found)[0].mark is None


def test_a_version_is_pinned_and_let_go():
    found, _errors = sent(version_a="3", version_b="")

    assert [slot.version for slot in slots(found)] == [3, 0, 0]


def test_a_section_is_described():
    found, _errors = sent(title_two="Care", intro_two="*New*", shuffle_two="1", pick_two="2")

    assert found[1] == replace(
        TWO[1], title="Care", intro=Html("<em>New</em>"), shuffle=True, pick=2
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("mark_a", "many"),
        ("mark_a", "-1"),
        ("mark_c", ""),
        ("version_a", "newest"),
        ("pick_two", "some"),
    ],
)
def test_what_cannot_be_read_is_told_where_it_stands(name, typed):
    found, errors = sent(**{name: typed})

    assert list(errors) == [name.replace("_", "-")]
    assert found == TWO


@pytest.mark.parametrize(
    ("button", "then"),
    [
        ("down:a", "ba|c"),
        ("up:c", "abc|"),
        ("out:b", "a|c"),
        ("section", "ab|c|"),
        ("section-up:two", "c|ab"),
        ("section-down:one", "c|ab"),
        ("save", "ab|c"),
    ],
)
def test_buttons_move_put_in_and_take_out(button, then):
    found = act(TWO, button)

    assert "|".join("".join(slot.id for slot in each.slots) for each in found) == then


def test_an_empty_section_is_taken_out_and_a_full_one_is_not():
    assert act((*TWO, Section("three")), "section-out:three") == TWO
    with pytest.raises(QuizRefused):
        act(TWO, "section-out:one")
