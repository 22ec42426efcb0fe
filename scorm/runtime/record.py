"""What a registration holds, as plain data for an admin or an author to read."""

import json
import re

from scorm.cmi.names import in_order
from scorm.cmi.time import format_2004, parse_2004
from scorm.resources import ActivityRecord, Registration, Session
from scorm.runtime.course import course_of
from scorm.runtime.explain import Explanation, explain
from scorm.runtime.versions import begun_on
from scorm.runtime.view import result

RECORD = re.compile(r"cmi\.(interactions|objectives|comments_from_learner)\.([0-9]+)\.(.+)")
PATTERN = re.compile(r"correct_responses\.[0-9]+\.pattern")
OBJECTIVE = re.compile(r"objectives\.[0-9]+\.id")


def history(registration: Registration) -> dict:
    """Every attempt: tracking, elements, interactions, sessions with their commits, and why it
    counts as it does. ``parts`` are all that can be opened, in order; ``activities`` have data;
    those ``aside`` have no place in the present version; ``passages`` led from one version to
    another.

    Content may set half a character (a lone surrogate), which no page can show: its escape stands
    in its place."""
    return whole_characters(_history(registration))


def whole_characters(plain):
    """Plain data with the escape of each half character in its place."""
    match plain:
        case str():
            return plain.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {whole_characters(key): whole_characters(plain[key]) for key in plain}
        case list():
            return [whole_characters(each) for each in plain]
    return plain


def _history(registration: Registration) -> dict:
    course = course_of(registration.version)
    explanation = explain(registration)
    return {
        "registration": registration.id,
        "package": registration.package.title,
        "version": registration.version.sha256,
        "edition": str(course.manifest.edition),
        "standard": course.standard,
        "result": result(registration),
        "tracking": registration.tree.plain,
        "parts": [
            {"id": part.activity, "title": part.title, "status": part.status}
            for part in explanation.parts
        ],
        "explanation": _explained(explanation),
        "activities": {
            key: _activity(course.items[key].title, registration, record)
            for key, record in registration.records.items()
        },
        "aside": _aside(registration),
        "passages": [dict(passage) for passage in registration.passages],
        "sessions": {
            key: _session(registration, session) for key, session in registration.sessions.items()
        },
    }


def _aside(registration: Registration) -> dict:
    """Data of activities that the present version does not have, or has in another standard."""
    found = {}
    present = course_of(registration.version).items
    for key, record in registration.aside.items():
        activity = key.partition(" ")[2]
        version = registration.package.version(begun_on(registration, record, record.attempt))
        items = {**present, **(course_of(version).items if version else {})}
        title = items[activity].title if activity in items else activity
        found[activity] = _activity(title, registration, record)
    return found


def _explained(explanation: Explanation) -> dict:
    return {
        "course": [finding.to_plain() for finding in explanation.course],
        "activities": {
            part.activity: [finding.to_plain() for finding in part.findings]
            for part in explanation.parts
        },
    }


def _activity(title: str, registration: Registration, record: ActivityRecord) -> dict:
    values = record.values()
    past = {number: json.loads(str(text)) for number, text in record.past.items()}
    return {
        "title": title,
        "attempt": record.attempt,
        "version": begun_on(registration, record, record.attempt),
        "total_time": format_2004(record.total),
        "values": values,
        "interactions": interactions(values),
        "objectives": _records(values, "objectives"),
        "comments": _comments(values),
        "past": {
            number: {"version": begun_on(registration, record, number), **attempt}
            for number, attempt in past.items()
        },
    }


def _records(values: dict[str, str], collection: str) -> list[dict[str, str]]:
    """The records of a collection in order: what each says, by the rest of its element's name."""
    found: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        match = RECORD.fullmatch(name)
        if match and match[1] == collection:
            found.setdefault(int(match[2]), {})[match[3]] = value
    return [found[number] for number in sorted(found)]


def outside_records(values: dict[str, str]) -> dict[str, str]:
    """The elements that are in no collection that is told by itself, in order."""
    return {
        name: values[name] for name in sorted(values, key=in_order) if not RECORD.fullmatch(name)
    }


def interactions(values: dict[str, str]) -> list[dict]:
    """Each question with what was answered and what is right, by the same names for both
    standards; what content did not say is left out."""
    return [_interaction(record) for record in _records(values, "interactions")]


def _interaction(record: dict[str, str]) -> dict:
    names = sorted(record, key=len)  # record 10 comes after record 9
    found = {
        "id": record.get("id"),
        "type": record.get("type"),
        "description": record.get("description"),
        "answered": record.get("learner_response", record.get("student_response")),
        "right": [record[name] for name in names if PATTERN.fullmatch(name)],
        "result": record.get("result"),
        "latency": record.get("latency"),
        "weighting": record.get("weighting"),
        "time": record.get("timestamp", record.get("time")),
        "objectives": [record[name] for name in names if OBJECTIVE.fullmatch(name)],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _comments(values: dict[str, str]) -> list[dict[str, str]]:
    """What the learner wrote; in SCORM 1.2 it is one text."""
    whole = values.get("cmi.comments")
    return [{"comment": whole}] if whole else _records(values, "comments_from_learner")


def readable(text: str) -> str:
    """An answer without the delimiters of SCORM 2004 (RTE 4.1.1): ``a[,]b`` is ``a, b``."""
    return text.replace("[,]", ", ").replace("[.]", " – ").replace("[:]", " to ")


def spent(duration: str) -> str:
    """``PT1H2M3.5S`` as ``1 h 2 min 3 s``; empty for less than a second."""
    seconds = parse_2004(duration) // 100
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _session(registration: Registration, session: Session) -> dict:
    outcome = session.outcome
    return {
        "version": registration.version_of(session).key,
        "started": session.started.isoformat(),
        "last": session.last.isoformat(),
        "mode": session.mode,
        "outcome": None if outcome is None else {"state": outcome[0], "message": outcome[1]},
        "commits": session.commits,
        "acknowledged": session.acknowledged,
        "refused": list(session.refused),
        "skipped": [list(gap) for gap in session.skipped],
        "waiting": [json.loads(str(text)) for text in session.waiting.values()],
        "late": [json.loads(str(text)) for text in session.late.values()],
    }
