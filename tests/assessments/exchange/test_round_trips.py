"""What is written is read again equal, and written the same once more."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from assessments.exchange import aiken, gift, gift_writer, moodle_types, moodle_writer, moodle_xml
from assessments.exchange.entries import Entry
from assessments.exchange.formats import name_of
from assessments.questions.base import NONE, ONE
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.gaps import Word
from assessments.questions.html import EMPTY, Html, escaped
from assessments.questions.short import ShortQuestion, TextAnswer
from tests.assessments.exchange import strategies
from tests.assessments.exchange.files import MOODLE_XML


def without_lines(entries):
    return [replace(entry, line=0) for entry in entries]


@given(st.lists(strategies.gift_entries, max_size=3))
def test_gift_says_whole_what_it_can_say(entries):
    content, lost = gift_writer.write(entries)
    taken = gift.read(content)
    assert (lost, taken.remarks) == ((), ())
    assert without_lines(taken.entries) == entries
    assert gift_writer.write(taken.entries) == (content, ())


def gap_with(question):
    """A text with one gap, as a file brings it."""
    gap = ClozeGap("1", replace(question, name="", body=EMPTY), Fraction(1))
    return [Entry(ClozeQuestion(name="Gap", body=Html("[[1]]"), gaps=(gap,)))]


def words_in_gap(text):
    answers = (TextAnswer("1", text, ONE, Html("0")), TextAnswer("2", f"{text}0", NONE))
    return gap_with(ShortQuestion(name="", body=EMPTY, answers=answers))


AMPERSANDS = (
    Choice("1", escaped("&"), ONE, Html("0")),
    Choice("2", escaped("a &"), NONE, Html("0 &amp;")),
    Choice("3", escaped("&#0 &amp;#"), NONE, Html("&amp;# 0")),
)


@given(st.lists(strategies.moodle_entries, max_size=3))
@example(words_in_gap("&"))
@example(words_in_gap("a&#"))
@example(words_in_gap("&amp;"))
@example(gap_with(ChoiceQuestion(name="", body=EMPTY, choices=AMPERSANDS)))
def test_moodle_xml_says_whole_what_it_can_say(entries):
    content, lost = moodle_writer.write(entries)
    taken = moodle_xml.read(content)
    # Moodle marks one thing in another way, and no file of its own says so.
    assert {each.message for each in taken.remarks} <= {moodle_types.CONVERTED}
    assert lost == ()
    assert without_lines(taken.entries) == entries
    assert moodle_writer.write(taken.entries) == (content, ())


PLAIN = strategies.names.filter(lambda text: not text.upper().startswith("ANSWER"))


@given(
    PLAIN.filter(lambda text: text[1:2] not in (".", ")")),
    st.lists(PLAIN, min_size=2, max_size=26),
    st.data(),
)
def test_aiken_says_whole_a_choice_of_one_in_plain_text(text, answers, data):
    right = data.draw(st.integers(0, len(answers) - 1))
    body = escaped(text)
    choices = tuple(
        Choice(str(number), escaped(answer), ONE if number == right + 1 else NONE)
        for number, answer in enumerate(answers, 1)
    )
    entry = Entry(ChoiceQuestion(name=name_of(body), body=body, choices=choices))
    content, lost = aiken.write([entry])
    assert lost == ()
    assert without_lines(aiken.read(content).entries) == [entry]


@pytest.mark.parametrize("write", [gift_writer.write, moodle_writer.write, aiken.write])
@given(entries=st.lists(strategies.moodle_entries, max_size=2))
def test_every_question_is_written_or_said_to_be_left_out(write, entries):
    content, lost = write(entries)
    assert isinstance(content, bytes)
    left_out = {remark.question for remark in lost if remark.kind == "left out"}
    read = {
        gift_writer.write: gift.read,
        moodle_writer.write: moodle_xml.read,
        aiken.write: aiken.read,
    }[write]
    taken = {entry.question.name for entry in read(content).entries}
    for entry in entries:
        name = entry.question.name
        assert name in taken or name in left_out or name_of(entry.question.body) in taken


@pytest.mark.parametrize("kind", sorted(MOODLE_XML))
def test_what_moodle_exported_is_written_as_it_was_read(kind):
    taken = moodle_xml.read(MOODLE_XML[kind].encode())
    content, lost = moodle_writer.write(taken.entries)
    assert lost == ()
    assert without_lines(moodle_xml.read(content).entries) == without_lines(taken.entries)


def markers(**different):
    (entry,) = moodle_xml.read(MOODLE_XML["ddmarker"].encode()).entries
    return replace(entry, question=replace(entry.question, **different))


def test_what_were_markers_in_moodle_are_markers_there_again():
    content, _lost = moodle_writer.write([markers()])

    (question,) = etree.fromstring(content).findall("question")
    assert question.get("type") == "ddmarker"
    assert [each.text for each in question.iterfind("drop/coords")] == [
        "40,50;20,20",
        "10,20;30,40",
        "1,2;29,58",
    ]


WORD, (ZONE, *_OTHERS) = (getattr(markers().question, part) for part in ("words", "zones"))


@pytest.mark.parametrize(
    "different",
    [
        {"words": (*WORD, Word("2", EMPTY, "1", file="map.png"))},
        {"words": (*WORD, Word("2", Html("there"), "2"))},
        {"zones": (ZONE, replace(ZONE, name="2", right=""))},
        {"markers": False},
    ],
    ids=["a picture", "two groups", "an empty place", "never markers"],
)
def test_labels_that_markers_cannot_say_are_labels_in_moodle_too(different):
    content, lost = moodle_writer.write([markers(**different)])

    assert etree.fromstring(content).find("question").get("type") == "ddimageortext"
    assert "How large the places" in str([remark.message for remark in lost])
