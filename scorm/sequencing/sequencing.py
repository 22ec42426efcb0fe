"""Which activity a sequencing request leads to (SN book: SB). Nothing here changes the state."""

from dataclasses import dataclass, replace
from enum import Enum

from scorm.sequencing.exceptions import SequencingError, UnfulfilledChoiceError
from scorm.sequencing.rules import check_activity, rules_check, waits
from scorm.sequencing.selection import available_children, draw_all, place
from scorm.sequencing.tracking import NOTHING, State
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.utility import current_activity, suspended_activity


class Direction(Enum):
    FORWARD = "forward"
    BACKWARD = "backward"


FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


@dataclass(frozen=True)
class Sequenced:
    """What a sequencing request leads to: an activity to deliver, the end of the session, or
    neither."""

    delivery: str | None = None
    end_session: bool = False


@dataclass(frozen=True)
class Traversed:
    """The next activity in some direction, which entering a forward-only cluster turns around.

    :param turned: it was entered from behind, and is walked forward (``prevDirection``)
    :param children_done: the way came back from the activity's children
    """

    activity: Activity
    direction: Direction
    turned: bool = False
    children_done: bool = False


def before_sequencing(tree: ActivityTree, state: State, request: str) -> State:
    """Where a new attempt on the root begins, global objectives that last for one attempt are
    unknown again (``objectivesGlobalToSystem``), and every cluster has its children drawn."""
    if state.current is None:
        begins = not state[tree.root].suspended
    else:
        begins = request == "retry" and state.current == tree.root
    key = ("begins", begins)
    if key not in state.memo:
        begun = draw_all(tree, state) if state.current is None else state
        if begins and not tree.shares_objectives and state.objectives:
            begun = replace(begun, objectives=NOTHING)
        state.memo[key] = begun
    return state.memo[key]


def sequencing_request(
    tree: ActivityTree, state: State, request: str, target: str | None
) -> Sequenced:
    """Sequencing Request Process (SB.2.12).

    :param request: ``start``, ``resumeAll``, ``continue``, ``previous``, ``choice``, ``jump``,
        ``retry`` or ``exit``, found valid by NB.2.1 or asked for by a rule
    :param target: of ``choice`` and ``jump``
    :raises SequencingError: with the code of the process that cannot go on
    """
    if target is not None:
        return (choice if request == "choice" else jump)(tree, state, target)
    return _PROCESSES[request](tree, state)


def start(tree: ActivityTree, state: State) -> Sequenced:
    """Start Sequencing Request Process (SB.2.5)."""
    return flow(tree, state, tree[tree.root], FORWARD, consider_children=True)


def resume_all(tree: ActivityTree, state: State) -> Sequenced:
    """Resume All Sequencing Request Process (SB.2.6).

    The Suspended Activity is a cluster when its child had ended before (TB.2.3 5.2). A cluster
    cannot be delivered, so the way flows into it.
    """
    suspended = suspended_activity(tree, state)
    if suspended.deliverable:
        return Sequenced(suspended.id)
    return flow(tree, state, suspended, FORWARD, consider_children=True)


def continue_(tree: ActivityTree, state: State) -> Sequenced:
    """Continue Sequencing Request Process (SB.2.7).

    After a deliverable cluster come its children.

    :raises SequencingError: SB.2.7-2
    """
    current = current_activity(tree, state)
    parent = tree.parent(current)
    if parent is not None and not parent.control.flow:
        raise SequencingError("SB.2.7-2")
    return flow(tree, state, current, FORWARD, consider_children=current.deliverable)


def previous(tree: ActivityTree, state: State) -> Sequenced:
    """Previous Sequencing Request Process (SB.2.8).

    :raises SequencingError: SB.2.8-2
    """
    current = current_activity(tree, state)
    parent = tree.parent(current)
    if parent is not None and not parent.control.flow:
        raise SequencingError("SB.2.8-2")
    return flow(tree, state, current, BACKWARD, consider_children=False)


