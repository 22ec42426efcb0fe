"""What of a part counts for the course, and what does not at the moment, in words."""

from collections.abc import Iterator

from scorm.runtime.reasons import Finding
from scorm.runtime.statuses import COMPLETION, SUCCESS, Status, read_elsewhere
from scorm.sequencing import Activity, ActivityTree, State
from scorm.sequencing.rollup import Child, check_child_for_rollup
from scorm.sequencing.selection import available_children

WHEN = {
    "ifAttempted": "once it has been attempted (ifAttempted)",
    "ifNotSuspended": "once it has been attempted, and while it is not suspended (ifNotSuspended)",
    "ifNotSkipped": "while no rule skips it (ifNotSkipped)",
}
"""When a part counts, by the values of ``adlseq:rollupConsiderations``."""


def counting(tree: ActivityTree, state: State, activity: Activity) -> Iterator[Finding]:
    """What stands between a part and the course, on the way up (SN RB.1.4.2)."""
    if activity.tracked:
        for status in (COMPLETION, SUCCESS):
            read = read_elsewhere(tree, state, activity, status)
            if read is not None:
                yield Finding(f"{status.about}.global", read)
    way = [above for above in tree.path(activity.id) if above.parent is not None]
    untracked = [above for above in way if not above.tracked]
    if untracked:
        if untracked != [activity]:
            yield Finding("not-counted.above", {"above": untracked[-1].title})
        return
    if not all(above.sequencing.rollup.progress_completion for above in way):
        yield Finding("not-counted.completion")
    if not all(above.sequencing.rollup.objective_satisfied for above in way):
        yield Finding("not-counted.success")
    for above in way:
        yield from _for_parent(tree, state, activity, above)


def _for_parent(
    tree: ActivityTree, state: State, part: Activity, activity: Activity
) -> Iterator[Finding]:
    """How the part, or a cluster that it is in, counts for what that is in."""
    parent = tree.parent(activity)
    assert parent is not None
    values = {
        "which": "This part" if activity is part else f"“{activity.title}”",
        "parent": parent.title,
    }
    if activity.id not in available_children(state, parent):
        yield Finding("not-counted.selection", values)
        return
    tracking, control = state[activity.id], parent.control
    lower = {**values, "which": "this part"} if activity is part else values
    for status, current in (
        (COMPLETION, control.use_current_attempt_progress_info),
        (SUCCESS, control.use_current_attempt_objective_info),
    ):
        if tracking.stale and current and status.of(tracking) is not None:
            yield Finding(f"stale.{status.about}", lower)
        yield from _considered(state, activity, status, values)


def _considered(
    state: State, activity: Activity, status: Status, values: dict[str, str]
) -> Iterator[Finding]:
    """Rollup considerations that leave the activity out now (SN 3.7.6)."""
    flags = activity.sequencing.rollup
    counts = flags.progress_completion if status is COMPLETION else flags.objective_satisfied
    required = (
        (flags.required_for_completed, flags.required_for_incomplete)
        if status is COMPLETION
        else (flags.required_for_satisfied, flags.required_for_not_satisfied)
    )
    child = Child(activity, state[activity.id], state[activity.id])
    for action, value, word in zip(status.actions, (True, False), required, strict=True):
        if counts and not check_child_for_rollup(state, child, action):
            told = {"status": status.said[value], "when": WHEN[word]}
            yield Finding("not-counted.now", values | told)
