"""Values of attributes: what is taken, what is mended, what is told."""

import pytest
from lxml import etree

from scorm.packages.values import (
    count,
    first,
    flag,
    identifier,
    measure,
    number,
    only,
    real,
    vocabulary,
    word,
    word_or_default,
)

WORDS = vocabulary("noOp", "not", "stopForwardTraversal")


@pytest.fixture
def told():
    return []


@pytest.fixture
def tell(told):
    return lambda severity, rule, message, element: told.append((severity, rule, message))


def a(value):
    return etree.Element("x", {} if value is None else {"a": value})


MENDED, WARNED = [("mended", "value-spelling")], [("warning", "value-invalid")]


def rules(told):
    return [found[:2] for found in told]


@pytest.mark.parametrize(
    ("said", "value", "findings"),
    [
        (None, True, []),
        ("", True, []),
        ("true", True, []),
        (" false ", False, []),
        ("1", True, []),
        ("0", False, []),
        ("False", False, MENDED),
        ("TRUE", True, MENDED),
        ("no", False, MENDED),
        ("Yes", True, MENDED),
        ("perhaps", True, WARNED),
    ],
)
def test_a_truth_value(tell, told, said, value, findings):
    assert flag(a(said), "a", True, tell) is value
    assert rules(told) == findings


def test_what_is_not_there_has_its_default(tell, told):
    assert flag(None, "a", True, tell) is True
    assert word(None, "a", WORDS, "not", tell) == "not"
    assert word_or_default(None, "a", WORDS, "not", tell) == "not"
    assert count(None, "a", tell) is None
    assert measure(None, "a", 0.5, tell) == 0.5
    assert measure(a(None), "a", 0.5, tell) == 0.5
    assert only(None, "x", tell) is None
    assert told == []


@pytest.mark.parametrize(
    ("said", "value", "findings"),
    [
        (None, "noOp", []),
        ("", "noOp", []),
        ("not", "not", []),
        (" not\n", "not", []),
        ("NOT", "not", MENDED),
        ("stopforwardtraversal", "stopForwardTraversal", MENDED),
        ("stop-forward_traversal", "stopForwardTraversal", MENDED),
        ("unless", None, []),
        ("!", None, []),
    ],
)
def test_a_word_of_a_vocabulary(tell, told, said, value, findings):
    assert word(a(said), "a", WORDS, "noOp", tell) == value
    assert rules(told) == findings


def test_a_word_of_none_is_told_with_what_is_taken(tell, told):
    assert word_or_default(a("unless"), "a", WORDS, "noOp", tell) == "noOp"
    assert told == [("warning", "value-invalid", "“unless” is no value for a; noOp is taken.")]


@pytest.mark.parametrize(
    ("said", "lowest", "percent", "value", "findings"),
    [
        ("0.5", 0, False, 0.5, []),
        ("1", 0, True, 1.0, []),
        ("-1", -1, False, -1.0, []),
        ("0,5", 0, False, 0.5, MENDED),
        ("50%", 0, True, 0.5, MENDED),
        ("50 %", 0, True, 0.5, MENDED),
        ("0.5%", 0, True, 0.005, MENDED),
        ("62,5", 0, True, 0.625, MENDED),
        ("100", 0, True, 1.0, MENDED),
        ("101", 0, True, None, []),
        ("50%", 0, False, None, []),
        ("-0.1", 0, False, None, []),
        ("1.1", 0, False, None, []),
        ("nan", -1, False, None, []),
        ("inf", -1, True, None, []),
        ("0,5,5", 0, False, None, []),
        ("half", 0, False, None, []),
    ],
)
def test_a_real_number(tell, told, said, lowest, percent, value, findings):
    assert real(said, a(None), tell, lowest, percent) == value
    assert rules(told) == findings


def test_a_number_that_is_none_is_told_with_what_is_taken(tell, told):
    assert number("80", 0.25, a(None), tell) == 0.25
    assert told == [("warning", "value-invalid", "“80” is no number from 0 to 1; 0.25 is taken.")]


@pytest.mark.parametrize("said", ["-1", "1.0", "1e3", "\u0661", "9" * 10])
def test_a_count_that_is_none_is_told_and_left_out(tell, told, said):
    assert count(a(said), "a", tell) is None
    assert rules(told) == WARNED


def test_of_too_many_elements_the_first_are_taken(tell, told):
    elements = [etree.Element("x") for _ in range(5)]
    assert first(elements, 5, "x", tell) == elements
    assert told == []
    assert first(elements, 3, "x", tell) == elements[:3]
    assert told == [
        (
            "warning",
            "sequencing-too-many",
            "“x” is there more than 3 times in one place; the rest is left out.",
        )
    ]


@pytest.mark.parametrize(
    ("said", "value", "findings"),
    [
        (None, None, []),
        (" ", None, []),
        ("a b", "a b", []),
        ("x" * 4000, "x" * 4000, []),
        ("x" * 4001, None, [("warning", "identifier-too-long")]),
    ],
)
def test_an_identifier_is_kept_up_to_the_length_that_the_standard_asks_for(
    tell, told, said, value, findings
):
    assert identifier(a(said), "a", tell) == value
    assert rules(told) == findings
