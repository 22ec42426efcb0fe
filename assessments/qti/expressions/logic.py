"""Conditions with three answers: true, false and NULL (QTI 2.2 §15.3)."""

from assessments.qti.documents import Node
from assessments.qti.expressions.registry import (
    evaluate,
    expression,
    operand,
    operands,
    string_of,
    truth,
)
from assessments.qti.refusals import RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.values import Value, boolean, same


@expression("isNull")
def is_null(node: Node, scope: Scope) -> Value:
    """True for NULL, the empty text and the empty container."""
    return boolean(operand(node, scope).is_null)


@expression("isNotNull")
def is_not_null(node: Node, scope: Scope) -> Value:
    """The contrary of isNull. Not of the standard."""
    return boolean(not operand(node, scope).is_null)


@expression("not")
def negation(node: Node, scope: Scope) -> Value:
    """The contrary; NULL of NULL."""
    answer = truth(operand(node, scope))
    return boolean(None if answer is None else not answer)


@expression("and")
def conjunction(node: Node, scope: Scope) -> Value:
    """False when one is false, else NULL when one is NULL, else true."""
    answers = [truth(value) for value in operands(node, scope, 1)]
    return boolean(False if False in answers else None if None in answers else True)


@expression("or")
def disjunction(node: Node, scope: Scope) -> Value:
    """True when one is true, else NULL when one is NULL, else false."""
    answers = [truth(value) for value in operands(node, scope, 1)]
    return boolean(True if True in answers else None if None in answers else False)


@expression("xor")
def exclusive(node: Node, scope: Scope) -> Value:
    """True when an odd number is true; NULL when one is NULL. Not of the standard."""
    answers = [truth(value) for value in operands(node, scope, 1)]
    return boolean(None if None in answers else answers.count(True) % 2 == 1)


@expression("anyN", "allN")
def any_n(node: Node, scope: Scope) -> Value:
    """True when at least min and at most max are true; NULL when that depends on a NULL.

    ``allN`` is not of the standard; it is this with another name.
    """
    answers = [truth(value) for value in operands(node, scope, 1)]
    least = scope.whole(node.attributes.get("min", "0"))
    most = scope.whole(node.attributes.get("max", str(len(answers))))
    if least is None or most is None:
        return boolean(None)
    sure, open_ = answers.count(True), answers.count(None)
    if sure > most or sure + open_ < least:
        return boolean(False)
    return boolean(True if sure >= least and sure + open_ <= most else None)


@expression("match")
def match(node: Node, scope: Scope) -> Value:
    """Whether two values are the same; NULL when one is NULL."""
    one, other = operands(node, scope, 2, 2)
    return boolean(None if one.is_null or other.is_null else same(one, other))


@expression("isTypeOf")
def is_type_of(node: Node, scope: Scope) -> Value:
    """Whether the first part has the base type that the second names. Not of the standard."""
    value, name = operands(node, scope, 2, 2)
    return boolean(None if value.is_null or name.is_null else value.base_type == string_of(name))


@expression("preCondition", "templateConstraint")
def condition(node: Node, scope: Scope) -> Value:
    """Whether a condition holds, NULL being no."""
    return boolean(holds(node, scope))


def holds(node: Node, scope: Scope) -> bool:
    """Whether the condition that is the first child is true.

    :raises RuleRejected: there is none, or it cannot be evaluated
    """
    if not node.children:
        raise RuleRejected(_("A condition is missing."), node.line)
    return truth(evaluate(node.children[0], scope)) is True
