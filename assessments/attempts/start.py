"""Beginning an attempt: may this learner, and with which questions, in which order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.attempts.draw import NotEnough, draw
from assessments.attempts.finish import close_overdue
from assessments.attempts.rules import rules_for
from assessments.attempts.timing import Standing, standing
from assessments.questions.base import Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.cloze import ClozeQuestion
from assessments.quizzes.plan import Behaviour, Section, Settings, from_plain
from assessments.resources import Answer, Attempt, Bank, ItemVersion, Quiz

_ = TranslationStringFactory("tutela")

BY_CERTAINTY = (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
"""The behaviours in which certainty can count."""


class Refused(Exception):
    """An attempt cannot begin now. ``words`` is the reason, a translation string."""

    def __init__(self, words: TranslationString):
        super().__init__(words)
        self.words = words


def attempts_of(quiz: Quiz, learner_id: str) -> list[Attempt]:
    """The learner's attempts, the first first; an author's own looks are not among them."""
    keys = quiz.by_learner.values(f"{learner_id}/", f"{learner_id}/:")
    return [each for each in keys if each.learner_id == learner_id and not each.preview]


def current(quiz: Quiz, learner_id: str, now: datetime) -> Attempt | None:
    """The learner's attempt that is open, or can still be handed in; None for none."""
    for attempt in attempts_of(quiz, learner_id)[-1:]:
        if standing(attempt, now) in (Standing.OPEN, Standing.OVERDUE):
            return attempt
    return None


def refusal(
    quiz: Quiz, learner_id: str, groups: Iterable[str], now: datetime
) -> TranslationString | None:
    """Why the learner cannot begin another attempt now; None when nothing is in the way.

    An attempt that is open is not in the way: it goes on.
    """
    rules = rules_for(quiz, learner_id, groups)
    before = attempts_of(quiz, learner_id)
    if not any(section["slots"] for section in quiz.sections if "slots" in section):
        return _("This quiz has no questions yet.")
    if rules.opens is not None and now < rules.opens:
        return _("This quiz is not open yet.")
    if rules.closes is not None and now >= rules.closes:
        return _("This quiz is closed.")
    if rules.attempts and len(before) >= rules.attempts:
        return _("You have used all your attempts at this quiz.")
    until = wait_until(before, rules.settings)
    if until is not None and now < until:
        return _(
            "You can begin the next attempt from ${time} UTC on.",
            mapping={"time": until.strftime("%Y-%m-%d %H:%M")},
        )
    return None


def wait_until(before: list[Attempt], settings: Settings) -> datetime | None:
    """From when on another attempt may begin, after the last was handed in; None for at once."""
    if not before or before[-1].finished is None:
        return None
    seconds = settings.wait[0 if len(before) == 1 else 1]
    return before[-1].finished + timedelta(seconds=seconds)


def start(
    bank: Bank,
    quiz: Quiz,
    learner_id: str,
    groups: Iterable[str],
    now: datetime,
    *,
    random: Random,
    language: str = "",
    preview: bool = False,
) -> Attempt:
    """The learner's open attempt, or a new one; one whose time is up is closed before.

    Who has to tell others of results calls :func:`assessments.attempts.finish.close_overdue` first.

    :param random: decides everything that is chance; one that nobody can foretell
    :param preview: an author's own look, which counts nowhere; a new one takes the old one's place
    :raises Refused: when an attempt cannot begin
    """
    groups = tuple(groups)
    if not preview:
        for last in attempts_of(quiz, learner_id)[-1:]:
            close_overdue(last, now)
        open_one = current(quiz, learner_id, now)
        if open_one is not None:
            return open_one
        words = refusal(quiz, learner_id, groups, now)
        if words is not None:
            raise Refused(words)
    before = attempts_of(quiz, learner_id)
    sections = [from_plain(Section, plain) for plain in quiz.sections]
    settings = rules_for(quiz, learner_id, groups).settings
    try:
        drawn = draw(bank, sections, before, random)
    except NotEnough:
        raise Refused(
            _("The question bank has too few questions for this quiz. Tell its author.")
        ) from None
    attempt = Attempt(f"{random.getrandbits(128):032x}", quiz, learner_id, len(before) + 1, now)
    attempt.groups = groups
    attempt.language = language
    attempt.preview = preview
    attempt.behaviour = settings.behaviour.value
    attempt.certainty = settings.certainty and settings.behaviour in BY_CERTAINTY
    attempt.sequential = settings.sequential
    attempt.sections = tuple({"title": each.title, "intro": each.intro} for each in sections)
    attempt.answers = tuple(
        Answer(
            slot.id,
            version,
            str(_mark(slot.mark, version)),
            _arrangement(version.question, settings, language, random),
            number,
        )
        for number, slot, version in drawn
    )
    attempt.pages = pages(attempt.answers, settings.per_page)
    if preview:
        key = f"{learner_id}/preview"
        old = quiz.by_learner.get(key)
        if old is not None:
            del quiz.attempts[old.__name__]
    else:
        key = f"{learner_id}/{attempt.number:06}"
        quiz.open[attempt.__name__] = attempt
    quiz.attempts[attempt.__name__] = attempt
    quiz.by_learner[key] = attempt
    return attempt


def _mark(mark, version: ItemVersion):
    if not version.question.answerable:
        return 0
    return version.question.mark if mark is None else mark


def _arrangement(
    question: Question, settings: Settings, language: str, random: Random
) -> dict[str, Any]:
    """How the attempt is asked the question: with numbers as its learner writes them."""
    arrangement = _ordered(question, settings).arrange(random)
    return {**arrangement, "language": language} if language else arrangement


def _ordered(question: Question, settings: Settings) -> Question:
    """The question, its choices in the author's order where the quiz does not shuffle them."""
    if settings.shuffle_choices:
        return question
    if isinstance(question, ChoiceQuestion):
        return replace(question, shuffle=False)
    if isinstance(question, ClozeQuestion):
        gaps = (replace(gap, question=_ordered(gap.question, settings)) for gap in question.gaps)
        return replace(question, gaps=tuple(gaps))
    return question


def pages(answers: tuple[Answer, ...], per_page: int) -> tuple[tuple[int, ...], ...]:
    """Positions by page: so many on each, and a section begins on a page of its own.

    :param per_page: 0 for a section on one page
    """
    found: list[list[int]] = []
    for position, answer in enumerate(answers):
        here = found[-1] if found else None
        full = here is not None and per_page and len(here) >= per_page
        if here is None or full or answers[here[-1]].section != answer.section:
            found.append([position])
        else:
            here.append(position)
    return tuple(map(tuple, found))
