"""What a course says of itself, in which language; and the package's pass mark."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lms.resources.courses import Course
from lms.services.descriptions import describe, description_of, pass_mark, source_lines, texts, told
from scorm.packages.manifest import (
    Edition,
    Item,
    Manifest,
    Objective,
    Organization,
    Sequencing,
)
from scorm.resources import PackageVersion, ScormPackage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def course_on(edition, *items) -> Course:
    organization = Organization(identifier="o", title="Course", items=items)
    manifest = Manifest("m", edition, "Course", (organization,), "o")
    plain = json.dumps(manifest.to_plain())
    package = ScormPackage("p", "Course", "author", NOW)
    package.versions = (
        PackageVersion(plain, index="{}", manifest=plain, report="{}", size=1, created=NOW),
    )
    return Course("listening", "Listening", package, NOW)


@pytest.fixture
def course():
    made = course_on(Edition.FOURTH, Item(identifier="i", title="One", launch="1.html", sco=True))
    made.summary = "How to listen."
    return made


DESCRIPTION = {
    "topics": {"b", "a"},
    "sources": "First\n\n Second \n",
    "licence": "CC BY 4.0",
    "others": {
        "title_fr": "Écouter",
        "summary_fr": "Savoir écouter.",
        "title_ar": "الاستماع",
        "summary_ar": "",
        "title_es": "",
        "summary_es": "",
    },
}


def test_a_course_says_nothing_more_at_first(course):
    assert description_of(course) == {
        "topics": set(),
        "sources": "",
        "licence": "",
        "others": {},
    }


def test_a_description_is_taken_over_and_given_back(course):
    describe(course, DESCRIPTION)
    kept = {name: text for name, text in DESCRIPTION["others"].items() if "_es" not in name}
    assert description_of(course) == DESCRIPTION | {"others": kept}
    assert source_lines(course) == ["First", "Second"]


def test_a_reader_gets_title_and_summary_in_their_language_where_there_are_any(course):
    describe(course, DESCRIPTION)
    french, arabic, spanish = (told(course, language) for language in ("fr", "ar", "es"))
    assert (french.title, french.title_language) == ("Écouter", "fr")
    assert (french.summary, french.summary_language) == ("Savoir écouter.", "fr")
    assert (arabic.title, arabic.title_language) == ("الاستماع", "ar")
    assert (arabic.summary, arabic.summary_language) == ("How to listen.", "en")
    assert (spanish.title, spanish.title_language) == ("Listening", "en")


def test_the_courses_own_language_needs_no_translation(course):
    course.language = "fr"
    describe(course, DESCRIPTION)
    assert set(course.translations) == {"ar"}
    assert told(course, "fr").title == "Listening"


def test_a_translation_from_before_the_course_had_that_language_is_not_shown(course):
    describe(course, DESCRIPTION)
    course.language = "fr"
    assert told(course, "fr").title == "Listening"


def test_words_are_looked_for_in_every_language(course):
    describe(course, DESCRIPTION)
    assert texts(course).split("\n") == [
        "Listening",
        "How to listen.",
        "Écouter",
        "Savoir écouter.",
        "الاستماع",
        "",
    ]


def part(key, mark=None, **options):
    primary = None
    if mark is not None:
        primary = Objective("o", satisfied_by_measure=True, min_normalized_measure=mark)
    return Item(
        identifier=key,
        title=key,
        launch=f"{key}.html",
        sco=True,
        sequencing=Sequencing(primary_objective=primary),
        **options,
    )


@pytest.mark.parametrize(
    ("edition", "items", "mark"),
    [
        (Edition.FOURTH, [part("a")], None),
        (Edition.FOURTH, [part("a"), part("b", 0.8)], Decimal(80)),
        (Edition.FOURTH, [part("a", 0.725)], Decimal("72.5")),
        (Edition.FOURTH, [part("a", 0.8), part("b", 0.8)], Decimal(80)),
        (Edition.FOURTH, [part("a", 0.8), part("b", 0.5)], None),
        (Edition.SCORM_12, [part("a")], None),
        (Edition.SCORM_12, [part("a", mastery_score="75")], Decimal(75)),
        (Edition.SCORM_12, [part("a", mastery_score="75"), part("b", mastery_score="75.0")], 75),
        (Edition.SCORM_12, [part("a", mastery_score="good")], None),
        (Edition.SCORM_12, [part("a", mastery_score="NaN")], None),
    ],
)
def test_a_package_has_a_pass_mark_when_its_parts_have_one(edition, items, mark):
    assert pass_mark(course_on(edition, *items)) == mark
