"""Texts and numbers that every program reads alike."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.badges.text import (
    LONGEST_TEXT,
    decimal,
    language,
    line,
    name,
    number,
    plain,
)

ANYTHING = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Listening", "Listening"),
        (" a\tb ", "a b"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x1f\x7f\x9fc\ud800", "abc"),
        ("\u200fمرحبا\u202e", "\u200fمرحبا\u202e"),
        ("<b>&amp;\"'", "<b>&amp;\"'"),
        ("x" * (LONGEST_TEXT + 1), "x" * (LONGEST_TEXT - 1) + "…"),
    ],
)
def test_a_text_keeps_what_people_read(text, expected):
    assert plain(text) == expected


def test_a_title_stands_on_one_line():
    assert line("one\ntwo\r\n three") == "one two  three"
    assert line("x" * 2000) == "x" * 999 + "…"


@pytest.mark.parametrize(
    "text", ["", " \t", "\x01\x7f", "\x85", "\ufffe\uffff\ufdd0\U0001fffe", "\u200b\ufeff\u2028"]
)
def test_a_name_that_nobody_can_see_is_none(text):
    assert name(text) == ""
    for seen in ("٣", "\ue000", "\U0001fae8", "\U000323b0"):
        assert name(f"{text}{seen}") == line(f"{text}{seen}")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("sr-Latn", "sr-Latn"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("zh-cmn-hans-cn", "zh-Hans-CN"),
        ("pt-br", "pt-BR"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH"),
        ("ckb", "ckb"),
        ("en-x-house", "en"),
        ("x-house", None),
        ("i-default", None),
        ("english", None),
        ("not a tag", None),
        ("ſr", None),
        ("e", None),
        ("", None),
    ],
)
def test_a_language_is_written_as_open_badges_do_or_left_out(tag, expected):
    assert language(tag) == expected


@given(ANYTHING)
def test_nothing_else_is_left(text):
    found = plain(text)
    categories = {unicodedata.category(char) for char in found.replace("\n", "")}
    assert not categories & {"Cc", "Cs"}
    assert plain(found) == found
    assert "\n" not in line(text)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("1.50", 1.5, "1.5"),
        ("2.0", 2, "2"),
        ("0.1", 0.1, "0.1"),
        ("1e-7", 0, "0"),
        ("0.0000015", 0.000002, "0.000002"),
        ("100", 100, "100"),
        ("1e9", 10**9, "1000000000"),
        ("0", 0, "0"),
    ],
)
def test_a_number_has_at_most_six_places(text, value, words):
    assert number(text) == value
    assert type(number(text)) is type(value)
    assert decimal(text) == words


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False))
def test_numbers_and_their_words_are_the_same(value):
    found = number(str(value))
    assert abs(Decimal(decimal(str(value))) - value) <= Decimal("0.0000005")
    assert Decimal(decimal(str(value))) == round(Decimal(found), 6)


@pytest.mark.parametrize("text", ["", "x", "NaN", "Infinity", "-1", "1e10", "1,5"])
def test_what_is_no_such_number_is_refused(text):
    with pytest.raises(ValueError, match="is no"):
        number(text)
