"""A bank, a quiz and learners at it, in memory or in a database."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.questions.base import Hint, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import Override, Section, Settings, Slot, to_plain
from assessments.resources import (
    Attempt,
    Bank,
    Category,
    Item,
    ItemVersion,
    Quiz,
    Quizzes,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""When everything begins."""
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
LEARNER = "l-7"


class World:
    """A bank with one category, and a quiz of these questions."""

    def __init__(self, *questions: Question, sections: tuple[Section, ...] = (), **settings: Any):
        self.bank = Bank()
        self.category = Category("general", "General")
        self.bank.add(self.category)
        self.quizzes = Quizzes()
        self.quiz = self.another_quiz(*questions, sections=sections, **settings)
        self.random = Random(7)

    def another_quiz(self, *questions: Question, sections=(), key="quiz", **settings) -> Quiz:
        quiz = Quiz(key, "What helps", NOW)
        slots = tuple(
            Slot(f"s{number}", self.item(question).__name__)
            for number, question in enumerate(questions, 1)
        )
        quiz.sections = tuple(
            to_plain(each) for each in (sections or (Section("part", slots=slots),))
        )
        self.quizzes.add(quiz)
        self.rule(quiz=quiz, **settings)
        return quiz

    def rule(self, quiz: Quiz | None = None, **settings: Any) -> None:
        """Give the quiz these settings."""
        (quiz or self.quiz).settings = to_plain(Settings(**settings))

    def item(self, question: Question, *, category: Category | None = None, tags=()) -> Item:
        """The question in the bank; the same one when it is there."""
        key = f"item-{question.name}"
        if key in self.bank.items:
            return self.bank.items[key]
        item = Item(key, NOW)
        item.category = category or self.category
        item.versions = (ItemVersion(item, 1, question, {}, created=NOW, by="person:a"),)
        item.tags = tuple(tags)
        item.category.items[key] = item
        self.bank.items[key] = item
        return item

    def override(self, key: str, **different: Any) -> None:
        self.quiz.overrides[key] = to_plain(Override(**different))

    def begin(self, learner: str = LEARNER, now: datetime = NOW, **more: Any) -> Attempt:
        quiz = more.pop("quiz", self.quiz)
        groups = more.pop("groups", ())
        return start(self.bank, quiz, learner, groups, now, random=self.random, **more)


def say(attempt: Attempt, position: int, *keys: str, now: datetime = NOW + SECOND, **more: Any):
    """Choose the options with these author's keys, as the learner's page sends them."""
    answer = attempt.answers[position]
    posted = answer.version.question.ask(answer.arrangement).fields({"answer": keys})
    more.setdefault("revision", answer.revision)
    return save(attempt, position, posted=posted, now=now, **more)


def single(name: str = "one", **more: Any) -> ChoiceQuestion:
    """Right, half right, wrong, and worse than wrong."""
    return ChoiceQuestion(
        name=name,
        body=Html(f"<p>{name}?</p>"),
        choices=(
            Choice("right", Html("The right"), Fraction(1), Html("Told to right ones.")),
            Choice("half", Html("The half"), Fraction(1, 2)),
            Choice("wrong", Html("The wrong"), Fraction(0), Html("Told to wrong ones.")),
            Choice("worse", Html("The worse"), Fraction(-1, 2)),
        ),
        feedback=Html("Told to everybody."),
        **more,
    )


def hints(*words: str, **more: Any) -> tuple[Hint, ...]:
    return tuple(Hint(Html(each), **more) for each in words)
