"""What is damaged, endless or meant to harm is refused in words, or left out and said."""

import io
import zipfile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exchange.entries import Kind, Remark, Taken, Unreadable
from assessments.exchange.qti import read_qti, write_qti
from assessments.questions.base import ONE
from shared import SHARED
from tests.assessments.exchange.qti.packages import (
    TEST,
    one,
    package,
    section_of,
    whole_test,
)
from tests.assessments.questions.qti_items import (
    BY_PEOPLE,
    ITEMS,
    MATCH,
    SCORE,
)
from tests.assessments.wording import english


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file has no questions of QTI. Choose an item or a package of QTI."),
        (b"<html/>", "This file has no questions of QTI. Choose an item or a package of QTI."),
        (
            TEST.encode(),
            "This is a test without its questions. Choose the package that has both: a zip file "
            "with a manifest.",
        ),
        (
            b"PK\x03\x04",
            "The package is damaged: it is no zip file that can be read. Export it again.",
        ),
        (package({}), "The manifest of the package names no questions."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, message):
    with pytest.raises(Unreadable) as refused:
        read_qti(content)
    assert english([refused.value.message]) == [message]


def test_a_zip_without_a_manifest_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("item.xml", ITEMS["choice"])
    with pytest.raises(Unreadable, match="manifest"):
        read_qti(made.getvalue())


@pytest.mark.parametrize(
    "href",
    ["../secret.xml", "/etc/passwd", "C:/x.xml", "https://example.org/x.xml", "a/../../x.xml", "%"],
)
def test_nothing_outside_of_the_package_is_read(href):
    content = package({"item.xml": ITEMS["choice"]}, ["item.xml", href])
    assert len(read_qti(content).entries) == 1


def test_a_file_that_grows_without_end_is_not_unpacked():
    bomb = ITEMS["hotspot"]
    taken = read_qti(package({"item.xml": bomb, "files/map.png": b"\x89PNG\r\n\x1a\n" * 4_000_000}))
    said = english(remark.message for remark in taken.remarks)
    assert "The file “map.png” is missing." in said


@pytest.mark.parametrize(
    "content", [b"", b"<assessmentItem", b"<p/>", b"\x89PNG", b" " * 20_000_001]
)
def test_a_file_that_should_be_an_item_and_is_none_is_left_out_and_said(content):
    taken = read_qti(package({"good.xml": ITEMS["choice"], "bad.xml": content}))
    assert len(taken.entries) == 1
    assert [(remark.file, remark.message.interpolate()) for remark in taken.remarks] == [
        (
            "imsmanifest.xml",
            "“bad.xml” is too large, damaged, or no document of QTI. It was left out.",
        )
    ]


def test_a_file_without_a_name_in_a_zip_does_no_harm():
    made = io.BytesIO(package({"item.xml": ITEMS["choice"]}))
    with zipfile.ZipFile(made, "a") as out:
        out.writestr(zipfile.ZipInfo(""), "nobody can ask for this")
    assert len(read_qti(made.getvalue()).entries) == 1


def test_an_item_that_is_too_large_is_left_out_and_said():
    large = ITEMS["choice"].replace("<p>Which?</p>", f"<p>{'x' * 4_300_000}</p>")
    taken = read_qti(package({"good.xml": ITEMS["choice"], "large.xml": large}))
    assert len(taken.entries) == 1
    assert [(remark.file, remark.message.interpolate()) for remark in taken.remarks] == [
        ("large.xml", "The file is larger than 4 MB. Make it smaller.")
    ]


def test_a_file_that_is_no_picture_is_left_out():
    taken = read_qti(package({"item.xml": ITEMS["hotspot"], "files/map.png": b"<svg/>"}))
    assert taken.entries[0].files == {}
    assert any("only pictures" in remark.message for remark in taken.remarks)


CASES = [path.read_bytes() for path in sorted((SHARED / "quizzes").glob("qti-*/**/*.xml"))[:150]]
SOURCES = [*(xml.encode() for xml in [*ITEMS.values(), *BY_PEOPLE.values()]), *CASES]
PACKAGES = [
    write_qti([], "2.2")[0],
    *(
        package({"test.xml": TEST, "a.xml": xml, "b.xml": ITEMS["choice"]})
        for xml in (ITEMS["hotspot"], ITEMS["match"])
    ),
]
SIGNS = [b"<", b">", b'"', b"&x;", b"1e99999", b"-1", b"NaN", b"]]>", b"\xff", b"../", b"{x}"]


