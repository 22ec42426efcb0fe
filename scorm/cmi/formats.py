"""Whether a value is of its element's type: ``"type"`` or ``"range"`` when it is not.

The player has the same functions in ``static/player/formats.js``; a test holds them together.
"""

import re
from calendar import monthrange
from decimal import Decimal

from scorm.cmi.languages import is_language
from scorm.cmi.tables import Table

PREFIX = re.compile(r"\{([^{}=]*)=([^{}]*)\}")
TARGET = re.compile(r"\{target=([^{}]*)\}([a-z]+)")


def problem(table: Table, element: dict, value: str) -> str | None:
    """What is wrong with ``value`` for an element that needs no look at its neighbours."""
    if value == "" and element.get("empty"):
        return None
    return CHECKS[element["type"]](table, element, value)


def _text(_table: Table, element: dict, value: str) -> str | None:
    return "type" if "max" in element and len(value) > element["max"] else None


def _state(_table: Table, element: dict, value: str) -> str | None:
    return None if value in element["values"] else "type"


def _number(table: Table, element: dict, value: str) -> str | None:
    if not matches(table, element["type"], value):
        return "type"
    number = Decimal(value)
    low = "min" in element and number < element["min"]
    high = "max" in element and number > element["max"]
    return "range" if low or high else None


def _shape(table: Table, element: dict, value: str) -> str | None:
    return None if matches(table, element["type"], value) else "type"


def _time(table: Table, _element: dict, value: str) -> str | None:
    if not matches(table, "time", value):
        return "type"
    if len(value) >= len("2026-02-30"):
        year, month, day = (int(part) for part in value[:10].split("-"))
        return None if day <= monthrange(year, month)[1] else "type"
    return None


def _localized(_table: Table, _element: dict, value: str) -> str | None:
    return None if is_localized(value) else "type"


def _language(_table: Table, _element: dict, value: str) -> str | None:
    return None if is_language(value) else "type"


def _result(table: Table, element: dict, value: str) -> str | None:
    good = value in element["values"] or matches(table, element["number"], value)
    return None if good else "type"


def _navigation(table: Table, element: dict, value: str) -> str | None:
    if value in element["values"]:
        return None
    match = TARGET.fullmatch(value)
    if match is None or not matches(table, "identifier", match[1]):
        return "type"
    since = element["targets"].get(match[2])
    return None if since is not None and table.has(since) else "type"


CHECKS = {
    "characterstring": _text,
    "string": _text,
    "localized": _localized,
    "language": _language,
    "state": _state,
    "real": _number,
    "decimal": _number,
    "integer": _number,
    "timeinterval": _shape,
    "timespan": _shape,
    "clock": _shape,
    "identifier": _shape,
    "time": _time,
    "result": _result,
    "navigation": _navigation,
}


def matches(table: Table, kind: str, value: str) -> bool:
    """Whether ``value`` has the shape that the table gives the type ``kind``."""
    return table.types[kind].fullmatch(value) is not None


def is_localized(value: str) -> bool:
    """Text with an optional ``{lang=…}`` before it (RTE 4.1.1.6)."""
    match = PREFIX.match(value)
    return match is None or match[1] != "lang" or is_language(match[2])


def without_prefixes(value: str, allowed: tuple[str, ...]) -> str | None:
    """The text after its leading delimiters; None when a known one has a bad value.

    The first unknown or repeated ``{…}`` begins the text.
    """
    seen: set[str] = set()
    at = 0
    while match := PREFIX.match(value, at):
        name, argument = match[1], match[2]
        if name not in allowed or name in seen:
            break
        good = is_language(argument) if name == "lang" else argument in ("true", "false")
        if not good:
            return None
        seen.add(name)
        at = match.end()
    return value[at:]
