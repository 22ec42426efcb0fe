"""What pages do when an attempt has ended: its host is told, in the same transaction."""

from datetime import datetime

from assessments.attempts.finish import close_overdue, finish
from assessments.events import ResultChanged
from assessments.resources import Attempt


def hand_in(request, attempt: Attempt, now: datetime) -> None:
    """Hand it in; a second time does nothing."""
    was = attempt.state
    finish(attempt, now=now)
    _tell(request, attempt, was)


def close(request, attempt: Attempt, now: datetime) -> None:
    """Close it when its time was up; whoever looks at it sees it as it is."""
    was = attempt.state
    close_overdue(attempt, now)
    _tell(request, attempt, was)


def _tell(request, attempt: Attempt, was: str) -> None:
    if attempt.state == "finished" and was != "finished" and not attempt.preview:
        request.registry.notify(
            ResultChanged(request.registry, attempt._p_jar, attempt.quiz, attempt.learner_id)
        )
