"""What is known of each activity (SN 4.2). ``None`` stands for a value whose flag is false."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace


@dataclass(frozen=True)
class Tracking:
    """One activity's tracking information in its present attempt.

    :param completion: Attempt Completion Status
    :param satisfied: Objective Satisfied Status of the primary objective
    :param measure: Objective Normalized Measure, −1 to 1
    :param progress: Attempt Completion Amount, 0 to 1
    :param attempts: Activity Attempt Count
    """

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress: float | None = None
    attempts: int = 0
    active: bool = False
    suspended: bool = False


UNTOUCHED = Tracking()
_DEFAULTS = asdict(UNTOUCHED)


@dataclass(frozen=True)
class State:
    """The tree's state: tracking by activity, Current Activity, Suspended Activity."""

    tracking: Mapping[str, Tracking] = field(default_factory=dict)
    current: str | None = None
    suspended_activity: str | None = None

    def __getitem__(self, key: str) -> Tracking:
        return self.tracking.get(key, UNTOUCHED)

    def with_tracking(self, changes: Mapping[str, Tracking]) -> "State":
        """The same state with some activities' tracking replaced."""
        return replace(self, tracking={**self.tracking, **changes})

    def to_plain(self) -> dict:
        """Primitives for the database; what has its default is left out."""
        return {
            "current": self.current,
            "suspended": self.suspended_activity,
            "tracking": {
                key: {
                    name: value
                    for name, value in asdict(tracking).items()
                    if value != _DEFAULTS[name]
                }
                for key, tracking in self.tracking.items()
                if tracking != UNTOUCHED
            },
        }

    @classmethod
    def from_plain(cls, plain: Mapping) -> "State":
        names = {item.name for item in fields(Tracking)}
        return cls(
            tracking={
                key: Tracking(**{name: values[name] for name in values if name in names})
                for key, values in plain["tracking"].items()
            },
            current=plain["current"],
            suspended_activity=plain["suspended"],
        )
