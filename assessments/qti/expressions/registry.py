"""How an element becomes a value: one function for each expression, found by its name."""

from collections.abc import Callable

from assessments.qti.documents import Node
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.values import NULL, TEXTUAL, Value, written

Expression = Callable[[Node, Scope], Value]

EXPRESSIONS: dict[str, Expression] = {}


def expression(*names: str) -> Callable[[Expression], Expression]:
    """Register a function for the elements of these names."""

    def register(function: Expression) -> Expression:
        EXPRESSIONS.update(dict.fromkeys(names, function))
        return function

    return register


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of an expression.

    :raises RuleRejected: no such expression, or one that has no meaning here
    :raises RunStopped: the run has spent what it may
    """
    found = EXPRESSIONS.get(node.name)
    if found is None:
        raise RuleRejected(
            _("${name} is no expression of QTI.", mapping={"name": node.name}), node.line
        )
    scope.spend(1)
    try:
        value = found(node, scope)
    except OverflowError:
        return NULL
    scope.spend(_size(value) // 20)
    return value


def _size(value: Value) -> int:
    """How much there is of a value, in members of a container."""
    return len(value.data) // 50 if isinstance(value.data, str) else len(value.members)


def operands(node: Node, scope: Scope, least: int = 0, most: int | None = None) -> list[Value]:
    """The values of all children.

    :raises RuleRejected: fewer than ``least`` or more than ``most``
    """
    count = len(node.children)
    if count < least or (most is not None and count > most):
        raise RuleRejected(
            _("${name} does not have the parts it needs.", mapping={"name": node.name}), node.line
        )
    return [evaluate(child, scope) for child in node.children]


def operand(node: Node, scope: Scope) -> Value:
    """The value of the one child."""
    return operands(node, scope, 1, 1)[0]


def flat_numbers(values: list[Value]) -> list[int | float] | None:
    """All numbers, those in containers too; None when one is missing or is no number."""
    if any(value.is_null or not value.is_numeric for value in values):
        return None
    return [member for value in values for member in value.members]


def single_number(value: Value) -> int | float | None:
    """The number of a single value; None when it is none."""
    numbers = flat_numbers([value])
    return numbers[0] if numbers and len(numbers) == 1 else None


def string_of(value: Value) -> str | None:
    """The text of a single value; numbers and booleans as they are written; None for NULL."""
    if value.is_null or value.is_container or isinstance(value.data, dict):
        return None
    return str(value.data) if value.base_type in TEXTUAL else written(value.data)


def truth(value: Value) -> bool | None:
    """What a value says in the place of a condition; None for NULL.

    The standard wants a boolean there. Numbers other than 0 and texts count as true.
    """
    if value.is_null:
        return None
    if isinstance(value.data, int | float):
        return bool(value.data)
    return True
