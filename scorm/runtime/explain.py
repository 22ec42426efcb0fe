"""Why a registration counts as it does, from what is stored.

For authors and admins who ask why a course that was finished is not completed. Everything is read
from what is stored, nothing is judged anew: status and time are settled in ``attempt``, and what
parts make of the course in ``scorm.sequencing.rollup``. What cannot be known is not said.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from scorm.cmi import DataModel
from scorm.cmi.tables import table
from scorm.packages.manifest import Item
from scorm.resources import ActivityRecord, Registration, Session
from scorm.runtime.attempt import exit_word, primary_record
from scorm.runtime.course import Course, course_of
from scorm.runtime.launchdata import first_values, plain, served
from scorm.runtime.reasons import WORDS, Finding
from scorm.runtime.standing import standing_of
from scorm.sequencing import Activity, State, Tracking
from scorm.sequencing.contents import status
from scorm.sequencing.rollup import contributing
from scorm.sequencing.tracking import Progress

NAMES = {
    "2004": {
        "initialize": "Initialize",
        "terminate": "Terminate",
        "exit": "cmi.exit",
        "entry": "cmi.entry",
        "session_time": "cmi.session_time",
    },
    "1.2": {
        "initialize": "LMSInitialize",
        "terminate": "LMSFinish",
        "exit": "cmi.core.exit",
        "entry": "cmi.core.entry",
        "session_time": "cmi.core.session_time",
    },
}
"""What each standard calls the same."""


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
            tuple(_part(course, registration, state, activity)),
        )
        for activity in course.tree.deliverables()
    )
    whole = (*_whole(course, registration, state), *_from_devices(course, registration))
    return Explanation(whole, parts)


@dataclass(frozen=True)
class _Seen:
    """What one part's findings are made from."""

    course: Course
    item: Item
    activity: Activity
    record: ActivityRecord
    model: DataModel
    tracking: Tracking
    is_current: bool

    @property
    def names(self) -> dict[str, str]:
        return NAMES[self.course.standard]

    @property
    def silent(self) -> bool:
        """Whether it is a page that nobody expects to speak, and has not spoken."""
        if self.item.sco or self.record.initialized:
            return False
        said = set(self.record.values()) - set(first_values(self.course, self.activity.id))
        if self.record.unsaid:
            said.discard("cmi.core.lesson_status")
        return not said


def _part(
    course: Course, registration: Registration, state: State, activity: Activity
) -> Iterator[Finding]:
    record = registration.records.get(activity.id)
    if not activity.tracked:
        yield Finding("untracked")
    if record is None or not record.attempt:
        yield Finding("not-launched")
    else:
        values = {**record.values(), **served(course, registration, activity.id, "normal")}
        seen = _Seen(
            course,
            course.items[activity.id],
            activity,
            record,
            DataModel(course.standard, values, edition=str(course.manifest.edition)),
            state[activity.id],
            state.current == activity.id and state[activity.id].active,
        )
        yield from _of_attempt(seen)
    yield from _not_counted(course, activity)


def _of_attempt(seen: _Seen) -> Iterator[Finding]:
    course, record = seen.course, seen.record
    yield from _last_session(seen)
    if seen.activity.tracked and not seen.silent:
        yield from _statuses_2004(seen) if course.standard == "2004" else _statuses_12(seen)
        yield from _half_told(seen)
    if record.terminated and not record.total and not seen.silent:
        yield Finding("time.none", seen.names)
    kept = DataModel(course.standard, record.values(), edition=str(course.manifest.edition))
    for warning in kept.review():
        yield Finding("excess", {"warning": warning})


def _not_counted(course: Course, activity: Activity) -> Iterator[Finding]:
    """The manifest's own word, on the way from the part to the course (SN RB.1.4.2)."""
    way = [above for above in course.tree.path(activity.id) if above.parent is not None]
    if all(above.tracked for above in way):
        if not all(map(for_progress, way)):
            yield Finding("not-counted.completion")
        if not all(map(for_objective, way)):
            yield Finding("not-counted.success")


def _last_session(seen: _Seen) -> Iterator[Finding]:
    """How content began and ended, and what the next launch makes of it (RTE 4.2.8)."""
    record, names = seen.record, seen.names
    if seen.silent and not seen.activity.tracked:
        return  # that it is not tracked says it all
    if seen.silent:
        threshold, delivery = seen.activity.threshold, seen.activity.sequencing.delivery
        told = threshold.completed_by_measure or delivery.completion_set_by_content
        yield Finding("asset.never" if told and seen.course.standard == "2004" else "asset")
    elif not record.terminated:
        if seen.is_current:
            yield Finding("no-goodbye" if record.initialized else "opened", names)
    elif not record.initialized:
        yield Finding("never-initialized", names)
    else:
        yield Finding(_end(seen), names | {"word": _quoted(exit_word(seen.course, record))})


