"""Pictures, sounds and other files within Moodle XML."""

import base64

import pytest

from assessments.exchange import moodle_source
from assessments.exchange.entries import QuestionFile
from tests.assessments.exchange.files import MOODLE_XML, PICTURE, question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, said, taken
from tests.assessments.exchange.strategies import png


def with_file(html, *files):
    inside = "".join(
        f'<file name="{name}" path="{path}" encoding="base64">{content}</file>'
        for name, path, content in files
    )
    return (
        '<quiz><question type="essay"><name><text>x</text></name><questiontext format="html">'
        f"<text><![CDATA[{html}]]></text>{inside}</questiontext></question></quiz>"
    )


def test_files_of_the_same_name_stay_apart_when_they_differ():
    other = base64.b64encode(png(1, 1)).decode()
    text = with_file(
        '<img src="@@PLUGINFILE@@/my%20a.png" alt="1"><img src="@@PLUGINFILE@@/b/my%20a.png">'
        '<img src="@@PLUGINFILE@@/c/my%20a.png?forcedownload=1">',
        ("my a.png", "/", PICTURE),
        ("my a.png", "/b/", other),
        ("my a.png", "/c/", PICTURE),
    )
    (entry,) = taken(text).entries
    assert entry.question.body == (
        '<img src="files/my-a.png" alt="1"><img src="files/my-a-2.png"><img src="files/my-a.png">'
    )
    assert entry.files == {
        "my-a.png": QuestionFile("image/png", png(400, 300)),
        "my-a-2.png": QuestionFile("image/png", png(1, 1)),
    }


@pytest.mark.parametrize(
    "content",
    ["", "!!!", base64.b64encode(b"<svg onload='x'>").decode(), base64.b64encode(b"%PDF").decode()],
)
def test_a_file_that_is_no_picture_sound_or_video_is_left_out_and_said(content):
    found = taken(with_file('<img src="@@PLUGINFILE@@/a.png">', ("a.png", "/", content)))
    assert found.entries[0].files == {}
    assert found.entries[0].question.body == "<img>"
    assert [kind for kind, _line, _message in said(found)] == ["left out", "left out", "changed"]


def test_a_file_that_is_too_large_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr(moodle_source, "LARGEST", 10)
    found = taken(with_file('<img src="@@PLUGINFILE@@/a.png">', ("a.png", "/", PICTURE)))
    assert found.entries[0].files == {}
    assert said(found)[0][0] == "left out"


def test_each_file_that_is_left_out_is_named_once():
    pdf = base64.b64encode(b"%PDF").decode()
    found = taken(with_file("text", ("a.pdf", "/", pdf), ("b.pdf", "/", pdf), ("a.pdf", "/", pdf)))
    assert [message.split("”")[0] for _kind, _line, message in said(found)] == [
        "The file “a.pdf",
        "The file “b.pdf",
    ]


def test_the_first_picture_of_a_question_is_what_its_labels_lie_on():
    other = '<file name="a.pdf" encoding="base64">JVBERi0=</file>'
    text = MOODLE_XML["ddimageortext"].replace("<shuffleanswers/>", other)
    assert one(text).picture.file == "my-plan.png"


def test_a_link_to_a_picture_becomes_the_picture_and_other_links_stay():
    found = taken(
        with_file(
            '<a href="@@PLUGINFILE@@/a.png">see</a> <a href="https://example.org/">there</a>',
            ("a.png", "/", PICTURE),
        )
    )
    assert found.entries[0].question.body.startswith('<img src="files/a.png" alt="">see <a href=')


@pytest.mark.parametrize(
    ("coded", "body", "kinds"),
    [
        (
            f"<image_base64>{PICTURE}</image_base64>",
            'a<br><img src="files/b-c.png" alt="">',
            [],
        ),
        ("", "a", ["left out"]),
    ],
)
def test_pictures_of_old_versions_are_the_end_of_the_text(coded, body, kinds):
    found = taken(quiz(question("essay", "x", "a", "<image>folder/b c.png</image>", coded)))
    assert found.entries[0].question.body == body
    assert [kind for kind, _line, _message in said(found)] == kinds
