"""The course that ``tutela courses new`` begins."""

import pytest

from lms.authoring import OutputRefused, build, start
from lms.authoring.blocks import BLOCKS
from lms.authoring.pages import pages
from lms.authoring.source import read
from scorm.packages.archive import Limits
from scorm.packages.check import check


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_it_can_be_built_at_once_and_there_is_nothing_to_mend(started, tmp_path, standard):
    built = build(started, tmp_path / "x.zip", standard)
    assert check(built.file, Limits())[0].findings == ()
    assert built.remarks == ()


def test_it_shows_every_block_there_is(started):
    text = "".join(path.read_text("utf-8") for path in started.glob("*.md"))
    assert [name for name in BLOCKS if f"\n```{name}" not in text] == []
    assert "![" in text
    assert "[[" in text
    assert "[src: " in text


def test_it_shows_every_kind_of_question(started):
    kinds = {question.kind for question in read(started).quiz.questions}
    made = pages(read(started), "2004")
    shown = "".join(page.html.decode() for page in made.pages)
    assert kinds == {"single", "multiple", "true-false"}
    assert 'data-type="matching"' in shown


def test_its_identifier_is_made_of_the_folders_name(tmp_path):
    for name, identifier in (("Good Care", "course.good-care"), ("…", "course.new")):
        start(tmp_path / name)
        assert read(tmp_path / name).identifier == identifier


def test_a_folder_is_made_and_an_empty_one_taken(tmp_path):
    (tmp_path / "empty").mkdir()
    assert start(tmp_path / "empty") == start(tmp_path / "a" / "b")


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputRefused, match="the folder is not empty"):
        start(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputRefused, match="File exists"):
        start(tmp_path / "file")
