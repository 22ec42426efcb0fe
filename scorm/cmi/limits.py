"""Smallest permitted maximums: how much any system must keep. More is kept here, and noted.

Lengths count characters of the text after its delimiters (SCORM 2004 RTE 4.1.1.1).
"""

from scorm.cmi.formats import without_prefixes
from scorm.cmi.interactions import PREFIXES
from scorm.cmi.tables import Table


def beyond(table: Table, element: dict, kind: str | None, value: str) -> str | None:
    """What is more in ``value`` than other systems need to keep, such as ``70000 characters of
    64000``; None when nothing is.

    :param kind: the interaction's type, for its patterns and responses
    """
    if element["type"] in ("pattern", "response"):
        return _beyond_interaction(table.interactions[str(kind)], element["type"], kind, value)
    if "spm" not in element:
        return None
    return _characters(value, ("lang",) if element["type"] == "localized" else (), element["spm"])


def _beyond_interaction(limits: dict, part: str, kind: str | None, value: str) -> str | None:
    prefixes = PREFIXES.get(str(kind), ()) if part == "pattern" else ("lang",)
    if "spm" in limits:
        return _characters(value, prefixes, limits["spm"])
    most = limits.get("response_items" if part == "response" else "items", limits.get("items"))
    items = value.count("[,]") + 1
    return f"{items} items of {most}" if most is not None and items > most else None


def _characters(value: str, prefixes: tuple[str, ...], most: int) -> str | None:
    if len(value) <= most:
        return None
    length = len(without_prefixes(value, prefixes) or "")
    return f"{length} characters of {most}" if length > most else None
