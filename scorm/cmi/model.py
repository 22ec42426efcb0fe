"""One activity's data model: ``get`` and ``set`` with the checks in the standards' order.

Shapes are plain: names and values are strings, errors are the standards' codes, 0 for none.
"""

import re
from collections.abc import Mapping

from scorm.cmi.formats import problem
from scorm.cmi.interactions import SINGLE, is_pattern, is_response, same_pattern
from scorm.cmi.tables import table

DIGITS = re.compile(r"[0-9]+")
REQUEST_VALID = re.compile(r"adl\.nav\.request_valid\.(choice|jump)(?:\.\{target=([^{}]*)\})?")


class DataModel:
    """Element values of one activity (RTE 4.1, 4.2; SCORM 1.2 RTE 3.4).

    :param standard: ``"1.2"`` or ``"2004"``
    :param values: every element that has a value, as :meth:`values` gives them
    :param valid: requests that are valid now, ``{"choice": {id: "true"}, "jump": …}``
    """

    def __init__(
        self, standard: str, values: Mapping[str, str], valid: Mapping[str, Mapping] | None = None
    ):
        self._table = table(standard)
        self._valid = valid or {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self.warnings: list[str] = []
        for name, value in values.items():
            if self._pattern(name) in self._table.elements:
                self._put(name, value)

    @property
    def is_2004(self) -> bool:
        return self._table.standard == "2004"

    def values(self) -> dict[str, str]:
        """Every element that has been given a value."""
        return dict(self._values)

    def get(self, name: str) -> tuple[str, int]:
        """The element's value and 0, or ``""`` and the error code."""
        codes = self._table.codes
        asked = REQUEST_VALID.fullmatch(name) if self.is_2004 else None
        if asked:
            if asked[2] is None:
                return "", codes["missing"]
            return self._valid.get(asked[1], {}).get(asked[2], "false"), 0
        above, _, last = name.rpartition(".")
        if last.startswith("_") and name != "cmi._version":
            return self._keyword(above, last)
        pattern = self._pattern(name)
        element = self._table.elements.get(pattern)
        if element is None or "type" not in element:
            return "", codes["undefined"]
        if not self._exists(name):
            return "", codes["missing"]
        if element["access"] == "wo":
            return "", codes["writeonly"]
        value = self._computed(name)
        if value is None:
            value = self._values.get(name, element.get("default"))
        if value is None or (value == "" and element.get("cleared")):
            return "", codes["unset"]
        return value, 0

    def set(self, name: str, value: str) -> int:
        """Set the element; 0, or the error code, and then nothing has changed."""
        codes = self._table.codes
        above, _, last = name.rpartition(".")
        if last in ("_children", "_count", "_version"):
            known = above == "cmi" or self._pattern(above) in self._table.elements
            return codes["keyword"] if known and name != "cmi._children" else codes["undefined"]
        if self.is_2004 and name.startswith("adl.nav.request_valid."):
            return codes["readonly"]
        element = self._table.elements.get(self._pattern(name))
        if element is None or "type" not in element:
            return codes["undefined"]
        error = self._misplaced(name, element)
        if error:
            return error
        if element["access"] == "ro":
            return codes["readonly"]
        wrong = self._problem(name, element, value)
        if wrong:
            return codes[wrong]
        if element.get("appends"):
            value = self._values.get(name, "") + value
            if len(value) > element["max"]:
                return codes["type"]
        self._note_length(name, element, value)
        self._clear(name, element, value)
        self._put(name, value)
        return 0

    def count(self, collection: str) -> int:
        """How many records a collection has."""
        return self._counts.get(collection, 0)

    @staticmethod
    def _pattern(name: str) -> str:
        return ".".join("n" if DIGITS.fullmatch(token) else token for token in name.split("."))

    def _put(self, name: str, value: str) -> None:
        self._values[name] = value
        tokens = name.split(".")
        for at, token in enumerate(tokens):
            if DIGITS.fullmatch(token):
                collection = ".".join(tokens[:at])
                self._counts[collection] = max(self.count(collection), int(token) + 1)

    def _keyword(self, above: str, keyword: str) -> tuple[str, int]:
        codes = self._table.codes
        element = self._table.elements.get(self._pattern(above))
        if element is None or keyword not in ("_children", "_count", "_version"):
            return "", codes["undefined"]
        if not self._exists(above):
            return "", codes["missing"]
        if keyword == "_children":
            if "children" not in element:
                return "", codes["children"]
            return ",".join(element["children"]), 0
        if keyword == "_count" and element.get("collection"):
            return str(self.count(above)), 0
        return "", codes["count"]

    def _records(self, name: str):
        """``(collection, index as text)`` for each index in the name, from the left."""
        tokens = name.split(".")
        for at, token in enumerate(tokens):
            if DIGITS.fullmatch(token):
                yield ".".join(tokens[:at]), token

    def _exists(self, name: str) -> bool:
        return all(
            _canonical(index) and int(index) < self.count(collection)
            for collection, index in self._records(name)
        )

    def _misplaced(self, name: str, element: dict) -> int:
        """Order of records (351 / 201), then what must be set first (408)."""
        codes = self._table.codes
        new = False
        for collection, index in self._records(name):
            if not _canonical(index) or int(index) > self.count(collection):
                return codes["order"]
            if new:
                continue
            if int(index) == self.count(collection):
                if collection == "adl.data":
                    return codes["order"]
                if self._table.elements[self._pattern(collection)]["access"] == "ro" and self.is_2004:
                    return codes["readonly"]
                new = True
                if self._single_full(collection, int(index)):
                    return codes["order"]
        record = self._record_of(name)
        for needed in element.get("needs", ()) if self.is_2004 else ():
            if f"{record}.{needed}" not in self._values:
                return codes["dependency"]
        return 0

    def _single_full(self, collection: str, index: int) -> bool:
        interaction, _, last = collection.rpartition(".")
        kind = self._values.get(f"{interaction}.type")
        return last == "correct_responses" and index > 0 and kind in SINGLE

    def _record_of(self, name: str) -> str:
        """``cmi.interactions.3`` of any name below it."""
        return ".".join(name.split(".")[:3])

    def _problem(self, name: str, element: dict, value: str) -> str | None:
        if self.is_2004 and element["type"] in ("pattern", "response"):
            return self._interaction_problem(name, element["type"], value)
        if element.get("unique") and not self._may_be_called(name, element, value):
            return "order"
        return problem(self._table, element, value)

    def _may_be_called(self, name: str, element: dict, value: str) -> bool:
        if element.get("once") and self._values.get(name, value) != value:
            return False
        record = name.rpartition(".")[0]
        collection = record.rpartition(".")[0]
        others = (
            self._values.get(f"{collection}.{index}.id") for index in range(self.count(collection))
        )
        return name in self._values and self._values[name] == value or value not in others

    def _interaction_problem(self, name: str, part: str, value: str) -> str | None:
        kind = self._values[f"{self._record_of(name)}.type"]
        if part == "response":
            return None if is_response(self._table, kind, value) else "type"
        if not is_pattern(self._table, kind, value):
            return "type"
        collection = name.rpartition(".")[0].rpartition(".")[0]
        for index in range(self.count(collection)):
            other = f"{collection}.{index}.pattern"
            if other != name and same_pattern(kind, value, self._values.get(other, "")):
                return "order"
        return None

    def _clear(self, name: str, element: dict, value: str) -> None:
        """Another interaction type makes its responses meaningless."""
        if "clears" not in element or self._values.get(name, value) == value:
            return
        record = self._record_of(name)
        for part in element["clears"]:
            prefix = f"{record}.{part}"
            for stored in [stored for stored in self._values if stored.startswith(prefix)]:
                del self._values[stored]
            self._counts.pop(prefix, None)

    def _note_length(self, name: str, element: dict, value: str) -> None:
        if len(value) > element.get("spm", len(value)):
            self.warnings.append(
                f"{name} has {len(value)} characters; systems need to keep only {element['spm']}."
            )

    def _computed(self, name: str) -> str | None:
        """Status that the manifest decides, whatever content sets (RTE 4.2.4.1, 4.2.22.1)."""
        if name == "cmi.completion_status":
            return self._compare(
                "cmi.progress_measure", "cmi.completion_threshold", "completed", "incomplete"
            )
        if name == "cmi.success_status":
            return self._compare(
                "cmi.score.scaled", "cmi.scaled_passing_score", "passed", "failed"
            )
        return None

    def _compare(self, measure: str, threshold: str, reached: str, short: str) -> str | None:
        if threshold not in self._values:
            return None
        if measure not in self._values:
            return "unknown"
        enough = float(self._values[measure]) >= float(self._values[threshold])
        return reached if enough else short


def _canonical(index: str) -> bool:
    return index == "0" or not index.startswith("0")
