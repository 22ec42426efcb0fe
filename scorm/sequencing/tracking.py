"""What is known of each activity (SN 4.2). ``None`` stands for a value whose flag is false."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class Tracking:
    """One activity's tracking information in its present attempt.

    :param completion: Attempt Completion Status
    :param satisfied: Objective Satisfied Status of the primary objective
    :param measure: Objective Normalized Measure of the primary objective, −1 to 1
    :param progress_measure: Attempt Completion Amount, 0 to 1
    :param attempt_count: Activity Attempt Count
    :param active: Activity is Active
    :param suspended: Activity is Suspended
    """

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress_measure: float | None = None
    attempt_count: int = 0
    active: bool = False
    suspended: bool = False

    @property
    def attempted(self) -> bool:
        return self.attempt_count > 0


def changed(tracking: Tracking, **values: Any) -> Tracking:
    """The tracking with other values; itself when they are the same."""
    if all(getattr(tracking, name) == value for name, value in values.items()):
        return tracking
    return replace(tracking, **values)


UNTOUCHED = Tracking()
_DEFAULTS = {item.name: item.default for item in fields(Tracking)}


@dataclass(frozen=True)
class State:
    """The tree's state; changed by making a new one.

    ``current`` (Current Activity) is None when no session runs. One that is not active means that
    nothing is delivered now; when the learner is to choose where to begin, it is the root.

    :param tracking: by activity id; what has only defaults is left out
    :param suspended_activity: Suspended Activity: what Resume All delivers
    """

    tracking: Mapping[str, Tracking] = field(default_factory=dict)
    current: str | None = None
    suspended_activity: str | None = None

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

    def to_plain(self) -> dict:
        """Primitives for the database or JSON: ``{"current": id or None, "suspended": id or None,
        "tracking": {id: {name: value, …}}}``; values that have their default are left out."""
        return {
            "current": self.current,
            "suspended": self.suspended_activity,
            "tracking": {
                key: {
                    name: value
                    for name, default in _DEFAULTS.items()
                    if (value := getattr(tracking, name)) != default
                }
                for key, tracking in self.tracking.items()
            },
        }

    @classmethod
    def from_plain(cls, plain: Mapping) -> "State":
        """The inverse of :meth:`to_plain`."""
        return cls(
            tracking={key: Tracking(**values) for key, values in plain["tracking"].items()},
            current=plain["current"],
            suspended_activity=plain["suspended"],
        )
