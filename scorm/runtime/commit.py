"""What the player's outbox sends, applied once and in order (runtime.md, commit protocol).

Entries are numbered within a session. A number seen before is ignored, a gap waits for what is
missing, and nothing that arrived is thrown away: entries that come too late to count are kept.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from scorm import sequencing
from scorm.packages.effort import MOST_EFFORT
from scorm.resources import Registration, Session
from scorm.runtime import attempt
from scorm.runtime.course import Course, course_of
from scorm.runtime.launch import (
    BACK,
    Superseded,
    come_back,
    leave,
    may_write,
    navigate,
    start,
)
from scorm.runtime.standing import Standing, standing_of
from scorm.runtime.state import tree_of
from scorm.runtime.view import look
from scorm.runtime.writer import Declined

KINDS = frozenset({"initialize", "set", "terminate", "navigate"})
MOST_HELD = 16 * 1024 * 1024
"""Characters of entries that one session keeps ahead of a gap, and as many that came too late."""
MOST_REFUSED = 50
"""Values that did not pass the checks: the newest so many are kept for the course's author."""
SHOWN = 250
"""Characters of an element's name that are kept of a refused value."""
MOST_VALUES = 20_000
MOST_STEPS = 200
MOST_LEFTOVERS = 50
"""In one request: values, entries of other kinds, and sessions that left something. They are
applied while others wait. In a large course fewer entries may ask to go somewhere."""
MOST_UNKNOWN = 20
"""Sessions of a registration that are known by their left-over outbox alone."""
MOST_MARKED = 1000
"""Entries of a left-over outbox whose wording is remembered: the newest."""


class Malformed(Declined, ValueError):
    """A request body is not of the protocol's shape."""


class TooMuch(Exception):
    """More has come than is kept, or than one request may bring; the device still has it."""


class TooManyRequests(Declined, TooMuch):
    """More navigation requests than may be worked out while others wait."""

    def __init__(self) -> None:
        super().__init__("These are more steps than one request may bring. Send them in parts.")


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

    @property
    def moves(self) -> bool:
        """Whether it asks to go somewhere, which takes far longer than to keep a value."""
        return self.kind == "navigate" or (self.kind == "terminate" and self.request != "_none_")

    def to_plain(self) -> dict:
        return {
            "number": self.number,
            "kind": self.kind,
            "activity": self.activity,
            "values": [list(pair) for pair in self.values],
            "request": self.request,
        }

    def text(self) -> str:
        """As JSON."""
        return json.dumps(self.to_plain(), ensure_ascii=False)


def _is_pair(plain: object) -> bool:
    return isinstance(plain, list) and len(plain) == 2 and all(isinstance(v, str) for v in plain)


@dataclass
class Applied:
    """What came of the entries.

    :param refused: values that did not pass the checks: number, element, error code; those of
        entries that are sent again are told again
    :param repeated: whether an entry had been applied before: its answer was lost
    :param ended: whether content's session ended, so that its time counts
    """

    refused: list[dict] = field(default_factory=list)
    repeated: bool = False
    ended: bool = False


@dataclass
class Written:
    """What a page's request did: the session, the turn it had before, what was refused.

    :param news: whether what the registration says of its learner may have changed
    """

    session: Session
    before: int
    refused: list[dict]
    repeated: bool
    news: bool


def commit(
    registration: Registration,
    session_id: str,
    entries: list[Entry],
    now: datetime,
    page: str | None = None,
) -> Written:
    """Apply what the session that holds the lease sent.

    :raises Superseded: when it does not hold the lease, or another page began it
    :raises TooManyRequests: when it would keep others waiting
    """
    if not is_writer(registration, session_id, page):
        raise Superseded
    refuse_moves(registration, entries)
    session = registration.sessions[session_id]
    turn = session.turn
    stood = standing_of(registration)
    applied = take(registration, session, entries, now)
    news = applied.ended or _says_more(registration, stood)
    return Written(session, turn, applied.refused, applied.repeated, news)


def _says_more(registration: Registration, before: Standing) -> bool:
    """Whether the learner has come to anything else of completion, success or score than before."""
    after, tree = standing_of(registration), course_of(registration.version).tree
    return not sequencing.looks_alike(tree, before.reached, after.reached) or (
        before.reached[tree.root].measure != after.reached[tree.root].measure
    )


