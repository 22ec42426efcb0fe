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
    fraction_problems,
    in_order,
    key_problems,
    mean,
    shuffled,
)
from assessments.questions.choosing import (
    kept_choices,
    limit_problems,
    limit_remarks,
    lowest_choice,
    right_keys,
    right_problems,
    sum_of,
)
from assessments.questions.controls import Asked, Choose, Option
from assessments.questions.html import EMPTY, plain, says_something

_ = TranslationStringFactory("tutela")

NAME = "answer"
NUMBERINGS = ("none", "abc", "ABC", "123", "iii", "III")


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

    def own_problems(self) -> list[TranslationString]:
        found = key_problems(choice.key for choice in self.choices)
        found += fraction_problems(choice.fraction for choice in self.choices)
        if len(self.choices) < 2:
            found.append(_("A question needs at least two answers to choose from."))
        if not all(says_something(choice.html) for choice in self.choices):
            found.append(_("An answer to choose from is empty. Write it, or take it out."))
        if self.numbering not in NUMBERINGS:
            found.append(
                _("“${numbering}” is no way to number.", mapping={"numbering": self.numbering})
            )
        return found + right_problems(self.choices, self.many, self.whole) + self._limit_problems()

    def _limit_problems(self) -> list[TranslationString]:
        found = limit_problems(self.choices, self.many, self.least, self.most)
        right = [choice for choice in self.choices if choice.fraction > 0]
        if self.many and len(right) > 1 and any(choice.exclusive for choice in right):
            found.append(
                _(
                    "An answer that cannot be chosen together with others is right together with "
                    "others."
                )
            )
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
        control = Choose(NAME, "", shown, self.many, self.most, self.numbering)
        return Asked(self.body, (control,))

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        chosen = response.get(NAME, ())
        parts = tuple(
            Part(NAME, plain(choice.html), choice.key, choice.fraction, choice.feedback)
            for choice in self.choices
            if choice.key in chosen
        )
        return judged(self._fraction(parts), parts, self.said)

    def _fraction(self, parts: tuple[Part, ...]) -> Fraction:
        if self.many and self._not_together(parts):
            return NONE
        if self.whole:
            right = right_keys(self.choices, self.many)
            return ONE if sorted(part.answer for part in parts) == list(right) else NONE
        return sum_of(parts, self.many, self.least, self.most)

    def _not_together(self, parts: tuple[Part, ...]) -> list[Part]:
        exclusive = {choice.key for choice in self.choices if choice.exclusive}
        return [part for part in parts if part.answer in exclusive and len(parts) > 1]

    def right_response(self, arrangement: Arrangement) -> Response:
        return {NAME: right_keys(self.choices, self.many)}

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        parts = self.mark_response(response, arrangement).parts
        found = limit_remarks(parts, self.many, self.most)
        if self.many:
            found += [
                _(
                    "“${answer}” cannot be chosen together with other answers.",
                    mapping={"answer": part.response},
                )
                for part in self._not_together(parts)
            ]
        return found

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        return kept_choices(NAME, self.mark_response(response, arrangement))

    def lowest(self) -> Fraction:
        return NONE if self.whole else lowest_choice(self.choices, self.many, self.least)

    def guess(self) -> Fraction | None:
        if self.many:
            return None
        if self.whole:
            return Fraction(1, len(self.choices))
        return mean([choice.fraction for choice in self.choices])


def judged(fraction: Fraction, parts: tuple[Part, ...], said: Verdicts) -> Marked:
    """What a response is worth, with what is said to one as good as that."""
    marked = Marked(fraction, parts)
    return Marked(fraction, parts, said.of(marked.verdict))