def retry(tree: ActivityTree, state: State) -> Sequenced:
    """Retry Sequencing Request Process (SB.2.10).

    :raises SequencingError: SB.2.10-2, SB.2.10-3
    """
    current = current_activity(tree, state)
    tracking = state[current.id]
    if tracking.active or tracking.suspended:
        raise SequencingError("SB.2.10-2")
    if current.deliverable:
        return Sequenced(current.id)
    try:
        found = flow(tree, state, current, FORWARD, consider_children=True)
    except SequencingError:
        found = Sequenced(end_session=True)
    if found.delivery is None:
        raise SequencingError("SB.2.10-3")
    return found


def exit_(tree: ActivityTree, state: State) -> Sequenced:
    """Exit Sequencing Request Process (SB.2.11): at the root it ends the session."""
    return Sequenced(end_session=state.current == tree.root)


def jump(_tree: ActivityTree, _state: State, target: str) -> Sequenced:
    """Jump Sequencing Request Process (SB.2.13, 4th Ed.)."""
    return Sequenced(target)


_PROCESSES = {
    "start": start,
    "resumeAll": resume_all,
    "continue": continue_,
    "previous": previous,
    "retry": retry,
    "exit": exit_,
}


def choice(tree: ActivityTree, state: State, key: str) -> Sequenced:
    """Choice Sequencing Request Process (SB.2.9); choosing a cluster flows into it.

    :raises UnfulfilledChoiceError: SB.2.9-9
    :raises SequencingError: SB.2.9-2, -3, -5 to -8, SB.2.4-1, -2
    """
    target = tree[key]
    if code := _unreachable(tree, state, target):
        raise SequencingError(code)
    current = tree[state.current or tree.root]
    common = tree.common(current.id, key)
    if current is target:
        pass  # Case 1
    elif current.parent == target.parent:
        _check_siblings(tree, state, current, target)
    elif current is common:
        _check_way_down(tree, state, common, target)
    else:
        _check_way_up(tree, state, current, target, common)
    if target.deliverable:
        return Sequenced(key)
    try:
        found = flow(tree, state, target, FORWARD, consider_children=True)
    except SequencingError:
        found = Sequenced(end_session=True)
    if found.delivery is None:
        raise UnfulfilledChoiceError(key, common.id)
    return found


def _unreachable(tree: ActivityTree, state: State, activity: Activity) -> str | None:
    """Steps 2 and 3 of SB.2.9: why the activity is not available, or hidden, on the way down.
    Step 4, whether it may be chosen at all, is that of NB.2.1 (7.1.1)."""
    key = ("unreachable", activity.id)
    if key not in state.memo:
        parent = tree.parent(activity)
        code = None if parent is None else _unreachable(tree, state, parent)
        if code is None and parent and place(state, parent, activity.id) is None:
            code = "SB.2.9-2"
        if code is None and rules_check(state, activity, "hiddenFromChoice"):
            code = "SB.2.9-3"
        state.memo[key] = code
    return state.memo[key]


def _check_siblings(tree: ActivityTree, state: State, current: Activity, target: Activity) -> None:
    """Case 2 of SB.2.9: every sibling from the current one on lets the choice pass."""
    parent = tree[current.parent or tree.root]
    siblings = available_children(state, parent)
    begin, end = place(state, parent, current.id), place(state, parent, target.id)
    if begin is None or end is None:
        raise SequencingError("SB.2.9-5")
    if end < begin:
        choice_activity_traversal(tree, state, current, BACKWARD)
        return
    key = ("stop", current.id)
    if key not in state.memo:
        stops = (
            n
            for n in range(begin, len(siblings))
            if rules_check(state, tree[siblings[n]], "stopForwardTraversal")
        )
        state.memo[key] = next(stops, len(siblings))
    if state.memo[key] < end:
        raise SequencingError("SB.2.4-1")


