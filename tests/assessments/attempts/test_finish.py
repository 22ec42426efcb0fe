"""Handing in, and what becomes of an attempt that nobody hands in."""

from fractions import Fraction

import pytest

from assessments.attempts.finish import close_overdue, finish, overdue
from assessments.attempts.history import entries
from assessments.attempts.timing import TRANSMISSION
from assessments.quizzes.plan import Overdue
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, SECOND, World, say, single
from tests.assessments.examples import DESCRIPTION

HOUR = 60 * MINUTE


class Counting:
    """Counts how often questions are marked."""

    def __init__(self, monkeypatch, kind):
        self.count = 0
        before = kind.mark_response

        def mark_response(question, response, arrangement):
            self.count += 1
            return before(question, response, arrangement)

        monkeypatch.setattr(kind, "mark_response", mark_response)


def test_handing_in_marks_every_answer_exactly():
    attempt = World(*(single(name) for name in "abcd")).begin()
    for position, key in enumerate(("right", "half", "worse")):
        say(attempt, position, key)

    assert finish(attempt, now=NOW + MINUTE) is True

    assert (attempt.state, attempt.finished) == ("finished", NOW + MINUTE)
    assert [each.fraction for each in attempt.answers] == ["1", "1/2", "-1/2", "0"]
    assert {each.state for each in attempt.answers} == {"done"}


def test_handing_in_twice_is_handing_in_once(monkeypatch):
    attempt = World(single()).begin()
    say(attempt, 0, "right")
    marked = Counting(monkeypatch, type(single()))
    finish(attempt, now=NOW + MINUTE)

    assert finish(attempt, now=NOW + HOUR) is False
    assert attempt.finished == NOW + MINUTE
    assert marked.count == 1


def test_saving_marks_nothing(monkeypatch):
    attempt = World(single()).begin()
    marked = Counting(monkeypatch, type(single()))

    say(attempt, 0, "right")
    say(attempt, 0, "wrong", revision=0)

    assert marked.count == 0


def test_a_text_to_read_is_not_marked():
    attempt = World(DESCRIPTION).begin()
    finish(attempt, now=NOW)

    assert attempt.answers[0].fraction is None


def test_where_a_person_marks_the_machine_marks_only_what_is_empty():
    attempt = World(single("a"), single("b"), behaviour="manual").begin()
    say(attempt, 0, "right")
    finish(attempt, now=NOW)

    assert [each.fraction for each in attempt.answers] == [None, "0"]


def test_what_is_handed_in_on_its_way_at_the_deadline_is_handed_in_at_the_deadline():
    attempt = World(single(), seconds=60).begin()

    finish(attempt, now=NOW + MINUTE + TRANSMISSION)

    assert attempt.finished == NOW + MINUTE


class TestWhenTimeIsUp:
    def test_an_attempt_is_handed_in_as_of_its_deadline_whenever_somebody_comes_by(self):
        attempt = World(single(), seconds=60).begin()
        say(attempt, 0, "right")

        assert close_overdue(attempt, NOW + HOUR) is True

        assert (attempt.state, attempt.finished) == ("finished", NOW + MINUTE)
        assert attempt.answers[0].fraction == "1"
        assert close_overdue(attempt, NOW + HOUR) is False

    def test_nothing_is_closed_while_an_answer_can_be_on_its_way(self):
        attempt = World(single(), seconds=60).begin()

        assert close_overdue(attempt, NOW + MINUTE + TRANSMISSION) is False
        assert attempt.state == "open"

    def test_more_time_keeps_it_open(self):
        world = World(single(), seconds=60)
        attempt = world.begin()
        world.override(LEARNER, extra=3600)

        assert close_overdue(attempt, NOW + 2 * MINUTE) is False

    def test_handing_in_too_late_closes_it_as_of_its_deadline(self):
        attempt = World(single(), seconds=60).begin()

        assert finish(attempt, now=NOW + HOUR) is True
        assert attempt.finished == NOW + MINUTE

    def test_with_grace_it_can_be_handed_in_a_while_and_not_changed(self):
        attempt = World(single(), seconds=60, grace=60, overdue=Overdue.GRACE).begin()
        say(attempt, 0, "half")
        later = NOW + MINUTE + 30 * SECOND

        assert say(attempt, 0, "right", now=later).why.value == "late"
        assert not close_overdue(attempt, later)
        assert finish(attempt, now=later) is True
        assert attempt.finished == later
        assert attempt.answers[0].fraction == "1/2"

    @pytest.mark.parametrize("rule", [Overdue.GRACE, Overdue.ABANDON])
    def test_what_was_not_handed_in_in_time_is_abandoned_as_of_its_deadline(self, rule):
        attempt = World(single(), seconds=60, grace=60, overdue=rule).begin()
        say(attempt, 0, "right")

        assert close_overdue(attempt, NOW + HOUR) is True

        assert (attempt.state, attempt.finished) == ("abandoned", NOW + MINUTE)
        assert attempt.answers[0].fraction is None
        assert [entry.revision for entry in entries(attempt.answers[0])] == [1]

    def test_handing_in_what_can_only_be_abandoned_says_so(self):
        attempt = World(single(), seconds=60, overdue=Overdue.ABANDON).begin()

        assert finish(attempt, now=NOW + HOUR) is False
        assert attempt.state == "abandoned"

    def test_the_attempts_that_are_over_can_be_found(self):
        world = World(single(), seconds=60)
        over, done, going = world.begin("a"), world.begin("b"), world.begin("c", NOW + HOUR)
        finish(done, now=NOW)

        assert list(overdue(world.quiz, NOW + HOUR)) == [over]
        assert going.state == "open"

    def test_where_time_is_not_limited_nothing_is_ever_over(self):
        world = World(single())
        world.begin()

        assert list(overdue(world.quiz, NOW + 9_999 * HOUR)) == []


def test_what_an_interactive_attempt_was_worth_stays_a_fraction():
    attempt = World(single(penalty=Fraction(1, 7)), behaviour="interactive").begin()
    say(attempt, 0, "right")
    finish(attempt, now=NOW)

    assert attempt.answers[0].fraction == "1"
