"""What a learner gets of one question at this moment. This is the only way to a learner's page.

It is made field by field from what is allowed: nothing of a question reaches a page because nobody
thought of taking it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from translationstring import TranslationString

from assessments.attempts.asking import question_of
from assessments.attempts.behaviour import hint_of, may_check, tries_left
from assessments.attempts.pages import is_here
from assessments.attempts.result import counts_certainty, mark_of, most_of, verdict_of
from assessments.attempts.review import seen
from assessments.attempts.save import answer_at
from assessments.attempts.timing import accepts
from assessments.marking.marks import comments
from assessments.questions.base import Marked, Part, Question, Verdict
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.controls import Asked, Attach, Optioned, Point
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.html import EMPTY, Html
from assessments.quizzes.plan import Behaviour, See
from assessments.resources import Answer, Attempt

Fields = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class ShownPart:
    """What is said of one part of an answer.

    :param name: of the control
    :param value: of the option that was chosen, as the page numbers them; empty where none was
    :param verdict: None where it is not shown
    """

    name: str
    value: str
    verdict: Verdict | None
    feedback: Html


@dataclass(frozen=True)
class ShownFile:
    """A file that was handed in: its id, and what it was called."""

    id: str
    name: str
    type: str
    size: int


@dataclass(frozen=True)
class ShownHint:
    """What is said between two tries; ``right`` counts the right parts, None when not told, or
    when one is half right: any count would be untrue then."""

    html: Html
    right: int | None


@dataclass(frozen=True)
class Shown:
    """One question as it is shown. What is not allowed now is None or empty.

    :param position: from 0; :param number: as learners count questions; None for a text to read
    :param asked: for the renderer, already only what a browser may know
    :param values: of the fields, as they were saved; :param revision: of them; :param saved: when
    :param certainty: None where it does not count, 0 for not said yet
    :param flags: how often ``flagged`` was changed
    :param flaggable: whether it can be come back to, and so be marked for that
    :param writable: whether it can be answered now; :param checkable: whether it can be checked now
    :param tries: how many there were
    :param again: whether it waits to be tried again; :param tries_left: None where nothing is tried
    :param done: whether nothing can be changed any more
    :param most: marks it can bring, :param mark: it brought
    :param remarks: on an answer that is not handed in, as that it cannot be read; the same for
        right and wrong ones
    :param feedback: to this answer; :param general: to everybody
    :param comments: of the persons who marked it
    :param right: fields of an answer that brings the whole mark
    """

    position: int
    number: int | None
    slot: str
    section: int
    asked: dict[str, Any]
    values: Fields
    revision: int
    saved: datetime | None
    certainty: int | None
    flagged: bool
    flags: int
    flaggable: bool
    writable: bool
    checkable: bool
    tries: int
    again: bool
    tries_left: int | None
    done: bool
    most: Fraction
    mark: Fraction | None
    verdict: Verdict | None
    remarks: tuple[TranslationString, ...]
    parts: tuple[ShownPart, ...]
    feedback: Html
    comments: tuple[Html, ...]
    general: Html
    hint: ShownHint | None
    right: Fields | None
    files: tuple[ShownFile, ...]


def shown(
    attempt: Attempt, position: int, now: datetime, allowed: frozenset[See] | None = None
) -> Shown | None:
    """What the learner may see of a question now; None when that is nothing.

    :param allowed: what :func:`assessments.attempts.review.seen` says, where it is known already
    :raises IndexError: when there is no such question
    """
    answer = answer_at(attempt, position)
    if allowed is None:
        allowed = seen(attempt, now)
    if attempt.finished is not None:
        if See.RESPONSES not in allowed:
            return None
    elif not is_here(attempt, position):
        return None
    question = question_of(attempt, answer)
    asked = question.ask(answer.arrangement)
    done = answer.state == "done" and question.answerable
    told = done or answer.state == "tried"
    by_machine = question.automatic and attempt.behaviour != Behaviour.MANUAL
    marked = (
        question.mark_response(answer.response, answer.arrangement)
        if told and by_machine and allowed & {See.VERDICTS, See.FEEDBACK}
        else None
    )
    writable = question.answerable and answer.state == "open" and accepts(attempt, now)
    by_tries = (
        attempt.behaviour == Behaviour.INTERACTIVE and question.automatic and not question.adaptive
    )
    return Shown(
        position=position,
        number=number_of(attempt, position),
        slot=answer.slot,
        section=answer.section,
        asked=asked.for_learner(),
        values=asked.fields(answer.response),
        revision=answer.revision,
        saved=answer.saved,
        certainty=answer.certainty if counts_certainty(attempt, answer) else None,
        flagged=answer.flagged,
        flags=answer.flags,
        flaggable=writable and not _alone(attempt),
        writable=writable,
        checkable=may_check(attempt, position, now),
        tries=len(answer.tries),
        again=answer.state == "tried" and accepts(attempt, now),
        tries_left=tries_left(attempt, answer) if by_tries and question.answerable else None,
        done=done,
        most=most_of(attempt, answer),
        mark=mark_of(attempt, answer) if done and See.MARKS in allowed else None,
        verdict=_verdict(answer, marked, done) if told and See.VERDICTS in allowed else None,
        remarks=tuple(question.remarks(answer.response, answer.arrangement))
        if answer.state == "open" and answer.response
        else (),
        parts=_parts(answer, question, asked, marked, allowed),
        feedback=_feedback(answer, question, marked, allowed),
        comments=comments(attempt, answer) if done and See.FEEDBACK in allowed else (),
        general=_said(answer, question, question.feedback)
        if done and See.GENERAL in allowed
        else EMPTY,
        hint=_hint(attempt, answer, question) if answer.tries else None,
        right=_right(question, asked, answer) if done and See.ANSWERS in allowed else None,
        files=_files(answer, asked),
    )


def number_of(attempt: Attempt, position: int) -> int | None:
    """How learners count the question: texts to read have no number."""
    answers = attempt.answers[: position + 1]
    if not answers[-1].version.question.answerable:
        return None
    return sum(each.version.question.answerable for each in answers)


def _alone(attempt: Attempt) -> bool:
    """Whether nothing else is to be answered where a sequential attempt is: who goes on never
    comes back."""
    here = (attempt.answers[position] for position in attempt.pages[attempt.page])
    return attempt.sequential and sum(each.version.question.answerable for each in here) < 2


def _verdict(answer: Answer, marked: Marked | None, done: bool) -> Verdict | None:
    if done:
        return verdict_of(answer)
    return None if marked is None else marked.verdict


def _feedback(
    answer: Answer, question: Question, marked: Marked | None, allowed: frozenset[See]
) -> Html:
    """What is said to the answer. What a question that adapts says between its tries belongs to
    what it asks, and the author's options are about the end of it (QTI 2.2, showFeedback)."""
    if answer.state == "open":
        return question.between(answer.arrangement)
    if marked is None or See.FEEDBACK not in allowed:
        return EMPTY
    return _said(answer, question, marked.feedback)


