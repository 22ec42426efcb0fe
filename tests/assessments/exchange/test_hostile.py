"""Whatever bytes come, a reader takes, remarks or says why it cannot: and it does not take long."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.exchange import aiken, detect, gift, gift_writer, moodle_writer, moodle_xml
from assessments.exchange.entries import Kind, Remark, Taken, Unreadable
from tests.assessments.exchange import strategies
from tests.assessments.exchange.files import MOODLE_XML

READERS = [gift.read, aiken.read, moodle_xml.read]


def taken_or_unreadable(read, content):
    try:
        taken = read(content)
    except Unreadable as refused:
        taken = Taken((), (Remark(Kind.LEFT_OUT, refused.message, refused.line),))
    assert isinstance(taken, Taken)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for remark in taken.remarks:
        assert "${" not in remark.message.interpolate()
        assert remark.line <= lines


MEANING = (
    *b"} { # = ~ %1e9% <x> ]]> &#0; NaN [[9]] {1:MC: {1:SA:=a} 1e99 -1 * -> .. ::".split(),
    b"\n\n",
)
"""What means something in one of the formats."""


@st.composite
def mutated(draw, contents):
    """A file of which a part is lost, doubled, or written over."""
    content = bytearray(draw(contents))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        how = draw(st.sampled_from(["lose", "double", "write"]))
        if how == "lose":
            del content[start:end]
        elif how == "double":
            content[start:start] = content[start:end]
        else:
            content[start:end] = draw(
                st.one_of(
                    st.binary(max_size=8),
                    st.sampled_from(MEANING),
                )
            )
    return bytes(content)


GIFT_FILES = st.lists(strategies.gift_entries, min_size=1, max_size=2).map(
    lambda entries: gift_writer.write(entries)[0]
)
MOODLE_FILES = st.one_of(
    st.sampled_from([text.encode() for text in MOODLE_XML.values()]),
    st.lists(strategies.moodle_entries, min_size=1, max_size=2).map(
        lambda entries: moodle_writer.write(entries)[0]
    ),
)


@pytest.mark.parametrize("read", READERS)
@given(content=st.binary(max_size=200))
@example(content=b"")
@example(content=b"\xff\xfe\x00")
@example(content=b"<quiz/>")
def test_any_bytes_are_taken_or_refused_in_words(read, content):
    taken_or_unreadable(read, content)
    assert isinstance(detect.detect(content, "x.txt"), str)


@given(content=mutated(GIFT_FILES))
def test_a_damaged_gift_file_costs_no_more_than_its_damaged_questions(content):
    taken_or_unreadable(gift.read, content)


@given(content=mutated(MOODLE_FILES))
def test_a_damaged_moodle_file_is_taken_or_refused_in_words(content):
    taken_or_unreadable(moodle_xml.read, content)


@given(
    content=st.text(alphabet="AB). \nANSWER:ab", max_size=80).map(str.encode),
)
def test_a_damaged_aiken_file_is_taken_or_refused_in_words(content):
    taken_or_unreadable(aiken.read, content)


def in_quiz(kind, inside):
    return f'<quiz><question type="{kind}">{inside}</question></quiz>'.encode()


def told(html):
    return f'<questiontext format="html"><text><![CDATA[{html}]]></text></questiontext>'


COUNT = 30_000
FEW = 3_000
LONG = {
    "gift braces": (gift.read, b"{" * COUNT),
    "gift closing": (gift.read, b"a{=b}\n" * FEW),
    "gift never closed": (gift.read, b"{\n\n" * COUNT),
    "gift backslashes": (gift.read, b"a{=" + b"\\" * COUNT),
    "gift answers": (gift.read, b"a{" + b"~" * COUNT + b"}"),
    "gift arrows": (gift.read, b"a{=" + b"->" * COUNT + b"}"),
    "gift weights": (gift.read, b"a{=" + b"%1" * COUNT + b"}"),
    "gift titles": (gift.read, b"::" * COUNT),
    "gift comments": (gift.read, b"// [id:" * COUNT + b"\na{T}"),
    "gift notes": (gift.read, b"// [id:" + b"\\]" * COUNT + b"\na{T}"),
    "gift tags": (gift.read, b"a<b " * COUNT + b"{T}"),
    "gift markdown": (gift.read, b"[markdown]" + b"*_`[<" * (COUNT // 4) + b"{T}"),
    "gift brackets": (gift.read, b"[markdown]" + b"[" * COUNT + b"{T}"),
    "gift quotes": (gift.read, b"[markdown]" + b">" * COUNT + b"{T}"),
    "gift categories": (gift.read, b"$CATEGORY: " + b"/a" * COUNT),
    "gift many": (gift.read, b"a{T}\n\n" * FEW),
    "aiken answers": (aiken.read, b"Q\n" + b"A) x\n" * COUNT + b"ANSWER: B"),
    "aiken lines": (aiken.read, b"Q\n" * COUNT),
    "cloze opened": (moodle_xml.read, in_quiz("cloze", told("{1:SA:=" * COUNT))),
    "cloze gaps": (moodle_xml.read, in_quiz("cloze", told("{1:SA:=a}" * FEW))),
    "cloze spaces": (moodle_xml.read, in_quiz("cloze", told("{ " * COUNT))),
    "cloze escapes": (moodle_xml.read, in_quiz("cloze", told("{1:SA:=" + "\\#" * COUNT))),
    "gaps": (moodle_xml.read, in_quiz("gapselect", told("[[1]]" * COUNT))),
    "files": (moodle_xml.read, in_quiz("essay", told("@@PLUGINFILE@@/" * COUNT))),
    "links": (moodle_xml.read, in_quiz("essay", told("<a href=" * COUNT))),
    "tags": (moodle_xml.read, in_quiz("essay", told("<p a='" * COUNT))),
    "pictures": (moodle_xml.read, in_quiz("essay", told("<img alt=" * COUNT))),
    "prolog": (moodle_xml.read, b"<!--" * COUNT),
}


@pytest.mark.parametrize(("read", "content"), LONG.values(), ids=LONG)
def test_time_grows_with_the_file_and_not_with_what_is_in_it(read, content):
    started = time.process_time()
    taken_or_unreadable(read, content)
    assert time.process_time() - started < 6
    detect.detect(content)
    assert time.process_time() - started < 8


ENTITY = b'<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        ENTITY + b"<quiz>&a;&b;</quiz>",
        b'<?xml version="1.0"?>\n<!-- x -->' + ENTITY + b'<quiz a="&a;"/>',
        (ENTITY.decode() + "<quiz>&a;</quiz>").encode("utf-16"),
        (ENTITY.decode() + "<quiz>&a;</quiz>").encode("utf-16-be"),
        (ENTITY.decode() + "<quiz>&a;</quiz>").encode("utf-32"),
        ("<!--" + "x" * 200_000 + "-->" + ENTITY.decode() + "<quiz/>").encode("utf-16"),
        b"<!DOCTYPE quiz SYSTEM 'http://example.org/quiz.dtd'><quiz/>",
    ],
)
def test_a_document_type_is_refused_before_anything_in_it_is_read(content):
    with pytest.raises(Unreadable) as refused:
        moodle_xml.read(content)
    assert "document type" in refused.value.message


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE quiz+AD4APA-quiz/+AD4-",
        "<?xml version='1.0' encoding='cp037'?><quiz/>".encode("cp037"),
        b"<?xml version='1.0' encoding='no such'?><quiz/>",
    ],
)
def test_an_encoding_that_could_hide_a_document_type_is_refused(content):
    with pytest.raises(Unreadable) as refused:
        moodle_xml.read(content)
    assert "encoding" in refused.value.message or "no XML" in refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_xml_may_be_in_any_usual_encoding(encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    told_ = told("é")
    text = (
        f"<?xml version='1.0' encoding='{declared}'?>\n<!-- <!DOCTYPE x> -->"
        f"<quiz><question type='essay'><name><text>a</text></name>{told_}</question></quiz>"
    )
    (entry,) = moodle_xml.read(text.encode(encoding)).entries
    assert entry.question.body == "é"


def test_characters_that_html_names_are_taken_and_those_that_nobody_names_are_told_by_line():
    essay = "<quiz>\n<question type='essay'><name><text>a&nbsp;&eacute;</text></name>{}"
    text = essay + "</question></quiz>"
    (entry,) = moodle_xml.read(text.format(told("&lt;&copy;")).encode()).entries
    assert (entry.question.name, entry.question.body) == ("a é", "&lt;©")
    with pytest.raises(Unreadable) as refused:
        moodle_xml.read(text.format("<x>&bogus;</x>").encode())
    assert "bogus" in refused.value.message.interpolate()
    assert refused.value.line == 2


def test_elements_too_deep_within_each_other_are_refused():
    with pytest.raises(Unreadable, match="too deep"):
        moodle_xml.read(b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"<quiz>\n<question>\n</quiz>", 3),
        (b"<other/>", 1),
        (b"no XML", 1),
        (b"", 1),
        (b"<!-- a -->\n", 2),
    ],
)
def test_what_is_no_moodle_xml_is_refused_with_its_line(content, line):
    with pytest.raises(Unreadable) as refused:
        moodle_xml.read(content)
    assert refused.value.line == line


@pytest.mark.parametrize("read", READERS)
def test_a_file_larger_than_any_of_questions_is_refused(read):
    with pytest.raises(Unreadable, match="Split it"):
        read(b" " * 100_000_001)
