"""What is read while somebody waits has an end, in whatever format it comes."""

import time

import pytest

from assessments.bank import formats
from assessments.exchange.entries import Unreadable
from assessments.exchange.qti import packages, write_qti
from assessments.exchange.work import QUESTIONS, TAGS, TEXTS, TooMuch, Work
from tests.assessments.examples import TRUTH
from tests.assessments.exchange.qti.packages import package
from tests.assessments.exchange.test_hostile import in_quiz, told

MORE = QUESTIONS + 1
ITEM = b"<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p2'/>"
OLD = b"<questestinterop>\n" + b"<item/>\n" * MORE + b"</questestinterop>"


def many(document: bytes, count: int = 1) -> bytes:
    """A package that has a document so many times."""
    return package({f"{number}.xml": document for number in range(count)})


QUESTIONS_TOO_MANY = {
    "gift": (b"a{T}\n\n" * MORE, 2 * MORE - 1),
    "gift, broken": (b"a{}}\n\n" * MORE, 2 * MORE - 1),
    "aiken": (b"Q\nA) x\nB) y\nANSWER: B\n" * MORE, 4 * MORE - 3),
    "moodle": (b"<quiz>\n" + b"<question/>\n" * MORE + b"</quiz>", MORE + 1),
    "qti package": (many(ITEM, MORE), 1),
    "qti 1.2": (OLD, MORE + 1),
    "qti 1.2 package": (many(OLD), MORE + 1),
}
LONG = TEXTS + 1
CHOICE = b"<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p2'>%b</assessmentItem>"
TEXTS_OF_OLD = (
    b"<questestinterop><item><presentation><material>%b</material></presentation></item>"
    b"</questestinterop>"
)
FILES = "".join(f"<file name='{number}'/>" for number in range(LONG))
TEXTS_TOO_MANY = {
    "gift choices": b"a{=b" + b"~c" * LONG + b"}",
    "gift words": b"a{" + b"=c" * LONG + b"}",
    "gift pairs": b"a{" + b"=c->d" * LONG + b"}",
    "gift numbers": b"a{#" + b"=1" * LONG + b"}",
    "gift markdown": (b"[markdown]" + b"[" * 19_000 + b"a{T}\n\n") * 5,
    "moodle hints": in_quiz("essay", told("a") + "<hint><text>b</text></hint>" * LONG),
    "moodle gaps": in_quiz("cloze", told("{1:SA:=a}" * LONG)),
    "moodle remarks": in_quiz(
        "essay",
        f"<questiontext><text>a</text>{FILES}</questiontext>",
    ),
    "qti": CHOICE % (b"<p/>" * 8 * LONG),
    "qti 1.2": TEXTS_OF_OLD % (b"<mattext>a</mattext>" * LONG),
    "moodle elements": b"<quiz>\n" + b"<a/>" * TAGS + b"</quiz>",
    "qti 1.2 elements": b"<questestinterop>\n" + b"<a/>" * TAGS + b"</questestinterop>",
}


@pytest.mark.parametrize(("content", "line"), QUESTIONS_TOO_MANY.values(), ids=QUESTIONS_TOO_MANY)
def test_the_first_question_too_many_is_named_by_its_line(content, line):
    with pytest.raises(TooMuch) as refused:
        formats.read(content, "a.gift", Work())
    assert "1000 questions" in refused.value.message.interpolate()
    assert refused.value.line == line


@pytest.mark.parametrize("content", TEXTS_TOO_MANY.values(), ids=TEXTS_TOO_MANY)
def test_a_file_of_few_questions_that_would_take_long_is_refused_before_it_does(content):
    began = time.process_time()
    with pytest.raises(TooMuch) as refused:
        formats.read(content, "a.gift", Work())
    assert time.process_time() - began < 10
    assert "so many texts" in refused.value.message.interpolate()
    assert refused.value.line > 0


def test_as_many_questions_as_may_be_are_read():
    assert len(formats.read(b"a{T}\n\n" * QUESTIONS, "", Work())[1].entries) == QUESTIONS
    content, _remarks = write_qti([formats.Entry(TRUTH)] * 20, version="2.2")
    assert len(formats.read(content, "", Work())[1].entries) == 20


def test_the_command_line_reads_as_many_as_there_are():
    assert len(formats.read(b"a{T}\n\n" * MORE)[1].entries) == MORE


def test_plain_text_has_a_size():
    with pytest.raises(Unreadable, match="Split it"):
        formats.read(b"a{T}" + b" " * 1_000_000, "", Work())


def test_a_package_is_not_unpacked_without_end(monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED", 10)
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        formats.read(many(ITEM), "", Work())
