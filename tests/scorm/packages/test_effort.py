"""What a step of a learner can cost at most."""

import pytest

from scorm.packages.effort import effort_of
from scorm.packages.manifest import (
    Condition,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    RollupRule,
    Sequencing,
    SequencingRule,
)

LEAF = Item("x", "X")
THREE = tuple(Condition("completed") for _ in range(3))


def course(*items, **more):
    return Organization("o", "O", items, **more)


def leaf(**rules):
    return Item("x", "X", sequencing=Sequencing(**rules))


@pytest.mark.parametrize(
    ("found", "effort"),
    [
        (course(), 30),
        (course(LEAF), 60),
        (course(LEAF, LEAF), 90),
        (course(Item("c", "C", children=(LEAF,))), 2 * 90),
        (course(leaf(precondition_rules=(SequencingRule("skip", THREE),))), 60 + 4),
        (course(leaf(exit_rules=(SequencingRule("exit", THREE),) * 2)), 60 + 8),
        (course(leaf(postcondition_rules=(SequencingRule("retry"),))), 60 + 1),
        (course(leaf(primary_objective=Objective("p", maps=(ObjectiveMap("g"),)))), 60 + 6),
        (course(leaf(objectives=(Objective("p"), Objective("q")))), 60 + 10),
        (course(Item("x", "X", prerequisites="abcdef")), 60 + 3),
        (course(leaf(rollup_rules=(RollupRule("completed", THREE),))), 60),
        (
            course(
                LEAF, LEAF, sequencing=Sequencing(rollup_rules=(RollupRule("completed", THREE),))
            ),
            90 + 2 * 4,
        ),
        (
            course(
                *[LEAF] * 99, sequencing=Sequencing(rollup_rules=(RollupRule("completed", THREE),))
            ),
            3000 + 54 * 4,
        ),
    ],
)
def test_each_level_counts_all_that_is_asked(found, effort):
    assert effort_of(found) == effort
