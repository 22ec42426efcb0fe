"""Ending attempts before something else is sequenced (SN book: TB)."""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import ActivityTree
from scorm.sequencing.utility import current_activity, end_attempt, terminate_descendent_attempts


def termination_request(tree: ActivityTree, state: State, request: str) -> State:
    """Termination Request Process (TB.2.3); there must be a Current Activity.

    :param request: ``exit``, ``exitAll``, ``suspendAll``, ``abandon`` or ``abandonAll``; the last
        two keep what was recorded, but judge nothing
    :raises SequencingError: TB.2.3-3
    """
    return _PROCESSES[request](tree, state, current_activity(tree, state).id)


def _exit(tree: ActivityTree, state: State, current: str) -> State:
    """TB.2.3 step 3."""
    return end_attempt(tree, state, current)


def _exit_all(tree: ActivityTree, state: State, current: str) -> State:
    """TB.2.3 step 4."""
    if state[current].active:
        state = end_attempt(tree, state, current)
    state = terminate_descendent_attempts(tree, state, tree.root)
    return replace(end_attempt(tree, state, tree.root), current=tree.root)


def _suspend_all(tree: ActivityTree, state: State, _current: str) -> State:
    """TB.2.3 step 5: the way from the root to the Suspended Activity is suspended. A deliverable
    cluster on that way keeps the flag, which tells of its own content."""
    suspended = activity_to_suspend(tree, state)
    state = rollup_overall(tree, state, suspended)
    changes = {
        x.id: replace(
            state[x.id],
            active=False,
            suspended=x.id == suspended or not x.deliverable or state[x.id].suspended,
        )
        for x in tree.path(suspended)
    }
    return replace(state.with_tracking(changes), current=tree.root, suspended_activity=suspended)


def activity_to_suspend(tree: ActivityTree, state: State) -> str:
    """Steps 5.1 and 5.2 of TB.2.3: the Current Activity, or its parent when it has ended.

    :raises SequencingError: TB.2.3-3
    """
    current = current_activity(tree, state)
    tracking = state[current.id]
    if tracking.active or tracking.suspended:
        return current.id
    if current.parent is None:
        raise SequencingError("TB.2.3-3")
    return current.parent


def _abandon(_tree: ActivityTree, state: State, current: str) -> State:
    """TB.2.3 step 6."""
    return state.with_tracking({current: replace(state[current], active=False)})


def _abandon_all(tree: ActivityTree, state: State, current: str) -> State:
    """TB.2.3 step 7."""
    changes = {x.id: replace(state[x.id], active=False) for x in tree.path(current)}
    return replace(state.with_tracking(changes), current=tree.root)


_PROCESSES = {
    "exit": _exit,
    "exitAll": _exit_all,
    "suspendAll": _suspend_all,
    "abandon": _abandon,
    "abandonAll": _abandon_all,
}
