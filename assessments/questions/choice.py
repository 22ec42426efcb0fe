"""Single and multiple choice."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    Verdict,
    in_order,
    mean,
    shuffled,
)
from assessments.questions.controls import Asked, Choose, Option
from assessments.questions.html import EMPTY, plain

_ = TranslationStringFactory("tutela")

NAME = "answer"


@dataclass(frozen=True)
class Choice:
    """One answer.

    :param fraction: of the mark that choosing it brings, -1 to 1
    :param fixed: whether it keeps its place when the others are shuffled
    :param exclusive: "none of the above": whoever chooses it may choose nothing else
    """

    key: str
    html: Html
    fraction: Fraction
    feedback: Html = EMPTY
    fixed: bool = False
    exclusive: bool = False


@dataclass(frozen=True)
class Verdicts:
    """What is said to a right, a partly right and a wrong answer, whatever was chosen."""

    right: Html = EMPTY
    partly: Html = EMPTY
    wrong: Html = EMPTY

    def of(self, verdict: Verdict) -> Html:
        said = {Verdict.RIGHT: self.right, Verdict.PARTLY: self.partly, Verdict.WRONG: self.wrong}
        return said.get(verdict, EMPTY)


SILENT = Verdicts()


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion(Question):
    """Choose one, or several.

    :param many: whether several may be chosen
    :param whole: whether only exactly the right answers bring the mark, and then all of it
    :param least: what a sum of fractions cannot fall below: 0, or down to -1 for negative credit
    :param most: how many may be chosen, 0 for any number
    :param numbering: ``none``, ``abc``, ``ABC``, ``123``, ``iii`` or ``III``
    """

    kind = "choice"

    choices: tuple[Choice, ...]
    many: bool = False
    shuffle: bool = True
    whole: bool = False
    least: Fraction = NONE
    most: int = 0
    numbering: str = "abc"
    said: Verdicts = SILENT

    def problems(self) -> list[TranslationString]:
        found = []
        if len(self.choices) < 2:
            found.append(_("A question needs at least two answers to choose from."))
        best = [choice.fraction for choice in self.choices if choice.fraction > 0]
        if not best:
            found.append(_("No answer is right. Give at least one answer a share of the mark."))
        elif not self.many and max(best) != ONE:
            found.append(_("No answer brings the whole mark. Give one of them 100 %."))
        elif self.many and not self.whole and sum(best) != ONE:
            found.append(_("The right answers must bring the whole mark together: 100 %."))
        return found

    def arrange(self, random: Random) -> dict[str, Any]:
        keys = [choice.key for choice in self.choices]
        if self.shuffle:
            fixed = {choice.key for choice in self.choices if choice.fixed or choice.exclusive}
            keys = shuffled(keys, random, frozenset(fixed))
        return {"orders": {NAME: keys}}

    def ask(self, arrangement: Arrangement) -> Asked:
        options = {choice.key: Option(choice.key, choice.html) for choice in self.choices}
        shown = in_order(options, arrangement, NAME)
        return Asked(self.body, (Choose(NAME, "", shown, self.many, self.most),))

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        chosen = response.get(NAME, ())
        parts = tuple(
            Part(NAME, plain(choice.html), choice.key, choice.fraction, choice.feedback)
            for choice in self.choices
            if choice.key in chosen
        )
        fraction = self._fraction(parts)
        marked = Marked(fraction, parts)
        return Marked(fraction, parts, self.said.of(marked.verdict))

    def _fraction(self, parts: tuple[Part, ...]) -> Fraction:
        if not parts:
            return NONE
        if not self.many:
            return parts[0].fraction
        exclusive = {choice.key for choice in self.choices if choice.exclusive}
        if len(parts) > 1 and any(part.answer in exclusive for part in parts):
            return NONE
        if self.whole:
            right = {choice.key for choice in self.choices if choice.fraction > 0}
            return ONE if {part.answer for part in parts} == right else NONE
        return min(ONE, max(self.least, sum((part.fraction for part in parts), NONE)))

    def right_response(self, arrangement: Arrangement) -> Response:
        right = [choice.key for choice in self.choices if choice.fraction > 0]
        if not self.many:
            right = [max(self.choices, key=lambda choice: choice.fraction).key]
        return {NAME: tuple(sorted(right))}

    def guess(self) -> Fraction | None:
        return None if self.many else mean([choice.fraction for choice in self.choices])
