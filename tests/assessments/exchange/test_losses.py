"""What a format cannot say of a question is said."""

from dataclasses import replace

import pytest

from assessments.exchange import gift_writer, moodle_writer
from assessments.exchange.entries import Entry
from assessments.questions.short import ShortQuestion
from tests.assessments.examples import CLOZE, SHORT
from tests.assessments.wording import english

EXACT = "That an answer counts only as it was written, sign by sign, is not kept."
EXACT_GAPS = replace(
    CLOZE,
    gaps=tuple(
        replace(gap, question=replace(gap.question, exact=True))
        if isinstance(gap.question, ShortQuestion)
        else gap
        for gap in CLOZE.gaps
    ),
)


@pytest.mark.parametrize("write", [gift_writer.write, moodle_writer.write])
def test_that_an_answer_is_compared_sign_by_sign_is_said_to_be_lost(write):
    said = [
        EXACT in english(remark.message for remark in write([Entry(question)])[1])
        for question in (SHORT, replace(SHORT, exact=True))
    ]
    assert said == [False, True]


def test_that_a_text_in_a_gap_is_compared_sign_by_sign_is_said_to_be_lost():
    said = [
        EXACT in english(remark.message for remark in moodle_writer.write([Entry(question)])[1])
        for question in (CLOZE, EXACT_GAPS)
    ]
    assert said == [False, True]
