"""Where a request leads (SB), as seen from outside."""

import pytest

from scorm.packages.manifest import Edition
from scorm.sequencing import State, step
from tests.scorm.sequencing.trees import after, item, leaf, tree, walk

NESTED = tree(
    item("a", leaf("a1"), leaf("a2"), flow=True),
    item("b", item("c", leaf("c1"), flow=True), leaf("b1"), flow=True),
    flow=True,
)
BOTH = tree(leaf("a"), item("b", leaf("b1"), leaf("b2"), launch="b.html"), edition=Edition.SCORM_12)


def test_start_flows_to_the_first_part():
    assert step(NESTED, State(), "start").delivery == "a1"


def test_continue_visits_every_part_in_order_and_ends_the_session():
    assert walk(NESTED) == ["a1", "a2", "c1", "b1"]


def test_previous_goes_back_through_clusters():
    state = after(NESTED, "start", "continue", "continue", "continue")
    seen = []
    for _ in range(3):
        outcome = step(NESTED, state, "previous")
        state = outcome.state
        seen.append(outcome.delivery)
    assert seen == ["c1", "a2", "a1"]


def test_there_is_nothing_before_the_first_part():
    outcome = step(NESTED, after(NESTED, "start"), "previous")
    assert (outcome.exception, outcome.delivery) == ("SB.2.1-3", None)


def test_past_the_last_part_the_session_ends_and_nothing_stays_active():
    outcome = step(NESTED, after(NESTED, "start", *["continue"] * 3), "continue")
    assert (outcome.session, outcome.state.current) == ("ended", None)
    assert not any(tracking.active for tracking in outcome.state.tracking.values())


def test_a_part_that_ends_leads_nowhere_out_of_a_cluster_without_flow():
    found = tree(item("a", leaf("a1"), flow=True), leaf("b"))
    outcome = step(found, after(found, "{target=a1}choice"), "continue")
    assert outcome.exception == "SB.2.2-1"
    assert not outcome.state["a1"].active


def test_continue_does_not_open_a_cluster_without_flow():
    found = tree(leaf("a"), item("b", leaf("b1")), flow=True)
    assert step(found, after(found, "start"), "continue").exception == "SB.2.2-1"


def test_a_forward_only_cluster_cannot_be_left_backwards():
    found = tree(leaf("a"), item("b", leaf("b1"), flow=True, forward_only=True), flow=True)
    assert step(found, after(found, "start", "continue"), "previous").exception == "NB.2.1-5"


def test_a_part_behind_a_forward_only_cluster_cannot_go_back_past_its_first_level():
    found = tree(
        leaf("a"),
        item("b", item("c", leaf("c1"), flow=True), flow=True, forward_only=True),
        flow=True,
    )
    assert step(found, after(found, "start", "continue"), "previous").exception == "SB.2.1-4"


def test_previous_enters_a_forward_only_cluster_at_its_first_part():
    found = tree(
        item("a", leaf("a1"), leaf("a2"), flow=True, forward_only=True), leaf("b"), flow=True
    )
    state = after(found, "start", "continue", "continue")
    assert step(found, state, "previous").delivery == "a1"


@pytest.mark.parametrize(("target", "delivery"), [("a2", "a2"), ("b", "c1"), ("course", "a1")])
def test_choosing_a_cluster_flows_into_it(target, delivery):
    assert step(NESTED, after(NESTED, "start"), f"{{target={target}}}choice").delivery == delivery


def test_the_present_part_can_be_chosen_again():
    outcome = step(NESTED, after(NESTED, "start"), "{target=a1}choice")
    assert (outcome.delivery, outcome.state["a1"].attempt_count) == ("a1", 2)


def test_a_part_can_be_chosen_before_anything_was_started():
    assert step(NESTED, State(), "{target=b1}choice").delivery == "b1"


def test_a_heading_without_content_cannot_be_chosen():
    found = tree(leaf("a"), item("heading"), leaf("b"), flow=True)
    assert step(found, after(found, "start"), "{target=heading}choice").exception == "SB.2.9-2"


