"""Expressions of texts."""

import pytest

from tests.assessments.qti.expressions.operands import ABC, assert_said, op
from tests.assessments.qti.writing import NULL, whole, words

STRINGS = [
    (op("stringMatch", words("Kuh"), words("kuh"), caseSensitive="true"), False),
    (op("stringMatch", words("Kuh"), words("kuh"), caseSensitive="false"), True),
    (op("stringMatch", words("STRASSE"), words("straße"), caseSensitive="false"), True),
    (op("stringMatch", words("a cow"), words("cow"), caseSensitive="true"), False),
    (
        op("stringMatch", words("a cow"), words("cow"), caseSensitive="true", substring="true"),
        True,
    ),
    (op("stringMatch", words("a"), NULL, caseSensitive="true"), None),
    (op("stringMatch", words("a"), ABC, caseSensitive="true"), None),
    (op("stringMatch", whole(42), words("42"), caseSensitive="true"), True),
    (op("substring", words("Hell"), words("Shell"), caseSensitive="false"), True),
    (op("substring", words("Hell"), words("Shell"), caseSensitive="true"), False),
    (op("substring", NULL, words("Shell"), caseSensitive="true"), None),
    (op("substring", words("Shell"), whole(2)), "hell"),
    (op("substring", words("Shell"), whole(2), whole(3)), "hel"),
    (op("substring", words("Shell"), whole(0), whole(3)), None),
    (op("substring", NULL, whole(1), whole(3)), None),
    (op("patternMatch", words("2026"), pattern="[0-9]{4}"), True),
    (op("patternMatch", words("x2026"), pattern="[0-9]{4}"), False),
    (op("patternMatch", NULL, pattern="[0-9]{4}"), None),
    (op("patternMatch", words("a")), None),
    (op("patternMatch", words("a"), pattern="("), None),
    (op("patternMatch", words("cow"), pattern="{WORD}"), True),
    (op("patternMatch", words("cow"), pattern="WORD"), False),
    (op("patternMatch", words("COW"), words("c.w"), caseSensitive="false"), True),
]


@pytest.mark.parametrize(("expression", "wanted"), STRINGS)
def test_texts_are_compared_cut_and_matched_to_patterns(expression, wanted):
    assert_said(expression, wanted)
