"""How hard a question is, over all quizzes."""

from fractions import Fraction

import pytest

from assessments.bank import items
from assessments.bank.usage import Facility, facility
from assessments.quizzes.plan import Settings, to_plain
from assessments.resources import Answer, Attempt, Quiz, Quizzes
from sites import NOW
from tests.assessments.examples import TRUTH


@pytest.fixture
def quizzes():
    return Quizzes()


def quiz(quizzes, key, **settings):
    made = Quiz(key, key.title(), NOW)
    made.settings = to_plain(Settings(**settings))
    quizzes.add(made)
    return made


def sat(quiz, item, learner, fraction, number=1, **state):
    attempt = Attempt(f"{learner}{number}", quiz, learner, number, NOW)
    attempt.state = "finished"
    answer = Answer("a", item.current, "1", {}, 0)
    answer.fraction = fraction
    attempt.answers = (answer,)
    for name, value in state.items():
        setattr(attempt, name, value)
    quiz.attempts[attempt.__name__] = attempt


def five(quiz, item, right=3):
    for number in range(5):
        sat(quiz, item, f"l{number}", "1" if number < right else "0")


def test_it_is_the_mean_of_what_people_had_of_the_mark(shelf, quizzes):
    five(quiz(quizzes, "one"), shelf.item, right=4)
    five(quiz(quizzes, "two"), shelf.item, right=1)
    assert facility(quizzes, shelf.item) == Facility(10, Fraction(1, 2))


def test_of_each_person_the_first_answer_counts(shelf, quizzes):
    one = quiz(quizzes, "one")
    sat(one, shelf.item, "l0", "0", number=2)
    five(one, shelf.item, right=5)
    sat(one, shelf.item, "l1", "0", number=3)
    assert facility(quizzes, shelf.item) == Facility(5, Fraction(1))


def test_few_people_are_not_told_and_cannot_be_had_by_subtraction(shelf, quizzes):
    few = quiz(quizzes, "few")
    for learner in "abcd":
        sat(few, shelf.item, learner, "0")
    assert facility(quizzes, shelf.item) is None
    five(quiz(quizzes, "one"), shelf.item)
    assert facility(quizzes, shelf.item) == Facility(5, Fraction(3, 5))


def test_practice_looks_and_what_is_not_marked_count_nowhere(shelf, quizzes):
    five(quiz(quizzes, "tries", practice=True), shelf.item)
    one = quiz(quizzes, "one")
    five(one, shelf.item)
    sat(one, shelf.item, "look", "0", preview=True)
    sat(one, shelf.item, "open", "0", state="open")
    sat(one, shelf.item, "essay", None)
    assert facility(quizzes, shelf.item) == Facility(5, Fraction(3, 5))


def test_an_older_version_was_another_question(shelf, quizzes):
    five(quiz(quizzes, "one"), shelf.item)
    items.save(shelf.item, TRUTH, {}, now=NOW, by="person:a")
    assert facility(quizzes, shelf.item) is None