def _end(seen: _Seen) -> str:
    """The code of how content's session ended.

    A 1.2 lesson resumes by its own word alone; in 2004 sequencing has the last word.
    """
    record, word = seen.record, exit_word(seen.course, seen.record)
    ends = word if word in ("time-out", "logout") else "normal"
    if seen.course.standard == "1.2":
        if not record.suspended:
            return f"exit.{ends}.12"
    elif not seen.tracking.suspended:
        if seen.is_current:
            return "exit.open"
        return "exit.over" if record.suspended else f"exit.{ends}"
    elif not record.suspended:
        return "exit.kept"
    return "exit.suspend" if word == "suspend" else "interrupted"


def _quoted(word: str | None) -> str:
    return f"“{word}”" if word else "left empty"


@dataclass(frozen=True)
class _Status:
    """One of the two statuses of SCORM 2004, and where it may come from.

    :param about: ``completion`` or ``success``
    :param words: those of content by which it says it, and what each counts as
    :param limit: the manifest's, in the data model
    :param measure: what is held against the limit
    """

    about: str
    words: dict[str, bool]
    limit: str
    measure: str

    @property
    def own(self) -> str:
        return f"{self.about}_status"


COMPLETION = _Status(
    "completion",
    {"completed": True, "incomplete": False, "not attempted": False},
    "cmi.completion_threshold",
    "progress_measure",
)
SUCCESS = _Status(
    "success", {"passed": True, "failed": False}, "cmi.scaled_passing_score", "score.scaled"
)


def _statuses_2004(seen: _Seen) -> Iterator[Finding]:
    """Completion, success and score (RTE 4.2.4, 4.2.22; SN UP.4 step 1)."""
    tracking, delivery = seen.tracking, seen.activity.sequencing.delivery
    yield from _status_2004(
        seen,
        COMPLETION,
        tracking.completion,
        tracking.progress_measure,
        delivery.completion_set_by_content,
    )
    yield from _status_2004(
        seen, SUCCESS, tracking.satisfied, tracking.measure, delivery.objective_set_by_content
    )
    raw = seen.model.value("cmi.score.raw")
    element, scaled = _measure(seen, SUCCESS, tracking.measure)
    if element != "cmi.score.scaled":
        yield Finding("score.objective", {"element": element, "measure": str(scaled)})
    elif raw is not None and scaled is None:
        yield Finding("score.raw-only", {"raw": raw})


def _status_2004(
    seen: _Seen,
    status: _Status,
    tracked: bool | None,
    tracked_measure: float | None,
    left_to_content: bool,
) -> Iterator[Finding]:
    """One of both statuses.

    :param tracked: what counts
    :param tracked_measure: what counts of the measure that goes with it
    """
    about, said = status.about, seen.record.get(f"cmi.{status.own}")
    limit = seen.model.value(status.limit)
    if limit is not None:
        element, measure = _measure(seen, status, tracked_measure)
        reached = "no-measure" if measure is None else "reached" if tracked else "short"
        values = {"element": element, "measure": str(measure), "limit": limit}
        yield Finding(f"{about}.{reached}", values)
        counts = next((word for word, is_so in status.words.items() if is_so is tracked), "unknown")
        if said not in (None, "unknown", counts):
            code = f"{about}.ignored.reached" if tracked else f"{about}.ignored"
            yield Finding(code, {"said": str(said), "counts": counts})
    elif found := _of_objective(seen, status, tracked):
        yield found
    elif said in status.words:
        code = f"{about}.{str(said).replace(' ', '-')}"
        yield Finding(code) if code in WORDS else Finding(f"{about}.said", {"said": str(said)})
    else:
        if said == "unknown":
            yield Finding(f"{about}.unknown")
        yield from _undecided(seen, about, tracked, left_to_content)


def _undecided(
    seen: _Seen, about: str, tracked: bool | None, left_to_content: bool
) -> Iterator[Finding]:
    """What is made of a status that content has not decided (SN UP.4 step 1)."""
    if tracked:
        yield Finding(f"{about}.assumed")
    elif not seen.record.terminated:
        yield Finding(f"{about}.open")
    elif seen.tracking.suspended:
        yield Finding(f"{about}.suspended")
    elif left_to_content:
        yield Finding(f"{about}.left-to-content")
    elif (request := seen.record.get("adl.nav.request")) in ("abandon", "abandonAll"):
        yield Finding(f"{about}.abandoned", {"request": str(request)})


