"""Delivering an activity (SN book: DB)."""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.rules import check_activity
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.utility import terminate_descendent_attempts


def delivery_request(tree: ActivityTree, state: State, key: str) -> None:
    """Delivery Request Process (DB.1.1).

    :raises SequencingError: DB.1.1-1, DB.1.1-3
    """
    if not tree[key].deliverable:
        raise SequencingError("DB.1.1-1")
    if _unusable(tree, state, tree[key]):
        raise SequencingError("DB.1.1-3")


def _unusable(tree: ActivityTree, state: State, activity: Activity) -> bool:
    """Whether the activity, or one on the way to it, fails UP.5."""
    key = ("unusable", activity.id)
    if key not in state.memo:
        parent = tree.parent(activity)
        above = parent is not None and _unusable(tree, state, parent)
        state.memo[key] = above or check_activity(state, activity)
    return state.memo[key]


def content_delivery_environment(tree: ActivityTree, state: State, key: str) -> State:
    """Content Delivery Environment Process (DB.2): the way from the root to the activity becomes
    active; on it, suspended attempts are resumed and new ones begin.

    A deliverable cluster that is only on the way begins no attempt: its own content is not shown.
    """
    if key != state.suspended_activity:
        state = clear_suspended_activity(tree, state, key)
    state = terminate_descendent_attempts(tree, state, key)
    changes: dict[str, Tracking] = {}
    for activity in reversed(list(tree.path(key))):
        tracking = changes.get(activity.id, state[activity.id])
        if activity.id == key or not tracking.active:
            _activate(tree, state, activity, activity.id == key, changes)
    return replace(state.with_tracking(changes), current=key, suspended_activity=None)


def _activate(
    tree: ActivityTree,
    state: State,
    activity: Activity,
    delivered: bool,
    changes: dict[str, Tracking],
) -> None:
    """Step 5 of DB.2 for one activity.

    A new attempt begins with nothing known, and what is known of its children is old from then on;
    a 1.2 lesson keeps its status for ever.
    """
    tracking = changes.get(activity.id, state[activity.id])
    if activity.deliverable and not delivered:
        changes[activity.id] = replace(tracking, active=True)
    elif tracking.suspended or not activity.tracked:
        changes[activity.id] = replace(tracking, active=True, suspended=False)
    elif not tree.edition.is_2004:
        count = tracking.attempt_count + 1
        changes[activity.id] = replace(tracking, attempt_count=count, active=True)
    else:
        changes[activity.id] = Tracking(
            attempt_count=tracking.attempt_count + 1, active=True, available=tracking.available
        )
        for child in activity.children:
            known = state[child]
            if known.attempted or known.knows_anything or known.objectives:
                changes[child] = replace(known, stale=True)


def clear_suspended_activity(tree: ActivityTree, state: State, key: str) -> State:
    """Clear Suspended Activity Subprocess (DB.2.1): something else than the Suspended Activity is
    delivered, so what it was suspended with ends, below the common ancestor: that goes on with the
    attempt that it was suspended in."""
    if state.suspended_activity is None:
        return state
    common = tree.common(key, state.suspended_activity)
    *below, _common = tree.path(state.suspended_activity, common.id)
    for x in below:
        own = x.deliverable and x.id != state.suspended_activity
        if not own and not any(state[child].suspended for child in x.available):
            state = state.with_tracking({x.id: replace(state[x.id], suspended=False)})
    return state
