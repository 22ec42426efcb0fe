"""Ending attempts before something else is sequenced (SN book: TB).

What post condition rules ask for then takes the place of what the learner or content had asked.
"""

from dataclasses import replace

from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.rules import rules_check
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import ActivityTree
from scorm.sequencing.utility import current_activity, end_attempt, terminate_descendent_attempts

Terminated = tuple[State, str | None]
"""The state afterwards, and the sequencing request that a rule or the process itself makes."""


def termination_request(tree: ActivityTree, state: State, request: str) -> Terminated:
    """Termination Request Process (TB.2.3).

    :param request: ``exit``, ``exitAll``, ``suspendAll``, ``abandon`` or ``abandonAll``; the last
        two keep what was recorded, but judge nothing
    :raises SequencingError: NB.2.1-2 without a Current Activity; TB.2.3-3, -4
    """
    return _PROCESSES[request](tree, state, current_activity(tree, state).id)


def _exit(tree: ActivityTree, state: State, current: str) -> Terminated:
    """TB.2.3 step 3."""
    state = end_attempt(tree, state, current)
    state = exit_action_rules(tree, state, current)
    at = state.current or tree.root
    while True:
        termination, sequencing = post_condition_rules(tree, state, at)
        if termination != "exitParent":
            break
        parent = tree[at].parent
        if parent is None:
            raise SequencingError("TB.2.3-4", state.with_current(at))
        state, at = end_attempt(tree, state, parent), parent
    state = state.with_current(at)
    if termination == "exitAll":
        state, _ = _exit_all(tree, state, at)
        return state, sequencing or "exit"
    ends = at == tree.root and sequencing != "retry"
    return state, "exit" if ends else sequencing


def exit_action_rules(tree: ActivityTree, state: State, current: str) -> State:
    """Sequencing Exit Action Rules Subprocess (TB.2.1): the highest ancestor whose exit rule fires
    ends, and becomes the Current Activity."""
    for above in reversed(list(tree.path(current))[1:]):
        if rules_check(state, above, "exit"):
            state = terminate_descendent_attempts(tree, state, above.id)
            state = end_attempt(tree, state, above.id)
            return state.with_current(above.id)
    return state


def post_condition_rules(
    tree: ActivityTree, state: State, current: str
) -> tuple[str | None, str | None]:
    """Sequencing Post Condition Rules Subprocess (TB.2.2): a termination request, a sequencing
    request, or neither; what is suspended has none."""
    if state[current].suspended:
        return None, None
    match rules_check(state, tree[current], "post"):
        case None:
            return None, None
        case "retryAll":
            return "exitAll", "retry"
        case "exitParent" | "exitAll" as termination:
            return termination, None
        case sequencing:
            return None, sequencing


def _exit_all(tree: ActivityTree, state: State, current: str) -> Terminated:
    """TB.2.3 step 4."""
    if state[current].active:
        state = end_attempt(tree, state, current)
    state = terminate_descendent_attempts(tree, state, tree.root)
    return end_attempt(tree, state, tree.root).with_current(tree.root), None


def _suspend_all(tree: ActivityTree, state: State, _current: str) -> Terminated:
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
    state = state.with_tracking(changes)
    return replace(state, current=tree.root, suspended_activity=suspended), None


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


def _abandon(_tree: ActivityTree, state: State, current: str) -> Terminated:
    """TB.2.3 step 6."""
    return state.with_tracking({current: replace(state[current], active=False)}), None


def _abandon_all(tree: ActivityTree, state: State, current: str) -> Terminated:
    """TB.2.3 step 7."""
    changes = {x.id: replace(state[x.id], active=False) for x in tree.path(current)}
    return state.with_tracking(changes).with_current(tree.root), None


_PROCESSES = {
    "exit": _exit,
    "exitAll": _exit_all,
    "suspendAll": _suspend_all,
    "abandon": _abandon,
    "abandonAll": _abandon_all,
}
