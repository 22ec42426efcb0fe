"""Exceptions to the rules of a quiz, for one learner or one group: made, taken back, and told.

What an exception does is worked out by the same rules that hold for the learner afterwards
(:mod:`assessments.attempts.rules`), and said before it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from BTrees.OOBTree import OOBTree
from translationstring import TranslationString, TranslationStringFactory

from assessments.attempts.rules import Rules, rules_for
from assessments.bank import fields
from assessments.bank.fields import Errors, Field, Values
from assessments.bank.shares import write_number
from assessments.quizzes.plan import Override, from_plain, to_plain
from assessments.resources import Quiz

_ = TranslationStringFactory("tutela")

MINUTE = 60
LARGEST_FACTOR = 100
MOST_MINUTES = 10_000
FORM = (
    Field(
        "factor",
        _("Time for an attempt, times"),
        "decimal",
        _("1.5 for half as much again, 2 for twice as much."),
        empty="",
        size=8,
    ),
    Field(
        "extra",
        _("Minutes more"),
        "whole",
        _("On top, for every attempt."),
        empty="",
        size=8,
    ),
    Field("opens", _("Opens on"), "moment", _("Date and time in UTC. Empty: as for everybody.")),
    Field("closes", _("Closes on"), "moment", _("Date and time in UTC. Empty: as for everybody.")),
    Field(
        "attempts",
        _("How many attempts"),
        "whole",
        _("0 for as many as they like. Empty: as for everybody."),
        empty="",
        size=8,
    ),
    Field(
        "reason",
        _("Reason"),
        "text",
        _("It is kept with the exception, and other authors read it. Name no illness."),
        needed=True,
        size=2,
    ),
)


def override_of(quiz: Quiz, who: str) -> Override | None:
    """The exception that there is for a learner or a group."""
    plain = quiz.overrides.get(who)
    return None if plain is None else from_plain(Override, plain)


def opened(override: Override | None) -> dict[str, str]:
    """The form's texts for an exception; empty for a new one."""
    if override is None:
        return fields.shown(FORM, {})
    values: Values = {
        "factor": "" if override.factor is None else override.factor,
        "extra": "" if override.extra is None else override.extra // MINUTE,
        "opens": override.opens,
        "closes": override.closes,
        "attempts": "" if override.attempts is None else override.attempts,
        "reason": override.reason,
    }
    return fields.shown(FORM, values)


def read(posted: Mapping[str, Any], quiz: Quiz) -> tuple[Override | None, Errors]:
    """The exception that a form says, or what is wrong with it, in words."""
    values, errors = fields.read(FORM, posted, {})
    if errors:
        return None, errors
    made = Override(
        factor=None if values["factor"] == "" else values["factor"],
        extra=None if values["extra"] == "" else values["extra"] * MINUTE,
        opens=values["opens"],
        closes=values["closes"],
        attempts=None if values["attempts"] == "" else values["attempts"],
        reason=values["reason"].strip(),
    )
    errors = problems(made, quiz)
    return (None if errors else made), errors


def problems(override: Override, quiz: Quiz) -> Errors:
    """What in an exception cannot be so, by field."""
    found: Errors = {}
    usual = rules_for(quiz, "", ())
    if override.factor is not None and not 0 < override.factor <= LARGEST_FACTOR:
        found["factor"] = _(
            "Write a number above 0, and no more than ${most}.", {"most": LARGEST_FACTOR}
        )
    if (override.extra or 0) > MOST_MINUTES * MINUTE:
        found["extra"] = _("Write no more than ${most} minutes.", {"most": MOST_MINUTES})
    timed = override.factor is not None or override.extra is not None
    if timed and usual.seconds is None:
        name = "extra" if override.factor is None else "factor"
        found.setdefault(name, _("This quiz has no time limit, so there is no time to add to."))
    opens, closes = override.opens or usual.opens, override.closes or usual.closes
    if opens is not None and closes is not None and closes <= opens:
        name = "opens" if override.closes is None else "closes"
        found[name] = _("The quiz would close before it opens. Choose another time.")
    if override == Override(reason=override.reason):
        found["factor"] = _("Nothing is different here. Fill in what is to be different.")
    return found


def change(quiz: Quiz, who: str, override: Override | None) -> None:
    """Make an exception, change it, or take it back with None. It holds at once, for attempts that
    are open too."""
    if override is not None:
        quiz.overrides[who] = to_plain(override)
    elif who in quiz.overrides:
        del quiz.overrides[who]


@dataclass(frozen=True)
class Effect:
    """What an exception does.

    :param sentences: what is different, each said whole; none when nothing is
    :param open: attempts that are open now, and get it at once
    """

    sentences: tuple[TranslationString, ...]
    open: int


def effect(quiz: Quiz, who: str, override: Override | None, *, group: bool) -> Effect:
    """What would be different from now for somebody with this exception instead of the present one.

    :param override: None for taking the present one back
    """
    after = Quiz("", quiz.title, quiz.created)
    after.settings = quiz.settings
    after.overrides = OOBTree(dict(quiz.overrides))
    change(after, who, override)
    learner, groups = ("", (who,)) if group else (who, ())
    now, then = rules_for(quiz, learner, groups), rules_for(after, learner, groups)
    sentences = tuple(_sentences(now, then))
    at = [
        attempt
        for attempt in quiz.attempts.values()
        if attempt.state == "open"
        and not attempt.preview
        and (who in attempt.groups if group else attempt.learner_id == who)
    ]
    return Effect(sentences, len(at) if sentences else 0)


def _sentences(now: Rules, then: Rules):
    if now.seconds != then.seconds:
        yield _(
            "Time for an attempt: ${then} minutes instead of ${now} minutes.",
            {"then": minutes(then.seconds), "now": minutes(now.seconds)},
        )
    for name, words in (
        ("opens", _("Opens: ${then} instead of ${now}.")),
        ("closes", _("Closes: ${then} instead of ${now}.")),
    ):
        before, after = getattr(now, name), getattr(then, name)
        if before != after:
            mapping = {"then": _moment(after), "now": _moment(before)}
            yield _(words, mapping=mapping)
    if now.attempts != then.attempts:
        yield _attempts(now.attempts, then.attempts)


def _attempts(now: int, then: int) -> TranslationString:
    if not then:
        return _("Attempts: as many as they like, instead of ${now}.", {"now": now})
    if not now:
        return _("Attempts: ${then}, instead of as many as they like.", {"then": then})
    return _("Attempts: ${then} instead of ${now}.", {"then": then, "now": now})


def minutes(seconds: int | None) -> str:
    """Seconds as minutes in figures."""
    return write_number(Decimal(str(round(Fraction(seconds or 0, MINUTE) * 100))) / 100)


def _moment(moment: datetime | None) -> str:
    return "–" if moment is None else moment.strftime("%Y-%m-%d %H:%M UTC")
