"""Global objectives: what activities read of each other (SN 3.10.2, 4.2.1.3)."""

from scorm.sequencing import ActivityReport, State, record
from tests.scorm.sequencing.trees import after, both, item, leaf, objective, tree

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
