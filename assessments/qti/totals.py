"""The items of a test as outcome processing adds them up (QTI 2.2 §15.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.qti.declarations import Declaration, Kind
from assessments.qti.documents import Node
from assessments.qti.items import Item
from assessments.qti.scope import Scope
from assessments.qti.sequence import Place, by_identifier
from assessments.qti.sessions import Session, scope_of, start
from assessments.qti.values import (
    NULL,
    BaseType,
    Cardinality,
    Value,
    container,
    real,
    same,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One item of the sequence with what the candidate has done in it."""

    place: Place
    item: Item
    scope: Scope

    @property
    def attempted(self) -> bool:
        """Whether there was an attempt."""
        return bool(self.scope.values["numAttempts"].data)

    def declaration(self, name: str) -> Declaration | None:
        """A variable, by the name that the test knows it by."""
        return self.item.declarations.get(self.place.ref.mappings.get(name, name))

    def weight(self, identifier: str | None) -> float:
        """The weight of this name; 1 when the reference has none."""
        return self.place.ref.weights.get(identifier or "", 1.0)

    def responded(self) -> bool:
        """Whether a response has a value that is not its default."""
        return self.attempted and any(
            not value.is_null and (default.is_null or not same(value, default))
            for value, default in (
                (self.scope.value(each), self.scope.default(each))
                for each in self.item.declared(Kind.RESPONSE).values()
            )
        )

    def correct(self) -> bool | None:
        """Whether all responses are the correct ones; None when one has no correct value."""
        answers = []
        for each in self.item.declared(Kind.RESPONSE).values():
            value, correct = self.scope.value(each), self.scope.correct(each)
            if correct.is_null:
                return None
            answers.append(not value.is_null and same(value, correct))
        return all(answers) if answers else None


class ItemTotals:
    """What the expressions over items ask.

    :param places: the sequence of the candidate
    :param items: by the identifier of the reference; what is missing here is left out
    :param sessions: by the key of the place; what is missing here has not been begun
    """

    def __init__(
        self,
        places: Sequence[Place],
        items: Mapping[str, Item],
        sessions: Mapping[str, Session],
    ) -> None:
        self.selected = tuple(places)
        self.size = len(self.selected)
        self.taken = {
            place.key: _taken(place, items[place.ref.identifier], sessions.get(place.key))
            for place in places
            if place.ref.identifier in items
        }
        self.places = by_identifier(places)

    def _subset(self, node: Node) -> list[Place]:
        section = node.attributes.get("sectionIdentifier")
        wanted = set(node.attributes.get("includeCategory", "").split())
        unwanted = set(node.attributes.get("excludeCategory", "").split())
        return [
            place
            for place in self.selected
            if (not section or place.inside(section))
            and (not wanted or wanted & place.ref.categories)
            and not unwanted & place.ref.categories
        ]

    def _taken(self, node: Node) -> list[Taken]:
        return [self.taken[place.key] for place in self._subset(node) if place.key in self.taken]

    def test_variables(self, node: Node) -> Value:
        """The values of a single variable over the items, NULL left out, weighted if asked."""
        name = node.attributes.get("variableIdentifier", "")
        base_type = node.attributes.get("baseType")
        weight = node.attributes.get("weightIdentifier")
        found = []
        for taken in self._taken(node):
            declaration = taken.declaration(name)
            if declaration is None or declaration.cardinality is not Cardinality.SINGLE:
                continue
            fits = declaration.base_type == base_type if base_type else _counts(declaration)
            value = taken.scope.value(declaration)
            if fits and not value.is_null:
                found.append(_weighted(value, taken.weight(weight)) if weight else value)
        return _gathered(found)

    def extremes(self, node: Node) -> Value:
        """The normalMinimum or normalMaximum of an outcome over the items.

        One item without a maximum makes the whole NULL; one without a minimum is left out.
        """
        name = node.attributes.get("outcomeIdentifier", "")
        weight = node.attributes.get("weightIdentifier")
        least = node.name == "outcomeMinimum"
        found = []
        for taken in self._taken(node):
            declaration = taken.declaration(name)
            bound = None
            if declaration is not None:
                bound = declaration.minimum if least else declaration.maximum
            if bound is not None:
                found.append(bound * taken.weight(weight))
            elif not least:
                return NULL
        return container(Cardinality.MULTIPLE, BaseType.FLOAT, found)

    def count(self, node: Node) -> int:
        """How many of the items are correct, incorrect, responded, presented or selected."""
        taken = self._taken(node)
        if node.name == "numberSelected":
            return len(self._subset(node))
        if node.name == "numberPresented":
            return sum(each.attempted for each in taken)
        if node.name == "numberResponded":
            return sum(each.responded() for each in taken)
        if node.name == "numberCorrect":
            return sum(each.correct() is True for each in taken)
        return sum(each.attempted and each.correct() is False for each in taken)

    def _find(self, identifier: str) -> tuple[Taken, Declaration] | None:
        """The item and the variable of ``item.VARIABLE`` or ``item.2.VARIABLE``."""
        item, _dot, name = identifier.rpartition(".")
        instance = 0
        if item not in self.places:
            item, _dot, number = item.rpartition(".")
            instance = int(number) if number.isdecimal() and len(number) < 9 else 0
            if not instance:
                return None
        places = self.places.get(item, [])
        place = next((each for each in places if each.instance == instance), None)
        if place is None and places and not instance:
            place = places[-1]
        taken = self.taken.get(place.key) if place else None
        declaration = taken and taken.declaration(name)
        return (taken, declaration) if taken and declaration else None

    def variable(self, identifier: str, weight: str | None) -> Value | None:
        """The value of a variable of one item; of several instances the last one's."""
        found = self._find(identifier)
        if found is None:
            return None
        taken, declaration = found
        value = taken.scope.value(declaration)
        if weight and declaration.kind is Kind.OUTCOME and value.is_numeric:
            return value if value.is_null else _weighted(value, taken.weight(weight))
        return value

    def declaration(self, identifier: str) -> Declaration | None:
        """The declaration, with the default and the correct value of this session."""
        found = self._find(identifier)
        if found is None:
            return None
        taken, declaration = found
        return replace(
            declaration,
            identifier=identifier,
            default=taken.scope.default(declaration),
            correct=taken.scope.correct(declaration),
        )


def _taken(place: Place, item: Item, session: Session | None) -> Taken:
    # An item that was not begun has its outcomes at their defaults, whatever variant comes.
    return Taken(place, item, scope_of(item, session or start(item, 0)))


WEIGHED = (BaseType.INTEGER, BaseType.FLOAT)
"""Numbers that are marks: a duration is none."""


def _counts(declaration: Declaration) -> bool:
    return declaration.base_type in WEIGHED


def _weighted(value: Value, weight: float) -> Value:
    if value.base_type not in WEIGHED or value.is_container:
        return value
    return real(value.data * weight)


def _gathered(values: list[Value]) -> Value:
    base_types = {value.base_type for value in values}
    base_type = base_types.pop() if len(base_types) == 1 else BaseType.FLOAT
    members = [float(value.data) if base_type is BaseType.FLOAT else value.data for value in values]
    return container(Cardinality.MULTIPLE, base_type, members)
