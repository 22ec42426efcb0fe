"""Saving an answer. It never marks, and writes nothing but this answer and its history.

A page sends the revision that it was made from. When another answer was saved since, both are kept
and both are told: nothing is overwritten unseen. What comes too late is kept too, and counts never.
"""

from dataclasses import dataclass
from datetime import datetime

from assessments.attempts.asking import asked_of
from assessments.attempts.history import Kind, digest, done_before, keep, remember
from assessments.attempts.pages import is_here
from assessments.attempts.timing import accepts
from assessments.questions.controls import Attach, Posted, Response
from assessments.resources import Answer, Attempt

CERTAINTIES = (1, 2, 3)
Fields = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Saved:
    """It is kept and counts.

    :param revision: that counts now; :param at: when it was saved
    :param changed: whether anything was new in it
    """

    revision: int
    at: datetime
    changed: bool


@dataclass(frozen=True)
class Conflict:
    """Another answer was saved since the page was made. Both are in the history; ``theirs`` counts.

    Saving on ``revision`` decides.

    :param yours: what was sent; :param theirs: what was saved before: both as the page's fields
    :param at: when ``theirs`` was saved
    """

    revision: int
    yours: Fields
    theirs: Fields
    at: datetime | None


@dataclass(frozen=True)
class Kept:
    """It came too late to count, and is in the history.

    :param why: ``late``, ``done`` or ``page``; :param revision: that counts
    """

    why: Kind
    revision: int
    at: datetime


def save(
    attempt: Attempt,
    position: int,
    *,
    revision: int,
    posted: Posted,
    now: datetime,
    certainty: int | None = None,
    flagged: bool | None = None,
    flags: int = 0,
    post: str = "",
) -> Saved | Conflict | Kept:
    """Save what a page sends for one question.

    Files are not saved here (:mod:`assessments.attempts.files`): they stay as they are.

    :param revision: of the answer that the page was made from
    :param certainty: 1 to 3, where the quiz asks for it; None or anything else for as it was
    :param flagged: whether to come back to it, None for as it was; what was set since the page was
        made stays
    :param flags: how often that had been changed when the page was made
    :param post: the page's own name for what it sends: the same sent again is done once
    :raises IndexError: when there is no such question
    :raises TooMuch: when nothing more is kept for this question
    """
    answer = answer_at(attempt, position)
    asked = asked_of(attempt, answer)
    files = {each.name for each in asked.controls if isinstance(each, Attach)}
    read = {name: values for name, values in asked.read(posted).items() if name not in files}
    kept = {name: values for name, values in answer.response.items() if name in files}
    sure = certainty if attempt.certainty and certainty in CERTAINTIES else answer.certainty
    changed = flagged is not None and flagged != answer.flagged and flags == answer.flags
    if changed and _refused(attempt, answer, position, now) in (None, Kind.DONE):
        answer.flagged = bool(flagged)
        answer.flags += 1
    return put(
        attempt, position, {**read, **kept}, revision=revision, now=now, certainty=sure, post=post
    )


def put(
    attempt: Attempt,
    position: int,
    response: Response,
    *,
    revision: int,
    now: datetime,
    certainty: int,
    post: str = "",
) -> Saved | Conflict | Kept:
    """:func:`save` for a response that was read already."""
    answer = answer_at(attempt, position)
    key = digest(post, response, certainty)
    # Whoever knows what counts now and sends something else means it, under whatever name.
    before = done_before(answer, key) if post and revision != answer.revision else None
    if before is not None:
        return Saved(*before, changed=False)
    same = response == answer.response and certainty == answer.certainty
    if same and not _asked_on(answer, revision):
        return Saved(answer.revision, answer.saved or now, changed=False)
    why = _refused(attempt, answer, position, now)
    if why is not None:
        _keep(answer, why, 0, revision, now, response, certainty)
        return Kept(why, answer.revision, now)
    if revision != answer.revision:
        _keep(answer, Kind.CONFLICT, 0, revision, now, response, certainty)
        asked = asked_of(attempt, answer)
        return Conflict(
            answer.revision, asked.fields(response), asked.fields(answer.response), answer.saved
        )
    replace_by(answer, response, certainty, now)
    if post:
        remember(answer, key, answer.revision, now)
    return Saved(answer.revision, now, changed=True)


def put_on(
    attempt: Attempt, position: int, response: Response, now: datetime
) -> Saved | Conflict | Kept:
    """:func:`put` upon what counts now, with the certainty that it has."""
    answer = answer_at(attempt, position)
    return put(
        attempt,
        position,
        response,
        revision=answer.revision,
        now=now,
        certainty=answer.certainty,
    )


def replace_by(answer: Answer, response: Response, certainty: int, now: datetime) -> None:
    """The response counts from now on, in a revision of its own also when it is the same.

    :raises TooMuch: when nothing more is kept for this question
    """
    base = answer.revision
    _keep(answer, Kind.SAVED, base + 1, base, now, response, certainty)
    answer.response, answer.certainty = response, certainty
    answer.revision, answer.saved = base + 1, now


def answer_at(attempt: Attempt, position: int) -> Answer:
    """The answer at a position, from 0.

    :raises IndexError: when there is no such question
    """
    if position < 0:
        raise IndexError(position)
    return attempt.answers[position]


def _asked_on(answer: Answer, revision: int) -> bool:
    """Whether a question that adapts has gone on since: the same fields answer something else."""
    return bool(answer.arrangement.get("tries")) and revision < answer.tries[-1].get("again", 0)


def _refused(attempt: Attempt, answer: Answer, position: int, now: datetime) -> Kind | None:
    if not accepts(attempt, now):
        return Kind.LATE
    if answer.state != "open":
        return Kind.DONE
    return None if is_here(attempt, position) else Kind.PAGE


def _keep(answer: Answer, kind: Kind, revision: int, base: int, now, response, certainty) -> None:
    keep(answer, kind, revision=revision, base=base, at=now, response=response, certainty=certainty)
