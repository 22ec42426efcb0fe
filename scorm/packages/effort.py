"""How much of a course has to be gone through for one step of a learner.

Steps of all learners are worked out one after the other, before anybody's work is on disk. A
manifest of a few kilobytes could ask for minutes of it.
"""

from collections.abc import Iterable

from scorm.packages.manifest import Item, Organization, Sequencing
from scorm.sequencing.rollup import KINDS

MOST_EFFORT = 250_000
"""About a third of a second, measured with the most laborious trees of that effort: 3000 parts on
two levels, 800 on ten, or 500 on five with fifty conditions or ten objectives each."""

OF_ITEM = 30
OF_OBJECTIVE = 5
"""What an item by itself, and an objective, weigh against a condition or a map."""
CHARACTERS = 2
"""Of prerequisites, for one condition."""


def effort_of(organization: Organization) -> int:
    """A measure of what one step can cost at most.

    Each level counts the whole again: leaving a part may end the attempts on all clusters above it,
    one by one, and each may change everything that is rolled up after it.
    """
    items, asked, levels = _below(organization.items)
    own = OF_ITEM + _asked(organization.sequencing, items)
    return (OF_ITEM * items + asked + own) * max(1, levels)


def _below(items: Iterable[Item]) -> tuple[int, int, int]:
    """Of these items and what is below them: how many they are, what they ask, their levels."""
    count, asked, levels = 0, 0, 0
    for item in items:
        below, more, deep = _below(item.children)
        count += 1 + below
        asked += more + _asked(item.sequencing, below) + len(item.prerequisites or "") // CHARACTERS
        levels = max(levels, 1 + deep)
    return count, asked, levels


def _asked(sequencing: Sequencing, below: int) -> int:
    """What an item's rules and objectives ask; its rollup rules ask each kind of children.

    :param below: how many items are below it
    """
    rules = (
        *(sequencing.precondition_rules, sequencing.exit_rules),
        sequencing.postcondition_rules,
    )
    primary = sequencing.primary_objective
    objectives = (*(() if primary is None else (primary,)), *sequencing.objectives)
    return (
        sum(1 + len(rule.conditions) for kind in rules for rule in kind)
        + sum(1 + len(rule.conditions) for rule in sequencing.rollup_rules) * min(below, KINDS)
        + sum(OF_OBJECTIVE + len(objective.maps) for objective in objectives)
    )
