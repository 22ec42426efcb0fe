import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.cmi.interactions import PATTERNS, is_pattern, is_response, pattern_mark
from scorm.cmi.tables import table

TABLE = table("2004")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", ["true", "false"], ["", "True", "1", "t"]),
        ("choice", ["", "a", "a[,]b"], ["a[,]a", "[,]", "a[,]", "[,]a", "a b", "{x=y}a"]),
        (
            "fill-in",
            [
                "",
                "[,]",
                "a",
                "{case_matters=true}{order_matters=false}a[,]b",
                "{order_matters=false}{case_matters=true}a",
                "{lang=eng}{case_matters=invalid}a",
                "{lang=fr}a[,]{lang=en}b",
                "{unknown=1}a",
            ],
            ["{case_matters=invalid}a", "{order_matters=}a", "{lang=}a", "a[,]{lang=sp}b"],
        ),
        (
            "long-fill-in",
            ["", " ", "{lang=en}{case_matters=true}a", "{case_matters=true}{lang=en}a", "a[,]b"],
            ["{case_matters=x}a", "{lang=frl}a", "{case_matters=true}{lang=}a"],
        ),
        ("likert", ["a", "likert_1"], ["", "a b", "a[,]b"]),
        (
            "matching",
            ["a[.]b", "a[.]b[,]c[.]d"],
            ["", "a", "a[.]", "[.]b", "a[.]b[.]c", "a[.]b[,]", "a[.]b c"],
        ),
        (
            "performance",
            [
                "a[.]b",
                "a[.]",
                "[.]b",
                "[.]any text at all",
                "{order_matters=false}a[.]b[,]c[.]",
                "a[.]1[:]2",
                "a[.][:]2",
                "a[.]1[:]",
                "a[.][:]",
                "a[.]{lang=nonsense}",
            ],
            [
                "",
                "[.]",
                "a",
                "a[.]b[.]c",
                "a b[.]c",
                "{order_matters=x}a[.]b",
                "a[.]2[:]1",
                "a[.]1[:]x",
                "{case_matters=true}a[.]b",
                "a[.]b[,]",
            ],
        ),
        ("sequencing", ["a", "a[,]a[,]b"], ["", "[,]", "a[,]"]),
        (
            "numeric",
            ["1[:]2", "[:]", "[:]2", "1[:]", "1[:]1.0", "-2[:]-1"],
            ["", "1", "2[:]1", "1[:]2[:]3", "a[:]b", "1,0[:]2"],
        ),
        ("other", ["", "{anything=goes}[,][.][:]"], []),
    ],
)
def test_a_pattern_has_the_grammar_of_its_type(kind, good, bad):
    assert [value for value in good if not is_pattern(TABLE, kind, value)] == []
    assert [value for value in bad if is_pattern(TABLE, kind, value)] == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", ["true", "false"], ["", "t"]),
        ("choice", ["", "a[,]b"], ["a[,]a"]),
        ("fill-in", ["", "a[,]b", "{case_matters=invalid}a", "{lang=fr}a"], ["{lang=}a"]),
        ("long-fill-in", ["", "{case_matters=invalid}a"], ["{lang=sp}a"]),
        ("likert", ["a"], [""]),
        ("matching", ["", "a[.]b"], ["a", "a[.]"]),
        ("performance", ["a[.]2[:]1", "[.]1.5", "a[.]"], ["{order_matters=true}a[.]b", "[.]", ""]),
        ("sequencing", ["a[,]a"], [""]),
        ("numeric", ["1", "-1.5"], ["1[:]2", "", "a"]),
        ("other", ["", "x"], []),
    ],
)
def test_a_response_has_the_grammar_of_its_type(kind, good, bad):
    assert [value for value in good if not is_response(TABLE, kind, value)] == []
    assert [value for value in bad if is_response(TABLE, kind, value)] == []


def test_choices_are_sets_and_sequences_are_lists():
    choice, sequencing = pattern_mark(TABLE, "choice"), pattern_mark(TABLE, "sequencing")
    assert choice("a[,]b") == choice("b[,]a")
    assert choice("a[,]b") != choice("a")
    assert sequencing("a[,]b") == sequencing("a[,]b")
    assert sequencing("a[,]b") != sequencing("b[,]a")
    assert pattern_mark(TABLE, "fill-in") is None


@given(st.sampled_from(sorted(PATTERNS)), st.text("a1{}=[,].:eng_"))
def test_any_text_is_judged_without_trouble(kind, value):
    assert is_pattern(TABLE, kind, value) in (True, False)
    assert is_response(TABLE, kind, value) in (True, False)
