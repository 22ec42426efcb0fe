"""The manifest in memory: what SCORM 1.2 and 2004 (2nd–4th Ed.) say of a course (CAM 3).

All values are plain and immutable, and go to JSON and back. Reading XML is ``reading``.
"""

from dataclasses import asdict, dataclass, field, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


class Edition(StrEnum):
    """Which books a package follows."""

    SCORM_12 = "1.2"
    SECOND = "2004 2nd"
    THIRD = "2004 3rd"
    FOURTH = "2004 4th"

    @property
    def is_2004(self) -> bool:
        return self is not Edition.SCORM_12


@dataclass(frozen=True)
class ControlMode:
    """``imsss:controlMode`` (SN 3.2) and ``adlseq:constrainedChoiceConsiderations`` (SN 3.3)."""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    use_current_attempt_objective_info: bool = True
    use_current_attempt_progress_info: bool = True
    constrain_choice: bool = False
    prevent_activation: bool = False


@dataclass(frozen=True)
class Condition:
    """A ``ruleCondition`` or ``rollupCondition`` (SN 3.4.1, 3.7.3).

    :param name: of the vocabulary, as ``satisfied`` or ``objectiveMeasureGreaterThan``
    :param objective: ``referencedObjective``; None for the primary one
    :param threshold: ``measureThreshold``, −1 to 1
    :param negated: ``operator`` is ``not``
    """

    name: str
    objective: str | None = None
    threshold: float = 0.0
    negated: bool = False


@dataclass(frozen=True)
class SequencingRule:
    """A precondition, exit condition or post condition rule (SN 3.4).

    :param action: as ``skip``, ``exit``, ``retryAll``
    :param conditions: none means that it never applies
    :param any: one true condition is enough (``conditionCombination``)
    """

    action: str
    conditions: tuple[Condition, ...] = ()
    any: bool = False


@dataclass(frozen=True)
class RollupRule:
    """``imsss:rollupRule`` (SN 3.7).

    :param action: ``satisfied``, ``notSatisfied``, ``completed`` or ``incomplete``
    :param child_set: ``all``, ``any``, ``none``, ``atLeastCount`` or ``atLeastPercent``
    :param minimum_percent: 0 to 1
    :param any: one true condition is enough for a child (``conditionCombination``)
    """

    action: str
    conditions: tuple[Condition, ...] = ()
    any: bool = True
    child_set: str = "all"
    minimum_count: int = 0
    minimum_percent: float = 0.0


@dataclass(frozen=True)
class ObjectiveMap:
    """A local objective's link to a global one (SN 3.10.2): what it reads and what it writes.

    :param target: ``targetObjectiveID``
    :param reads: of ``satisfied`` and ``measure`` (``imsss:mapInfo``), of ``raw``, ``minimum``,
        ``maximum``, ``completion`` and ``progress_measure`` (``adlseq:mapInfo``, 4th Ed.)
    :param writes: the same
    """

    target: str
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Objective:
    """A primary or further objective (SN 3.10)."""

    identifier: str | None = None
    satisfied_by_measure: bool = False
    min_normalized_measure: float = 1.0
    maps: tuple[ObjectiveMap, ...] = ()


@dataclass(frozen=True)
class RollupFlags:
    """Whether and how much an activity counts for its parent (SN 3.8, 3.9), and when
    (``adlseq:rollupConsiderations``): ``always``, ``ifAttempted``, ``ifNotSkipped`` or
    ``ifNotSuspended``."""

    objective_satisfied: bool = True
    progress_completion: bool = True
    measure_weight: float = 1.0
    required_for_satisfied: str = "always"
    required_for_not_satisfied: str = "always"
    required_for_completed: str = "always"
    required_for_incomplete: str = "always"
    measure_satisfaction_if_active: bool = True


@dataclass(frozen=True)
class ChildSelection:
    """``imsss:randomizationControls`` (SN 3.11, 3.12): which children are available, in which
    order. A timing is ``never``, ``once`` or ``onEachNewAttempt``.

    :param count: how many are selected; None for all
    """

    selection_timing: str = "never"
    count: int | None = None
    randomization_timing: str = "never"
    reorder: bool = False


