"""Which children a cluster offers, and in which order (SR)."""

import pytest

from scorm.sequencing import ActivityReport, State, record, step
from scorm.sequencing.selection import available_children
from tests.scorm.sequencing.trees import after, item, leaf, tree, walk

SEEDS = range(30)
EACH = "onEachNewAttempt"


def bank(**values):
    """A cluster of four questions, drawn as said, and something else."""
    questions = [leaf(f"q{n}") for n in range(4)]
    return tree(item("bank", *questions, flow=True, **values), leaf("end"), flow=True)


def drawn(found, state=None, seed=0):
    state = state or after(found, "start", state=State(seed=seed))
    return available_children(state, found["bank"])


ALL = ("q0", "q1", "q2", "q3")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"selection_timing": "once"},
        {"count": 2},
        {"reorder": True},
        {"randomization_timing": "once"},
        {"randomization_timing": EACH, "selection_timing": "never", "count": 2},
    ],
)
def test_without_all_that_it_takes_nothing_is_drawn(values):
    found = bank(**values)
    assert {drawn(found, seed=seed) for seed in SEEDS} == {ALL}


@pytest.mark.parametrize("timing", ["once", EACH])
def test_so_many_are_selected_in_their_own_order(timing):
    found = bank(selection_timing=timing, count=2)
    seen = {drawn(found, seed=seed) for seed in SEEDS}
    assert len(seen) > 3
    assert all(len(x) == 2 and list(x) == sorted(x) for x in seen)


@pytest.mark.parametrize(("count", "expected"), [(0, ()), (4, ALL), (9, ALL)])
def test_no_more_are_selected_than_there_are(count, expected):
    found = bank(selection_timing="once", count=count)
    state = after(found, "{target=end}choice", state=State(seed=1))
    assert drawn(found, state) == expected


def test_a_cluster_with_nothing_selected_stops_the_flow():
    outcome = step(bank(selection_timing="once", count=0), State(), "start")
    assert outcome.exception == "SB.2.1-2"


@pytest.mark.parametrize("timing", ["once", EACH])
def test_all_are_reordered(timing):
    found = bank(randomization_timing=timing, reorder=True)
    seen = {drawn(found, seed=seed) for seed in SEEDS}
    assert len(seen) > 10
    assert all(sorted(x) == list(ALL) for x in seen)


def test_what_is_drawn_is_what_flow_meets():
    found = bank(selection_timing="once", count=3, randomization_timing="once", reorder=True)
    assert walk(found) == [*drawn(found), "end"]


def test_the_same_seed_draws_the_same():
    found = bank(randomization_timing="once", reorder=True)
    assert drawn(found, seed=7) == drawn(found, seed=7)


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ({"selection_timing": "once", "count": 2}, False),
        ({"selection_timing": EACH, "count": 2}, True),
        ({"randomization_timing": "once", "reorder": True}, False),
        ({"randomization_timing": EACH, "reorder": True}, True),
    ],
)
def test_a_new_attempt_draws_again_where_each_one_is_to(values, changes):
    found = bank(**values)
    differs = 0
    for seed in SEEDS:
        state = after(found, "start", state=State(seed=seed))
        first = drawn(found, state)
        state = after(found, "{target=end}choice", "{target=bank}choice", state=state)
        assert state["bank"].attempt_count == 2
        differs += drawn(found, state) != first
    assert bool(differs) is changes


def test_what_was_selected_once_is_reordered_for_each_attempt():
    found = bank(selection_timing="once", count=2, randomization_timing=EACH, reorder=True)
    for seed in SEEDS:
        state = after(found, "start", state=State(seed=seed))
        first = drawn(found, state)
        state = after(found, "{target=end}choice", "{target=bank}choice", state=state)
        assert sorted(drawn(found, state)) == sorted(first)


@pytest.mark.parametrize("values", [{"selection_timing": EACH, "count": 2}])
def test_between_suspending_and_resuming_nothing_is_drawn(values):
    found = bank(**values)
    for seed in SEEDS:
        state = after(found, "start", state=State(seed=seed))
        assert drawn(found, after(found, "suspendAll", "resumeAll", state=state)) == drawn(
            found, state
        )


def test_a_cluster_with_something_left_unfinished_keeps_what_was_drawn():
    found = bank(randomization_timing=EACH, reorder=True)
    for seed in SEEDS:
        state = after(found, "start", state=State(seed=seed))
        first = drawn(found, state)
        state = record(found, state, state.current, ActivityReport(suspended=True))
        state = after(found, "{target=end}choice", state=state)
        assert (state["bank"].suspended, drawn(found, state)) == (True, first)


def test_what_was_not_selected_can_be_neither_chosen_nor_jumped_to():
    found = bank(selection_timing="once", count=2)
    state = after(found, "start")
    [left_out, _] = [key for key in ALL if key not in drawn(found, state)]
    assert step(found, state, f"{{target={left_out}}}choice").exception == "SB.2.9-2"
    assert step(found, state, f"{{target={left_out}}}jump").exception == "NB.2.1-11"


def test_choices_forward_and_backward_follow_the_order_that_was_drawn():
    found = bank(randomization_timing="once", reorder=True, forward_only=True)
    state = after(found, "start", "continue")
    order = drawn(found, state)
    assert state.current == order[1]
    assert step(found, state, f"{{target={order[0]}}}choice").exception == "SB.2.4-2"
    assert step(found, state, f"{{target={order[3]}}}choice").delivery == order[3]
