"""Global objectives: what activities read of each other (SN 3.10.2, 4.2.1.3)."""

import pytest

from scorm.sequencing import ActivityReport, Progress, State, Tracking, record, shown, step
from scorm.sequencing.objectives import effective
from tests.scorm.sequencing.trees import (
    after,
    both,
    item,
    leaf,
    objective,
    reads,
    rolls,
    rule,
    threshold,
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


def test_the_clusters_above_the_readers_are_rolled_up_with_the_writer():
    found = tree(
        item("first", leaf("a", primary=objective("o", writes("g")))),
        item("second", leaf("b", primary=objective("o", reads("g")))),
        leaf("c"),
    )
    assert satisfied_after(found, "first", "second") == [True, True]


def test_each_cluster_has_one_turn_and_the_deepest_comes_first():
    found = tree(
        item("high", leaf("a"), primary=objective("o", writes("g"))),
        item("d", item("deep", leaf("b", primary=objective("o", reads("g")))), leaf("c")),
    )
    assert satisfied_after(found, "high", "deep") == [True, None]


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


def glimpsed(name, local, global_, *links):
    """What a part sees of its objective's value, given its own and the global one."""
    found = tree(leaf("a", primary=objective("o", *links)), leaf("b"))
    state = State(objectives={"g": Progress(**{name: global_})}).with_tracking(
        {"a": Tracking(**{name: local})}
    )
    return getattr(effective(state, found["a"]), name)


LOW, HIGH = 0.25, 0.75


@pytest.mark.parametrize(
    ("name", "local", "global_", "expected"),
    [
        ("satisfied", True, False, False),
        ("satisfied", True, None, None),
        ("satisfied", None, True, True),
        ("measure", LOW, HIGH, HIGH),
        ("measure", LOW, None, None),
        ("raw", LOW, None, None),
        ("minimum", LOW, None, None),
        ("maximum", LOW, None, None),
        ("completion", True, False, False),
        ("completion", True, None, True),
        ("progress_measure", LOW, HIGH, HIGH),
        ("progress_measure", LOW, None, LOW),
    ],
)
def test_a_global_value_hides_ones_own_even_unknown_but_not_so_completion(
    name, local, global_, expected
):
    assert glimpsed(name, local, global_, reads("g", name)) == expected
    assert glimpsed(name, local, global_, writes("g", name)) == local


def test_only_the_values_that_a_map_reads_are_read():
    assert glimpsed("satisfied", True, False, reads("g", "measure")) is True


def test_of_two_maps_that_read_a_value_the_first_counts():
    links = (reads("g", "satisfied"), reads("h", "satisfied"))
    assert glimpsed("satisfied", None, True, *links) is True
    assert glimpsed("satisfied", True, True, *reversed(links)) is None


PAIR = tree(
    leaf("a", primary=objective("o", writes("g", "satisfied", "measure"), writes("h", "measure"))),
    leaf("b", primary=objective("o", reads("g", "satisfied", "measure"), passing=0.7)),
    leaf("c", primary=objective("o", reads("g", "satisfied", "measure"), passing=0.9)),
    flow=True,
)


def test_a_value_is_written_to_every_objective_that_it_is_mapped_to():
    state = record(PAIR, after(PAIR, "start"), "a", ActivityReport(None, True, 0.8))
    assert state.objectives == {
        "g": Progress(satisfied=True, measure=0.8),
        "h": Progress(measure=0.8),
    }


def test_the_same_measure_passes_one_part_and_fails_another():
    state = record(PAIR, after(PAIR, "start"), "a", ActivityReport(None, True, 0.8))
    assert effective(state, PAIR["b"]).satisfied is True
    assert effective(state, PAIR["c"]).satisfied is False


def test_a_value_that_becomes_unknown_is_written_as_unknown():
    state = record(PAIR, after(PAIR, "start"), "a", ActivityReport(None, True, 0.8))
    state = record(PAIR, state, "a", ActivityReport(None, None, 0.8))
    assert state.objectives["g"] == Progress(measure=0.8)


def test_a_new_attempt_forgets_its_own_values_and_leaves_global_ones():
    state = record(PAIR, after(PAIR, "start"), "a", ActivityReport(None, True, 0.8))
    state = after(PAIR, "continue", "previous", state=state)
    assert (state["a"].satisfied, state.objectives["g"].satisfied) == (None, True)


def test_what_is_not_tracked_reads_but_never_writes():
    found = tree(
        leaf("a", primary=objective("o", both("g", "satisfied")), tracked=False), leaf("b")
    )
    state = State(objectives={"g": Progress(satisfied=False)})
    assert record(found, state, "a", ActivityReport(None, True)).objectives == state.objectives
    assert effective(state, found["a"]).satisfied is False


def test_content_reads_a_global_completion_as_it_is():
    found = tree(
        leaf("a", primary=objective("o", reads("g", "completion")), threshold=threshold(0.5)),
        leaf("b"),
    )
    state = State(objectives={"g": Progress(completion=True)}).with_tracking(
        {"a": Tracking(progress_measure=0.1)}
    )
    assert effective(state, found["a"]).completion is False
    assert shown(state, found["a"], found["a"].primary).completion is True


@pytest.mark.parametrize("active", [False, True])
def test_a_status_by_measure_may_wait_until_the_part_has_ended(active):
    found = tree(leaf("a", passing=0.5, measure_satisfaction_if_active=False), leaf("b"))
    state = State().with_tracking({"a": Tracking(measure=0.8, active=active)})
    assert effective(state, found["a"]).satisfied is (None if active else True)


def shared(shares):
    return tree(
        leaf("a", primary=objective("o", writes("g", "satisfied"))),
        leaf("b", primary=objective("o", reads("g", "satisfied"))),
        flow=True,
        shares=shares,
    )


@pytest.mark.parametrize("shares", [True, False])
@pytest.mark.parametrize("begin", ["start", "{target=b}choice"])
def test_global_objectives_last_for_one_attempt_on_the_course_unless_they_are_the_learners(
    shares, begin
):
    found = shared(shares)
    state = record(found, after(found, "start"), "a", ActivityReport(None, True))
    state = after(found, "exitAll", begin, state=state)
    assert bool(state.objectives) is shares


def test_global_objectives_outlive_a_suspended_session():
    found = shared(False)
    state = record(found, after(found, "start"), "a", ActivityReport(None, True))
    assert after(found, "suspendAll", "resumeAll", state=state).objectives


@pytest.mark.parametrize("shares", [True, False])
def test_a_course_that_is_tried_anew_by_a_rule_begins_with_its_objectives_unknown(shares):
    found = tree(
        leaf("a", primary=objective("o", writes("g", "satisfied")), rules=[rule("retryAll")]),
        leaf("b"),
        flow=True,
        shares=shares,
    )
    state = record(found, after(found, "start"), "a", ActivityReport(None, True))
    outcome = step(found, state, "continue")
    assert outcome.delivery == "a"
    assert bool(outcome.state.objectives) is shares
