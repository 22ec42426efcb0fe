"""What is known of each activity (SN 4.2). ``None`` stands for a value whose flag is false."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Self

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Progress:
    """What is known of an objective in an attempt, or of a global objective (SN 4.2.1.2).

    :param completion: Objective Completion Status; of a primary objective it is also the Attempt
        Completion Status
    :param satisfied: Objective Satisfied Status
    :param measure: Objective Normalized Measure, −1 to 1
    :param progress_measure: Objective (Attempt) Completion Amount, 0 to 1
    :param raw: score as content reported it; ``minimum`` and ``maximum`` are its bounds
    """

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress_measure: float | None = None
    raw: float | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def knows_anything(self) -> bool:
        return any(getattr(self, name) is not None for name in VALUES)

    def to_plain(self) -> dict[str, Any]:
        """The values that are known, by name."""
        return {name: value for name in VALUES if (value := getattr(self, name)) is not None}

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """With other values; itself when they are the same."""
        if all(getattr(self, name) == value for name, value in values.items()):
            return self
        return replace(self, **values)


VALUES = tuple(item.name for item in fields(Progress))
UNKNOWN = Progress()


@dataclass(frozen=True)
class Tracking(Progress):
    """One activity's tracking information in its present attempt. What it inherits is that of the
    primary objective.

    :param attempt_count: Activity Attempt Count
    :param active: Activity is Active
    :param suspended: Activity is Suspended
    :param objectives: the other objectives' by identifier
    :param available: Available Children of a cluster that selects or reorders them
    :param stale: what is known is from before the parent's present attempt
    :param said: of ``completion`` and ``satisfied``: those that content has set, be it to unknown
    """

    attempt_count: int = 0
    active: bool = False
    suspended: bool = False
    objectives: Mapping[str, Progress] = field(default_factory=lambda: NOTHING)
    available: tuple[str, ...] | None = None
    stale: bool = False
    said: frozenset[str] = frozenset()

    @property
    def attempted(self) -> bool:
        return self.attempt_count > 0

    def to_plain(self) -> dict[str, Any]:
        """Primitives; values that have their default are left out."""
        plain = {
            name: value
            for name, default in _DEFAULTS.items()
            if (value := getattr(self, name)) != default
        }
        if self.objectives:
            plain["objectives"] = {key: x.to_plain() for key, x in self.objectives.items()}
        if self.available is not None:
            plain["available"] = list(self.available)
        if self.said:
            plain["said"] = sorted(self.said)
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Tracking":
        """The inverse of :meth:`to_plain`."""
        values = dict(plain)
        if "objectives" in values:
            found = values["objectives"]
            values["objectives"] = {key: Progress(**inner) for key, inner in found.items()}
        if "available" in values:
            values["available"] = tuple(values["available"])
        if "said" in values:
            values["said"] = frozenset(values["said"])
        return cls(**values)


UNTOUCHED = Tracking()
_DEFAULTS = {
    item.name: item.default
    for item in fields(Tracking)
    if item.name not in ("objectives", "available", "said")
}


@dataclass(frozen=True)
class State:
    """The tree's state; changed by making a new one.

    ``current`` (Current Activity) is None when no session runs. One that is not active means that
    nothing is delivered now; when the learner is to choose where to begin, it is the root.

    :param tracking: by activity id; what has only defaults is left out
    :param suspended_activity: Suspended Activity: what Resume All delivers
    :param objectives: global objectives by identifier; what is wholly unknown is left out
    :param seed: from which the children of clusters are selected and reordered
    :param trace: what gets told of every rule that fires, when somebody wants to know
    """

    tracking: Mapping[str, Tracking] = field(default_factory=dict)
    current: str | None = None
    suspended_activity: str | None = None
    objectives: Mapping[str, Progress] = field(default_factory=lambda: NOTHING)
    seed: int = 0
    trace: list | None = field(default=None, compare=False, repr=False)
    memo: dict = field(default_factory=dict, init=False, compare=False, repr=False)
    """What processes have found out about this very state, and would only find out again."""

    def __getitem__(self, key: str) -> Tracking:
        return self.tracking.get(key, UNTOUCHED)

    def with_tracking(self, changes: Mapping[str, Tracking]) -> "State":
        """The state with some activities' tracking replaced; itself when nothing differs."""
        if all(self[key] == tracking for key, tracking in changes.items()):
            return self
        merged = {**self.tracking, **changes}
        for key, tracking in changes.items():
            if tracking == UNTOUCHED:
                del merged[key]
        return replace(self, tracking=merged)

    def with_objectives(self, changes: Mapping[str, Progress]) -> "State":
        """The state with some global objectives replaced; itself when nothing differs."""
        if all(self.objectives.get(key, UNKNOWN) == value for key, value in changes.items()):
            return self
        merged = {**self.objectives, **changes}
        return replace(self, objectives={k: v for k, v in merged.items() if v != UNKNOWN})

    def with_current(self, key: str | None) -> "State":
        """The state with another Current Activity; itself when nothing differs."""
        return self if self.current == key else replace(self, current=key)

    def to_plain(self) -> dict:
        """Primitives for the database or JSON: ``{"current": id or None, "suspended": id or None,
        "tracking": {id: {name: value, …}}}``, and ``objectives`` and ``seed`` when there are any;
        values that have their default are left out."""
        plain: dict[str, Any] = {
            "current": self.current,
            "suspended": self.suspended_activity,
            "tracking": {key: tracking.to_plain() for key, tracking in self.tracking.items()},
        }
        if self.objectives:
            plain["objectives"] = {key: x.to_plain() for key, x in self.objectives.items()}
        if self.seed:
            plain["seed"] = self.seed
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping) -> "State":
        """The inverse of :meth:`to_plain`."""
        return cls(
            tracking={key: Tracking.from_plain(x) for key, x in plain["tracking"].items()},
            current=plain["current"],
            suspended_activity=plain["suspended"],
            objectives={key: Progress(**x) for key, x in plain.get("objectives", {}).items()},
            seed=plain.get("seed", 0),
        )
