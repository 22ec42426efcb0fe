"""The activity tree of an organization (SN 3.1): it never changes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    Edition,
    Item,
    Objective,
    Organization,
    RollupRule,
    Sequencing,
    SequencingRule,
)
from scorm.sequencing.prerequisites import Prerequisites, survey


@dataclass(frozen=True)
class Activity:
    """One item of the organization, or the organization itself as root.

    An item that has both a resource and sub-items, which SCORM 1.2 allows, stays one activity,
    a *deliverable cluster*: flow delivers it before its children, it can be chosen itself, and
    its tracking is that of its own content, never rolled up from below.

    :param children: all children, as the contents show them
    :param available: Available Children: those that are, or hold, something deliverable. A
        heading without content is neither flowed into, nor chosen, nor rolled up
    :param number: place in preorder, the root's is 0
    :param last: place in preorder of the last descendant; ``number`` itself without any
    :param depth: how many ancestors it has
    :param primary: its primary objective, which every activity has
    :param objectives: its other objectives by identifier
    :param rules: by precondition action; ``exit``; ``post``
    :param prerequisites: what must be done before, in SCORM 1.2
    :param declared: the control mode of the manifest; ``control`` is the one that counts
    :param plain: its objectives neither read global ones, nor are they judged by measure
    """

    id: str
    title: str
    parent: str | None
    children: tuple[str, ...]
    available: tuple[str, ...]
    visible: bool
    deliverable: bool
    sco: bool
    sequencing: Sequencing
    threshold: CompletionThreshold
    number: int
    last: int
    depth: int = 0
    primary: Objective = field(default_factory=Objective)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    rules: Mapping[str, tuple[SequencingRule, ...]] = field(default_factory=dict)
    objective_rules: tuple[RollupRule, ...] = ()
    progress_rules: tuple[RollupRule, ...] = ()
    prerequisites: Prerequisites | None = None
    declared: ControlMode = field(default_factory=ControlMode)
    plain: bool = True

    def objective(self, identifier: str | None) -> Objective | None:
        """One of its objectives, the primary one for None; None when it has none of that name."""
        if identifier is None or identifier == self.primary.identifier:
            return self.primary
        return self.objectives.get(identifier)

    @property
    def all_objectives(self) -> tuple[Objective, ...]:
        """The primary one first."""
        return (self.primary, *self.objectives.values())

    @cached_property
    def varies(self) -> bool:
        """Whether its children are selected or reordered."""
        selection = self.sequencing.selection
        selects = selection.selection_timing != "never" and selection.count is not None
        reorders = selection.randomization_timing != "never" and selection.reorder
        return bool(self.available) and (selects or reorders)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The global objectives that its primary objective reads."""
        return frozenset(link.target for link in self.primary.maps if link.reads)

    @cached_property
    def writes(self) -> frozenset[str]:
        """The global objectives that its primary objective writes."""
        return frozenset(link.target for link in self.primary.maps if link.writes)

    @property
    def control(self) -> ControlMode:
        return self.sequencing.control

    @property
    def tracked(self) -> bool:
        return self.sequencing.delivery.tracked

    @property
    def rolled_up(self) -> bool:
        """Whether its statuses come from its children."""
        return bool(self.available) and not self.deliverable

    @property
    def judged_by_measure(self) -> bool:
        return self.primary.satisfied_by_measure or self.threshold.completed_by_measure


