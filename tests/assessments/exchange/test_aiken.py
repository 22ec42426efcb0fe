import pytest

from assessments.exchange import aiken
from assessments.exchange.entries import Entry, Kind
from assessments.questions.base import NONE, ONE, Hint
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import Html
from assessments.questions.truth import TruthQuestion
from shared import SHARED, needs_shared

GOOD = "Which?\nA) this\nB. that\nANSWER: B\n"


def taken(text):
    return aiken.read(text.encode())


@needs_shared
def test_moodles_own_example_is_read_whole():
    found = aiken.read((SHARED / "quizzes" / "moodle" / "questions.aiken.txt").read_bytes())
    assert [len(entry.question.choices) for entry in found.entries] == [4, 2]
    assert '&lt;html class="cool"&gt; &amp; images' in found.entries[1].question.body
    assert found.remarks == ()


def test_a_question_its_answers_and_the_right_one():
    (entry,) = taken(GOOD).entries
    assert (entry.question.name, entry.question.body, entry.line) == ("Which?", "Which?", 1)
    assert [(choice.html, choice.fraction) for choice in entry.question.choices] == [
        ("this", 0),
        ("that", 1),
    ]


def test_a_text_goes_on_over_lines_and_answers_need_no_blank_line_between_questions():
    found = taken(f"A long\ntext\n\nA) 1\n\nB) 2\nanswer: a\n{GOOD}")
    assert [entry.question.body for entry in found.entries] == ["A long text", "Which?"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("No answers\n", 1, "not complete"),
        ("No end\nA) 1\nB) 2\n", 1, "not complete"),
        ("One\nA) 1\nANSWER: A\n", 1, "at least two answers"),
        ("Other\nA) 1\nB) 2\nANSWER: C\n", 4, "one of these letters: A, B"),
        ("None\nA) 1\nB) 2\nANSWER:\n", 4, "one of these letters: A, B"),
        ("Empty\nA)\nB) 2\nANSWER: B\n", 1, "One answer is empty"),
        ("A) 1\nB) 2\nANSWER: A\n", 1, "belong to no question"),
        ("ANSWER: A\n", 1, "belong to no question"),
    ],
)
def test_a_broken_question_is_left_out_with_its_line_and_no_other_is(text, line, message):
    found = taken(f"{GOOD}\n{text}\n{GOOD}")
    assert [entry.question.body for entry in found.entries] == ["Which?", "Which?"]
    (remark,) = found.remarks
    assert (remark.kind, remark.line) == (Kind.LEFT_OUT, line + 5)
    assert message in remark.message.interpolate()


def choice(*answers, **about):
    choices = tuple(
        Choice(str(number), Html(html), fraction)
        for number, (html, fraction) in enumerate(answers, 1)
    )
    return ChoiceQuestion(name="Q", body=Html("Q"), choices=choices, **about)


@pytest.mark.parametrize(
    "question",
    [
        TruthQuestion(name="Q", body=Html("Q"), right=True),
        choice(("a", ONE), ("b", NONE), many=True),
        choice(("a", ONE), ("b", ONE)),
        choice(*[("a", NONE)] * 26, ("b", ONE)),
        choice(("", NONE), ("b", ONE)),
    ],
)
def test_what_aiken_has_no_form_for_is_left_out_and_said(question):
    content, (remark,) = aiken.write([Entry(question)])
    assert (content, remark.kind, remark.question) == (b"", Kind.LEFT_OUT, "Q")


def test_what_aiken_cannot_say_about_a_question_is_said():
    question = ChoiceQuestion(
        name="Name",
        body=Html("<b>Q</b>"),
        choices=(
            Choice("1", Html("a"), ONE, Html("Yes"), fixed=True),
            Choice("2", Html("b"), ONE / 2, exclusive=True),
        ),
        shuffle=False,
        numbering="123",
        hints=(Hint(Html("h")),),
        most=1,
        least=-ONE,
    )
    entry = Entry(question, ("C",), "code", ("tag",))
    content, remarks = aiken.write([entry])
    assert content == b"Q\nA) a\nB) b\nANSWER: A\n"
    said = " ".join(remark.message for remark in remarks)
    for each in (
        *("mark-up", "name", "Shares", "each answer", "order", "numbering", "hints", "category"),
        *("tags", "identifier", "chosen", "places", "None of the above", "below zero"),
    ):
        assert each in said
