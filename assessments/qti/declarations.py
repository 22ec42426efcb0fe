"""Declarations of variables, and the variables that every item and test has without one.

QTI 2.2: responseDeclaration, outcomeDeclaration, templateDeclaration; built-in variables in §6.
"""

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from assessments.qti import tables
from assessments.qti.documents import Node
from assessments.qti.refusals import Finding, _
from assessments.qti.values import BaseType, Cardinality, Value, from_plain, null, read, single

Part = TypeVar("Part")


class Kind(StrEnum):
    """What a variable is for."""

    RESPONSE = "response"
    OUTCOME = "outcome"
    TEMPLATE = "template"
    CONTEXT = "context"
    """What the site says of the candidate, the test and itself (QTI 3, QTI_CONTEXT)."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A variable as the document declares it.

    :param default: NULL when none is declared
    :param correct: of a response or template variable; NULL when none is declared
    :param minimum: ``normalMinimum`` of an outcome
    :param maximum: ``normalMaximum`` of an outcome
    :param math: ``mathVariable`` of a template variable
    :param param: ``paramVariable`` of a template variable
    :param external: ``externalScored`` of an outcome: "human" when somebody must mark it
    """

    kind: Kind
    identifier: str
    cardinality: Cardinality
    base_type: BaseType | None
    default: Value
    correct: Value
    mapping: tables.Mapping | None = None
    area_mapping: tables.AreaMapping | None = None
    table: tables.Table | None = None
    minimum: float | None = None
    maximum: float | None = None
    math: bool = False
    param: bool = False
    external: str = ""

    @property
    def initial(self) -> Value:
        """What the variable begins with: the default, of a numeric outcome without one 0."""
        if self.default.data is not None or self.kind is not Kind.OUTCOME:
            return self.default
        if self.cardinality is Cardinality.SINGLE and self.base_type in ZEROS:
            return single(self.base_type, ZEROS[self.base_type])
        return self.default

    @property
    def null(self) -> Value:
        """NULL of the declared shape."""
        return null(self.cardinality, self.base_type)


KINDS = {
    "responseDeclaration": Kind.RESPONSE,
    "outcomeDeclaration": Kind.OUTCOME,
    "templateDeclaration": Kind.TEMPLATE,
    "contextDeclaration": Kind.CONTEXT,
}

ZEROS: dict[BaseType, int | float] = {BaseType.INTEGER: 0, BaseType.FLOAT: 0.0}

BUILT_IN = (
    (Kind.RESPONSE, "numAttempts", BaseType.INTEGER, 0),
    (Kind.RESPONSE, "duration", BaseType.DURATION, 0.0),
    (Kind.OUTCOME, "completionStatus", BaseType.IDENTIFIER, "not_attempted"),
)


def built_in() -> dict[str, Declaration]:
    """The variables of every item session that no document declares."""
    return {
        name: Declaration(
            kind,
            name,
            Cardinality.SINGLE,
            base_type,
            single(base_type, start),
            single(base_type, None),
        )
        for kind, name, base_type, start in BUILT_IN
    }


def with_built_in(declared: Lookup[str, Declaration]) -> dict[str, Declaration]:
    """What a document declares and what it need not. One that declares a built-in variable again
    without a default means it as it is."""
    found = built_in()
    for name, each in declared.items():
        default = found[name].default if name in found and each.default.is_null else each.default
        found[name] = replace(each, default=default)
    return found


def declarations(
    nodes: tuple[Node, ...], case_sensitive: bool
) -> tuple[dict[str, Declaration], list[Finding]]:
    """All declarations among the children of an item or a test.

    What cannot be read of one is left out and said; a declaration without a readable shape is
    left out whole.

    :param case_sensitive: whether mappings mind the case where they do not say
    """
    found: dict[str, Declaration] = {}
    findings: list[Finding] = []
    for node in nodes:
        if node.name in KINDS:
            identifier = node.attributes.get("identifier", "").strip()
            declaration = _declaration(node, identifier, case_sensitive, findings)
            if declaration is not None:
                found[identifier] = declaration
    return found, findings


