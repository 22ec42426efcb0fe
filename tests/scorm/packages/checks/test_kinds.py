"""Files that learners' devices can do nothing with."""

import pytest

PAGE = "<p>parent.API"


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("file-executable", "Setup.EXE"),
        ("media-unplayable", "a.wmv"),
        ("media-unplayable", "b/a.FLV"),
        ("media-uncertain", "a.mov"),
        ("flash-files", "player.swf"),
        ("file-document", "hand-out.docx"),
        ("file-archive", "more.zip"),
        ("file-source", "course.story"),
    ],
)
def test_a_file_of_no_use_is_told(found, rule, name):
    finding = found({name: "x"})
    assert finding.keys() - {"video-captions-unseen"} == {rule}
    assert finding[rule].file == name


@pytest.mark.parametrize("name", ["a.mp4", "a.MP3", "a.pdf", "a.vtt", "exe", "a.exe.txt"])
def test_other_files_are_not(found, name):
    assert found({name: "x"}).keys() <= {"video-captions-unseen"}


def test_a_film_that_also_comes_in_a_kind_that_plays_is_not(found):
    assert found({"a.flv": "", "A.mp4": "", "a.srt": "", "s.ogg": "", "s.mp3": ""}) == {}


def test_a_part_that_opens_a_document_is_told(found):
    finding = found({"a.pptx": ""}, launch="a.pptx", type="asset")
    assert finding.keys() == {"launch-document", "file-document"}
    assert finding["launch-document"].severity == "warning"


def test_parameters_with_two_question_marks_are_told(found):
    finding = found(parameters="?a=1?b=2")["launch-parameters"]
    assert "One: ?a=1?b=2" in finding.message


@pytest.mark.parametrize("parameters", ["?a=1&amp;b=2", "?url=x?", "#a?b=1?c=2", "a=b", ""])
def test_other_parameters_are_not(found, parameters):
    assert found(parameters=parameters) == {}
