"""Processes that the others share (SN book: UP)."""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.tracking import State, Tracking
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


def limit_conditions(state: State, activity: Activity) -> bool:
    """Limit Conditions Check Process (UP.1): whether a *new* attempt would exceed the limit."""
    limit, tracking = activity.sequencing.attempt_limit, state[activity.id]
    if limit is None or not activity.tracked or tracking.active or tracking.suspended:
        return False
    return tracking.attempt_count >= limit


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
    activity, tracking = tree[key], state[key]
    if not activity.deliverable:
        tracking = replace(
            tracking, suspended=any(state[child].suspended for child in activity.available)
        )
    elif key == state.current:
        tracking = assumed(tree, activity, tracking)
    state = state.with_tracking({key: replace(tracking, active=False)})
    return rollup_overall(tree, state, key)


def assumed(tree: ActivityTree, activity: Activity, tracking: Tracking) -> Tracking:
    """Step 1 of UP.4: what content left unsaid counts as completed and satisfied, unless the
    manifest leaves it to the content, or a measure decides.

    SCORM 1.2 knows only this: what is no SCO is completed once it was launched and left.
    """
    if not activity.tracked or tracking.suspended:
        return tracking
    delivery, primary = activity.sequencing.delivery, activity.sequencing.primary_objective
    is_2004 = tree.edition.is_2004
    if (
        tracking.completion is None
        and (is_2004 or not activity.sco)
        and not delivery.completion_set_by_content
        and not activity.threshold.completed_by_measure
    ):
        tracking = replace(tracking, completion=True)
    if (
        tracking.satisfied is None
        and is_2004
        and not delivery.objective_set_by_content
        and not (primary and primary.satisfied_by_measure)
    ):
        tracking = replace(tracking, satisfied=True)
    return tracking


def check_activity(state: State, activity: Activity) -> bool:
    """Check Activity Process (UP.5): whether the activity is *not* to be used."""
    return limit_conditions(state, activity)
