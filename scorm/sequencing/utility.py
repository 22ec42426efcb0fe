"""Processes that the others share (SN book: UP.3, UP.4)."""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.objectives import effective, with_progress
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.selection import available_children, draw_again
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import Activity, ActivityTree


def current_activity(tree: ActivityTree, state: State) -> Activity:
    """The Current Activity.

    :raises SequencingError: NB.2.1-2
    """
    if state.current is None:
        raise SequencingError("NB.2.1-2")
    return tree[state.current]


def suspended_activity(tree: ActivityTree, state: State) -> Activity:
    """The Suspended Activity.

    :raises SequencingError: NB.2.1-3
    """
    if state.suspended_activity is None:
        raise SequencingError("NB.2.1-3")
    return tree[state.suspended_activity]


def terminate_descendent_attempts(tree: ActivityTree, state: State, key: str) -> State:
    """Terminate Descendent Attempts Process (UP.3): the clusters that are left on the way from the
    Current Activity to ``key`` end, bottom up."""
    if state.current is None:
        return state
    common = tree.common(state.current, key)
    for activity in tree.path(state.current, common.id):
        if activity.id not in (state.current, common.id):
            state = end_attempt(tree, state, activity.id)
    return state


def end_attempt(tree: ActivityTree, state: State, key: str) -> State:
    """End Attempt Process (UP.4): content that said nothing is judged, a cluster is suspended when
    a child is, the activity is no longer active, and its ancestors are rolled up."""
    activity, before = tree[key], state
    if activity.deliverable:
        if key == state.current:
            before = state = judge_unsaid(tree, state, activity)
        state = state.with_tracking({key: replace(state[key], active=False)})
    else:
        suspended = any(state[child].suspended for child in available_children(state, activity))
        tracking = replace(state[key], active=False, suspended=suspended)
        state = state.with_tracking({key: tracking})
        if not suspended:
            state = draw_again(state, activity)
    return rollup_overall(tree, state, key, before)


def judge_unsaid(tree: ActivityTree, state: State, activity: Activity) -> State:
    """Step 1 of UP.4: what content left unsaid counts as completed and satisfied, unless the
    manifest leaves it to the content, or a measure decides, or it said that it does not know.

    SCORM 1.2 knows only this: what is no SCO is completed once it was launched and left.
    """
    tracking = state[activity.id]
    if not activity.tracked or tracking.suspended:
        return state
    delivery, known = activity.sequencing.delivery, effective(state, activity)
    is_2004 = tree.edition.is_2004
    values = {}
    if (
        known.completion is None
        and "completion" not in tracking.said
        and (is_2004 or not activity.sco)
        and not delivery.completion_set_by_content
        and not activity.threshold.completed_by_measure
    ):
        values["completion"] = True
    if (
        known.satisfied is None
        and "satisfied" not in tracking.said
        and is_2004
        and not delivery.objective_set_by_content
        and not activity.primary.satisfied_by_measure
    ):
        values["satisfied"] = True
    return with_progress(state, activity, values)
