"""Finding courses: what fits a wish, in which order, on which page."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.resources.courses import Course, Enrolment
from lms.services.catalogue import PAGE, Wish, clipped, find, fits, page_of, status_of
from scorm.resources import PackageVersion, ScormPackage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def course(slug="listening", title="Listening", *, size=1_000_000, days=0, **said) -> Course:
    package = ScormPackage("p", "Package", "author", NOW)
    version = PackageVersion(slug, index="{}", manifest="{}", report="{}", size=size, created=NOW)
    package.versions = (version,)
    made = Course(slug, title, package, NOW + timedelta(days=days))
    for name, value in said.items():
        setattr(made, name, value)
    return made


def enrolment(of, *, started=None, completed=None) -> Enrolment:
    made = Enrolment("ana", of, NOW)
    made.started, made.completed = started, completed
    return made


@pytest.mark.parametrize(
    ("said", "wish", "fitting"),
    [
        ({}, Wish(), True),
        ({"topics": ("a", "b")}, Wish(topic="b"), True),
        ({"topics": ("a",)}, Wish(topic="b"), False),
        ({"language": "ar"}, Wish(language="ar"), True),
        ({"language": "ar"}, Wish(language="fr"), False),
        ({"minutes": 30}, Wish(minutes=30), True),
        ({"minutes": 31}, Wish(minutes=30), False),
        ({"minutes": None}, Wish(minutes=30), False),
        ({"size": 5_000_000}, Wish(size=5_000_000), True),
        ({"size": 5_000_001}, Wish(size=5_000_000), False),
        ({"title": "Écouter"}, Wish(words="ecouter"), True),
        ({"summary": "Écouter les survivants"}, Wish(words="SURVIV ecou"), True),
        ({"title": "Hören"}, Wish(words="listening"), False),
        ({"translations": {"ar": {"title": "أخلاق", "summary": ""}}}, Wish(words="اخلاق"), True),
    ],
)
def test_a_course_fits_a_wish_when_it_is_what_was_asked_for(said, wish, fitting):
    assert fits(course(**said), None, wish) is fitting


@pytest.mark.parametrize(
    ("certified", "wish", "fitting"),
    [
        ({"listening"}, Wish(certificate=True), True),
        ({"writing"}, Wish(certificate=True), False),
        ({"writing"}, Wish(), True),
    ],
)
def test_who_wants_a_certificate_finds_courses_that_end_in_one(certified, wish, fitting):
    assert fits(course("listening"), None, wish, certified) is fitting


def test_every_part_of_a_wish_must_be_met():
    wish = Wish(language="fr", minutes=60)
    assert fits(course(language="fr", minutes=45), None, wish)
    assert not fits(course(language="fr", minutes=90), None, wish)
    assert not fits(course(language="en", minutes=45), None, wish)


@pytest.mark.parametrize(
    ("times", "status"),
    [
        ({}, "not started"),
        ({"started": NOW}, "in progress"),
        ({"started": NOW, "completed": NOW}, "completed"),
    ],
)
def test_courses_are_found_by_where_one_stands(times, status):
    listening = course()
    mine = enrolment(listening, **times)
    assert status_of(mine) == status
    assert fits(listening, mine, Wish(status=status))
    others = {"not started", "in progress", "completed"} - {status}
    assert not any(fits(listening, mine, Wish(status=other)) for other in others)


def test_a_course_that_one_is_not_in_is_not_started():
    assert status_of(None) == "not started"
    assert fits(course(), None, Wish(status="not started"))


THREE = (
    course("c", "Écoute", days=1, minutes=20),
    course("a", "écho", days=3, minutes=None),
    course("b", "Zoo", days=2, minutes=10),
)


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("title", ["écho", "Écoute", "Zoo"]),
        ("newest", ["écho", "Zoo", "Écoute"]),
        ("shortest", ["Zoo", "Écoute", "écho"]),
    ],
)
def test_courses_stand_in_the_order_asked_for(order, titles):
    found = find(THREE, {}, Wish(order=order), "en")
    assert [each.title for each in found] == titles


def test_courses_of_one_length_stand_by_title():
    same = [course(title, title, minutes=10) for title in ("c", "a", "b")]
    assert [each.title for each in find(same, {}, Wish(order="shortest"), "en")] == ["a", "b", "c"]


def test_titles_stand_in_the_order_of_the_readers_language():
    translated = {"fr": {"title": "Arbre", "summary": ""}}
    two = [course("a", "Zebra", translations=translated), course("b", "Book")]
    assert [each.__name__ for each in find(two, {}, Wish(), "fr")] == ["a", "b"]
    assert [each.__name__ for each in find(two, {}, Wish(), "en")] == ["b", "a"]


def test_the_readers_own_enrolments_count():
    mine = {"b": enrolment(THREE[2], started=NOW)}
    assert find(THREE, mine, Wish(status="in progress"), "en") == [THREE[2]]


@given(st.integers(0, 5 * PAGE), st.integers(-3, 9))
def test_the_pages_hold_all_that_was_found_once(many, asked):
    found = list(range(many))
    shown, number, pages = page_of(found, asked)
    assert 1 <= number <= pages
    assert number == asked or asked < 1 or asked > pages
    assert len(shown) <= PAGE
    assert [each for n in range(1, pages + 1) for each in page_of(found, n)[0]] == found


@given(st.text(max_size=80), st.integers(2, 60))
def test_a_text_that_is_cut_is_short_and_says_so(text, most):
    short, whole = clipped(text, most), " ".join(text.split())
    assert len(short) <= most
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_a_text_is_cut_between_words():
    assert clipped("how to listen to people", 16) == "how to listen…"
    assert clipped("rehabilitation", 6) == "rehab…"
    assert clipped(" in  one\nline ", 20) == "in one line"
