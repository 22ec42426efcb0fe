"""Figures in words for people."""

import pytest
from pyramid.i18n import make_localizer
from pyramid.testing import DummyRequest

from lms.views.words import apart, duration_words, listed, size_words, slow_line_words


@pytest.fixture
def english():
    """A request whose pages are in English."""
    request = DummyRequest()
    request.localizer = make_localizer("en", [])
    return request


@pytest.mark.parametrize(
    ("language", "title", "kept_apart"),
    [("en", "Rest", False), ("en", "راحة", True), ("ar", "Rest", True), ("ar", "راحة", True)],
)
def test_a_title_keeps_its_direction_to_itself(english, language, title, kept_apart):
    english.locale_name = language
    assert apart(english, title) == (f"\u2068{title}\u2069" if kept_apart else title)


def test_titles_in_a_row_have_the_commas_of_the_language(english):
    english.locale_name = "en"
    assert listed(english, ["Rest", "Work"]) == "Rest, Work"
    english.locale_name = "ar"
    assert listed(english, ["Rest", "Work"]) == "\u2068Rest\u2069، \u2068Work\u2069"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (10, "1 kB"),
        (390_000, "390 kB"),
        (1_500_000, "1.5 MB"),
        (9_949_999, "9.9 MB"),
        (9_950_000, "10 MB"),
        (1_230_000_000, "1230 MB"),
    ],
)
def test_a_size_is_told_in_kilobytes_or_megabytes(english, size, words):
    assert size_words(english, size) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min"), (45, "1 min"), (3540, "59 min"), (7500, "2 h 5 min")]
)
def test_a_time_is_told_in_minutes_and_hours(english, seconds, words):
    assert duration_words(english, seconds) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 min"), (480_000, "1 min"), (1_500_000, "3 min"), (60_000_000, "2 h 5 min")],
)
def test_the_time_on_a_slow_line_is_told_in_whole_minutes(english, size, words):
    assert slow_line_words(english, size) == words
