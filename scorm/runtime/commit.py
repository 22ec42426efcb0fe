"""What the player's outbox sends, applied once and in order (runtime.md, commit protocol).

Entries are numbered within a session. A number seen before is ignored, a gap waits for what is
missing, and nothing that arrived is thrown away: entries that come too late to count are kept.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from scorm.resources import Registration, Session
from scorm.runtime import attempt
from scorm.runtime.course import Course, course_of
from scorm.runtime.launch import Superseded, leave, may_write, navigate

KINDS = frozenset({"initialize", "set", "terminate", "navigate"})


class Malformed(ValueError):
    """A request body is not of the protocol's shape."""


@dataclass(frozen=True)
class Entry:
    """One record of the outbox."""

    number: int
    kind: str
    activity: str = ""
    values: tuple[tuple[str, str], ...] = ()
    request: str = "_none_"

    @classmethod
    def from_plain(cls, plain: object) -> "Entry":
        """:raises Malformed: for anything that a player of ours would not send"""
        if not isinstance(plain, dict):
            raise Malformed("An entry must be an object.")
        number, kind = plain.get("number"), plain.get("kind")
        if type(number) is not int or number < 1 or str(kind) not in KINDS:
            raise Malformed("An entry needs a number from 1 and a known kind.")
        activity, request = plain.get("activity"), plain.get("request", "_none_")
        if not isinstance(request, str) or not isinstance(activity, str | None):
            raise Malformed(f"Entry {number}: activity and request must be text.")
        values = plain.get("values", [])
        if not isinstance(values, list) or not all(map(_is_pair, values)):
            raise Malformed(f"Entry {number}: values must be pairs of element and text.")
        if kind in ("set", "terminate", "initialize") and not activity:
            raise Malformed(f"Entry {number}: {kind} needs an activity.")
        pairs = tuple((name, value) for name, value in values)
        return cls(number, str(kind), activity or "", pairs, request)

    def to_plain(self) -> dict:
        return {
            "number": self.number,
            "kind": self.kind,
            "activity": self.activity,
            "values": [list(pair) for pair in self.values],
            "request": self.request,
        }


def _is_pair(plain: object) -> bool:
    return isinstance(plain, list) and len(plain) == 2 and all(isinstance(v, str) for v in plain)


@dataclass
class Applied:
    """What came of the entries: values that were refused, and whether anything was repeated."""

    refused: list[dict] = field(default_factory=list)
    repeated: bool = False


def commit(
    registration: Registration, session_id: str, entries: list[Entry], now: datetime
) -> Applied:
    """Apply what the session that holds the lease sent.

    :raises Superseded: when it does not hold the lease
    """
    if not may_write(registration, session_id):
        raise Superseded
    return _take(registration, registration.sessions[session_id], entries, now)


def replay(
    registration: Registration, session_id: str, entries: list[Entry], now: datetime
) -> Applied:
    """Take an outbox that an earlier session left behind on its device.

    It counts when no other session has begun since; otherwise it is kept in ``late``, where an
    admin can read it, because newer answers must not be overwritten by older ones.
    """
    session = registration.sessions.get(session_id)
    if session is None or session.mode != "normal":
        return Applied()
    if registration.lease == session_id:
        return _take(registration, session, entries, now)
    for entry in entries:
        if entry.number > session.acknowledged:
            session.late[entry.number] = json.dumps(entry.to_plain())
    return Applied()


def _take(
    registration: Registration, session: Session, entries: list[Entry], now: datetime
) -> Applied:
    course = course_of(registration.version)
    applied = Applied()
    session.commits += 1
    session.last = now
    for entry in entries:
        if entry.number <= session.acknowledged:
            applied.repeated = True
        elif entry.number not in session.waiting:
            session.waiting[entry.number] = json.dumps(entry.to_plain())
    batch: list[Entry] = []
    while session.acknowledged + 1 in session.waiting:
        session.acknowledged += 1
        text = session.waiting.pop(session.acknowledged)
        batch.append(Entry.from_plain(json.loads(text)))
    _apply(course, registration, session, batch, applied)
    return applied


def _apply(course, registration, session, batch: list[Entry], applied: Applied) -> None:
    """Apply consecutive entries; values of one activity share one data model."""
    at = 0
    while at < len(batch):
        entry = batch[at]
        if entry.kind == "set":
            last = at
            while last < len(batch) and _same_run(batch[last], entry):
                last += 1
            _set(course, registration, session, batch[at:last], applied)
            at = last
            continue
        if entry.kind == "initialize":
            _initialize(course, registration, session, entry.activity)
        elif entry.kind == "terminate":
            _terminate(course, registration, session, entry)
        else:
            leave(course, registration, session, entry.request)
            navigate(course, registration, session, entry.request)
        at += 1


def _same_run(entry: Entry, first: Entry) -> bool:
    return entry.kind == "set" and entry.activity == first.activity


def _counts(course: Course, session: Session, activity: str) -> bool:
    """A review leaves no trace, and an activity that the package does not have is no activity."""
    return session.mode == "normal" and activity in course.items


def _initialize(course, registration, session, activity: str) -> None:
    if _counts(course, session, activity):
        record = registration.record(activity)
        record.initialized = True
        record.terminated = False


def _set(course, registration, session, entries: list[Entry], applied: Applied) -> None:
    activity = entries[0].activity
    if not _counts(course, session, activity):
        return
    model = attempt.model_of(course, registration, activity)
    for entry in entries:
        for element, value in entry.values:
            error = model.set(element, value)
            if error:
                applied.refused.append(
                    {"number": entry.number, "element": element, "error": str(error)}
                )
    attempt.keep(course, registration, activity, model)
    attempt.report(course, registration, activity, terminated=False)


def _terminate(course, registration, session, entry: Entry) -> None:
    request = entry.request
    if _counts(course, session, entry.activity):
        request = attempt.request_at_exit(course, registration, entry.activity, entry.request)
        abandoned = request in ("abandon", "abandonAll")
        attempt.end_session(course, registration, entry.activity, abandoned=abandoned)
    if request != "_none_":
        navigate(course, registration, session, request)
