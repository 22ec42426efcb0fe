"""Where questions are asked."""

import pytest

from assessments.bank import usage
from assessments.bank.categories import make
from assessments.bank.usage import Use
from assessments.quizzes.plan import Section, Slot, to_plain
from assessments.resources import Answer, Attempt, Quiz, Quizzes
from sites import NOW


@pytest.fixture
def quizzes():
    return Quizzes()


def quiz(quizzes, key, *slots):
    made = Quiz(key, key.title(), NOW)
    made.sections = (to_plain(Section("s", slots=slots)),)
    quizzes.add(made)
    return made


def test_a_question_is_counted_once_for_each_quiz(shelf, quizzes):
    key = shelf.item.__name__
    quiz(quizzes, "one", Slot("a", item=key), Slot("b", item=key))
    quiz(quizzes, "two", Slot("a", item=key))
    quiz(quizzes, "none", Slot("a", category=shelf.category.__name__))
    assert usage.counted(quizzes) == {key: 2}


def test_a_question_is_asked_by_name_or_by_chance(shelf, quizzes):
    key, outer = shelf.item.__name__, shelf.category.__name__
    named = quiz(quizzes, "named", Slot("a", item=key, version=1))
    drawn = quiz(quizzes, "drawn", Slot("a", category=outer, below=False))
    quiz(quizzes, "tagged", Slot("a", category=outer, tags=("rare",)))
    assert usage.uses(quizzes, shelf.item) == [Use(drawn, 0, by_chance=True), Use(named, 1)]


def test_chance_may_reach_into_what_lies_in_a_category(shelf, quizzes):
    outer = make(shelf.bank, "Outer")
    shelf.category.parent = outer
    reaching = quiz(quizzes, "reaching", Slot("a", category=outer.__name__))
    quiz(quizzes, "shallow", Slot("a", category=outer.__name__, below=False))
    assert usage.uses(quizzes, shelf.item) == [Use(reaching, 0, by_chance=True)]


def test_attempts_are_counted_by_version_and_previews_are_not(shelf, quizzes):
    made = quiz(quizzes, "one", Slot("a", item=shelf.item.__name__))
    for key, preview in (("x", False), ("y", False), ("z", True)):
        attempt = Attempt(key, made, "amina", 1, NOW)
        attempt.preview = preview
        attempt.answers = (Answer("a", shelf.item.current, "1", {}, 0),)
        made.attempts[key] = attempt
    assert usage.asked_in(quizzes, shelf.item) == {1: 2}


def test_quizzes_that_draw_from_a_category_are_named(shelf, quizzes):
    drawing = quiz(quizzes, "drawing", Slot("a", category=shelf.category.__name__))
    quiz(quizzes, "other", Slot("a", item=shelf.item.__name__))
    assert usage.draws_from(quizzes, shelf.category) == [drawing]