def open_session(
    registration: Registration,
    session_id: str,
    mode: str,
    leftovers: list[tuple[str, list[Entry]]],
    now: datetime,
    page: str | None = None,
    told: Callable[[], None] = lambda: None,
) -> Written:
    """Take in what earlier sessions left on the device, then start or resume.

    :param page: tells a page from others on the same address, of which the first alone may go on
    :param told: see :func:`~scorm.runtime.launch.start`
    :raises Superseded: when another session has taken the lease since, or another page this one
    :raises TooMuch: when a left-over outbox is larger than what is kept
    """
    before, known = registration.lease, registration.sessions.get(session_id)
    if known is not None and not is_writer(registration, session_id, page):
        raise Superseded
    take_leftovers(registration, leftovers, now)
    if mode == "normal" and before is not None and known is None:
        close_gaps(registration, registration.sessions[before], now)
    session = start(registration, session_id, mode, now, told)
    if session.page is None:
        session.page = page
    _turn(registration, session, delivered=known is None)
    return Written(session, 0, [], False, True)


def is_writer(registration: Registration, session_id: str, page: str | None) -> bool:
    """Whether the session may write, and this page is the one that began it (a page that does not
    say which it is, is)."""
    if not may_write(registration, session_id):
        return False
    return page is None or registration.sessions[session_id].page in (None, page)


def take_leftovers(
    registration: Registration, leftovers: list[tuple[str, list[Entry]]], now: datetime
) -> None:
    """Take in what earlier sessions left on the device (see :func:`replay`).

    :raises TooMuch: when a left-over outbox is larger than what is kept
    :raises TooManyRequests: when it would keep others waiting
    """
    refuse_moves(registration, [entry for _, entries in leftovers for entry in entries])
    for earlier, entries in leftovers:
        replay(registration, earlier, entries, now)


