"""The answer to the player: what is acknowledged, what may be chosen, what to deliver."""

import math
from urllib.parse import quote

from scorm import sequencing
from scorm.cmi.time import format_2004
from scorm.resources import Registration, Session
from scorm.runtime.attempt import model_of
from scorm.runtime.commit import Applied
from scorm.runtime.course import course_of
from scorm.runtime.launch import state_of
from scorm.runtime.launchdata import SESSION_ONLY


def view(
    registration: Registration, session: Session, capability: str, applied: Applied, *, full: bool
) -> dict:
    """What the player is told (``docs/runtime.md``, protocol).

    :param full: whether the delivery comes with its address and data; without, its number alone
        says that the frame is to be left as it is
    """
    course = course_of(registration.version)
    state = state_of(registration, session)
    valid = sequencing.validity(course.tree, state)
    running = session.outcome is None
    current = course.items.get(state.current or "") if running else None
    if current is not None and not state[current.identifier].active:
        current = None
    return {
        "acknowledged": session.acknowledged,
        "capability": capability,
        "refused": applied.refused,
        "navigation": {
            "continue": running and valid.continue_,
            "previous": running and valid.previous,
            "suspend": running and valid.suspend,
            "exit": running and valid.exit,
        },
        "hidden": sorted(current.hide_lms_ui) if current else [],
        "toc": sequencing.contents(course.tree, state, valid, done=state_of(registration, None)),
        "request_valid": {
            "continue": _word(valid.continue_),
            "previous": _word(valid.previous),
            "choice": {key: _word(may) for key, may in valid.choice.items()},
            "jump": {},
        },
        "delivery": _delivery(registration, session, capability, current, full=full),
        "outcome": _outcome(registration, session),
    }


def _word(value: bool) -> str:
    return "true" if value else "false"


def _delivery(registration, session, capability: str, item, *, full: bool) -> dict | None:
    if item is None or item.launch is None:
        return None
    if not full:
        return {"number": session.delivery}
    course = course_of(registration.version)
    model = model_of(course, registration, item.identifier, session.mode)
    values = {k: v for k, v in model.values().items() if k not in SESSION_ONLY}
    return {
        "number": session.delivery,
        "activity": item.identifier,
        "title": item.title,
        "url": f"/{capability}/{registration.version.key}/{launch_path(item.launch)}",
        "standard": course.standard,
        "edition": str(course.manifest.edition),
        "sco": item.sco,
        "data": values,
    }


def launch_path(launch: str) -> str:
    """The launch file and parameters as a URL path: names quoted, ``?`` and ``#`` kept."""
    cut = min((launch.find(mark) for mark in "?#" if mark in launch), default=len(launch))
    return quote(launch[:cut]) + quote(launch[cut:], safe="?#&=+%/:;,@!$'()*~")


def _outcome(registration: Registration, session: Session) -> dict | None:
    if session.outcome is None:
        return None
    state, words = session.outcome
    return {"state": state, "message": words, "result": result(registration)}


def result(registration: Registration) -> dict:
    """Where the learner stands in words and figures: completion, success, score, time."""
    course = course_of(registration.version)
    found = sequencing.summary(course.tree, state_of(registration, None))
    total = sum(record.total + record.earlier for record in registration.records.values())
    return {
        "completion": found.completion,
        "success": found.success,
        "score": None if found.measure is None else f"{percent(found.measure)} %",
        "time": format_2004(total),
    }


def percent(score: float | None) -> int | None:
    """A score from -1 to 1 in whole percent, rounded down: 79.6 % is not yet 80 %.

    Seven decimals are what content may report (SCORM 2004 RTE 4.1.1, real(10,7)); what lies
    beyond them is the binary number's own error.
    """
    return None if score is None else math.floor(round(score * 100, 5))
