"""What a program sees and changes while it runs: variables, chance, and what it had to report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from translationstring import TranslationString

from assessments.qti.chance import Chance
from assessments.qti.declarations import Declaration, Kind
from assessments.qti.documents import Node
from assessments.qti.refusals import Finding, RunStopped, _
from assessments.qti.values import (
    NUMERIC,
    TEXTUAL,
    BaseType,
    Cardinality,
    Scalar,
    Value,
    container,
    from_plain,
    read,
    written,
)

CustomOperator = Callable[[Node, Sequence[Value]], Value]
"""What a site adds for a customOperator: the element and its evaluated parts give a value."""


MOST_WORK = 50_000
"""What one run may spend: an evaluated expression costs 1, and more when it is about much.

A real item spends some hundreds. The most is about a second of a processor.
"""


class Items(Protocol):
    """The items of a test, as the expressions of outcome processing ask for them.

    :param size: how many there are
    """

    size: int

    def test_variables(self, node: Node) -> Value:
        """``testVariables``."""

    def extremes(self, node: Node) -> Value:
        """``outcomeMinimum`` and ``outcomeMaximum``."""

    def count(self, node: Node) -> int:
        """``numberCorrect`` and its kin."""

    def variable(self, identifier: str, weight: str | None) -> Value | None:
        """The value of ``item.VARIABLE``; None when no item has it."""

    def declaration(self, identifier: str) -> Declaration | None:
        """The declaration of ``item.VARIABLE``; None when no item has it."""


@dataclass(slots=True)
class Scope:
    """The state of one run.

    :param declarations: of all variables, the built-in ones too
    :param values: of all variables that have been given one; the others are NULL
    :param defaults: those that template processing changed
    :param corrects: those that template processing changed
    :param operators: by the class or the definition of a customOperator
    :param items: only in the outcome processing of a test
    """

    declarations: Mapping[str, Declaration]
    values: dict[str, Value]
    chance: Chance
    defaults: dict[str, Value] = field(default_factory=dict)
    corrects: dict[str, Value] = field(default_factory=dict)
    operators: Mapping[str, CustomOperator] = field(default_factory=dict)
    items: Items | None = None
    findings: list[Finding] = field(default_factory=list)
    work: int = 0

    def spend(self, work: int) -> None:
        """Count work that is done.

        :raises RunStopped: it is too much
        """
        self.work += work
        if self.work > MOST_WORK:
            raise RunStopped(_("The processing of this question takes too long. It was stopped."))

    def declaration(self, node: Node) -> Declaration | None:
        """The declaration of the variable a node names; a finding when there is none."""
        identifier = node.attributes.get("identifier", "").strip()
        found = self.declarations.get(identifier)
        if found is None and self.items is not None:
            found = self.items.declaration(identifier)
        if found is None:
            message = _(
                "There is no variable ${name}. It counts as no value.",
                mapping={"name": identifier},
            )
            self.findings.append(Finding(message, node.line))
        return found

    def value(self, declaration: Declaration) -> Value:
        """The value of a variable of this session."""
        return self.values.get(declaration.identifier, declaration.null)

    def default(self, declaration: Declaration) -> Value:
        """The default of a variable, as template processing may have set it."""
        return self.defaults.get(declaration.identifier, declaration.default)

    def correct(self, declaration: Declaration) -> Value:
        """The correct value of a variable, as template processing may have set it."""
        return self.corrects.get(declaration.identifier, declaration.correct)

    def initial(self, declaration: Declaration) -> Value:
        """What a variable begins with: its default as it is now."""
        return self.defaults.get(declaration.identifier, declaration.initial)

    def number_of(self, word: str) -> int | float | None:
        """A number in an attribute, or the value of the variable it names; None for neither."""
        name = word.strip().removeprefix("{").removesuffix("}")
        if declaration := self.declarations.get(name):
            value = self.value(declaration)
            return value.data if value.is_numeric and not value.is_container else None
        for base_type in (BaseType.INTEGER, BaseType.FLOAT):
            try:
                found = read(base_type, name)
            except ValueError:
                continue
            assert isinstance(found, int | float)
            return found
        return None

    def whole(self, word: str) -> int | None:
        """A whole number in an attribute, or of the variable it names; None for neither."""
        found = self.number_of(word)
        return int(found) if found is not None and found == found // 1 else None

    def report(self, message: TranslationString, node: Node) -> None:
        """Keep a finding."""
        self.findings.append(Finding(message, node.line))

    def reset(self, kind: Kind, keep: Iterable[str] = ()) -> None:
        """Give every variable of a kind what it begins with."""
        for identifier, declaration in self.declarations.items():
            if declaration.kind is kind and identifier not in keep:
                self.values[identifier] = self.initial(declaration)


def fitted(value: Value, declaration: Declaration) -> Value | None:
    """The value in the declared shape; None when it cannot have it.

    Whole numbers become floats, texts change their kind, a container of one gives its member and
    a single value makes a container. A float with a fraction that meets an integer variable stays
    as it is: documents declare SCORE as integer and give half a mark, and cutting it would be
    a wrong mark.
    """
    if value.is_null and value.data != "":
        return declaration.null
    if Cardinality.RECORD in (value.cardinality, declaration.cardinality):
        return value if value.cardinality is declaration.cardinality else None
    base_type = declaration.base_type
    assert base_type is not None
    if value.data == "" and declaration.cardinality is Cardinality.SINGLE:
        return Value(Cardinality.SINGLE, base_type, "" if base_type in TEXTUAL else None)
    try:
        members = [_fitted(value.base_type, member, base_type) for member in value.members]
        if declaration.cardinality is not Cardinality.SINGLE:
            return container(declaration.cardinality, base_type, members)
    except ValueError:
        return None
    return Value(Cardinality.SINGLE, base_type, members[0]) if len(members) == 1 else None


def revived(declaration: Declaration, raw: Any) -> Value:
    """The value of a variable that ``values.plain`` wrote, a fraction in an integer too."""
    shape, base_type = declaration.cardinality, declaration.base_type
    try:
        return from_plain(shape, base_type, raw)
    except ValueError:
        return Value(shape, base_type, from_plain(shape, BaseType.FLOAT, raw).data)


def _fitted(given: BaseType | None, member: Scalar, wanted: BaseType) -> Scalar:
    if given is wanted:
        return member
    if given in NUMERIC and wanted is BaseType.INTEGER and isinstance(member, float):
        return int(member) if member.is_integer() and abs(member) < 2**63 else member
    if given in NUMERIC and wanted in NUMERIC:
        return read(wanted, member)
    if given in TEXTUAL or wanted in TEXTUAL:
        return read(wanted, member if isinstance(member, str) else written(member))
    if isinstance(member, tuple) and {given, wanted} == {BaseType.PAIR, BaseType.DIRECTED_PAIR}:
        return member
    raise ValueError("another type")
