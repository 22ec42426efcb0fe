"""An activity's data while content runs, and what is made of it when a session ends.

Status and time are settled here and nowhere else (SCORM 2004 RTE 4.2; SCORM 1.2 RTE 3.4.4).
"""

from collections.abc import Callable, MutableMapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from scorm import sequencing
from scorm.cmi import DataModel, SharedStore
from scorm.cmi.time import parse_12, parse_2004
from scorm.resources import ActivityRecord, Registration, put
from scorm.runtime.course import Course
from scorm.runtime.launchdata import served
from scorm.runtime.state import keep_state, state_of
from scorm.sequencing import Activity, ActivityReport, ObjectiveReport

SHARED = "adl.data."


def model_of(
    course: Course, registration: Registration, activity: str, mode: str = "normal"
) -> DataModel:
    """The activity's data model with everything it holds now.

    It is kept in memory with the record until that changes by anything but :func:`keep`. Whoever
    sets values first says that the record changes, so that an undone transaction forgets it.
    """
    record = registration.record(activity, keep=mode == "normal")
    if mode == "normal" and record._v_model is not None:
        return record._v_model
    model = DataModel(
        course.standard,
        {**record.values(), **served(course, registration, activity, mode), **record.seeds},
        stores=stores_of(course, registration, activity),
        edition=str(course.manifest.edition),
    )
    if mode == "normal":
        record._v_model = model
    return model


def keep(course: Course, registration: Registration, activity: str, model: DataModel) -> None:
    """Store what content set: with the activity, and in the stores that it shares with others."""
    record = registration.record(activity)
    changes = model.take_changes()
    maps = course.items[activity].data_maps
    for name in [name for name in changes if name.startswith(SHARED)]:
        target = maps[int(name.split(".")[2])].target_id
        put(store_place(course, registration), target, changes.pop(name))
    if "cmi.core.lesson_status" in changes and record.unsaid:
        record.unsaid = False
    if any(name in record.seeds for name in changes):
        record.seeds = {k: v for k, v in record.seeds.items() if k not in changes}
    report = None if any(name.startswith(REPORTED) for name in changes) else record._v_report
    record.change(changes)
    record._v_model, record._v_report = model, report


def stores_of(course: Course, registration: Registration, activity: str) -> list[SharedStore]:
    """The data stores that the activity maps, with what is in them (4th Ed. RTE 4.3.1)."""
    place = store_place(course, registration)
    return [
        SharedStore(each.target_id, text_of(place.get(each.target_id)), each.read, each.write)
        for each in course.items[activity].data_maps
    ]


def store_place(course: Course, registration: Registration) -> MutableMapping[str, Any]:
    """Where shared data live: with the learner, or with the attempt on the course where the
    manifest says so (4th Ed. CAM 3.4.1.2, ``sharedDataGlobalToSystem``)."""
    if course.manifest.organization.shared_data_global_to_system:
        return registration.learner.stores
    return registration.stores


def text_of(value: object) -> str | None:
    return None if value is None else str(value)


def end_session(
    course: Course,
    registration: Registration,
    activity: str,
    *,
    lost: bool = False,
    abandoned: bool = False,
) -> None:
    """Count the time once, settle the status, report to sequencing (RTE 4.2.27, SN UP.4).

    :param lost: content never said goodbye; its attempt is then kept as suspended
    :param abandoned: content gave its attempt up: nothing is judged (SN book TB.2.3 6)
    """
    record = registration.record(activity)
    record._p_changed = True
    if course.standard == "1.2":
        _settle_12(course, registration, activity, unfinished=lost)
    count_time(course, record)
    record.terminated = True
    record.suspended = lost or exit_word(course, record) == "suspend"
    if not abandoned:
        said = report_of(course, registration, activity)
        found = replace(said, suspended=said.suspended or lost)
        before = state_of(registration, None)
        keep_state(registration, None, sequencing.record(course.tree, before, activity, found))


def request_at_exit(course: Course, registration: Registration, activity: str, asked: str) -> str:
    """The navigation request that content's goodbye makes: ``exitAll`` in place of any other when
    its time is up or the learner logged out (RTE 4.2.8; SCORM 1.2 RTE 3.4.4)."""
    gone = exit_word(course, registration.record(activity)) in ("time-out", "logout")
    return "exitAll" if gone else asked


