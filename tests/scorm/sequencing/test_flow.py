"""Where flow leads, past what is skipped and through forward-only clusters (SB.2.1 to SB.2.3)."""

import pytest

from scorm.sequencing import State, step
from tests.scorm.sequencing.trees import after, item, leaf, rule, tree, walk

SKIP, DISABLE = rule("skip"), rule("disabled")


def leads_to(found, begin, request):
    outcome = step(found, after(found, *begin), request)
    return outcome.exception or outcome.delivery or outcome.session


def test_what_is_skipped_is_not_met():
    found = tree(
        leaf("a"),
        leaf("b", rules=[SKIP]),
        item("c", leaf("c1"), rules=[SKIP], flow=True),
        item("d", leaf("d1", rules=[SKIP]), leaf("d2"), flow=True),
        leaf("e", rules=[SKIP]),
        flow=True,
    )
    assert walk(found) == ["a", "d2"]
    assert leads_to(found, ("{target=d2}choice",), "previous") == "a"


def test_a_course_whose_parts_are_all_skipped_ends_as_it_begins():
    found = tree(leaf("a", rules=[SKIP]), leaf("b", rules=[SKIP]), flow=True)
    outcome = step(found, State(), "start")
    assert (outcome.session, outcome.delivery, outcome.exception) == ("ended", None, None)


def test_backwards_past_all_that_is_skipped_is_the_beginning_of_the_course():
    found = tree(leaf("a", rules=[SKIP]), leaf("b"), flow=True)
    assert leads_to(found, ("start",), "previous") == "SB.2.1-3"


@pytest.mark.parametrize(("request_", "begin"), [("continue", "a"), ("previous", "c")])
@pytest.mark.parametrize("closed", [{"rules": [DISABLE]}, {"limit": 0}])
def test_flow_does_not_step_over_what_is_closed(request_, begin, closed):
    found = tree(leaf("a"), leaf("b", **closed), leaf("c"), flow=True)
    assert leads_to(found, (f"{{target={begin}}}choice",), request_) == "SB.2.2-2"


def test_a_closed_part_that_is_skipped_is_stepped_over():
    found = tree(leaf("a"), leaf("b", rules=[DISABLE, SKIP]), leaf("c"), flow=True)
    assert leads_to(found, ("start",), "continue") == "c"


def test_flow_does_not_ask_whether_something_may_be_chosen_or_is_seen():
    found = tree(leaf("a"), leaf("b", visible=False), choice=False, flow=True)
    assert walk(found) == ["a", "b"]


def forward_only(*skipped, before=True):
    """Something, a cluster of three that goes only forward, and something."""
    inner = [leaf(f"b{n}", rules=[SKIP] if f"b{n}" in skipped else []) for n in (1, 2, 3)]
    first = [leaf("a")] if before else []
    return tree(*first, item("b", *inner, flow=True, forward_only=True), leaf("c"), flow=True)


@pytest.mark.parametrize(
    ("skipped", "target"),
    [
        ((), "b1"),
        (("b1",), "b2"),
        (("b1", "b2"), "b3"),
        (("b3",), "b1"),
        (("b1", "b2", "b3"), "a"),
    ],
)
def test_a_forward_only_cluster_is_entered_from_behind_at_its_beginning(skipped, target):
    assert leads_to(forward_only(*skipped), ("{target=c}choice",), "previous") == target


def test_a_forward_only_cluster_that_is_all_skipped_is_left_at_the_beginning_of_the_course():
    found = forward_only("b1", "b2", "b3", before=False)
    assert leads_to(found, ("{target=c}choice",), "previous") == "SB.2.1-3"


def test_going_back_out_of_a_forward_only_cluster_is_refused_on_a_higher_level_too():
    found = tree(
        leaf("a"),
        item("b", leaf("b1"), item("c", leaf("c1"), flow=True), flow=True, forward_only=True),
        flow=True,
    )
    assert leads_to(found, ("{target=c1}choice",), "previous") == "SB.2.1-4"


def test_from_a_part_that_has_lost_its_place_flow_begins_at_the_first_one():
    found = tree(
        item("t", leaf("t1")),
        *[leaf(f"q{n}") for n in range(4)],
        flow=True,
        selection_timing="onEachNewAttempt",
        count=2,
    )
    seen = set()
    for seed in range(60):
        state = step(found, State(seed=seed), "start").state
        state = step(found, step(found, state, "{target=q0}choice").state, "{target=t}choice").state
        available = state["course"].available
        if state.current == "t" and "t" not in available:
            seen.add(step(found, state, "continue").delivery == available[0])
    assert seen == {True}


@pytest.mark.parametrize(("action", "code"), [("continue", "SB.2.7-2"), ("previous", "SB.2.8-2")])
def test_a_rule_cannot_flow_where_a_cluster_does_not(action, code):
    found = tree(item("a", leaf("a1", rules=[rule(action)]), leaf("a2")), leaf("b"))
    assert leads_to(found, ("{target=a1}choice",), "exit") == code


def test_content_of_a_cluster_is_met_on_the_way_back_after_its_children():
    found = tree(
        leaf("a"),
        item("b", leaf("b1"), leaf("b2"), launch="b.html", flow=True),
        leaf("c"),
        flow=True,
    )
    assert walk(found) == ["a", "b", "b1", "b2", "c"]
    assert leads_to(found, ("{target=b1}choice",), "previous") == "b"
    assert leads_to(found, ("{target=b}choice",), "previous") == "a"
