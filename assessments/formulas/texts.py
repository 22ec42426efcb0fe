"""The text of a calculated question: ``{a}`` becomes a value, ``{=…}`` the value of a formula.

As in Moodle, braces around anything that is no variable of the question stay as they are, so that
a text may speak of sets. The text may be HTML: a formula in it is read with its entities resolved
(``{a} &lt; {b}``), and what is filled in needs no escaping, for it is only digits and marks.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.formulas.errors import FormulaFailed, FormulaRefused
from assessments.formulas.evaluation import evaluate
from assessments.formulas.parsing import parse
from assessments.formulas.tree import Node, variables
from assessments.numbers.writing import ENGLISH, NumberFormat, write

FORMULA = re.compile(r"\{=(?P<formula>[^{}]*(?:\{[^{}]+\}[^{}]*)*)\}")
NAME = re.compile(r"\{(?P<name>[^\W\d_][^\s<>{}\"'`]*)\}")


@dataclass(frozen=True)
class Embedded:
    """A formula in a text and the place of its ``{``, from 0."""

    formula: Node
    position: int


@dataclass(frozen=True)
class Text:
    """A text that was read once, to be filled for each learner."""

    parts: tuple[str | Embedded, ...]

    @property
    def names(self) -> frozenset[str]:
        """What stands in braces in the text, and the variables of its formulas."""
        found: set[str] = set()
        for part in self.parts:
            if isinstance(part, Embedded):
                found |= variables(part.formula)
            else:
                found |= {match["name"] for match in NAME.finditer(part)}
        return frozenset(found)

    def filled(
        self,
        values: Mapping[str, Decimal],
        form: NumberFormat = ENGLISH,
        rounded: Callable[[Decimal], Decimal] = lambda value: value,
    ) -> str:
        """The text with values filled in.

        :param form: how the numbers are written
        :param rounded: what the results of formulas go through, such as a rounding to decimals;
            variables are shown as they were drawn, with all their decimals
        :raises FormulaFailed: if a formula has no value; its position is the place of its ``{``
        """
        filled = []
        for part in self.parts:
            if isinstance(part, str):
                filled.append(_with_values(part, values, form))
                continue
            try:
                result = evaluate(part.formula, values)
            except FormulaFailed as failure:
                raise FormulaFailed(failure.message, part.position)
            filled.append(write(rounded(result), form))
        return "".join(filled)


def read_text(text: str) -> Text:
    """The parts of a question's text.

    :raises FormulaRefused: for a formula that is none; its position is the place of its ``{``
    """
    parts: list[str | Embedded] = []
    end = 0
    for found in FORMULA.finditer(text):
        parts.append(text[end : found.start()])
        try:
            formula = parse(html.unescape(found["formula"]))
        except FormulaRefused as refusal:
            raise FormulaRefused(refusal.message, found.start())
        parts.append(Embedded(formula, found.start()))
        end = found.end()
    parts.append(text[end:])
    return Text(tuple(parts))


def _with_values(text: str, values: Mapping[str, Decimal], form: NumberFormat) -> str:
    return NAME.sub(
        lambda found: write(values[found["name"]], form) if found["name"] in values else found[0],
        text,
    )
