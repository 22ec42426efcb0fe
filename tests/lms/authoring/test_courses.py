"""The project's two courses, as they stand under ``courses/``."""

import re

import pytest

from lms.authoring import build, claims
from lms.authoring.gift import Choice
from lms.authoring.report import claim_rows, claims_table
from scorm.packages.archive import Limits
from scorm.packages.check import check
from servers import ROOT

COURSES = ("global-standards", "istanbul-protocol")
PARTS = {"global-standards": 9, "istanbul-protocol": 10}
STANDARDS = ("2004", "1.2")
PAGE_LIMIT, PACKAGE_LIMIT = 150_000, 1_500_000


def folder(name):
    return ROOT / "courses" / name


@pytest.fixture(scope="module", params=COURSES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def read(name):
    """The course and its claims, by language."""
    return claims(folder(name))


@pytest.fixture
def course(read):
    return read[0]


@pytest.mark.parametrize("standard", STANDARDS)
def test_it_is_built_within_its_weights_and_there_is_nothing_to_mend(name, tmp_path, standard):
    built = build(folder(name), tmp_path / "course.zip", standard)
    assert built.size <= PACKAGE_LIMIT
    assert max(page.bytes for page in built.pages) <= PAGE_LIMIT
    assert built.remarks == ()
    assert check(built.file, Limits())[0].findings == ()


def test_it_has_the_parts_of_its_outline_and_then_the_quiz(name, course):
    assert len(course.parts) == PARTS[name]
    assert course.parts[0].number == 0
    assert course.minutes == sum(text.minutes for text in course.texts)


def test_it_says_first_whose_publication_it_is_not_and_what_to_expect(course):
    for each in (course, *course.translations):
        assert each.notice
        assert each.content_note
    assert "independent introduction" in course.notice
    assert "until they approve it" in " ".join(course.notice.split())


def test_every_claim_has_a_source_and_the_table_of_them_is_as_the_texts_are(name, read):
    course, by_language = read
    assert course.sourced
    table = claims_table(course, claim_rows(by_language))
    kept = (ROOT / "docs" / f"claims-{name}.md").read_text("utf-8")
    assert kept == f"{table}\n", f"tutela courses claims courses/{name} > docs/claims-{name}.md"


def test_the_final_quiz_draws_from_a_pool_that_explains_every_option(course):
    assert len(course.quiz.questions) >= 30
    assert (course.quiz.draw, course.quiz.mastery, course.pretest) == (12, 80, 8)
    for question in course.quiz.questions:
        assert question.explanation
        assert question.citations
        assert all(choice.feedback for choice in question.choices if isinstance(choice, Choice))


def test_the_pool_asks_about_every_part_that_teaches(course):
    groups = {question.group for question in course.quiz.questions}
    taught = {f"part-{part.number}" for part in course.parts[1:]}
    assert groups == taught


def test_no_numbered_standard_is_named_but_the_one_that_could_be_read():
    texts = folder("global-standards").rglob("*.*")
    text = "".join(path.read_text("utf-8") for path in texts if path.suffix in (".md", ".gift"))
    assert set(re.findall(r"[Ss]tandard (\d+)", text)) == {"13"}


def test_three_parts_of_the_istanbul_protocol_are_there_in_three_more_languages():
    course, by_language = claims(folder("istanbul-protocol"))
    assert course.languages == ("en", "ar", "es", "fr")
    for each in course.translations:
        translated = [part.number for part in each.parts if part.language == each.language]
        assert translated == [0, 1, 2]
        assert by_language[each.language]
