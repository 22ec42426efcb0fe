"""How long an attempt may go on. The deadline is found anew each time: an extension counts at once.

The deadline is the earlier of the start plus the time for an attempt, and the closing of the quiz.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from assessments.attempts.rules import rules_of
from assessments.quizzes.plan import Overdue
from assessments.resources import Attempt

TRANSMISSION = timedelta(seconds=5)
"""What is sent at the last moment may be so long on its way, and counts."""


class Standing(StrEnum):
    """Where an attempt is."""

    OPEN = "open"
    OVERDUE = "overdue"
    """Its time is up. It may still be handed in, as the quiz's rules say, and not changed."""
    OVER = "over"
    """Its time is up, and nothing can be done: :func:`assessments.attempts.finish.close_overdue`
    has not come by yet."""
    FINISHED = "finished"
    ABANDONED = "abandoned"


def ends(attempt: Attempt) -> datetime | None:
    """The deadline; None when there is none. An author's own look does not end with the quiz."""
    rules = rules_of(attempt)
    found = []
    if rules.seconds is not None:
        found.append(attempt.started + timedelta(seconds=rules.seconds))
    if rules.closes is not None and not attempt.preview:
        found.append(rules.closes)
    return min(found, default=None)


def left(attempt: Attempt, now: datetime) -> int | None:
    """Whole seconds that are left, rounded down; None when time is not limited."""
    end = ends(attempt)
    return None if end is None else max(0, int((end - now).total_seconds()))


def accepts(attempt: Attempt, now: datetime) -> bool:
    """Whether an answer that arrives now counts."""
    end = ends(attempt)
    return attempt.state == "open" and (end is None or now <= end + TRANSMISSION)


def hand_in_until(attempt: Attempt) -> datetime | None:
    """The last moment at which handing in is in time; None when there is none."""
    end = ends(attempt)
    if end is None:
        return None
    settings = rules_of(attempt).settings
    grace = timedelta(seconds=settings.grace if settings.overdue is Overdue.GRACE else 0)
    return end + max(grace, TRANSMISSION)


def standing(attempt: Attempt, now: datetime) -> Standing:
    """Where the attempt is at this moment."""
    if attempt.state != "open":
        return Standing(attempt.state)
    if accepts(attempt, now):
        return Standing.OPEN
    last = hand_in_until(attempt)
    return Standing.OVERDUE if last is not None and now <= last else Standing.OVER
