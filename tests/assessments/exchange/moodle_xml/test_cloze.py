"""Moodle's texts with gaps that ask something each."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.exchange.entries import Kind
from tests.assessments.exchange.files import MOODLE_XML, question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, taken


def test_cloze_has_gaps_of_every_kind():
    found = one(MOODLE_XML["cloze"])
    assert found.body == "<p>[[1]] [[2]] [[3]] [[4]] [[5]]</p>"
    assert found.mark == 6
    choice, text, number, many, case = (gap.question for gap in found.gaps)
    assert [(each.html, each.fraction, each.feedback) for each in choice.choices] == [
        ("Rome", 1, "Yes"),
        ("Milan", Fraction(1, 3), ""),
        ("Turin", 0, ""),
    ]
    assert [(each.text, each.fraction, each.feedback) for each in text.answers] == [
        ("a}b<", 1, ""),
        ("*", 0, "what"),
    ]
    assert [(each.value, each.error, each.fraction) for each in number.answers] == [
        (Decimal("3.5"), Decimal("0.1"), 1),
        (3, 1, Fraction(1, 2)),
    ]
    assert [each.fraction for each in many.choices] == [Fraction(1, 2), Fraction(1, 2), 0]
    assert (many.many, many.shuffle, found.gaps[3].show) == (True, True, "row")
    assert (case.case, text.case) == (True, False)
    assert [gap.weight for gap in found.gaps] == [1, 1, 2, 1, 1]


@pytest.mark.parametrize(
    ("names", "kind", "show", "many", "shuffle"),
    [
        ("MULTICHOICE MC", "choice", "list", False, False),
        ("MULTICHOICE_S MCS", "choice", "list", False, True),
        ("MULTICHOICE_V MCV", "choice", "column", False, False),
        ("MULTICHOICE_VS MCVS", "choice", "column", False, True),
        ("MULTICHOICE_H MCH", "choice", "row", False, False),
        ("MULTICHOICE_HS MCHS", "choice", "row", False, True),
        ("MULTIRESPONSE MR", "choice", "column", True, False),
        ("MULTIRESPONSE_S MRS", "choice", "column", True, True),
        ("MULTIRESPONSE_H MRH", "choice", "row", True, False),
        ("MULTIRESPONSE_HS MRHS", "choice", "row", True, True),
        ("SHORTANSWER SA MW SHORTANSWER_C SAC MWC", "short", "list", None, None),
        ("NUMERICAL NM", "numerical", "list", None, None),
    ],
)
def test_every_name_of_a_gap_is_known(names, kind, show, many, shuffle):
    for name in names.split():
        gap = one(quiz(question("cloze", "a", f"b {{3:{name}:=1~%0%2}} c"))).gaps[0]
        assert (gap.question.kind, gap.show, gap.weight) == (kind, show, 3)
        assert getattr(gap.question, "many", None) is many
        assert getattr(gap.question, "shuffle", None) is shuffle


def test_numbers_of_characters_are_no_feedback_and_brackets_in_the_text_no_gaps():
    found = one(quiz(question("cloze", "a", "[[1]] {:SA:=it&#39;s&amp;#39;#f&#233;}")))
    assert found.body == "[<wbr>[1]] [[1]]"
    (answer_,) = found.gaps[0].question.answers
    assert (answer_.text, answer_.feedback) == ("it's&#39;", "fé")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("No gap", "There is no gap"),
        ("{1:SA:=never closed", "Gap 1 of the text is broken. It is not closed"),
        ("{1:SA:=a} {2:FOO:=a}", "Gap 2 of the text is broken. There is no type of gap"),
        ("{1:MC:a~b}", "No answer is right"),
        ("{1:MC:}", "One answer is empty"),
        ("{1:SA:=}", "One answer is empty"),
        ("{1:NM:=three}", "“three” is not a number"),
        ("{1:NM:=3:x}", "is not a number"),
        ("{0:SA:=a}", "Its weight is 0"),
        ("{1:SA:%200%a}", "cannot bring 200 %"),
        ("{1:SA:%50%a}", "No answer brings the whole mark"),
    ],
)
def test_a_broken_gap_leaves_its_question_out_and_no_other(text, message):
    ok = question("description", "ok", "ok")
    found = taken(quiz(ok, question("cloze", "broken", text), ok))
    assert [entry.question.name for entry in found.entries] == ["ok", "ok"]
    for remark in found.remarks:
        assert (remark.kind, remark.line, remark.question) == (Kind.LEFT_OUT, 8, "broken")
    assert message in " ".join(remark.message.interpolate() for remark in found.remarks)
