"""What the first answer that fits a text or a number brings and says."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lxml import etree
from lxml.builder import E

from assessments import numbers
from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import FEEDBACK, Built
from assessments.exchange.qti.writing_items.output import flag
from assessments.exchange.qti.xhtml import ILLEGAL
from assessments.exchange.shares import plain_decimal
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.short_answers import WILDCARD, unescaped

SPECIAL = re.compile(r"[\\.^$*+?()\[\]{}|-]")


def answer_rules(
    answers: Iterable[Any],
    holds: Callable[[Any], etree._Element],
    name: str,
    score: str,
    built: Built,
    most: Fraction,
) -> etree._Element:
    """What the first answer that fits brings and says; ``holds`` is whether one fits."""
    cases = []
    for answer in answers:
        key = f"{name}-{len(built.told) + 1}" if answer.feedback else ""
        rules = rules_of(key, answer, score, built, most)
        cases.append((holds(answer), rules))
    return p.when(cases)


def rules_of(
    key: str, answer: TextAnswer | NumberAnswer | Any, score: str, built: Built, most: Fraction
) -> list[etree._Element]:
    rules = [p.put(score, p.points(answer.fraction * most))]
    if key:
        built.told[key] = answer.feedback
        told = E.multiple(p.variable(FEEDBACK), p.base("identifier", key))
        rules.append(p.put(FEEDBACK, told))
    return rules


def text_rules(
    question: ShortQuestion, name: str, score: str, built: Built, most: Fraction
) -> etree._Element:
    def holds(answer: TextAnswer) -> etree._Element:
        return _compared(answer, name, question.case)

    return answer_rules(question.answers, holds, name, score, built, most)


def _compared(answer: TextAnswer, name: str, case: bool) -> etree._Element:
    """Whether a response is the text of an answer; a pattern where it has wildcards."""
    if not WILDCARD.search(answer.text):
        text = p.base("string", ILLEGAL.sub("", unescaped(answer.text).strip()))
        return E.stringMatch(p.variable(name), text, caseSensitive=flag(case), substring="false")
    if not WILDCARD.sub("", answer.text).strip():
        return getattr(E, "not")(E.isNull(p.variable(name)))
    pieces = [_pattern(unescaped(each), case) for each in WILDCARD.split(answer.text.strip())]
    return E.patternMatch(p.variable(name), pattern=".*".join(pieces))


def _pattern(text: str, case: bool) -> str:
    """A text as a regular expression of XML Schema."""
    signs = []
    for sign in ILLEGAL.sub("", text):
        low, high = sign.lower(), sign.upper()
        if SPECIAL.match(sign):
            signs.append(f"\\{sign}")
        elif case or low == high or len(low) != 1 or len(high) != 1:
            signs.append(sign)
        else:
            signs.append(f"[{low}{high}]")
    return "".join(signs)


def number_rules(
    question: NumericalQuestion, name: str, score: str, built: Built, most: Fraction
) -> etree._Element:
    def holds(answer: NumberAnswer) -> etree._Element:
        return _near(answer, name)

    return answer_rules(question.answers, holds, name, score, built, most)


def _near(answer: NumberAnswer, name: str) -> etree._Element:
    """Whether a number is the answer's."""
    if answer.value is None:
        return getattr(E, "not")(E.isNull(p.variable(name)))
    if answer.rule in ("significant", "decimals"):
        mode = "significantFigures" if answer.rule == "significant" else "decimalPlaces"
        value = p.base("float", plain_decimal(answer.value))
        return E.equalRounded(
            p.variable(name), value, roundingMode=mode, figures=str(int(answer.error))
        )
    low, high = limits(answer)
    return p.within(name, p.base("float", low), p.base("float", high))


def limits(answer: NumberAnswer) -> tuple[str, str]:
    """The least and the largest number that an answer takes."""
    value, error = answer.value or Decimal(0), answer.error
    if answer.rule == "relative":
        error = abs(value) * error
    if answer.rule == "geometric":
        ends = sorted((value / (1 + answer.error), value * (1 + answer.error)))
        return plain_decimal(ends[0]), plain_decimal(ends[1])
    if answer.rule in ("significant", "decimals"):
        places = int(answer.error)
        if answer.rule == "significant":
            places -= value.adjusted() + 1
        error = Decimal(5).scaleb(-places - 1)
        value = numbers.rounded_to_decimals(value, max(places, 0))
    return plain_decimal(value - error), plain_decimal(value + error)
