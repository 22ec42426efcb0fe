"""Short answers match what people mean to be the same, in time that grows with their length."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.short_answers import MAX_LENGTH, Comparison, escaped, shown

PLAIN = Comparison()


@pytest.mark.parametrize(
    ("pattern", "response"),
    [
        ("Paris", "paris"),
        ("paris", "  PARIS \n"),
        ("New York", "new\u00a0 york"),
        ("Straße", "STRASSE"),
        ("café", "cafe\u0301"),  # composed or not
        ("Å", "\u212b"),  # the sign for ångström
        ("ＡＢＣ１２３", "abc123"),  # full width
        ("ﬁn", "fin"),
        ("it's", "it’s"),
        ('"yes"', "“Yes”"),
        ('"oui"', "«oui»"),
        ("well-known", "well–known"),
        ("co\u00adop", "coop"),  # soft hyphen
        ("نعم", "نـــعم"),  # tatweel
        ("كتب", "كَتَبَ"),  # vowel signs
        ("كِتاب", "كتاب"),
        ("שָׁלוֹם", "שלום"),
        ("٣ أيام", "3 أيام"),
        ("", "   "),
        ("*", ""),
        ("*", "anything"),
        ("a*", "a"),
        ("*a", "bca"),
        ("a*b*c", "a--b--c"),
        ("a**c", "abc"),
        ("*wall of china", "the great wall of China"),
        ("a * b", "a x b"),
        ("5 \\* 4", "5 * 4"),
        ("\\**", "*abc"),
        ("\\\\*", "\\*"),
        ("a\\b", "a\\b"),
        ("*aa*aa", "aaaa"),
        ("*.+?[(", "x.+?[("),  # nothing else is special
        ("a*b", "a\nb"),
    ],
)
def test_a_response_matches(pattern, response):
    assert PLAIN.matches(pattern, response)


@pytest.mark.parametrize(
    ("pattern", "response"),
    [
        ("ou", "où"),
        ("أمل", "امل"),  # hamza changes the letter
        ("Paris", "Pari"),
        ("New York", "NewYork"),
        ("a*a", "a"),
        ("ab*ba", "aba"),
        ("*aa*aa", "aaa"),
        ("a*b*c", "a--c--b"),
        ("a\\*c", "abc"),
        ("a * b", "a b"),
        ("", "x"),
        ("x", ""),
    ],
)
def test_a_response_does_not_match(pattern, response):
    assert not PLAIN.matches(pattern, response)


def test_capitals_count_when_they_are_asked_for():
    strict = Comparison(case=True)
    assert strict.matches("NaCl*", "NaCl (salt)")
    assert not strict.matches("NaCl", "nacl")


def test_vowel_signs_count_when_they_are_asked_for():
    strict = Comparison(vowels=True)
    assert strict.matches("كَتَبَ", "كَتَـبَ")
    assert not strict.matches("كَتَبَ", "كتب")


def test_what_is_too_long_matches_nothing():
    assert PLAIN.matches("*", "a" * MAX_LENGTH)
    assert not PLAIN.matches("*", "a" * (MAX_LENGTH + 1))
    assert not PLAIN.matches("*" * (MAX_LENGTH + 1), "a")


@pytest.mark.parametrize(
    ("pattern", "response"),
    [("a*" * 2_400 + "b", "a" * MAX_LENGTH), ("*a" * 2_400 + "*b*", "ab" * 2_300)],
)
def test_a_pattern_that_would_send_a_regular_expression_round_for_ever_ends(pattern, response):
    assert not PLAIN.matches(pattern, response)


def reference(pattern, text):
    """Every way to let a wildcard take something, tried one by one."""
    if pattern.startswith("\\*"):
        return text.startswith("*") and reference(pattern[2:], text[1:])
    if pattern.startswith("*"):
        return any(reference(pattern[1:], text[start:]) for start in range(len(text) + 1))
    if pattern:
        return text.startswith(pattern[0]) and reference(pattern[1:], text[1:])
    return not text


@given(st.text("ab*\\", max_size=8), st.text("ab*\\", max_size=10))
@example("a*ba", "aba")
@example("\\\\*", "\\*")
def test_matching_agrees_with_trying_everything(pattern, response):
    assert PLAIN.matches(pattern, response) == reference(pattern, response)


@given(st.text(max_size=30))
@example("\ufe71")  # a tatweel that only comes out of NFKC
@example("*")
def test_an_escaped_text_matches_itself(text):
    assert PLAIN.matches(escaped(text), text)
    assert Comparison(case=True, vowels=True).matches(escaped(text), text)


@given(st.text(max_size=30))
def test_what_is_compared_is_already_as_plain_as_can_be(text):
    plain = PLAIN.plain(text)
    assert PLAIN.plain(plain) == plain


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("*wall*", "…wall…"), ("5 \\* 4", "5 * 4"), (" Paris ", "Paris"), ("a**b", "a…b")],
)
def test_a_pattern_is_shown_as_a_model_answer(pattern, text):
    assert shown(pattern) == text


@pytest.mark.parametrize(
    ("language", "pattern", "response", "same"),
    [
        ("tr", "ışık", "IŞIK", True),
        ("tr", "ışık", "İŞİK", False),
        ("tr-TR", "İzmir", "izmir", True),
        ("az", "I\u0307zmir", "izmir", True),
        ("en", "ışık", "IŞIK", False),
        ("de", "Straße", "STRASSE", True),
        ("el", "ΟΔΟΣ", "οδος", True),
        ("el", "οδός", "οδόσ", True),
        ("ar", "سلام", "ســلَام", True),
    ],
)
def test_capitals_are_those_of_the_language(language, pattern, response, same):
    assert Comparison(language=language).matches(pattern, response) is same


def test_where_capitals_count_the_language_changes_nothing():
    assert not Comparison(case=True, language="tr").matches("ışık", "IŞIK")
