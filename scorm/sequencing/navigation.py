"""One navigation request: what ends, what is delivered, what may be asked next (SN 4.9–4.11, OP.1).

Later processes (rules, limits by time, selection) fit between these without changing the shapes.
"""

import re
from dataclasses import dataclass, replace

from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree

TARGET = re.compile(r"\{target=(?P<target>[^{}]+)\}(?P<request>choice|jump)")

WORDS = {
    "NB.2.1-1": "The session has begun already.",
    "NB.2.1-2": "The session has not begun yet.",
    "NB.2.1-3": "Nothing is suspended.",
    "NB.2.1-4": "From here the course does not go on by itself. Choose a part from the contents.",
    "NB.2.1-5": "From here the course does not go back.",
    "NB.2.1-6": "This is the beginning of the course.",
    "NB.2.1-8": "This part must be finished before another one can be chosen.",
    "NB.2.1-10": "This part cannot be chosen.",
    "NB.2.1-11": "This part is not in the course.",
    "NB.2.1-13": "The course asked for something that SCORM does not know.",
    "SB.2.1-1": "This is the end of the course.",
    "SB.2.1-3": "This is the beginning of the course.",
    "SB.2.2-1": "This part cannot be opened now.",
    "SB.2.4-1": "This part is before the present one, and the course only goes forward.",
    "SB.2.9-7": "There is nothing to open in this part.",
    "UP.1": "This part has been attempted as often as the course allows.",
}


@dataclass(frozen=True)
class Outcome:
    """What a request led to.

    :param delivery: the activity to deliver, or None
    :param session: ``continues``, ``ended`` or ``suspended``
    :param exception: the book's exception code when the request was refused
    :param words: for a person
    """

    state: State
    delivery: str | None = None
    session: str = "continues"
    exception: str | None = None
    words: str = ""


@dataclass(frozen=True)
class Validity:
    """Which requests would be valid now (SCORM RTE 4.2, ``adl.nav.request_valid``)."""

    continue_: bool
    previous: bool
    choice: dict[str, bool]
    suspend: bool
    exit: bool


class _Exception(Exception):  # noqa: N818 (the book's word)
    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def step(tree: ActivityTree, state: State, request: str) -> Outcome:
    """Overall Sequencing Process (OP.1) for one navigation request.

    :param request: ``start``, ``resumeAll``, ``continue``, ``previous``, ``exit``, ``exitAll``,
        ``abandon``, ``abandonAll``, ``suspendAll``, ``{target=ID}choice`` or ``{target=ID}jump``
    """
    try:
        return _step(tree, state, request)
    except _Exception as problem:
        return Outcome(
            state,
            session="continues",
            exception=problem.code,
            words=WORDS.get(problem.code, "This is not possible now."),
        )


def _step(tree: ActivityTree, state: State, request: str) -> Outcome:
    targeted = TARGET.fullmatch(request)
    if targeted:
        return _choose(tree, state, targeted["target"], targeted["request"])
    if request in ("start", "resumeAll"):
        if state.current is not None:
            raise _Exception("NB.2.1-1")
        return _start(tree, state) if request == "start" else _resume(tree, state)
    if request not in _WITHIN:
        raise _Exception("NB.2.1-13")
    if state.current is None:
        raise _Exception("NB.2.1-2")
    return _WITHIN[request](tree, state)


def _start(tree: ActivityTree, state: State) -> Outcome:
    """Start (SB.2.5): flow into the tree from the root, when the root allows flow."""
    root = tree[tree.root]
    if not root.control.flow:
        begun = _begin_root(tree, replace(state, current=tree.root))
        return Outcome(begun, words="Choose a part from the contents.")
    target = flow(tree, state, tree.root, forward=True)
    return deliver(tree, state, target)


def _resume(tree: ActivityTree, state: State) -> Outcome:
    """Resume All (SB.2.6)."""
    if state.suspended_activity is None:
        raise _Exception("NB.2.1-3")
    return deliver(tree, state, state.suspended_activity)


