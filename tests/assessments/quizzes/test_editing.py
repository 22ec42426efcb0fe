"""Quizzes are made, described, copied, and removed while nobody needs them."""

from datetime import timedelta

import pytest

from assessments.questions.html import Html
from assessments.quizzes import editing
from assessments.quizzes.exceptions import change as except_for
from assessments.quizzes.plan import Behaviour, Override, See, Settings, When, from_plain
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import sections_of
from assessments.resources import Quizzes
from tests.assessments.attempts.making import LEARNER, NOW, World, single

LATER = NOW + timedelta(days=1)


def test_a_new_quiz_takes_away_fear():
    quizzes = Quizzes()

    quiz = editing.make(quizzes, "  First \n steps ", now=NOW, owner="person:a")

    settings = from_plain(Settings, quiz.settings)
    assert quizzes[quiz.__name__] is quiz
    assert (quiz.title, quiz.owner) == ("First steps", "person:a")
    assert (settings.attempts, settings.seconds, settings.pass_percent) == (0, 0, None)
    assert settings.review[When.SOON] == frozenset(See)
    assert [each.slots for each in sections_of(quiz)] == [()]


@pytest.mark.parametrize("title", ["", " \n ", "x" * 201])
def test_a_title_that_is_empty_or_endless_is_refused(title):
    quizzes = Quizzes()

    with pytest.raises(QuizRefused):
        editing.make(quizzes, title, now=NOW)

    assert not list(quizzes.values())


def test_a_quiz_is_described_and_given_its_rules():
    world = World(single())
    rules = Settings(behaviour=Behaviour.IMMEDIATE, closes=LATER)

    editing.change(
        world.quiz,
        title="What helps most",
        intro=Html("<p>Read on.</p>"),
        language="fr",
        settings=rules,
        now=LATER,
    )

    assert from_plain(Settings, world.quiz.settings) == rules
    assert (world.quiz.title, world.quiz.language) == ("What helps most", "fr")
    assert (world.quiz.intro, world.quiz.changed) == ("<p>Read on.</p>", LATER)


def test_a_copy_has_rules_and_questions_and_nobody_in_it():
    world = World(single(), seconds=600)
    world.quiz.takers = frozenset({"enrolled:care"})
    except_for(world.quiz, LEARNER, Override(extra=60))
    world.begin()

    made = editing.duplicate(world.quizzes, world.quiz, now=LATER, owner="person:b")

    assert made.title == "What helps (2)"
    assert (made.settings, made.sections) == (world.quiz.settings, world.quiz.sections)
    assert (made.created, made.owner) == (LATER, "person:b")
    assert not made.takers
    assert not made.attempts
    assert not made.overrides


def test_the_copy_of_a_long_title_is_no_longer_than_titles_may_be():
    world = World(single())
    world.quiz.title = "x" * editing.LONGEST_TITLE

    made = editing.duplicate(world.quizzes, world.quiz, now=NOW)

    assert editing.check_title(made.title).endswith("x (2)")


def test_a_quiz_that_somebody_has_begun_stays():
    world = World(single())
    world.begin()

    with pytest.raises(QuizRefused):
        editing.remove(world.quizzes, world.quiz)

    assert world.quizzes.get("quiz") is world.quiz


def test_a_quiz_that_a_course_opens_stays():
    world = World(single())
    world.quiz.takers = frozenset({"enrolled:care"})

    with pytest.raises(QuizRefused):
        editing.remove(world.quizzes, world.quiz)

    assert world.quizzes.get("quiz") is world.quiz


def test_a_quiz_that_only_its_author_has_looked_at_can_go():
    world = World(single())
    world.begin("author", preview=True)

    editing.remove(world.quizzes, world.quiz)

    assert world.quizzes.get("quiz") is None
