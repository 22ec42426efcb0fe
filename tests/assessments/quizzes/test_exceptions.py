"""Exceptions are read, weighed, told before they are kept, and taken back."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assessments.attempts.timing import left
from assessments.quizzes import exceptions
from assessments.quizzes.plan import Override
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, World, single

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
LONGER = Override(factor=Decimal("1.5"), reason="reads by ear")


@pytest.fixture
def world():
    return World(single(), seconds=1800, attempts=2, opens=MONDAY, closes=FRIDAY)


def said(found) -> list[str]:
    return [each.interpolate() for each in found.sentences]


def read(quiz, **changes):
    return exceptions.read({**exceptions.opened(None), "reason": "asked for", **changes}, quiz)


def test_an_exception_says_what_is_different_and_nothing_else(world):
    found, errors = read(
        world.quiz, factor="1.5", extra="5", closes="2026-12-01T09:00", attempts="0"
    )

    assert errors == {}
    assert found == Override(
        factor=Decimal("1.5"),
        extra=300,
        closes=datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
        attempts=0,
        reason="asked for",
    )


@pytest.mark.parametrize(
    "override", [LONGER, Override(extra=600, opens=MONDAY, closes=FRIDAY, attempts=3, reason="x")]
)
def test_an_exception_that_is_opened_and_sent_untouched_is_the_same(world, override):
    assert exceptions.read(exceptions.opened(override), world.quiz) == (override, {})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"factor": "0"}, "factor"),
        ({"factor": "101"}, "factor"),
        ({"factor": "twice"}, "factor"),
        ({"extra": "10001"}, "extra"),
        ({"closes": "2026-11-23T09:00"}, "closes"),
        ({"opens": "2026-11-27T09:00"}, "opens"),
        ({"extra": "5", "reason": " "}, "reason"),
        ({}, "factor"),
    ],
)
def test_an_exception_that_cannot_be_so_is_told_where_it_stands(world, changes, field):
    found, errors = read(world.quiz, **changes)

    assert found is None
    assert list(errors) == [field]


@pytest.mark.parametrize(("name", "typed"), [("factor", "2"), ("extra", "10")])
def test_there_is_no_time_to_add_to_a_quiz_without_a_limit(world, name, typed):
    world.rule()

    _found, errors = read(world.quiz, **{name: typed})

    assert list(errors) == [name]


def test_the_effect_is_told_before_anything_is_kept(world):
    world.begin()

    found = exceptions.effect(world.quiz, LEARNER, LONGER, group=False)

    assert said(found) == ["Time for an attempt: 45 minutes instead of 30 minutes."]
    assert found.open == 1
    assert LEARNER not in world.quiz.overrides


def test_an_exception_reaches_an_attempt_that_is_open(world):
    attempt = world.begin()

    exceptions.change(world.quiz, LEARNER, LONGER)

    assert left(attempt, NOW + 31 * MINUTE) == 14 * 60


def test_the_effect_on_a_group_counts_the_open_attempts_of_all_in_it(world):
    for number in range(3):
        world.begin(f"l-{number}", groups=("centre:one",))
    world.begin("l-9", groups=("centre:two",))
    world.begin("author", groups=("centre:one",), preview=True)

    found = exceptions.effect(world.quiz, "centre:one", LONGER, group=True)

    assert found.open == 3


def test_dates_and_attempts_are_told(world):
    later = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    override = Override(opens=NOW, closes=later, attempts=5, reason="was ill")

    assert said(exceptions.effect(world.quiz, LEARNER, override, group=False)) == [
        "Opens: 2026-11-24 09:00 UTC instead of 2026-11-23 09:00 UTC.",
        "Closes: 2026-12-01 09:00 UTC instead of 2026-11-27 09:00 UTC.",
        "Attempts: 5 instead of 2.",
    ]


def test_as_many_attempts_as_they_like_are_told_in_words(world):
    anything = Override(attempts=0, reason="was ill")

    assert said(exceptions.effect(world.quiz, LEARNER, anything, group=False)) == [
        "Attempts: as many as they like, instead of 2."
    ]
    exceptions.change(world.quiz, LEARNER, anything)
    assert said(exceptions.effect(world.quiz, LEARNER, None, group=False)) == [
        "Attempts: 2, instead of as many as they like."
    ]


def test_a_date_that_nobody_else_has_stands_against_none(world):
    world.rule()

    found = exceptions.effect(world.quiz, LEARNER, Override(closes=FRIDAY), group=False)

    assert said(found) == ["Closes: 2026-11-27 09:00 UTC instead of –."]


def test_an_exception_without_a_difference_says_nothing_and_reaches_nobody(world):
    world.begin()

    found = exceptions.effect(world.quiz, LEARNER, Override(attempts=2), group=False)

    assert found == exceptions.Effect((), 0)


def test_an_exception_is_taken_back(world):
    exceptions.change(world.quiz, LEARNER, LONGER)
    assert exceptions.override_of(world.quiz, LEARNER) == LONGER

    found = exceptions.effect(world.quiz, LEARNER, None, group=False)
    exceptions.change(world.quiz, LEARNER, None)
    exceptions.change(world.quiz, LEARNER, None)

    assert said(found) == ["Time for an attempt: 30 minutes instead of 45 minutes."]
    assert exceptions.override_of(world.quiz, LEARNER) is None


@pytest.mark.parametrize(
    ("seconds", "shown"), [(2700, "45"), (90, "1.5"), (100, "1.67"), (None, "0")]
)
def test_minutes_are_shown_short(seconds, shown):
    assert exceptions.minutes(seconds) == shown
