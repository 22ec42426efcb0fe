"""Whether a question that was read can be asked, before it is taken."""

from dataclasses import replace
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.questions.base import ONE, Question
from assessments.questions.choice import ChoiceQuestion

_ = TranslationStringFactory("tutela")

ROUNDED = Fraction(2, 100)
"""How far from 100 % shares may be together that somebody rounded by hand (3 times 33 %)."""


def judge(question: Question) -> tuple[Question, TranslationString | None]:
    """The question as it is taken, and what was changed about it.

    :raises Broken: when nobody could answer it rightly, or it cannot be asked
    """
    changed = None
    if isinstance(question, ChoiceQuestion) and question.many and not question.whole:
        question, changed = _made_whole(question)
    if problems := question.problems():
        raise Broken(problems[0], more=problems[1:])
    return question, changed


def _made_whole(question: ChoiceQuestion) -> tuple[ChoiceQuestion, TranslationString | None]:
    together = sum((each.fraction for each in question.choices if each.fraction > 0), Fraction(0))
    if together == ONE or not ONE - ROUNDED <= together <= ONE + ROUNDED:
        return question, None
    choices = tuple(
        replace(each, fraction=each.fraction / together) if each.fraction > 0 else each
        for each in question.choices
    )
    return replace(question, choices=choices), _(
        "The shares of the right answers were rounded; now they are 100 % together."
    )