@st.composite
def mutated(draw, sources):
    content = bytearray(draw(st.sampled_from(sources)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 80)))
        how = draw(st.sampled_from(["lose", "double", "write", "move"]))
        if how == "lose":
            del content[start:end]
        elif how == "double":
            content[start:start] = content[start:end]
        elif how == "move":
            part = bytes(content[start:end])
            del content[start:end]
            place = draw(st.integers(0, len(content)))
            content[place:place] = part
        else:
            content[start:end] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(SIGNS)))
    return bytes(content)


def taken_or_unreadable(content):
    try:
        taken = read_qti(content)
    except Unreadable as refused:
        taken = Taken((), (Remark(Kind.LEFT_OUT, refused.message, refused.line),))
    for entry in taken.entries:
        assert entry.question.problems() == []
        arrangement = entry.question.arrange(Random(0))
        entry.question.ask(arrangement)
        entry.question.mark_response({}, arrangement)
    for remark in taken.remarks:
        assert "${" not in remark.message.interpolate()


@settings(max_examples=150)
@given(content=mutated(SOURCES))
def test_a_damaged_document_is_taken_or_refused_in_words(content):
    taken_or_unreadable(content)


@settings(max_examples=50)
@given(content=st.one_of(mutated(PACKAGES), st.binary(max_size=100)))
def test_a_damaged_package_is_taken_or_refused_in_words(content):
    taken_or_unreadable(content)


@settings(max_examples=50)
@given(content=mutated(SOURCES))
def test_a_damaged_item_in_a_package_costs_no_more_than_itself(content):
    taken_or_unreadable(package({"a.xml": content, "b.xml": ITEMS["choice"]}))


def test_more_blanks_than_a_page_can_show_are_left_out():
    blanks = '<response_str ident="r"><render_fib/></response_str>' * 201
    content = (
        f"<questestinterop><item><presentation>{blanks}</presentation></item></questestinterop>"
    )
    taken = read_qti(content.encode())
    assert english(remark.message for remark in taken.remarks) == [
        "A list has more than 200 members. Make several questions of this one."
    ]


@pytest.mark.parametrize(
    "inside",
    [
        section_of('<assessmentItemRef identifier="q" href="item.xml"/>' * 2000),
        section_of("") * 2001,
    ],
)
def test_a_test_of_more_than_anybody_could_look_through_is_left_out_and_said(inside):
    taken = read_qti(package({"item.xml": ITEMS["choice"], "test.xml": whole_test(inside)}))
    assert len(taken.entries) == 1
    assert taken.tests == ()
    assert english(remark.message for remark in taken.remarks) == [
        "The test names more than 2000 questions and sections. Split it into smaller ones."
    ]


@pytest.mark.parametrize("depth", [60, 90, 120, 400])
def test_sections_and_texts_that_lie_deep_are_taken_or_left_out_and_said(depth):
    inside = '<assessmentItemRef identifier="q" href="item.xml"/>'
    body = "x"
    for _level in range(depth):
        inside, body = section_of(inside), f"<div>{body}</div>"
    files = {
        "item.xml": ITEMS["choice"],
        "deep.xml": ITEMS["choice"].replace("<p>Which?</p>", body),
        "test.xml": whole_test(inside),
    }
    taken = read_qti(package(files))
    assert (len(taken.entries), len(taken.tests)) == ((2, 1) if depth < 95 else (1, 0))
    assert len(taken.remarks) == (0 if depth < 95 else 2)


@pytest.mark.parametrize("worth", ["NaN", "INF", "-1e999"])
def test_a_mapping_to_points_without_end_is_left_out_and_said(worth):
    xml = ITEMS["textEntry"].replace('mappedValue="1"', f'mappedValue="{worth}"')
    taken = read_qti(xml.encode())
    assert "mapping of the variable RESPONSE cannot be read. It is left out." in english(
        remark.message for remark in taken.remarks
    )


@pytest.mark.parametrize("most", ["NaN", "INF", "-1e999"])
def test_an_item_that_brings_points_without_end_brings_one(most):
    declared_most = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        f"<defaultValue><value>{most}</value></defaultValue></outcomeDeclaration>"
    )
    program = MATCH.replace("match_correct", "CC2_match_basic")
    xml = ITEMS["choice"].replace(SCORE, SCORE + declared_most).replace(MATCH, program)
    question = one(xml).question
    assert (question.kind, question.mark) == ("qti", ONE)
