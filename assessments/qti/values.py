"""Values of QTI: base types, cardinalities, how they are read, written and compared.

Numbers are what the standard says they are: whole numbers, and IEEE doubles for ``float``. Empty
strings and empty containers are NULL (QTI 2.2 §2, Expressions).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessments.qti.durations import seconds

LARGEST = 2**63
"""Whole numbers outside ±2⁶³ are refused: no program can make one that fills the memory."""

LONGEST = 2000
"""The most members a container may have: a program can double one with every rule."""

WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
REAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
ENDLESS = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}


class BaseType(StrEnum):
    """What a single value is (QTI 2.2, baseType)."""

    BOOLEAN = "boolean"
    DIRECTED_PAIR = "directedPair"
    DURATION = "duration"
    FILE = "file"
    FLOAT = "float"
    IDENTIFIER = "identifier"
    INTEGER = "integer"
    PAIR = "pair"
    POINT = "point"
    STRING = "string"
    URI = "uri"


class Cardinality(StrEnum):
    """How many single values a value holds (QTI 2.2, cardinality)."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERED = "ordered"
    RECORD = "record"


NUMERIC = frozenset((BaseType.INTEGER, BaseType.FLOAT, BaseType.DURATION))
TEXTUAL = frozenset((BaseType.STRING, BaseType.IDENTIFIER, BaseType.URI, BaseType.FILE))

Scalar = bool | int | float | str | tuple[str, str] | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a variable or an expression.

    :param cardinality: of what shape ``data`` is
    :param base_type: of each member; None for records and for a bare NULL
    :param data: a scalar, a tuple of scalars, a mapping of field to Value, or None.
        A pair is two identifiers, a point two numbers, a duration its seconds.
    """

    cardinality: Cardinality
    base_type: BaseType | None
    data: Any

    @property
    def is_null(self) -> bool:
        """True for no value, the empty string and the empty container."""
        return self.data is None or self.data in ("", ()) or self.data == {}

    @property
    def is_container(self) -> bool:
        """True for multiple and ordered values."""
        return self.cardinality in (Cardinality.MULTIPLE, Cardinality.ORDERED)

    @property
    def is_numeric(self) -> bool:
        """True when the members are numbers."""
        return self.base_type in NUMERIC

    @property
    def members(self) -> tuple[Any, ...]:
        """The scalars: of a container all, of a single value itself, of NULL and records none."""
        if self.is_null or self.cardinality is Cardinality.RECORD:
            return ()
        return tuple(self.data) if self.is_container else (self.data,)


NULL = Value(Cardinality.SINGLE, None, None)


def null(cardinality: Cardinality, base_type: BaseType | None) -> Value:
    """NULL of a declared shape."""
    return Value(cardinality, base_type, None)


def single(base_type: BaseType, data: Scalar | None) -> Value:
    """A single value."""
    return Value(Cardinality.SINGLE, base_type, data)


def boolean(truth: bool | None) -> Value:
    """A single boolean; None is NULL."""
    return single(BaseType.BOOLEAN, truth)


def text(string: str) -> Value:
    """A single string."""
    return single(BaseType.STRING, string)


def number(data: int | float) -> Value:
    """A single integer or float, as ``data`` is one; NULL when it is not a number or too large."""
    if isinstance(data, int):
        return single(BaseType.INTEGER, data if abs(data) <= LARGEST else None)
    return single(BaseType.FLOAT, None if math.isnan(data) else data)


def real(data: int | float) -> Value:
    """A single float; NULL when it is not a number."""
    return number(float(data))


def container(
    cardinality: Cardinality, base_type: BaseType | None, members: Iterable[Scalar]
) -> Value:
    """A multiple or ordered value; NULL when it has no member.

    :raises ValueError: more than ``LONGEST`` members
    """
    data = tuple(members)
    if len(data) > LONGEST:
        raise ValueError("too many members")
    return Value(cardinality, base_type, data or None)


def read(base_type: BaseType, raw: Any) -> Scalar:
    """A scalar from the text of a document, or from what a form or JSON gives.

    :raises ValueError: not a value of this base type
    """
    if base_type in TEXTUAL:
        string = written(raw) if isinstance(raw, bool | int | float) else raw
        if not isinstance(string, str):
            raise ValueError("not text")
        return string if base_type is BaseType.STRING else string.strip()
    if base_type is BaseType.BOOLEAN:
        return _boolean(raw)
    if base_type is BaseType.INTEGER:
        return _integer(raw)
    if base_type is BaseType.FLOAT:
        return _float(raw)
    if base_type is BaseType.DURATION:
        return seconds(raw.strip()) if isinstance(raw, str) else _float(raw)
    return _two(base_type, raw)


def _boolean(raw: Any) -> bool:
    word = raw if isinstance(raw, bool) else str(raw).strip()
    if word in (True, "true", "1"):
        return True
    if word in (False, "false", "0"):
        return False
    raise ValueError("not a boolean")


def _integer(raw: Any) -> int:
    if isinstance(raw, bool):
        raise ValueError("not a number")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, int):
        found = WHOLE.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if not found:
            raise ValueError("not a whole number")
        raw = int(found[0])
    if abs(raw) > LARGEST:
        raise ValueError("too large")
    return int(raw)


def _float(raw: Any) -> float:
    if isinstance(raw, bool):
        raise ValueError("not a number")
    if isinstance(raw, int | float):
        return float(raw) if abs(raw) <= LARGEST or isinstance(raw, float) else math.inf
    string = raw.strip() if isinstance(raw, str) else ""
    if string in ENDLESS:
        return ENDLESS[string]
    if not REAL.fullmatch(string):
        raise ValueError("not a number")
    return float(string)


def _two(base_type: BaseType, raw: Any) -> Scalar:
    words = raw.split() if isinstance(raw, str) else list(raw) if isinstance(raw, list) else []
    if len(words) != 2:
        raise ValueError("not two parts")
    if base_type is BaseType.POINT:
        x, y = (_float(word) for word in words)
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError("no place")
        return (x, y)
    if not all(isinstance(word, str) for word in words):
        raise ValueError("not identifiers")
    return (words[0], words[1])


def key(base_type: BaseType | None, data: Any) -> tuple[str, Any]:
    """What two equal scalars have in common, and no others: pairs have no direction."""
    if isinstance(data, bool):
        return ("boolean", data)
    if base_type in NUMERIC:
        return ("number", data)
    if base_type is BaseType.PAIR:
        return ("pair", tuple(sorted(data)))
    if base_type in TEXTUAL:
        return ("text", data)
    return (str(base_type), data)


def keys(value: Value) -> list[tuple[str, Any]]:
    """The keys of all members, in order."""
    return [key(value.base_type, member) for member in value.members]


def same(one: Value, other: Value) -> bool:
    """Whether two values that are not NULL are the same (QTI 2.2, match).

    Multiple values have no order. A single value is the same as a container of it alone.
    """
    if Cardinality.RECORD in (one.cardinality, other.cardinality):
        return _same_record(one, other)
    if Cardinality.ORDERED in (one.cardinality, other.cardinality):
        return keys(one) == keys(other)
    return Counter(keys(one)) == Counter(keys(other))


def _same_record(one: Value, other: Value) -> bool:
    if one.cardinality is not other.cardinality or one.data.keys() != other.data.keys():
        return False
    pairs = [(field, other.data[name]) for name, field in one.data.items()]
    return all(
        mine.is_null and theirs.is_null if mine.is_null or theirs.is_null else same(mine, theirs)
        for mine, theirs in pairs
    )


def written(data: Any) -> str:
    """A scalar as the standard writes it in a document."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float):
        if math.isnan(data):
            return "NaN"
        if math.isinf(data):
            return "INF" if data > 0 else "-INF"
        return str(int(data)) if data.is_integer() and abs(data) < 1e15 else repr(data)
    if isinstance(data, tuple):
        return " ".join(written(part) for part in data)
    return str(data)


