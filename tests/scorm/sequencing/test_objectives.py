"""Global objectives: what activities read of each other (SN 3.10.2, 4.2.1.3)."""

from scorm.sequencing import ActivityReport, State, record
from tests.scorm.sequencing.trees import (
    after,
    both,
    item,
    leaf,
    objective,
    reads,
    rolls,
    tree,
    writes,
)

MEASURED = ("satisfied", "measure")


def test_a_measure_that_is_written_decides_the_status_that_is_written_with_it():
    found = tree(leaf("a", primary=objective("o", both("g", *MEASURED), passing=0.5)), leaf("b"))
    state = record(found, State(), "a", ActivityReport(measure=0.9))
    assert (state["a"].satisfied, state.objectives["g"].satisfied) == (True, True)


def test_a_measure_that_a_cluster_rolls_up_decides_the_status_it_writes():
    found = tree(
        item("c", leaf("a"), primary=objective("o", both("g", *MEASURED), passing=0.5), flow=True),
        leaf("b"),
        flow=True,
    )
    state = record(found, after(found, "start"), "a", ActivityReport(measure=0.9))
    state = after(found, "continue", state=state)
    assert (state["c"].satisfied, state.objectives["g"].satisfied) == (True, True)


def satisfied_after(found, *keys):
    """What is satisfied once the first part has ended, passed."""
    part = found.deliverables()[0].id
    state = record(
        found, after(found, f"{{target={part}}}choice"), part, ActivityReport(None, True)
    )
    state = after(found, "exit", state=state)
    return [state[key].satisfied for key in keys]


def test_a_cluster_is_rolled_up_after_a_higher_one_whose_objective_its_children_read():
    found = tree(
        item("high", leaf("a"), primary=objective("o", writes("g"))),
        item("d", item("deep", leaf("b", primary=objective("o", reads("g")))), leaf("c")),
    )
    assert satisfied_after(found, "high", "deep") == [True, True]


def test_what_a_cluster_writes_because_of_a_global_objective_is_rolled_up_where_it_is_read():
    found = tree(
        item("first", leaf("a"), primary=objective("o", writes("g"))),
        item(
            "second",
            leaf("b", primary=objective("o", reads("g"))),
            primary=objective("p", writes("h")),
        ),
        item("third", leaf("c", primary=objective("o", reads("h")))),
        leaf("d"),
    )
    assert satisfied_after(found, "first", "second", "third") == [True, True, True]


def test_clusters_that_wait_for_one_another_are_rolled_up_the_deepest_first():
    found = tree(
        item(
            "one",
            leaf("a"),
            leaf("b", primary=objective("o", reads("h"))),
            primary=objective("p", writes("g")),
            rollup_rules=[rolls("satisfied", "any", "satisfied")],
        ),
        item(
            "x",
            item(
                "two",
                leaf("c", primary=objective("o", reads("g"))),
                primary=objective("p", writes("h")),
            ),
            leaf("d"),
        ),
    )
    assert satisfied_after(found, "one", "two") == [True, None]
