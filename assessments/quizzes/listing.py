"""The list of quizzes: found by words, put in order, each with what an author wants to know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from assessments.bank.search import folded
from assessments.questions.html import plain
from assessments.quizzes.editing import begun
from assessments.quizzes.plan import Section, Settings, from_plain
from assessments.quizzes.sections import sections_of
from assessments.resources import Attempt, Quiz

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One quiz.

    :param questions: how many an attempt asks; :param attempts: begun by learners
    """

    quiz: Quiz
    questions: int
    opens: datetime | None
    closes: datetime | None
    attempts: int

    @cached_property
    def waiting(self) -> int:
        """Attempts in which a person has something to mark: counted when it is asked for, since
        all of them are looked at."""
        return sum(waits(attempt) for attempt in that_count(self.quiz))


def rows(quizzes: Iterable[Quiz], words: str = "", sort: str = "title") -> list[Row]:
    """The quizzes whose title or introduction has all these words, in order.

    :param sort: one of :data:`SORTS`; with ``-`` before it from the last to the first
    """
    wanted = folded(words).split()
    found = [_row(quiz) for quiz in quizzes if _says(quiz, wanted)]
    found.sort(key=SORTS["title"])
    name = sort.removeprefix("-")
    found.sort(key=SORTS.get(name, SORTS["title"]), reverse=sort.startswith("-"))
    return found


def _says(quiz: Quiz, wanted: list[str]) -> bool:
    said = folded(f"{quiz.title} {plain(quiz.intro)}")
    return all(word in said for word in wanted)


def _row(quiz: Quiz) -> Row:
    settings = from_plain(Settings, quiz.settings)
    return Row(
        quiz,
        sum(_asked(section) for section in sections_of(quiz)),
        settings.opens,
        settings.closes,
        begun(quiz),
    )


def _asked(section: Section) -> int:
    return min(section.pick or len(section.slots), len(section.slots))


def that_count(quiz: Quiz) -> list[Attempt]:
    """The attempts of learners; an author's own looks are not among them."""
    return [attempt for attempt in quiz.attempts.values() if not attempt.preview]


def waits(attempt: Attempt) -> bool:
    """Whether a person has something to mark in an attempt."""
    return any(attempt.answers[position].fraction is None for position in attempt.by_people)


SORTS: dict[str, Callable[[Row], Any]] = {
    "title": lambda row: (folded(row.quiz.title), row.quiz.__name__),
    "questions": lambda row: row.questions,
    "opens": lambda row: row.opens or EARLIEST,
    "closes": lambda row: row.closes or LATEST,
    "attempts": lambda row: row.attempts,
    "waiting": lambda row: row.waiting,
    "changed": lambda row: row.quiz.changed,
}
