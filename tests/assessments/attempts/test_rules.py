"""Which rules hold for whom: the quiz's, and exceptions to them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.rules import closed_for_all, rules_for, settings_of
from assessments.quizzes.plan import Behaviour
from tests.assessments.attempts.making import LEARNER, NOW, World, single

HOUR = timedelta(hours=1)


def rules(world, *groups):
    return rules_for(world.quiz, LEARNER, groups)


def test_without_exceptions_the_rules_are_the_quizs():
    world = World(single(), seconds=600, opens=NOW, closes=NOW + HOUR, attempts=2)

    found = rules(world, "centre:1")

    assert (found.seconds, found.opens, found.closes, found.attempts) == (
        600,
        NOW,
        NOW + HOUR,
        2,
    )


def test_a_quiz_without_limits_has_none():
    found = rules(World(single()))

    assert (found.seconds, found.opens, found.closes, found.attempts) == (None, None, None, 0)


@pytest.mark.parametrize(
    ("factor", "extra", "seconds"),
    [
        (None, None, 100),
        ("1.5", None, 150),
        ("1.001", None, 101),
        (None, 30, 130),
        ("1.25", 60, 185),
        (None, -40, 60),
        (None, -140, 0),
    ],
)
def test_time_is_multiplied_first_and_then_lengthened(factor, extra, seconds):
    world = World(single(), seconds=100)
    world.override(LEARNER, factor=factor and Decimal(factor), extra=extra)

    assert rules(world).seconds == seconds


def test_more_time_where_time_is_not_limited_limits_nothing():
    world = World(single())
    world.override(LEARNER, factor=Decimal(2), extra=60)

    assert rules(world).seconds is None


def test_among_groups_the_most_generous_counts_each_matter_for_itself():
    world = World(single(), seconds=100, opens=NOW, closes=NOW + HOUR, attempts=1)
    world.override("a", extra=60, closes=NOW + 2 * HOUR, attempts=3)
    world.override("b", factor=Decimal(3), opens=NOW - HOUR, closes=NOW + HOUR / 2, attempts=2)
    world.override("not theirs", factor=Decimal(9), attempts=9)

    found = rules(world, "a", "b", "nothing said")

    assert found.seconds == 300
    assert found.opens == NOW - HOUR
    assert found.closes == NOW + 2 * HOUR
    assert found.attempts == 3


def test_any_number_of_attempts_is_more_than_three():
    world = World(single(), attempts=1)
    world.override("a", attempts=3)
    world.override("b", attempts=0)

    assert rules(world, "a", "b").attempts == 0


def test_the_learners_own_exception_goes_before_those_of_groups_even_when_it_is_stricter():
    world = World(single(), seconds=100, closes=NOW + HOUR, attempts=1)
    world.override(LEARNER, extra=10, attempts=2)
    world.override("a", factor=Decimal(3), closes=NOW + 2 * HOUR, attempts=0)

    found = rules(world, "a")

    assert (found.seconds, found.attempts) == (110, 2)
    assert found.closes == NOW + 2 * HOUR  # of which the learner's own says nothing


def test_practice_has_no_limits_and_tells_at_once():
    world = World(single(), practice=True, seconds=60, attempts=1, wait=(5, 5), pass_percent=50)
    world.override(LEARNER, extra=60, attempts=2, closes=NOW)

    found = rules(world)

    assert (found.seconds, found.attempts, found.settings.wait) == (None, 0, (0, 0))
    assert found.closes == NOW
    assert found.settings.behaviour is Behaviour.IMMEDIATE
    assert found.settings.pass_percent is None


def test_practice_with_several_tries_keeps_them():
    world = World(single(), practice=True, behaviour=Behaviour.INTERACTIVE)

    assert settings_of(world.quiz).behaviour is Behaviour.INTERACTIVE


def test_a_quiz_is_closed_for_all_when_the_last_exception_has_ended():
    world = World(single(), closes=NOW)
    world.override("another learner", closes=NOW + HOUR)
    world.override("a third", attempts=3)

    assert closed_for_all(world.quiz) == NOW + HOUR


def test_a_quiz_that_never_closes_is_never_closed_for_all():
    assert closed_for_all(World(single()).quiz) is None
