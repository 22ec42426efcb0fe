"""Numbers of QTI 1.2: exact, within a margin, to some figures, or in a range."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import Condition, OldItem, Test, number
from assessments.exchange.qti.qti12_types.shared import NAMED, RIGHT, WRONG, common
from assessments.exchange.shares import decimal
from assessments.questions.base import NONE, ONE, Html, Question
from assessments.questions.numerical import NumberAnswer, NumericalQuestion

_ = TranslationStringFactory("tutela")


def numerical(item: OldItem) -> Question:
    """A number: exact, within a margin, to some figures, or in a range."""
    scored = [each for each in item.conditions if (each.worth or NONE) > 0 and each.wanted]
    best = max((each.worth or NONE for each in scored), default=ONE)
    answers = [
        _number_answer(item, each, str(position), (each.worth or NONE) / best)
        for position, each in enumerate(scored, 1)
    ]
    if not answers:
        raise Broken(_("The file does not say which number is right."), item.line)
    right, wrong = item.said(*RIGHT), item.said(*WRONG)
    answers = [replace(each, feedback=Html(each.feedback + right)) for each in answers]
    if wrong:
        answers.append(NumberAnswer(str(len(answers) + 1), None, NONE, feedback=wrong))
    body = item.stem()
    return NumericalQuestion(**common(item, body), answers=tuple(answers))


def _number_answer(item: OldItem, condition: Condition, key: str, share: Fraction) -> NumberAnswer:
    equal = next((test for test in condition.wanted if test.name == "varequal"), None)
    limits = {
        test.name[:5]: number(test.text, item) for test in condition.wanted if test is not equal
    }
    said = item.said(*(link for link in condition.said if link not in NAMED))
    if equal is not None:
        value = number(equal.text, item)
        error, rule = _margin(item, equal, value, limits)
        if error is not None:
            return NumberAnswer(key, value, share, error, rule, said)
    if "vargt" not in limits or "varlt" not in limits:
        if equal is not None:
            return NumberAnswer(key, value, share, feedback=said)
        raise Broken(_("A range of numbers has only one end."), item.line)
    low, high = sorted((limits["vargt"], limits["varlt"]))
    return NumberAnswer(key, (low + high) / 2, share, (high - low) / 2, feedback=said)


def _margin(
    item: OldItem, equal: Test, value: Decimal, limits: dict[str, Decimal]
) -> tuple[Decimal | None, str]:
    """How far a number may be off as its own attributes say, or as symmetrical limits do."""
    margin = decimal(str(equal.element.get("margin", "")))
    if margin is not None and str(equal.element.get("margintype", "")).lower() == "percent":
        return margin / 100, "relative"
    if margin is not None:
        return margin, "absolute"
    precision = decimal(str(equal.element.get("precision", "")))
    if precision is not None:
        kind = str(equal.element.get("precisiontype", "")).lower()
        return precision, "decimals" if kind == "decimals" else "significant"
    if "vargt" in limits and "varlt" in limits:
        low, high = sorted((limits["vargt"], limits["varlt"]))
        if value - low != high - value:
            item.changed(
                _("The number may be off by more to one side than to the other: the range counts.")
            )
            return None, "absolute"
        return high - value, "absolute"
    return Decimal(0), "absolute"
