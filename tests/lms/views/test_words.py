"""Figures in words for people."""

import pytest

from lms.views.words import duration_words, size_words


@pytest.mark.parametrize(
    ("size", "words"), [(10, "1 kB"), (390_000, "390 kB"), (1_500_000, "1.5 MB")]
)
def test_a_size_is_told_in_kilobytes_or_megabytes(size, words):
    assert size_words(None, size) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min"), (45, "1 min"), (3540, "59 min"), (7500, "2 h 5 min")]
)
def test_a_time_is_told_in_minutes_and_hours(seconds, words):
    assert duration_words(seconds) == words
