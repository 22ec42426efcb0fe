"""What a rule asks for, and what of it somebody lacks."""

from datetime import date

import pytest

from certificates.rules import Facts, plain, unmet

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("condition", "meets", "lacks"),
    [
        (("completed",), Facts(completed=True), Facts(passed=True)),
        (("passed",), Facts(passed=True), Facts(completed=True)),
        (("score", 80), Facts(score=80), Facts(score=79)),
        (("score", 80), Facts(score=100), Facts()),
        (("lessons", ("a", "b")), Facts(lessons=frozenset("abc")), Facts(lessons=frozenset("a"))),
        (("minutes", 60), Facts(minutes=60), Facts(minutes=59)),
        (("between", "2026-06-30", "2026-12-31"), Facts(day=DAY), Facts()),
        (("between", "2026-01-01", "2026-06-30"), Facts(day=DAY), Facts(day=date(2026, 7, 1))),
        (("between", "2026-07-01", "2026-12-31"), Facts(day=date(2026, 7, 1)), Facts(day=DAY)),
        (("attended", 75), Facts(attended=75), Facts(attended=74)),
        (("attended", 0), Facts(attended=0), Facts()),
        (("courses", ("a", "b")), Facts(courses=frozenset("ab")), Facts(courses=frozenset("b"))),
    ],
)
def test_a_condition_is_met_from_its_figure_on(condition, meets, lacks):
    assert unmet((condition,), meets) == ()
    assert unmet((condition,), lacks) == (condition,)


def test_what_is_lacking_is_told_in_the_order_of_the_rule():
    rule = (("completed",), ("score", 80), ("minutes", 60))
    assert unmet(rule, Facts(score=90)) == (("completed",), ("minutes", 60))


def test_a_rule_is_remembered_as_lists():
    rule = (("completed",), ("lessons", ("a", "b")), ("score", 80))
    assert plain(rule) == [["completed"], ["lessons", ["a", "b"]], ["score", 80]]
