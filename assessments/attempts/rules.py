"""The rules of a quiz as they are for one learner: the author's, and the exceptions to them.

What a learner's own exception says goes before what those of groups say. Among groups the most
generous counts, each matter for itself: the longest time, the earliest opening, the latest closing,
the most attempts. What no exception says is as in the quiz (Moodle's rule for overrides).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from assessments.quizzes.plan import Behaviour, Override, Settings, from_plain
from assessments.resources import Attempt, Quiz


@dataclass(frozen=True)
class Rules:
    """What holds for one learner.

    :param seconds: time for an attempt, None for any
    :param attempts: how many, 0 for any number
    """

    settings: Settings
    seconds: int | None
    opens: datetime | None
    closes: datetime | None
    attempts: int


def settings_of(quiz: Quiz) -> Settings:
    """The author's rules. A quiz for practice is open-ended, and tells after each question."""
    settings = from_plain(Settings, quiz.settings)
    if not settings.practice:
        return settings
    told = settings.behaviour in (Behaviour.IMMEDIATE, Behaviour.INTERACTIVE)
    return replace(
        settings,
        behaviour=settings.behaviour if told else Behaviour.IMMEDIATE,
        seconds=0,
        attempts=0,
        wait=(0, 0),
        pass_percent=None,
    )


def is_practice(quiz: Quiz) -> bool:
    """Whether a quiz is for practice, without reading its other rules: reports ask for each person
    in each quiz."""
    return bool(quiz.settings.get("practice"))


def rules_for(quiz: Quiz, learner_id: str, groups: Iterable[str]) -> Rules:
    """The rules for a learner who is in these groups."""
    settings = settings_of(quiz)
    own = _override(quiz, learner_id)
    theirs = [found for group in groups if (found := _override(quiz, group)) is not None]
    layers = [[own] if own else [], theirs]
    seconds = _first(layers, lambda each: _seconds(settings, each), max)
    return Rules(
        settings,
        (settings.seconds or None) if seconds is None else seconds,
        _first(layers, lambda each: each.opens, min) or settings.opens,
        _first(layers, lambda each: each.closes, max) or settings.closes,
        0 if settings.practice else _attempts(layers, settings.attempts),
    )


def rules_of(attempt: Attempt) -> Rules:
    """The rules that hold for an attempt now: its groups are those of its start, the times and
    exceptions are those of this moment, so that an extension reaches an open attempt."""
    return rules_for(attempt.quiz, attempt.learner_id, attempt.groups)


def closed_for_all(quiz: Quiz) -> datetime | None:
    """When nobody can be at it any more: the latest closing, exceptions included; None for never.

    What is shown "when the quiz is closed" would otherwise reach those who still have time.
    """
    closes = settings_of(quiz).closes
    if closes is None:
        return None
    others = (from_plain(Override, plain).closes for plain in quiz.overrides.values())
    return max([closes, *(each for each in others if each is not None)])


def _override(quiz: Quiz, key: str) -> Override | None:
    plain = quiz.overrides.get(key)
    return None if plain is None else from_plain(Override, plain)


def _first(layers, read, choose):
    """The chosen one of the first layer that says anything; None when none does."""
    for layer in layers:
        said = [found for each in layer if (found := read(each)) is not None]
        if said:
            return choose(said)
    return None


def _seconds(settings: Settings, override: Override) -> int | None:
    """The time for an attempt that an exception makes of the quiz's, rounded up; None when it says
    nothing about it, or time is not limited."""
    if not settings.seconds or (override.factor is None and override.extra is None):
        return None
    longer = Decimal(settings.seconds) * (1 if override.factor is None else override.factor)
    return max(0, int(longer.to_integral_value(ROUND_CEILING)) + (override.extra or 0))


def _attempts(layers, usual: int) -> int:
    def most(said: list[int]) -> int:
        return 0 if 0 in said else max(said)

    found = _first(layers, lambda each: each.attempts, most)
    return usual if found is None else found