def _check_way_down(tree: ActivityTree, state: State, common: Activity, target: Activity) -> None:
    """Case 3 of SB.2.9, and the way down of Case 5 (11.8): from the common ancestor to the
    target's parent nothing stops the choice, nor must be activated by something else first."""
    for x in list(tree.path(target.id, common.id))[:0:-1]:
        choice_activity_traversal(tree, state, x, FORWARD)
        if x is not common:
            _check_activation(state, x)


def _check_activation(state: State, cluster: Activity) -> None:
    """Whether a choice may activate the cluster (``preventActivation``).

    :raises SequencingError: SB.2.9-6
    """
    if cluster.control.prevent_activation and cluster.available and not state[cluster.id].active:
        raise SequencingError("SB.2.9-6")


def _check_way_up(
    tree: ActivityTree, state: State, current: Activity, target: Activity, common: Activity
) -> None:
    """Cases 4 and 5 of SB.2.9: out of the clusters that the current activity is in, to one of
    them or into another branch.

    :raises SequencingError: SB.2.9-6, -7, -8, SB.2.4-1
    """
    constraint = None
    for x in list(tree.path(current.id, common.id))[:-1]:
        if not x.control.choice_exit:
            raise SequencingError("SB.2.9-7")
        if constraint is None and x.control.constrain_choice and x.available:
            constraint = x
    if target is common:
        return
    forward = comes_after(tree, state, target, current)
    if constraint is not None:
        reached = choice_flow(tree, state, constraint, FORWARD if forward else BACKWARD)
        if not reached.number <= target.number <= reached.last:
            raise SequencingError("SB.2.9-8")
    if forward:
        _check_way_down(tree, state, common, target)
        return
    for x in tree.path(target.id, common.id):
        if x is not common:
            _check_activation(state, x)


def comes_after(tree: ActivityTree, state: State, activity: Activity, other: Activity) -> bool:
    """Whether the activity comes after the other one in the order of available children."""
    common = tree.common(other.id, activity.id)
    if common.varies and common is not activity and common is not other:
        ways = (list(tree.path(x.id, common.id))[-2] for x in (activity, other))
        first, second = (place(state, common, branch.id) for branch in ways)
        return (-1 if first is None else first) > (-1 if second is None else second)
    return activity.number > other.number


def choice_flow(
    tree: ActivityTree, state: State, cluster: Activity, direction: Direction
) -> Activity:
    """Choice Flow Subprocess (SB.2.9.1): where flow would lead from a cluster that constrains
    choice; the cluster itself when it leads nowhere."""
    return choice_flow_tree_traversal(tree, state, cluster, direction) or cluster


def choice_flow_tree_traversal(
    tree: ActivityTree, state: State, activity: Activity, direction: Direction
) -> Activity | None:
    """Choice Flow Tree Traversal Subprocess (SB.2.9.2): the neighbour, on a higher level when
    there is none on this one."""
    while (parent := tree.parent(activity)) is not None:
        siblings = available_children(state, parent)
        at = place(state, parent, activity.id)
        if at is not None:
            at += 1 if direction is FORWARD else -1
            if 0 <= at < len(siblings):
                return tree[siblings[at]]
        activity = parent
    return None


def choice_activity_traversal(
    tree: ActivityTree, state: State, activity: Activity, direction: Direction
) -> None:
    """Choice Activity Traversal Subprocess (SB.2.4): whether a choice may pass the activity.

    :raises SequencingError: SB.2.4-1, SB.2.4-2
    """
    if direction is FORWARD:
        if rules_check(state, activity, "stopForwardTraversal"):
            raise SequencingError("SB.2.4-1")
        return
    parent = tree.parent(activity)
    if parent is not None and parent.control.forward_only:
        raise SequencingError("SB.2.4-2")


def flow(
    tree: ActivityTree,
    state: State,
    activity: Activity,
    direction: Direction,
    *,
    consider_children: bool,
) -> Sequenced:
    """Flow Subprocess (SB.2.3): from an activity to the next one that can be delivered."""
    found = flow_tree_traversal(
        tree, state, activity, direction, consider_children=consider_children
    )
    return (
        Sequenced(end_session=True)
        if found is None
        else flow_activity_traversal(tree, state, found)
    )


