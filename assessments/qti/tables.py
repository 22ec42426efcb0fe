"""Tables that turn one value into another: mappings, areas, match and interpolation tables.

QTI 2.2: mapping, areaMapping, matchTable, interpolationTable.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from assessments.qti.areas import Area, area
from assessments.qti.documents import Node
from assessments.qti.values import BaseType, Scalar, Value, key, read


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One key of a mapping and what it is worth."""

    key: Scalar
    worth: float
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a mapping gives, after adding up."""

    lower: float = -math.inf
    upper: float = math.inf

    def hold(self, total: float) -> float:
        """The total, inside the bounds."""
        return max(self.lower, min(self.upper, total))


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each value of a variable is worth.

    :param base_type: of the keys
    :param default: worth of a value that has no entry, and of no value at all
    """

    base_type: BaseType
    entries: tuple[MapEntry, ...]
    default: float
    bounds: Bounds

    def total(self, value: Value) -> float:
        """The worth of a value; of a container the sum over its members.

        Each member counts. The information model has an instance that is there twice count
        once; interactions never give one twice, and the suites that judge engines add both.
        """
        if value.is_null:
            return self.bounds.hold(0.0 if value.is_container else self.default)
        return self.bounds.hold(sum(self._worth(member) for member in value.members))

    def _worth(self, member: Scalar) -> float:
        wanted = key(self.base_type, member)
        for entry in self.entries:
            if key(self.base_type, entry.key) == wanted:
                return entry.worth
        if isinstance(member, str):
            folded = member.casefold()
            for entry in self.entries:
                if not entry.case_sensitive and str(entry.key).casefold() == folded:
                    return entry.worth
        return self.default


@dataclass(frozen=True, slots=True)
class AreaMapping:
    """What a point in each area is worth; the first area that holds a point has it."""

    entries: tuple[tuple[Area, float], ...]
    default: float
    bounds: Bounds

    def total(self, value: Value) -> float:
        """The worth of one or several points. An area counts once, however many points it holds."""
        if value.is_null:
            return self.bounds.hold(0.0 if value.is_container else self.default)
        hit: set[int] = set()
        total = 0.0
        for point in value.members:
            found = next(
                (place for place, (shape, _) in enumerate(self.entries) if shape.holds(point)), None
            )
            if found is None:
                total += self.default
            elif found not in hit:
                hit.add(found)
                total += self.entries[found][1]
        return self.bounds.hold(total)


@dataclass(frozen=True, slots=True)
class MatchTable:
    """Targets of whole numbers."""

    entries: tuple[tuple[float, str], ...]
    default: str | None

    def target(self, source: float | None) -> str | None:
        """The text of the target of the first entry that equals the source, or the default."""
        return next((target for at, target in self.entries if at == source), self.default)


@dataclass(frozen=True, slots=True)
class InterpolationTable:
    """Targets of ranges: the first entry at or below the source has it.

    :param entries: at, target, whether the source may equal ``at``
    :param linear: True to draw a line between the entries instead, level outside them. The
        standard knows steps only; documents with ``interpolationMethod="linear"`` mean this.
    """

    entries: tuple[tuple[float, str, bool], ...]
    default: str | None
    linear: bool

    def target(self, source: float | None) -> str | None:
        """The text of the target, or the default."""
        if source is None or not self.entries:
            return self.default
        if self.linear:
            return self._between(source)
        return next(
            (
                target
                for at, target, inclusive in self.entries
                if source > at or (inclusive and source == at)
            ),
            self.default,
        )

    def _between(self, source: float) -> str | None:
        points = sorted((at, float(target)) for at, target, _ in self.entries)
        if source <= points[0][0]:
            return repr(points[0][1])
        for (at, low), (to, high) in pairwise(points):
            if source <= to:
                return repr(low + (high - low) * (source - at) / (to - at))
        return repr(points[-1][1])


Table = MatchTable | InterpolationTable


def mapping(node: Node, base_type: BaseType, case_sensitive: bool) -> Mapping:
    """Read a ``mapping``.

    :param case_sensitive: what holds where the document does not say
    :raises ValueError: a key or a number that cannot be read
    """
    whole = node.attributes.get("caseSensitive")
    entries = tuple(
        MapEntry(
            read(base_type, entry.attributes.get("mapKey", "")),
            _worth(entry),
            flag(entry.attributes.get("caseSensitive", whole), case_sensitive),
        )
        for entry in node.all("mapEntry")
    )
    return Mapping(base_type, entries, *_default_and_bounds(node))


def area_mapping(node: Node) -> AreaMapping:
    """Read an ``areaMapping``.

    :raises ValueError: a shape or a number that cannot be read
    """
    entries = tuple(
        (
            area(entry.attributes.get("shape", ""), entry.attributes.get("coords", "")),
            _worth(entry),
        )
        for entry in node.all("areaMapEntry")
    )
    return AreaMapping(entries, *_default_and_bounds(node))


def table(node: Node) -> Table:
    """Read a ``matchTable`` or an ``interpolationTable``.

    :raises ValueError: a source that is not a number
    """
    default = node.attributes.get("defaultValue")
    if node.name == "matchTable":
        return MatchTable(
            tuple((_source(entry), _target(entry)) for entry in node.all("matchTableEntry")),
            default,
        )
    linear = node.attributes.get("interpolationMethod") == "linear"
    entries = tuple(
        (_source(entry), _target(entry), flag(entry.attributes.get("includeBoundary"), True))
        for entry in node.all("interpolationTableEntry")
    )
    if linear and len({at for at, _target_text, _inclusive in entries}) < len(entries):
        raise ValueError("two targets at one place")
    return InterpolationTable(entries, default, linear)


def flag(word: str | None, default: bool) -> bool:
    """A boolean attribute."""
    return default if word is None else word.strip() in ("true", "1")


def _default_and_bounds(node: Node) -> tuple[float, Bounds]:
    def given(name: str, default: float) -> float:
        word = node.attributes.get(name)
        return default if word is None else _real(word)

    bounds = Bounds(given("lowerBound", -math.inf), given("upperBound", math.inf))
    return _finite(given("defaultValue", 0.0)), bounds


def _worth(entry: Node) -> float:
    return _finite(_real(entry.attributes.get("mappedValue", "0")))


def _source(entry: Node) -> float:
    return _real(entry.attributes.get("sourceValue", ""))


def _target(entry: Node) -> str:
    return entry.attributes.get("targetValue", "")


def _finite(worth: float) -> float:
    if math.isinf(worth):
        raise ValueError("worth without end")
    return worth


def _real(word: str) -> float:
    found = read(BaseType.FLOAT, word)
    assert isinstance(found, float)
    if math.isnan(found):
        raise ValueError("not a number")
    return found
