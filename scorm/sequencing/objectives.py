"""What an activity's objectives are worth once global ones are read, and writing to those
(SN 3.10.2, 4.2.1.3).

Two asymmetries are ADL's own, and its tests hold both: a global objective that is read hides the
local status, measure and scores even while it is unknown; completion and progress fall back to
the local value.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from scorm.packages.manifest import Objective
from scorm.sequencing.tracking import UNKNOWN, Progress, State, Tracking
from scorm.sequencing.tree import Activity

FALLS_BACK = ("completion", "progress_measure")
OF_OBJECTIVE = ("satisfied", "measure")
OF_PROGRESS = ("completion", "progress_measure")


def effective(state: State, activity: Activity, objective: str | None = None) -> Progress:
    """What rules and rollup see of an objective of the activity.

    :param objective: its identifier; None for the primary one. Of one that the activity lacks
        nothing is known
    """
    definition = activity.objective(objective)
    if definition is None:
        return UNKNOWN
    if activity.plain:
        return local_progress(state[activity.id], activity, definition)
    key = ("objective", activity.id, definition.identifier)
    if key not in state.memo:
        local = local_progress(state[activity.id], activity, definition)
        state.memo[key] = _judged(state, activity, definition, _read(state, definition, local))
    return state.memo[key]


def effective_for_rollup(state: State, cluster: Activity, child: Activity) -> Progress:
    """What the cluster sees of a child's primary objective: nothing of its own from before the
    cluster's present attempt, where ``useCurrentAttempt…Info`` says so (SN 3.2.5, 3.2.6)."""
    tracking = state[child.id]
    if not tracking.stale:
        return effective(state, child)
    control = cluster.control
    old: dict[str, None] = {}
    if control.use_current_attempt_objective_info:
        old |= dict.fromkeys(OF_OBJECTIVE)
    if control.use_current_attempt_progress_info:
        old |= dict.fromkeys(OF_PROGRESS)
    read = _read(state, child.primary, tracking.with_values(old))
    return _judged(state, child, child.primary, read)


def shown(state: State, activity: Activity, objective: Objective) -> Progress:
    """What content reads in ``cmi.objectives`` of the objective (RTE 4.2.17): a global completion
    that is read stands there as it is, whatever a measure would make of it."""
    local = local_progress(state[activity.id], activity, objective)
    read = _read(state, objective, local)
    judged = _judged(state, activity, objective, read)
    return judged.with_values({"completion": read.completion})


def local_progress(tracking: Tracking, activity: Activity, objective: Objective) -> Progress:
    """The activity's own values of an objective."""
    if objective is activity.primary:
        return tracking
    return tracking.objectives.get(objective.identifier or "", UNKNOWN)


def _read(state: State, objective: Objective, local: Progress) -> Progress:
    """The local values under those of the global objectives that are read."""
    values: dict[str, Any] = {}
    for link in objective.maps:
        found = state.objectives.get(link.target, UNKNOWN)
        for name in link.reads:
            value = getattr(found, name)
            if name not in values and (value is not None or name not in FALLS_BACK):
                values[name] = value
    return local.with_values(values) if values else local


def _judged(state: State, activity: Activity, objective: Objective, found: Progress) -> Progress:
    """The statuses that measures decide (RB.1.2a, RB.1.3a)."""
    values: dict[str, Any] = {}
    if objective.satisfied_by_measure:
        values["satisfied"] = _reached(found.measure, objective.min_normalized_measure)
    if objective is activity.primary:
        if (
            objective.satisfied_by_measure
            and state[activity.id].active
            and not activity.sequencing.rollup.measure_satisfaction_if_active
        ):
            values["satisfied"] = None
        if activity.threshold.completed_by_measure:
            least = activity.threshold.min_progress_measure
            values["completion"] = _reached(found.progress_measure, least)
    return found.with_values(values) if values else found


def _reached(measure: float | None, least: float) -> bool | None:
    return None if measure is None else measure >= least


def with_progress(
    state: State,
    activity: Activity,
    values: Mapping[str, Any],
    objective: Objective | None = None,
    told: Collection[str] = (),
) -> State:
    """Give an objective of the activity other local values. Each that changes, be it to unknown,
    is written to the global objectives that it is mapped to.

    :param activity: a tracked one
    :param values: by their names in :class:`~scorm.sequencing.tracking.Progress`
    :param objective: the primary one without it
    :param told: values that are written in any case
    """
    objective = objective or activity.primary
    before = local_progress(state[activity.id], activity, objective)
    decided = _by_measure(activity, objective)
    said = before.with_values({k: value for k, value in values.items() if k not in decided})
    # The measures first: those that are written are read back when they decide.
    after, written = said, _written(state, objective, before, said, {*told} - {*decided})
    if decided:
        judged = _judged(written, activity, objective, _read(written, objective, said))
        after = said.with_values({name: getattr(judged, name) for name in decided})
        follow = {name for name in decided if BY_MEASURE[name] in told}
        written = _written(written, objective, said, after, follow)
    return written.with_tracking({activity.id: _with_local(written, activity, objective, after)})


BY_MEASURE = {"satisfied": "measure", "completion": "progress_measure"}
"""What decides a status where nothing else does."""


def _by_measure(activity: Activity, objective: Objective) -> list[str]:
    """The statuses of the objective that nothing but its measures decides."""
    decided = ["satisfied"] if objective.satisfied_by_measure else []
    if objective is activity.primary and activity.threshold.completed_by_measure:
        decided.append("completion")
    return decided


def _with_local(
    state: State, activity: Activity, objective: Objective, local: Progress
) -> Tracking:
    if objective is activity.primary:
        assert isinstance(local, Tracking)
        return local
    tracking = state[activity.id]
    key = objective.identifier or ""
    return replace(tracking, objectives={**tracking.objectives, key: local})


def _written(
    state: State, objective: Objective, before: Progress, after: Progress, told: Collection[str]
) -> State:
    changes: dict[str, Progress] = {}
    for link in objective.maps:
        values = {
            name: getattr(after, name)
            for name in link.writes
            if name in told or getattr(after, name) != getattr(before, name)
        }
        if values:
            found = changes.get(link.target) or state.objectives.get(link.target, UNKNOWN)
            changes[link.target] = found.with_values(values)
    return state.with_objectives(changes)
