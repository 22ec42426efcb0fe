"""Formulas are read as Moodle writes them, or refused with the place and words for an author."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.formulas import (
    FUNCTIONS,
    Binary,
    Call,
    Conditional,
    FormulaRefused,
    Number,
    Unary,
    Variable,
    parse,
    to_text,
    variables,
)
from assessments.formulas.parsing import MAX_LENGTH, MAX_NESTING, MAX_TOKENS
from assessments.formulas.tree import BINDING, COMPARISONS

A, B, C = Variable("a"), Variable("b"), Variable("c")

names = st.from_regex(r"[^\W\d_][^\s<>{}\"'`]{0,8}", fullmatch=True)
leaves = st.one_of(
    st.builds(
        Number,
        st.decimals(min_value=0, max_value="1e30", allow_nan=False, places=5).map(
            lambda value: value.copy_abs()
        ),
    ),
    st.builds(Variable, names),
)


def grown(trees):
    calls = st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: st.builds(
            Call,
            st.just(name),
            st.lists(
                trees,
                min_size=FUNCTIONS[name].least,
                max_size=3 if FUNCTIONS[name].most is None else FUNCTIONS[name].most,
            ).map(tuple),
        )
    )
    return st.one_of(
        st.builds(Unary, st.sampled_from("-!"), trees),
        st.builds(Binary, st.sampled_from(sorted(BINDING)), trees, trees),
        st.builds(Conditional, trees, trees, trees),
        calls,
    )


trees = st.recursive(leaves, grown, max_leaves=20)


@given(trees)
def test_a_tree_that_is_written_and_read_again_is_the_same(tree):
    assert parse(to_text(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "({a} + 1.50) * -{b} ** 2",
        "!({a} == 2) && {a} - ({b} - 1) < 3",
        "({a} ? 1 : 2) ? {b} : {c} ? 3 : 4",
        "max({a}, pi(), 1E+30)",
    ],
)
def test_a_formula_is_written_in_one_way(text):
    assert to_text(parse(text)) == text


@given(trees)
def test_a_tree_that_is_written_has_no_parentheses_to_spare(tree):
    text = to_text(tree)
    for index, mark in enumerate(text):
        if mark == "(" and (index == 0 or not text[index - 1].isalnum()):
            without = _without_pair(text, index)
            with suppress(FormulaRefused):
                assert parse(without) != tree


def _without_pair(text, index):
    depth = 0
    for end in range(index, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            break
    return text[:index] + text[index + 1 : end] + text[end + 1 :]


@given(st.text(max_size=60) | st.text("0123456789.eabc{}()+-*/^<>=!&|?:, ", max_size=60))
@example("{" * 50)
@example("1e" + "9" * 1000)
def test_any_text_is_read_or_refused_at_a_place_in_it(text):
    refusal = None
    try:
        parse(text)
    except FormulaRefused as refused:
        refusal = refused
    assert refusal is None or (0 <= refusal.position <= len(text) and str(refusal).endswith("."))


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a % b * c", "(a % b) * c"),
        ("a ** b ** c", "a ** (b ** c)"),
        ("a ^ b ^ c", "a ** (b ** c)"),
        ("-a ** b", "-(a ** b)"),
        ("a ** -b", "a ** (-b)"),
        ("-a * b", "(-a) * b"),
        ("!a == b", "(!a) == b"),
        ("a < b == c", "(a < b) == c"),
        ("a + b < c", "(a + b) < c"),
        ("a && b || c", "(a && b) || c"),
        ("a || b && c", "a || (b && c)"),
        ("a < b && b < c", "(a < b) && (b < c)"),
        ("a ? b : c ? a : b", "a ? b : (c ? a : b)"),
        ("a ? b ? a : b : c", "a ? (b ? a : b) : c"),
        ("a || b ? c : a", "(a || b) ? c : a"),
        ("+a", "a"),
        ("a <> b", "a != b"),
        ("a − b × c ÷ a · b", "a - b * c / a * b"),
        ("a ≤ b && b ≥ c && a ≠ c", "a <= b && b >= c && a != c"),
        ("{a}*{ b}".replace(" ", ""), "a * b"),
        ("SIN(a)", "sin(a)"),
        ("pi", "pi()"),
        ("e ^ a", "e() ** a"),
        (".5 + 5.", "0.5 + 5"),
        ("1.5E+3", "1500"),
    ],
)
def test_operators_bind_as_in_php(text, same_as):
    assert parse(text) == parse(same_as)


def test_a_name_in_braces_is_a_variable_whatever_it_is_called():
    assert parse("{pi} + {e} + {sin}") == parse("{pi}+{e}+{sin}")
    assert variables(parse("{pi} + {e} + sin({x.1-é}) + π")) == {"pi", "e", "x.1-é", "π"}


def test_every_node_knows_where_it_began():
    tree = parse("a + max(b, 2)")
    assert (tree.position, tree.left.position, tree.right.position) == (2, 0, 4)
    assert tree.right.arguments[1].position == 11


def test_variables_are_found_in_every_kind_of_node():
    assert variables(parse("!{a} ? -{b} : max({c}, {d} + 1)")) == {"a", "b", "c", "d"}
    assert variables(parse("1 + pi()")) == frozenset()


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "is missing"),
        ("   ", 3, "is missing"),
        ("1 +", 3, "is missing"),
        ("* 2", 0, "is missing before *"),
        ("max(1, 2,)", 9, "is missing before )"),
        ("2 a", 2, "Write * to multiply"),
        ("{a}{b}", 3, "Write * to multiply"),
        ("2(3)", 1, "Write * to multiply"),
        ("1,5", 1, "as in 1.5"),
        ("(1,5)", 2, "as in 1.5"),
        ("(1 + 2", 0, "no ) for this ("),
        ("sin(1", 3, "no ) for this ("),
        ("1)", 1, "no ( for this )"),
        ("sin(1 2)", 6, "Write * to multiply"),
        ("a = 1", 2, "Write =="),
        ("{a b}", 0, "no space in it"),
        ("a}", 1, "Braces"),
        ("a & b", 2, "& has no meaning"),
        ("a ~ b", 2, "~ has no meaning"),
        ("1 # 2", 2, "# has no meaning"),
        ('"a"', 0, "has no meaning"),
        ("$a", 0, "$ has no meaning"),
        ("a < b < c", 6, "two values at a time"),
        ("a == b != c", 7, "two values at a time"),
        ("a ? b", 2, "no : for"),
        ("eval(1)", 0, "no function eval"),
        ("system('ls')", 7, "has no meaning"),
        ("__import__(1)", 0, "no function __import__"),
        ("pi(1)", 0, "this many values: 0. Here it has: 1"),
        ("abs()", 0, "this many values: 1. Here it has: 0"),
        ("max(1)", 0, "at least this many values: 2. Here it has: 1"),
        ("log(64, 2, 3)", 0, "1 to 2 values. Here it has: 3"),
        ("1e400", 0, "too large or too small"),
        ("1e-400", 0, "too large or too small"),
    ],
)
def test_what_is_no_formula_is_refused_where_it_goes_wrong(text, position, words):
    with pytest.raises(FormulaRefused) as refused:
        parse(text)
    assert words in str(refused.value)
    assert refused.value.position == position


def test_zero_may_have_any_power_of_ten():
    assert parse("0e999") == Number(0)


def test_the_names_of_all_functions_of_moodle_are_known():
    moodle = (
        "abs acos acosh asin asinh atan atan2 atanh bindec ceil cos cosh decbin decoct deg2rad exp "
        "expm1 floor fmod is_finite is_infinite is_nan log log10 log1p max min octdec pi pow "
        "rad2deg round sin sinh sqrt tan tanh"
    )
    assert FUNCTIONS.keys() >= set(moodle.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1" * (MAX_LENGTH + 1), "longer than 2000"),
        ("+".join(["1"] * MAX_TOKENS), "more than 400"),
        ("(" * MAX_NESTING + "1" + ")" * MAX_NESTING, "too many parentheses"),
        ("-" * (MAX_NESTING + 1) + "1", "too many parentheses"),
        ("2" + "^2" * MAX_NESTING, "too many parentheses"),
        ("a?b:" * 99 + "a", "too many parentheses"),
    ],
)
def test_a_formula_is_bounded_in_length_and_depth(text, words):
    with pytest.raises(FormulaRefused, match=words):
        parse(text)


def test_comparisons_are_known_to_bind_alike():
    assert {BINDING[sign] for sign in COMPARISONS} == {3, 4}
