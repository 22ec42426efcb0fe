"""What is written is read again equal, and written the same once more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.exchange import aiken, gift, gift_writer, moodle_types, moodle_writer, moodle_xml
from assessments.exchange.entries import Entry
from assessments.exchange.formats import name_of
from assessments.questions.base import NONE, ONE
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import escaped
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


@given(st.lists(strategies.moodle_entries, max_size=3))
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


@pytest.mark.parametrize("kind", sorted(MOODLE_XML.keys() - {"ddmarker"}))
def test_what_moodle_exported_is_written_as_it_was_read(kind):
    taken = moodle_xml.read(MOODLE_XML[kind].encode())
    content, lost = moodle_writer.write(taken.entries)
    assert lost == ()
    assert without_lines(moodle_xml.read(content).entries) == without_lines(taken.entries)
