"""Random trees and random walks: what always holds."""

import json
import time
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scorm.packages.manifest import Edition
from scorm.sequencing import ActivityReport, State, contents, looks_alike, record, step, validity
from scorm.sequencing.rollup import rollup_overall
from tests.scorm.sequencing.trees import ANY, FLOW_ONLY, leaf, tree, trees, walk

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no error."""

LEAVE = ("exitAll", "abandonAll", "suspendAll")
REQUESTS = st.one_of(
    st.sampled_from(("continue", "previous", "choice", "choice")),
    st.sampled_from(("continue", "choice", "jump", "exit", "abandon")),
    st.sampled_from(("continue", "start", "resumeAll", *LEAVE)),
)
REPORTS = st.builds(
    ActivityReport,
    completion=st.sampled_from((None, True, False)),
    satisfied=st.sampled_from((None, True, False)),
    measure=st.none() | st.floats(-1, 1),
    progress_measure=st.none() | st.floats(0, 1),
    suspended=st.booleans(),
)


@st.composite
def walks(draw):
    """A random tree, and the states that a random walk through it meets."""
    found = draw(trees(ANY))
    state = State()
    states = [state]
    for _ in range(draw(st.integers(1, 8))):
        if state.current is None:
            resumes = state.suspended_activity is not None
            request = draw(st.sampled_from(("resumeAll" if resumes else "start", "choice")))
        else:
            if draw(st.booleans()):
                state = record(found, state, state.current, draw(REPORTS))
            request = draw(REQUESTS)
        if request in ("choice", "jump"):
            request = f"{{target={draw(st.sampled_from(found.order))}}}{request}"
        state = step(found, state, request).state
        states.append(state)
    return found, states


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


def leads_on(outcome) -> bool:
    return outcome.exception is None and (
        outcome.delivery is not None or outcome.session != "continues"
    )


@UNHURRIED
@given(walks())
def test_validity_is_what_happens_when_the_request_is_made(walked):
    found, states = walked
    for state in states:
        valid = validity(found, state)
        assert valid.continue_ is leads_on(step(found, state, "continue"))
        assert valid.previous is leads_on(step(found, state, "previous"))
        assert valid.suspend is leads_on(step(found, state, "suspendAll"))
        assert valid.exit is leads_on(step(found, state, "exitAll"))
        assert valid.choice == {
            key: leads_on(step(found, state, f"{{target={key}}}choice")) for key in found.order
        }
        contents(found, state, valid)


@UNHURRIED
@given(walks())
def test_the_active_activities_are_on_the_way_from_the_root_to_the_current_one(walked):
    found, states = walked
    for state in states:
        way = {x.id for x in found.path(state.current)} if state.current else set()
        assert {key for key, tracking in state.tracking.items() if tracking.active} <= way


@UNHURRIED
@given(walks())
def test_a_state_goes_through_the_database_unchanged(walked):
    _, states = walked
    for state in states:
        assert State.from_plain(json.loads(json.dumps(state.to_plain()))) == state


@UNHURRIED
@given(walks())
def test_rollup_does_nothing_the_second_time(walked):
    found, states = walked
    once = rollup_overall(found, states[-1], found.order[-1])
    assert rollup_overall(found, once, found.order[-1]) is once


@UNHURRIED
@given(walks())
def test_suspending_and_resuming_changes_nothing(walked):
    found, states = walked
    state = states[-1]
    if state.current is None or not state[state.current].active:
        return
    suspended = step(found, state, "suspendAll").state
    resumed = step(found, State.from_plain(suspended.to_plain()), "resumeAll")
    assert resumed.delivery == state.current
    assert {k for k, x in resumed.state.tracking.items() if x.active} == {
        k for k, x in state.tracking.items() if x.active
    }
    assert resumed.state[state.current].attempt_count == state[state.current].attempt_count


@UNHURRIED
@given(walks())
def test_what_is_not_tracked_learns_nothing(walked):
    found, states = walked
    for key in found.order:
        if not found[key].tracked:
            tracking = states[-1][key]
            known = (tracking.completion, tracking.satisfied, tracking.measure)
            assert (*known, tracking.attempt_count) == (None, None, None, 0)


def test_a_thousand_parts_are_judged_quickly():
    found = tree(*[leaf(f"x{n}") for n in range(1000)], flow=True, edition=Edition.THIRD)
    state = step(found, State(), "start").state
    begun = time.process_time()
    valid = validity(found, state)
    step(found, state, "continue")
    assert time.process_time() - begun < 0.25
    assert all(valid.choice.values())


@UNHURRIED
@given(walks(), REPORTS, REPORTS, st.floats(-1, 1), st.floats(0, 1))
def test_states_that_look_alike_give_the_same_validity_and_contents(
    walked, first, second, measure, progress
):
    found, states = walked
    alike = 0
    for state in states:
        if state.current is None:
            continue
        nearly = replace(first, measure=measure, progress_measure=progress)
        after = [state]
        for report in (first, nearly, second):
            after.append(record(found, after[-1], state.current, report))
        for one, other in pairwise(after):
            if looks_alike(found, one, other):
                alike += 1
                assert shown(found, one) == shown(found, other)
    event("some look alike" if alike else "none looks alike")


def shown(found, state):
    valid = validity(found, state)
    return valid, contents(found, state, valid)
