"""What an award asks for: conditions, of which all have to be met. No HTTP here.

A rule is a tuple of conditions, each a tuple that begins with its kind:

- ``("completed",)``, ``("passed",)``: as the host says
- ``("score", 80)``: percent, at least
- ``("lessons", ("id", …))``: each of them done
- ``("minutes", 60)``: spent, at least
- ``("between", "2026-01-01", "2026-12-31")``: earned on one of these days or between them, in UTC
- ``("attended", 75)``: percent of a session, at least
- ``("courses", ("slug", …))``: each of them completed
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

Condition = tuple[Any, ...]
Rule = tuple[Condition, ...]


@dataclass(frozen=True)
class Facts:
    """What the host knows of somebody and of what an award is for.

    :param score: in whole percent; None for none yet
    :param lessons: ids of those that are done
    :param minutes: spent, whole ones
    :param day: when it was completed, in UTC; of what is not completed, when something last
        happened; None for nothing yet
    :param attended: percent of a session; None for a session that was not attended
    :param courses: slugs of those that are completed
    """

    completed: bool = False
    passed: bool = False
    score: int | None = None
    lessons: frozenset[str] = frozenset()
    minutes: int = 0
    day: date | None = None
    attended: int | None = None
    courses: frozenset[str] = frozenset()


def unmet(rule: Rule, facts: Facts) -> Rule:
    """The conditions that somebody does not meet yet, in the order of the rule."""
    return tuple(each for each in rule if not MEETS[each[0]](facts, *each[1:]))


def _at_least(have: int | None, wanted: int) -> bool:
    return have is not None and have >= wanted


def _between(facts: Facts, first: str, last: str) -> bool:
    return facts.day is not None and first <= facts.day.isoformat() <= last


MEETS: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {
        "completed": lambda facts: facts.completed,
        "passed": lambda facts: facts.passed,
        "score": lambda facts, percent: _at_least(facts.score, percent),
        "lessons": lambda facts, ids: facts.lessons >= set(ids),
        "minutes": lambda facts, wanted: facts.minutes >= wanted,
        "between": _between,
        "attended": lambda facts, percent: _at_least(facts.attended, percent),
        "courses": lambda facts, slugs: facts.courses >= set(slugs),
    }
)
"""Whether facts meet a condition, by its kind."""


def plain(rule: Rule) -> list[list]:
    """The rule as certificates remember it: lists, which any format can hold."""
    return [
        [list(part) if isinstance(part, tuple) else part for part in condition]
        for condition in rule
    ]
