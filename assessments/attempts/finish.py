"""Handing in, and closing what nobody handed in. Both happen once.

Each question is marked here, in the transaction that ends the attempt; from then on nothing can be
changed. What the clock ends is ended at its deadline, whenever somebody comes by to say so.
"""

from datetime import datetime

from assessments.attempts.behaviour import count_try, machine_fraction, stand, untouched
from assessments.attempts.receipt import seal
from assessments.attempts.rules import rules_of
from assessments.attempts.sheet import keep
from assessments.attempts.timing import Standing, ends, standing
from assessments.quizzes.plan import Overdue
from assessments.resources import Answer, Attempt, Quiz


def finish(attempt: Attempt, *, now: datetime) -> bool:
    """Hand the attempt in. A second time does nothing.

    When its time was up so long ago that it cannot be handed in, it is closed as
    :func:`close_overdue` does.

    :returns: whether it was finished now: False also when it could only be abandoned
    """
    found = standing(attempt, now)
    if found is Standing.OPEN:
        end = ends(attempt)
        _finish(attempt, now if end is None else min(now, end))
    elif found is Standing.OVERDUE:
        _finish(attempt, now)
    elif found is Standing.OVER:
        close_overdue(attempt, now)
        return attempt.state == "finished"
    else:
        return False
    return True


def close_overdue(attempt: Attempt, now: datetime) -> bool:
    """Close an attempt whose time was up and that can be handed in no more, as of its deadline.

    :returns: whether it was closed now
    """
    if standing(attempt, now) is not Standing.OVER:
        return False
    end = ends(attempt)
    assert end is not None  # what never ends is never over
    if rules_of(attempt).settings.overdue is Overdue.SUBMIT:
        _finish(attempt, end)
    else:
        _end(attempt, "abandoned", end)
    return True


def overdue(quiz: Quiz, now: datetime) -> list[Attempt]:
    """The attempts that :func:`close_overdue` would close: each may be a transaction of its own."""
    return [each for each in quiz.open.values() if standing(each, now) is Standing.OVER]


def _finish(attempt: Attempt, at: datetime) -> None:
    for answer in attempt.answers:
        if answer.state != "done":
            _settle(attempt, answer, at)
    attempt.by_people = tuple(
        position
        for position, answer in enumerate(attempt.answers)
        if answer.fraction is None and answer.version.question.answerable
    )
    _end(attempt, "finished", at)


def _end(attempt: Attempt, state: str, at: datetime) -> None:
    attempt.state, attempt.finished = state, at
    attempt.quiz.open.pop(attempt.__name__, None)  # an author's own look is not among them
    attempt.seal = seal(attempt)
    keep(attempt)


def _settle(attempt: Attempt, answer: Answer, at: datetime) -> None:
    """Nothing can be changed any more, and the machine's mark stands."""
    if answer.tries and untouched(answer):
        stand(answer)
    elif answer.tries:
        count_try(attempt, answer, now=at)
    else:
        fraction = machine_fraction(attempt, answer)
        answer.fraction = None if fraction is None else str(fraction)
    answer.state = "done"
