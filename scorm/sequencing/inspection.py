"""Everything that the sequencer knows at one moment, for an author to look at.

Plain values in the words of the book; a page puts them into sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from scorm.packages.manifest import ControlMode, Edition, Objective, RollupRule, SequencingRule
from scorm.sequencing.navigation import Request
from scorm.sequencing.objectives import effective, local_progress
from scorm.sequencing.overall import Outcome, step
from scorm.sequencing.rollup import contributing, rollup_rule_check
from scorm.sequencing.rules import limit_conditions, rule_holds
from scorm.sequencing.selection import available_children, place
from scorm.sequencing.tracking import Progress, State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.validity import Foreseen, Foresight

BY_EXIT = ("continue", "previous", "exit")
WHOLE = ("exitAll", "suspendAll", "abandon", "abandonAll")


@dataclass(frozen=True)
class RuleSeen:
    """A rule of an activity, and whether it fires now; None when that is unknown.

    :param kind: ``precondition``, ``exit``, ``postcondition`` or ``rollup``
    """

    kind: str
    rule: SequencingRule | RollupRule
    fires: bool | None


@dataclass(frozen=True)
class ObjectiveSeen:
    """An objective of an activity.

    :param known: what rules see
    :param local: what is its own
    """

    definition: Objective
    primary: bool
    known: Progress
    local: Progress


@dataclass(frozen=True)
class ActivitySeen:
    """An activity with all that is known of it.

    :param controls: what its sequencing definition has other than by default, by the book's names
    :param full: whether a new attempt would exceed its limit
    :param available: whether it is one of its parent's Available Children
    :param order: its own Available Children, where they are selected or reordered
    :param chosen: what choosing it would lead to; ``jumped`` likewise, None before the 4th Edition
    """

    activity: Activity
    tracking: Tracking
    current: bool
    suspended_activity: bool
    available: bool
    full: bool
    controls: tuple[str, ...]
    order: tuple[str, ...] | None
    objectives: tuple[ObjectiveSeen, ...]
    rules: tuple[RuleSeen, ...]
    chosen: Foreseen
    jumped: Foreseen | None


@dataclass(frozen=True)
class Inspection:
    """The tree at one moment.

    :param requests: what each request without a target would lead to
    """

    activities: tuple[ActivitySeen, ...]
    requests: dict[str, Foreseen]
    objectives: dict[str, Progress]


def inspect(tree: ActivityTree, state: State) -> Inspection:
    """Look at a state. Nothing changes, whatever is tried."""
    foresight = Foresight(tree, state)
    requests = {name: foresight.of(Request(name)) for name in BY_EXIT}
    requests |= {name: _whole(step(tree, state, name)) for name in WHOLE}
    return Inspection(
        tuple(_seen(tree, state, foresight, tree[key]) for key in tree.order),
        requests,
        {target: state.objectives.get(target, Progress()) for target in sorted(tree.targets)},
    )


def _whole(outcome: Outcome) -> Foreseen:
    ends = outcome.session in ("ended", "suspended")
    return Foreseen(outcome.delivery, ends, outcome.exception)


def _seen(
    tree: ActivityTree, state: State, foresight: Foresight, activity: Activity
) -> ActivitySeen:
    parent = tree.parent(activity)
    jumped = None
    if tree.edition is Edition.FOURTH:
        jumped = foresight.of(Request("jump", activity.id))
    return ActivitySeen(
        activity=activity,
        tracking=state[activity.id],
        current=state.current == activity.id,
        suspended_activity=state.suspended_activity == activity.id,
        available=parent is None or place(state, parent, activity.id) is not None,
        full=limit_conditions(state, activity),
        controls=tuple(_controls(activity)),
        order=available_children(state, activity) if activity.varies else None,
        objectives=tuple(
            ObjectiveSeen(
                objective,
                objective is activity.primary,
                effective(state, activity, objective.identifier),
                local_progress(state[activity.id], activity, objective),
            )
            for objective in activity.all_objectives
        ),
        rules=tuple(_rules(tree, state, activity)),
        chosen=foresight.of(Request("choice", activity.id)),
        jumped=jumped,
    )


def _rules(tree: ActivityTree, state: State, activity: Activity) -> Iterator[RuleSeen]:
    sequencing = activity.sequencing
    for kind, rules in (
        ("precondition", sequencing.precondition_rules),
        ("exit", sequencing.exit_rules),
        ("postcondition", sequencing.postcondition_rules),
    ):
        for rule in rules:
            yield RuleSeen(kind, rule, rule_holds(state, activity, rule))
    if sequencing.rollup_rules:
        children = list(contributing(tree, state, activity))
        for each in sequencing.rollup_rules:
            fires = rollup_rule_check(state, activity, (each,), each.action, children)
            yield RuleSeen("rollup", each, fires)


def _controls(activity: Activity) -> Iterator[str]:
    default = ControlMode()
    for item in fields(ControlMode):
        if not activity.children and item.name != "choice_exit":
            continue  # the others are about children
        value = getattr(activity.control, item.name)
        if value != getattr(default, item.name):
            yield f"{CONTROLS[item.name]}={str(value).lower()}"
    delivery = activity.sequencing.delivery
    if not delivery.tracked:
        yield "tracked=false"
    if delivery.completion_set_by_content:
        yield "completionSetByContent=true"
    if delivery.objective_set_by_content:
        yield "objectiveSetByContent=true"


CONTROLS = {
    "choice": "choice",
    "choice_exit": "choiceExit",
    "flow": "flow",
    "forward_only": "forwardOnly",
    "use_current_attempt_objective_info": "useCurrentAttemptObjectiveInfo",
    "use_current_attempt_progress_info": "useCurrentAttemptProgressInfo",
    "constrain_choice": "constrainChoice",
    "prevent_activation": "preventActivation",
}
"""By field of the control mode: the manifest's attribute."""
