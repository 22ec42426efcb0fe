"""What activities' statuses make of their ancestors: Rollup Behavior (SN 4.6; SN book: RB).

A status that no rule decides keeps its value.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scorm.packages.manifest import Condition, RollupRule
from scorm.sequencing.objectives import effective_for_rollup, with_progress
from scorm.sequencing.rules import Fired, combined, condition_holds, rules_check
from scorm.sequencing.selection import available_children
from scorm.sequencing.tracking import Progress, State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree

MEASURE_DIGITS = 9
"""More than the seven that content reports; beyond lies the error of binary numbers, by which a
mean of 0.8 would miss a threshold of 0.8."""

IN_ROLLUP = frozenset(
    {
        *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed"),
        *("activityProgressKnown", "attempted", "attemptLimitExceeded"),
    }
)
"""Conditions that rollup rules may have; any other is false (SN 3.7.3)."""

OBJECTIVE_PAIR = (
    RollupRule("notSatisfied", (Condition("objectiveStatusKnown"),)),
    RollupRule("satisfied", (Condition("satisfied"),)),
)
PROGRESS_PAIR = (
    RollupRule("incomplete", (Condition("activityProgressKnown"),)),
    RollupRule("completed", (Condition("completed"),)),
)
"""The book's own rules, where the manifest has none of the kind (RB.1.2b 1, RB.1.3b 1)."""


ROLLED_UP = {
    "satisfied": ("objective_satisfied", "required_for_satisfied"),
    "notSatisfied": ("objective_satisfied", "required_for_not_satisfied"),
    "completed": ("progress_completion", "required_for_completed"),
    "incomplete": ("progress_completion", "required_for_incomplete"),
}
"""By a rule's action: the rollup flags that say whether a child counts, and when."""

KINDS = 3 * 2 * 3 * 3
"""How many kinds of children rollup conditions can tell apart: by success, whether a measure is
known, completion, and whether a child was attempted, or that as often as it may be."""


@dataclass(frozen=True)
class Child:
    """A child as its cluster's rollup sees it; ``progress`` is of its primary objective."""

    activity: Activity
    tracking: Tracking
    progress: Progress

    @cached_property
    def kind(self) -> tuple:
        """All that rollup conditions ask about. Of many children that are alike only one is asked:
        a cluster may have hundreds of rules, and thousands of children."""
        limit, attempts = self.activity.sequencing.attempt_limit, self.tracking.attempt_count
        return (
            self.progress.satisfied,
            self.progress.measure is None,
            self.progress.completion,
            attempts > 0,
            limit is not None and attempts >= max(1, limit),
        )


def rollup_overall(
    tree: ActivityTree, state: State, key: str, before: State | None = None
) -> State:
    """Overall Rollup Process (RB.1.5): from the activity up to the root.

    Where an activity on that way writes global objectives, the clusters above those that read
    them are rolled up too (SN 4.6.1): each cluster once, the deepest first.

    A tracked leaf only has its statuses by measure brought in line; an untracked activity never
    changes; a deliverable cluster keeps what its own content said.

    :param before: a state that differs in nothing but the activity's own flags. When it had been
        rolled up, only what those make a difference to has its turn
    """
    activity, objectives = tree[key], state.objectives
    done = None if before is None else before.memo.get("rolled up")
    concerned: set[str | None] | None = None
    if done is not None and activity.number <= tree[done].number <= activity.last:
        concerned = {key, activity.parent}
    for turn in _rollup_set(tree, key):
        if not turn.tracked or (concerned is not None and turn.id not in concerned):
            continue
        after = _rolled_up(tree, state, turn)
        if concerned is not None and after is not state:
            concerned = {*concerned, turn.parent} if after.objectives is objectives else None
        state = after
    if state.objectives is objectives:
        state.memo["rolled up"] = key
    return state


def _rollup_set(tree: ActivityTree, key: str) -> list[Activity]:
    if not tree.targets:
        return list(tree.path(key))
    if key not in tree.rollup_sets:
        written = {
            link.target
            for activity in tree.path(key)
            for objective in activity.all_objectives
            for link in objective.maps
            if link.writes
        }
        found: dict[str, Activity] = {}
        for bottom in (key, *(x for target in written for x in tree.readers.get(target, ()))):
            for activity in tree.path(bottom):
                if activity.id in found:
                    break
                found[activity.id] = activity
        order = sorted(found.values(), key=lambda activity: (-activity.depth, activity.number))
        tree.rollup_sets[key] = order
    return tree.rollup_sets[key]


def _rolled_up(tree: ActivityTree, state: State, activity: Activity) -> State:
    """One activity's turn in RB.1.5. Its statuses by measure follow from its measures."""
    values: dict[str, Any] = {}
    if not activity.deliverable:
        children = list(contributing(tree, state, activity))
        values["measure"] = rollup_measure(children)
        if tree.edition.is_2004:
            values["progress_measure"] = rollup_completion_measure(children)
        if not activity.primary.satisfied_by_measure:
            values |= rollup_objective_by_rules(state, activity, children)
        if not activity.threshold.completed_by_measure:
            values |= rollup_progress_by_rules(state, activity, children)
        if not tree.edition.is_2004:
            values |= _of_lessons(state, activity, children, values)
    return with_progress(state, activity, values)