@dataclass(frozen=True)
class ActivityTree:
    """Activities by id; ``order`` is preorder, root first.

    ``shares_objectives``: its global objectives live with the learner across courses; otherwise
    they last for one attempt on the root (``objectivesGlobalToSystem``, CAM 5.1).
    """

    activities: dict[str, Activity]
    root: str
    order: tuple[str, ...]
    edition: Edition
    shares_objectives: bool = True

    @classmethod
    def from_organization(cls, organization: Organization, edition: Edition) -> "ActivityTree":
        """The tree of ``organization`` for a package of ``edition``.

        SCORM 1.2 has no control modes: there every cluster allows choice and flow. A 2004 course
        of a single part starts by itself, although by default nothing flows, and offers no
        choice: its clusters without flow get flow instead of choice.
        """
        top = Item(
            organization.identifier,
            organization.title,
            children=organization.items,
            completion_threshold=organization.completion_threshold,
            sequencing=organization.sequencing,
        )
        single = _deliverables(organization.items) == 1
        found: dict[str, Activity] = {}

        def visit(item: Item, parent: Activity | None) -> bool:
            """Add the item and what is below it; whether anything there can be delivered."""
            number = len(found)
            found[item.identifier] = activity = _activity(item, parent, number, edition, single)
            available = tuple(
                [child.identifier for child in item.children if visit(child, activity)]
            )
            found[item.identifier] = replace(activity, available=available, last=len(found) - 1)
            return activity.deliverable or bool(available)

        visit(top, None)
        if not edition.is_2004:
            for key, heeded in survey(organization.items).heeded.items():
                found[key] = replace(found[key], prerequisites=heeded)
        shares = organization.objectives_global_to_system
        return cls(found, organization.identifier, tuple(found), edition, shares)

    def __getitem__(self, key: str) -> Activity:
        return self.activities[key]

    def __contains__(self, key: object) -> bool:
        return key in self.activities

    def parent(self, activity: Activity) -> Activity | None:
        return None if activity.parent is None else self.activities[activity.parent]

    def path(self, key: str, top: str | None = None) -> Iterator[Activity]:
        """The activity and its ancestors, bottom up, to ``top`` or the root, inclusive."""
        at: str | None = key
        while at is not None:
            activity = self.activities[at]
            yield activity
            at = None if at == top else activity.parent

    def common(self, key: str, other: str) -> Activity:
        """The lowest common ancestor; of an activity and its descendant, the activity itself."""
        number = self.activities[other].number
        return next(above for above in self.path(key) if above.number <= number <= above.last)

    def deliverables(self) -> list[Activity]:
        """Everything that can be delivered, in order."""
        return [self.activities[key] for key in self.order if self.activities[key].deliverable]

    def opened(self) -> "ActivityTree":
        """The same parts without rules, limits and objectives: everything may be chosen."""
        return replace(
            self,
            activities={
                key: replace(
                    activity,
                    sequencing=Sequencing(control=ControlMode(flow=True)),
                    threshold=CompletionThreshold(),
                    primary=Objective(),
                    objectives={},
                    rules={},
                    objective_rules=(),
                    progress_rules=(),
                    prerequisites=None,
                    plain=True,
                )
                for key, activity in self.activities.items()
            },
        )

    @cached_property
    def varying(self) -> list[Activity]:
        """The clusters whose children are selected or reordered."""
        return [activity for activity in self.activities.values() if activity.varies]

    @cached_property
    def readers(self) -> Mapping[str, list[str]]:
        """By global objective: the clusters with a child whose primary objective reads it."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.activities.values():
            for target in activity.reads:
                if activity.parent is not None:
                    found[target].append(activity.parent)
        return found

    @cached_property
    def rollup_sets(self) -> dict[str, list[Activity]]:
        """What a rollup from an activity leads to, once that was found out."""
        return {}

    @cached_property
    def reads_measures(self) -> bool:
        """Whether a measure that is not rolled up yet may come to matter to a rule."""
        return any(
            "easure" in condition.name
            for activity in self.activities.values()
            for rule in _all_rules(activity.sequencing)
            for condition in rule.conditions
        ) or any(
            not activity.sequencing.rollup.measure_satisfaction_if_active
            or (activity.rolled_up and activity.judged_by_measure)
            or any(x.maps and x.satisfied_by_measure for x in activity.all_objectives)
            for activity in self.activities.values()
        )

    @cached_property
    def targets(self) -> frozenset[str]:
        """The global objectives that its activities name."""
        return frozenset(
            link.target
            for activity in self.activities.values()
            for objective in activity.all_objectives
            for link in objective.maps
        )

    @cached_property
    def single(self) -> bool:
        """Whether just one activity can be delivered."""
        return len(self.deliverables()) == 1


def _activity(
    item: Item, parent: Activity | None, number: int, edition: Edition, single: bool
) -> Activity:
    sequencing = replace(
        item.sequencing, control=_control(item.sequencing.control, edition, single)
    )
    # Only the 4th Edition judges completion by measure; before it, the threshold is the content's.
    judges = edition is Edition.FOURTH
    threshold = (item.completion_threshold if judges else None) or CompletionThreshold()
    primary = sequencing.primary_objective or Objective()
    others = {
        objective.identifier: objective
        for objective in sequencing.objectives
        if objective.identifier and objective.identifier != primary.identifier
    }
    objectives = (primary, *others.values())
    rules: dict[str, tuple[SequencingRule, ...]] = {}
    for rule in sequencing.precondition_rules:
        rules[rule.action] = (*rules.get(rule.action, ()), rule)
    if sequencing.exit_rules:
        rules["exit"] = sequencing.exit_rules
    if sequencing.postcondition_rules:
        rules["post"] = sequencing.postcondition_rules
    return Activity(
        id=item.identifier,
        title=item.title,
        parent=None if parent is None else parent.id,
        children=tuple(child.identifier for child in item.children),
        available=(),
        visible=item.visible,
        deliverable=item.launch is not None,
        sco=item.sco,
        sequencing=sequencing,
        threshold=threshold,
        number=number,
        last=number,
        depth=0 if parent is None else parent.depth + 1,
        primary=primary,
        objectives=others,
        rules=rules,
        objective_rules=_rules_about(sequencing, "satisfied", "notSatisfied"),
        progress_rules=_rules_about(sequencing, "completed", "incomplete"),
        declared=item.sequencing.control,
        plain=not (
            threshold.completed_by_measure
            or any(objective.satisfied_by_measure or objective.maps for objective in objectives)
        ),
    )


def _all_rules(sequencing: Sequencing) -> Iterator[SequencingRule | RollupRule]:
    yield from sequencing.precondition_rules
    yield from sequencing.exit_rules
    yield from sequencing.postcondition_rules
    yield from sequencing.rollup_rules


def _rules_about(sequencing: Sequencing, *actions: str) -> tuple[RollupRule, ...]:
    return tuple(rule for rule in sequencing.rollup_rules if rule.action in actions)


def _control(control: ControlMode, edition: Edition, single: bool) -> ControlMode:
    if not edition.is_2004:
        return ControlMode(choice=True, flow=True)
    if single and control.choice and not control.flow:
        return replace(control, choice=False, flow=True)
    return control


def _deliverables(items: tuple[Item, ...]) -> int:
    return sum((item.launch is not None) + _deliverables(item.children) for item in items)
