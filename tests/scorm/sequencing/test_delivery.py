"""What begins with a delivery, and what ends (DB)."""

import pytest

from scorm.sequencing import ActivityReport, State, Tracking, record, step
from tests.scorm.sequencing.trees import after, item, leaf, rule, tree

CLUSTERS = tree(
    item("a", leaf("a1"), leaf("a2"), flow=True), item("b", leaf("b1"), flow=True), flow=True
)


def test_only_what_has_content_is_delivered():
    assert step(CLUSTERS, after(CLUSTERS, "start"), "{target=b}jump").exception == "DB.1.1-1"


@pytest.mark.parametrize("closed", [{"rules": [rule("disabled")]}, {"limit": 0}])
@pytest.mark.parametrize("where", ["b", "b1"])
def test_nothing_is_delivered_that_is_closed_or_within_what_is(closed, where):
    found = tree(
        leaf("a"),
        item(
            "b", leaf("b1", **(closed if where == "b1" else {})), **(closed if where == "b" else {})
        ),
        flow=True,
    )
    for request in ("choice", "jump"):
        outcome = step(found, after(found, "start"), f"{{target=b1}}{request}")
        assert outcome.exception == "DB.1.1-3"
        assert outcome.words


def test_a_closed_course_delivers_nothing():
    found = tree(leaf("a"), leaf("b"), flow=True, limit=1)
    state = after(found, "start", "continue", "exitAll")
    assert step(found, state, "start").exception == "DB.1.1-3"


def test_a_new_attempt_on_a_cluster_makes_what_is_known_of_its_children_old():
    state = after(CLUSTERS, "start", "{target=b1}choice", "{target=a2}choice")
    assert {key for key, x in state.tracking.items() if x.stale} == {"a1"}


def test_the_same_part_can_be_delivered_again():
    outcome = step(CLUSTERS, after(CLUSTERS, "start"), "{target=a1}jump")
    assert (outcome.delivery, outcome.state["a1"].attempt_count) == ("a1", 2)


def test_what_is_not_tracked_is_no_longer_suspended_once_it_runs():
    found = tree(leaf("a", tracked=False), leaf("b"), flow=True)
    state = after(found, "start", "suspendAll", "resumeAll")
    assert state["a"] == Tracking(active=True)


def test_a_suspended_attempt_goes_on_with_what_was_known():
    state = record(CLUSTERS, after(CLUSTERS, "start"), "a1", ActivityReport(False, suspended=True))
    state = after(CLUSTERS, "{target=b1}choice", "{target=a1}choice", state=state)
    assert state["a1"] == Tracking(completion=False, attempt_count=1, active=True)
    assert state["a"].attempt_count == 1


@pytest.mark.parametrize(
    ("target", "counts"),
    [
        ("a1", {"course": 1, "a": 1, "a1": 1}),
        ("a2", {"course": 1, "a": 1, "a1": 1, "a2": 1}),
        ("b1", {"course": 1, "a": 1, "a1": 1, "b": 1, "b1": 1}),
    ],
)
def test_another_choice_ends_what_was_suspended_below_the_cluster_that_has_both(target, counts):
    state = after(CLUSTERS, "start", "suspendAll", f"{{target={target}}}choice")
    assert state.suspended_activity is None
    assert not any(tracking.suspended for tracking in state.tracking.values())
    assert {key: x.attempt_count for key, x in state.tracking.items()} == counts


def test_a_suspended_session_can_be_resumed_only_while_the_part_is_open():
    found = tree(leaf("a", rules=[rule("disabled", "attempted")]), leaf("b"), flow=True)
    state = after(found, "start", "suspendAll")
    outcome = step(found, state, "resumeAll")
    assert (outcome.exception, outcome.session) == ("DB.1.1-3", "continues")
    assert step(found, outcome.state, "{target=b}choice").delivery == "b"


def test_what_was_abandoned_stays_unjudged_when_something_else_is_opened():
    state = after(CLUSTERS, "start", "abandon", "{target=b1}choice")
    assert (state["a1"].completion, state["a1"].satisfied) == (None, None)


def test_a_session_that_has_begun_cannot_begin_again():
    state = after(CLUSTERS, "start")
    assert step(CLUSTERS, state, "start").exception == "NB.2.1-1"
    assert step(CLUSTERS, State(), "resumeAll").exception == "NB.2.1-3"
