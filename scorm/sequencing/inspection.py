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
from scorm.sequencing.tracking import VALUES, Progress, State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.validity import Foreseen, Foresight

BEGINNING = ("start", "resumeAll")
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
    :param differing: where that is not the activity's own value
    """

    definition: Objective
    primary: bool
    known: Progress
    differing: tuple["Differing", ...]


@dataclass(frozen=True)
class Differing:
    """A value that rules see in place of the activity's own.

    :param name: as :class:`~scorm.sequencing.tracking.Progress` has it
    :param read: whether it is that of a global objective; otherwise a measure decides
    """

    name: str
    own: bool | float | None
    known: bool | float | None
    read: bool


@dataclass(frozen=True)
class ActivitySeen:
    """An activity with all that is known of it.

    :param resumed: whether Resume All opens it
    :param controls: what its sequencing definition has other than by default, by the book's names
    :param opened_alone: whether it flows although its definition says otherwise, since the course
        has a single part
    :param said_unknown: what content has said that nobody knows: ``completion``, ``satisfied``
    :param full: whether a new attempt would exceed its limit
    :param available: whether it is one of its parent's Available Children
    :param order: its own Available Children, where they are selected or reordered
    :param chosen: what choosing it would lead to; ``jumped`` likewise, None before the 4th Edition
    """

    activity: Activity
    tracking: Tracking
    current: bool
    resumed: bool
    available: bool
    full: bool
    controls: tuple[str, ...]
    opened_alone: bool
    said_unknown: tuple[str, ...]
    order: tuple[str, ...] | None
    objectives: tuple[ObjectiveSeen, ...]
    rules: tuple[RuleSeen, ...]
    chosen: Foreseen
    jumped: Foreseen | None


@dataclass(frozen=True)
class Inspection:
    """The tree at one moment.

    :param requests: what each request without a target would lead to: those that begin a session,
        or where one runs the others
    """

    activities: tuple[ActivitySeen, ...]
    requests: dict[str, Foreseen]
    objectives: dict[str, Progress]


def inspect(tree: ActivityTree, state: State) -> Inspection:
    """Look at a state. Nothing changes, whatever is tried."""
    foresight = Foresight(tree, state)
    if state.current is None:
        requests = {name: _foreseen(step(tree, state, name)) for name in BEGINNING}
    else:
        requests = {name: foresight.of(Request(name)) for name in BY_EXIT}
        requests |= {name: _foreseen(step(tree, state, name)) for name in WHOLE}
    return Inspection(
        tuple(_seen(tree, state, foresight, tree[key]) for key in tree.order),
        requests,
        {target: state.objectives.get(target, Progress()) for target in sorted(tree.targets)},
    )


def _foreseen(outcome: Outcome) -> Foreseen:
    return Foreseen(
        outcome.delivery,
        outcome.session in ("ended", "suspended"),
        outcome.exception,
        kept=outcome.session == "suspended",
        chooses=outcome.chooses,
    )


def _seen(
    tree: ActivityTree, state: State, foresight: Foresight, activity: Activity
) -> ActivitySeen:
    parent, tracking = tree.parent(activity), state[activity.id]
    jumped = None
    if tree.edition is Edition.FOURTH:
        jumped = foresight.of(Request("jump", activity.id))
    return ActivitySeen(
        activity=activity,
        tracking=tracking,
        current=state.current == activity.id,
        resumed=state.suspended_activity == activity.id,
        available=parent is None or place(state, parent, activity.id) is not None,
        full=limit_conditions(state, activity),
        controls=tuple(_controls(activity)),
        opened_alone=tree.edition.is_2004
        and bool(activity.children)
        and activity.control != activity.declared,
        said_unknown=tuple(
            name for name in sorted(tracking.said) if getattr(tracking, name) is None
        ),
        order=available_children(state, activity) if activity.varies else None,
        objectives=tuple(
            _objective(state, activity, objective) for objective in activity.all_objectives
        ),
        rules=tuple(_rules(tree, state, activity)),
        chosen=foresight.of(Request("choice", activity.id)),
        jumped=jumped,
    )


def _objective(state: State, activity: Activity, objective: Objective) -> ObjectiveSeen:
    known = effective(state, activity, objective.identifier)
    local = local_progress(state[activity.id], activity, objective)
    read = {name for link in objective.maps for name in link.reads}
    return ObjectiveSeen(
        objective,
        objective is activity.primary,
        known,
        tuple(
            Differing(name, getattr(local, name), getattr(known, name), name in read)
            for name in VALUES
            if getattr(local, name) != getattr(known, name)
        ),
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
        value = getattr(activity.declared, item.name)
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
