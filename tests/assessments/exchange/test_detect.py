import io
import zipfile

import pytest

from assessments.exchange import detect as formats
from assessments.exchange.detect import detect
from shared import SHARED, needs_shared


def zipped(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"<quiz></quiz>", "a.txt", formats.MOODLE_XML),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> -->\n<quiz>", "", formats.MOODLE_XML),
        ("<?xml version='1.0' encoding='utf-16'?><quiz/>".encode("utf-16"), "", "moodle-xml"),
        (b"<questestinterop>", "", formats.QTI_1_2),
        (b"<!DOCTYPE questestinterop SYSTEM 'x.dtd'><questestinterop>", "", formats.QTI_1_2),
        (b"<!DOCTYPE q [<!ELEMENT a (b)>]><questestinterop>", "", formats.QTI_1_2),
        (b'<assessmentItem xmlns="http://x/imsqti_v2p1">', "", formats.QTI_2_1),
        (b'<q:assessmentItem xmlns:q="http://x/imsqti_v2p2">', "", formats.QTI_2_2),
        (b'<assessmentTest\n xmlns="http://x/imsqti_v2p2">', "", formats.QTI_2_2),
        (b'<qti-assessment-item xmlns="x">', "", formats.QTI_3_0),
        (b"<qti-assessment-test>", "", formats.QTI_3_0),
        (b"<html>", "x.xml", formats.UNKNOWN),
        (b"<!-- never", "x.xml", formats.UNKNOWN),
        (b"<!-- only -->", "x.xml", formats.UNKNOWN),
        (b"<quiz", "x.xml", formats.UNKNOWN),
        (zipped("imsmanifest.xml", "a.xml"), "x.zip", formats.PACKAGE),
        (zipped("course/imsmanifest.xml"), "", formats.PACKAGE),
        (zipped("a.xml"), "x.zip", formats.PACKAGE),
        (zipped(), "x.zip", formats.PACKAGE),
        (b"PK\x03\x04nonsense", "x.zip", formats.PACKAGE),
        (b"Q\nA) 1\nB) 2\n\nANSWER: B", "", formats.AIKEN),
        (b"Q {=A ~B}", "", formats.GIFT),
        (b"::Q:: only text", "", formats.GIFT),
        (b"$CATEGORY: x\n\nText", "", formats.GIFT),
        (b"<b>Q</b> {T}", "", formats.GIFT),
        (b"Only text", "quiz.gift", formats.GIFT),
        (b"Only text", "my-gift-quiz.txt", formats.GIFT),
        (b"Only text", "quiz.aiken.txt", formats.AIKEN),
        (b"Only text", "quiz.txt", formats.UNKNOWN),
        (b"\0\1\2{}", "quiz.txt", formats.UNKNOWN),
        (b"", "", formats.UNKNOWN),
    ],
)
def test_a_file_is_what_is_in_it_and_else_what_its_name_says(content, name, found):
    assert detect(content, name) == found


@needs_shared
@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("moodle/*.xml", {formats.MOODLE_XML}),
        ("moodle/*aiken*", {formats.AIKEN}),
        ("moodle/examples.txt", {formats.GIFT}),
        ("moodle/*gift*", {formats.GIFT}),
        ("qti-packages/items_1.2/*.xml", {formats.QTI_1_2}),
        ("qti-cases/*/*.xml", {formats.QTI_2_1, formats.QTI_2_2, formats.QTI_3_0}),
    ],
)
def test_every_sample_is_known(pattern, found):
    files = list((SHARED / "quizzes").glob(pattern))
    assert files
    assert {detect(file.read_bytes()) for file in files} <= found
