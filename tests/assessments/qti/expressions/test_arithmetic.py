"""Expressions that calculate, and which of their results are whole."""

import pytest

from tests.assessments.qti.expressions.operands import NUMBERS, assert_said, op
from tests.assessments.qti.writing import NULL, real, said, whole, words

ARITHMETIC = [
    (op("sum", whole(1), whole(2)), 3),
    (op("sum", whole(1), real(2)), 3.0),
    (op("sum", NUMBERS, whole(1)), 11),
    (op("sum", whole(1), NULL), None),
    (op("sum", whole(1), words("2")), None),
    (op("product", whole(3), NUMBERS), 72),
    (op("product", NULL), None),
    (op("product", whole(2**62), whole(4)), None),
    (op("subtract", whole(1), whole(3)), -2),
    (op("subtract", NULL, whole(3)), None),
    (op("divide", whole(1), whole(4)), 0.25),
    (op("divide", whole(1), whole(0)), None),
    (op("divide", real("INF"), real("INF")), None),
    (op("power", whole(2), whole(-1)), 0.5),
    (op("power", whole(-8), real("0.5")), None),
    (op("power", whole(10), whole(400)), None),
    (op("power", NULL, whole(4)), None),
    (op("integerDivide", whole(-7), whole(2)), -4),
    (op("integerDivide", whole(7), whole(0)), None),
    (op("integerDivide", real("7.5"), whole(2)), None),
    (op("integerModulus", whole(-7), whole(2)), 1),
    (op("integerModulus", whole(7), whole(0)), None),
    (op("integerModulus", NULL, whole(2)), None),
    (op("mod", real("7.5"), whole(2)), 1.5),
    (op("mod", real("7.5"), whole(0)), None),
    (op("truncate", real("-6.8")), -6),
    (op("truncate", real("NaN")), None),
    (op("truncate", real("-INF")), "-INF"),
    (op("truncate", NULL), None),
    (op("round", real("6.5")), 7),
    (op("round", real("-6.5")), -6),
    (op("round", real("6.49")), 6),
    (op("round", real("0.49999999999999994")), 0),
    (op("round", real("INF")), "INF"),
    (op("integerToFloat", whole(3)), 3.0),
    (op("integerToFloat", NULL), None),
    (op("roundTo", real("1.2345"), roundingMode="decimalPlaces", figures=2), 1.23),
    (op("roundTo", real("2.675"), roundingMode="decimalPlaces", figures=2), 2.68),
    (op("roundTo", real("-2.675"), roundingMode="decimalPlaces", figures=2), -2.68),
    (op("roundTo", real("2.4"), roundingMode="decimalPlaces", figures=0), 2.0),
    (op("roundTo", real("1.5"), roundingMode="decimalPlaces", figures=9), 1.5),
    (op("roundTo", whole(1234), roundingMode="significantFigures", figures=2), 1200.0),
    (op("roundTo", whole(1250), roundingMode="significantFigures", figures="N"), 1300.0),
    (op("roundTo", real("0.00999"), roundingMode="significantFigures", figures=2), 0.01),
    (op("roundTo", real("1e300"), roundingMode="decimalPlaces", figures=3), 1e300),
    (op("roundTo", whole(0), roundingMode="significantFigures", figures=2), 0.0),
    (op("roundTo", whole(5), roundingMode="significantFigures", figures=0), None),
    (op("roundTo", whole(5), roundingMode="decimalPlaces", figures=-1), None),
    (op("roundTo", whole(5), figures="nobody"), None),
    (op("roundTo", real("INF"), figures=2), "INF"),
    (op("roundTo", real("NaN"), figures=2), None),
    (op("roundTo", NULL, figures=2), None),
    (op("max", whole(1), whole(3)), 3),
    (op("max", whole(1), real("0.5")), 1.0),
    (op("max", real("NaN"), whole(1)), None),
    (op("min", NUMBERS), 1),
    (op("min", NUMBERS, words("x")), None),
    (op("gcd", whole(8), whole(12), whole(20)), 4),
    (op("gcd", whole(0), whole(0)), 0),
    (op("gcd", whole(-8), whole(12)), 4),
    (op("gcd", op("divide", whole(16), whole(2)), whole(12)), 4),
    (op("gcd", real(8.5), whole(12)), None),
    (op("lcm", whole(4), whole(6)), 12),
    (op("lcm", whole(4), whole(0)), 0),
    (op("lcm", NULL, whole(6)), None),
]


@pytest.mark.parametrize(("expression", "wanted"), ARITHMETIC)
def test_arithmetic_is_null_where_it_has_no_result(expression, wanted):
    assert_said(expression, wanted)


@pytest.mark.parametrize(
    ("expression", "whole_number"),
    [
        (op("sum", whole(1), whole(2)), True),
        (op("sum", whole(1), real(2)), False),
        (op("divide", whole(4), whole(2)), False),
        (op("power", whole(4), whole(2)), False),
        (op("round", real("1.2")), True),
        (op("roundTo", whole(3), figures=1), False),
        (op("integerToFloat", whole(3)), False),
        (op("mathOperator", real("1.2"), name="floor"), True),
        (op("mathOperator", real("1.2"), name="abs"), False),
        (op("max", whole(3), whole(4)), True),
        (op("max", whole(3), real(4)), False),
    ],
)
def test_a_result_is_whole_where_the_standard_has_an_integer(expression, whole_number):
    assert isinstance(said(expression), int if whole_number else float)
