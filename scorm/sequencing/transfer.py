"""What content reported is taken over into tracking (RTE 4.2; SN 4.2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorm.sequencing.objectives import with_progress
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.tracking import NOTHING, State
from scorm.sequencing.tree import ActivityTree
from scorm.sequencing.utility import judge_unsaid


@dataclass(frozen=True)
class ObjectiveReport:
    """What content has said of an objective in this attempt.

    :param values: by their names in :class:`~scorm.sequencing.tracking.Progress`
    :param told: which of them are to be written to global objectives, whether they are new or not
    """

    values: Mapping[str, Any]
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ActivityReport:
    """All that content has said of its activity in this attempt; None where it said nothing.

    :param measure: scaled score, −1 to 1
    :param progress_measure: 0 to 1
    :param suspended: content means to go on later (``cmi.exit`` is ``suspend``)
    :param said: of ``completion`` and ``satisfied``: those that content has set, be it to unknown
    :param told: the values that are to be written to global objectives, whether they are new or not
    :param objectives: what it said of other objectives than the primary one, by identifier
    """

    completion: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    progress_measure: float | None = None
    raw: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    suspended: bool = False
    said: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    objectives: Mapping[str, ObjectiveReport] = field(default_factory=lambda: NOTHING)


def record(tree: ActivityTree, state: State, key: str, report: ActivityReport) -> State:
    """Take over what content reported by the end of its session; the same state when it says
    nothing new. Global objectives that it writes can be read from then on.

    Nothing is rolled up and the activity stays active: that comes with the request that ends it.
    """
    activity = tree[key]
    if not activity.tracked:
        return state
    for identifier, said in report.objectives.items():
        objective = activity.objectives.get(identifier)
        if objective is not None:
            state = with_progress(state, activity, said.values, objective, told=said.told)
    values = {
        "completion": report.completion,
        "satisfied": report.satisfied,
        "measure": report.measure,
        "progress_measure": report.progress_measure,
        "raw": report.raw,
        "minimum": report.minimum,
        "maximum": report.maximum,
    }
    state = with_progress(state, activity, values, told=report.told)
    tracking = replace(state[key], suspended=report.suspended, said=report.said)
    return state.with_tracking({key: tracking})


def standing(
    tree: ActivityTree, state: State, key: str, report: ActivityReport, *, terminated: bool
) -> State:
    """Where the learner would stand if the course ended here: what content has said until now,
    rolled up. It is for showing, and for the host to count; sequencing goes on from ``state``.

    :param terminated: content has ended its session, so that what it left unsaid is judged too
    """
    if not terminated:
        report = replace(report, suspended=state[key].suspended)
    state = record(tree, state, key, report)
    if terminated:
        state = judge_unsaid(tree, state, tree[key])
    return rollup_overall(tree, state, key)
