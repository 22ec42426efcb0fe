"""What an activity reported, and what that makes of its ancestors (SN 4.5, 4.6)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree


@dataclass(frozen=True)
class ActivityReport:
    """What content said of its activity; ``None`` where it said nothing."""

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress_measure: float | None = None
    suspended: bool = False


def record(
    tree: ActivityTree, state: State, key: str, report: ActivityReport, *, terminated: bool = True
) -> State:
    """Take over a report and roll it up to the root (SN UP.4, RB.1.5).

    :param terminated: the content ended its session; only then are the defaults of content that
        says nothing applied (UP.4 step 1)
    """
    activity, known = tree[key], state[key]
    if not activity.sequencing.delivery.tracked:
        return state
    completion, satisfied = report.completion, report.satisfied
    if terminated and not report.suspended:
        completion, satisfied = _end_attempt_defaults(tree, activity, completion, satisfied)
    tracking = replace(
        known,
        completion=completion,
        satisfied=_by_measure(activity, report.measure, satisfied),
        measure=report.measure,
        progress=report.progress_measure,
        suspended=report.suspended if terminated else known.suspended,
    )
    return rollup_overall(tree, state.with_tracking({key: tracking}), key)


def _end_attempt_defaults(
    tree: ActivityTree, activity: Activity, completion: bool | None, satisfied: bool | None
) -> tuple[bool | None, bool | None]:
    """UP.4 1.1.1.2 and 1.1.1.3: what nobody said of a leaf counts as done and satisfied, unless
    the manifest leaves it to the content. SCORM 1.2 has no such default for success."""
    delivery = activity.sequencing.delivery
    if completion is None and not delivery.completion_set_by_content:
        completion = True
    if tree.edition.is_2004 and satisfied is None and not delivery.objective_set_by_content:
        satisfied = True
    return completion, satisfied


def _by_measure(activity: Activity, measure: float | None, satisfied: bool | None) -> bool | None:
    """An objective satisfied by measure has no other status (SN 3.10.1)."""
    primary = activity.sequencing.primary_objective
    if primary is None or not primary.satisfied_by_measure:
        return satisfied
    return None if measure is None else measure >= primary.min_normalized_measure


def rollup_overall(tree: ActivityTree, state: State, key: str) -> State:
    """Overall Rollup Process (RB.1.5): from the activity's parent up to the root."""
    changes: dict[str, Tracking] = {}
    for ancestor in list(tree.path(key))[1:]:
        children = [
            (tree[child], changes.get(child, state[child])) for child in ancestor.children
        ]
        tracked = [pair for pair in children if pair[0].sequencing.delivery.tracked]
        if tree.edition.is_2004:
            measure = measure_rollup(tracked)
            satisfied = _by_measure(ancestor, measure, objective_rollup(tracked))
        else:
            satisfied, measure = _of_12(tracked)
        if not ancestor.deliverable:
            known = state[ancestor.id]
            changes[ancestor.id] = replace(
                known,
                completion=progress_rollup(tracked),
                satisfied=satisfied,
                measure=measure,
                progress=completion_measure_rollup(tracked),
            )
    return state.with_tracking(changes)


Children = list[tuple[Activity, Tracking]]


def measure_rollup(children: Children) -> float | None:
    """Measure Rollup Process (RB.1.1): the weighted mean; a weight counts even when the measure
    is not known."""
    weights = sum(child.sequencing.rollup.measure_weight for child, _ in children)
    known = [
        (tracking.measure, child.sequencing.rollup.measure_weight)
        for child, tracking in children
        if tracking.measure is not None and child.sequencing.rollup.measure_weight > 0
    ]
    if not known or weights <= 0:
        return None
    return sum(measure * weight for measure, weight in known) / weights


def completion_measure_rollup(children: Children) -> float | None:
    """Completion Measure Rollup Process (RB.1.1 b, 4th Ed.)."""
    weights = sum(child.progress_weight for child, _ in children)
    known = [
        (tracking.progress, child.progress_weight)
        for child, tracking in children
        if tracking.progress is not None
    ]
    if not known or weights <= 0:
        return None
    return sum(progress * weight for progress, weight in known) / weights


def objective_rollup(children: Children) -> bool | None:
    """Objective Rollup Using Rules, with the default rules (RB.1.2 b)."""
    return _default_rules(
        tracking.satisfied
        for child, tracking in children
        if child.sequencing.rollup.objective_satisfied
    )


def progress_rollup(children: Children) -> bool | None:
    """Activity Progress Rollup Using Rules, with the default rules (RB.1.3 b)."""
    return _default_rules(
        tracking.completion
        for child, tracking in children
        if child.sequencing.rollup.progress_completion
    )


def _default_rules(statuses: Iterable[bool | None]) -> bool | None:
    """True when every contributing child is, false when every one is known and one is not."""
    bag = list(statuses)
    if not bag or None in bag:
        return None
    return all(bag)


def _of_12(children: Children) -> tuple[bool | None, float | None]:
    """SCORM 1.2 has no rollup: a course of lessons and a test is judged by those that say."""
    judged = [tracking.satisfied for _, tracking in children if tracking.satisfied is not None]
    scored = [tracking.measure for _, tracking in children if tracking.measure is not None]
    return (
        all(judged) if judged else None,
        sum(scored) / len(scored) if scored else None,
    )