def most_moves(registration: Registration) -> int:
    """How many navigation requests are worked out at once: together no more than what a single one
    may take in the largest of courses, and always one."""
    return max(1, min(MOST_STEPS, MOST_EFFORT // course_of(registration.version).effort))


def refuse_moves(registration: Registration, entries: list[Entry]) -> None:
    """:raises TooManyRequests: when applying them would keep others waiting"""
    if sum(entry.moves for entry in entries) > most_moves(registration):
        raise TooManyRequests


def replay(
    registration: Registration, session_id: str, entries: list[Entry], now: datetime
) -> Applied:
    """Take an outbox that an earlier session left behind on its device.

    It counts when no other session has begun since; otherwise it is kept in ``late``, where an
    admin can read it, because newer answers must not be overwritten by older ones.
    """
    session = registration.sessions.get(session_id)
    if session is None and entries:
        session = _unknown(registration, session_id, now)
    if session is None or session.mode != "normal":
        return Applied()
    if registration.lease == session_id:
        marks = {**session.replayed, **{entry.number: _mark(entry) for entry in entries}}
        session.replayed = {number: marks[number] for number in sorted(marks)[-MOST_MARKED:]}
        return take(registration, session, entries, now)
    if set_aside(session, entries) is not None:
        raise TooMuch("More was left on this device than is kept here. It stays there.")
    return Applied()


def _unknown(registration: Registration, session_id: str, now: datetime) -> Session:
    """A session begun before the backup from which this database was restored: nobody knows where
    its entries belong, and they are kept.

    :raises TooMuch: when there are many
    """
    session = Session(now, "normal")
    session.begun = False
    kept = sum(not each.begun for each in registration.sessions.values())
    if kept == MOST_UNKNOWN:
        raise TooMuch("More was left on this device than is kept here. It stays there.")
    registration.sessions[session_id] = session
    return session


def set_aside(session: Session, entries: list[Entry]) -> int | None:
    """Keep in ``late`` what comes from a page that another has followed, since it may be nowhere
    else; the number of the first that there is no room for. Of an entry that grew, the last
    wording is kept: it holds the earlier ones."""
    for entry in entries:
        text = entry.text()
        if _counted(session, entry):
            continue
        before = len(str(session.late.get(entry.number, "")))
        if session.kept_late - before + len(text) > MOST_HELD:
            return entry.number
        session.keep_late(entry.number, text)
    return None


def hand_back(session: Session, entries: list[Entry]) -> int | None:
    """Set aside what a page that another has followed still had; the number up to which every
    entry of it is kept. None where nothing is: a review leaves no trace."""
    if session.mode != "normal":
        return None
    left_out = set_aside(session, entries)
    kept = kept_up_to(session)
    return kept if left_out is None else min(kept, left_out - 1)


def kept_up_to(session: Session) -> int:
    """The number up to which every entry of a session that another has followed is kept: applied,
    or in ``late``."""
    number = session.acknowledged
    for first, last in session.skipped:
        for skipped in range(first, last + 1):
            if skipped not in session.late:
                return skipped - 1
    while number + 1 in session.late:
        number += 1
    return number


def _counted(session: Session, entry: Entry) -> bool:
    """Whether the entry has been applied, as it stands: a page may have gone on writing one that
    another had found on the device and sent in."""
    if entry.number > session.acknowledged or _is_skipped(session, entry.number):
        return False
    return session.replayed.get(entry.number) in (None, _mark(entry))


def _mark(entry: Entry) -> str:
    return hashlib.sha256(entry.text().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def close_gaps(registration: Registration, session: Session, now: datetime) -> None:
    """Another session begins: what waits in this one for entries that never came is applied all
    the same; should they still come, they are too late."""
    while session.waiting:
        first = min(session.waiting)
        session.skipped += ((session.acknowledged + 1, first - 1),)
        session.acknowledged = first - 1
        take(registration, session, [], now)


def _is_skipped(session: Session, number: int) -> bool:
    return any(first <= number <= last for first, last in session.skipped)


def take(
    registration: Registration, session: Session, entries: list[Entry], now: datetime
) -> Applied:
    """Apply the entries that follow on what is acknowledged; keep those ahead of a gap."""
    applied = Applied()
    session.commits += 1
    session.last = now
    batch: list[Entry] = []
    told: list[dict] = []
    _catch_up(session, batch)
    for entry in entries:
        if entry.number == session.acknowledged + 1:
            session.acknowledged += 1
            batch.append(entry)
            _catch_up(session, batch)
        elif entry.number <= session.acknowledged:
            applied.repeated = True
            told += [each for each in session.refused if each["number"] == entry.number]
        elif entry.number not in session.waiting:
            _wait(registration, session, entry)
    if not batch:
        applied.refused = told
        return applied
    delivery, outcome = session.delivery, session.outcome
    before, course = standing_of(registration, session), course_of(registration.version)
    _apply(course, registration, session, batch, applied)
    if applied.refused:
        told_later = ({**each, "element": each["element"][:SHOWN]} for each in applied.refused)
        session.refused = (*session.refused, *told_later)[-MOST_REFUSED:]
    applied.refused = told + applied.refused
    moved = session.delivery != delivery
    after, tree = standing_of(registration, session), tree_of(course, session)
    if (
        moved
        or session.outcome != outcome
        or not sequencing.looks_alike(tree, before.offered, after.offered)
        or not sequencing.looks_alike(course.tree, before.reached, after.reached)
    ):
        _turn(registration, session, delivered=moved)
    return applied


def _wait(registration: Registration, session: Session, entry: Entry) -> None:
    """Keep an entry that is ahead of a gap, within reason: the device has it too, and sends it
    again after the gap has closed."""
    text = entry.text()
    if entry.moves and session.moving >= most_moves(registration):
        return
    if session.held + len(text) <= MOST_HELD:
        session.wait(entry.number, text)
        session.moving += entry.moves


def _catch_up(session: Session, batch: list[Entry]) -> None:
    """What waited for the gap that has just closed."""
    while session.waiting and session.acknowledged + 1 in session.waiting:
        session.acknowledged += 1
        entry = Entry.from_plain(json.loads(session.take_waiting(session.acknowledged)))
        session.moving -= entry.moves
        batch.append(entry)


def _turn(registration: Registration, session: Session, *, delivered: bool) -> None:
    """Another turn when what the player shows has changed, or it delivers the same once more."""
    shown = look(registration, session)
    if delivered or session._v_shown != shown:
        session.turn += 1
        session._v_shown = shown
    if delivered:
        session.delivered = session.turn


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
            applied.ended = True
            _terminate(course, registration, session, entry)
        elif entry.request == BACK:
            applied.ended = True
            come_back(course, registration, session)
        else:
            applied.ended = True
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
        if record.terminated:  # it begins anew within the delivery, as SCORM 1.2 lets it
            record.terminated = False
            record.counted = 0


def _set(course, registration, session, entries: list[Entry], applied: Applied) -> None:
    activity = entries[0].activity
    if not _counts(course, session, activity):
        return
    model = attempt.model_of(course, registration, activity)
    registration.record(activity)._p_changed = True
    for entry in entries:
        for element, value in entry.values:
            error = model.set(element, value)
            if error:
                applied.refused.append(
                    {"number": entry.number, "element": element, "error": str(error)}
                )
    attempt.keep(course, registration, activity, model)


def _terminate(course, registration, session, entry: Entry) -> None:
    request = entry.request
    if _counts(course, session, entry.activity):
        request = attempt.request_at_exit(course, registration, entry.activity, entry.request)
        abandoned = request in ("abandon", "abandonAll")
        attempt.end_session(course, registration, entry.activity, abandoned=abandoned)
    if request != "_none_":
        navigate(course, registration, session, request)
