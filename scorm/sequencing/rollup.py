"""What activities' statuses make of their ancestors: Rollup Behavior (SN 4.6), default rules.

Functions take an activity and its tracking, and return its new tracking. A status that no rule
decides keeps its value.
"""

from collections.abc import Iterator

from scorm.sequencing.tracking import State, Tracking, changed
from scorm.sequencing.tree import Activity, ActivityTree

MEASURE_DIGITS = 9
"""More than the seven that content reports; beyond lies the error of binary numbers, by which a
mean of 0.8 would miss a threshold of 0.8."""
Children = list[tuple[Activity, Tracking]]


def rollup_overall(tree: ActivityTree, state: State, key: str) -> State:
    """Overall Rollup Process (RB.1.5): from the activity up to the root.

    A tracked leaf only has its statuses by measure brought in line; an untracked activity never
    changes; a deliverable cluster keeps what its own content said.
    """
    for activity in tree.path(key):
        if not activity.tracked:
            continue
        tracking = state[activity.id]
        if not activity.deliverable:
            children = list(contributing(tree, state, activity))
            tracking = rollup_completion_measure(children, rollup_measure(children, tracking))
            tracking = rollup_objective_by_rules(children, tracking)
            tracking = rollup_progress_by_rules(children, tracking)
            if not tree.edition.is_2004:
                tracking = _of_lessons(children, tracking)
        tracking = rollup_objective_by_measure(activity, tracking)
        tracking = rollup_progress_by_measure(activity, tracking)
        state = state.with_tracking({activity.id: tracking})
    return state


def contributing(
    tree: ActivityTree, state: State, cluster: Activity
) -> Iterator[tuple[Activity, Tracking]]:
    """The tracked available children; those of a deliverable cluster stand beside it."""
    for key in cluster.available:
        child = tree[key]
        if child.tracked:
            yield child, state[key]
        if child.deliverable and child.available:
            yield from contributing(tree, state, child)


def rollup_measure(children: Children, tracking: Tracking) -> Tracking:
    """Measure Rollup Process (RB.1.1a): the mean by ``objectiveMeasureWeight``. The weight of a
    child whose measure is not known counts all the same."""
    found = _weighted(
        [(tracked.measure, child.sequencing.rollup.measure_weight) for child, tracked in children]
    )
    return changed(tracking, measure=found)


def rollup_completion_measure(children: Children, tracking: Tracking) -> Tracking:
    """Completion Measure Rollup Process (RB.1.1b, 4th Ed.): the mean by ``progressWeight``."""
    found = _weighted(
        [(tracked.progress_measure, child.threshold.progress_weight) for child, tracked in children]
    )
    return changed(tracking, progress_measure=found)


def _weighted(measures: list[tuple[float | None, float]]) -> float | None:
    known = [measure * weight for measure, weight in measures if measure is not None]
    weights = sum(weight for _, weight in measures)
    return round(sum(known) / weights, MEASURE_DIGITS) if known and weights > 0 else None


def rollup_objective_by_measure(activity: Activity, tracking: Tracking) -> Tracking:
    """Objective Rollup Process Using Measure (RB.1.2a): a primary objective that is satisfied by
    measure has no other status."""
    primary = activity.sequencing.primary_objective
    if primary is None or not primary.satisfied_by_measure:
        return tracking
    return changed(tracking, satisfied=_reached(tracking.measure, primary.min_normalized_measure))


def rollup_progress_by_measure(activity: Activity, tracking: Tracking) -> Tracking:
    """Activity Progress Rollup Process Using Measure (RB.1.3a, 4th Ed.): so is the completion of
    an activity that is completed by measure."""
    threshold = activity.threshold
    if not threshold.completed_by_measure:
        return tracking
    return changed(
        tracking, completion=_reached(tracking.progress_measure, threshold.min_progress_measure)
    )


def _reached(measure: float | None, least: float) -> bool | None:
    return None if measure is None else measure >= least


def rollup_objective_by_rules(children: Children, tracking: Tracking) -> Tracking:
    """Objective Rollup Process Using Rules (RB.1.2b), with its default pair of rules."""
    statuses = [tracked.satisfied for child, tracked in children if for_objective(child)]
    return changed(tracking, satisfied=_default_pair(statuses, tracking.satisfied))


def rollup_progress_by_rules(children: Children, tracking: Tracking) -> Tracking:
    """Activity Progress Rollup Process Using Rules (RB.1.3b), with its default pair of rules."""
    statuses = [tracked.completion for child, tracked in children if for_progress(child)]
    return changed(tracking, completion=_default_pair(statuses, tracking.completion))


def for_objective(child: Activity) -> bool:
    """Check Child For Rollup (RB.1.4.2) for satisfied and not satisfied."""
    return child.sequencing.rollup.objective_satisfied


def for_progress(child: Activity) -> bool:
    """Check Child For Rollup (RB.1.4.2) for completed and incomplete."""
    return child.sequencing.rollup.progress_completion


def _default_pair(statuses: list[bool | None], before: bool | None) -> bool | None:
    """Rollup Rule Check (RB.1.4) of ``all known → not so`` and, stronger, ``all so → so``.

    With no child that contributes ``all`` is true, and the second rule fires.
    """
    return before if None in statuses else all(statuses)


def _of_lessons(children: Children, tracking: Tracking) -> Tracking:
    """SCORM 1.2 has no rollup, and many lessons have neither score nor verdict: the course's are
    those of the lessons that give one. One failed lesson fails it at once; it is passed when a
    lesson was passed and all are completed."""
    verdicts = {tracked.satisfied for _, tracked in children}
    scores = [tracked.measure for _, tracked in children if tracked.measure is not None]
    passed = True if True in verdicts and tracking.completion else None
    return changed(
        tracking,
        satisfied=False if False in verdicts else passed,
        measure=sum(scores) / len(scores) if scores else None,
    )
