"""Where a learner stands while content is open (RTE 4.2; SN 4.2.1).

Content's words become part of the tree's state when it says goodbye. What pages show, what may be
asked for and what the host counts would be out of date until then; so it is worked out here, and
not stored.
"""

from dataclasses import dataclass

from scorm import sequencing
from scorm.resources import Registration, Session
from scorm.runtime.attempt import report_of
from scorm.runtime.course import course_of
from scorm.runtime.state import is_normal, state_of
from scorm.sequencing import ActivityReport, ActivityTree, State


@dataclass(frozen=True)
class Standing:
    """Where a learner is while content is open, and what it has said has not been taken over yet.

    :param offered: as if it were left now: what decides which requests are valid
    :param reached: what it comes to for the course: what pages show and the host counts
    """

    offered: State
    reached: State


def standing_of(registration: Registration, session: Session | None = None) -> Standing:
    """The standing in a session; of the registration without one. Content's own words become part
    of the state when it says goodbye (SN 4.2.1); until then they count here."""
    state = state_of(registration, session)
    if not is_normal(session):
        return Standing(state, standing_of(registration).reached)
    course = course_of(registration.version)
    activity = state.current
    record = registration.records.get(activity) if activity in course.items else None
    if activity is None or record is None or not state[activity].active:
        return Standing(state, state)
    report = report_of(course, registration, activity)
    basis = (state, report, record.terminated)
    if record._v_standing is None or not _same(record._v_standing[0], basis):
        record._v_standing = (basis, _standing(course.tree, *basis))
    return record._v_standing[1]


def _same(before: tuple, now: tuple) -> bool:
    return before[0] is now[0] and before[1:] == now[1:]


def _standing(
    tree: ActivityTree, state: State, report: ActivityReport, terminated: bool
) -> Standing:
    assert state.current is not None
    offered = state if terminated else sequencing.record(tree, state, state.current, report)
    reached = sequencing.standing(tree, state, state.current, report, terminated=terminated)
    return Standing(offered, reached)