def exit_word(course: Course, record: ActivityRecord) -> str | None:
    """How content said that its session ends (RTE 4.2.8; SCORM 1.2 RTE 3.4.4)."""
    name = "cmi.exit" if course.standard == "2004" else "cmi.core.exit"
    return record.get(name)


def _settle_12(
    course: Course, registration: Registration, activity: str, *, unfinished: bool
) -> None:
    """The status of a 1.2 lesson at LMSFinish or when the learner leaves: completed when content
    said nothing, then the mastery score decides, unless content said ``incomplete``
    (SCORM 1.2 RTE 3.4.4).

    A lesson that is to go on (``unfinished``, or suspended by content) has not been completed by
    saying nothing.
    """
    record = registration.record(activity)
    model = model_of(course, registration, activity)
    status, _ = model.get("cmi.core.lesson_status")
    unsaid = record.unsaid or status == "not attempted"
    if status == "not attempted":
        if not unfinished and exit_word(course, record) != "suspend":
            model.set("cmi.core.lesson_status", "completed")
        elif record.initialized:
            model.set("cmi.core.lesson_status", status := "incomplete")
    if verdict := _by_mastery(model):
        model.set("cmi.core.lesson_status", verdict)
    keep(course, registration, activity, model)
    if unsaid:
        record.unsaid = True


def _by_mastery(model: DataModel) -> str | None:
    """What the mastery score makes of the raw score, when there are both and content does not say
    that it is to go on (SCORM 1.2 RTE 3.4.4)."""
    mastery = _decimal(model.get("cmi.student_data.mastery_score")[0])
    raw = _decimal(model.get("cmi.core.score.raw")[0])
    if mastery is None or raw is None or model.get("cmi.core.lesson_status")[0] == "incomplete":
        return None
    return "passed" if raw >= mastery else "failed"


def count_time(course: Course, record: ActivityRecord) -> None:
    """Add the session's time to the total and forget it, so that it counts once (RTE 4.2.25).

    When content says goodbye once more, the time that it tells then stands for the whole session:
    it takes the place of what was added.
    """
    name, parse = (
        ("cmi.session_time", parse_2004)
        if course.standard == "2004"
        else ("cmi.core.session_time", parse_12)
    )
    spent = record.get(name)
    if spent:
        record.total += parse(spent) - record.counted
        record.counted = parse(spent)
        record.change({name: None})


def report_of(course: Course, registration: Registration, activity: str) -> ActivityReport:
    """What content has said of its activity in this attempt; kept at hand until it says more."""
    record = registration.record(activity)
    if record._v_report is None:
        model = model_of(course, registration, activity)
        if course.standard == "1.2":
            record._v_report = _report_12(model)
        else:
            record._v_report = _report_2004(model, course.tree[activity], record)
    return record._v_report


def primary_record(course: Course, activity: str, model: DataModel) -> str | None:
    """The record of ``cmi.objectives`` that stands for the activity's primary objective: the one
    with its id (RTE 4.2.17)."""
    primary = course.tree[activity].primary
    records = (f"cmi.objectives.{at}" for at in range(model.count("cmi.objectives")))
    return next(
        (x for x in records if primary.identifier and model.value(f"{x}.id") == primary.identifier),
        None,
    )


