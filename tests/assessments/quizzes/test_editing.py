"""Quizzes are made, described, copied, and removed while nobody needs them."""

from datetime import timedelta

import pytest

from assessments.questions.html import Html
from assessments.quizzes import editing
from assessments.quizzes.exceptions import change as except_for
from assessments.quizzes.plan import (
    Behaviour,
    Override,
    Section,
    See,
    Settings,
    Slot,
    When,
    from_plain,
    to_plain,
)
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import sections_of
from assessments.resources import Category, Quizzes
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


def anybody(_category):
    return True


def test_a_copy_leaves_out_what_its_owner_may_not_read_and_draws_for_them():
    world = World(single("a"), single("b"))
    hers = Category("hers", "Hers", "person:a", "private")
    world.bank.add(hers)
    world.item(single("c"), category=hers)
    slots = (
        Slot("named", "item-a"),
        Slot("private", "item-c"),
        Slot("gone", "item-z"),
        Slot("chance", category="general", by="person:a"),
        Slot("private-chance", category="hers", by="person:a"),
    )
    world.quiz.sections = (to_plain(Section("part", slots=slots)),)

    made = editing.duplicate(
        *(world.quizzes, world.quiz, world.bank),
        lambda category: category.access != "private",
        now=NOW,
        owner="person:b",
    )

    (section,) = sections_of(made)
    assert [slot.id for slot in section.slots] == ["named", "gone", "chance"]
    assert section.slots[-1].by == "person:b"


def test_a_copy_has_rules_and_questions_and_nobody_in_it():
    world = World(single(), seconds=600)
    world.quiz.takers = frozenset({"enrolled:care"})
    except_for(world.quiz, LEARNER, Override(extra=60))
    world.begin()

    made = editing.duplicate(
        world.quizzes, world.quiz, world.bank, anybody, now=LATER, owner="person:b"
    )

    assert made.title == "What helps (2)"
    assert (made.settings, made.sections) == (world.quiz.settings, world.quiz.sections)
    assert (made.created, made.owner) == (LATER, "person:b")
    assert not made.takers
    assert not made.attempts
    assert not made.overrides


def test_the_copy_of_a_long_title_is_no_longer_than_titles_may_be():
    world = World(single())
    world.quiz.title = "x" * editing.LONGEST_TITLE

    made = editing.duplicate(world.quizzes, world.quiz, world.bank, anybody, now=NOW)

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
