"""Numbers of chance in expressions."""

import pytest

from tests.assessments.qti.expressions.operands import among, op
from tests.assessments.qti.writing import declare, said, scope


def test_random_numbers_lie_where_they_are_asked_for():
    known = scope(declare("template", "N", "integer"), {"N": 11})

    drawn = {said(op("randomInteger", min=2, max="N", step=3), known) for _ in range(100)}
    floats = [said(op("randomFloat", min="-0.5", max=1), known) for _ in range(100)]

    assert drawn == {2, 5, 8, 11}
    assert all(-0.5 <= found < 1 for found in floats)
    assert len(set(floats)) > 90


@pytest.mark.parametrize(
    "expression",
    [
        op("randomInteger", min=2, max=1),
        op("randomInteger", min=2, max="nobody"),
        op("randomInteger", min="1.5", max=3),
        op("randomInteger", min=1, max=3, step=0),
        op("randomFloat", min=2, max=1),
        op("randomFloat", min="nobody", max=1),
        op("randomInteger", min="LIST", max=3),
    ],
)
def test_a_range_without_numbers_gives_null(expression):
    assert said(expression, among()) is None
