"""One activity's data model: ``get`` and ``set`` with the checks in the standards' order.

Shapes are plain: names and values are strings, errors are the standards' codes, 0 for none.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorm.cmi.formats import matches, problem
from scorm.cmi.interactions import Mark, is_pattern, is_response, pattern_mark
from scorm.cmi.limits import beyond
from scorm.cmi.names import Name, in_order, parse, position
from scorm.cmi.tables import LATEST, table

KEYWORDS = {"_children": "children", "_count": "count", "_version": "version"}
"""What an LMS adds to names, and what is wrong where it does not."""


@dataclass(frozen=True)
class SharedStore:
    """A store that an item maps (4th Ed. RTE 4.3.1); its records come in the manifest's order.

    :param target: the map's ``targetID``
    :param value: what is in it, None for nothing yet
    :param readable: ``readSharedData``
    :param writable: ``writeSharedData``
    """

    target: str
    value: str | None = None
    readable: bool = True
    writable: bool = True


class DataModel:
    """Element values of one activity (RTE 4.1, 4.2; SCORM 1.2 RTE 3.4).

    :param standard: ``"1.2"`` or ``"2004"``
    :param values: every element that has a value, as :meth:`values` gives them
    :param valid: which requests are valid now, words as the standard has them:
        ``{"continue": "true", "previous": …, "choice": {id: "true"}, "jump": …}``
    :param stores: what the activity shares with others; without it ``adl.data`` values can be
        read and set
    :param edition: of SCORM 2004; earlier ones know neither ``jump`` nor ``adl.data``
    """

    def __init__(
        self,
        standard: str,
        values: Mapping[str, str],
        valid: Mapping | None = None,
        stores: Sequence[SharedStore] = (),
        edition: str = LATEST,
    ):
        self._table = table(standard, edition)
        self._valid = valid or {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        # Where a value may be there once only: how values are told apart, and the record of each.
        self._marks: dict[str, tuple[Mark, dict[Hashable, str]]] = {}
        self._warnings: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._fixed: set[str] = set()
        for index, store in enumerate(stores):
            self._share(f"adl.data.{index}", store)
        for whole, value in values.items():
            name = parse(whole)
            if "type" in self._table.elements.get(name.pattern, ()) and name.is_plain:
                self._put(name, value)
        self._changes: dict[str, str | None] = {}

    @property
    def is_2004(self) -> bool:
        return self._table.standard == "2004"

    @property
    def warnings(self) -> list[str]:
        """What content set beyond the smallest permitted maximums, a sentence for each element."""
        return list(self._warnings.values())

    def review(self) -> list[str]:
        """The :attr:`warnings` of every value that the model holds, whoever set it when."""
        for whole in sorted(self._values, key=in_order):
            name = parse(whole)
            self._note(name, self._table.elements[name.pattern], self._values[whole])
        return self.warnings

    def values(self) -> dict[str, str]:
        """Every element that has been given a value."""
        return dict(self._values)

    def value(self, name: str) -> str | None:
        """What the element has been given, whether content may read it or not; None for nothing."""
        return self._values.get(name)

    def take_changes(self) -> dict[str, str | None]:
        """What has been set since this was last asked, None for what lost its value by it."""
        changes, self._changes = self._changes, {}
        return changes

    def count(self, collection: str) -> int:
        """How many records a collection has."""
        return self._counts.get(collection, 0)

    def get(self, name: str) -> tuple[str, int]:
        """The element's value and 0, or ``""`` and the error code."""
        value, wrong = self._read(name)
        return value, self._table.codes[wrong] if wrong else 0

    def set(self, name: str, value: str) -> int:
        """Set the element; 0, or the error code, and then nothing has changed."""
        wrong = self._write(name, value)
        return self._table.codes[wrong] if wrong else 0

    def _read(self, whole: str) -> tuple[str, str | None]:
        above, _, last = whole.rpartition(".")
        if last in KEYWORDS and whole != "cmi._version":
            return self._keyword(above, last)
        name = parse(whole)
        element = self._table.elements.get(name.pattern, {})
        if not self._is_leaf(name, element):
            return "", "undefined"
        # In 2004 the record's existence comes first, but all it has to hide exists.
        if element["access"] == "wo" or whole in self._hidden:
            return "", "writeonly"
        if not self._exists(name) or ("argument" in element and name.argument is None):
            return "", "missing"
        value = self._value(name, element)
        if value is None or (value == "" and element.get("cleared")):
            return "", "unset"
        return value, None

    def _keyword(self, above: str, keyword: str) -> tuple[str, str | None]:
        name = parse(above)
        known = name.pattern in self._table.elements or name.pattern in self._table.above
        if not known or (keyword == "_children" and "." not in above):
            return "", "undefined"
        if not self._exists(name):
            return "", "missing"
        element = self._table.elements.get(name.pattern, {})
        if keyword == "_children" and "children" in element:
            return ",".join(element["children"]), None
        if keyword == "_count" and element.get("collection"):
            return str(self.count(above)), None
        return "", KEYWORDS[keyword]

    def _value(self, name: Name, element: dict) -> str | None:
        if name.pattern.startswith("adl.nav.request_valid."):
            return self._validity(name, element)
        if "computed" in element:
            computed = self._computed(element["computed"])
            if computed is not None:
                return computed
        return self._values.get(name.whole, element.get("default"))

    def _validity(self, name: Name, element: dict) -> str:
        found = self._valid.get(name.whole.rpartition(".")[2])
        if "argument" in element:
            found = (found or {}).get(name.argument)
        return found or element["default"]

    def _computed(self, rule: dict) -> str | None:
        """Status that the manifest decides, whatever content sets (RTE 4.2.4.1, 4.2.22.1)."""
        limit = self._number(rule["limit"])
        if limit is None:
            return None
        measure = self._number(rule["measure"])
        if measure is None:
            return "unknown"
        return rule["reached"] if measure >= limit else rule["short"]

    def _number(self, name: str) -> Decimal | None:
        value = self._values.get(name, "")
        return Decimal(value) if matches(self._table, "real", value) else None

    def _write(self, whole: str, value: str) -> str | None:
        above, _, last = whole.rpartition(".")
        if last in KEYWORDS:
            return self._keyword_set(above, last)
        name = parse(whole)
        element = self._table.elements.get(name.pattern, {})
        if not self._is_leaf(name, element):
            return "undefined"
        fixed = element["access"] == "ro" or whole in self._fixed
        # SCORM 2004 looks for the record first, 1.2 at the access first.
        if fixed and not self.is_2004:
            return "readonly"
        wrong = self._misplaced(name, element)
        if wrong is None and fixed:
            wrong = "readonly"
        wrong = wrong or self._problem(name, element, value)
        if wrong:
            return wrong
        if element.get("appends"):
            value = self._values.get(whole, "") + value
            if problem(self._table, element, value):
                return "type"
        self._clear(name, element, value)
        self._note(name, element, value)
        self._put(name, value)
        self._changes[whole] = value
        return None

    def _keyword_set(self, above: str, keyword: str) -> str:
        pattern = parse(above).pattern
        known = pattern in self._table.elements or pattern in self._table.above
        root = keyword == "_children" and "." not in above
        return "keyword" if known and not root else "undefined"

    @staticmethod
    def _is_leaf(name: Name, element: dict) -> bool:
        return "type" in element and (name.argument is None or "argument" in element)

    def _exists(self, name: Name) -> bool:
        return all(position(index) < self.count(above) for above, index in name.records)

    def _misplaced(self, name: Name, element: dict) -> str | None:
        """Order of records (351 / 201), then what must be set first (408)."""
        opening = False
        for collection, index in name.records:
            count = self.count(collection)
            at = position(index)
            if at > count:
                return "order"
            if opening or at < count:
                continue
            opening = True
            if self._table.elements[parse(collection).pattern].get("fixed"):
                return "order"
            if at > 0 and self._limits(collection).get("single"):
                return "full"
        for needed in element.get("needs", ()):
            if f"{name.record}.{needed}" not in self._values:
                return "dependency"
        return None

    def _limits(self, collection: str) -> dict:
        """Limits of the interaction's type, where the collection is of its correct responses."""
        interaction, _, last = collection.rpartition(".")
        kind = self._values.get(f"{interaction}.type") if last == "correct_responses" else None
        return self._table.interactions.get(kind, {}) if kind else {}

    def _problem(self, name: Name, element: dict, value: str) -> str | None:
        if element["type"] in ("pattern", "response"):
            return self._interaction_problem(name, element["type"], value)
        if element.get("once") and self._values.get(name.whole, value) != value:
            return "once"
        if element.get("unique") and self._is_beside(name, value, str):
            return "duplicate"
        return problem(self._table, element, value)

    def _is_beside(self, name: Name, value: str, mark: Mark) -> bool:
        """Whether another record of the innermost collection has the same in this element."""
        collection, index = name.records[-1]
        last = name.whole.rpartition(".")[2]
        place = f"{collection}.{last}"
        if place not in self._marks:
            found = (
                (str(at), self._values.get(f"{collection}.{at}.{last}"))
                for at in range(self.count(collection))
            )
            marks = {mark(other): at for at, other in found if other is not None}
            self._marks[place] = mark, marks
        return self._marks[place][1].get(mark(value), index) != index

    def _mark(self, name: Name, value: str) -> None:
        """The value takes the place of what its record had."""
        collection, index = name.records[-1]
        place = f"{collection}.{name.whole.rpartition('.')[2]}"
        if place not in self._marks:
            return
        mark, marks = self._marks[place]
        before = self._values.get(name.whole)
        if before is not None and marks.get(mark(before)) == index:
            del marks[mark(before)]
        marks[mark(value)] = index

    def _interaction_problem(self, name: Name, part: str, value: str) -> str | None:
        kind = self._values[f"{name.record}.type"]
        if part == "response":
            return None if is_response(self._table, kind, value) else "type"
        mark = pattern_mark(self._table, kind)
        if mark is not None and self._is_beside(name, value, mark):
            return "duplicate"
        return None if is_pattern(self._table, kind, value) else "type"

    def _clear(self, name: Name, element: dict, value: str) -> None:
        """Another interaction type makes its responses meaningless."""
        if "clears" not in element or self._values.get(name.whole, value) == value:
            return
        for part in element["clears"]:
            whole = f"{name.record}.{part}"
            patterns = (f"{whole}.{at}.pattern" for at in range(self.count(whole)))
            for stored in (whole, *patterns):
                if self._values.pop(stored, None) is not None:
                    self._changes[stored] = None
            self._counts.pop(whole, None)
            self._marks.pop(f"{whole}.pattern", None)

    def _note(self, name: Name, element: dict, value: str) -> None:
        """Keep a warning for what is beyond the smallest permitted maximums."""
        kind = self._values.get(f"{name.record}.type") if name.records else None
        more = beyond(self._table, element, kind, value)
        if more:
            self._warn(name.pattern, name.whole, more)
        for collection, index in name.records:
            pattern = parse(collection).pattern
            most = self._table.elements[pattern].get("spm")
            most = self._limits(collection).get("patterns", most)
            records = position(index) + 1
            if most is not None and records > most:
                self._warn(pattern, collection, f"{records} records of {most}")

    def _warn(self, pattern: str, name: str, more: str) -> None:
        self._warnings[pattern] = f"{name} has {more} that every system must keep."

    def _share(self, record: str, store: SharedStore) -> None:
        if "adl.data" not in self._table.elements:
            return
        self._put(parse(f"{record}.id"), store.target)
        if store.value is not None:
            self._put(parse(f"{record}.store"), store.value)
        if not store.readable:
            self._hidden.add(f"{record}.store")
        if not store.writable:
            self._fixed.add(f"{record}.store")

    def _put(self, name: Name, value: str) -> None:
        if self._marks and name.records:
            self._mark(name, value)
        self._values[name.whole] = value
        for collection, index in name.records:
            self._counts[collection] = max(self.count(collection), position(index) + 1)
