"""Formulas are drawn as in a textbook, and nothing in them becomes markup."""

import pytest
from lxml import etree

from assessments.formulas import parse, to_mathml
from assessments.numbers import format_of


def drawn(text, form=None):
    markup = to_mathml(parse(text)) if form is None else to_mathml(parse(text), form)
    return str(markup).removeprefix('<math dir="ltr">').removesuffix("</math>")


def read(text):
    """The words of a formula without its elements; fractions and powers are then side by side."""
    return "".join(etree.fromstring(str(to_mathml(parse(text)))).itertext())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5", "<mn>1.5</mn>"),
        ("{x}", "<mi>x</mi>"),
        ("pi()", "<mi>π</mi>"),
        ("e", "<mi>e</mi>"),
        ("-x", "<mrow><mo>−</mo><mi>x</mi></mrow>"),
        ("x / 2", "<mfrac><mi>x</mi><mn>2</mn></mfrac>"),
        ("x ^ 2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("pow(x, 2)", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("exp(x)", "<msup><mi>e</mi><mi>x</mi></msup>"),
        ("sqrt(x)", "<mrow><mo>√</mo><mi>x</mi></mrow>"),
        ("abs(x)", "<mrow><mo>|</mo><mi>x</mi><mo>|</mo></mrow>"),
        (
            "comb(n, k)",
            '<mrow><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>'
            "<mo>)</mo></mrow>",
        ),
        (
            "log(x, 2)",
            "<mrow><msub><mi>log</mi><mn>2</mn></msub><mo>\N{FUNCTION APPLICATION}</mo>"
            "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>",
        ),
    ],
)
def test_a_formula_has_its_elements(text, expected):
    assert drawn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a + b) * c", "(a+b)×c"),
        ("a + b * c", "a+b×c"),
        ("a - (b - c)", "a−(b−c)"),
        ("(a / b) * c", "ab×c"),  # a fraction holds itself together
        ("(a + b) ^ 2", "(a+b)2"),
        ("(a / b) ^ 2", "(ab)2"),
        ("sin(x) ^ 2", "(sin\N{FUNCTION APPLICATION}(x))2"),
        ("abs(x) ^ 2", "|x|2"),
        ("a ^ (b + c)", "ab+c"),
        ("-(a + b)", "−(a+b)"),
        ("-(-a)", "−(−a)"),
        ("-(-a) ^ 2", "−(−a)2"),
        ("a * -b", "a×(−b)"),
        ("a - -b * c", "a−(−b×c)"),
        ("a + (-b + c) * d", "a+(−b+c)×d"),
        ("a + -b / c", "a+−bc"),
        ("a + (-b) ^ 2", "a+(−b)2"),
        ("!-a", "¬(−a)"),
        ("!!a", "¬¬a"),
        ("a < -b", "a<−b"),
        ("-a + b", "−a+b"),
        ("sqrt(a + b)", "√(a+b)"),
        ("sqrt(sqrt(a)) ^ 2", "(√(√a))2"),
        ("fact(n)", "n!"),
        ("fact(n + 1)", "(n+1)!"),
        ("floor(x) + ceil(y)", "⌊x⌋+⌈y⌉"),
        ("max(a, b, c)", "max\N{FUNCTION APPLICATION}(a,b,c)"),
        ("log(x)", "ln\N{FUNCTION APPLICATION}(x)"),
        ("log10(x)", "log10\N{FUNCTION APPLICATION}(x)"),
        ("a <= b && !(c != a)", "a≤b∧¬(c≠a)"),
        ("a % b || a >= b", "amodb∨a≥b"),
        ("a == b ? a : b", "a=b?a:b"),
        ("(a ? b : c) ? a : b", "(a?b:c)?a:b"),
    ],
)
def test_parentheses_stand_where_they_are_needed(text, expected):
    assert read(text) == expected


def test_numbers_are_in_the_format_of_the_reader():
    assert drawn("12345.5", format_of("es")) == "<mn>12.345,5</mn>"


def test_a_name_cannot_become_markup():
    assert drawn("{a&b}") == "<mi>a&amp;b</mi>"
