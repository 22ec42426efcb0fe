"""What a learner may see of an attempt at this moment: the author's matrix and the clock."""

from datetime import datetime, timedelta

from assessments.attempts.rules import closed_for_all, settings_of
from assessments.attempts.timing import TRANSMISSION
from assessments.quizzes.plan import See, When
from assessments.resources import Attempt

SOON = timedelta(minutes=2)


def moment(attempt: Attempt, now: datetime) -> When:
    """Which column of the matrix holds. Closed is only what is closed for everybody: while one
    learner has more time, or what was sent at the last moment still counts, the answers are not
    shown to another."""
    if attempt.finished is None:
        return When.DURING
    closes = closed_for_all(attempt.quiz)
    if closes is not None and now > closes + TRANSMISSION:
        return When.CLOSED
    return When.SOON if now < attempt.finished + SOON else When.LATER


def seen(attempt: Attempt, now: datetime) -> frozenset[See]:
    """What may be seen now; of an open attempt, only of questions that were checked."""
    settings = settings_of(attempt.quiz)
    return settings.review.get(moment(attempt, now), frozenset())