def plain(value: Value) -> Any:
    """The value as JSON at rest: what a session keeps, with all that ``from_plain`` needs.

    Pairs, points and endless numbers are texts; a record is a mapping of field to
    ``{"baseType": …, "value": …}``.
    """
    if value.data is None:
        return None
    if value.cardinality is Cardinality.RECORD:
        return {
            name: {"baseType": field.base_type, "value": plain(field)}
            for name, field in value.data.items()
        }
    if value.is_container:
        return [_plain(member) for member in value.data]
    return _plain(value.data)


def bare(value: Value) -> Any:
    """The value as JSON for whoever reads it: ``plain``, but a record is field to value."""
    if value.is_null or value.cardinality is not Cardinality.RECORD:
        return plain(value)
    return {name: plain(field) for name, field in value.data.items()}


def _plain(data: Any) -> Any:
    if isinstance(data, tuple) or (isinstance(data, float) and not math.isfinite(data)):
        return written(data)
    return data


def from_plain(cardinality: Cardinality, base_type: BaseType | None, raw: Any) -> Value:
    """The value that JSON, a form or ``plain`` wrote.

    A container takes one bare member too, a single value a list of one. NULL is no member.

    :raises ValueError: not a value of this shape
    """
    if raw is None:
        return null(cardinality, base_type)
    if cardinality is Cardinality.RECORD:
        return _record(raw)
    assert base_type is not None
    if cardinality is Cardinality.SINGLE:
        if isinstance(raw, list) and len(raw) > 1 and base_type not in PAIRED:
            raise ValueError("more than one value")
        if isinstance(raw, list) and len(raw) < 2:
            raw = raw[0] if raw else None
        if raw is None or (raw == "" and base_type not in TEXTUAL):
            return null(cardinality, base_type)
        return Value(cardinality, base_type, read(base_type, raw))
    given = raw if isinstance(raw, list) else [raw]
    members = [member for member in given if member is not None and member != ""]
    return container(cardinality, base_type, (read(base_type, member) for member in members))


PAIRED = frozenset((BaseType.PAIR, BaseType.DIRECTED_PAIR, BaseType.POINT))


def _record(raw: Any) -> Value:
    if not isinstance(raw, Mapping):
        raise ValueError("not a record")
    fields = {}
    for name, field in raw.items():
        if isinstance(field, Mapping):
            base_type = BaseType(field["baseType"]) if field.get("baseType") else None
            raw_value = field.get("value")
        else:
            base_type, raw_value = _guess(field), field
        fields[str(name)] = (
            from_plain(Cardinality.SINGLE, base_type, raw_value) if base_type else NULL
        )
    return Value(Cardinality.RECORD, None, fields or None)


def _guess(raw: Any) -> BaseType | None:
    for kind, base_type in (
        (bool, BaseType.BOOLEAN),
        (int, BaseType.INTEGER),
        (float, BaseType.FLOAT),
        (str, BaseType.STRING),
    ):
        if isinstance(raw, kind):
            return base_type
    return None