def _of_objective(seen: _Seen, status: _Status, tracked: bool | None) -> Finding | None:
    """The status as content told it in the record of the primary objective: that wins over success,
    and stands in for completion that content left alone (RTE 4.2.17)."""
    place = primary_record(seen.course, seen.item.identifier, seen.model)
    if place is None:
        return None
    element = f"{place}.{status.own}"
    told, said = seen.record.get(element), seen.record.get(f"cmi.{status.own}")
    if told not in status.words or status.words[told] is not tracked:
        return None
    if said in status.words and status.words[said] is tracked:
        return None
    if status is COMPLETION and said is not None and tracked:
        return None
    code = f"{status.about}.objective" + ("" if tracked else ".short")
    return Finding(code, {"element": element, "said": told})


def _measure(seen: _Seen, status: _Status, tracked_measure: float | None) -> tuple[str, str | None]:
    """The element that a measure came from, and its value: content's own, else the one in the
    record of the primary objective, where that is what counts."""
    own, place = (
        f"cmi.{status.measure}",
        primary_record(seen.course, seen.item.identifier, seen.model),
    )
    value = seen.model.value(own)
    if value is None and place is not None and tracked_measure is not None:
        told = seen.record.get(f"{place}.{status.measure}")
        number = _number(told or "")
        if number is not None and float(number) == tracked_measure:
            return f"{place}.{status.measure}", told
    return own, value


def _statuses_12(seen: _Seen) -> Iterator[Finding]:
    """The one status, and the mastery score (SCORM 1.2 RTE 3.4.4)."""
    record, model = seen.record, seen.model
    said, _ = model.get("cmi.core.lesson_status")
    raw_text, _ = model.get("cmi.core.score.raw")
    limit_text, _ = model.get("cmi.student_data.mastery_score")
    raw, limit = _number(raw_text), _number(limit_text)
    figures = {"raw": raw_text, "limit": limit_text}
    if not record.terminated:
        yield Finding("status.open", {"said": said})
        goes_on = said == "not attempted" and exit_word(seen.course, record) == "suspend"
        if raw is not None and limit is not None and said != "incomplete" and not goes_on:
            verdict = "passed" if raw >= limit else "failed"
            if verdict != said:
                yield Finding("mastery.ahead", figures | {"verdict": verdict})
        return
    if raw is not None and limit is not None:
        if said in ("passed", "failed"):
            yield Finding("mastery.reached" if said == "passed" else "mastery.short", figures)
            return
        if said == "incomplete" and raw >= limit:
            yield Finding("mastery.incomplete", figures)
    if said == "not attempted":
        yield Finding("status.none")
    elif record.unsaid and said in ("completed", "incomplete"):
        yield Finding(f"status.{said}")
    else:
        code = f"status.said.{said}"
        yield Finding(code) if code in WORDS else Finding("status.said", {"said": said})
    if limit is not None and raw is None:
        yield Finding("mastery.no-score", figures)


def _half_told(seen: _Seen) -> Iterator[Finding]:
    """One of the two is known, and the other is not."""
    completion, satisfied = seen.tracking.completion, seen.tracking.satisfied
    if not seen.record.terminated:
        return
    if satisfied and not completion:
        yield Finding("finished-not-completed")
    elif completion and satisfied is None:
        yield Finding("completed-no-verdict")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


Children = list[tuple[Activity, Progress]]


def _whole(course: Course, registration: Registration, state: State) -> Iterator[Finding]:
    """What the parts make of the course (SN RB.1.2, RB.1.3)."""
    tree = course.tree
    root = tree[tree.root]
    if not any(record.attempt for record in registration.records.values()):
        yield Finding("course.not-started")
        return
    if not root.tracked:
        yield Finding("course.untracked")
        return
    yield from _completion(course, state, root)
    if course.standard == "1.2":
        lessons = _leaves(course, state, root, for_objective, SUCCESS)
        yield _verdict_of_lessons(state[tree.root], lessons)
    else:
        yield from _success(course, state, root)


def _completion(course: Course, state: State, root: Activity) -> Iterator[Finding]:
    tracking, threshold = state[root.id], root.threshold
    if threshold.completed_by_measure:
        limit, measure = threshold.min_progress_measure, tracking.progress_measure
        yield _measured("course.completion", measure, limit, tracking.completion)
        return
    counted = _leaves(course, state, root, for_progress, COMPLETION)
    lacking = [(child, tracked) for child, tracked in counted if not tracked.completion]
    missing = [child.title for child, _ in lacking]
    if not counted:
        yield Finding("course.completion.no-parts")
    elif not missing:
        if tracking.completion:
            yield Finding("course.completion.all")
    elif tracking.completion:
        yield Finding("course.completion.kept", {"titles": _titles(missing)})
    else:
        yield Finding(
            "course.completion.missing",
            {
                "done": str(len(counted) - len(missing)),
                "count": str(len(counted)),
                "titles": _titles(missing),
            },
        )
        yield from _clusters(lacking, COMPLETION)


