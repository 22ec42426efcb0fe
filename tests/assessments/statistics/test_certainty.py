"""Certainty-based marking: accuracy, average and bonus."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.statistics.certainty import Judgement, analyse_certainty, certainty_mark
from assessments.statistics.figures import SUPPRESSED, Insufficient
from marksheets import attempts


def sure(*answers: tuple[int | None, object], weight: object = 1):
    """One attempt with an answer for each (certainty, share that was right), from each of five
    people, so that nothing is kept back."""
    (one,) = attempts([0] * len(answers))
    one = replace(
        one,
        answers=tuple(
            replace(
                answer,
                certainty=certainty,
                max_mark=Fraction(str(weight)),
                correctness=None if right is None else Fraction(str(right)),
            )
            for answer, (certainty, right) in zip(one.answers, answers, strict=True)
        ),
    )
    return [replace(one, learner=str(who)) for who in range(5)]


@pytest.mark.parametrize(
    ("correctness", "certainty", "mark"),
    [
        (1, 1, 1), (1, 2, 2), (1, 3, 3), (0, 1, 0), (0, 2, -2), (0, 3, -6),
        ("1/2", 3, "3/2"), ("1/10000000", 3, -6), ("1/9999999", 3, "3/9999999"),
    ],
)  # fmt: skip
def test_a_mark_depends_on_certainty(correctness, certainty, mark):
    assert certainty_mark(Fraction(correctness), certainty) == Fraction(mark)


def test_the_bonus_is_a_tenth_of_what_telling_apart_earned():
    # Right when sure and wrong when not: half are right, which one certainty would make 0.5.
    found = analyse_certainty(sure((3, 1), (1, 0)))

    assert found.all.accuracy == 50
    assert found.all.average == 1.5
    assert found.all.bonus == pytest.approx(10)


def test_the_bonus_is_below_nothing_for_who_is_sure_of_what_is_wrong():
    found = analyse_certainty(sure((3, 0), (1, 1)))

    assert found.all.average == -2.5
    assert found.all.bonus == pytest.approx(-30)


def test_no_answer_counts_among_all_questions_only():
    found = analyse_certainty(sure((2, 1), (None, None)))

    assert (found.all.answers, found.all.accuracy, found.all.average) == (10, 50, 1)
    assert (found.answered.answers, found.answered.accuracy, found.answered.average) == (5, 100, 2)


def test_what_is_not_marked_yet_is_left_out():
    found = analyse_certainty(sure((2, 1), (3, None)))

    assert found.all.answers == 5


@pytest.mark.parametrize(
    ("certainty", "right", "judgement"),
    [
        (1, "2/3", Judgement.FITTING),
        (1, "0.67", Judgement.TOO_UNSURE),
        (2, "0.66", Judgement.TOO_SURE),
        (2, "0.7", Judgement.FITTING),
        (2, "0.81", Judgement.TOO_UNSURE),
        (3, "0.79", Judgement.TOO_SURE),
        (3, 1, Judgement.FITTING),
    ],
)
def test_a_certainty_is_judged_by_how_often_it_was_right(certainty, right, judgement):
    found = analyse_certainty(sure((certainty, right)))

    level = found.levels[certainty - 1]
    assert level.judgement is judgement
    assert level.judgement.words
    assert level.figures.accuracy == pytest.approx(float(100 * Fraction(str(right))))


def test_a_certainty_that_nobody_had_is_not_judged():
    unused = analyse_certainty(sure((1, 1))).levels[2]

    assert unused.judgement is Insufficient.TOO_FEW_ATTEMPTS
    assert unused.figures.answers == 0


def test_a_certainty_of_few_people_cannot_be_worked_out():
    one, *others = sure((3, 1), (2, 1), (2, 1))
    one = replace(one, answers=(replace(one.answers[0], certainty=1), *one.answers[1:]))

    found = analyse_certainty([one, *others])

    assert found.answered.answers == 15
    assert [level.figures.answers for level in found.levels] == [SUPPRESSED, 10, SUPPRESSED]
    assert found.levels[0].judgement is SUPPRESSED


def test_few_who_answered_nothing_cannot_be_worked_out():
    one, *others = sure((2, 1))
    silent = replace(one, answers=(replace(one.answers[0], certainty=None, correctness=None),))

    found = analyse_certainty(
        [silent, *others, *(replace(o, learner=f"{o.learner}+") for o in others)]
    )

    assert found.all.answers == 9
    assert found.answered.answers is SUPPRESSED
    assert found.levels[1].figures.answers is SUPPRESSED


def test_a_quiz_of_four_people_shows_nothing():
    found = analyse_certainty(sure((2, 1))[:4])

    assert found.all.answers is SUPPRESSED
    assert found.answered.accuracy is SUPPRESSED
