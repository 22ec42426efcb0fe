"""Expressions of containers, records and places."""

import pytest

from tests.assessments.qti.expressions.operands import AB, ABC, assert_said, box, op, point
from tests.assessments.qti.writing import NULL, name, real, whole, words

CONTAINERS = [
    (box("multiple"), None),
    (box("ordered", name("A"), NULL, AB), ["A", "A", "B"]),
    (box("multiple", whole(1), real(2.5)), [1, 2.5]),
    (op("member", words("A"), box("multiple", name("A"), words("B"))), True),
    (op("containerSize", NULL), 0),
    (op("containerSize", ABC), 3),
    (op("index", AB, n=2), "B"),
    (op("index", AB, n=3), None),
    (op("index", AB, n=0), None),
    (op("index", AB, n="N"), "B"),
    (op("index", AB, whole(1)), "A"),
    (op("index", NULL, n=1), None),
    (op("index", AB), None),
    (op("member", name("A"), ABC), True),
    (op("member", name("D"), ABC), False),
    (op("member", ABC, name("B")), True),
    (op("member", NULL, ABC), None),
    (op("member", name("A"), NULL), None),
    (op("delete", name("B"), AB), ["A"]),
    (op("delete", AB, name("A")), ["B"]),
    (op("delete", name("A"), box("multiple", name("A"), name("A"))), None),
    (op("delete", name("A"), NULL), None),
    (op("delete", name("A"), name("B")), ["B"]),
    (op("contains", ABC, box("multiple", name("C"), name("A"))), True),
    (op("contains", ABC, box("multiple", name("A"), name("A"))), False),
    (op("contains", ABC, name("B")), True),
    (op("contains", box("ordered", name("A"), name("B"), name("C")), AB), True),
    (
        op(
            "contains",
            box("ordered", name("A"), name("B"), name("C")),
            box("ordered", name("A"), name("C")),
        ),
        False,
    ),
    (op("contains", NULL, ABC), None),
    (op("random", box("multiple", name("A"), name("A"))), "A"),
    (op("random", NULL), None),
    (op("repeat", whole(1), whole(2), numberRepeats=2), [1, 2, 1, 2]),
    (op("repeat", NULL, whole(2), numberRepeats=2), [2, 2]),
    (op("repeat", NULL, numberRepeats=2), None),
    (op("repeat", whole(1), numberRepeats=0), None),
    (op("repeat", whole(1), numberRepeats="N"), [1, 1]),
    (op("fieldValue", NULL, fieldIdentifier="x"), None),
    (
        op(
            "fieldValue",
            op("record", op("fieldValue", whole(7), fieldIdentifier="x")),
            fieldIdentifier="x",
        ),
        7,
    ),
    (
        op(
            "fieldValue",
            op("record", op("fieldValue", whole(7), fieldIdentifier="x")),
            fieldIdentifier="y",
        ),
        None,
    ),
    (op("inside", point(5, 5), shape="rect", coords="0,0,10,10"), True),
    (op("inside", point(11, 5), shape="rect", coords="0,0,10,10"), False),
    (op("inside", point(3, 4), shape="circle", coords="0,0,5"), True),
    (op("inside", point(4, 4), shape="circle", coords="0,0,5"), False),
    (op("inside", point(0, 3), shape="ellipse", coords="0,0,6,3"), True),
    (op("inside", point(6, 3), shape="ellipse", coords="0,0,6,3"), False),
    (op("inside", point(2, 1), shape="poly", coords="0,0,4,0,0,4"), True),
    (op("inside", point(2, 2), shape="poly", coords="0,0,4,0,0,4"), True),
    (op("inside", point(3, 3), shape="poly", coords="0,0,4,0,0,4,0,0"), False),
    (op("inside", point(99, 99), shape="default", coords=""), True),
    (
        op("inside", box("multiple", point(99, 9), point(1, 1)), shape="rect", coords="0,0,5,5"),
        True,
    ),
    (op("inside", NULL, shape="rect", coords="0,0,5,5"), None),
    (op("inside", whole(1), shape="rect", coords="0,0,5,5"), None),
]


@pytest.mark.parametrize(("expression", "wanted"), CONTAINERS)
def test_a_container_has_its_members_and_an_empty_one_is_null(expression, wanted):
    assert_said(expression, wanted)
