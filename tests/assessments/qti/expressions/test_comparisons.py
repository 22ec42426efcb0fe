"""Expressions that compare numbers and durations."""

import pytest

from tests.assessments.qti.expressions.operands import assert_said, op
from tests.assessments.qti.writing import NULL, base, real, whole, words

COMPARISONS = [
    (op("lt", whole(1), real("1.5")), True),
    (op("lt", whole(1), NULL), None),
    (op("lte", whole(1), whole(1)), True),
    (op("gt", whole(1), whole(1)), False),
    (op("gte", whole(1), whole(1)), True),
    (op("durationLT", base("duration", 59), base("duration", "PT1M")), True),
    (op("durationGTE", base("duration", 59), base("duration", "PT1M")), False),
    (op("durationGTE", NULL, base("duration", "PT1M")), None),
    (op("equal", whole(1), real("1.0")), True),
    (op("equal", whole(1), NULL), None),
    (op("equal", words("a"), words("a")), True),
    (op("equal", real("1.1"), real("1.2"), toleranceMode="absolute", tolerance="0.1"), True),
    (op("equal", real("0.7"), real("0.8"), toleranceMode="absolute", tolerance="0.1"), True),
    (op("equal", real("1"), real("0.8"), toleranceMode="absolute", tolerance="0.1 1"), False),
    (op("equal", real("1"), real("1.8"), toleranceMode="absolute", tolerance="0.1 1"), True),
    (op("equal", real(-20), real(-18), toleranceMode="relative", tolerance="10"), True),
    (op("equal", real(20), real(23), toleranceMode="relative", tolerance="N 15"), True),
    (
        op(
            "equal",
            real(10),
            real("9.5"),
            toleranceMode="absolute",
            tolerance="0.5",
            includeLowerBound="false",
        ),
        False,
    ),
    (
        op(
            "equal",
            real(10),
            real("10.5"),
            toleranceMode="absolute",
            tolerance="0.5",
            includeUpperBound="false",
        ),
        False,
    ),
    (op("equal", real(1), real(1), toleranceMode="absolute"), None),
    (op("equal", real(1), real(1), toleranceMode="absolute", tolerance="-1"), None),
    (op("equal", real("INF"), real("INF"), toleranceMode="absolute", tolerance="1"), True),
    (op("notEqual", whole(1), whole(2)), True),
    (op("notEqual", whole(1), NULL), None),
    (op("equalRounded", real("3.175"), real("3.183"), figures=3), True),
    (op("equalRounded", real("3.1749"), real("3.183"), figures=3), False),
    (
        op("equalRounded", real("1.68"), real("1.7"), roundingMode="decimalPlaces", figures=1),
        True,
    ),
    (op("equalRounded", real("1.68"), NULL, figures=1), None),
    (op("equalRounded", real("1.68"), real(2), figures=0), None),
]


@pytest.mark.parametrize(("expression", "wanted"), COMPARISONS)
def test_numbers_are_compared_exactly_and_within_tolerances(expression, wanted):
    assert_said(expression, wanted)
