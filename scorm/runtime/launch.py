"""Registering a learner, and starting or resuming a session (runtime.md; SN book OP, DB.2)."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from scorm import sequencing
from scorm.resources import (
    ActivityRecord,
    PackageVersion,
    Registration,
    Registrations,
    ScormPackage,
    Session,
)
from scorm.runtime import attempt
from scorm.runtime.course import Course, course_of
from scorm.runtime.inspector import watched_step
from scorm.runtime.launchdata import SESSION_ONLY, first_values, missing_values, seeds
from scorm.runtime.standing import standing_of
from scorm.runtime.state import keep_state, state_of, tree_of
from scorm.runtime.versions import go, way_of
from scorm.runtime.writer import Declined
from scorm.sequencing import Outcome, State

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


TIME_OUT = "time-out"
"""What the page asks for when the time for a part is up: ``exit``, and its attempt is over."""
BACK = "back"
"""What a page asks for that is opened again without a line: the session goes on as another would
that is begun after it."""
OVER = ("ended", "suspended")
"""Outcomes after which a session takes no navigation request."""


class Superseded(Declined):
    """The course was opened somewhere else since; this page no longer writes."""

    def __init__(self):
        super().__init__(
            "This course was opened somewhere else. What you did here until then is kept; "
            "go on there, or open the course here again."
        )


def register(
    registrations: Registrations,
    package: ScormPackage,
    version: PackageVersion,
    *,
    learner_key: str,
    learner_id: str,
    learner_name: str,
    reference: str,
    return_url: str,
    now: datetime,
) -> Registration:
    """A new registration for one learner on one version.

    :param learner_key: the same in all registrations of the learner; no content sees it
    :param learner_id: opaque; content may read it
    :param learner_name: the pseudonym that content may read
    :param reference: the host's own word for it, handed back with every event
    :param return_url: where the player's way back leads
    """
    registration = Registration(
        secrets.token_hex(16),
        "".join(secrets.choice(CROCKFORD) for _ in range(20)),
        registrations.learner(learner_key),
        package=package,
        version=version,
        learner_id=learner_id,
        learner_name=learner_name,
        reference=reference,
        return_url=return_url,
        now=now,
    )
    registrations.add(registration)
    package.registrations[registration.id] = registration
    return registration


def goes_on(registration: Registration) -> bool:
    """Whether the next launch takes up again what was suspended, or broken off.

    A page that is closed after content has said goodbye, with nothing left to do, breaks nothing
    off.
    """
    state = state_of(registration, None)
    if state.current is None:
        return state.suspended_activity is not None
    record = registration.records.get(state.current)
    said_goodbye = record is not None and record.terminated and not record.suspended
    return not (said_goodbye and _finished(registration))


def start(
    registration: Registration,
    session_id: str,
    mode: str,
    now: datetime,
    told: Callable[[], None] = lambda: None,
) -> Session:
    """Take the lease for ``session_id`` and deliver; the same session may start again.

    A session that ended without its page saying so counts as suspended: what it acknowledged is
    resumed (runtime.md, commit protocol). A review writes nothing, and needs no lease. Where
    another version waits for the learner, the registration goes to it in between.

    :param mode: ``normal``; ``review``; or ``anew``: another attempt on the course begins
    :param told: lets the host hear what the registration comes to on the version that it is about
        to leave: it then stays on it when the host counts the course as completed
    :raises Superseded: when another session has taken the lease since
    """
    known = registration.sessions.get(session_id)
    if known is not None:
        if not may_write(registration, session_id):
            raise Superseded
        reopen(registration, known)
        return known
    session = Session(now, "review" if mode == "review" else "normal")
    registration.sessions[session_id] = session
    if session.mode == "normal":
        registration.lease = session_id
    course = course_of(registration.version)
    if mode == "anew":
        leave_behind(course, registration, session)
    else:
        _suspend(course, registration, session)
    moved = _change_version(registration, session, mode, now, told)
    course = course_of(registration.version)
    state = state_of(registration, session)
    if state.suspended_activity is not None:
        outcome = take_step(course, registration, session, "resumeAll")
    elif registration.first is not None:
        outcome = _begin_at(course, registration, session, registration.first)
    else:
        outcome = take_step(course, registration, session, "start")
    if moved and state[course.tree.root].suspended:
        outcome = _go_on_elsewhere(course, registration, session, outcome)
    move(course, registration, session, outcome)
    return session


def _go_on_elsewhere(
    course: Course, registration: Registration, session: Session, outcome: Outcome
) -> Outcome:
    """On another version an attempt goes on; where its place is gone, or the rules let nobody in
    there, it does so where sequencing starts, and nothing on the way begins another attempt."""
    state = state_of(registration, session)
    if state.suspended_activity is not None:
        if outcome.delivery is not None:
            return outcome
        keep_state(registration, session, replace(state, suspended_activity=None))
        outcome = take_step(course, registration, session, "start")
    if outcome.delivery is None:
        return outcome
    held = sequencing.held_at(course.tree, state_of(registration, session), outcome.delivery)
    keep_state(registration, session, held)
    return take_step(course, registration, session, "resumeAll")


def _change_version(
    registration: Registration,
    session: Session,
    mode: str,
    now: datetime,
    told: Callable[[], None],
) -> bool:
    """Go to the version that waits for the learner; whether there is one."""
    if way_of(registration, mode).how == "stay":
        return False
    told()
    way = way_of(registration, mode)
    if way.how == "stay":
        return False
    if way.how == "restart" and mode != "anew":
        leave_behind(course_of(registration.version), registration, session)
    go(registration, way, session, now)
    return True


def _begin_at(course: Course, registration: Registration, session: Session, part: str) -> Outcome:
    """A preview begins with a part of its author's choice; its page is told when learners could
    not choose it."""
    request = f"{{target={part}}}choice"
    outcome = watched_step(
        course.tree, state_of(registration, session), session, request, sequencing.begin_at
    )
    session.declined = outcome.words
    return outcome


def leave_behind(course: Course, registration: Registration, session: Session) -> None:
    """End the attempt on the course with all that waits in it, so that the next one begins; what
    counts attempts goes on. A 1.2 lesson, whose attempt would last for ever, begins anew too."""
    registration.attempt += 1
    if state_of(registration, session).current is not None:
        leave(course, registration, session, "exitAll")
        ended = take_step(course, registration, session, "exitAll")
        keep_state(registration, session, ended.state)
    state = state_of(registration, session)
    if course.standard == "2004":
        let_go = {key: replace(x, suspended=False) for key, x in state.tracking.items()}
        state = replace(state.with_tracking(let_go), suspended_activity=None)
    else:
        state = State(seed=state.seed)
        registration.aside_tracking = None
    keep_state(registration, session, state)
    for record in (*registration.records.values(), *registration.aside.values()):
        record.suspended = False
        if course.standard == "1.2" and record.attempt:
            record.restart({})


def renew(registration: Registration, session_id: str, now: datetime) -> bool:
    """Let a session go on that has rested for longer than a capability lasts; whether it may."""
    if not may_write(registration, session_id):
        return False
    registration.sessions[session_id].last = now
    return True


def may_write(registration: Registration, session_id: str) -> bool:
    """Whether the session holds the lease, or is one that leaves no trace; none is that was begun
    on a version that the registration has left."""
    session = registration.sessions.get(session_id)
    if session is None or session.left is not None:
        return False
    return session.mode != "normal" or registration.lease == session_id


def navigate(course: Course, registration: Registration, session: Session, request: str) -> None:
    """One navigation request of the learner or of content, and what it leads to (OP.1).

    After the session is over nothing leads anywhere: content may have ended it while the
    learner's own request was on its way.
    """
    if session.outcome is not None and session.outcome[0] in OVER:
        return
    if request == TIME_OUT:
        request = "exit"
    if request == "exitAll" and course.standard == "1.2" and not _finished(registration):
        request = "suspendAll"
    outcome = take_step(course, registration, session, request)
    move(course, registration, session, outcome)
    declined = outcome.words if outcome.exception else ""
    if declined != session.declined:
        session.declined = declined


def come_back(course: Course, registration: Registration, session: Session) -> None:
    """The page of a session was closed, and is there again without having asked the server. What
    the learner has ended stays ended."""
    if session.outcome is not None and session.outcome[0] == "ended":
        return
    _suspend(course, registration, session)
    goes_on = state_of(registration, session).suspended_activity is not None
    session.outcome = None
    session.declined = ""
    outcome = take_step(course, registration, session, "resumeAll" if goes_on else "start")
    move(course, registration, session, outcome)


def _suspend(course: Course, registration: Registration, session: Session) -> None:
    """A page is gone without a word: what it showed is to be gone on with."""
    if state_of(registration, session).current is not None:
        leave(course, registration, session, "suspendAll")
        left = take_step(course, registration, session, "suspendAll")
        keep_state(registration, session, left.state)


def take_step(
    course: Course, registration: Registration, session: Session, request: str
) -> Outcome:
    """What a request leads to; in a preview it is remembered, with the rules that fired."""
    tree, state = tree_of(course, session), state_of(registration, session)
    if registration.preview:
        return watched_step(tree, state, session, request)
    return sequencing.step(tree, state, request)


def leave(course: Course, registration: Registration, session: Session, request: str) -> None:
    """The learner leaves an activity whose content has not said goodbye.

    Content that had begun, and everything that ``suspendAll`` interrupts, counts as suspended,
    unless its time is up; a page that never speaks to the API has been seen (UP.4, TB.2.3 5).
    """
    activity = state_of(registration, session).current
    if session.mode != "normal" or activity not in course.items:
        return
    record = registration.record(activity)
    if not record.terminated:
        begun = record.initialized and request != TIME_OUT
        interrupted = begun or request == "suspendAll"
        attempt.end_session(course, registration, activity, lost=interrupted)


def _finished(registration: Registration) -> bool:
    tree = course_of(registration.version).tree
    return sequencing.summary(tree, standing_of(registration).reached).completion == "completed"


def move(course: Course, registration: Registration, session: Session, outcome: Outcome) -> None:
    """Store where a navigation request led, and open the delivered activity's record (DB.2)."""
    before = state_of(registration, session)
    keep_state(registration, session, outcome.state)
    if session.mode == "normal" and _begins(course, before, outcome.state):
        registration.stores.clear()
    if outcome.session == "continues" and outcome.delivery is None and outcome.state.current:
        session.outcome = None
        return
    session.delivery += 1
    if outcome.delivery is None:
        session.outcome = (
            "blocked" if outcome.session == "continues" else outcome.session,
            outcome.words,
        )
        return
    session.outcome = None
    if session.mode == "normal":
        record = registration.record(outcome.delivery)
        tracked = course.tree[outcome.delivery].tracked
        resumed = before[outcome.delivery].suspended or (record.suspended and not tracked)
        open_record(course, registration, outcome.delivery, resumed)
        record.seeds = seeds(course, outcome.state, outcome.delivery, record)


