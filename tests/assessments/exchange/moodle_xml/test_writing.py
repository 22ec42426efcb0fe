"""What Moodle XML cannot say is said."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.exchange import moodle_writer, moodle_xml
from assessments.exchange.entries import Entry, QuestionFile
from assessments.questions.base import ONE
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Option, Picture
from assessments.questions.essay import Criterion, EssayQuestion, Level
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import EMPTY, Html
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion, Unit, Units
from assessments.questions.short import ShortQuestion, TextAnswer
from tests.assessments.examples import QTI
from tests.assessments.exchange.strategies import png


def lost(*questions, **about):
    content, remarks = moodle_writer.write([Entry(each, **about) for each in questions])
    moodle_xml.read(content)
    return [(each.kind.value, each.message.interpolate()) for each in remarks]


RUBRIC = Criterion("1", Html("x"), (Level("1", Html("y"), Fraction(0)), Level("2", Html("z"), ONE)))


WEIGHED = ClozeGap(
    "1",
    NumericalQuestion(
        name="",
        body=EMPTY,
        answers=(NumberAnswer("1", Decimal(2), ONE, Decimal(1), "decimals"),),
        units=Units((Unit("m"),), "optional"),
    ),
)


TWO = Picture("a.png", 400, 300, "a dog")


NOSE = LabelQuestion(
    name="a",
    body=EMPTY,
    picture=TWO,
    words=(Word("1", Html("x")),),
    zones=(Zone("1", "nose", (0, 0, 9, 9), "1"),),
)


@pytest.mark.parametrize(
    ("question_", "kind", "words"),
    [
        (QTI, "left out", "no form for questions"),
        (
            ClozeQuestion(
                name="a", body=Html("[[1]]"), gaps=(ClozeGap("1", WEIGHED.question, ONE / 2),)
            ),
            "left out",
            "whole numbers",
        ),
        (
            ClozeQuestion(
                name="a",
                body=Html("[[1]]"),
                gaps=(ClozeGap("1", EssayQuestion(name="", body=EMPTY)),),
            ),
            "left out",
            "Only a choice, a short answer or a number",
        ),
        (
            ClozeQuestion(name="a", body=Html("[[1]]"), gaps=(WEIGHED,)),
            "changed",
            "units of gaps",
        ),
        (ShortQuestion(name="a", body=EMPTY, answers=()), "left out", "whole mark"),
        (
            MatchingQuestion(
                name="a",
                body=EMPTY,
                pairs=(Pair("1", Html("x"), "1"), Pair("2", Html("y"), "2")),
                answers=(Option("1", Html("<b>y</b>")), Option("2", Html("z"))),
            ),
            "changed",
            "lose their mark-up",
        ),
        (
            EssayQuestion(name="a", body=EMPTY, rubric=(RUBRIC,)),
            "changed",
            "rubric",
        ),
        (
            EssayQuestion(name="a", body=Html('<img src="files/none.png">')),
            "changed",
            "“none.png” is missing",
        ),
        (EssayQuestion(name="a", body=EMPTY, mark=Fraction(1, 230)), "changed", "rounded"),
        (EssayQuestion(name="a", body=EMPTY, language="fr"), "changed", "language"),
        (
            ShortQuestion(
                name="a",
                body=EMPTY,
                answers=(TextAnswer("1", "x", ONE), TextAnswer("2", "y", ONE / 230)),
            ),
            "changed",
            "share of an answer",
        ),
        (replace(WEIGHED.question, name="a"), "changed", "How exact"),
        (
            ClozeQuestion(
                name="a",
                body=Html("[[1]]"),
                gaps=(
                    ClozeGap(
                        "1",
                        ShortQuestion(
                            name="",
                            body=EMPTY,
                            answers=(TextAnswer("1", "x", ONE), TextAnswer("2", "y", ONE / 230)),
                        ),
                    ),
                ),
            ),
            "changed",
            "share of an answer",
        ),
        (
            GapQuestion(
                name="a",
                body=Html("[[1]]"),
                words=(Word("1", Html("x"), unlimited=False), Word("2", Html("y"))),
                gaps=(Gap("1", "1"),),
            ),
            "changed",
            "only once",
        ),
        (
            GapQuestion(
                name="a",
                body=Html("[[1]]"),
                words=(Word("1", Html("x"), file="a.png"), Word("2", Html("y"))),
                gaps=(Gap("1", "1"),),
            ),
            "left out",
            "Pictures cannot be put",
        ),
        (
            NOSE,
            "changed",
            "How large the places",
        ),
        (
            NOSE,
            "changed",
            "What the picture shows",
        ),
    ],
)
def test_what_moodle_xml_cannot_say_is_said(question_, kind, words):
    files = {"a.png": QuestionFile("image/png", png(400, 300))}
    assert any(each == kind and words in message for each, message in lost(question_, files=files))


def test_what_moodle_xml_cannot_say_of_a_formula_is_said():
    formula = FormulaQuestion(
        name="a",
        body=EMPTY,
        variables=(Variable("a", values=(Decimal(1),)),),
        answers=(FormulaAnswer("1", "{a}", ONE, Decimal(2), "decimals"),),
        condition="{a} > 0",
    )
    words = " ".join(message for _kind, message in lost(formula))
    for each in ("condition", "Lists of values", "draws no values", "only nearly"):
        assert each in words


def test_characters_that_xml_cannot_hold_are_passed_over():
    content, _lost = moodle_writer.write(
        [Entry(EssayQuestion(name="a", body=Html("b\x0bc\ufffe")))]
    )
    assert moodle_xml.read(content).entries[0].question.body == "bc"
