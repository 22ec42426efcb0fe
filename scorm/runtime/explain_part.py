"""Why a part of a course counts as it does, in words: how its last session went, its own statuses,
and what of it counts for the course."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from scorm.cmi import DataModel
from scorm.packages.manifest import Item
from scorm.resources import ActivityRecord, Registration
from scorm.runtime.attempt import exit_word, primary_record
from scorm.runtime.course import Course
from scorm.runtime.explain_counting import counting
from scorm.runtime.launchdata import first_values, plain, served
from scorm.runtime.reasons import WORDS, Finding
from scorm.runtime.statuses import (
    COMPLETION,
    SUCCESS,
    Status,
    measure_read_elsewhere,
    read_elsewhere,
)
from scorm.sequencing import Activity, Progress, State, Tracking
from scorm.sequencing.objectives import effective

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
class _Seen:
    """What one part's findings are made from.

    :param tracking: its own
    :param counts: what rules see of it, once global objectives are read and measures judged
    """

    course: Course
    state: State
    item: Item
    activity: Activity
    record: ActivityRecord
    model: DataModel
    tracking: Tracking
    counts: Progress
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

    @property
    def given_up(self) -> str | None:
        """The request by which content gave its last session up, if it did."""
        record = self.record
        request = record.get("adl.nav.request") if record.terminated else None
        if exit_word(self.course, record) in ("time-out", "logout"):
            return None
        return request if request in ("abandon", "abandonAll") else None


def of_part(
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
            state,
            course.items[activity.id],
            activity,
            record,
            DataModel(course.standard, values, edition=str(course.manifest.edition)),
            state[activity.id],
            effective(state, activity),
            state.current == activity.id and state[activity.id].active,
        )
        yield from _of_attempt(seen)
    yield from counting(course.tree, state, activity)


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


def _last_session(seen: _Seen) -> Iterator[Finding]:
    """How content began and ended, and what the next launch makes of it (RTE 4.2.8)."""
    record, names = seen.record, seen.names
    if seen.silent and not seen.activity.tracked:
        return  # that it is not tracked says it all
    if seen.silent:
        yield from _of_asset(seen)
    elif not record.terminated:
        if seen.is_current:
            yield Finding("no-goodbye" if record.initialized else "opened", names)
    elif not record.initialized:
        yield Finding("never-initialized", names)
    else:
        yield Finding(_end(seen), names | {"word": _quoted(exit_word(seen.course, record))})


def _of_asset(seen: _Seen) -> Iterator[Finding]:
    threshold, delivery = seen.activity.threshold, seen.activity.sequencing.delivery
    place = seen.course.tree, seen.state, seen.activity, COMPLETION
    if measure_read_elsewhere(*place):
        yield Finding("asset.reads")
        yield from _by_measure(seen, COMPLETION, None)
    elif read_elsewhere(*place):
        yield Finding("asset.reads")
    else:
        never = threshold.completed_by_measure or delivery.completion_set_by_content
        yield Finding("asset.never" if never and seen.course.standard == "2004" else "asset")


def _end(seen: _Seen) -> str:
    """The code of how content's session ended.

    A 1.2 lesson resumes by its own word alone; in 2004 sequencing has the last word.
    """
    record, word = seen.record, exit_word(seen.course, seen.record)
    ends = word if word in ("time-out", "logout") else "normal"
    if seen.course.standard == "1.2":
        if not record.suspended:
            return f"exit.{ends}.12"
    elif not seen.tracking.suspended and not (record.suspended and not seen.activity.tracked):
        if seen.is_current:
            return "exit.open"
        return "exit.over" if record.suspended else f"exit.{ends}"
    elif not record.suspended:
        return "exit.kept"
    return "exit.suspend" if word == "suspend" else "interrupted"


def _quoted(word: str | None) -> str:
    return f"“{word}”" if word else "left empty"


def _statuses_2004(seen: _Seen) -> Iterator[Finding]:
    """Completion, success and score (RTE 4.2.4, 4.2.22; SN UP.4 step 1)."""
    delivery = seen.activity.sequencing.delivery
    yield from _status_2004(seen, COMPLETION, delivery.completion_set_by_content)
    yield from _status_2004(seen, SUCCESS, delivery.objective_set_by_content)
    if seen.given_up:
        return
    raw = seen.model.value("cmi.score.raw")
    element, scaled = _measure(seen, SUCCESS)
    if element != "cmi.score.scaled":
        yield Finding("score.objective", {"element": element, "measure": str(scaled)})
    elif raw is not None and scaled is None:
        yield Finding("score.raw-only", {"raw": raw})


def _status_2004(seen: _Seen, status: Status, left_to_content: bool) -> Iterator[Finding]:
    """One of both statuses."""
    about, own = status.about, status.of(seen.tracking)
    said = seen.record.get(f"cmi.{status.own}")
    if seen.given_up:
        values = {"request": seen.given_up, "counts": status.said[own]}
        yield Finding(f"{about}.abandoned", values)
    elif status.least(seen.activity) is not None:
        yield from _by_measure(seen, status, said)
    elif found := _of_objective(seen, status, own):
        yield found
    elif said in status.words:
        code = f"{about}.{str(said).replace(' ', '-')}"
        yield Finding(code) if code in WORDS else Finding(f"{about}.said", {"said": str(said)})
    elif (element := _unknown(seen, status)) is not None:
        yield Finding(f"{about}.unknown", {"element": element})
    elif own:
        yield Finding(f"{about}.assumed")
    elif not seen.record.terminated:
        yield Finding(f"{about}.open")
    elif seen.tracking.suspended:
        yield Finding(f"{about}.suspended")
    elif left_to_content:
        yield Finding(f"{about}.left-to-content")
    elif status.of(seen.counts) is not None:
        yield Finding(f"{about}.read")


def _by_measure(seen: _Seen, status: Status, said: str | None) -> Iterator[Finding]:
    """A status that a measure alone decides (RTE 4.2.4.1, 4.2.22; SN 3.10)."""
    about, counts, least = status.about, status.of(seen.counts), status.least(seen.activity)
    assert least is not None
    values = {"limit": seen.model.value(status.limit) or plain(least)}
    read = measure_read_elsewhere(seen.course.tree, seen.state, seen.activity, status)
    if read is None:
        element, measure = _measure(seen, status)
    else:
        element, amount = f"“{read['target']}”", status.amount_of(seen.counts)
        measure = None if amount is None else plain(amount)
        yield Finding(f"global.{status.amount}", read)
    if measure is None:
        verdict = "no-measure" if read is None else "no-measure.read"
    else:
        verdict = {True: "reached", False: "short", None: "active"}[counts]
    yield Finding(f"{about}.{verdict}", values | {"element": element, "measure": str(measure)})
    word = next((word for word, is_so in status.words.items() if is_so is counts), "unknown")
    if said not in (None, "unknown", word):
        code = f"{about}.ignored.reached" if counts else f"{about}.ignored"
        yield Finding(code, {"said": str(said), "counts": word})


def _unknown(seen: _Seen, status: Status) -> str | None:
    """The element by which content said last that it does not know (RTE 4.2.4, 4.2.17)."""
    place = primary_record(seen.course, seen.item.identifier, seen.model)
    elements = [f"cmi.{status.own}", *([f"{place}.{status.own}"] if place else [])]
    return next((x for x in elements if seen.record.get(x) == "unknown"), None)


def _of_objective(seen: _Seen, status: Status, tracked: bool | None) -> Finding | None:
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


def _measure(seen: _Seen, status: Status) -> tuple[str, str | None]:
    """The element that a measure came from, and its value: content's own, else the one in the
    record of the primary objective, where that is what counts."""
    own, tracked_measure = f"cmi.{status.measure}", status.amount_of(seen.tracking)
    place = primary_record(seen.course, seen.item.identifier, seen.model)
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
