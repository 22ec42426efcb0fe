"""The answer to the player: what is acknowledged, what may be chosen, what to deliver."""

import math
from collections.abc import Mapping
from urllib.parse import quote

from scorm import sequencing
from scorm.cmi import SharedStore
from scorm.cmi.time import format_2004
from scorm.packages.manifest import Item
from scorm.resources import Registration, Session
from scorm.runtime.attempt import SHARED, model_of, stores_of
from scorm.runtime.course import Course, course_of
from scorm.runtime.launchdata import SESSION_ONLY
from scorm.runtime.standing import standing_of
from scorm.runtime.state import state_of, tree_of


def answer(
    registration: Registration,
    session: Session,
    capability: str,
    refused: list[dict],
    seen: int,
) -> dict:
    """What the player is told (``docs/runtime.md``, protocol): always what is acknowledged, and
    the rest when it is news.

    :param seen: the turn of the newest view that the page has; 0 for none
    """
    found: dict = {"acknowledged": session.acknowledged}
    if refused:
        found["refused"] = refused
    if session.turn != seen:
        if session._v_shown is None:
            session._v_shown = look(registration, session)
        full = seen < session.delivered
        found["turn"] = session.turn
        found["delivery"] = _delivery(registration, session, capability, full=full)
        found |= session._v_shown
    return found


def look(registration: Registration, session: Session) -> dict:
    """What the page shows beside the content; it changes with the state of the tree alone."""
    course = course_of(registration.version)
    standing, tree = standing_of(registration, session), tree_of(course, session)
    state = standing.offered
    valid = sequencing.validity(tree, state)
    running = session.outcome is None
    current = _current(registration, session)
    found: dict = {
        "navigation": {
            "continue": running and valid.continue_,
            "previous": running and valid.previous,
            "suspend": running and valid.suspend,
            "exit": running and valid.exit,
        },
        "hidden": sorted(current.hide_lms_ui) if current else [],
        "toc": sequencing.contents(tree, state, valid, done=standing.reached),
        "request_valid": {
            "continue": _word(valid.continue_),
            "previous": _word(valid.previous),
            "choice": {key: _word(may) for key, may in valid.choice.items()},
            "jump": {key: _word(may) for key, may in valid.jump.items()},
        },
        "outcome": _outcome(registration, session),
    }
    if session.declined:
        found["declined"] = session.declined
    return found


def _current(registration: Registration, session: Session):
    """The item that is before the learner, if one is."""
    state = state_of(registration, session)
    if session.outcome is not None or state.current is None or not state[state.current].active:
        return None
    return course_of(registration.version).items.get(state.current)


def _word(value: bool) -> str:
    return "true" if value else "false"


def _delivery(
    registration: Registration, session: Session, capability: str, *, full: bool
) -> dict | None:
    """What belongs in the frame; its number alone when the page has the rest."""
    item = _current(registration, session)
    if item is None or item.launch is None:
        return None
    if not full:
        return {"number": session.delivery}
    course = course_of(registration.version)
    activity = item.identifier
    values = model_of(course, registration, activity, session.mode).values()
    return {
        "number": session.delivery,
        **of_item(course, registration, item, capability),
        "data": lasting(values),
        "stores": [
            {**shared_store(store), "value": store.value if store.readable else None}
            for store in stores_of(course, registration, activity)
        ],
    }


def of_item(course: Course, registration: Registration, item: Item, capability: str) -> dict:
    """What is the same at each delivery of an item."""
    return {
        "activity": item.identifier,
        "title": item.title,
        "url": f"/{capability}/{registration.version.key}/{launch_path(item.launch or '')}",
        "standard": course.standard,
        "edition": str(course.manifest.edition),
        "sco": item.sco,
    }


def lasting(values: Mapping[str, str]) -> dict[str, str]:
    """The activity's own elements that outlast a session."""
    return {
        name: value
        for name, value in values.items()
        if name not in SESSION_ONLY and not name.startswith(SHARED)
    }


def shared_store(store: SharedStore) -> dict:
    """A data store, without what is in it."""
    return {"target": store.target, "readable": store.readable, "writable": store.writable}


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
    found = sequencing.summary(course.tree, standing_of(registration).reached)
    records = (*registration.records.values(), *registration.aside.values())
    total = sum(record.total + record.earlier for record in records)
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
