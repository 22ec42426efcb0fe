"""Random courses and random ways through them: what always holds, shrunk where it does not.

``test_many_walks`` walks the same courses from seeds, many more of them.
"""

import time

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scorm.packages.manifest import Edition
from scorm.sequencing import State, step, validity
from tests.scorm.sequencing import always
from tests.scorm.sequencing.chance import Walk, random_walk
from tests.scorm.sequencing.trees import FLOW_ONLY, leaf, tree, trees, walk

UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""A busy machine is no error."""


@st.composite
def walks(draw) -> Walk:
    """A random course, and what a learner did there."""
    return random_walk(draw(st.randoms(use_true_random=False)), most=12)


@UNHURRIED
@given(trees(FLOW_ONLY))
def test_continue_visits_all_parts_of_a_tree_that_flows_in_order(found):
    if found.deliverables():
        assert walk(found) == [activity.id for activity in found.deliverables()]


@UNHURRIED
@given(trees(FLOW_ONLY))
def test_previous_is_the_way_back(found):
    deliverables = [activity.id for activity in found.deliverables()]
    outcome = step(found, State(), "start")
    for _ in deliverables[1:]:
        outcome = step(found, outcome.state, "continue")
    for key in deliverables[-2::-1]:
        outcome = step(found, outcome.state, "previous")
        assert outcome.delivery == key


@UNHURRIED
@given(walks())
def test_validity_is_what_happens_when_the_request_is_made(found):
    for state in found.states:
        always.does_as_promised(found.tree, state, found.tree.order)


@UNHURRIED
@given(walks())
def test_the_active_activities_are_the_way_from_the_root_to_the_current_one(found):
    for state in found.states:
        always.has_one_way_at_most(found.tree, state)
    for made in found.steps:
        always.has_delivered(found.tree, made.outcome)


@UNHURRIED
@given(walks())
def test_a_state_goes_through_the_database_unchanged(found):
    for state in found.states:
        always.is_stored_as_it_is(state)


@UNHURRIED
@given(walks())
def test_the_same_request_of_the_same_state_has_the_same_outcome_and_changes_nothing(found):
    for made in found.steps:
        always.answers_always_the_same(found.tree, made)


@UNHURRIED
@given(walks())
def test_what_is_delivered_may_be_delivered_and_was_not_skipped(found):
    for made in found.steps:
        always.may_be_delivered(found.tree, made)


@UNHURRIED
@given(walks())
def test_rollup_does_nothing_the_second_time(found):
    for state in found.states:
        always.settles(found.tree, state, state.current or found.tree.order[-1])


@UNHURRIED
@given(walks())
def test_what_is_left_ends_as_if_each_attempt_were_ended_alone(found):
    for state in found.states:
        always.ends_all_alike(found.tree, state, found.tree.root)


@UNHURRIED
@given(walks())
def test_suspending_and_resuming_changes_nothing(found):
    resumed = [always.resumes_as_it_was(found.tree, state) for state in found.states]
    event("some are resumed" if any(resumed) else "none is resumed")


@UNHURRIED
@given(walks())
def test_what_is_not_tracked_learns_nothing(found):
    for state in found.states:
        always.knows_nothing_of_untracked(found.tree, state)


@UNHURRIED
@given(walks())
def test_states_that_look_alike_give_the_same_validity_and_contents(found):
    alike = [always.looks_as_it_is(found.tree, *pair) for pair in found.reported]
    event("some look alike" if any(alike) else "none looks alike")


def seconds(parts: int, edition: Edition) -> float:
    """Of the processor's time, for the validity and one step of a course of so many parts."""
    found = tree(*[leaf(f"x{n}") for n in range(parts)], flow=True, edition=edition)
    state = step(found, State(), "start").state
    begun = time.process_time()
    valid = validity(found, state)
    step(found, state, "continue")
    spent = time.process_time() - begun
    assert all(valid.choice.values())
    return spent


@pytest.mark.parametrize("edition", [Edition.SCORM_12, Edition.THIRD, Edition.FOURTH])
def test_ten_times_as_many_parts_are_judged_in_some_ten_times_as_long(edition):
    assert seconds(1000, edition) < 40 * max(0.002, seconds(100, edition))
