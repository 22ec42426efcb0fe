"""Response formats of the ten interaction types (SCORM 2004 RTE 4.2.9.1).

``[,]`` separates items, ``[.]`` the two halves of a pair or step, ``[:]`` a numeric range.
"""

from scorm.cmi.formats import is_localized, without_prefixes
from scorm.cmi.tables import Table

SINGLE = frozenset({"true-false", "likert", "numeric", "other"})
"""Types that have exactly one correct response pattern."""


def is_pattern(table: Table, kind: str, value: str) -> bool:
    """Whether ``value`` is a correct response pattern of an interaction of type ``kind``."""
    if kind == "fill-in":
        rest = without_prefixes(value, ("case_matters", "order_matters"))
        return rest is not None and all(map(is_localized, rest.split("[,]")))
    if kind == "long-fill-in":
        return without_prefixes(value, ("case_matters", "lang")) is not None
    if kind == "matching":
        return value != "" and _pairs(table, value)
    if kind == "performance":
        rest = without_prefixes(value, ("order_matters",))
        return rest is not None and _steps(table, rest, ranges=True)
    if kind == "numeric":
        return _range(table, value)
    return _common(table, kind, value)


def is_response(table: Table, kind: str, value: str) -> bool:
    """Whether ``value`` is a learner response to an interaction of type ``kind``."""
    if kind == "fill-in":
        return all(map(is_localized, value.split("[,]")))
    if kind == "long-fill-in":
        return is_localized(value)
    if kind == "matching":
        return value == "" or _pairs(table, value)
    if kind == "performance":
        return _steps(table, value, ranges=False)
    if kind == "numeric":
        return _real(table, value)
    return _common(table, kind, value)


def same_pattern(kind: str, one: str, other: str) -> bool:
    """Whether two patterns of one interaction say the same, which they must not."""
    if kind == "choice":
        return sorted(one.split("[,]")) == sorted(other.split("[,]"))
    return kind == "sequencing" and one == other


def _common(table: Table, kind: str, value: str) -> bool:
    if kind == "true-false":
        return value in ("true", "false")
    if kind == "choice":
        items = value.split("[,]") if value else []
        return len(set(items)) == len(items) and all(_id(table, item) for item in items)
    if kind == "likert":
        return _id(table, value)
    if kind == "sequencing":
        return all(_id(table, item) for item in value.split("[,]"))
    return True


def _id(table: Table, value: str) -> bool:
    return table.types["identifier"].fullmatch(value) is not None


def _real(table: Table, value: str) -> bool:
    return table.types["real"].fullmatch(value) is not None


def _pairs(table: Table, value: str) -> bool:
    pairs = [item.split("[.]") for item in value.split("[,]")]
    return all(len(pair) == 2 and all(_id(table, half) for half in pair) for pair in pairs)


def _steps(table: Table, value: str, *, ranges: bool) -> bool:
    for item in value.split("[,]"):
        halves = item.split("[.]")
        if len(halves) != 2 or halves == ["", ""]:
            return False
        name, answer = halves
        if name and not _id(table, name):
            return False
        if ranges and "[:]" in answer and not _range(table, answer):
            return False
    return True


def _range(table: Table, value: str) -> bool:
    ends = value.split("[:]")
    if len(ends) != 2 or not all(end == "" or _real(table, end) for end in ends):
        return False
    return "" in ends or float(ends[0]) <= float(ends[1])
