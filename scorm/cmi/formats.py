"""Whether a value is of its element's type: ``"type"`` or ``"range"`` when it is not.

The player has the same functions in ``static/player/formats.js``; a test holds them together.
"""

import re
from calendar import monthrange

from scorm.cmi.tables import Table, languages

PREFIX = re.compile(r"\{([^{}=]*)=([^{}]*)\}")
TARGET = re.compile(r"\{target=[^{}\s]+\}(choice|jump)")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def problem(table: Table, element: dict, value: str) -> str | None:
    """What is wrong with ``value`` for an element that needs no look at its neighbours."""
    if value == "" and element.get("empty"):
        return None
    return CHECKS[element["type"]](table, element, value)


def _any(_table: Table, element: dict, value: str) -> str | None:
    return "type" if "max" in element and len(value) > element["max"] else None


def _state(_table: Table, element: dict, value: str) -> str | None:
    return None if value in element["values"] else "type"


def _number(table: Table, element: dict, value: str) -> str | None:
    if not table.types[element["type"]].fullmatch(value):
        return "type"
    number = float(value)
    if not element.get("min", number) <= number <= element.get("max", number):
        return "range"
    return None


def _pattern(table: Table, element: dict, value: str) -> str | None:
    return None if table.types[element["type"]].fullmatch(value) else "type"


def _time(table: Table, element: dict, value: str) -> str | None:
    if not table.types["time"].fullmatch(value):
        return "type"
    if len(value) >= 10:
        year, month, day = (int(part) for part in value[:10].split("-"))
        return None if day <= monthrange(year, month)[1] else "type"
    return None


def _localized(_table: Table, _element: dict, value: str) -> str | None:
    return None if is_localized(value) else "type"


def _language(_table: Table, _element: dict, value: str) -> str | None:
    return None if is_language(value) else "type"


def _result(table: Table, element: dict, value: str) -> str | None:
    if value in element["values"] or table.types["real"].fullmatch(value):
        return None
    return "type"


def _navigation(_table: Table, element: dict, value: str) -> str | None:
    return None if value in element["values"] or TARGET.fullmatch(value) else "type"


CHECKS = {
    "characterstring": _any,
    "string": _any,
    "localized": _localized,
    "language": _language,
    "state": _state,
    "real": _number,
    "decimal": _number,
    "integer": _number,
    "timeinterval": _pattern,
    "timespan": _pattern,
    "clock": _pattern,
    "identifier": _pattern,
    "time": _time,
    "result": _result,
    "navigation": _navigation,
}


def is_language(tag: str) -> bool:
    """An RFC 3066 tag whose first part is an ISO 639-1 or 639-2 code (runtime-spec 2.1)."""
    primary, whole = languages()
    tag = tag.lower()
    if tag in whole:
        return True
    if not LANGUAGE.fullmatch(tag):
        return False
    first, *rest = tag.split("-")
    if first == "x":
        return bool(rest)
    private = len(first) == 3 and "qaa" <= first <= "qtz"
    if first not in primary and not private:
        return False
    return not rest or not (len(rest[0]) == 3 and rest[0].isalpha()) and len(rest[0]) > 1


def is_localized(value: str) -> bool:
    """Text with an optional ``{lang=…}`` before it (RTE 4.1.1.6)."""
    match = PREFIX.match(value)
    return match is None or match[1] != "lang" or is_language(match[2])


def without_prefixes(value: str, allowed: tuple[str, ...]) -> str | None:
    """The text after its leading delimiters; None when a known one has a bad value.

    The first unknown or repeated ``{…}`` begins the text.
    """
    seen: set[str] = set()
    while match := PREFIX.match(value):
        name, argument = match[1], match[2]
        if name not in allowed or name in seen:
            break
        good = is_language(argument) if name == "lang" else argument in ("true", "false")
        if not good:
            return None
        seen.add(name)
        value = value[match.end() :]
    return value