def _success(course: Course, state: State, root: Activity) -> Iterator[Finding]:
    tracking, primary = state[root.id], root.sequencing.primary_objective
    if primary is not None and primary.satisfied_by_measure:
        limit = primary.min_normalized_measure
        yield _measured("course.success", tracking.measure, limit, tracking.satisfied)
        return
    counted = _leaves(course, state, root, for_objective, SUCCESS)
    unknown = [(child, tracked) for child, tracked in counted if tracked.satisfied is None]
    failed = [(child, tracked) for child, tracked in counted if tracked.satisfied is False]
    without, not_passed = (
        _titles([child.title for child, _ in each]) for each in (unknown, failed)
    )
    if not counted:
        yield Finding("course.success.no-parts")
    elif tracking.satisfied is None:
        if unknown:
            yield Finding("course.success.missing", {"titles": without})
        if failed:
            yield Finding("course.success.failed-too", {"titles": not_passed})
        yield from _clusters(unknown + failed, SUCCESS)
    elif unknown and (tracking.satisfied or not failed or _is_kept(course, state, root)):
        verdict = "Passed" if tracking.satisfied else "Failed"
        yield Finding("course.success.kept", {"verdict": verdict, "titles": without})
    elif failed:
        yield Finding("course.success.failed", {"titles": not_passed})
        yield from _clusters(failed, SUCCESS)
    else:
        yield Finding("course.success.all")


def for_objective(child: Activity) -> bool:
    """Whether its success counts for its parent (SN 3.8)."""
    return child.sequencing.rollup.objective_satisfied


def for_progress(child: Activity) -> bool:
    """Whether its completion counts for its parent (SN 3.8)."""
    return child.sequencing.rollup.progress_completion


def _is_kept(course: Course, state: State, root: Activity) -> bool:
    """Whether the children together have no verdict now: then the earlier one stays (RB.1.4)."""
    return any(
        child.progress.satisfied is None
        for child in contributing(course.tree, state, root)
        if for_objective(child.activity)
    )


def _clusters(found: Children, status: _Status) -> Iterator[Finding]:
    """Why clusters hold the course back, whatever their parts have done."""
    about = f"cluster.{status.about}"
    for child, tracked in found:
        if child.deliverable:
            continue
        title = {"title": child.title}
        limit = _limit(child, status)
        if limit is None:
            yield Finding(f"{about}.no-parts", title)
            continue
        measure = tracked.progress_measure if status is COMPLETION else tracked.measure
        finding = _measured(about, measure, limit, False)
        yield Finding(finding.code, finding.values | title)


def _limit(cluster: Activity, status: _Status) -> float | None:
    """The threshold or passing score by which alone a cluster is judged, if it has one."""
    if status is COMPLETION:
        threshold = cluster.threshold
        return threshold.min_progress_measure if threshold.completed_by_measure else None
    primary = cluster.sequencing.primary_objective
    by_measure = primary is not None and primary.satisfied_by_measure
    return primary.min_normalized_measure if primary is not None and by_measure else None


def _verdict_of_lessons(tracking: Tracking, children: Children) -> Finding:
    """SCORM 1.2 has no rollup; what is done instead is in ``scorm.sequencing.rollup``."""
    failed = [child.title for child, tracked in children if tracked.satisfied is False]
    if failed:
        return Finding("course.success.failed", {"titles": _titles(failed)})
    if not any(tracked.satisfied for _, tracked in children):
        return Finding("course.success.no-verdict")
    return Finding("course.success.lessons" if tracking.completion else "course.success.waits")


def _measured(about: str, measure: float | None, limit: float, reached: bool | None) -> Finding:
    values = {"limit": plain(limit)}
    if measure is None:
        return Finding(f"{about}.no-measure", values)
    values["measure"] = plain(measure)
    return Finding(f"{about}.{'reached' if reached else 'short'}", values)


def _leaves(
    course: Course,
    state: State,
    cluster: Activity,
    counts: Callable[[Activity], bool],
    status: _Status,
) -> Children:
    """What decides about a cluster: parts, clusters that a measure of their own decides, and those
    in which no part counts."""
    found: Children = []
    for found_child in contributing(course.tree, state, cluster):
        child, tracked = found_child.activity, found_child.progress
        if not counts(child):
            continue
        if child.deliverable or _limit(child, status) is not None:
            found.append((child, tracked))
        else:
            below = _leaves(course, state, child, counts, status)
            found.extend(below or [(child, tracked)])
    return found


def _titles(titles: list[str], most: int = 10) -> str:
    shown = ", ".join(f"“{title}”" for title in titles[:most])
    return shown if len(titles) <= most else f"{shown} and {len(titles) - most} more"


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
