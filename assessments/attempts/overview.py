"""Where each question of an attempt stands, for the list beside the pages and before handing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessments.attempts.pages import may_see
from assessments.attempts.result import verdict_of
from assessments.attempts.review import matrix
from assessments.attempts.shown import number_of
from assessments.questions.base import Verdict
from assessments.quizzes.plan import See
from assessments.resources import Answer, Attempt


class Step(StrEnum):
    """What a learner has done with a question."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    TRIED = "tried"
    """It was not right, and can be tried again."""
    CHECKED = "checked"


@dataclass(frozen=True)
class Line:
    """One question.

    :param position: from 0; :param number: as learners count; :param page: from 0
    :param verdict: None where it may not be seen (yet)
    :param open: whether its page can be looked at now
    """

    position: int
    number: int
    page: int
    step: Step
    verdict: Verdict | None
    flagged: bool
    open: bool


def overview(attempt: Attempt, now: datetime) -> list[Line]:
    """The questions in their order; texts to read are not among them."""
    allowed = matrix(attempt, now)
    pages = {position: page for page, each in enumerate(attempt.pages) for position in each}
    found = []
    for position, answer in enumerate(attempt.answers):
        number = number_of(attempt, position)
        if number is None:
            continue
        told = answer.state == "done" and See.VERDICTS in allowed
        found.append(
            Line(
                position,
                number,
                pages[position],
                _step(answer),
                verdict_of(answer) if told else None,
                answer.flagged,
                may_see(attempt, pages[position]),
            )
        )
    return found


def _step(answer: Answer) -> Step:
    if answer.state == "tried":
        return Step.TRIED
    if answer.state == "done" and answer.tries:
        return Step.CHECKED
    return Step.ANSWERED if answer.response else Step.UNANSWERED
