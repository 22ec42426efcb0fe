"""What persons give for an answer, and what it comes to.

Nothing is ever taken out of an answer's ``marking``: a correction comes after what it corrects. An
entry is a plain dict: ``sort`` (a :class:`Sort`), ``by`` (a principal), ``when``, ``fraction`` (of
the mark, as text), ``comment`` (HTML for the learner), ``note`` (plain, for those who mark),
``rubric`` (by criterion the level), ``reason``, and what a regrade adds.

With double marking two different people mark. When they differ by more than the quiz lets them, a
third decides, who sees both marks; else the exact mean of the two counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from assessments.attempts.rules import settings_of
from assessments.attempts.sheet import keep
from assessments.questions.html import EMPTY, Html
from assessments.quizzes.plan import Settings
from assessments.resources import Answer, Attempt

Entry = dict[str, Any]


class Sort(StrEnum):
    """What an entry is."""

    MARK = "mark"
    CORRECTION = "correction"
    REGRADE = "regrade"
    """By the machine, with another version or another key."""


class Stage(StrEnum):
    """What somebody can do with an answer."""

    MARK = "mark"
    """Mark it, without seeing anybody's mark."""
    DECIDE = "decide"
    """Two marks differ too much: one more decides."""
    OWN = "own"
    """It waits for somebody else; one's own mark can be changed."""
    SETTLED = "settled"
    """It has its mark, which can be corrected."""


class Met(Exception):
    """Somebody else has marked the answer meanwhile; nothing was changed."""


@dataclass(frozen=True)
class Given:
    """What somebody gives.

    :param fraction: of the mark, 0 to 1
    """

    fraction: Fraction
    comment: Html = EMPTY
    note: str = ""
    rubric: Mapping[str, str] = field(default_factory=dict)


def stage(attempt: Attempt, answer: Answer, marker: str) -> Stage:
    """What a marker can do with an answer of a finished attempt now."""
    if answer.fraction is not None:
        return Stage.SETTLED
    given = marks(answer)
    if marker in given:
        return Stage.OWN
    settings = settings_of(attempt.quiz)
    return Stage.DECIDE if settings.double and len(given) == 2 else Stage.MARK


def waits_for(answer: Answer, marker: str) -> bool:
    """Whether an answer waits for a mark of this marker: has none, and not their own."""
    return answer.fraction is None and marker not in marks(answer)


def marks(answer: Answer) -> dict[str, Entry]:
    """The marks of an answer by marker, in the order in which they first marked it."""
    found: dict[str, Entry] = {}
    for entry in answer.marking:
        if entry["sort"] == Sort.MARK:
            found[entry["by"]] = entry
    return found


def by_person(answer: Answer) -> bool:
    """Whether what counts was given by a person."""
    return bool(answer.marking) and answer.marking[-1]["sort"] != Sort.REGRADE


def mark(
    attempt: Attempt, answer: Answer, given: Given, *, by: str, now: datetime, seen: Stage
) -> bool:
    """Give an answer a mark. What its marker gave already, sent again, does nothing.

    :param seen: the stage that the marker's page was made for
    :returns: whether the answer has its mark now
    :raises Met: when the answer is at another stage by now
    """
    if _same(answer, given, by):
        return answer.fraction is not None
    if seen not in (Stage.MARK, Stage.DECIDE) or stage(attempt, answer, by) is not seen:
        raise Met
    _add(answer, Sort.MARK, given, by, now)
    return _settle(attempt, answer)


def correct(
    attempt: Attempt,
    answer: Answer,
    given: Given,
    *,
    by: str,
    now: datetime,
    reason: str,
    seen: int,
) -> bool:
    """Put another mark in the place of the one that counts, or of one's own that waits.

    :param seen: how many entries the marker's page was made with
    :returns: whether the answer has its mark now
    :raises Met: when somebody has marked or corrected it meanwhile, or it has no mark to correct
    """
    if _same(answer, given, by) and answer.marking[-1]["reason"] == reason:
        return answer.fraction is not None
    here = stage(attempt, answer, by)
    if here not in (Stage.OWN, Stage.SETTLED):
        raise Met
    if here is Stage.SETTLED and len(answer.marking) != seen:
        raise Met
    settled = here is Stage.SETTLED
    _add(answer, Sort.CORRECTION if settled else Sort.MARK, given, by, now, reason)
    if settled:
        answer.fraction = str(given.fraction)
        keep(attempt)
        return True
    return _settle(attempt, answer)


def counted(answer: Answer, settings: Settings) -> list[Entry]:
    """The entries by persons that the answer's mark stands on; none where it has none yet."""
    if answer.fraction is None:
        return []
    corrections = [each for each in answer.marking if each["sort"] == Sort.CORRECTION]
    if corrections:
        return corrections[-1:]
    given = list(marks(answer).values())
    return given if len(given) == 2 and settings.double else given[-1:]


def comments(attempt: Attempt, answer: Answer) -> tuple[Html, ...]:
    """What those whose marks count say to the learner."""
    entries = counted(answer, settings_of(attempt.quiz))
    return tuple(Html(each["comment"]) for each in entries if each["comment"])


def reached(given: list[Fraction], settings: Settings) -> Fraction | None:
    """What the marks of different people come to; None while one more is needed."""
    if not settings.double:
        return given[-1]
    if len(given) == 2 and abs(given[0] - given[1]) <= settings.differ:
        return (given[0] + given[1]) / 2
    return given[2] if len(given) > 2 else None


def _settle(attempt: Attempt, answer: Answer) -> bool:
    given = [Fraction(each["fraction"]) for each in marks(answer).values()]
    fraction = reached(given, settings_of(attempt.quiz))
    if fraction is not None:
        answer.fraction = str(fraction)
        keep(attempt)
    return fraction is not None


def _same(answer: Answer, given: Given, by: str) -> bool:
    last = answer.marking[-1] if answer.marking else None
    return last is not None and all(
        last[name] == value for name, value in {**_plain(given), "by": by}.items()
    )


def _add(
    answer: Answer, sort: Sort, given: Given, by: str, now: datetime, reason: str = ""
) -> None:
    entry = {"sort": sort.value, "by": by, "when": now, "reason": reason, "was": answer.fraction}
    answer.marking = (*answer.marking, {**entry, **_plain(given)})


def _plain(given: Given) -> Entry:
    return {
        "fraction": str(given.fraction),
        "comment": str(given.comment),
        "note": given.note,
        "rubric": dict(given.rubric),
    }