def _declaration(
    node: Node, identifier: str, case_sensitive: bool, findings: list[Finding]
) -> Declaration | None:
    try:
        cardinality = Cardinality(node.attributes.get("cardinality", "single"))
        word = node.attributes.get("baseType")
        base_type = BaseType(word) if word and cardinality is not Cardinality.RECORD else None
    except ValueError:
        base_type, cardinality = None, Cardinality.SINGLE
    if not identifier or (base_type is None and cardinality is not Cardinality.RECORD):
        message = _(
            "The variable ${name} has no type that can be read. It is left out.",
            mapping={"name": identifier},
        )
        findings.append(Finding(message, node.line))
        return None
    reader = _Reader(node, identifier, cardinality, base_type, findings)
    return Declaration(
        KINDS[node.name],
        identifier,
        cardinality,
        base_type,
        reader.value("defaultValue"),
        reader.value("correctResponse"),
        reader.mapping(case_sensitive),
        reader.area_mapping(),
        reader.table(),
        reader.number("normalMinimum"),
        reader.number("normalMaximum"),
        tables.flag(node.attributes.get("mathVariable"), False),
        tables.flag(node.attributes.get("paramVariable"), False),
        node.attributes.get("externalScored", ""),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one declaration and says what cannot be read."""

    node: Node
    identifier: str
    cardinality: Cardinality
    base_type: BaseType | None
    findings: list[Finding]

    def value(self, name: str) -> Value:
        """The value of a child of this name, or of an attribute where the child is missing."""
        child = self.node.find(name)

        def read_value() -> Value:
            if child is not None:
                return values(child.all("value"), self.cardinality, self.base_type)
            return from_plain(self.cardinality, self.base_type, self.node.attributes.get(name))

        found = self._try(name, child or self.node, read_value)
        return found or null(self.cardinality, self.base_type)

    def mapping(self, case_sensitive: bool) -> tables.Mapping | None:
        """The mapping, if there is one."""
        child, base_type = self.node.find("mapping"), self.base_type
        if child is None or base_type is None:
            return None
        return self._try("mapping", child, lambda: tables.mapping(child, base_type, case_sensitive))

    def area_mapping(self) -> tables.AreaMapping | None:
        """The mapping of areas, if there is one."""
        child = self.node.find("areaMapping")
        if child is None:
            return None
        return self._try("areaMapping", child, lambda: tables.area_mapping(child))

    def table(self) -> tables.Table | None:
        """The table for lookupOutcomeValue, if there is one."""
        child = self.node.find("matchTable") or self.node.find("interpolationTable")
        if child is None:
            return None
        return self._try(child.name, child, lambda: tables.table(child))

    def number(self, name: str) -> float | None:
        """A numeric attribute."""
        word = self.node.attributes.get(name)
        return None if word is None else self._try(name, self.node, lambda: float(word))

    def _try(self, part: str, node: Node, read_part: Callable[[], Part]) -> Part | None:
        try:
            return read_part()
        except ValueError:
            message = _(
                "${part} of the variable ${name} cannot be read. It is left out.",
                mapping={"part": part, "name": self.identifier},
            )
            self.findings.append(Finding(message, node.line))
            return None


def values(nodes: list[Node], cardinality: Cardinality, base_type: BaseType | None) -> Value:
    """The value that ``value`` elements write.

    :raises ValueError: one that is not of the base type
    """
    if not nodes:
        return null(cardinality, base_type)
    if cardinality is Cardinality.RECORD:
        fields: Lookup[str, Value] = {
            node.attributes.get("fieldIdentifier", ""): _field(node) for node in nodes
        }
        return Value(cardinality, None, fields)
    assert base_type is not None
    if cardinality is Cardinality.SINGLE:
        return from_plain(cardinality, base_type, nodes[0].text)
    return Value(cardinality, base_type, tuple(read(base_type, node.text) for node in nodes))


def _field(node: Node) -> Value:
    base_type = BaseType(node.attributes.get("baseType", "string"))
    return from_plain(Cardinality.SINGLE, base_type, node.text)
