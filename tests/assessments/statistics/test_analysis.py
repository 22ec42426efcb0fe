"""What the figures say, where nobody has published them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Response, Which
from assessments.statistics.figures import Insufficient
from marksheets import answering, attempt, attempts

RIGHT, WRONG = (Response("", model, credit=Fraction(model == "A")) for model in "AB")
sheets = st.integers(2, 4).flatmap(
    lambda slots: st.lists(
        st.lists(st.fractions(-1, 3, max_denominator=6), min_size=slots, max_size=slots),
        min_size=2,
        max_size=12,
    )
)


def figures(quiz):
    """Every figure of the quiz and its questions that does not depend on the size of marks."""
    found = [quiz.skewness, quiz.kurtosis, quiz.reliability, quiz.error_ratio]
    for position in quiz.positions:
        group = position.group
        found += [position.intended_weight, position.effective_weight]
        found += [position.reliability_without, group.facility, group.deviation]
        found += [group.discrimination, group.efficiency]
    return found


def near(found):
    return [
        pytest.approx(each, rel=1e-9, abs=1e-9) if isinstance(each, float) else each
        for each in found
    ]


@given(sheets, st.fractions("1/7", 9, max_denominator=7))
def test_no_share_or_correlation_depends_on_how_many_marks_a_right_answer_earns(sheet, factor):
    scaled = [
        replace(
            each,
            answers=tuple(
                replace(answer, mark=answer.mark * factor, max_mark=answer.max_mark * factor)
                for answer in each.answers
            ),
        )
        for each in attempts(*sheet)
    ]

    assert figures(analyse(scaled, fewest=1)) == near(figures(analyse(attempts(*sheet), fewest=1)))


@given(sheets, st.randoms())
def test_no_figure_depends_on_the_order_of_the_attempts(sheet, random):
    mixed = random.sample(sheet, len(sheet))

    assert analyse(attempts(*mixed), fewest=1) == analyse(attempts(*sheet), fewest=1)


@given(sheets)
def test_correlations_and_weights_keep_to_their_limits(sheet):
    quiz = analyse(attempts(*sheet), fewest=1)

    weights = [each.effective_weight for each in quiz.positions]
    numbers = [weight for weight in weights if isinstance(weight, float)]
    assert not numbers or sum(numbers) == pytest.approx(100)
    assert sum(each.intended_weight for each in quiz.positions) == pytest.approx(100)
    assert not isinstance(quiz.reliability, float) or quiz.reliability <= 100
    for position in quiz.positions:
        for figure in (position.group.discrimination,):
            assert isinstance(figure, Insufficient) or -100 <= figure <= 100
        efficiency = position.group.efficiency
        assert isinstance(efficiency, Insufficient) or efficiency <= 100


def test_questions_that_agree_wholly_make_a_wholly_reliable_quiz():
    quiz = analyse(attempts([0, 0], [1, 1], [1, 1], [0, 0]), fewest=1)

    assert quiz.reliability == 100
    assert quiz.error_ratio == 0
    assert quiz.standard_error == 0
    assert quiz.positions[0].group.discrimination == 100


def test_one_attempt_has_marks_and_no_spread():
    quiz = analyse(attempts([1, 0]), fewest=1)
    few = Insufficient.TOO_FEW_ATTEMPTS

    assert (quiz.mean, quiz.median) == (1, 1)
    assert {quiz.deviation, quiz.skewness, quiz.kurtosis, quiz.reliability} == {few}
    assert {position.effective_weight for position in quiz.positions} == {few}
    assert quiz.positions[0].group.facility == 100
    assert quiz.positions[0].group.discrimination is few


@pytest.mark.parametrize(
    ("size", "skewed", "peaked"), [(2, False, False), (3, True, False), (4, True, True)]
)
def test_skewness_takes_three_attempts_and_kurtosis_four(size, skewed, peaked):
    quiz = analyse(attempts(*[[mark] for mark in (0, 1, 1, 1)[:size]]), fewest=1)

    assert isinstance(quiz.skewness, float) is skewed
    assert isinstance(quiz.kurtosis, float) is peaked


def test_where_everybody_has_the_same_mark_there_is_nothing_to_compare():
    quiz = analyse(attempts(*[[1, 1]] * 4), fewest=1)
    same = Insufficient.NO_VARIANCE

    assert {quiz.skewness, quiz.kurtosis, quiz.reliability} == {same}
    assert quiz.deviation == 0
    for position in quiz.positions:
        assert position.effective_weight is same
        assert position.group.discrimination is same
        assert position.group.efficiency is same


def test_a_question_against_the_rest_has_no_effective_weight_and_leaves_it_to_the_others():
    quiz = analyse(attempts([1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1]), fewest=1)

    weights = [position.effective_weight for position in quiz.positions]
    assert weights == [Insufficient.NEGATIVE_COVARIANCE, 50, 50]


def test_a_quiz_of_one_question_has_no_internal_consistency():
    quiz = analyse(attempts([1], [0]), fewest=1)

    assert quiz.reliability is Insufficient.TOO_FEW_QUESTIONS
    assert quiz.positions[0].reliability_without is Insufficient.TOO_FEW_QUESTIONS


def test_an_attempt_that_still_lacks_a_mark_is_left_out_and_counted():
    quiz = analyse(attempts([1, 1], [0, None], [0, 1]), fewest=1)

    assert (quiz.attempts, quiz.unmarked) == (2, 1)
    assert quiz.positions[0].group.facility == 50


def test_an_attempt_without_a_question_that_others_had_is_left_out_too():
    assert analyse(attempts([1, 1], [0]), fewest=1).unmarked == 1


def test_a_question_that_nobody_has_a_mark_for_stays_without_figures():
    quiz = analyse(attempts([1, None], [0, None], [1, None]), fewest=1)
    position = quiz.positions[1]

    assert quiz.attempts == 3
    assert position.group.facility is Insufficient.NO_MARKS
    assert position.group.deviation is Insufficient.NO_MARKS
    assert position.reliability_without is Insufficient.NO_MARKS
    assert quiz.reliability is Insufficient.TOO_FEW_QUESTIONS


def test_a_question_without_marks_shows_what_was_answered():
    agree, differ = Response("", "I agree"), Response("", "I do not agree")

    quiz = analyse(answering(agree, agree, differ, max_mark=Fraction(0)), fewest=1)

    assert quiz.positions[0].intended_weight is Insufficient.NO_MARKS
    assert not quiz.distribution
    assert [
        (choice.model, choice.attempts, choice.right) for choice in quiz.positions[0].group.choices
    ] == [("I agree", 2, None), ("I do not agree", 1, None)]


def test_a_question_without_marks_may_be_missing_from_attempts():
    with_it, without = attempts([1, None], [0])

    quiz = analyse([with_it, without], fewest=1)

    assert quiz.attempts == 2
    assert quiz.positions[1].group.attempts == 1


def test_a_question_that_only_an_attempt_left_out_had_is_left_out_too():
    quiz = analyse(attempts([1, 1], [0, None, None]), fewest=1)

    assert [position.slot for position in quiz.positions] == [1, 2]


def test_a_strong_persons_answer_correlates_with_the_rest():
    rows = attempts([1, 1], [1, 1], [0, 0], [0, 0])
    said = (RIGHT, RIGHT, WRONG, WRONG)
    answered = [
        replace(each, answers=(replace(each.answers[0], responses=(response,)), each.answers[1]))
        for each, response in zip(rows, said, strict=True)
    ]

    right, wrong = analyse(answered, fewest=1).positions[0].group.choices

    assert (right.right, right.share, right.rest_mean, right.correlation) == (True, 50, 1, 100)
    assert (wrong.right, wrong.share, wrong.rest_mean, wrong.correlation) == (False, 50, 0, -100)


def test_a_distractor_that_nobody_chose_is_in_the_table():
    offered = {("item", ""): (RIGHT, WRONG)}

    _right, wrong = (
        analyse(answering(*[RIGHT] * 3), offered=offered, fewest=1).positions[0].group.choices
    )

    assert wrong.attempts == 0
    assert wrong.share == 0
    assert wrong.rest_mean is Insufficient.TOO_FEW_ATTEMPTS
    assert wrong.correlation is Insufficient.NO_VARIANCE


def test_the_same_answer_twice_in_one_attempt_counts_once():
    (one,) = answering(RIGHT)
    twice = replace(one, answers=(replace(one.answers[0], responses=(RIGHT, RIGHT)),))

    assert analyse([twice], fewest=1).positions[0].group.choices[0].attempts == 1


def test_pure_guessing_is_said_where_it_is_the_same_for_all():
    one = answering(RIGHT, RIGHT, guess=Fraction(1, 4))
    other = [replace(each, learner=f"other {each.id}") for each in answering(RIGHT)]

    assert analyse(one, fewest=1).positions[0].group.guess == 25
    assert analyse(other, fewest=1).positions[0].group.guess is Insufficient.NOT_KNOWN
    assert analyse([*one, *other], fewest=1).positions[0].group.guess is Insufficient.NOT_KNOWN


def test_a_random_place_has_no_guess_of_its_own():
    one = answering(RIGHT, item="one", guess=Fraction(1, 2))
    other = answering(RIGHT, item="other", guess=Fraction(1, 2))
    other = [replace(each, learner="other") for each in other]

    group = analyse([*one, *other], fewest=1).positions[0].group

    assert group.item is None
    assert group.guess is Insufficient.NOT_KNOWN
    assert [(each.item, each.guess) for each in group.groups] == [("one", 50), ("other", 50)]


@pytest.mark.parametrize(
    ("which", "mean"), [(Which.FIRST, 1), (Which.LAST, 2), (Which.BEST, 3), (Which.ALL, 2)]
)
def test_the_attempts_that_are_asked_for_count(which, mean):
    sat = [
        attempt("a", [mark], number=number, max_mark=3) for number, mark in ((2, 3), (3, 2), (1, 1))
    ]

    assert analyse(sat, which=which, fewest=1).mean == mean


def test_of_two_best_attempts_the_earlier_counts():
    sat = [attempt("a", [0, 1], number=2), attempt("a", [1, 0], number=1)]

    quiz = analyse(sat, which=Which.BEST, fewest=1)

    assert quiz.positions[0].group.facility == 100


def test_an_attempt_that_is_not_wholly_marked_is_never_the_best():
    sat = [attempt("a", [1, None]), attempt("a", [0, 1], number=2), attempt("b", [None, 1])]

    quiz = analyse(sat, which=Which.BEST, fewest=1)

    assert (quiz.attempts, quiz.mean) == (1, 1)


def test_an_essay_that_nobody_has_marked_yet_does_not_hide_the_other_questions():
    sat = [attempt(name, [mark, None]) for name, mark in (("a", 1), ("b", 0), ("c", 1))]

    quiz = analyse(sat, which=Which.BEST, fewest=1)

    assert (quiz.attempts, quiz.unmarked) == (3, 0)
    assert quiz.positions[0].group.facility == pytest.approx(200 / 3)


def test_the_distribution_holds_every_attempt_in_one_band():
    quiz = analyse(attempts(*([mark] for mark in (-1, 0, "0.1", "0.19", "0.99", 1, 2))), fewest=1)

    bands = [(band.low, band.high, band.attempts) for band in quiz.distribution if band.attempts]
    assert bands == [(0, 10, 2), (10, 20, 2), (90, 100, 3)]
