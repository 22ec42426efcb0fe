"""Expressions that make, take apart and compare containers and records (QTI 2.2 §15.3)."""

from collections import Counter

from assessments.qti.areas import area
from assessments.qti.documents import Node
from assessments.qti.expressions.registry import (
    evaluate,
    expression,
    operand,
    operands,
    single_number,
)
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.values import (
    NULL,
    TEXTUAL,
    BaseType,
    Cardinality,
    Value,
    boolean,
    container,
    keys,
    number,
)


@expression("multiple", "ordered")
def gathered(node: Node, scope: Scope) -> Value:
    """A container of all members of the parts; NULL parts are left out."""
    values = [value for value in operands(node, scope) if not value.is_null]
    base_type = values[0].base_type if values else None
    if any(value.base_type is not base_type for value in values):
        base_type = _common(values)
    members = [member for value in values for member in value.members]
    try:
        return container(Cardinality(node.name), base_type, members)
    except ValueError:
        raise RuleRejected(_("A list is longer than 2 000 members."), node.line)


def _common(values: list[Value]) -> BaseType | None:
    """The type that values of several can have together."""
    if all(value.is_numeric for value in values):
        return BaseType.FLOAT
    return BaseType.STRING if all(value.base_type in TEXTUAL for value in values) else None


@expression("record")
def record(node: Node, scope: Scope) -> Value:
    """A record of ``fieldValue`` parts. Not of the standard, where records are responses only."""
    fields = {
        child.attributes.get("fieldIdentifier", ""): operand(child, scope)
        for child in node.all("fieldValue")
    }
    return Value(Cardinality.RECORD, None, fields or None)


@expression("fieldValue")
def field_value(node: Node, scope: Scope) -> Value:
    """A field of a record; NULL when the record has no such field."""
    value = operand(node, scope)
    if value.is_null or value.cardinality is not Cardinality.RECORD:
        return NULL
    found: Value = value.data.get(node.attributes.get("fieldIdentifier", ""), NULL)
    return found


@expression("containerSize")
def container_size(node: Node, scope: Scope) -> Value:
    """How many members; 0 for NULL."""
    return number(len(operand(node, scope).members))


@expression("index")
def index(node: Node, scope: Scope) -> Value:
    """The nth member of an ordered container, counted from 1; NULL when there is none.

    ``n`` is a number or a variable; some documents write it as a second part.
    """
    values = operands(node, scope, 1, 2)
    place = (
        single_number(values[1]) if len(values) == 2 else scope.whole(node.attributes.get("n", ""))
    )
    members = values[0].members
    if place is None or not 1 <= place <= len(members):
        return NULL
    return Value(Cardinality.SINGLE, values[0].base_type, members[int(place) - 1])


@expression("member")
def member(node: Node, scope: Scope) -> Value:
    """Whether the first part is a member of the second."""
    thing, things = _thing_and_container(node, scope)
    if len(thing.members) != 1 or things.is_null:
        return boolean(None)
    return boolean(keys(thing)[0] in keys(things))


@expression("delete")
def delete(node: Node, scope: Scope) -> Value:
    """The second part without every member that is the first."""
    thing, things = _thing_and_container(node, scope)
    if len(thing.members) != 1 or things.is_null:
        return NULL
    unwanted = keys(thing)[0]
    left = [
        data for data, found in zip(things.members, keys(things), strict=True) if found != unwanted
    ]
    return container(
        things.cardinality if things.is_container else Cardinality.MULTIPLE, things.base_type, left
    )


def _thing_and_container(node: Node, scope: Scope) -> tuple[Value, Value]:
    # The standard has the single value first. Documents that have it second cannot mean anything
    # else, since only one of the two is a container.
    one, other = operands(node, scope, 2, 2)
    return (other, one) if one.is_container and not other.is_container else (one, other)


@expression("contains")
def contains(node: Node, scope: Scope) -> Value:
    """Whether the first container holds the second: as a set with repeats, or as a run in order."""
    whole, part = operands(node, scope, 2, 2)
    if whole.is_null or part.is_null:
        return boolean(None)
    have, want = keys(whole), keys(part)
    if whole.cardinality is Cardinality.ORDERED:
        starts = range(len(have) - len(want) + 1)
        return boolean(any(have[start : start + len(want)] == want for start in starts))
    return boolean(not Counter(want) - Counter(have))


@expression("inside")
def inside(node: Node, scope: Scope) -> Value:
    """Whether a point, or one of several, is in the area."""
    value = operand(node, scope)
    if value.is_null or value.base_type is not BaseType.POINT:
        return boolean(None)
    try:
        place = area(node.attributes.get("shape", ""), node.attributes.get("coords", ""))
    except ValueError:
        raise RuleRejected(_("An area cannot be read."), node.line)
    return boolean(any(place.holds(point) for point in value.members))


def members_of(node: Node, scope: Scope) -> list[Value]:
    """The values that a container written in the document has as its parts, NULL among them.

    A container leaves NULL out; the expressions that must answer NULL for one look here.
    """
    if node.name in ("multiple", "ordered"):
        return [evaluate(child, scope) for child in node.children]
    return [evaluate(node, scope)]
