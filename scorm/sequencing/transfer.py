"""What content reported is taken over into tracking (RTE 4.2; SN 4.2.1)."""

from dataclasses import dataclass, replace

from scorm.sequencing.rollup import (
    rollup_objective_by_measure,
    rollup_overall,
    rollup_progress_by_measure,
)
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import ActivityTree
from scorm.sequencing.utility import assumed


@dataclass(frozen=True)
class ActivityReport:
    """All that content has said of its activity in this attempt; None where it said nothing.

    :param measure: scaled score, −1 to 1
    :param progress_measure: 0 to 1
    :param suspended: content means to go on later (``cmi.exit`` is ``suspend``)
    """

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress_measure: float | None = None
    suspended: bool = False


def record(
    tree: ActivityTree,
    state: State,
    activity_id: str,
    report: ActivityReport,
    *,
    terminated: bool = True,
) -> State:
    """Take over a report and roll it up to the root; the same state when it says nothing new.

    Whether the activity is active does not change: it ends with the next navigation request.

    :param terminated: content has ended its session. Only then does ``report.suspended`` count,
        and is judged what content left unsaid (UP.4 step 1)
    """
    activity, before = tree[activity_id], state[activity_id]
    if not activity.tracked:
        return state
    tracking = replace(
        before,
        completion=report.completion,
        satisfied=report.satisfied,
        measure=report.measure,
        progress_measure=report.progress_measure,
        suspended=report.suspended if terminated else before.suspended,
    )
    tracking = rollup_objective_by_measure(activity, tracking)
    tracking = rollup_progress_by_measure(activity, tracking)
    if terminated:
        tracking = assumed(tree, activity, tracking)
    if tracking == before:
        return state
    return rollup_overall(tree, state.with_tracking({activity_id: tracking}), activity_id)
