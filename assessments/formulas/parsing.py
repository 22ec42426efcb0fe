"""Reading a formula: a text becomes a tree or an error that says where and what to write.

Both ``^`` and ``**`` are powers. Moodle wrote ``pow()``, later ``**``; its ``^`` was PHP's
exclusive or of bits, which no published question meant and Moodle itself now refuses. Powers group
to the right: ``2^3^2`` is ``2^9``.

A name in braces is always a variable; a bare name is a function if ``(`` follows, one of the
constants ``pi`` and ``e``, or a variable.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from translationstring import TranslationString, TranslationStringFactory

from assessments.formulas.errors import FormulaRefused
from assessments.formulas.functions import FUNCTIONS, LARGEST_EXPONENT
from assessments.formulas.tree import (
    BINDING,
    COMPARISONS,
    Binary,
    Call,
    Conditional,
    Node,
    Number,
    Unary,
    Variable,
)

_ = TranslationStringFactory("tutela")

MAX_LENGTH = 2_000
"""Characters of a formula."""
MAX_TOKENS = 400
"""Numbers, names and signs of a formula; no tree is deeper than that, nor larger."""
MAX_NESTING = 100
"""Levels of parentheses (two each), signs, powers and conditions in one another."""

CONSTANTS = frozenset({"pi", "e"})
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|\{(?P<variable>[^\W\d_][^\s<>{}\"'`]*)\}"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|[<>!=]=|<>|&&|\|\||[-+*/%^<>!?:(),])"
)
ALIKE = str.maketrans("−–×·⋅÷", "--***/")
"""What a word processor writes for our signs, one character for one."""
SPELLINGS = {"^": "**", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!="}
END = "end"


@dataclass(frozen=True)
class Token:
    """``kind`` is ``number``, ``variable``, ``name``, :data:`END`, or the sign itself."""

    kind: str
    text: str
    position: int


def parse(text: str) -> Node:
    """The tree of a formula.

    :raises FormulaRefused: with the place and the reason, if it is none
    """
    if len(text) > MAX_LENGTH:
        raise FormulaRefused(
            _("The formula is longer than ${count} characters.", mapping={"count": MAX_LENGTH}),
            MAX_LENGTH,
        )
    tokens = _tokens(text)
    if len(tokens) > MAX_TOKENS:
        raise FormulaRefused(
            _(
                "The formula has more than ${count} numbers, names and signs. Make it shorter.",
                mapping={"count": MAX_TOKENS},
            ),
            tokens[MAX_TOKENS].position,
        )
    return _Parser(tokens).formula()


def _tokens(text: str) -> list[Token]:
    plain = text.translate(ALIKE)
    tokens: list[Token] = []
    position = 0
    while position < len(plain):
        if plain[position].isspace():
            position += 1
            continue
        if plain[position] in SPELLINGS:
            sign = SPELLINGS[plain[position]]
            tokens.append(Token(sign, text[position], position))
            position += 1
            continue
        found = TOKEN.match(plain, position)
        if found is None:
            raise FormulaRefused(_unknown(text[position]), position)
        group = found.lastgroup or ""
        kind = SPELLINGS.get(found[0], found[0]) if group == "sign" else group
        tokens.append(Token(kind, text[slice(*found.span(group))], position))
        position = found.end()
    tokens.append(Token(END, "", len(text)))
    return tokens


def _unknown(mark: str) -> TranslationString:
    if mark == "=":
        return _("Write == to compare two values. A formula has no = of its own.")
    if mark in "{}":
        return _(
            "Braces hold the name of one variable, such as {a}. It begins with a letter and has "
            "no space in it."
        )
    return _("The character ${mark} has no meaning in a formula.", mapping={"mark": mark})


class _Parser:
    """Precedence climbing over the tokens, with a count of the levels that are open."""

    def __init__(self, tokens: Sequence[Token]):
        self._tokens = tokens
        self._index = 0
        self._nesting = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        token = self._token
        self._index += 1
        return token

    def _open(self) -> None:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise FormulaRefused(
                _("The formula has too many parentheses in one another. Make it simpler."),
                self._token.position,
            )

    def formula(self) -> Node:
        tree = self._expression()
        if self._token.kind != END:
            raise FormulaRefused(self._left_over(), self._token.position)
        return tree

    def _left_over(self) -> TranslationString:
        match self._token.kind:
            case ")":
                return _("There is no ( for this ).")
            case ",":
                return _(
                    "A comma only stands between the values of a function. "
                    "Write decimals with a point, as in 1.5."
                )
            case _:
                return _(
                    "A sign is missing before ${text}. Write * to multiply.",
                    mapping={"text": self._token.text},
                )

    def _expression(self) -> Node:
        self._open()
        condition = self._binary(1)
        tree = condition
        if self._token.kind == "?":
            position = self._take().position
            then = self._expression()
            if self._token.kind != ":":
                raise FormulaRefused(
                    _("The condition with ? has no : for the case that it is not true."),
                    position,
                )
            self._take()
            tree = Conditional(condition, then, self._expression(), position)
        self._nesting -= 1
        return tree

    def _binary(self, least: int) -> Node:
        left = self._unary()
        while BINDING.get(self._token.kind, 0) >= least:
            sign = self._take()
            binding = BINDING[sign.kind]
            left = Binary(sign.kind, left, self._binary(binding + 1), sign.position)
            if sign.kind in COMPARISONS and BINDING.get(self._token.kind) == binding:
                raise FormulaRefused(
                    _("Compare two values at a time: write {a} < {b} && {b} < {c}."),
                    self._token.position,
                )
        return left

    def _unary(self) -> Node:
        self._open()
        tree: Node
        match self._token.kind:
            case "-" | "!":
                sign = self._take()
                tree = Unary(sign.kind, self._unary(), sign.position)
            case "+":
                self._take()
                tree = self._unary()
            case _:
                tree = self._power()
        self._nesting -= 1
        return tree

    def _power(self) -> Node:
        base = self._atom()
        if self._token.kind == "**":
            sign = self._take()
            return Binary("**", base, self._unary(), sign.position)
        return base

    def _atom(self) -> Node:
        token = self._take()
        match token.kind:
            case "number":
                return Number(_number(token), token.position)
            case "variable":
                return Variable(token.text, token.position)
            case "name":
                return self._named(token)
            case "(":
                tree = self._expression()
                self._close(token)
                return tree
            case "end":
                raise FormulaRefused(
                    _("The formula ends where a number, a variable or a function is missing."),
                    token.position,
                )
            case _:
                raise FormulaRefused(
                    _(
                        "A number, a variable or a function is missing before ${sign}.",
                        mapping={"sign": token.text},
                    ),
                    token.position,
                )

    def _named(self, token: Token) -> Node:
        if self._token.kind != "(":
            if token.text in CONSTANTS:
                return Call(token.text, (), token.position)
            return Variable(token.text, token.position)
        name = token.text.lower()
        if name not in FUNCTIONS:
            raise FormulaRefused(
                _("There is no function ${name}.", mapping={"name": token.text}), token.position
            )
        opening = self._take()
        arguments: list[Node] = []
        if self._token.kind != ")":
            arguments.append(self._expression())
            while self._token.kind == ",":
                self._take()
                arguments.append(self._expression())
        self._close(opening)
        _check_count(name, len(arguments), token.position)
        return Call(name, tuple(arguments), token.position)

    def _close(self, opening: Token) -> None:
        if self._token.kind == END:
            raise FormulaRefused(_("There is no ) for this (."), opening.position)
        if self._token.kind != ")":
            raise FormulaRefused(self._left_over(), self._token.position)
        self._take()


def _number(token: Token) -> Decimal:
    mantissa, _e, exponent = token.text.lower().partition("e")
    value = Decimal(mantissa)
    power = int(exponent or "0") if value else 0
    if value and abs(value.adjusted() + power) > LARGEST_EXPONENT:
        raise FormulaRefused(_("This number is too large or too small."), token.position)
    return Decimal(f"{mantissa}e{power}")


def _check_count(name: str, count: int, position: int) -> None:
    function = FUNCTIONS[name]
    if function.least <= count and (function.most is None or count <= function.most):
        return
    facts = {"name": name, "least": function.least, "most": function.most, "count": count}
    if function.least == function.most:
        message = _(
            "The function ${name} takes this many values: ${least}. Here it has: ${count}.",
            mapping=facts,
        )
    elif function.most is None:
        message = _(
            "The function ${name} takes at least this many values: ${least}. Here it has: "
            "${count}.",
            mapping=facts,
        )
    else:
        message = _(
            "The function ${name} takes ${least} to ${most} values. Here it has: ${count}.",
            mapping=facts,
        )
    raise FormulaRefused(message, position)
