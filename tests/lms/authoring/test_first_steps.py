"""The project's own course, as it stands under ``courses/``."""

import re
from pathlib import Path

import pytest

from lms.authoring import build, source
from scorm.packages.archive import Limits
from scorm.packages.check import check

FOLDER = Path(__file__).resolve().parents[3] / "courses" / "first-steps"


@pytest.fixture(scope="module")
def course():
    return source.read(FOLDER)


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_it_is_built_small_and_our_own_check_finds_nothing_to_mend(tmp_path, standard):
    built = build(FOLDER, tmp_path / "first-steps.zip", standard)
    assert built.size < 60_000
    assert check(built.file, Limits())[0].findings == ()


def test_its_minutes_are_the_sum_of_its_parts(course):
    assert course.minutes == sum(part.minutes for part in course.parts) + course.quiz.minutes


def test_it_says_whose_publication_it_is_not(course):
    assert "independent introduction" in course.notice
    assert "until they approve it" in course.notice


def test_every_paragraph_with_a_figure_names_its_source(course):
    for part in course.parts:
        text = re.sub(r"(?s)```.*?```", "", part.text)
        for paragraph in re.split(r"\n\s*\n", text):
            if re.search(r"\d\d", paragraph):
                assert "[src: " in paragraph, paragraph


def test_every_question_names_the_source_of_its_answer_and_is_explained(course):
    assert len(course.quiz.questions) == 8
    for question in course.quiz.questions:
        assert question.citations, question.text
        assert question.explanation, question.text


def test_no_numbered_standard_is_named_but_the_one_that_could_be_read():
    text = "".join(path.read_text("utf-8") for path in FOLDER.iterdir())
    assert set(re.findall(r"[Ss]tandard (\d+)", text)) == {"13"}
