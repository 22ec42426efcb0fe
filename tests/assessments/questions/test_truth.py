"""True or false."""

from dataclasses import replace
from fractions import Fraction

from tests.assessments.examples import TRUTH

FALSE = replace(TRUTH, right=False)


def test_what_is_true_is_right_and_what_is_not_is_wrong():
    assert TRUTH.mark_response({"answer": ("true",)}, {}).fraction == 1
    assert TRUTH.mark_response({"answer": ("false",)}, {}).fraction == 0
    assert FALSE.mark_response({"answer": ("false",)}, {}).fraction == 1
    assert FALSE.mark_response({"answer": ("true",)}, {}).fraction == 0


def test_each_of_the_two_answers_is_told_something_else():
    said = [TRUTH.mark_response({"answer": (each,)}, {}).parts[0] for each in ("true", "false")]
    assert [part.feedback for part in said] == [TRUTH.when_true, TRUTH.when_false]
    assert [part.response for part in said] == ["True", "False"]


def test_true_always_stands_before_false():
    (control,) = TRUTH.ask({}).for_learner()["controls"]
    assert [option["html"] for option in control["options"]] == ["True", "False"]


def test_the_right_answer_of_a_false_statement_is_false():
    assert FALSE.right_response({}) == {"answer": ("false",)}


def test_who_guesses_is_right_every_other_time():
    assert TRUTH.guess() == Fraction(1, 2)
