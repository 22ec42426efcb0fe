"""Pre-test and post-test of the same people."""

import pytest

from assessments.statistics.figures import SUPPRESSED, Insufficient
from assessments.statistics.gain import paired_gain
from marksheets import attempt, attempts


def test_only_people_who_sat_both_are_compared():
    before = attempts(*[[0, 0]] * 6)
    after = attempts(*[[1, 0]] * 5)

    gain = paired_gain(before, after)

    assert gain.pairs == 5
    assert (gain.median_before, gain.median_after, gain.median_gain) == (0, 50, 50)


def test_the_gain_is_the_median_of_each_persons_own():
    before = attempts(*[[mark] for mark in ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6")])
    after = attempts(*[[mark] for mark in ("0.6", "0.5", "0.4", "0.3", "0.9", "1")])

    gain = paired_gain(before, after)

    assert gain.median_before == pytest.approx(35)
    assert gain.median_after == pytest.approx(55)
    assert gain.median_gain == pytest.approx(35)  # between 30 and 40


def test_first_attempts_before_are_set_against_last_ones_after():
    before = [
        attempt(who, [mark], number=number) for who in range(5) for number, mark in ((1, 0), (2, 1))
    ]
    after = [
        attempt(who, [mark], number=number) for who in range(5) for number, mark in ((1, 0), (2, 1))
    ]

    assert paired_gain(before, after).median_gain == 100


def test_only_linked_questions_are_compared():
    before = attempts(*[[0, 1, 0]] * 5)
    after = attempts(*[[1, 1]] * 5)

    gain = paired_gain(before, after, links={"item 1": "item 2", "item 3": "not asked"})

    assert gain.median_gain == 100
    assert [(item.before, item.after, item.gain) for item in gain.items] == [
        ("item 1", "item 2", 100)
    ]


def test_a_question_without_a_mark_yet_is_not_compared():
    gain = paired_gain(attempts(*[[0, None]] * 5), attempts(*[[1, 0]] * 5))

    assert [item.before for item in gain.items] == ["item 1"]


@pytest.mark.parametrize(
    ("masters", "of", "share"),
    [(5, 10, 50), (10, 10, 100), (0, 10, 0), (4, 10, SUPPRESSED), (6, 10, SUPPRESSED)],
)
def test_eighty_percent_is_mastery_and_few_masters_or_others_are_kept_back(masters, of, share):
    after = attempts(*[["0.8"]] * masters, *[["0.79"]] * (of - masters))

    assert paired_gain(attempts(*[[0]] * of), after).mastery_after == share


def test_four_people_show_no_gain():
    gain = paired_gain(attempts(*[[0]] * 4), attempts(*[[1]] * 4))

    assert {gain.pairs, gain.median_gain, gain.mastery_after} == {SUPPRESSED}


def test_a_question_that_four_people_met_twice_shows_no_gain():
    before = [*attempts(*[[0, 0]] * 4), *(attempt(who, [0]) for who in "abc")]
    after = [*attempts(*[[1, 1]] * 4), *(attempt(who, [1]) for who in "abc")]

    first, second = paired_gain(before, after).items

    assert (first.pairs, first.gain) == (7, 100)
    assert {second.pairs, second.gain, second.facility_before} == {SUPPRESSED}


def test_nobody_who_sat_both_is_said():
    gain = paired_gain(attempts([1]), [])

    assert gain.pairs == 0
    assert gain.median_gain is Insufficient.TOO_FEW_ATTEMPTS
