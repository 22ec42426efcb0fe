"""What content may read when it is launched (SCORM 2004 RTE 4.2; SCORM 1.2 RTE 3.4).

Identity, credit, mode, entry and total time are the server's and never taken from the page.
"""

from decimal import Decimal
from typing import Any

from scorm.cmi.time import format_12, format_2004
from scorm.packages.manifest import Item
from scorm.resources import ActivityRecord, Registration
from scorm.runtime.course import Course
from scorm.sequencing import State, shown

SESSION_ONLY = frozenset(
    {"cmi.exit", "cmi.session_time", "cmi.core.exit", "cmi.core.session_time", "adl.nav.request"}
)
"""Elements that begin empty at every session (RTE 4.2.8, 4.2.21)."""


def served(course: Course, registration: Registration, activity: str, mode: str) -> dict[str, str]:
    """The elements that the server alone sets, for this launch.

    :return: element → value, the same shape that the data model takes
    """
    record = registration.record(activity, keep=mode == "normal")
    return served_with(course, registration, activity, record, mode)


def served_with(
    course: Course, registration: Registration, activity: str, record: ActivityRecord, mode: str
) -> dict[str, str]:
    """The same for a launch with these run-time data."""
    item = course.items[activity]
    build = _served_2004 if course.standard == "2004" else _served_12
    return {
        name: value
        for name, value in build(item, registration, record, mode).items()
        if value is not None
    }


def _served_2004(item: Item, registration: Registration, record: ActivityRecord, mode: str):
    primary = item.sequencing.primary_objective
    threshold = item.completion_threshold
    return {
        "cmi.learner_id": registration.learner_id,
        "cmi.learner_name": registration.learner_name,
        "cmi.mode": mode,
        "cmi.credit": "credit" if mode == "normal" else "no-credit",
        "cmi.entry": record.entry,
        "cmi.total_time": format_2004(record.total),
        "cmi.launch_data": item.data_from_lms,
        "cmi.max_time_allowed": item.sequencing.attempt_absolute_duration_limit,
        "cmi.time_limit_action": item.time_limit_action,
        "cmi.completion_threshold": (
            plain(threshold.min_progress_measure)
            if threshold and threshold.completed_by_measure
            else None
        ),
        "cmi.scaled_passing_score": (
            plain(primary.min_normalized_measure)
            if primary and primary.satisfied_by_measure
            else None
        ),
    }


def _served_12(item: Item, registration: Registration, record: ActivityRecord, mode: str):
    return {
        "cmi.core.student_id": registration.learner_id,
        "cmi.core.student_name": registration.learner_name,
        "cmi.core.lesson_mode": mode,
        "cmi.core.credit": "credit" if mode == "normal" else "no-credit",
        "cmi.core.entry": record.entry,
        "cmi.core.total_time": format_12(record.total),
        "cmi.launch_data": item.data_from_lms,
        "cmi.student_data.mastery_score": item.mastery_score,
        "cmi.student_data.max_time_allowed": item.max_time_allowed,
        "cmi.student_data.time_limit_action": item.time_limit_action,
    }


def first_values(course: Course, activity: str) -> dict[str, str]:
    """What a new attempt begins with: one objective record for each id of the item (RTE 4.2.17)."""
    if course.standard == "1.2":
        return {}
    ids = [objective.identifier for objective in course.tree[activity].all_objectives]
    return {f"cmi.objectives.{n}.id": each for n, each in enumerate(filter(None, ids))}


def missing_values(course: Course, activity: str, record: ActivityRecord) -> dict[str, str]:
    """What an attempt lacks that was begun on another version: records of objectives that the item
    did not have there. They come after those that there are."""
    known: list[str] = []
    while identifier := record.get(f"cmi.objectives.{len(known)}.id"):
        known.append(identifier)
    wanted = [each for each in first_values(course, activity).values() if each not in known]
    return {f"cmi.objectives.{n}.id": each for n, each in enumerate(wanted, start=len(known))}


def seeds(course: Course, state: State, activity: str, record: ActivityRecord) -> dict[str, str]:
    """The elements of ``cmi.objectives`` that global objectives give their values, at the beginning
    of every session (RTE 4.2.17; SN 3.10.2)."""
    found: dict[str, str] = {}
    at = 0
    while identifier := record.get(f"cmi.objectives.{at}.id"):
        objective = course.tree[activity].objective(identifier)
        reads = {name for link in objective.maps for name in link.reads} if objective else set()
        if objective is not None and reads:
            if objective.satisfied_by_measure and "measure" in reads:
                reads.add("satisfied")
            known = shown(state, course.tree[activity], objective)
            for name in reads:
                value = _word(name, getattr(known, name))
                if value is not None:
                    found[f"cmi.objectives.{at}.{ELEMENTS[name]}"] = value
        at += 1
    return found


ELEMENTS = {
    "satisfied": "success_status",
    "completion": "completion_status",
    "measure": "score.scaled",
    "raw": "score.raw",
    "minimum": "score.min",
    "maximum": "score.max",
    "progress_measure": "progress_measure",
}


WORDS: dict[str, dict[bool | None, str]] = {
    "satisfied": {True: "passed", False: "failed"},
    "completion": {True: "completed", False: "incomplete"},
}


def _word(name: str, value: Any) -> str | None:
    """A tracking value as content reads it; None where there is nothing to read."""
    if name in WORDS:
        return WORDS[name].get(value)
    return None if value is None else plain(value)


def plain(number: float) -> str:
    """A real as content writes it: ``0.8``, ``1``, never ``1e-07``."""
    return format(Decimal(str(number)).normalize(), "f")
