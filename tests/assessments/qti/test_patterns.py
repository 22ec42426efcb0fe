"""Patterns are those of XML Schema, and none can hold up a server."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessments.qti.patterns import LONGEST_PATTERN, LONGEST_TEXT, PatternRefused, matches

MATCHES = [
    ("", ""),
    ("a", "a"),
    ("a|bc", "bc"),
    ("(a|b)*c", "ababc"),
    ("a?b+c*", "bb"),
    ("a{2}", "aa"),
    ("a{2,}", "aaaa"),
    ("a{0,2}", ""),
    ("a{1,3}b", "aaab"),
    ("(a{1,2}){2}", "aaa"),
    ("[abc]", "b"),
    ("[a-c]", "b"),
    ("[^a-c]", "d"),
    ("[a-z-[aeiou]]+", "xyz"),
    ("[a-]", "-"),
    ("[-a]", "-"),
    ("[^-a]", "b"),
    ("[+--]", ","),
    (r"[\]\[]", "["),
    (r"[\n-\r]", "\n"),
    (r"[!-\]]", "A"),
    (r"[\d.]+", "3.14"),
    (r"[\w-[\d]]+", "abc"),
    (r"\.", "."),
    (r"\$5", "$5"),
    (r"5$", "5$"),
    (r"a\-b", "a-b"),
    (r"\d{4}-\d\d", "2026-11"),
    (r"\s\S", " x"),
    (r"\i\c*", "name-1"),
    (r"\I", "1"),
    (r"\C", " "),
    (r"\D\W", "x!"),
    (r"\p{Lu}\p{L}\P{L}", "Aa1"),
    (r"\p{IsGreek}+", "αβγ"),
    (r"\p{IsTamil}\p{IsSinhala}\p{IsKhmer}\p{IsMyanmar}", "அඅកမ"),
    (r"\p{IsSpacingModifierLetters}\P{IsSyriac}", "ʰa"),
    (r"\P{IsBasicLatin}", "é"),
    (".", "x"),
    ("^abc$", "abc"),
    ("^abc", "abc"),
    (r"^5\$", "5$"),
    ("日本", "日本"),
    ("-?", "-"),
    ("a(b(c|d)e)?", "abde"),
]

MISSES = [
    ("", "a"),
    ("a", "ba"),
    ("a", "ab"),
    ("a{2}", "aaa"),
    ("a{2,3}", "aaaa"),
    ("[a-z-[aeiou]]", "e"),
    ("[^a-z-[0-9]]", "5"),
    (".", "\n"),
    ("abc$", "abc"),
    (r"\d", "x"),
    (r"\w", "-"),
    (r"\p{Lu}", "a"),
    ("A", "a"),
]

REFUSED = [
    "(",
    ")",
    "a)",
    "(a",
    "[",
    "[]",
    "[a",
    "[b-a]",
    "[a[b]]",
    "[a-[b]c]",
    "*",
    "a**",
    "{2}",
    "}",
    "]",
    "a{",
    "a{x}",
    "a{1,x}",
    "a{3,2}",
    "a{,2}",
    "a{999999}",
    "\\",
    r"\q",
    r"\b",
    r"\p",
    r"\p{L",
    r"\p{Xx}",
    r"\p{IsKlingon}",
    r"(?:a)",
    "(" * 41 + ")" * 41,
    "[a-" * 50,
    "a" * (LONGEST_PATTERN + 1),
    "((a{99}){99}){99}",
    "((){99999}){99999}",
]


@pytest.mark.parametrize(("pattern", "text"), MATCHES)
def test_a_pattern_matches_a_whole_text(pattern, text):
    assert matches(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), MISSES)
def test_a_pattern_does_not_match_a_part_or_something_else(pattern, text):
    assert not matches(pattern, text)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_no_pattern_of_xml_schema_or_too_large_is_refused(pattern):
    with pytest.raises(PatternRefused):
        matches(pattern, "a")


@pytest.mark.parametrize(("pattern", "text"), [("[a-c]X", "Bx"), ("straße", "STRAßE"), ("É", "é")])
def test_case_is_not_minded_when_asked(pattern, text):
    assert matches(pattern, text, case_sensitive=False)
    assert not matches(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+b", "a" * LONGEST_TEXT),
        ("(a|a)*b", "a" * LONGEST_TEXT),
        ("(a|aa)+", "a" * (LONGEST_TEXT - 1) + "b"),
        ("(.*)(.*)(.*)(.*)x", "y" * LONGEST_TEXT),
    ],
)
def test_a_pattern_that_makes_others_try_for_years_is_answered(pattern, text):
    assert not matches(pattern, text)


def test_too_much_work_is_refused():
    varied = "".join(chr(0x4E00 + place) for place in range(2000))

    with pytest.raises(PatternRefused):
        matches("(.?){900}", varied)


def test_a_text_without_an_end_is_refused():
    with pytest.raises(PatternRefused):
        matches("a*", "a" * (LONGEST_TEXT + 1))


@some.composite
def patterns(draw, depth=3):
    if depth == 0:
        return draw(some.sampled_from(["a", "b", ".", "[ab]", "[^a]"]))
    inner = patterns(depth=depth - 1)
    return draw(
        some.one_of(
            inner,
            some.tuples(inner, inner).map("".join),
            some.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
            some.tuples(inner, some.sampled_from("?*+")).map(lambda two: f"({two[0]}){two[1]}"),
            some.tuples(inner, some.sampled_from(["{2}", "{0,2}", "{1,}"])).map(
                lambda two: f"({two[0]}){two[1]}"
            ),
        )
    )


@given(patterns(), some.text("abc", max_size=8))
def test_where_xml_schema_and_python_agree_so_do_the_answers(pattern, text):
    assert matches(pattern, text) is bool(re.fullmatch(pattern, text))