def _report_2004(model: DataModel, activity: Activity, record: ActivityRecord) -> ActivityReport:
    """RTE 4.2.4, 4.2.17, 4.2.18, 4.2.19.1, 4.2.22: what the data model says about the activity.

    The record of ``cmi.objectives`` with the primary objective's id stands for the activity too:
    its verdict wins over the activity's own word, its completion, progress and scaled score stand
    in where there is no own, and the other scores are taken from it alone.
    """
    records: dict[str, dict[str, Any]] = {}
    seeded: dict[str, frozenset[str]] = {}
    for at in range(model.count("cmi.objectives")):
        identifier = model.value(f"cmi.objectives.{at}.id")
        if identifier and activity.objective(identifier) is not None:
            said, given = _objective_said(model, f"cmi.objectives.{at}", record)
            records[identifier], seeded[identifier] = said, given
    name = activity.primary.identifier or ""
    primary = records.pop(name, {})
    own = {
        "completion": COMPLETION.get(model.get("cmi.completion_status")[0]),
        "satisfied": SUCCESS.get(model.get("cmi.success_status")[0]),
        "measure": _float(model.value("cmi.score.scaled")),
        "progress_measure": _float(model.value("cmi.progress_measure")),
    }
    spoken = {key for key, element in OWN.items() if model.value(element) is not None}
    values = primary | {
        key: value
        for key, value in own.items()
        if value is not None or key in spoken or key not in primary
    }
    if "satisfied" in primary:
        values["satisfied"] = primary["satisfied"]
    return ActivityReport(
        **values,
        suspended=model.value("cmi.exit") == "suspend",
        said=frozenset(spoken | primary.keys()) & {"completion", "satisfied"},
        told=frozenset(spoken | (primary.keys() - seeded.pop(name, frozenset()))),
        objectives={
            key: ObjectiveReport(said, frozenset(said) - seeded[key])
            for key, said in records.items()
        },
    )


def _objective_said(
    model: DataModel, name: str, record: ActivityRecord
) -> tuple[dict[str, Any], frozenset[str]]:
    """What content has set in one record of ``cmi.objectives`` in this attempt, by the names of
    tracking; and which of them a global objective has given another value since."""
    found: dict[str, Any] = {}
    seeded: set[str] = set()
    for key, (element, meaning) in OF_OBJECTIVES.items():
        whole = f"{name}.{element}"
        value = model.value(whole)
        if whole in record.seeds:
            seeded.add(key)
            value = record.get(whole)
        if value is not None:
            found[key] = meaning(value)
    return found, frozenset(seeded)


def _report_12(model: DataModel) -> ActivityReport:
    """SCORM 1.2 has one status word for both; ``failed`` is finished, and not passed."""
    status, _ = model.get("cmi.core.lesson_status")
    status = _by_mastery(model) or status
    completion, satisfied = {
        "passed": (True, True),
        "completed": (True, None),
        "failed": (True, False),
        "browsed": (True, None),
        "incomplete": (False, None),
    }.get(status, (None, None))
    return ActivityReport(
        completion=completion,
        satisfied=satisfied,
        measure=measure_12(model),
        suspended=model.value("cmi.core.exit") == "suspend",
    )


def measure_12(model: DataModel) -> float | None:
    """The raw score as a share, 0 to 1, of the range content gave; of 0 to 100 without one."""
    raw = _decimal(model.value("cmi.core.score.raw"))
    if raw is None:
        return None
    least = _decimal(model.value("cmi.core.score.min")) or Decimal(0)
    most = _decimal(model.value("cmi.core.score.max"))
    if most is None or most - least <= 0:  # a difference may vanish within a decimal's precision
        least, most = Decimal(0), Decimal(100)
    return float(min(max((raw - least) / (most - least), Decimal(0)), Decimal(1)))


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _float(text: str | None) -> float | None:
    number = _decimal(text)
    return None if number is None else float(number)


REPORTED = (
    *("cmi.completion_status", "cmi.success_status", "cmi.score.", "cmi.progress_measure"),
    *("cmi.objectives.", "cmi.exit", "cmi.core."),
)
"""How the names of elements begin that a report is made from."""
COMPLETION = {"completed": True, "incomplete": False, "not attempted": False}
SUCCESS = {"passed": True, "failed": False}
OWN = {
    "completion": "cmi.completion_status",
    "satisfied": "cmi.success_status",
    "measure": "cmi.score.scaled",
    "progress_measure": "cmi.progress_measure",
}
"""By the names of tracking: the element in which content speaks of its activity."""
OF_OBJECTIVES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "completion": ("completion_status", COMPLETION.get),
    "satisfied": ("success_status", SUCCESS.get),
    "measure": ("score.scaled", _float),
    "progress_measure": ("progress_measure", _float),
    "raw": ("score.raw", _float),
    "minimum": ("score.min", _float),
    "maximum": ("score.max", _float),
}
"""By the names of tracking: an element of a record of ``cmi.objectives``, and how it is read."""
