"""The attempts at a quiz as those see them who look after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from assessments.attempts.result import Result, result_of
from assessments.attempts.timing import Standing, standing
from assessments.bank.search import folded
from assessments.quizzes.listing import that_count, waits
from assessments.resources import Attempt, Quiz

LAST = datetime.max.replace(tzinfo=UTC)


WHOLE = 1000
"""Attempts up to which all results are known for a list. Each has to be added up from its answers;
of a larger quiz that is done for what is on a page."""


@dataclass(frozen=True)
class Row:
    """One attempt.

    :param name: of the learner; :param taken: from start to end, None while it goes on
    :param waiting: whether a person has to mark something in it
    """

    attempt: Attempt
    name: str
    standing: Standing
    taken: timedelta | None
    waiting: bool

    @cached_property
    def result(self) -> Result | None:
        return result_of(self.attempt)


@dataclass(frozen=True)
class Totals:
    """How many attempts there are, and how far they are.

    :param passed: None when results are not all known
    :param mean: share of the whole, of those that are wholly marked; None for none
    """

    learners: int
    attempts: int
    open: int
    overdue: int
    finished: int
    waiting: int
    passed: int | None
    mean: Fraction | None


def rows(quiz: Quiz, called: Callable[[str], str], now: datetime, sort: str = "name") -> list[Row]:
    """All attempts that count, in order.

    :param called: how a learner is named
    :param sort: one of :data:`SORTS`; with ``-`` before it from the last to the first; by result
        only when all are known
    """
    names: dict[str, str] = {}
    found = []
    for attempt in that_count(quiz):
        learner = attempt.learner_id
        if learner not in names:
            names[learner] = called(learner)
        ended = attempt.finished
        found.append(
            Row(
                attempt,
                names[learner],
                standing(attempt, now),
                None if ended is None else ended - attempt.started,
                waits(attempt),
            )
        )
    found.sort(key=SORTS["name"])
    name = sort.removeprefix("-")
    key = SORTS.get(name, SORTS["name"])
    if name != "result" or all_known(found):
        found.sort(key=key, reverse=sort.startswith("-"))
    return found


def all_known(found: Sequence[Row]) -> bool:
    """Whether there are so few attempts that all results are known."""
    return len(found) <= WHOLE


def totals(found: Sequence[Row]) -> Totals:
    known = [row.result for row in found if not row.waiting] if all_known(found) else []
    shares = [each.share for each in known if each is not None and each.share is not None]
    states = [row.standing for row in found]
    passed = sum(each is not None and each.passed is True for each in known)
    return Totals(
        learners=len({row.attempt.learner_id for row in found}),
        attempts=len(found),
        open=states.count(Standing.OPEN),
        overdue=states.count(Standing.OVERDUE) + states.count(Standing.OVER),
        finished=states.count(Standing.FINISHED),
        waiting=sum(row.waiting for row in found),
        passed=passed if all_known(found) else None,
        mean=sum(shares, Fraction(0)) / len(shares) if shares else None,
    )


def _share(row: Row) -> Fraction:
    share = row.result.share if row.result else None
    return Fraction(-1000) if share is None else share


SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: (folded(row.name), row.attempt.learner_id, row.attempt.number),
    "state": lambda row: row.standing.value,
    "started": lambda row: row.attempt.started,
    "ended": lambda row: row.attempt.finished or LAST,
    "taken": lambda row: row.taken or timedelta.max,
    "result": _share,
    "waiting": lambda row: not row.waiting,
}
