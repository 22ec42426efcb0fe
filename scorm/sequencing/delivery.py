"""Delivering an activity (SN book: DB)."""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.utility import check_activity, terminate_descendent_attempts


def delivery_request(tree: ActivityTree, state: State, key: str) -> None:
    """Delivery Request Process (DB.1.1).

    :raises SequencingError: DB.1.1-1, DB.1.1-3
    """
    if not tree[key].deliverable:
        raise SequencingError("DB.1.1-1")
    if any(check_activity(state, activity) for activity in tree.path(key)):
        raise SequencingError("DB.1.1-3")


def content_delivery_environment(tree: ActivityTree, state: State, key: str) -> State:
    """Content Delivery Environment Process (DB.2): the way from the root to the activity becomes
    active; on it, suspended attempts are resumed and new ones begin.

    A deliverable cluster that is only on the way begins no attempt: its own content is not shown.
    """
    if key != state.suspended_activity:
        state = clear_suspended_activity(tree, state, key)
    state = terminate_descendent_attempts(tree, state, key)
    changes = {
        activity.id: _activated(tree, activity, state[activity.id], delivered=activity.id == key)
        for activity in tree.path(key)
        if activity.id == key or not state[activity.id].active
    }
    return replace(state.with_tracking(changes), current=key, suspended_activity=None)


def _activated(
    tree: ActivityTree, activity: Activity, tracking: Tracking, *, delivered: bool
) -> Tracking:
    """Step 5 of DB.2 for one activity.

    What content reported is forgotten with a new attempt; a 1.2 lesson keeps its status for ever.
    What a cluster's children make of it stands until they change it.
    """
    if activity.deliverable and not delivered:
        return replace(tracking, active=True)
    if tracking.suspended or not activity.tracked:
        return replace(tracking, active=True, suspended=False)
    count = tracking.attempt_count + 1
    if activity.deliverable and tree.edition.is_2004:
        return Tracking(attempt_count=count, active=True)
    return replace(tracking, attempt_count=count, active=True)


def clear_suspended_activity(tree: ActivityTree, state: State, key: str) -> State:
    """Clear Suspended Activity Subprocess (DB.2.1): something else than the Suspended Activity is
    delivered, so what it was suspended with ends, up to the common ancestor."""
    if state.suspended_activity is None:
        return state
    common = tree.common(key, state.suspended_activity)
    for x in tree.path(state.suspended_activity, common.id):
        own = x.deliverable and x.id != state.suspended_activity
        if not own and not any(state[child].suspended for child in x.available):
            state = state.with_tracking({x.id: replace(state[x.id], suspended=False)})
    return state
