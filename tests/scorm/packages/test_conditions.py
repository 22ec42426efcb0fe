"""Conditions and ranges, as RFC 9110 has them; the clause stands with each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.conditions import names_strongly, names_weakly, span_of

TAG = '"c1-f7"'
SIZE = 10_000


@pytest.mark.parametrize(
    ("header", "weakly", "strongly"),
    [  # §8.8.3.2: strong comparison for If-Match, weak for If-None-Match
        (TAG, True, True),
        (f"W/{TAG}", True, False),
        (f'"a", W/"b" ,{TAG}', True, True),
        (f'"a,{TAG[1:]}', False, False),  # a comma may stand in a tag: this is one, and another
        ("*", True, True),
        (" * ", True, True),
        ('"*"', False, False),
        ("c1-f7", False, False),
        (TAG.upper(), False, False),
        (f"w/{TAG}", True, True),  # no weak tag, for W is a capital: garbage, then a tag
        ("", False, False),
        ('"', False, False),
    ],
)
def test_a_list_of_tags_names_ours_or_not(header, weakly, strongly):
    assert names_weakly(header, TAG) is weakly
    assert names_strongly(header, TAG) is strongly


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-499", 0, 499),  # the examples of §14.1.2
        ("bytes=500-999", 500, 999),
        ("bytes=-500", 9500, 9999),
        ("bytes=9500-", 9500, 9999),
        ("bytes=0-0", 0, 0),
        ("Bytes=9990-", 9990, 9999),  # §14.1: units are case-insensitive
        ("bytes=9990-999999", 9990, 9999),
        ("bytes=-999999", 0, 9999),
        ("bytes=, 5-6 ,", 5, 6),  # §5.6.1.2: empty parts of a list do not count
        (f"bytes=5-{'9' * 5000}", 5, 9999),  # §14.1.1: numbers may be large
        (f"bytes=-{'9' * 5000}", 0, 9999),
        (f"bytes={'0' * 5000}5-006", 5, 6),
    ],
)
def test_a_range_gives_its_first_and_last_byte(header, first, last):
    assert span_of(header, SIZE) == (first, last)


@pytest.mark.parametrize(
    "header", ["bytes=10000-", "bytes=99999-999999", "bytes=-0", f"bytes={'9' * 5000}-"]
)
def test_a_range_beyond_the_end_cannot_be_satisfied(header):
    first, last = span_of(header, SIZE)
    assert first > last


@pytest.mark.parametrize(
    "header",
    [
        *("bytes=0-0,-1", "bytes=5-4", "bytes=-", "bytes=", "bytes", "", "lines=1-2", "bytes=a-b"),
        *("bytes=1 - 2", "bytes=1-2-3", "bytes=\u0665-", "0-1", "bytes=--1"),
    ],
)
def test_what_is_no_single_range_is_passed_over(header):
    assert span_of(header, SIZE) is None


def test_a_file_of_nothing_has_no_range():
    assert span_of("bytes=0-", 0) == (1, 0)
    assert span_of("bytes=-5", 0) is None


@given(st.text("bytes=-,0123456789 ", max_size=20), st.integers(0, 1000))
def test_every_range_lies_within_the_file(header, size):
    found = span_of(header, size)
    assert found in (None, (1, 0)) or 0 <= found[0] <= found[1] < size
