"""Functions of mathematics, constants and statistics."""

import math

import pytest

from tests.assessments.qti.expressions.operands import NUMBERS, among, box, op
from tests.assessments.qti.writing import NULL, of, real, said, whole, words

MATHEMATICS = [
    ("sin", [math.pi / 2], 1),
    ("cos", [0], 1),
    ("tan", [0], 0),
    ("sec", [0], 1),
    ("csc", [math.pi / 2], 1),
    ("csc", [0], None),
    ("cot", [math.pi / 4], 1),
    ("asin", [1], math.pi / 2),
    ("asin", [2], None),
    ("acos", [1], 0),
    ("atan", [1], math.pi / 4),
    ("atan2", [-1, 0], -math.pi / 2),
    ("asec", [2], math.pi / 3),
    ("asec", [0.5], None),
    ("asec", [0], None),
    ("acsc", [1], math.pi / 2),
    ("acot", [0], math.pi / 2),
    ("acot", [1], math.pi / 4),
    ("sinh", [0], 0),
    ("sinh", [10000], None),
    ("cosh", [0], 1),
    ("tanh", [0], 0),
    ("sech", [0], 1),
    ("csch", [0], None),
    ("coth", [1], 1 / math.tanh(1)),
    ("log", [1000], 3),
    ("log", [0], None),
    ("ln", [math.e], 1),
    ("exp", [1], math.e),
    ("abs", [-2.5], 2.5),
    ("signum", [-3], -1),
    ("signum", ["INF"], 1),
    ("signum", [0], 0),
    ("floor", [-1.5], -2),
    ("floor", ["-INF"], "-INF"),
    ("ceil", [-1.5], -1),
    ("ceil", ["NaN"], None),
    ("toDegrees", [math.pi], 180),
    ("toRadians", [180], math.pi),
]


STATISTICS = [
    ("mean", NUMBERS, 2.5),
    ("sampleVariance", NUMBERS, 5 / 3),
    ("sampleSD", NUMBERS, math.sqrt(5 / 3)),
    ("popVariance", NUMBERS, 1.25),
    ("popSD", NUMBERS, math.sqrt(1.25)),
    ("sampleSD", box("multiple", whole(1)), None),
    ("popSD", box("multiple", whole(1)), 0),
    ("mean", NULL, None),
    ("mean", box("multiple", whole(1), NULL), None),
    ("mean", box("ordered", whole(1), words("x")), None),
    ("mean", box("ordered", real("INF")), None),
    ("mean", of("LIST"), 2),
]


@pytest.mark.parametrize(("function", "numbers", "wanted"), MATHEMATICS)
def test_a_function_of_mathematics_is_null_outside_its_domain(function, numbers, wanted):
    found = said(op("mathOperator", *map(real, numbers), name=function))

    assert found == (pytest.approx(wanted) if isinstance(wanted, int | float) else wanted)


@pytest.mark.parametrize(("statistic", "operand", "wanted"), STATISTICS)
def test_a_statistic_is_null_for_a_null_or_too_few_members(statistic, operand, wanted):
    for expression in (op("statsOperator", operand, name=statistic), op(statistic, operand)):
        found = said(expression, among())

        assert found == (None if wanted is None else pytest.approx(wanted))


def test_constants():
    assert said('<mathConstant name="pi"/>') == math.pi
    assert said('<mathConstant name="e"/>') == math.e
