"""How large a question may be."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.questions import sizes
from assessments.questions.base import Hint
from assessments.questions.choice import Choice
from assessments.questions.html import Html
from tests.assessments.examples import ESSAY, FORMULA, NUMERICAL, SINGLE
from tests.assessments.wording import english

TEXT = "A text has more than 500000 characters. Make it shorter."
NUMBER = "A number is too large, or has too many figures."
LIST = "A list has more than 200 members. Make several questions of this one."


def choices(count):
    more = (Choice(str(number), Html("No"), Fraction(0)) for number in range(count - 1))
    return replace(SINGLE, choices=(SINGLE.choices[0], *more))


def numbered(value):
    return replace(NUMERICAL, answers=(replace(NUMERICAL.answers[0], value=Decimal(value)),))


def rows(count):
    return replace(FORMULA, rows=((Decimal(20), Decimal(5), Decimal(50)),) * count)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(SINGLE, body=Html("x" * 500_001)), TEXT),
        (replace(SINGLE, hints=(Hint(Html("x" * 500_001)),)), TEXT),
        (replace(SINGLE, translations={"fr": {"body": "x" * 500_001}}), TEXT),
        (choices(201), LIST),
        (rows(2_001), LIST.replace("200", "2000")),
        (numbered("1e61"), NUMBER),
        (numbered("1e-61"), NUMBER),
        (numbered("0." + "1" * 61), NUMBER),
        (numbered("NaN"), NUMBER),
        (numbered("Infinity"), NUMBER),
        (replace(SINGLE, mark=Fraction(10**61)), NUMBER),
        (replace(SINGLE, mark=Fraction(1, 10**61)), NUMBER),
        (replace(ESSAY, rows=10**10), NUMBER),
    ],
)
def test_what_is_too_large_is_told_and_not_looked_into(question, problem):
    assert english(question.problems()) == [problem]


@pytest.mark.parametrize(
    "question", [choices(200), rows(2_000), numbered("1e60"), numbered("-0.000001")]
)
def test_what_is_just_small_enough_can_be_asked(question):
    assert question.problems() == []


def test_the_same_is_told_once_however_often_it_is_so():
    body = Html("x" * 500_001)
    assert len(sizes.problems(replace(SINGLE, body=body, feedback=body))) == 1