def _begins(course: Course, before: State, after: State) -> bool:
    """Whether a new attempt on the course has begun."""
    then, now = before[course.tree.root], after[course.tree.root]
    anew = now.active and not (then.active or then.suspended)
    return anew or now.attempt_count > then.attempt_count


def reopen(registration: Registration, session: Session) -> None:
    """Content that has said goodbye is put before the learner again within the same attempt: a
    request of theirs was refused after its page had gone."""
    course = course_of(registration.version)
    state = state_of(registration, session)
    activity = state.current
    if session.mode != "normal" or activity not in course.items:
        return
    record = registration.record(activity)
    if state[activity].active and record.terminated:
        begin_session(course, record, "resume" if record.suspended else "")


def open_record(course: Course, registration: Registration, activity: str, resumed: bool) -> None:
    """Make the record ready for a session: resume its attempt, or begin the next (RTE 4.2.7).

    A 1.2 lesson has one attempt for ever, and its own exit alone tells whether it resumes
    (SCORM 1.2 RTE 3.4.4).

    :param resumed: whether sequencing resumes the activity's attempt
    """
    record = registration.record(activity)
    if record.attempt == 0 or (course.standard == "2004" and not resumed):
        record.restart(first_values(course, activity))
        begin_session(course, record, "ab-initio")
    elif not record.opened:
        begin_session(course, record, "ab-initio")
    else:
        goes_on = resumed if course.standard == "2004" else record.suspended
        record.change(missing_values(course, activity, record))
        begin_session(course, record, "resume" if goes_on else "")


def begin_session(course: Course, record: ActivityRecord, entry: str) -> None:
    """What lasts for one session alone begins empty; time that was told after the goodbye of the
    one before counts with it."""
    attempt.count_time(course, record)
    record.counted = 0
    record.change(dict.fromkeys(SESSION_ONLY))
    record.entry = entry
    record.opened = True
    record.initialized = False
    record.terminated = False
