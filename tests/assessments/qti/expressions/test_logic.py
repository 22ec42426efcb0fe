"""Logic of three values, and whether two values are the same (QTI 2.2, Expressions)."""

import pytest

from tests.assessments.qti.expressions.operands import AB, ABC, assert_said, box, op
from tests.assessments.qti.writing import FALSE, NULL, TRUE, base, name, real, whole, words

LOGIC = [
    (op("isNull", NULL), True),
    (op("isNull", words("")), True),
    (op("isNull", box("multiple")), True),
    (op("isNull", whole(0)), False),
    (op("isNotNull", NULL), False),
    (op("not", TRUE), False),
    (op("not", NULL), None),
    (op("and", TRUE, TRUE), True),
    (op("and", TRUE, NULL), None),
    (op("and", FALSE, NULL), False),
    (op("or", FALSE, FALSE), False),
    (op("or", FALSE, NULL), None),
    (op("or", TRUE, NULL), True),
    (op("xor", TRUE, FALSE), True),
    (op("xor", TRUE, NULL), None),
    # The four answers that the standard gives as examples of anyN.
    (op("anyN", TRUE, TRUE, FALSE, NULL, min=3, max=4), None),
    (op("anyN", TRUE, FALSE, FALSE, NULL, min=3, max=4), False),
    (op("anyN", TRUE, TRUE, TRUE, NULL, min=3, max=4), True),
    (op("anyN", TRUE, TRUE, TRUE, min=0, max=2), False),
    (op("anyN", TRUE, min="nobody", max=2), None),
    (op("match", NULL, TRUE), None),
    (op("match", whole(1), real("1.0")), True),
    (op("match", TRUE, whole(1)), False),
    (op("match", base("pair", "A B"), base("pair", "B A")), True),
    (op("match", base("directedPair", "A B"), base("directedPair", "B A")), False),
    (op("match", base("point", "1 2"), base("point", "1 2")), True),
    (op("match", base("duration", "PT1M"), base("duration", "60")), True),
    (op("match", ABC, box("multiple", name("C"), name("B"), name("A"))), True),
    (op("match", ABC, box("multiple", name("C"), name("B"))), False),
    (op("match", AB, box("ordered", name("B"), name("A"))), False),
    (op("isTypeOf", real(1), words("float")), True),
    (op("isTypeOf", NULL, words("float")), None),
    (op("preCondition", NULL), False),
    (op("templateConstraint", TRUE), True),
]


@pytest.mark.parametrize(("expression", "wanted"), LOGIC)
def test_logic_knows_true_false_and_null(expression, wanted):
    assert_said(expression, wanted)
