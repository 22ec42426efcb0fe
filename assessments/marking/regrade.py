"""Marking answers anew by machine, after a question was mended.

First it is looked at what would change, then a person lets that count, for a reason. Both go
through the attempts in parts, each a transaction of its own: whoever calls :func:`go_on` next goes
on where the last part ended. What is applied is what was seen: an answer whose mark has changed in
between is left as it is. Old marks stay in the answer's ``marking``.

Answers that can still be changed by their learner are never touched.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from BTrees.OOBTree import OOBTree

from assessments.attempts.asking import question_of
from assessments.attempts.behaviour import machine_fraction
from assessments.attempts.result import Marks, marks_of, most_of, result_with, worth
from assessments.attempts.sheet import keep
from assessments.marking.marks import Sort, by_person
from assessments.questions.base import NONE, Question
from assessments.questions.controls import Optioned, Point, Write
from assessments.questions.formula import FormulaQuestion
from assessments.questions.texts import in_language
from assessments.resources import Answer, Attempt, ItemVersion, Quiz, Regrade

PART = 20
"""Attempts that are looked at, or changed, in one transaction: of a long quiz, about a second."""
FINISHED, ALL = "finished", "all"

PERSON, UNLIKE, CLEARED, CHANGED = "person", "unlike", "cleared", "changed"
"""Why an answer is left as it is: a person marked it; the version asks something else; a hint took
out a part of the answer that was tried; its mark has changed since it was looked at."""


@dataclass(frozen=True)
class Change:
    """What is found for one attempt. Shares are of the whole, None where there is none yet.

    :param answers: by position the fraction before and after
    :param passed: before and after; None where the quiz has no pass
    """

    attempt: str
    answers: Mapping[int, tuple[Fraction | None, Fraction]]
    before: Fraction | None
    after: Fraction | None
    passed: tuple[bool | None, bool | None]


@dataclass(frozen=True)
class Summary:
    """What is found for all attempts: how many have another result, which way, by how much on
    average and at most (of the whole), and who passes or fails that did not before."""

    changed: int
    more: int
    less: int
    mean: Fraction
    largest: Fraction
    newly_passed: int
    newly_failed: int


def begin(
    quiz: Quiz,
    items: Mapping[str, int],
    *,
    attempts: str = FINISHED,
    persons: bool = False,
    by: str,
    now: datetime,
) -> Regrade:
    """Look what marking anew would change; nothing is changed yet.

    :param items: ids of questions, each with the number of the version to mark by, 0 for the one
        that each attempt is pinned to
    :param attempts: :data:`FINISHED`; :data:`ALL`, which adds what was checked already in attempts
        that go on; or the id of one
    :param persons: whether marks that persons gave are replaced too
    """
    key = secrets.token_hex(8)
    made = Regrade(key, quiz, items, attempts, persons=persons, by=by, created=now)
    if quiz.regrades is None:
        quiz.regrades = OOBTree()
    quiz.regrades[key] = made
    return made


def regrade_of(quiz: Quiz, key: str) -> Regrade | None:
    return None if quiz.regrades is None else quiz.regrades.get(key)


def regrades_of(quiz: Quiz) -> list[Regrade]:
    """All of a quiz, the newest first."""
    found = [] if quiz.regrades is None else quiz.regrades.values()
    return sorted(found, key=lambda each: each.created, reverse=True)


def is_running(regrade: Regrade) -> bool:
    """Whether there is something to do for :func:`go_on`."""
    return regrade.state in ("looking", "applying")


def decide(regrade: Regrade, reason: str, now: datetime) -> bool:
    """Let what was found count. A second time does nothing.

    :returns: whether it was decided now
    """
    if regrade.state != "found":
        return False
    regrade.state, regrade.reason, regrade.decided = "applying", reason, now
    regrade.cursor = ""
    return True


def go_on(regrade: Regrade, now: datetime, size: int = PART) -> list[str]:
    """Do the next part.

    :returns: ids of learners whose result may have changed
    """
    if regrade.state == "looking":
        _look(regrade, size)
    elif regrade.state == "applying":
        return _apply(regrade, now, size)
    return []


def changes(regrade: Regrade) -> Iterator[Change]:
    """What was found, attempt by attempt, where a fraction changes."""
    for key, plain in regrade.changes.items():
        answers = {
            position: (_fraction(was), Fraction(fraction))
            for position, (was, fraction, _version, _number) in plain["answers"].items()
            if was != fraction
        }
        if answers:
            before, after = map(_fraction, plain["shares"])
            yield Change(key, answers, before, after, tuple(plain["passed"]))


def summary(found: Iterable[Change]) -> Summary:
    different = [each for each in found if each.before != each.after]
    steps = [(each.after or NONE) - (each.before or NONE) for each in different]
    return Summary(
        changed=len(different),
        more=sum(step > 0 for step in steps),
        less=sum(step < 0 for step in steps),
        mean=sum(steps, NONE) / len(steps) if steps else NONE,
        largest=max(steps, key=abs, default=NONE),
        newly_passed=sum(each.passed == (False, True) for each in different),
        newly_failed=sum(each.passed == (True, False) for each in different),
    )


def _look(regrade: Regrade, size: int) -> None:
    keys = list(_next(regrade.quiz.attempts, regrade.cursor, size))
    if regrade.attempts not in (FINISHED, ALL):
        there = regrade.attempts in regrade.quiz.attempts
        keys = [regrade.attempts] if there and not regrade.cursor else []
    kept = dict(regrade.kept)
    for key in keys:
        attempt = regrade.quiz.attempts[key]
        if not attempt.preview and _concerns(regrade, attempt):
            found = _found(regrade, attempt, kept)
            if found:
                regrade.changes[key] = _plain(attempt, found)
        regrade.cursor = key
    regrade.seen += len(keys)
    regrade.kept = kept
    if len(keys) < size:
        regrade.state = "found"


def _next(tree, cursor: str, size: int) -> Iterator[str]:
    for number, key in enumerate(tree.keys(cursor, excludemin=True), 1):
        yield key
        if number == size:
            return


def _concerns(regrade: Regrade, attempt: Attempt) -> bool:
    """What is handed in later is marked by what holds then."""
    if attempt.state == "open":
        return regrade.attempts != FINISHED
    return attempt.finished is not None and attempt.finished <= regrade.created


Found = dict[int, tuple[str | None, str, int, int]]
"""By position: the fraction before and after, and the number of the version before and after."""


def _found(regrade: Regrade, attempt: Attempt, kept: dict[str, int]) -> Found:
    found: Found = {}
    for position, answer in enumerate(attempt.answers):
        if answer.state != "done":
            continue
        number = regrade.items.get(answer.version.item.__name__)
        if number is None:
            continue
        version = answer.version if not number else answer.version.item.version(number)
        fraction = _anew(regrade, attempt, answer, version)
        if isinstance(fraction, str):
            kept[fraction] = kept.get(fraction, 0) + 1
        elif fraction is not None and version is not None:
            numbers = (answer.version.number, version.number)
            if str(fraction) != answer.fraction or numbers[0] != numbers[1]:
                found[position] = (answer.fraction, str(fraction), *numbers)
    return found


def _anew(
    regrade: Regrade, attempt: Attempt, answer: Answer, version: ItemVersion | None
) -> Fraction | str | None:
    """What the machine finds now; why it is left as it is; None where the machine marks nothing."""
    if by_person(answer) and not regrade.persons:
        return PERSON
    question = None if version is None else in_language(version.question, attempt.language)
    if question is None or not _alike(question_of(attempt, answer), question, answer):
        return UNLIKE
    last = answer.tries[-1] if answer.tries else {}
    if last and last["revision"] != answer.revision:
        return CLEARED
    return machine_fraction(attempt, answer, question)


def _alike(old: Question, new: Question, answer: Answer) -> bool:
    """Whether the other version can be answered by the same response, and reads it alike."""
    if type(old) is not type(new):
        return False
    if isinstance(new, FormulaQuestion):
        drawn = answer.arrangement.get("variables", {})
        if not {each.name for each in new.variables} <= set(drawn):
            return False
    return _shape(old, answer) == _shape(new, answer)


def _shape(question: Question, answer: Answer) -> list[tuple[Any, ...]]:
    shape: list[tuple[Any, ...]] = []
    for control in question.ask(answer.arrangement).controls:
        keys: tuple[str, ...] = ()
        if isinstance(control, Optioned):
            keys = tuple(option.key for option in control.options)
        elif isinstance(control, Point):
            keys = tuple(area.key for area in control.areas)
        elif isinstance(control, Write):
            keys = control.units
        shape.append((type(control), control.name, keys))
    return shape


def _plain(attempt: Attempt, found: Found) -> dict[str, Any]:
    before = marks_of(attempt)
    after = _marks_with(attempt, found)
    results = [result_with(attempt, each) for each in (before, after)]
    finished = attempt.state == "finished"
    return {
        "answers": found,
        "shares": [
            None if result.share is None or not finished else str(result.share)
            for result in results
        ],
        "passed": [result.passed if finished else None for result in results],
    }


def _marks_with(attempt: Attempt, found: Found) -> Marks:
    mark, most, waiting = NONE, NONE, 0
    for position, answer in enumerate(attempt.answers):
        if not answer.version.question.answerable:
            continue
        most += most_of(attempt, answer)
        fraction = found[position][1] if position in found else answer.fraction
        if fraction is None:
            waiting += 1
        else:
            mark += worth(attempt, answer, Fraction(fraction))
    return Marks(mark, most, waiting)


def _apply(regrade: Regrade, now: datetime, size: int) -> list[str]:
    keys = list(_next(regrade.changes, regrade.cursor, size))
    kept, learners = dict(regrade.kept), []
    for key in keys:
        attempt = regrade.quiz.attempts[key]
        different = False
        for position, (was, fraction, old, number) in regrade.changes[key]["answers"].items():
            answer = attempt.answers[position]
            if answer.fraction != was or answer.version.number != old:
                kept[CHANGED] = kept.get(CHANGED, 0) + 1
                continue
            _give(regrade, answer, fraction, number, now)
            different = different or fraction != was
        keep(attempt)
        if different and attempt.learner_id not in learners:
            learners.append(attempt.learner_id)
        regrade.cursor = key
    regrade.applied += len(keys)
    regrade.kept = kept
    if len(keys) < size:
        regrade.state = "done"
    return learners


def _give(regrade: Regrade, answer: Answer, fraction: str, number: int, now: datetime) -> None:
    entry = {
        "sort": Sort.REGRADE.value,
        "by": regrade.by,
        "when": now,
        "fraction": fraction,
        "was": answer.fraction,
        "comment": "",
        "note": "",
        "rubric": {},
        "reason": regrade.reason,
        "regrade": regrade.__name__,
        "versions": (answer.version.number, number),
    }
    answer.marking = (*answer.marking, entry)
    answer.fraction = fraction
    version = answer.version.item.version(number)
    assert version is not None  # versions are never taken out
    answer.version = version


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
