"""The syntax tree of a formula, and its text.

Every node knows where it began in the text it was read from, for errors; two trees are equal
whatever their places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Number:
    """A number as written; never below zero, for a minus sign is an operator."""

    value: Decimal
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Variable:
    """A name whose value is drawn for each learner."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unary:
    """``-`` or ``!`` before something."""

    operator: str
    operand: "Node"
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    """Something between two: arithmetic, a comparison, ``&&`` or ``||``."""

    operator: str
    left: "Node"
    right: "Node"
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Conditional:
    """``condition ? then : otherwise``."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function of :data:`assessments.formulas.functions.FUNCTIONS` and its arguments."""

    function: str
    arguments: tuple["Node", ...]
    position: int = field(default=0, compare=False)


Node = Number | Variable | Unary | Binary | Conditional | Call

CONDITIONAL = 0
UNARY = 7
POWER = 8
ATOM = 9
BINDING = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
    "**": POWER,
}
"""How tightly an operator binds, as in PHP 8: a sign binds less than a power, so that ``-2 ** 2``
is -4. A power groups to the right, a comparison not at all, and everything else to the left."""
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def binding(node: Node) -> int:
    """How tightly a tree holds together: what binds more tightly beside it needs parentheses."""
    match node:
        case Conditional():
            return CONDITIONAL
        case Binary(operator):
            return BINDING[operator]
        case Unary():
            return UNARY
        case _:
            return ATOM


def sides(operator: str) -> tuple[int, int]:
    """The least bindings that the left and the right of an operator have without parentheses."""
    own = BINDING[operator]
    if operator == "**":
        return ATOM, UNARY
    return (own + 1 if operator in COMPARISONS else own), own + 1


def to_text(node: Node) -> str:
    """The formula of a tree, with no more parentheses than it needs; read again, it is equal."""
    match node:
        case Number(value):
            return str(value)
        case Variable(name):
            return f"{{{name}}}"
        case Unary(operator, operand):
            return operator + _text(operand, UNARY)
        case Binary(operator, left, right):
            least_left, least_right = sides(operator)
            return f"{_text(left, least_left)} {operator} {_text(right, least_right)}"
        case Conditional(condition, then, otherwise):
            first = _text(condition, CONDITIONAL + 1)
            return f"{first} ? {to_text(then)} : {to_text(otherwise)}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_text, arguments))})"
    raise AssertionError("a node is of one of these classes")


def _text(node: Node, least: int) -> str:
    text = to_text(node)
    return text if binding(node) >= least else f"({text})"


def variables(node: Node) -> frozenset[str]:
    """The names of all variables in a tree."""
    return frozenset(part.name for part in parts(node) if isinstance(part, Variable))


def parts(node: Node) -> Iterator[Node]:
    """A tree and everything in it, each before what it is made of."""
    yield node
    match node:
        case Unary(_, operand):
            yield from parts(operand)
        case Binary(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Conditional(condition, then, otherwise):
            yield from parts(condition)
            yield from parts(then)
            yield from parts(otherwise)
        case Call(_, arguments):
            for argument in arguments:
                yield from parts(argument)
