"""Where somebody stands in a course by what its package reports: in an attempt, and in several of
them together. No HTTP."""

from datetime import datetime

from lms.resources.courses import Enrolment
from lms.services import courses
from scorm import sequencing
from scorm.cmi.time import parse_2004
from scorm.resources import Registration
from scorm.runtime import standing as run_time
from scorm.runtime.course import course_of
from scorm.runtime.state import state_of
from scorm.runtime.view import result
from scorm.sequencing.contents import shown_as, status


def standing_of(registration: Registration) -> dict:
    """Where a registration stands, as the run-time knows it (shape: ``Enrolment.standing``)."""
    course = course_of(registration.version)
    state = run_time.standing_of(registration).reached
    found = sequencing.summary(course.tree, state)
    done = {
        key
        for key, item in course.items.items()
        if item.launch is not None and state[key].completion
    }
    holders = {shown_as(course.tree, activity.id) for activity in course.tree.deliverables()}
    done |= {
        key
        for key in holders - {course.tree.root}
        if not course.tree[key].deliverable and status(state[key]) in ("completed", "passed")
    }
    return {
        "completion": found.completion,
        "success": found.success,
        "score": found.measure,
        "seconds": parse_2004(result(registration)["time"]) // 100,
        "done": sorted(done),
        "attempt": registration.attempt,
    }


def follow(enrolment: Enrolment, registration: Registration, now: datetime) -> bool:
    """Take over what the run-time knows; whether the course was completed by it, just now.

    A course once completed stays completed. When it is begun anew, what it was completed with
    counts until the new attempt is at least as good.
    """
    standing = standing_of(registration)
    _note_beginning(enrolment, registration, standing, now)
    _note_fulfilment(enrolment, registration, standing)
    earlier = _earlier(enrolment, standing)
    if earlier is not None:
        better = the_better(courses.rule_of(enrolment), earlier, standing)
        standing = {**better, "attempt": standing["attempt"], "earlier": earlier}
    if standing != enrolment.standing:
        enrolment.standing = standing
        enrolment.last = now
    return courses.settle(enrolment, now)


def _note_beginning(
    enrolment: Enrolment, registration: Registration, standing: dict, now: datetime
) -> None:
    """Another attempt on the course begins with its first delivery. Until then the state may still
    tell of the one before."""
    attempt = registration.attempt
    if enrolment.begun is not None and enrolment.begun[0] == attempt:
        return
    if state_of(registration, None).current is not None:
        enrolment.begun = (attempt, now, standing["seconds"])


def _note_fulfilment(enrolment: Enrolment, registration: Registration, standing: dict) -> None:
    """What an attempt brought that by itself does all that the package has to report. It counts
    towards a certificate that is earned anew although another attempt is begun after it."""
    begun = enrolment.begun
    if begun is None or begun[0] != registration.attempt:
        return
    if courses.satisfied(courses.rule_of(enrolment), standing):
        found = (begun[1], {**standing, "seconds": standing["seconds"] - begun[2]})
        if found != enrolment.fulfilled:
            enrolment.fulfilled = found


def standing_since(enrolment: Enrolment, since: datetime) -> dict:
    """Where somebody stands in the package by what was begun after that: the attempt that they are
    on, and the last that did all that the package has to report (shape: ``Enrolment.standing``)."""
    standing, before = _own_standing(enrolment, since), enrolment.fulfilled
    if before is None or before[0] <= since:
        return standing
    better = the_better(courses.rule_of(enrolment), before[1], standing)
    if before[1]["attempt"] != standing.get("attempt"):
        better["seconds"] += before[1]["seconds"]
    return better


def _own_standing(enrolment: Enrolment, since: datetime) -> dict:
    """By the attempt that they are on alone, if that was begun after that."""
    registration, begun = enrolment.registration, enrolment.begun
    if registration is None or begun is None or begun[1] <= since:
        return courses.NOTHING_YET
    if begun[0] != registration.attempt:
        return courses.NOTHING_YET
    standing = standing_of(registration)
    return {**standing, "seconds": standing["seconds"] - begun[2]}


def _earlier(enrolment: Enrolment, standing: dict) -> dict | None:
    """What the course had been completed with before the present attempt on it."""
    before = enrolment.standing
    if enrolment.completed is None or before is None:
        return None
    if before.get("attempt", standing["attempt"]) == standing["attempt"]:
        return before.get("earlier")
    return {key: value for key, value in before.items() if key != "earlier"}


def the_better(rule: tuple, before: dict, later: dict) -> dict:
    """What counts of two attempts on a completed course; the time and the parts that were done
    add up (shapes: ``Enrolment.standing``)."""
    found = later if _rank(rule, later) >= _rank(rule, before) else before
    completed = "completed" in (before["completion"], later["completion"])
    return {
        **found,
        "completion": "completed" if completed else found["completion"],
        "seconds": later["seconds"],
        "done": sorted({*before["done"], *later["done"]}),
    }


def _rank(rule: tuple, standing: dict) -> tuple:
    """Which of two attempts is the better: one that meets the rule, then one that is passed, then
    the higher score."""
    score = standing["score"]
    return (
        courses.satisfied(rule, standing),
        ("failed", "unknown", "passed").index(standing["success"]),
        -1.0 if score is None else score,
    )
