"""A formula as MathML Core, which browsers draw and screen readers read.

Powers stand high, quotients are fractions, and functions look as they do in a textbook. Formulas
run from left to right in every language of the pages; their numbers are in the reader's format.

A root is the sign √ and parentheses, not ``msqrt``: Chromium leaves the sign of that out, without a
word, where no mathematical font is installed, as on many phones.
"""

from markupsafe import Markup, escape

from assessments.formulas.tree import (
    ATOM,
    CONDITIONAL,
    UNARY,
    Binary,
    Call,
    Conditional,
    Node,
    Number,
    Unary,
    Variable,
    binding,
    sides,
)
from assessments.numbers.writing import ENGLISH, NumberFormat, write

SIGNS = {
    "*": "×",
    "-": "−",
    "==": "=",
    "!=": "≠",
    "<=": "≤",
    ">=": "≥",
    "&&": "∧",
    "||": "∨",
    "!": "¬",
    "%": "mod",
}
"""Operators that are drawn otherwise than they are written."""
ARITHMETIC = frozenset("+-*%")
LETTERS = {"pi": "π", "e": "e"}
FENCES = {"abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}
FENCED = frozenset({*LETTERS, *FENCES, "comb"})
"""Functions that are drawn as one thing, without parentheses of their own."""
APPLY = "\N{FUNCTION APPLICATION}"


def to_mathml(tree: Node, form: NumberFormat = ENGLISH) -> Markup:
    """The ``math`` element of a formula.

    :param form: how the numbers in it are written
    """
    return Markup('<math dir="ltr">{}</math>').format(_Drawing(form).drawn(tree))


class _Drawing:
    """Trees as MathML, with numbers in one format."""

    def __init__(self, form: NumberFormat):
        self._form = form

    def drawn(self, node: Node) -> Markup:
        match node:
            case Number(value):
                return _element("mn", write(value, self._form))
            case Variable(name):
                return _element("mi", name)
            case Unary(sign, operand):
                return _row(_sign(sign), self._beside(operand, UNARY))
            case Binary("/", left, right):
                return _element("mfrac", self.drawn(left), self.drawn(right))
            case Binary("**", left, right):
                return self._power(left, right)
            case Binary(sign, left, right):
                least_left, least_right = sides(sign)
                held = self._beside if sign in ARITHMETIC else self._held
                return _row(self._held(left, least_left), _sign(sign), held(right, least_right))
            case Conditional(condition, then, otherwise):
                return _row(
                    self._held(condition, CONDITIONAL + 1),
                    _sign("?"),
                    self.drawn(then),
                    _sign(":"),
                    self.drawn(otherwise),
                )
            case Call(name, arguments):
                return self._call(name, arguments)
        raise AssertionError("a node is of one of these classes")

    def _held(self, node: Node, least: int) -> Markup:
        """``node``, in parentheses if it binds less than ``least``; a fraction needs none."""
        drawn = self.drawn(node)
        return drawn if binding(node) >= least or _is_fraction(node) else _fenced("(", drawn, ")")

    def _beside(self, node: Node, least: int) -> Markup:
        """As :meth:`_held`, and no minus sign follows another sign: a × (−b)."""
        if binding(node) >= least and _begins_with_minus(node):
            return _fenced("(", self.drawn(node), ")")
        return self._held(node, least)

    def _power(self, base: Node, exponent: Node) -> Markup:
        return _element("msup", self._under(base), self.drawn(exponent))

    def _under(self, base: Node) -> Markup:
        """What has a power, a root or a factorial: in parentheses, but for numbers, letters and
        fences."""
        drawn = self.drawn(base)
        simple = binding(base) == ATOM and (not isinstance(base, Call) or base.function in FENCED)
        return drawn if simple else _fenced("(", drawn, ")")

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Markup:
        drawn = [self.drawn(argument) for argument in arguments]
        match name, drawn:
            case "pi" | "e", _:
                return _element("mi", LETTERS[name])
            case "sqrt", _:
                return _row(_sign("√"), self._under(arguments[0]))
            case "abs" | "floor" | "ceil", [inside]:
                left, right = FENCES[name]
                return _fenced(left, inside, right)
            case "exp", [exponent]:
                return _element("msup", _element("mi", "e"), exponent)
            case "pow", _:
                return self._power(*arguments)
            case "fact", _:
                return _row(self._under(arguments[0]), _element("mo", "!"))
            case "comb", [of, taken]:
                pair = Markup('<mfrac linethickness="0">{}{}</mfrac>').format(of, taken)
                return _fenced("(", pair, ")")
            case "log", [value, base]:
                return _applied(_element("msub", _element("mi", "log"), base), [value])
            case "log", [value]:
                return _applied(_element("mi", "ln"), [value])
            case "log10", _:
                ten = _element("msub", _element("mi", "log"), _element("mn", "10"))
                return _applied(ten, drawn)
            case _:
                return _applied(_element("mi", name), drawn)


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator == "/"


def _begins_with_minus(node: Node) -> bool:
    match node:
        case Unary(sign, _):
            return sign == "-"
        case Binary(sign, left, _) if sign not in ("/", "**"):
            return binding(left) >= sides(sign)[0] and _begins_with_minus(left)
        case _:
            return False


def _element(name: str, *content: str) -> Markup:
    inside = Markup("").join(map(escape, content))
    return Markup("<{0}>{1}</{0}>").format(name, inside)


def _row(*content: Markup) -> Markup:
    return _element("mrow", *content)


def _sign(sign: str) -> Markup:
    return _element("mo", SIGNS.get(sign, sign))


def _fenced(left: str, inside: Markup, right: str) -> Markup:
    return _row(_sign(left), inside, _sign(right))


def _applied(function: Markup, arguments: list[Markup]) -> Markup:
    inside = _sign(",").join(arguments)
    return _row(function, _sign(APPLY), _fenced("(", inside, ")"))
