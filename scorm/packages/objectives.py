"""An item's objectives and their maps to global ones (SN 3.10; CAM 5.1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from lxml import etree

from scorm.packages.document import attribute, child, children, text_of
from scorm.packages.manifest import Objective, ObjectiveMap
from scorm.packages.values import Tell, first, flag, identifier, number, only
from scorm.packages.words import _

MOST_OBJECTIVES = 500
MOST_MAPS = 100
"""Objectives of an item, and maps of an objective."""

IMSSS = {"satisfied": "SatisfiedStatus", "measure": "NormalizedMeasure"}
ADLSEQ = {
    "raw": "RawScore",
    "minimum": "MinScore",
    "maximum": "MaxScore",
    "completion": "CompletionStatus",
    "progress_measure": "ProgressMeasure",
}
"""What ``imsss:mapInfo`` and ``adlseq:mapInfo`` map, by the end of its ``read`` and ``write``."""


@dataclass(frozen=True)
class Objectives:
    """The objectives of an item: the primary one, if the item has it, and the others."""

    primary: Objective | None = None
    others: tuple[Objective, ...] = ()

    def __iter__(self) -> Iterator[Objective]:
        return chain(() if self.primary is None else (self.primary,), self.others)

    def identifiers(self) -> dict[str, str]:
        """Identifier by :func:`spelled`."""
        return {spelled(found.identifier): found.identifier for found in self if found.identifier}

    def with_maps(self, maps: Mapping[str, tuple[ObjectiveMap, ...]]) -> "Objectives":
        """With further maps, by the :func:`spelled` identifier of their objective."""

        def mapped(found: Objective) -> Objective:
            more = maps.get(spelled(found.identifier or ""), ())
            return replace(found, maps=found.maps + more) if more else found

        primary = None if self.primary is None else mapped(self.primary)
        return Objectives(primary, tuple(mapped(found) for found in self.others))


def spelled(identifier: str) -> str:
    """How an identifier is compared: exactly, but for blanks. They may be written as ``%20``, and
    several count as one, as in ``xs:anyURI`` (CTS OB-02a, OB-12a)."""
    return " ".join(identifier.replace("%20", " ").split())


def read_objectives(element: etree._Element | None, tell: Tell) -> Objectives:
    """What ``imsss:objectives`` says. Objectives of one identifier are one: the first of them
    decides how it is satisfied, and all their maps count (CTS CO-08a, OB-10a).
    """
    primary = only(element, "primaryObjective", tell)
    found = [] if primary is None else [primary]
    found += first(children(element, "objective"), MOST_OBJECTIVES, "objective", tell)
    places: dict[str, list[etree._Element]] = {}
    names: dict[str, str | None] = {}
    for place in found:
        name = identifier(place, "objectiveID", tell)
        if name is None and place is not primary:
            words = _("An objective has no objectiveID, so nothing can name it; it is left out.")
            tell("warning", "objective-id", words, place)
            continue
        key = spelled(name or "")
        names.setdefault(key, name)
        same = places.setdefault(key, [])
        same.append(place)
        if len(same) > 1:
            words = _("The objective “${name}” is given twice; it is taken as one.", name=key[:60])
            tell("mended", "objective-repeated", words, place)
    objectives = [_objective(names[key], same, tell) for key, same in places.items()]
    if primary is None:
        return Objectives(None, tuple(objectives))
    return Objectives(objectives[0], tuple(objectives[1:]))


def _objective(name: str | None, places: list[etree._Element], tell: Tell) -> Objective:
    element = places[0]
    least = only(element, "minNormalizedMeasure", tell)
    return Objective(
        name,
        flag(element, "satisfiedByMeasure", False, tell),
        1.0 if least is None else number(text_of(least), 1.0, least, tell, lowest=-1.0),
        _maps(places, IMSSS, tell),
    )


def read_maps(element: etree._Element | None, tell: Tell) -> dict[str, tuple[ObjectiveMap, ...]]:
    """The maps of ``adlseq:objectives``, by the :func:`spelled` identifier of their objective."""
    places: dict[str, list[etree._Element]] = {}
    for place in first(children(element, "objective"), MOST_OBJECTIVES, "objective", tell):
        name = spelled(attribute(place, "objectiveID") or "")
        if name:
            places.setdefault(name, []).append(place)
        else:
            words = _("Maps of the namespace adlseq name no objectiveID; they are left out.")
            tell("warning", "objective-id", words, place)
    return {name: _maps(same, ADLSEQ, tell) for name, same in places.items()}


def _maps(
    objectives: Iterable[etree._Element], values: Mapping[str, str], tell: Tell
) -> tuple[ObjectiveMap, ...]:
    """The maps in these elements. A value is read from one global objective at most: the first."""
    elements = chain.from_iterable(children(found, "mapInfo") for found in objectives)
    taken: frozenset[str] = frozenset()
    maps = []
    for element in first(elements, MOST_MAPS, "mapInfo", tell):
        target = identifier(element, "targetObjectiveID", tell)
        if not target:
            words = _("A map names no global objective (targetObjectiveID); it is left out.")
            tell("warning", "map-target", words, element)
            continue
        reads = frozenset(
            value for value, name in values.items() if flag(element, f"read{name}", True, tell)
        )
        writes = frozenset(
            value for value, name in values.items() if flag(element, f"write{name}", False, tell)
        )
        if twice := reads & taken:
            names = ", ".join(f"read{name}" for value, name in values.items() if value in twice)
            words = _(
                "“${name}” is a second global objective to read from (${values}); the first one "
                "counts.",
                name=target[:60],
                values=names,
            )
            tell("warning", "map-read-twice", words, element)
        maps.append(ObjectiveMap(target, reads - taken, writes))
        taken |= reads
    return tuple(maps)


def of_adlseq(element: etree._Element) -> bool:
    """Whether an ``objectives`` element is the one of ``adlseq``: by its namespace, or when that
    is neither, by what it holds."""
    if child(element, "primaryObjective") is not None:
        return False
    space = str(element.tag).rpartition("}")[0].lower()
    for name in ("adlseq", "imsss"):
        if name in space or (element.prefix or "").lower() == name:
            return name == "adlseq"
    names = {f"{verb}{name}".lower() for name in ADLSEQ.values() for verb in ("read", "write")}
    return any(
        str(key).rpartition("}")[2].lower() in names
        for objective in children(element, "objective")
        for info in children(objective, "mapInfo")
        for key in info.attrib
    )
