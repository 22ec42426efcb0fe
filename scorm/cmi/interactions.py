"""Response formats of the ten interaction types (SCORM 2004 RTE 4.2.9.1).

``[,]`` separates items, ``[.]`` the two halves of a pair or step, ``[:]`` a numeric range.
"""

from collections.abc import Callable, Hashable
from decimal import Decimal

from scorm.cmi.formats import is_localized, matches, without_prefixes
from scorm.cmi.tables import Table

PREFIXES = {
    "fill-in": ("case_matters", "order_matters"),
    "long-fill-in": ("case_matters", "lang"),
    "performance": ("order_matters",),
}
"""What may stand before a correct response pattern. Before a response, nothing but a language."""


def is_pattern(table: Table, kind: str, value: str) -> bool:
    """Whether ``value`` is a correct response pattern of an interaction of type ``kind``."""
    rest = without_prefixes(value, PREFIXES.get(kind, ()))
    return rest is not None and PATTERNS[kind](table, rest)


def is_response(table: Table, kind: str, value: str) -> bool:
    """Whether ``value`` is a learner response to an interaction of type ``kind``."""
    return RESPONSES[kind](table, value)


Mark = Callable[[str], Hashable]


def pattern_mark(table: Table, kind: str) -> Mark | None:
    """What no two patterns of one interaction may share; None where they may say the same."""
    same = table.interactions[kind].get("same")
    if same == "set":
        return lambda value: frozenset(value.split("[,]"))
    return str if same == "list" else None


def _anything(_table: Table, _value: str) -> bool:
    return True


def _truth(_table: Table, value: str) -> bool:
    return value in ("true", "false")


def _id(table: Table, value: str) -> bool:
    return matches(table, "identifier", value)


def _choice(table: Table, value: str) -> bool:
    items = value.split("[,]") if value else []
    return len(set(items)) == len(items) and all(_id(table, item) for item in items)


def _texts(_table: Table, value: str) -> bool:
    return all(map(is_localized, value.split("[,]")))


def _text(_table: Table, value: str) -> bool:
    return is_localized(value)


def _pairs(table: Table, value: str) -> bool:
    pairs = [item.split("[.]") for item in value.split("[,]")]
    return all(len(pair) == 2 and all(_id(table, half) for half in pair) for pair in pairs)


def _pairs_or_none(table: Table, value: str) -> bool:
    return value == "" or _pairs(table, value)


def _ids(table: Table, value: str) -> bool:
    return all(_id(table, item) for item in value.split("[,]"))


def _steps(table: Table, value: str) -> bool:
    return all(_is_step(table, step.split("[.]")) for step in value.split("[,]"))


def _steps_with_ranges(table: Table, value: str) -> bool:
    return _steps(table, value) and all(
        "[:]" not in step or _range(table, step.split("[.]")[1]) for step in value.split("[,]")
    )


def _is_step(table: Table, halves: list[str]) -> bool:
    if len(halves) != 2 or halves == ["", ""]:
        return False
    return halves[0] == "" or _id(table, halves[0])


def _real(table: Table, value: str) -> bool:
    return matches(table, "real", value)


def _range(table: Table, value: str) -> bool:
    ends = value.split("[:]")
    if len(ends) != 2 or not all(end == "" or _real(table, end) for end in ends):
        return False
    return "" in ends or Decimal(ends[0]) <= Decimal(ends[1])


Check = Callable[[Table, str], bool]

PATTERNS: dict[str, Check] = {
    "true-false": _truth,
    "choice": _choice,
    "fill-in": _texts,
    "long-fill-in": _anything,
    "likert": _id,
    "matching": _pairs,
    "performance": _steps_with_ranges,
    "sequencing": _ids,
    "numeric": _range,
    "other": _anything,
}

RESPONSES: dict[str, Check] = {
    "true-false": _truth,
    "choice": _choice,
    "fill-in": _texts,
    "long-fill-in": _text,
    "likert": _id,
    "matching": _pairs_or_none,
    "performance": _steps,
    "sequencing": _ids,
    "numeric": _real,
    "other": _anything,
}
