"""Sequencing rules and limits, in three-valued logic (SN book: UP.1, UP.2, UP.5; SN 3.4).

``None`` is unknown throughout. A rule fires when its conditions are true, and only then.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scorm.packages.manifest import Condition, SequencingRule
from scorm.sequencing.objectives import effective
from scorm.sequencing.tracking import UNKNOWN, UNTOUCHED, Progress, State, Tracking
from scorm.sequencing.tree import Activity


@dataclass(frozen=True)
class Fired:
    """A rule that applied.

    :param process: the id of the process that asked, as ``UP.2``
    :param activity: whose rule it is
    :param action: what it led to
    :param rule: the rule, or None for a default of the book
    """

    process: str
    activity: str
    action: str
    rule: object = None


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def combined(values: Iterable[bool | None], *, any_: bool) -> bool | None:
    """And, or or; of nothing it is unknown."""
    empty, unknown = True, False
    for value in values:
        if value is any_:  # one true value decides an or, one false value an and
            return value
        empty, unknown = False, unknown or value is None
    return None if empty or unknown else not any_


def condition_holds(
    condition: Condition, activity: Activity, tracking: Tracking, progress: Progress
) -> bool | None:
    """One condition, of a sequencing rule or of a rollup rule.

    :param tracking: of the activity
    :param progress: what is seen of the objective that the condition is about
    """
    limit = activity.sequencing.attempt_limit
    value: bool | None
    match condition.name:
        case "always":
            value = True
        case "satisfied":
            value = progress.satisfied
        case "objectiveStatusKnown":
            value = progress.satisfied is not None
        case "objectiveMeasureKnown":
            value = progress.measure is not None
        case "objectiveMeasureGreaterThan":
            measure = progress.measure
            value = None if measure is None else measure > condition.threshold
        case "objectiveMeasureLessThan":
            measure = progress.measure
            value = None if measure is None else measure < condition.threshold
        case "completed":
            value = progress.completion
        case "activityProgressKnown":
            value = progress.completion is not None
        case "attempted":
            value = tracking.attempted
        case "attemptLimitExceeded":
            value = limit is not None and tracking.attempted and tracking.attempt_count >= limit
        case _:  # of time, which SCORM leaves out (SN 3.5)
            value = None
    return negated(value) if condition.negated else value


def rule_holds(state: State, activity: Activity, rule: SequencingRule) -> bool | None:
    """Sequencing Rule Check Subprocess (UP.2.1). Nothing is known of what is not tracked."""
    tracked = activity.tracked
    tracking = state[activity.id] if tracked else UNTOUCHED
    return combined(
        (
            condition_holds(
                condition,
                activity,
                tracking,
                effective(state, activity, condition.objective) if tracked else UNKNOWN,
            )
            for condition in rule.conditions
        ),
        any_=rule.any,
    )


def rules_check(state: State, activity: Activity, kind: str) -> str | None:
    """Sequencing Rules Check Process (UP.2): the action of the first rule that fires.

    :param kind: one precondition action; ``exit``; or ``post`` for all postcondition rules
    """
    rules = activity.rules.get(kind)
    if rules is None:
        return None
    key = (kind, activity.id)
    if key not in state.memo:
        fired = next((rule for rule in rules if rule_holds(state, activity, rule)), None)
        state.memo[key] = None if fired is None else fired.action
        if fired is not None and state.trace is not None:
            state.trace.append(Fired("UP.2", activity.id, fired.action, fired))
    return state.memo[key]


def limit_conditions(state: State, activity: Activity) -> bool:
    """Limit Conditions Check Process (UP.1): whether a *new* attempt would exceed the limit."""
    limit, tracking = activity.sequencing.attempt_limit, state[activity.id]
    if limit is None or not activity.tracked or tracking.active or tracking.suspended:
        return False
    reached = tracking.attempt_count >= limit
    if reached and state.trace is not None:
        state.trace.append(Fired("UP.1", activity.id, "attemptLimit"))
    return reached


def check_activity(state: State, activity: Activity) -> bool:
    """Check Activity Process (UP.5): whether the activity is *not* to be used."""
    return (
        rules_check(state, activity, "disabled") is not None
        or limit_conditions(state, activity)
        or waits(state, activity)
    )


def waits(state: State, activity: Activity) -> bool:
    """Whether other lessons must be done first (SCORM 1.2 CAM 2.3.2.5, ``prerequisites``)."""
    if activity.prerequisites is None:
        return False
    return not activity.prerequisites.met(lambda key: lesson_status(state[key]))


def lesson_status(tracking: Tracking) -> str:
    """The one word that SCORM 1.2 has for completion and success together."""
    if tracking.completion:
        return {True: "passed", False: "failed", None: "completed"}[tracking.satisfied]
    started = tracking.attempted or tracking.completion is False
    return "incomplete" if started else "not attempted"