@dataclass(frozen=True)
class DeliveryControls:
    """``imsss:deliveryControls`` (SN 3.13)."""

    tracked: bool = True
    completion_set_by_content: bool = False
    objective_set_by_content: bool = False


@dataclass(frozen=True)
class Sequencing:
    """The sequencing definition of an item.

    :param precondition_rules: ``skip``, ``disabled``, ``hiddenFromChoice``,
        ``stopForwardTraversal``
    :param exit_rules: ``exit``
    :param postcondition_rules: ``exitParent``, ``exitAll``, ``retry``, ``retryAll``, ``continue``,
        ``previous``
    :param attempt_absolute_duration_limit: an ISO 8601 duration
    """

    control: ControlMode = field(default_factory=ControlMode)
    precondition_rules: tuple[SequencingRule, ...] = ()
    exit_rules: tuple[SequencingRule, ...] = ()
    postcondition_rules: tuple[SequencingRule, ...] = ()
    rollup_rules: tuple[RollupRule, ...] = ()
    primary_objective: Objective | None = None
    objectives: tuple[Objective, ...] = ()
    rollup: RollupFlags = field(default_factory=RollupFlags)
    selection: ChildSelection = field(default_factory=ChildSelection)
    delivery: DeliveryControls = field(default_factory=DeliveryControls)
    attempt_limit: int | None = None
    attempt_absolute_duration_limit: str | None = None


@dataclass(frozen=True)
class CompletionThreshold:
    """``adlcp:completionThreshold`` (CAM 5.1.1.9)."""

    completed_by_measure: bool = False
    min_progress_measure: float = 1.0
    progress_weight: float = 1.0


@dataclass(frozen=True)
class DataMap:
    """``adlcp:map``: a shared data store and what the item may do with it (4th Ed.)."""

    target_id: str
    read: bool = True
    write: bool = True


@dataclass(frozen=True)
class Item:
    """One item; ``launch`` is a path in the package with its parameters, None for a cluster."""

    identifier: str
    title: str
    visible: bool = True
    launch: str | None = None
    sco: bool = False
    children: tuple["Item", ...] = ()
    data_from_lms: str | None = None
    time_limit_action: str | None = None
    max_time_allowed: str | None = None
    mastery_score: str | None = None
    prerequisites: str | None = None
    completion_threshold: CompletionThreshold | None = None
    hide_lms_ui: frozenset[str] = frozenset()
    data_maps: tuple[DataMap, ...] = ()
    sequencing: Sequencing = field(default_factory=Sequencing)


@dataclass(frozen=True)
class Organization:
    """One way through the package."""

    identifier: str
    title: str
    items: tuple[Item, ...] = ()
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True
    completion_threshold: CompletionThreshold | None = None
    sequencing: Sequencing = field(default_factory=Sequencing)


@dataclass(frozen=True)
class Manifest:
    """A package's manifest; ``organization`` is the one that is taken."""

    identifier: str
    edition: Edition
    title: str
    organizations: tuple[Organization, ...]
    default_organization: str

    @property
    def organization(self) -> Organization:
        return next(
            found for found in self.organizations if found.identifier == self.default_organization
        )

    def to_plain(self) -> dict:
        """The manifest as JSON can hold it."""
        return _plain(asdict(self))

    @classmethod
    def from_plain(cls, plain: dict) -> "Manifest":
        """The inverse of :meth:`to_plain`."""
        return _build(cls, plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Edition) else value


_HINTS: dict[type, dict[str, Any]] = {}


def _build(kind: Any, plain: Any) -> Any:
    """A value of type ``kind`` from JSON."""
    if is_dataclass(kind) and isinstance(kind, type):
        if kind not in _HINTS:
            _HINTS[kind] = get_type_hints(kind)
        hints = _HINTS[kind]
        known = {item.name for item in fields(kind)}
        return kind(
            **{name: _build(hints[name], value) for name, value in plain.items() if name in known}
        )
    origin = get_origin(kind)
    if origin is UnionType:
        inner = next(found for found in get_args(kind) if found is not type(None))
        return None if plain is None else _build(inner, plain)
    if origin in (tuple, frozenset):
        return origin(_build(get_args(kind)[0], value) for value in plain)
    if kind is Edition:
        return Edition(plain)
    return plain
