import base64

import pytest

from assessments.exchange import gift, media, moodle_xml
from assessments.exchange.entries import Kind, QuestionFile
from assessments.exchange.media import (
    REFUSED,
    embedded,
    embedded_name,
    file_name,
    media_type,
    size,
)
from assessments.exchange.qti import read_qti
from tests.assessments.exchange.files import question, quiz
from tests.assessments.exchange.qti.packages import package
from tests.assessments.exchange.strategies import png
from tests.assessments.questions.qti_items import ITEMS

JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xdb\0\x03c\xff\xc2\0\x0b\x08\x01\x2c\x01\x90\x03"
GIF = b"GIF89a\x90\x01\x2c\x01\x80"
WEBP = b"RIFF\0\0\0\0WEBP"
EXTENDED = WEBP + b"VP8X\x0a\0\0\0\0\0\0\0" + b"\x8f\x01\0" + b"\x2b\x01\0"
LOSSY = WEBP + b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + b"\x90\x01\x2c\x01"
LOSSLESS = WEBP + b"VP8L\0\0\0\0\x2f" + ((299 << 14) | 399).to_bytes(4, "little") + b"\0" * 5


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(1, 1), "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (EXTENDED, "image/webp"),
        (b"ID3\x03", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"OggS", "audio/ogg"),
        (b"RIFF\0\0\0\0WAVEfmt", "audio/wav"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"<svg onload='x'/>", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, kind):
    assert media_type(content) == kind


@pytest.mark.parametrize("content", [png(400, 300), JPEG, GIF, EXTENDED, LOSSY, LOSSLESS])
def test_a_picture_says_how_large_it_is(content):
    assert size(content) == (400, 300)


@pytest.mark.parametrize(
    "content",
    [
        png(400, 300)[:20],
        JPEG[:12],
        b"\xff\xd8\xff\xd9",
        GIF[:8],
        EXTENDED[:20],
        WEBP + b"VP9X" + b"\0" * 20,
        b"ID3",
    ],
)
def test_a_picture_that_is_cut_off_or_none_has_no_size(content):
    assert size(content) is None


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("a.png", "a.png"),
        ("my plan (2).png", "my-plan-2-.png"),
        ("../../etc/passwd", "etc-passwd"),
        ("خريطة.png", "png"),
        ("?", "file"),
        ("taken.png", "taken-3.png"),
        ("taken", "taken-2"),
        ("same.png", "same.png"),
    ],
)
def test_a_name_means_nothing_in_an_address_and_no_other_file_has_it(name, chosen):
    file = QuestionFile("image/png", b"new")
    other = QuestionFile("image/png", b"old")
    taken = {"taken.png": other, "taken-2.png": other, "taken": other, "same.png": file}
    assert file_name(name, taken, file) == chosen


def address(content, kind="image/png"):
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("content", [png(1, 1), JPEG, GIF, EXTENDED])
def test_a_picture_in_a_text_is_what_its_first_bytes_say(content):
    found = embedded(address(content, "image/svg+xml"))
    assert found == QuestionFile(media_type(content), content)


@pytest.mark.parametrize(
    "text",
    [
        address(b"<svg onload='x'/>"),
        address(b"ID3\x03"),
        address(b""),
        "data:image/png;base64,????",
        "data:image/png,abc",
        "https://example.org/a.png",
    ],
)
def test_what_is_no_picture_is_not_taken_out_of_a_text(text):
    assert embedded(text) is None


@pytest.mark.parametrize("most", [len(png(1, 1)) - 1, -200])
def test_a_picture_in_a_text_is_not_larger_than_others(monkeypatch, most):
    monkeypatch.setattr(media, "LARGEST", most)
    assert embedded(address(png(1, 1))) is None


def in_gift(html):
    escaped = html.replace("=", "\\=").replace(":", "\\:").replace("#", "\\#")
    return gift.read(f"::One:: [html]{escaped} {{T}}".encode())


def in_moodle(html):
    return moodle_xml.read(quiz(question("description", "One", html)).encode())


def in_qti(html):
    item = ITEMS["slider"].replace("<itemBody>", f"<itemBody>{html}")
    return read_qti(package({"item.xml": item}))


@pytest.mark.parametrize("read", [in_gift, in_moodle, in_qti])
def test_pictures_that_stand_in_a_text_become_files_of_the_question(read):
    picture = QuestionFile("image/png", png(3, 2))
    name = embedded_name(picture)

    taken = read(f'<p>Look: <img alt="A" src="{address(picture.content)}"/></p>')

    (entry,) = taken.entries
    assert REFUSED not in [each.message for each in taken.remarks]
    assert dict(entry.files) == {name: picture}
    assert f"files/{name}" in str(entry.question)


@pytest.mark.parametrize("read", [in_gift, in_moodle, in_qti])
def test_it_is_said_when_one_cannot_be_taken(read):
    taken = read(f'<p>Look: <img alt="A" src="{address(b"<svg/>")}"/></p>')

    (entry,) = taken.entries
    assert [each.message for each in taken.remarks if each.kind is Kind.LEFT_OUT] == [REFUSED]
    assert not entry.files
    assert "base64" not in str(entry.question)
