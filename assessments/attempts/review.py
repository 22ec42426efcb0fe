"""What a learner may see of an attempt at this moment: the author's matrix and the clock."""

from datetime import datetime, timedelta

from assessments.attempts.result import result_for
from assessments.attempts.rules import closed_for_all, rules_of, settings_of
from assessments.attempts.start import attempts_of
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


def matrix(attempt: Attempt, now: datetime) -> frozenset[See]:
    """What the author's matrix shows now; whether right answers are told, :func:`seen` says."""
    return settings_of(attempt.quiz).review.get(moment(attempt, now), frozenset())


def seen(attempt: Attempt, now: datetime) -> frozenset[See]:
    """What may be seen now; of an open attempt, only of questions that were checked.

    Right answers, where the matrix shows them, are told only when the learner has nothing left to
    use them for: the quiz is closed for everybody, or it is for practice, or this is an author's
    own look; or all the attempts that this learner has, exceptions counted, are begun, and every
    other one has ended. Where a learner has any number of attempts, right answers are told once
    the quiz is passed, and where nobody can pass it, as the matrix says. The author can have them
    told earlier (``answers_early``). Feedback is of what was chosen, and gives no other away.

    It asks for the learner's other attempts: a page of many questions calls it once.
    """
    allowed = matrix(attempt, now)
    if See.ANSWERS in allowed and not _useless(attempt, now):
        return allowed - {See.ANSWERS}
    return allowed


def _useless(attempt: Attempt, now: datetime) -> bool:
    """Whether right answers are of no use any more for a better result."""
    settings = settings_of(attempt.quiz)
    if attempt.preview or settings.practice or settings.answers_early:
        return True
    if moment(attempt, now) is When.CLOSED:
        return True
    attempts = attempts_of(attempt.quiz, attempt.learner_id)
    # The newest attempt knows best which groups the learner is in.
    most = rules_of(attempts[-1]).attempts
    if most:
        others = (each for each in attempts if each is not attempt)
        return len(attempts) >= most and all(each.finished is not None for each in others)
    if settings.pass_percent is None:
        return True
    result = result_for(attempt.quiz, attempt.learner_id)
    return result is not None and result.passed is True
