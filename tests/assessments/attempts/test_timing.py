"""The deadline, by the server's clock."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.timing import (
    TRANSMISSION,
    Standing,
    accepts,
    ends,
    hand_in_until,
    left,
    standing,
)
from assessments.quizzes.plan import Overdue
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, SECOND, World, single


def test_the_deadline_is_the_start_and_the_time_for_an_attempt():
    attempt = World(single(), seconds=60).begin(now=NOW + SECOND)

    assert ends(attempt) == NOW + SECOND + MINUTE


def test_the_closing_of_the_quiz_ends_an_attempt_that_would_have_more_time():
    attempt = World(single(), seconds=600, closes=NOW + MINUTE).begin()

    assert ends(attempt) == NOW + MINUTE


def test_an_authors_own_look_has_the_time_limit_and_does_not_end_with_the_quiz():
    world = World(single(), seconds=600, closes=NOW + MINUTE)

    assert ends(world.begin(preview=True)) == NOW + 10 * MINUTE


def test_an_attempt_without_limits_has_no_deadline():
    attempt = World(single()).begin()

    assert ends(attempt) is None
    assert left(attempt, NOW) is None
    assert hand_in_until(attempt) is None
    assert standing(attempt, NOW + timedelta(days=900)) is Standing.OPEN


@pytest.mark.parametrize(("after", "seconds"), [(0, 60), (0.2, 59), (59.5, 0), (60, 0), (3600, 0)])
def test_what_is_left_is_told_in_whole_seconds_and_never_too_many(after, seconds):
    attempt = World(single(), seconds=60).begin()

    assert left(attempt, NOW + timedelta(seconds=after)) == seconds


def test_what_arrives_at_the_last_moment_counts_and_a_little_later_too():
    attempt = World(single(), seconds=60).begin()

    assert accepts(attempt, NOW + MINUTE)
    assert accepts(attempt, NOW + MINUTE + TRANSMISSION)
    assert not accepts(attempt, NOW + MINUTE + TRANSMISSION + timedelta(microseconds=1))


def test_more_time_reaches_an_attempt_that_is_open():
    world = World(single(), seconds=60)
    attempt = world.begin()
    later = NOW + 2 * MINUTE
    assert not accepts(attempt, later)

    world.override(LEARNER, factor=Decimal(3))

    assert accepts(attempt, later)
    assert left(attempt, later) == 60


def test_more_time_for_a_group_reaches_those_who_began_in_it():
    world = World(single(), seconds=60)
    inside, outside = world.begin(groups=("centre:1",)), world.begin("another")

    world.override("centre:1", extra=60)

    assert ends(inside) == NOW + 2 * MINUTE
    assert ends(outside) == NOW + MINUTE


def test_an_attempt_that_can_only_be_handed_in_is_overdue_until_grace_is_over():
    attempt = World(single(), seconds=60, grace=30, overdue=Overdue.GRACE).begin()

    assert standing(attempt, NOW + MINUTE) is Standing.OPEN
    assert standing(attempt, NOW + MINUTE + 29 * SECOND) is Standing.OVERDUE
    assert standing(attempt, NOW + MINUTE + 31 * SECOND) is Standing.OVER


@pytest.mark.parametrize("overdue", [Overdue.SUBMIT, Overdue.ABANDON])
def test_without_grace_an_attempt_is_over_when_nothing_can_be_on_its_way(overdue):
    attempt = World(single(), seconds=60, grace=30, overdue=overdue).begin()

    assert standing(attempt, NOW + MINUTE + TRANSMISSION) is Standing.OPEN
    assert standing(attempt, NOW + MINUTE + TRANSMISSION + SECOND) is Standing.OVER


def test_grace_is_never_shorter_than_the_way():
    attempt = World(single(), seconds=60, grace=0, overdue=Overdue.GRACE).begin()

    assert hand_in_until(attempt) == NOW + MINUTE + TRANSMISSION
