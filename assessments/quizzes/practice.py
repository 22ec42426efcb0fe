"""A quiz for practice from questions of the bank, made in one step. It counts for nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.questions.plain import KINDS
from assessments.quizzes import editing
from assessments.quizzes.plan import Behaviour, Section, Settings, Slot, to_plain
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import MOST_SLOTS, keep, new_id
from assessments.resources import Item, Quiz, Quizzes

_ = TranslationStringFactory("tutela")

USUAL = 10
"""Questions in an attempt, where there are as many."""


def fit(items: Iterable[Item]) -> list[Item]:
    """Those that can be practised: ready, and with something to answer."""
    return [item for item in items if item.state == "ready" and KINDS[item.current.kind].answerable]


def by_chance(source: Slot, count: int) -> Section:
    """So many questions that chance draws from a category: also from what comes into it later.

    :param source: says which category, whether what lies in it counts too, tags, and for whom
    """
    slots = tuple(replace(source, id=new_id(), mark=Fraction(1)) for _n in range(count))
    return Section(new_id(), slots=slots)


def some_of(items: Iterable[Item], count: int) -> Section:
    """So many of these questions, others in each attempt, in an order of chance."""
    slots = tuple(Slot(new_id(), item=item.__name__, mark=Fraction(1)) for item in items)
    return Section(new_id(), shuffle=True, pick=count, slots=slots)


def make(
    quizzes: Quizzes, title: str, section: Section, *, now: datetime, owner: str, language: str
) -> Quiz:
    """A quiz for practice that tells after each question, as often as one likes.

    :param section: what it asks (:func:`by_chance`, :func:`some_of`)
    :raises QuizRefused: when the title cannot be used, or the questions are too many
    """
    if len(section.slots) > MOST_SLOTS:
        raise QuizRefused(
            _("A quiz has at most ${most} questions. Make two of it.", {"most": MOST_SLOTS})
        )
    quiz = editing.make(quizzes, title, now=now, owner=owner, language=language)
    quiz.settings = to_plain(Settings(behaviour=Behaviour.IMMEDIATE, practice=True))
    keep(quiz, (section,), now)
    return quiz
