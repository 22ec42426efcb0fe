"""What a standard's table means, in words: every element, type, response format and error code.

Rules come from the table alone. ``explained_12.json`` and ``explained_2004.json`` add sentences,
which the player never downloads; a test holds their keys to the table's.
"""

import json
from dataclasses import dataclass
from functools import cache

from scorm.cmi.tables import HERE, Table, table

STANDARDS = ("2004", "1.2")


@dataclass(frozen=True)
class Element:
    """One element, for a person to read.

    :param name: its pattern, with ``n`` for an index
    :param what: what it is
    :param note: what one has to know beside the rules, or ``""``
    :param first: where its first value comes from, when the table cannot tell
    :param clause: where the standard has it, when the standard has a place for each
    :param rules: the table's entry
    :param get: error codes that reading it can give while content runs, in order
    :param set: error codes that setting it can give
    """

    name: str
    what: str
    note: str
    first: str
    clause: str
    rules: dict
    get: tuple[int, ...]
    set: tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """One type of values: the rule, and values that are and are not of it."""

    key: str
    name: str
    rule: str
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interaction:
    """How answers to one kind of question are written: ``(rule, example)`` each.

    :param limits: the table's entry, empty where the standard has none
    """

    name: str
    pattern: tuple[str, str]
    response: tuple[str, str]
    limits: dict


@dataclass(frozen=True)
class Error:
    """One error code with the standard's words and ours."""

    code: str
    words: str
    meaning: str


@dataclass(frozen=True)
class Explanation:
    """Everything about one standard, in the table's order.

    :param other: the standard that it is not
    :param keyword: the code for setting ``_children``, ``_count`` or ``_version``
    """

    standard: str
    other: str
    source: str
    editions: tuple[str, ...]
    elements: tuple[Element, ...]
    kinds: dict[str, Kind]
    interactions: tuple[Interaction, ...]
    errors: tuple[Error, ...]
    keyword: int


@cache
def explanation(standard: str) -> Explanation:
    """The explanation of ``"1.2"`` or ``"2004"``, the latter in its latest edition.

    :raises KeyError: for an element, type, code or interaction type that nobody has explained
    """
    rules = table(standard)
    words = explained(standard)
    types = rules.elements["cmi.interactions.n.type"]["values"]
    return Explanation(
        standard=standard,
        other=next(each for each in STANDARDS if each != standard),
        source=rules.source,
        editions=rules.editions,
        elements=tuple(_element(rules, words, name) for name in rules.elements),
        kinds={key: _kind(key, **kind) for key, kind in words["types"].items()},
        interactions=tuple(
            Interaction(
                kind, **words["interactions"][kind], limits=rules.interactions.get(kind, {})
            )
            for kind in types
        ),
        errors=tuple(
            Error(code, said, words["errors"][code]) for code, said in rules.errors.items()
        ),
        keyword=rules.codes["keyword"],
    )


def explained(standard: str) -> dict:
    """The sentences about one standard, as their file has them."""
    name = "explained_12.json" if standard == "1.2" else "explained_2004.json"
    return json.loads((HERE / name).read_text("utf-8"))


def _kind(key: str, name: str, rule: str, good: tuple = (), bad: tuple = ()) -> Kind:
    return Kind(key, name, rule, tuple(good), tuple(bad))


def _element(rules: Table, words: dict, name: str) -> Element:
    element = rules.elements[name]
    clauses = words["clauses"]
    longest = max((above for above in clauses if f"{name}.".startswith(f"{above}.")), default="")
    return Element(
        name=name,
        what=words["elements"][name],
        note=words["notes"].get(name, ""),
        first=words["first"].get(name, ""),
        clause=clauses.get(longest, ""),
        rules=element,
        get=_codes(rules, _wrong_to_get(rules, name, element)),
        set=_codes(rules, _wrong_to_set(rules, name, element)),
    )


def _codes(rules: Table, wrong: set[str]) -> tuple[int, ...]:
    return tuple(sorted({rules.codes[each] for each in wrong}))


def _wrong_to_get(rules: Table, name: str, element: dict) -> set[str]:
    """What :meth:`scorm.cmi.DataModel.get` can find wrong."""
    if "type" not in element:
        return {"undefined"}
    if element["access"] == "wo":
        return {"writeonly"}
    wrong = set()
    if ".n." in name or "argument" in element:
        wrong.add("missing")
    if "default" not in element and not _comes_with_record(rules, name, element):
        wrong.add("unset")
    if _is_shared(rules, name, element):
        wrong.add("writeonly")
    return wrong


def _wrong_to_set(rules: Table, name: str, element: dict) -> set[str]:
    """What :meth:`scorm.cmi.DataModel.set` can find wrong."""
    if "type" not in element:
        return {"undefined"}
    fixed = element["access"] == "ro"
    if fixed and rules.standard == "1.2":
        return {"readonly"}
    wrong = {"order"} if ".n." in name else set()
    if fixed:
        return wrong | {"readonly"}
    if _is_shared(rules, name, element):
        wrong.add("readonly")
    if "needs" in element:
        wrong.add("dependency")
    if "once" in element:
        wrong.add("once")
    if "unique" in element or element["type"] == "pattern":
        wrong.add("duplicate")
    if element["type"] != "characterstring" or "max" in element:
        wrong.add("type")
    if element["type"] in ("real", "decimal", "integer") and {"min", "max"} & set(element):
        wrong.add("range")
    return wrong


def _is_shared(rules: Table, name: str, element: dict) -> bool:
    """Whether the manifest says for each record if it can be read and set (RTE 4.3.1)."""
    collection = rules.elements.get(name.rpartition(".n.")[0], {})
    return bool(collection.get("fixed")) and element["access"] == "rw"


def _comes_with_record(rules: Table, name: str, element: dict) -> bool:
    """Whether no record can be without it: the list is the system's, or it opens the record."""
    collection, inside, last = name.rpartition(".n.")
    if not inside:
        return False
    if rules.elements[collection].get("fixed") and element["access"] == "ro":
        return True
    beside = (
        other.get("needs", ())
        for found, other in rules.elements.items()
        if "type" in other and found.startswith(f"{collection}.n.") and found != name
    )
    return all(last in needed for needed in beside)
