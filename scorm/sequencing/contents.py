"""The table of contents and the course's standing, as plain data for a page."""

from dataclasses import dataclass

from scorm.sequencing.rules import rules_check, waits
from scorm.sequencing.selection import available_children
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.validity import Validity


def contents(
    tree: ActivityTree, state: State, validity: Validity, *, done: State | None = None
) -> list[dict]:
    """What the learner sees of the tree; a course of a single part has no contents.

    :param done: what the statuses are read from, when not from ``state``: a review begins with
        nothing done, and shows what the learner has done all the same

    Each entry: ``id``, ``title``, ``visible`` (always True), ``status``, ``current``, ``enabled``
    (it can be chosen), ``children``; and ``needs`` where it waits for others (SCORM 1.2): a
    sentence that says for which. The visible children of an invisible item take its place
    (CAM 3.4.1.10); while an invisible one is before the learner, the visible item that holds it is
    the current one. What is hidden from choice, or was not selected, is left out with all below it,
    unless it is before the learner.
    """
    if len(tree.deliverables()) <= 1:
        return []
    done = state if done is None else done
    current = None if state.current is None else shown_as(tree, state.current)
    return _entries(tree, state, current, validity, done, tree[tree.root])


def shown_as(tree: ActivityTree, key: str) -> str:
    """As what the learner sees the activity: as itself, or as the visible item that holds it; as
    the root when none does."""
    return next((above.id for above in tree.path(key) if above.visible), tree.root)


def _entries(
    tree: ActivityTree,
    state: State,
    current: str | None,
    validity: Validity,
    done: State,
    above: Activity,
) -> list[dict]:
    found: list[dict] = []
    for key in available_children(state, above) if above.varies else above.children:
        activity = tree[key]
        if rules_check(state, activity, "hiddenFromChoice") and not _holds(tree, activity, state):
            continue
        below = _entries(tree, state, current, validity, done, activity)
        if not activity.visible:
            found.extend(below)
            continue
        entry = {
            "id": key,
            "title": activity.title,
            "visible": True,
            "status": status(done[key]),
            "current": current == key,
            "enabled": validity.choice[key],
            "children": below,
        }
        if activity.prerequisites is not None and waits(state, activity):
            entry["needs"] = activity.prerequisites.sentence(lambda key: tree[key].title)
        found.append(entry)
    return found


def _holds(tree: ActivityTree, activity: Activity, state: State) -> bool:
    """Whether the Current Activity is this one, or below it."""
    if state.current is None:
        return False
    return activity.number <= tree[state.current].number <= activity.last


def status(tracking: Tracking) -> str:
    """One word: ``not started``, ``in progress``, ``completed``, ``passed`` or ``failed``.

    A part that has satisfied but says that it is not completed is not ``passed``: it has still
    something for the learner to do. One of which no completion is known, as of a heading that a
    rule calls satisfied by one of its parts, has not.
    """
    if tracking.satisfied is False:
        return "failed"
    if tracking.satisfied and tracking.completion is not False:
        return "passed"
    if tracking.completion:
        return "completed"
    if tracking.attempted or tracking.completion is False:
        return "in progress"
    return "not started"


@dataclass(frozen=True)
class Summary:
    """Where the whole course stands.

    :param completion: ``completed``, ``incomplete``, ``not attempted``, or ``unknown`` when the
        manifest has the course as a whole not tracked
    :param success: ``passed``, ``failed`` or ``unknown``
    :param measure: scaled score, −1 to 1
    :param progress: 0 to 1
    """

    completion: str
    success: str
    measure: float | None
    progress: float | None


def summary(tree: ActivityTree, state: State) -> Summary:
    """The root's rolled-up values in words."""
    root = state[tree.root]
    if not tree[tree.root].tracked:
        completion = "unknown"
    elif root.completion is not None:
        completion = "completed" if root.completion else "incomplete"
    else:
        completion = "incomplete" if root.attempted else "not attempted"
    success = {True: "passed", False: "failed", None: "unknown"}[root.satisfied]
    return Summary(completion, success, root.measure, root.progress_measure)