def contributing(tree: ActivityTree, state: State, cluster: Activity) -> Iterator[Child]:
    """The tracked available children; those of a deliverable cluster stand beside it."""
    for key in available_children(state, cluster):
        child = tree[key]
        if child.tracked:
            yield Child(child, state[key], effective_for_rollup(state, cluster, child))
        if child.deliverable and child.available:
            yield from contributing(tree, state, child)


def rollup_measure(children: Sequence[Child]) -> float | None:
    """Measure Rollup Process (RB.1.1a): the mean by ``objectiveMeasureWeight``. The weight of a
    child whose measure is not known counts all the same."""
    return _weighted(
        [(x.progress.measure, x.activity.sequencing.rollup.measure_weight) for x in children]
    )


def rollup_completion_measure(children: Sequence[Child]) -> float | None:
    """Completion Measure Rollup Process (RB.1.1b, 4th Ed.): the mean by ``progressWeight``."""
    return _weighted(
        [(x.progress.progress_measure, x.activity.threshold.progress_weight) for x in children]
    )


def _weighted(measures: list[tuple[float | None, float]]) -> float | None:
    known = [measure * weight for measure, weight in measures if measure is not None]
    weights = sum(weight for _, weight in measures)
    return round(sum(known) / weights, MEASURE_DIGITS) if known and weights > 0 else None


def rollup_objective_by_rules(
    state: State, cluster: Activity, children: Sequence[Child]
) -> dict[str, bool]:
    """Objective Rollup Process Using Rules (RB.1.2b): what is decided, if anything is."""
    rules = cluster.objective_rules or OBJECTIVE_PAIR
    found: dict[str, bool] = {}
    for action, value in (("notSatisfied", False), ("satisfied", True)):  # the second overrides
        if rollup_rule_check(state, cluster, rules, action, children):
            found["satisfied"] = value
    return found


def rollup_progress_by_rules(
    state: State, cluster: Activity, children: Sequence[Child]
) -> dict[str, bool]:
    """Activity Progress Rollup Process Using Rules (RB.1.3b): what is decided, if anything is."""
    rules = cluster.progress_rules or PROGRESS_PAIR
    found: dict[str, bool] = {}
    for action, value in (("incomplete", False), ("completed", True)):
        if rollup_rule_check(state, cluster, rules, action, children):
            found["completion"] = value
    return found


def rollup_rule_check(
    state: State,
    cluster: Activity,
    rules: Sequence[RollupRule],
    action: str,
    children: Sequence[Child],
) -> bool:
    """Rollup Rule Check Subprocess (RB.1.4): whether a rule with the action fires.

    Without a child that contributes, ``all`` and ``none`` are true: ADL's tests hold it so.
    """
    wanted = [rule for rule in rules if rule.action == action]
    if not wanted:
        return False
    alike: dict[tuple, list[Child]] = defaultdict(list)
    for child in children:
        if check_child_for_rollup(state, child, action):
            alike[child.kind].append(child)
    for rule in wanted:
        bag = [(evaluate_rollup_conditions(rule, few[0]), len(few)) for few in alike.values()]
        if _fires(rule, bag):
            if state.trace is not None:
                known = rule not in (*OBJECTIVE_PAIR, *PROGRESS_PAIR)
                state.trace.append(Fired("RB.1.4", cluster.id, action, rule if known else None))
            return True
    return False


def _fires(rule: RollupRule, bag: list[tuple[bool | None, int]]) -> bool:
    """:param bag: what the conditions are, and for how many children"""
    match rule.child_set:
        case "all":
            return all(value for value, _ in bag)
        case "any":
            return any(value for value, _ in bag)
        case "none":
            return all(value is False for value, _ in bag)
    met = sum(number for value, number in bag if value)
    if rule.child_set == "atLeastCount":
        return bool(bag) and met >= rule.minimum_count
    return bool(bag) and met / sum(number for _, number in bag) >= rule.minimum_percent


def evaluate_rollup_conditions(rule: RollupRule, child: Child) -> bool | None:
    """Evaluate Rollup Conditions Subprocess (RB.1.4.1), on one child."""
    return combined(
        (
            condition_holds(condition, child.activity, child.tracking, child.progress)
            if condition.name in IN_ROLLUP
            else condition.negated
            for condition in rule.conditions
        ),
        any_=rule.any,
    )


def check_child_for_rollup(state: State, child: Child, action: str) -> bool:
    """Check Child For Rollup Subprocess (RB.1.4.2): whether a child counts for the action."""
    flags = child.activity.sequencing.rollup
    counts, required = ROLLED_UP[action]
    if not getattr(flags, counts):
        return False
    match getattr(flags, required):
        case "ifNotSuspended":
            return child.tracking.attempted and not child.tracking.suspended
        case "ifAttempted":
            return child.tracking.attempted
        case "ifNotSkipped":
            return rules_check(state, child.activity, "skip") is None
    return True


def _of_lessons(
    state: State, cluster: Activity, children: Sequence[Child], values: dict[str, Any]
) -> dict[str, Any]:
    """SCORM 1.2 has no rollup, and many lessons have neither score nor verdict: the course's are
    those of the lessons that give one. One failed lesson fails it at once; it is passed when a
    lesson was passed and all are completed."""
    verdicts = {child.progress.satisfied for child in children}
    scores = [x.progress.measure for x in children if x.progress.measure is not None]
    completed = values.get("completion", state[cluster.id].completion)
    passed = True if True in verdicts and completed else None
    return {
        "satisfied": False if False in verdicts else passed,
        "measure": sum(scores) / len(scores) if scores else None,
    }
