"""Which activity a sequencing request leads to (SN book: SB). Nothing here changes the state."""

from dataclasses import dataclass
from enum import Enum

from scorm.sequencing.exceptions import SequencingError, UnfulfilledChoiceError
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.utility import check_activity, current_activity, suspended_activity


class Direction(Enum):
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True)
class Sequenced:
    """What a sequencing request leads to: an activity to deliver, the end of the session, or
    neither."""

    delivery: str | None = None
    end_session: bool = False


@dataclass(frozen=True)
class Traversed:
    """The next activity in some direction, which entering a forward-only cluster turns around.

    :param children_done: the way came back from the activity's children
    """

    activity: Activity
    direction: Direction
    children_done: bool = False


def sequencing_request(
    tree: ActivityTree, state: State, request: str, target: str | None
) -> Sequenced:
    """Sequencing Request Process (SB.2.12).

    :param request: ``start``, ``resumeAll``, ``continue``, ``previous``, ``choice``, ``jump`` or
        ``exit``, found valid by NB.2.1
    :raises SequencingError: with the code of the process that cannot go on
    """
    if target is not None:
        return (choice if request == "choice" else jump)(tree, state, target)
    return _PROCESSES[request](tree, state)


def start(tree: ActivityTree, state: State) -> Sequenced:
    """Start Sequencing Request Process (SB.2.5)."""
    return flow(tree, state, tree[tree.root], Direction.FORWARD, consider_children=True)


def resume_all(tree: ActivityTree, state: State) -> Sequenced:
    """Resume All Sequencing Request Process (SB.2.6).

    The Suspended Activity is a cluster when its child had ended before (TB.2.3 5.2). A cluster
    cannot be delivered, so the way flows into it.
    """
    suspended = suspended_activity(tree, state)
    if suspended.deliverable:
        return Sequenced(suspended.id)
    return flow(tree, state, suspended, Direction.FORWARD, consider_children=True)


def continue_(tree: ActivityTree, state: State) -> Sequenced:
    """Continue Sequencing Request Process (SB.2.7).

    After a deliverable cluster come its children.
    """
    current = current_activity(tree, state)
    return flow(tree, state, current, Direction.FORWARD, consider_children=current.deliverable)


def previous(tree: ActivityTree, state: State) -> Sequenced:
    """Previous Sequencing Request Process (SB.2.8)."""
    current = current_activity(tree, state)
    return flow(tree, state, current, Direction.BACKWARD, consider_children=False)


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
    "exit": exit_,
}


def choice(tree: ActivityTree, state: State, key: str) -> Sequenced:
    """Choice Sequencing Request Process (SB.2.9); choosing a cluster flows into it.

    :raises UnfulfilledChoiceError: SB.2.9-9
    :raises SequencingError: SB.2.9-2, SB.2.9-7, SB.2.4-2
    """
    target = tree[key]
    for x in tree.path(key):
        if x.parent is not None and x.id not in tree[x.parent].available:
            raise SequencingError("SB.2.9-2")
    current = tree[state.current or tree.root]
    common = tree.common(current.id, key)
    if current is target:
        pass  # Case 1
    elif current.parent == target.parent:  # Case 2
        direction = Direction.FORWARD if target.number > current.number else Direction.BACKWARD
        # Without rules every sibling on the way answers as the first one does.
        choice_activity_traversal(tree, current, direction)
    elif current is not common:  # Cases 4 and 5; nothing hinders Case 3, the way down
        for x in tree.path(current.id, common.id):
            if x is not common and not x.control.choice_exit:
                raise SequencingError("SB.2.9-7")
    if target.deliverable:
        return Sequenced(key)
    try:
        return flow(tree, state, target, Direction.FORWARD, consider_children=True)
    except SequencingError:
        raise UnfulfilledChoiceError(key, common.id)


def choice_activity_traversal(tree: ActivityTree, activity: Activity, direction: Direction) -> None:
    """Choice Activity Traversal Subprocess (SB.2.4): whether a choice may pass the activity.

    :raises SequencingError: SB.2.4-2
    """
    parent = activity.parent
    if direction is Direction.BACKWARD and parent and tree[parent].control.forward_only:
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
    found = flow_tree_traversal(tree, activity, direction, consider_children=consider_children)
    if found is None:
        return Sequenced(end_session=True)
    return Sequenced(flow_activity_traversal(tree, state, found).id)


def flow_activity_traversal(tree: ActivityTree, state: State, at: Traversed) -> Activity:
    """Flow Activity Traversal Subprocess (SB.2.2): down to something deliverable.

    :raises SequencingError: SB.2.2-1, SB.2.2-2
    """
    while True:
        activity = at.activity
        parent = tree.parent(activity)
        if parent is None or not parent.control.flow:
            raise SequencingError("SB.2.2-1")
        if check_activity(state, activity):
            raise SequencingError("SB.2.2-2")
        before_children = at.direction is Direction.FORWARD or not activity.available
        if activity.deliverable and (before_children or at.children_done):
            return activity
        at = _entered(tree, activity, at.direction)


def flow_tree_traversal(
    tree: ActivityTree, activity: Activity, direction: Direction, *, consider_children: bool
) -> Traversed | None:
    """Flow Tree Traversal Subprocess (SB.2.1): the neighbour in preorder; None past the end.

    :raises SequencingError: SB.2.1-2, SB.2.1-3, SB.2.1-4
    """
    if consider_children and (activity.available or activity.id == tree.root):
        return _entered(tree, activity, direction)
    while (parent := tree.parent(activity)) is not None:
        siblings = parent.available
        place = siblings.index(activity.id)
        if direction is Direction.FORWARD:
            if place + 1 < len(siblings):
                return Traversed(tree[siblings[place + 1]], direction)
        else:
            if parent.control.forward_only:
                raise SequencingError("SB.2.1-4")
            if place > 0:
                return Traversed(tree[siblings[place - 1]], direction)
            if parent.deliverable:
                return Traversed(parent, direction, children_done=True)
        activity = parent
    if direction is Direction.BACKWARD:
        raise SequencingError("SB.2.1-3")
    return None


def _entered(tree: ActivityTree, cluster: Activity, direction: Direction) -> Traversed:
    """Steps 3.3 and 4.3 of SB.2.1: a forward-only cluster is entered at its first child even from
    behind."""
    if not cluster.available:
        raise SequencingError("SB.2.1-2")
    if direction is Direction.FORWARD or cluster.control.forward_only:
        return Traversed(tree[cluster.available[0]], Direction.FORWARD)
    return Traversed(tree[cluster.available[-1]], direction)
