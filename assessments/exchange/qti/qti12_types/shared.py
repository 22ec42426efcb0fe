"""What all questions of QTI 1.2 have: mark, name, what is said to an answer."""

import re
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.exchange.qti.qti12_source import OldItem, Test
from assessments.questions.base import NONE, Html
from assessments.questions.choice import Verdicts

GENERAL = ("general_fb",)
RIGHT = ("correct_fb", "Correct", "correct")
WRONG = ("general_incorrect_fb", "incorrect_fb", "Incorrect", "incorrect", "InCorrect")
NAMED = frozenset((*GENERAL, *RIGHT, *WRONG))


def common(item: OldItem, body: Html) -> dict[str, Any]:
    """What every question has."""
    return {
        "name": item.finish(body),
        "body": body,
        "feedback": item.said(*GENERAL),
        "mark": item.mark,
    }


def verdicts(item: OldItem) -> Verdicts:
    return Verdicts(right=item.said(*RIGHT), wrong=item.said(*WRONG))


def labels_of(response: etree._Element) -> list[etree._Element]:
    return list(response.iter("response_label"))


def ident(element: etree._Element) -> str:
    return str(element.get("ident", ""))


def feedback_of(item: OldItem, key: str) -> Html:
    """What is said to one answer: where a condition about it alone says so, or by its name."""
    links = [
        link
        for each in item.conditions
        if [test.text for test in each.wanted] == [key]
        for link in each.said
        if link not in NAMED
    ]
    return item.said(*links, f"{key}_fb")


def name_of_gap(response: etree._Element) -> str:
    return re.sub(r"^response_", "", ident(response))


def right_texts(item: OldItem, variable: str | None = None) -> list[tuple[Test, Fraction]]:
    """The texts that are looked for, and what they bring."""
    best = max((each.worth or NONE for each in item.conditions), default=NONE)
    return [
        (test, (each.worth or NONE) / best)
        for each in item.conditions
        if (each.worth or NONE) > 0
        for test in each.wanted
        if test.name in ("varequal", "varsubstring")
        and (variable is None or test.variable == variable)
    ]