def _continue(tree: ActivityTree, state: State) -> Outcome:
    """Continue (NB.2.1 3, SB.2.7). Past the last activity the session ends (SB.2.1 3.1)."""
    current = tree[state.current]
    if current.parent is None or not tree[current.parent].control.flow:
        raise _Exception("NB.2.1-4")
    ended = terminate(state)
    try:
        target = flow(tree, ended, current.id, forward=True)
    except _Exception as problem:
        if problem.code != "SB.2.1-1":
            return Outcome(ended, exception=problem.code, words=WORDS[problem.code])
        return _exit_all(tree, state)
    return deliver(tree, ended, target)


def _previous(tree: ActivityTree, state: State) -> Outcome:
    """Previous (NB.2.1 4, SB.2.8)."""
    current = tree[state.current]
    if current.parent is None:
        raise _Exception("NB.2.1-6")
    parent = tree[current.parent].control
    if not parent.flow or parent.forward_only:
        raise _Exception("NB.2.1-5")
    return deliver(tree, terminate(state), flow(tree, state, current.id, forward=False))


def _choose(tree: ActivityTree, state: State, key: str, request: str) -> Outcome:
    """Choice (NB.2.1 7, SB.2.9) and Jump (NB.2.1 13, SB.2.13): into a cluster it flows."""
    if key not in tree:
        raise _Exception("NB.2.1-11")
    if request == "choice":
        check_choice(tree, state, key)
    elif state.current is None:
        raise _Exception("NB.2.1-2")
    target = tree[key]
    if not target.deliverable:
        target = tree[_into(tree, state, target, forward=True, code="SB.2.9-7")]
    return deliver(tree, terminate(state), target.id)


def _exit(tree: ActivityTree, state: State) -> Outcome:
    """Exit (NB.2.1 8): the activity ends; at the root that ends the session."""
    if not state[state.current].active:
        raise _Exception("NB.2.1-12")
    if tree[state.current].parent == tree.root and len(tree.deliverables()) == 1:
        return _exit_all(tree, state)
    return Outcome(terminate(state), words="Choose how to go on.")


def _exit_all(_tree: ActivityTree, state: State) -> Outcome:
    """Exit All, Abandon All (TB.2.3 4, 7): every attempt ends."""
    changes = {
        key: replace(tracking, active=False)
        for key, tracking in state.tracking.items()
        if tracking.active
    }
    ended = replace(state.with_tracking(changes), current=None, suspended_activity=None)
    return Outcome(ended, session="ended", words="You have left the course.")


def _suspend_all(tree: ActivityTree, state: State) -> Outcome:
    """Suspend All (TB.2.3 5): the way from the current activity to the root is suspended."""
    if state.current == tree.root:
        return _exit_all(tree, state)
    changes = {
        activity.id: replace(state[activity.id], active=False, suspended=True)
        for activity in tree.path(state.current)
    }
    suspended = replace(
        state.with_tracking(changes), current=None, suspended_activity=state.current
    )
    return Outcome(
        suspended, session="suspended", words="The course is suspended. You can resume it here."
    )


_WITHIN = {
    "continue": _continue,
    "previous": _previous,
    "exit": _exit,
    "abandon": _exit,
    "exitAll": _exit_all,
    "abandonAll": _exit_all,
    "suspendAll": _suspend_all,
}


def terminate(state: State) -> State:
    """The current activity's attempt ends (TB.2.3 3, UP.4); what it reported is recorded apart."""
    if state.current is None or not state[state.current].active:
        return state
    return state.with_tracking({state.current: replace(state[state.current], active=False)})


def flow(tree: ActivityTree, state: State, start: str, *, forward: bool) -> str:
    """Flow Subprocess (SB.2.3): the next deliverable activity, by preorder.

    Leaving a cluster needs its flow control; entering one does too (SB.2.1, SB.2.2).
    """
    at = tree[start]
    if forward and (at.id == tree.root or (at.children and at.deliverable)):
        return _into(tree, state, at, forward=True, code="SB.2.1-2")
    while at.parent is not None:
        parent = tree[at.parent]
        if not parent.control.flow:
            raise _Exception("SB.2.2-1")
        if not forward and parent.control.forward_only:
            raise _Exception("SB.2.4-1")
        place = parent.children.index(at.id)
        siblings = parent.children[place + 1 :] if forward else parent.children[:place][::-1]
        for key in siblings:
            try:
                return _enter(tree, state, tree[key], forward=forward)
            except _Empty:
                continue
        if not forward and parent.deliverable:
            return parent.id
        at = parent
    raise _Exception("SB.2.1-1" if forward else "SB.2.1-3")


