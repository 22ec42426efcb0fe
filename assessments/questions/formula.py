"""Formula: a calculation with numbers that differ from attempt to attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments import formulas, numbers
from assessments.questions.base import (
    EMPTY,
    ONE,
    Arrangement,
    Html,
    Marked,
    Question,
    Response,
    repeated,
)
from assessments.questions.controls import Asked
from assessments.questions.numerical import (
    MOST_FIGURES,
    NO_UNITS,
    ROUNDED,
    NumberAnswer,
    NumericalQuestion,
    Units,
)

_ = TranslationStringFactory("tutela")

ANYTHING = "*"
SPREADS = ("uniform", "loguniform")
TRIES = 100
SHOWN = 10
"""Figures of a result within a text; its whole part is never rounded."""
EXACT = 30
"""Figures that no result has more of."""


@dataclass(frozen=True)
class Variable:
    """Where a number comes from.

    :param spread: ``uniform`` or ``loguniform`` between ``least`` and ``most``
    :param places: decimal places
    :param values: a list to take from instead
    """

    name: str
    least: Decimal = Decimal(1)
    most: Decimal = Decimal(10)
    places: int = 1
    spread: str = "uniform"
    values: tuple[Decimal, ...] = ()

    def distribution(self) -> formulas.Choice | formulas.LogUniform | formulas.Uniform:
        """What its values are drawn from.

        :raises assessments.formulas.VariablesRefused: when there is no such value
        """
        if self.values:
            return formulas.Choice(self.values)
        kind = formulas.LogUniform if self.spread == "loguniform" else formulas.Uniform
        return kind(self.least, self.most, self.places)


@dataclass(frozen=True)
class FormulaAnswer:
    """One result that is looked for; ``error`` and ``rule`` as in
    :class:`assessments.questions.numerical.NumberAnswer`.

    :param expression: in the variables, as ``2 * {a} + {b}``; ``*`` stands for every other number
    :param figures: :param figures_rule: how the right result is shown: so many ``decimals`` or
        ``significant`` figures; more are shown where it would not be right with so few
    """

    key: str
    expression: str
    fraction: Fraction
    error: Decimal = Decimal("0.01")
    rule: str = "relative"
    figures: int = 2
    figures_rule: str = "decimals"
    feedback: Html = EMPTY

    @property
    def for_others(self) -> bool:
        return self.expression.strip() == ANYTHING

    def value(self, values: Mapping[str, Decimal]) -> Decimal:
        """Its result for values of the variables.

        :raises assessments.formulas.FormulaRefused: when it is no formula, or has no result
        """
        return formulas.evaluate(formulas.parse(self.expression), values)

    def rounded(self, value: Decimal, figures: int) -> Decimal:
        if self.figures_rule == "significant":
            return numbers.rounded_to_figures(value, figures)
        return numbers.rounded_to_decimals(value, figures)


@dataclass(frozen=True, kw_only=True)
class FormulaQuestion(Question):
    """A text with ``{a}`` and ``{=expression}``, and results.

    An arrangement holds the values (``{"variables": {"a": "2.5"}}``); with them it is a numerical
    question.

    :param rows: fixed sets of values, one of which each attempt gets, by the order of
        ``variables``; values are drawn anew when there are none
    :param condition: what must be true of the values, as ``{a} > {b}``; empty for nothing
    """

    kind = "formula"

    variables: tuple[Variable, ...]
    answers: tuple[FormulaAnswer, ...]
    rows: tuple[tuple[Decimal, ...], ...] = ()
    condition: str = ""
    units: Units = NO_UNITS

    def own_problems(self) -> list[TranslationString]:
        found = self._variable_problems() + self._answer_problems() + self._text_problems()
        if found:
            return found
        try:
            # Any values will do, and nobody must not know them.
            arrangement = self.arrange(Random(0))  # noqa: S311
        except formulas.VariablesRefused as refusal:
            return [refusal.message]
        return self.with_values(arrangement).own_problems()

    def _variable_problems(self) -> list[TranslationString]:
        names = [variable.name for variable in self.variables]
        found = [
            _(
                "“${name}” cannot be the name of a variable: it begins with a letter and has no "
                "space in it.",
                mapping={"name": name},
            )
            for name in names
            if formulas.read_text(f"{{{name}}}").names != {name}
        ]
        found += [
            _("More than one variable has the name “${name}”.", mapping={"name": name})
            for name in repeated(names)
        ]
        found += [
            _("“${spread}” is no way to draw a number.", mapping={"spread": variable.spread})
            for variable in self.variables
            if variable.spread not in SPREADS
        ]
        if any(len(row) != len(self.variables) for row in self.rows):
            found.append(_("A set of values does not have one value for each variable."))
        if found:
            return found
        try:
            self._variables()
        except (formulas.FormulaRefused, formulas.VariablesRefused) as refusal:
            found.append(refusal.message)
        return found

    def _answer_problems(self) -> list[TranslationString]:
        found = []
        for answer in self.answers:
            if answer.figures_rule not in ROUNDED:
                found.append(
                    _("“${rule}” is no way to round.", mapping={"rule": answer.figures_rule})
                )
            least = 1 if answer.figures_rule == "significant" else 0
            if not least <= answer.figures <= MOST_FIGURES:
                found.append(
                    _(
                        "The number of figures must be a whole number from ${least} to ${most}.",
                        mapping={"least": least, "most": MOST_FIGURES},
                    )
                )
            if not answer.for_others:
                found += self._formula_problems(answer.expression)
        return found

    def _formula_problems(self, expression: str) -> list[TranslationString]:
        try:
            names = formulas.variables(formulas.parse(expression))
        except formulas.FormulaRefused as refusal:
            return [
                _(
                    "“${formula}” cannot be reckoned. What follows says why.",
                    mapping={"formula": expression},
                ),
                refusal.message,
            ]
        return self._unknown(names)

    def _unknown(self, names: frozenset[str] | set[str]) -> list[TranslationString]:
        known = {variable.name for variable in self.variables}
        return [
            _("There is no variable ${name}.", mapping={"name": f"{{{name}}}"})
            for name in sorted(names - known)
        ]

    def _text_problems(self) -> list[TranslationString]:
        """What is wrong with formulas in the texts; a name in braces that is none of a variable
        may stand there: texts may speak of sets."""
        found: list[TranslationString] = []
        texts = [self.body, self.feedback, *(answer.feedback for answer in self.answers)]
        texts += [hint.html for hint in self.hints]
        for translated in self.translations.values():
            texts += [Html(text) for text in translated.values()]
        for text in texts:
            try:
                parts = formulas.read_text(text).parts
            except formulas.FormulaRefused as refusal:
                found.append(refusal.message)
            else:
                for part in parts:
                    if not isinstance(part, str):
                        found += self._unknown(formulas.variables(part.formula))
        return found

    def _variables(self) -> formulas.Variables:
        names = [variable.name for variable in self.variables]
        drawn = {variable.name: variable.distribution() for variable in self.variables}
        rows = tuple(dict(zip(names, row, strict=True)) for row in self.rows)
        conditions = (formulas.parse(self.condition),) if self.condition.strip() else ()
        return formulas.Variables({} if rows else drawn, rows, conditions)

    def arrange(self, random: Random) -> dict[str, Any]:
        """Values for which the condition is true and every result can be reckoned.

        :raises assessments.formulas.VariablesRefused: when none were found
        """
        variables = self._variables()
        seed = random.getrandbits(64)
        first = random.randrange(max(1, len(self.rows)))
        for number in range(TRIES):
            values = formulas.draw(variables, seed, first + number + 1)
            if self._can_be_asked(values):
                return {"variables": {name: str(value) for name, value in values.items()}}
        raise formulas.VariablesRefused(
            _(
                "For the values that were drawn the results cannot be reckoned, as where something "
                "is divided by zero. Choose other ranges, or a condition."
            )
        )

    def _can_be_asked(self, values: Mapping[str, Decimal]) -> bool:
        try:
            formulas.read_text(self.body).filled(values)
            for answer in self.answers:
                if not answer.for_others:
                    answer.value(values)
        except formulas.FormulaRefused:
            return False
        return True

    def with_values(self, arrangement: Arrangement) -> NumericalQuestion:
        """The question that an attempt is asked. An answer without a result is left out."""
        values = _values(arrangement)
        answers = []
        for answer in self.answers:
            try:
                value = None if answer.for_others else answer.value(values)
            except formulas.FormulaRefused:
                continue
            feedback = self.text_for(answer.feedback, arrangement)
            answers.append(
                NumberAnswer(
                    answer.key, value, answer.fraction, answer.error, answer.rule, feedback
                )
            )
        return NumericalQuestion(
            name=self.name,
            body=self.text_for(self.body, arrangement),
            answers=tuple(answers),
            units=self.units,
            language=self.language,
        )

    def text_for(self, html: Html, arrangement: Arrangement) -> Html:
        form = numbers.format_of(arrangement.get("language") or self.language)
        try:
            text = formulas.read_text(html)
            return Html(text.filled(_values(arrangement), form, _shown))
        except formulas.FormulaRefused:
            return html

    def ask(self, arrangement: Arrangement) -> Asked:
        return self.with_values(arrangement).ask(arrangement)

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        return self.with_values(arrangement).is_complete(response, arrangement)

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        return self.with_values(arrangement).remarks(response, arrangement)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        return self.with_values(arrangement).mark_response(response, arrangement)

    def right_response(self, arrangement: Arrangement) -> Response | None:
        asked = self.with_values(arrangement)
        by_key = {answer.key: answer for answer in self.answers}
        for sought in asked.answers:
            if sought.value is None or sought.fraction != ONE:
                continue
            answer = by_key[sought.key]
            for figures in range(answer.figures, EXACT):
                response = asked.response_of(answer.rounded(sought.value, figures), arrangement)
                if asked.mark_response(response, arrangement).fraction == ONE:
                    return response
        return asked.right_response(arrangement)

    def _as_numbers(self) -> NumericalQuestion:
        """With any numbers: what does not depend on them is the same for all."""
        answers = tuple(
            NumberAnswer(answer.key, None if answer.for_others else Decimal(), answer.fraction)
            for answer in self.answers
        )
        return NumericalQuestion(name=self.name, body=EMPTY, answers=answers, units=self.units)

    def lowest(self) -> Fraction:
        return self._as_numbers().lowest()

    def guess(self) -> Fraction:
        return self._as_numbers().guess()


def _values(arrangement: Arrangement) -> dict[str, Decimal]:
    return {name: Decimal(text) for name, text in arrangement.get("variables", {}).items()}


def _shown(value: Decimal) -> Decimal:
    decimals = max(0, SHOWN - 1 - value.adjusted())
    return numbers.rounded_to_decimals(value, decimals).normalize()
