"""Expressions about text (QTI 2.2 §15.3)."""

from collections.abc import Callable

from assessments.qti.documents import Node
from assessments.qti.expressions.registry import (
    expression,
    operands,
    single_number,
    string_of,
)
from assessments.qti.patterns import PatternRefused, matches
from assessments.qti.refusals import _
from assessments.qti.scope import Scope
from assessments.qti.tables import flag
from assessments.qti.values import NULL, Value, boolean, text


@expression("stringMatch")
def string_match(node: Node, scope: Scope) -> Value:
    """Whether two texts are equal; with ``substring`` whether the first holds the second."""
    one, other = (string_of(value) for value in operands(node, scope, 2, 2))
    if one is None or other is None:
        return boolean(None)
    if not _minds_case(node):
        one, other = one.casefold(), other.casefold()
    if flag(node.attributes.get("substring"), False):
        return boolean(other in one)
    return boolean(one == other)


@expression("substring")
def substring(node: Node, scope: Scope) -> Value:
    """Whether the first text is within the second.

    With a number as second part it cuts instead, from a place counted from 1 and of a length:
    not of the standard, but unmistakable.
    """
    values = operands(node, scope, 2, 3)
    if len(values) == 3 or values[1].is_numeric:
        return _cut(values)
    one, other = (string_of(value) for value in values)
    if one is None or other is None:
        return boolean(None)
    if not _minds_case(node):
        one, other = one.casefold(), other.casefold()
    return boolean(one in other)


def _cut(values: list[Value]) -> Value:
    whole = string_of(values[0])
    numbers = [single_number(value) for value in values[1:]]
    if whole is None or None in numbers:
        return NULL
    start, *length = (int(place) for place in numbers if place is not None)
    if start < 1 or (length and length[0] < 0):
        return NULL
    return text(whole[start - 1 :][: length[0] if length else None])


@expression("patternMatch")
def pattern_match(node: Node, scope: Scope) -> Value:
    """Whether a text matches a regular expression of XML Schema as a whole.

    The pattern is an attribute, or there the name of a variable in braces; some documents write
    it as a second part.
    """
    values = operands(node, scope, 1, 2)
    given = string_of(values[0])
    pattern = string_of(values[1]) if len(values) == 2 else _pattern(node, scope)
    if given is None or pattern is None:
        return boolean(None)
    scope.spend(len(pattern) + len(given) // 20)
    try:
        return boolean(matches(pattern, given, _minds_case(node), _spender(scope)))
    except PatternRefused:
        scope.report(_("A pattern cannot be followed here. It counts as no value."), node)
        return boolean(None)


def _spender(scope: Scope) -> Callable[[int], None]:
    """Charges a match for its steps, of which some twenty are as much work as an expression."""
    spent = 0

    def spend(steps: int) -> None:
        nonlocal spent
        spent += steps
        if spent >= 20:
            scope.spend(spent // 20)
            spent %= 20

    return spend


def _pattern(node: Node, scope: Scope) -> str | None:
    pattern = node.attributes.get("pattern")
    if pattern is None:
        return None
    name = pattern.removeprefix("{").removesuffix("}")
    if f"{{{name}}}" == pattern and (declaration := scope.declarations.get(name)):
        return string_of(scope.value(declaration))
    return pattern


def _minds_case(node: Node) -> bool:
    return flag(node.attributes.get("caseSensitive"), True)