class _Empty(Exception):  # noqa: N818 (not an error: a cluster with nothing to deliver)
    pass


def _enter(tree: ActivityTree, state: State, activity: Activity, *, forward: bool) -> str:
    """Flow Activity Traversal (SB.2.2): a leaf is delivered, a cluster entered."""
    if activity.deliverable and (forward or not activity.children):
        _check_activity(state, activity)
        return activity.id
    return _into(tree, state, activity, forward=forward, code=None)


def _into(
    tree: ActivityTree, state: State, cluster: Activity, *, forward: bool, code: str | None
) -> str:
    if cluster.children and not cluster.control.flow:
        raise _Exception("SB.2.2-1")
    # A cluster that only goes forward is entered at its first child even from behind (SB.2.1 4.2).
    forward = forward or cluster.control.forward_only
    for key in cluster.children if forward else cluster.children[::-1]:
        try:
            return _enter(tree, state, tree[key], forward=forward)
        except _Empty:
            continue
    if not forward and cluster.deliverable:
        return cluster.id
    if code is None:
        raise _Empty
    raise _Exception(code)


def _check_activity(state: State, activity: Activity) -> None:
    """Check Activity (UP.5) with Limit Conditions Check (UP.1): the attempt limit."""
    limit, known = activity.sequencing.attempt_limit, state[activity.id]
    if limit is not None and known.attempts >= limit and not known.suspended:
        raise _Exception("UP.1")


def check_choice(tree: ActivityTree, state: State, key: str) -> None:
    """Whether ``key`` may be chosen (NB.2.1 7).

    :raises _Exception: with the book's code
    """
    target = tree[key]
    if target.parent is not None and not tree[target.parent].control.choice:
        raise _Exception("NB.2.1-10")
    if state.current is None or state.current == key:
        return
    above = {activity.id for activity in tree.path(key)}
    for activity in tree.path(state.current):
        if activity.id in above and activity.id != state.current:
            break
        if state[activity.id].active and not activity.control.choice_exit:
            raise _Exception("NB.2.1-8")


def deliver(tree: ActivityTree, state: State, key: str) -> Outcome:
    """Content Delivery Environment (DB.2): the way from the root to the activity becomes active;
    a suspended attempt is resumed, otherwise a new one begins."""
    _check_activity(state, tree[key])
    changes: dict[str, Tracking] = {}
    for activity in tree.path(key):
        known = state[activity.id]
        if known.active:
            continue
        if known.suspended:
            changes[activity.id] = replace(known, active=True, suspended=False)
        elif activity.children and not activity.deliverable:
            changes[activity.id] = replace(known, active=True, attempts=known.attempts + 1)
        else:
            changes[activity.id] = _new_attempt(tree, known)
    delivered = replace(
        state.with_tracking(changes), current=key, suspended_activity=None
    )
    return Outcome(delivered, delivery=key)


def _new_attempt(tree: ActivityTree, known: Tracking) -> Tracking:
    """A new attempt knows nothing yet (DB.2 5.1.2); a 1.2 lesson keeps its status for ever."""
    if not tree.edition.is_2004:
        return replace(known, active=True, attempts=known.attempts + 1)
    return Tracking(active=True, attempts=known.attempts + 1)


def _begin_root(tree: ActivityTree, state: State) -> State:
    root = state[tree.root]
    return state.with_tracking(
        {tree.root: replace(root, active=True, attempts=root.attempts + 1)}
    )


def validity(tree: ActivityTree, state: State) -> Validity:
    """Which requests the controls may offer; nothing is changed."""
    running = state.current is not None
    return Validity(
        continue_=running and _valid(_continue, tree, state),
        previous=running and _valid(_previous, tree, state),
        choice={key: running and _choosable(tree, state, key) for key in tree.order[1:]},
        suspend=running,
        exit=running,
    )


def _valid(process, tree: ActivityTree, state: State) -> bool:
    try:
        return process(tree, state).exception is None
    except _Exception:
        return False


def _choosable(tree: ActivityTree, state: State, key: str) -> bool:
    activity = tree[key]
    try:
        check_choice(tree, state, key)
        if not activity.deliverable:
            _into(tree, state, activity, forward=True, code="SB.2.9-7")
        else:
            _check_activity(state, activity)
    except _Exception:
        return False
    return True