def flow_activity_traversal(tree: ActivityTree, state: State, at: Traversed) -> Sequenced:
    """Flow Activity Traversal Subprocess (SB.2.2): past what is skipped and down to something
    deliverable, or off the end of the course.

    :raises SequencingError: SB.2.2-1, SB.2.2-2, and those of SB.2.1
    """
    passed = []
    while True:
        key = (at.activity.id, at.direction, at.turned, at.children_done)
        found = state.memo.get(key)
        if found is not None:
            break
        passed.append(key)
        try:
            onward = _onward(tree, state, at)
        except SequencingError as refused:
            found = refused.code
            break
        if isinstance(onward, Sequenced):
            found = onward
            break
        at = onward
    for key in passed:
        state.memo[key] = found
    if isinstance(found, str):
        raise SequencingError(found)
    return found


def _onward(tree: ActivityTree, state: State, at: Traversed) -> Traversed | Sequenced:
    """One round of SB.2.2: where it ends, or the activity it goes on with."""
    activity = at.activity
    parent = tree.parent(activity)
    if parent is None or not parent.control.flow:
        raise SequencingError("SB.2.2-1")
    if rules_check(state, activity, "skip"):
        found = flow_tree_traversal(
            tree, state, activity, at.direction, consider_children=False, turned=at.turned
        )
        return found or Sequenced(end_session=True)
    if waits(state, activity):
        found = flow_tree_traversal(
            tree, state, activity, at.direction, consider_children=False, turned=at.turned
        )
        if found is None:
            raise SequencingError("prerequisites-1")
        return found
    if check_activity(state, activity):
        raise SequencingError("SB.2.2-2")
    before_children = at.direction is FORWARD or not activity.available
    if activity.deliverable and (before_children or at.children_done):
        return Sequenced(activity.id)
    return _entered(tree, state, activity, at.direction)


def flow_tree_traversal(
    tree: ActivityTree,
    state: State,
    activity: Activity,
    direction: Direction,
    *,
    consider_children: bool,
    turned: bool = False,
) -> Traversed | None:
    """Flow Tree Traversal Subprocess (SB.2.1): the neighbour in preorder; None past the end.

    :param turned: a forward-only cluster was entered from behind, and is walked forward; when
        its last child is passed the way leads back, out of the cluster (step 2)
    :raises SequencingError: SB.2.1-2, SB.2.1-3, SB.2.1-4
    """
    if consider_children and (activity.available or activity.id == tree.root):
        return _entered(tree, state, activity, direction)
    back_again = False
    while (parent := tree.parent(activity)) is not None:
        siblings = available_children(state, parent)
        at = place(state, parent, activity.id)
        if at is None:
            at = -1 if direction is FORWARD else 0
        if turned and at == len(siblings) - 1:
            direction, back_again, at = BACKWARD, True, 0
            activity = tree[siblings[0]]
        if direction is FORWARD:
            if at + 1 < len(siblings):
                return Traversed(tree[siblings[at + 1]], direction, turned)
        else:
            if parent.control.forward_only and not back_again:
                raise SequencingError("SB.2.1-4")
            if at > 0:
                return Traversed(tree[siblings[at - 1]], direction)
            if parent.deliverable:
                return Traversed(parent, direction, children_done=True)
        activity, turned, back_again = parent, False, False
    if direction is BACKWARD:
        raise SequencingError("SB.2.1-3")
    return None


def _entered(
    tree: ActivityTree, state: State, cluster: Activity, direction: Direction
) -> Traversed:
    """Steps 3.3 and 4.3 of SB.2.1: a forward-only cluster is entered at its first child even from
    behind."""
    children = available_children(state, cluster)
    if not children:
        raise SequencingError("SB.2.1-2")
    if direction is FORWARD:
        return Traversed(tree[children[0]], FORWARD)
    if cluster.control.forward_only:
        return Traversed(tree[children[0]], FORWARD, turned=True)
    return Traversed(tree[children[-1]], BACKWARD)
