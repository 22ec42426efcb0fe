"""What a registration holds, as plain data for an admin or an author to read."""

import json

from scorm.cmi.time import format_2004
from scorm.resources import ActivityRecord, Registration, Session
from scorm.runtime.course import course_of
from scorm.runtime.view import result


def history(registration: Registration) -> dict:
    """Every attempt: tracking, elements, interactions, sessions with their commits."""
    course = course_of(registration.version)
    return {
        "registration": registration.id,
        "package": registration.package.title,
        "version": registration.version.sha256,
        "edition": str(course.manifest.edition),
        "result": result(registration),
        "tracking": registration.tree.plain,
        "activities": {
            key: _activity(course.items[key].title, record)
            for key, record in registration.records.items()
        },
        "sessions": {key: _session(session) for key, session in registration.sessions.items()},
    }


def _activity(title: str, record: ActivityRecord) -> dict:
    return {
        "title": title,
        "attempt": record.attempt,
        "total_time": format_2004(record.total),
        "values": record.values(),
        "past": {number: json.loads(str(text)) for number, text in record.past.items()},
    }


def _session(session: Session) -> dict:
    return {
        "started": session.started.isoformat(),
        "last": session.last.isoformat(),
        "mode": session.mode,
        "commits": session.commits,
        "acknowledged": session.acknowledged,
        "waiting": [json.loads(str(text)) for text in session.waiting.values()],
        "late": [json.loads(str(text)) for text in session.late.values()],
    }
