"""Description: nothing to answer, nothing to mark."""

from dataclasses import replace
from fractions import Fraction

from tests.assessments.examples import DESCRIPTION


def test_a_text_is_shown_and_nothing_is_asked():
    asked = DESCRIPTION.ask({})
    assert (asked.body, asked.controls) == (DESCRIPTION.body, ())
    assert DESCRIPTION.mark_response({}, {}).fraction is None
    assert DESCRIPTION.right_response({}) is None
    assert DESCRIPTION.guess() is None


def test_what_is_not_answered_needs_no_mark():
    assert replace(DESCRIPTION, mark=Fraction(0)).problems() == []
