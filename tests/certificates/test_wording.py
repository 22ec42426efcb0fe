"""Dates, lengths and scores in the languages of certificates."""

from datetime import UTC, datetime

import pytest

from certificates import wording

MOMENT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "24 November 2026"),
        ("fr", "24 novembre 2026"),
        ("es", "24 de noviembre de 2026"),
        ("pt-BR", "24 de novembro de 2026"),
        ("pt_BR", "24 de novembro de 2026"),
        ("ar", "24 نوفمبر 2026"),
        ("xx-unknown", "24 November 2026"),
        ("", "24 November 2026"),
    ],
)
def test_a_date_is_written_as_the_language_does(language, words):
    assert wording.long_date(MOMENT, language) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (90, "90 minutes"), (120, "2 hours"), (2430, "40 hours 30 minutes")],
)
def test_a_length_is_in_minutes_and_then_in_hours(minutes, words):
    assert wording.length(minutes, "en") == words


@pytest.mark.parametrize("language", ["ar", "bn", "es", "fa", "fr", "hi", "th", "zh-Hans"])
def test_a_length_is_words_of_the_language(language):
    words = wording.length(150, language)
    assert "duration" not in words
    assert "hour" not in words


def test_a_score_is_a_percentage():
    assert wording.percent(85, "en") == "85%"


@pytest.mark.parametrize(
    ("language", "answer"), [("ar", True), ("fa", True), ("he", True), ("fr", False), ("", False)]
)
def test_the_direction_follows_the_language(language, answer):
    assert wording.right_to_left(language) is answer
