"""Expressions over the items of a test (QTI 2.2 §15.2). Alone in an item they have no meaning."""

from assessments.qti.documents import Node
from assessments.qti.expressions.registry import expression
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Items, Scope
from assessments.qti.values import Value, number


def _items(node: Node, scope: Scope) -> Items:
    if scope.items is None:
        raise RuleRejected(
            _(
                "${name} asks for the questions of a test, and this is a question alone.",
                mapping={"name": node.name},
            ),
            node.line,
        )
    scope.spend(scope.items.size)
    return scope.items


@expression("testVariables")
def test_variables(node: Node, scope: Scope) -> Value:
    """The values of a variable over the items."""
    return _items(node, scope).test_variables(node)


@expression("outcomeMinimum", "outcomeMaximum")
def outcome_extremes(node: Node, scope: Scope) -> Value:
    """The least or the most that an outcome can be, over the items."""
    return _items(node, scope).extremes(node)


@expression(
    "numberCorrect", "numberIncorrect", "numberResponded", "numberPresented", "numberSelected"
)
def item_count(node: Node, scope: Scope) -> Value:
    """How many items are so."""
    return number(_items(node, scope).count(node))
