"""Why a registration counts as it does, from what is stored.

For authors and admins who ask why a course that was finished is not completed. Everything is read
from what is stored, nothing is judged anew: status and time are settled in ``attempt``, and what
parts make of the course in ``scorm.sequencing.rollup``. What cannot be known is not said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scorm.cmi.tables import table
from scorm.resources import Registration, Session
from scorm.runtime.course import Course, course_of
from scorm.runtime.explain_course import of_course
from scorm.runtime.explain_part import of_part
from scorm.runtime.reasons import Finding
from scorm.runtime.standing import standing_of
from scorm.sequencing.contents import status


@dataclass(frozen=True)
class Part:
    """One part that can be opened, with the word of the contents for where it stands."""

    activity: str
    title: str
    status: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Explanation:
    """The whole course first, then its parts in order."""

    course: tuple[Finding, ...]
    parts: tuple[Part, ...]


def explain(registration: Registration) -> Explanation:
    """Why the registration counts as it does. Reading it changes nothing."""
    course, state = course_of(registration.version), standing_of(registration).reached
    parts = tuple(
        Part(
            activity.id,
            activity.title,
            status(state[activity.id]),
            tuple(of_part(course, registration, state, activity)),
        )
        for activity in course.tree.deliverables()
    )
    whole = (*of_course(course, registration, state), *_from_devices(course, registration))
    return Explanation(whole, parts)


def _from_devices(course: Course, registration: Registration) -> Iterator[Finding]:
    """What was sent and does not count (``docs/runtime.md``, commit protocol)."""
    errors = table(course.standard).errors
    sessions = sorted(registration.sessions.values(), key=lambda session: session.started)
    refused: dict[tuple[str, str], int] = {}
    for session in sessions:
        for value in session.refused:
            key = (value["element"], value["error"])
            refused[key] = refused.get(key, 0) + 1
    for (element, error), count in refused.items():
        words = errors.get(error, "")
        values = {"element": element, "error": error, "words": words, "count": str(count)}
        yield Finding("refused", values)
    for session in sessions:
        yield from _of_session(session)


def _of_session(session: Session) -> Iterator[Finding]:
    started = f"{session.started:%Y-%m-%d %H:%M} UTC"
    for first, last in session.skipped:
        numbers = str(first) if first == last else f"{first} to {last}"
        yield Finding("gap", {"numbers": numbers, "started": started})
    if session.late:
        yield Finding("late", {"count": str(len(session.late)), "started": started})
    if session.waiting:
        yield Finding("waiting", {"count": str(len(session.waiting)), "started": started})
