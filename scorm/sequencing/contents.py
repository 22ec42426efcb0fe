"""The table of contents and the course's standing, as plain data for a page."""

from dataclasses import dataclass

from scorm.sequencing.navigation import Validity
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree


def contents(tree: ActivityTree, state: State, valid: Validity) -> list[dict]:
    """What the learner sees of the tree; a course of a single part has no contents.

    Each entry: ``id``, ``title``, ``visible``, ``status``, ``current``, ``enabled``, ``children``.
    The visible children of an invisible item take its place (CAM 3.4.1.10).
    """
    if len(tree.deliverables()) <= 1:
        return []
    return _entries(tree, state, valid, tree[tree.root])


def _entries(tree: ActivityTree, state: State, valid: Validity, above: Activity) -> list[dict]:
    found: list[dict] = []
    for key in above.children:
        activity = tree[key]
        below = _entries(tree, state, valid, activity)
        if not activity.visible:
            found.extend(below)
            continue
        found.append(
            {
                "id": key,
                "title": activity.title,
                "visible": True,
                "status": status(state[key]),
                "current": state.current == key,
                "enabled": valid.choice[key],
                "children": below,
            }
        )
    return found


def status(tracking: Tracking) -> str:
    """One word: ``not started``, ``in progress``, ``completed``, ``passed`` or ``failed``."""
    if tracking.satisfied is False:
        return "failed"
    if tracking.completion:
        return "passed" if tracking.satisfied else "completed"
    if tracking.attempts or tracking.completion is False:
        return "in progress"
    return "not started"


@dataclass(frozen=True)
class Summary:
    """Where the whole course stands.

    ``completion``: ``completed``, ``incomplete``, ``not attempted`` or ``unknown``; ``success``:
    ``passed``, ``failed`` or ``unknown``; ``measure`` and ``progress``: 0 to 1, or None.
    """

    completion: str
    success: str
    measure: float | None
    progress: float | None


def summary(tree: ActivityTree, state: State) -> Summary:
    """The root's rolled-up values in words."""
    root = state[tree.root]
    if root.completion is not None:
        completion = "completed" if root.completion else "incomplete"
    elif any(state[activity.id].attempts for activity in tree.deliverables()):
        completion = "incomplete"
    else:
        completion = "not attempted"
    success = {True: "passed", False: "failed", None: "unknown"}[root.satisfied]
    return Summary(completion, success, root.measure, root.progress)
