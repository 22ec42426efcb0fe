"""Expressions that look something up (QTI 2.2 §15.1, built-in general expressions)."""

from assessments.qti import tables
from assessments.qti.documents import Node
from assessments.qti.expressions.registry import evaluate, expression, operand, single_number
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.values import (
    LONGEST,
    NULL,
    BaseType,
    Cardinality,
    Scalar,
    Value,
    container,
    from_plain,
    number,
    read,
    real,
    text,
)


@expression("variable")
def variable(node: Node, scope: Scope) -> Value:
    """The value of a variable; in a test also ``item.VARIABLE``, there with its weight."""
    identifier = node.attributes.get("identifier", "").strip()
    if identifier not in scope.declarations and scope.items is not None:
        found = scope.items.variable(identifier, node.attributes.get("weightIdentifier"))
        if found is not None:
            return found
    declaration = scope.declaration(node)
    return scope.value(declaration) if declaration else NULL


@expression("correct")
def correct(node: Node, scope: Scope) -> Value:
    """The declared correct response, or NULL."""
    declaration = scope.declaration(node)
    return scope.correct(declaration) if declaration else NULL


@expression("default")
def default(node: Node, scope: Scope) -> Value:
    """The declared default, or NULL."""
    declaration = scope.declaration(node)
    return scope.default(declaration) if declaration else NULL


@expression("baseValue")
def base_value(node: Node, scope: Scope) -> Value:
    """A value written in the document."""
    try:
        base_type = BaseType(node.attributes.get("baseType", "string"))
        return from_plain(Cardinality.SINGLE, base_type, node.text)
    except ValueError:
        message = _(
            "${text} is not of its type. It counts as no value.", mapping={"text": node.text[:80]}
        )
        scope.report(message, node)
        return NULL


@expression("null")
def nothing(_node: Node, _scope: Scope) -> Value:
    """NULL."""
    return NULL


@expression("mapResponse", "mapOutcome")
def mapped(node: Node, scope: Scope) -> Value:
    """What the value of a variable is worth by its mapping; 0 when it has none."""
    declaration = scope.declaration(node)
    if declaration is None or declaration.mapping is None:
        scope.report(_("A variable without a mapping is mapped. It counts as 0."), node)
        return real(0)
    return real(declaration.mapping.total(scope.value(declaration)))


@expression("mapResponsePoint")
def mapped_point(node: Node, scope: Scope) -> Value:
    """What points are worth by the areas they lie in; 0 when there is no mapping of areas."""
    declaration = scope.declaration(node)
    if (
        declaration is None
        or declaration.area_mapping is None
        or declaration.base_type is not BaseType.POINT
    ):
        scope.report(_("A variable without a mapping of areas is mapped. It counts as 0."), node)
        return real(0)
    return real(declaration.area_mapping.total(scope.value(declaration)))


@expression("lookupTable")
def looked_up(node: Node, scope: Scope) -> Value:
    """A table written where it is used. Not of the standard, which has tables in declarations."""
    found = next((child for child in node.all("matchTable", "interpolationTable")), None)
    others = [child for child in node.children if child is not found]
    if found is None or len(others) != 1:
        raise RuleRejected(_("A lookup needs a value and a table."), node.line)
    try:
        table = tables.table(found)
    except ValueError:
        raise RuleRejected(_("A table cannot be read."), found.line)
    target = table.target(single_number(evaluate(others[0], scope)))
    if target is None:
        return NULL
    for base_type in (BaseType.INTEGER, BaseType.FLOAT):
        try:
            return Value(Cardinality.SINGLE, base_type, read(base_type, target))
        except ValueError:
            continue
    return text(target)


@expression("randomInteger")
def random_integer(node: Node, scope: Scope) -> Value:
    """A whole number of min, min + step, … not above max."""
    least, most, step = (
        scope.whole(node.attributes.get(name, start))
        for name, start in (("min", "0"), ("max", ""), ("step", "1"))
    )
    if least is None or most is None or not step or step < 0 or most < least:
        return NULL
    return number(least + step * scope.chance.below((most - least) // step + 1))


@expression("randomFloat")
def random_float(node: Node, scope: Scope) -> Value:
    """A float between min and max."""
    least = scope.number_of(node.attributes.get("min", "0"))
    most = scope.number_of(node.attributes.get("max", ""))
    if least is None or most is None or most < least:
        return NULL
    return real(least + (most - least) * scope.chance.draw())


@expression("random")
def random(node: Node, scope: Scope) -> Value:
    """One of the members of a container."""
    value = operand(node, scope)
    if not value.members:
        return NULL
    return Value(Cardinality.SINGLE, value.base_type, scope.chance.choice(value.members))


@expression("repeat")
def repeat(node: Node, scope: Scope) -> Value:
    """The parts one after the other, evaluated anew numberRepeats times."""
    times = scope.whole(node.attributes.get("numberRepeats", ""))
    if times is None or times < 1 or not node.children:
        return NULL
    base_type = None
    members: list[Scalar] = []
    for _round in range(min(times, LONGEST + 1)):
        for child in node.children:
            value = evaluate(child, scope)
            base_type = base_type or value.base_type
            members.extend(value.members)
            if len(members) > LONGEST:
                raise RuleRejected(_("A list is longer than 2 000 members."), node.line)
    return container(Cardinality.ORDERED, base_type, members)


@expression("customOperator")
def custom(node: Node, scope: Scope) -> Value:
    """What the site knows for the class or the definition; NULL for what it does not know."""
    for name in (node.attributes.get("class"), node.attributes.get("definition")):
        if name is not None and name in scope.operators:
            return scope.operators[name](node, [evaluate(child, scope) for child in node.children])
    scope.report(_("A custom operator is not known here. It counts as no value."), node)
    return NULL
