"""The two statuses of SCORM 2004, what each may come from, and how that is said in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from scorm.packages.manifest import Objective, ObjectiveMap, RollupRule
from scorm.runtime.launchdata import plain
from scorm.runtime.reasons import Finding
from scorm.sequencing import Activity, ActivityTree, Progress, State
from scorm.sequencing.objectives import effective
from scorm.sequencing.rollup import OBJECTIVE_PAIR, PROGRESS_PAIR
from scorm.sequencing.tracking import UNKNOWN


@dataclass(frozen=True)
class Status:
    """Completion or success.

    :param about: ``completion`` or ``success``
    :param name: its name in tracking; ``amount`` is that of the measure that may decide it
    :param words: those of content by which it says it, and what each counts as
    :param limit: the manifest's, in the data model
    :param measure: what is held against the limit, in the data model
    :param said: how true, false and unknown are said of an activity
    :param actions: of the rollup rules that make it true, and false
    :param defaults: the book's own rollup rules
    """

    about: str
    name: str
    amount: str
    words: dict[str, bool]
    limit: str
    measure: str
    said: dict[bool | None, str]
    actions: tuple[str, str]
    defaults: tuple[RollupRule, RollupRule]

    @property
    def own(self) -> str:
        return f"{self.about}_status"

    def of(self, progress: Progress) -> bool | None:
        value: bool | None = getattr(progress, self.name)
        return value

    def amount_of(self, progress: Progress) -> float | None:
        value: float | None = getattr(progress, self.amount)
        return value

    def rules(self, cluster: Activity) -> tuple[RollupRule, ...]:
        """The manifest's own rollup rules about it."""
        return cluster.progress_rules if self is COMPLETION else cluster.objective_rules

    def least(self, activity: Activity) -> float | None:
        """The threshold or passing score by which alone an activity is judged, if it has one."""
        if self is COMPLETION:
            threshold = activity.threshold
            return threshold.min_progress_measure if threshold.completed_by_measure else None
        primary = activity.primary
        return primary.min_normalized_measure if primary.satisfied_by_measure else None


COMPLETION = Status(
    about="completion",
    name="completion",
    amount="progress_measure",
    words={"completed": True, "incomplete": False, "not attempted": False},
    limit="cmi.completion_threshold",
    measure="progress_measure",
    said={True: "completed", False: "incomplete", None: "not known to be completed"},
    actions=("completed", "incomplete"),
    defaults=PROGRESS_PAIR,
)
SUCCESS = Status(
    about="success",
    name="satisfied",
    amount="measure",
    words={"passed": True, "failed": False},
    limit="cmi.scaled_passing_score",
    measure="score.scaled",
    said={True: "passed", False: "failed", None: "neither passed nor failed"},
    actions=("satisfied", "notSatisfied"),
    defaults=OBJECTIVE_PAIR,
)


def measured(scope: str, measure: float | None, limit: float, reached: bool | None) -> Finding:
    """What a threshold or passing score makes of a measure.

    :param scope: the beginning of the finding's code
    """
    values = {"limit": plain(limit)}
    if measure is None:
        return Finding(f"{scope}.no-measure", values)
    values["measure"] = plain(measure)
    if reached is None:
        return Finding(f"{scope}.active", values)
    return Finding(f"{scope}.{'reached' if reached else 'short'}", values)


def read_map(state: State, objective: Objective, name: str) -> ObjectiveMap | None:
    """The map through which an objective's value is a global objective's and not its own, if one
    is. Completion and progress are its own until the global one is known (SN 3.10.2)."""
    for link in objective.maps:
        if name in link.reads:
            found = state.objectives.get(link.target, UNKNOWN)
            if name not in ("completion", "progress_measure") or getattr(found, name) is not None:
                return link
    return None


def read_elsewhere(
    tree: ActivityTree, state: State, activity: Activity, status: Status
) -> dict[str, str] | None:
    """Where an activity's status is that of a global objective: values for the words that say so;
    None where it is its own, or where a measure decides."""
    if status.least(activity) is not None:
        return None
    link = read_map(state, activity.primary, status.name)
    if link is None:
        return None
    value = status.said[status.of(effective(state, activity))]
    return _named(tree, activity, link.target, status.name) | {"value": value}


def measure_read_elsewhere(
    tree: ActivityTree, state: State, activity: Activity, status: Status
) -> dict[str, str] | None:
    """The same of the measure that is held against its threshold or passing score."""
    if status.least(activity) is None:
        return None
    link = read_map(state, activity.primary, status.amount)
    return None if link is None else _named(tree, activity, link.target, status.amount)


def _named(tree: ActivityTree, activity: Activity, target: str, name: str) -> dict[str, str]:
    return {"title": activity.title, "target": target, "writers": writers(tree, target, name)}


def writers(tree: ActivityTree, target: str, name: str) -> str:
    """Who writes a value of a global objective, in words."""
    found = [
        activity.title
        for activity in tree.activities.values()
        if activity.tracked
        and any(
            link.target == target and name in link.writes
            for objective in activity.all_objectives
            for link in objective.maps
        )
    ]
    if tree.shares_objectives:
        return f"{titles(found)} or another course" if found else "another course, if at all"
    return titles(found) if found else "nothing in this course"


def titles(found: Iterable[str], most: int = 10) -> str:
    """Titles in quotation marks, not too many of them."""
    quoted = [f"“{title}”" for title in found]
    shown = ", ".join(quoted[:most])
    return shown if len(quoted) <= most else f"{shown} and {len(quoted) - most} more"