def _said(answer: Answer, question: Question, html: Html) -> Html:
    return question.text_for(html, answer.arrangement)


def _parts(
    answer: Answer,
    question: Question,
    asked: Asked,
    marked: Marked | None,
    allowed: frozenset[See],
) -> tuple[ShownPart, ...]:
    if marked is None:
        return ()
    return tuple(
        ShownPart(
            asked.told(part.name),
            _value(asked, part),
            _part_verdict(question, part) if See.VERDICTS in allowed else None,
            _said(answer, question, part.feedback) if See.FEEDBACK in allowed else EMPTY,
        )
        for part in marked.parts
    )


def _part_verdict(question: Question, part: Part) -> Verdict:
    """Of several things to choose each brings only a share, and is right all the same."""
    many = isinstance(question, ChoiceQuestion | HotspotQuestion) and question.many
    if part.fraction >= 1 or (many and part.fraction > 0):
        return Verdict.RIGHT
    return Verdict.PARTLY if part.fraction > 0 else Verdict.WRONG


def _value(asked: Asked, part: Part) -> str:
    """The option that the part is about, as the page numbers it."""
    for control in asked.controls:
        if control.name == part.name and isinstance(control, Optioned | Point):
            options = control.options if isinstance(control, Optioned) else control.areas
            keys = [option.key for option in options]
            return str(keys.index(part.answer) + 1) if part.answer in keys else ""
    return ""


def _hint(attempt: Attempt, answer: Answer, question: Question) -> ShownHint | None:
    hint = hint_of(attempt, answer)
    if hint is None:
        return None
    html = _said(answer, question, hint.html)
    if not hint.tell_right or answer.state != "tried":
        return ShownHint(html, None)
    parts = question.mark_response(answer.response, answer.arrangement).parts
    verdicts = [_part_verdict(question, part) for part in parts]
    return ShownHint(html, None if Verdict.PARTLY in verdicts else verdicts.count(Verdict.RIGHT))


def _right(question: Question, asked: Asked, answer: Answer) -> Fields | None:
    response = question.right_response(answer.arrangement)
    return None if response is None else asked.fields(response)


def _files(answer: Answer, asked: Asked) -> tuple[ShownFile, ...]:
    files: Mapping[str, Any] = answer.files or {}
    places = [each.name for each in asked.controls if isinstance(each, Attach)]
    here = [key for name in places for key in answer.response.get(name, ())]
    return tuple(ShownFile(key, files[key].name, files[key].type, files[key].size) for key in here)