def test_a_chosen_cluster_without_flow_is_reached_but_delivers_nothing():
    found = tree(leaf("a"), item("b", leaf("b1")), flow=True)
    outcome = step(found, after(found, "start"), "{target=b}choice")
    assert (outcome.exception, outcome.session) == ("SB.2.9-9", "continues")
    assert outcome.state.current == "b"
    assert step(found, outcome.state, "{target=b1}choice").delivery == "b1"


def test_an_ancestor_that_holds_the_learner_cannot_be_chosen_after_its_part_has_ended():
    found = tree(
        item("a", item("b", leaf("b1"), flow=True, choice_exit=False), leaf("a1"), flow=True),
        flow=True,
    )
    state = after(found, "start", "exit")
    assert step(found, state, "{target=b}choice").delivery == "b1"
    assert step(found, state, "{target=a1}choice").exception == "NB.2.1-8"


def test_a_finished_part_that_does_not_let_go_hinders_a_choice_elsewhere():
    found = tree(item("a", leaf("a1", choice_exit=False), flow=True), leaf("b"), flow=True)
    assert step(found, after(found, "start", "exit"), "{target=b}choice").exception == "SB.2.9-7"


def test_a_part_before_the_present_one_cannot_be_chosen_where_the_course_only_goes_forward():
    found = tree(leaf("a"), leaf("b"), leaf("c"), flow=True, forward_only=True)
    state = after(found, "start", "continue")
    assert step(found, state, "{target=a}choice").exception == "SB.2.4-2"
    assert step(found, state, "{target=c}choice").delivery == "c"


def test_jump_needs_no_control_mode():
    found = tree(leaf("a"), item("b", leaf("b1"), choice=False), flow=True)
    assert step(found, after(found, "start"), "{target=b1}jump").delivery == "b1"


def test_a_cluster_cannot_be_jumped_to():
    found = tree(leaf("a"), item("b", leaf("b1"), flow=True), flow=True)
    assert step(found, after(found, "start"), "{target=b}jump").exception == "DB.1.1-1"


def test_a_part_that_may_not_be_attempted_again_stops_the_flow():
    found = tree(leaf("a"), leaf("b", limit=1), leaf("c"), flow=True)
    state = after(found, "start", "continue", "previous")
    assert step(found, state, "continue").exception == "SB.2.2-2"


def test_a_part_that_may_not_be_attempted_again_cannot_be_chosen():
    found = tree(leaf("a", limit=1), leaf("b"), flow=True)
    state = after(found, "start", "continue")
    assert step(found, state, "{target=a}choice").exception == "DB.1.1-3"


def test_the_attempt_limit_of_a_cluster_counts_only_new_attempts_on_it():
    found = tree(item("a", leaf("a1"), leaf("a2"), flow=True, limit=1), leaf("b"), flow=True)
    state = after(found, "start", "continue", "continue")
    assert step(found, state, "previous").exception == "SB.2.2-2"


def test_attempts_on_what_is_not_tracked_are_not_limited():
    found = tree(leaf("a", limit=0, tracked=False), leaf("b"), flow=True)
    assert step(found, State(), "start").delivery == "a"


def test_content_of_a_cluster_comes_before_its_children():
    assert walk(BOTH) == ["a", "b", "b1", "b2"]


def test_previous_comes_from_the_first_child_to_the_content_of_its_cluster():
    state = after(BOTH, "start", "continue", "continue")
    outcome = step(BOTH, state, "previous")
    assert outcome.delivery == "b"
    assert step(BOTH, outcome.state, "previous").delivery == "a"


def test_previous_enters_a_cluster_with_content_at_its_last_child():
    found = tree(item("a", leaf("a1"), launch="a.html"), leaf("b"), edition=Edition.SCORM_12)
    state = after(found, "start", "continue", "continue")
    assert step(found, state, "previous").delivery == "a1"


def test_a_cluster_with_content_can_be_chosen_itself():
    assert step(BOTH, after(BOTH, "start"), "{target=b}choice").delivery == "b"
