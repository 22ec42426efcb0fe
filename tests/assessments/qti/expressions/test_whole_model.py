"""Every expression of the information model is there, and others are refused."""

import pytest

from assessments.qti.expressions import EXPRESSIONS
from assessments.qti.refusals import RuleRejected
from tests.assessments.qti.expressions.operands import NUMBERS, op
from tests.assessments.qti.writing import NULL, TRUE, base, real, said, whole


@pytest.mark.parametrize(
    "expression",
    [
        "<unheardOf/>",
        "<not/>",
        op("not", TRUE, TRUE),
        op("match", TRUE),
        op("mathOperator", real(1), name="sine"),
        op("mathConstant", name="phi"),
        op("statsOperator", NUMBERS, name="median"),
        op("statsOperator", name="mean"),
        op("inside", base("point", "1 1"), shape="star", coords="1,2,3"),
        op("inside", base("point", "1 1"), shape="rect", coords="1,2,3"),
        op("inside", base("point", "1 1"), shape="poly", coords="1,2,3,4,5"),
        op("preCondition"),
        op("lookupTable", whole(1)),
        op("lookupTable", whole(1), '<matchTable><matchTableEntry sourceValue="x"/></matchTable>'),
        op("repeat", whole(1), numberRepeats=2001),
        op("repeat", NULL, op("repeat", whole(1), numberRepeats=2000), numberRepeats=2),
        op(
            "multiple",
            op("repeat", whole(1), numberRepeats=2000),
            op("repeat", whole(1), numberRepeats=2000),
        ),
        "<testVariables variableIdentifier='SCORE'/>",
        "<outcomeMaximum outcomeIdentifier='SCORE'/>",
        "<numberCorrect/>",
    ],
)
def test_an_expression_that_cannot_be_evaluated_is_rejected(expression):
    with pytest.raises(RuleRejected) as rejected:
        said(expression)

    assert rejected.value.finding.rejected
    assert rejected.value.finding.line == 1


def test_no_expression_of_the_information_model_is_missing():
    model = [
        "and",
        "anyN",
        "baseValue",
        "contains",
        "containerSize",
        "correct",
        "customOperator",
        "default",
        "delete",
        "divide",
        "durationGTE",
        "durationLT",
        "equal",
        "equalRounded",
        "fieldValue",
        "gcd",
        "gt",
        "gte",
        "index",
        "inside",
        "integerDivide",
        "integerModulus",
        "integerToFloat",
        "isNull",
        "lcm",
        "lt",
        "lte",
        "mapResponse",
        "mapResponsePoint",
        "match",
        "mathConstant",
        "mathOperator",
        "max",
        "member",
        "min",
        "multiple",
        "not",
        "null",
        "numberCorrect",
        "numberIncorrect",
        "numberPresented",
        "numberResponded",
        "numberSelected",
        "or",
        "ordered",
        "outcomeMaximum",
        "outcomeMinimum",
        "patternMatch",
        "power",
        "product",
        "random",
        "randomFloat",
        "randomInteger",
        "repeat",
        "round",
        "roundTo",
        "statsOperator",
        "stringMatch",
        "substring",
        "subtract",
        "sum",
        "testVariables",
        "truncate",
        "variable",
    ]

    assert set(model) <= set(EXPRESSIONS)
