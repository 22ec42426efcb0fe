"""A broken question of a file is left out, and no other is."""

import pytest

from assessments.exchange.entries import Kind
from tests.assessments.exchange.files import PICTURE, answer, question, quiz
from tests.assessments.exchange.moodle_xml.reading import taken

BROKEN = {
    "unknown": (question("stack", "x", "b"), "type “stack”"),
    "multi": (question("calculatedmulti", "x", "b"), "type “calculatedmulti”"),
    "random": (question("random", "x", "b"), "type “random”"),
    "one choice": (question("multichoice", "x", "b", answer("a", "100")), "at least two"),
    "share": (question("shortanswer", "x", "b", answer("a", "x")), "cannot bring x %"),
    "truth": (question("truefalse", "x", "b", answer("true", "100")), "its two answers"),
    "both": (
        question("truefalse", "x", "b", answer("true", "100"), answer("false", "100")),
        "one must bring 100 %",
    ),
    "text": (question("shortanswer", "x", "b", answer("", "100")), "One answer is empty"),
    "number": (question("numerical", "x", "b", answer("NaN", "100")), "“NaN” is not a number"),
    "huge": (question("numerical", "x", "b", answer("1e999", "100")), "is not a number"),
    "mark": (
        question("essay", "x", "b", "<defaultgrade>many</defaultgrade>"),
        "“many” is not a number (in “defaultgrade”)",
    ),
    "tolerance": (
        question("numerical", "x", "b", answer("1", "100", "<tolerance>x</tolerance>")),
        "(in “tolerance”)",
    ),
    "pairs": (question("matching", "x", "b"), "nothing to match"),
    "order": (question("ordering", "x", "b", answer("a", "1")), "nothing to put in order"),
    "no gap": (question("gapselect", "x", "b"), "There is no gap"),
    "no word": (question("ddwtos", "x", "b [[1]]"), "there is no such word"),
    "no picture": (question("ddimageortext", "x", "b"), "Its picture is missing"),
}


def labelled(*inside, kind="ddimageortext"):
    file = f'<file name="a.png" encoding="base64">{PICTURE}</file>'
    return question(kind, "x", "b", file, *inside)


DRAG = "<drag><no>1</no><text>c</text></drag>"


BROKEN |= {
    "no labels": (labelled(), "no labels"),
    "empty label": (labelled("<drag><no>1</no><text></text></drag>"), "neither words nor"),
    "no such label": (labelled(DRAG, "<drop><choice>7</choice></drop>"), "for label 7"),
    "outside": (
        labelled(DRAG, "<drop><choice>1</choice><xleft>400</xleft></drop>"),
        "outside the picture",
    ),
    "no outline": (
        labelled(DRAG, "<drop><choice>1</choice><shape>circle</shape></drop>", kind="ddmarker"),
        "no outline",
    ),
    "marker outside": (
        labelled(
            DRAG,
            "<drop><choice>1</choice><shape>circle</shape><coords>900,9;5</coords></drop>",
            kind="ddmarker",
        ),
        "outside the picture",
    ),
}


@pytest.mark.parametrize(("broken", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_is_left_out_with_its_line_and_no_other_is(broken, message):
    ok = question("description", "ok", "ok")
    found = taken(quiz(ok, broken, ok))
    assert [entry.question.name for entry in found.entries] == ["ok", "ok"]
    remark = next(each for each in found.remarks if each.kind == Kind.LEFT_OUT)
    assert remark.question == "x"
    assert 8 <= remark.line <= 20
    assert message in remark.message.interpolate()
