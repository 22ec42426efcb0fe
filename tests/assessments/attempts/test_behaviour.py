"""Checking an answer, trying again, and what that takes off."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.attempts import history
from assessments.attempts.behaviour import (
    CannotCheck,
    Incomplete,
    Outdated,
    check,
    hint_of,
    less,
    machine_fraction,
    may_check,
    tries_left,
    try_again,
)
from assessments.attempts.finish import finish
from assessments.attempts.history import entries
from assessments.attempts.pages import go_on
from assessments.attempts.save import save
from tests.assessments.attempts.making import MINUTE, NOW, World, hints, say, single
from tests.assessments.examples import DESCRIPTION, ESSAY, MATCHING

THIRD = Fraction(1, 3)


def look(attempt, **more):
    """Check the answer as it is."""
    more.setdefault("revision", attempt.answers[0].revision)
    return check(attempt, 0, now=NOW, **more)


def interactive(*, tries=3, clear_wrong=False, **more):
    told = hints(*"abcdef"[: tries - 1], clear_wrong=clear_wrong)
    return World(single(hints=told, **more), behaviour="interactive").begin()


class TestImmediate:
    def test_a_question_is_checked_once(self):
        attempt = World(single(), behaviour="immediate").begin()
        say(attempt, 0, "half")

        assert may_check(attempt, 0, NOW)
        assert look(attempt) is True

        answer = attempt.answers[0]
        assert (answer.state, answer.fraction) == ("done", "1/2")
        assert look(attempt) is False
        assert not may_check(attempt, 0, NOW)
        assert tries_left(attempt, answer) == 0

    def test_what_was_checked_is_not_marked_again_when_the_attempt_is_handed_in(self):
        attempt = World(single(), behaviour="immediate").begin()
        say(attempt, 0, "wrong")
        look(attempt)

        finish(attempt, now=NOW)

        assert len(attempt.answers[0].tries) == 1

    def test_an_answer_with_a_part_missing_cannot_be_checked(self):
        attempt = World(MATCHING, behaviour="immediate").begin()
        save(attempt, 0, revision=0, posted={"pair-1": ["1"]}, now=NOW)

        with pytest.raises(Incomplete):
            look(attempt)
        assert attempt.answers[0].state == "open"

    def test_no_answer_cannot_be_checked(self):
        with pytest.raises(Incomplete):
            look(World(single(), behaviour="immediate").begin())

    def test_another_answer_than_the_learner_saw_is_not_checked(self):
        attempt = World(single(), behaviour="immediate").begin()
        say(attempt, 0, "wrong")
        say(attempt, 0, "right")

        with pytest.raises(Outdated):
            look(attempt, revision=1)

    def test_nothing_is_checked_when_the_time_is_up(self):
        attempt = World(single(), behaviour="immediate", seconds=30).begin()
        say(attempt, 0, "right")

        with pytest.raises(CannotCheck):
            check(attempt, 0, revision=1, now=NOW + MINUTE)

    def test_a_page_that_was_left_is_not_checked(self):
        attempt = World(single("a"), single("b"), behaviour="immediate", sequential=True).begin()

        assert not may_check(attempt, 1, NOW)

    def test_an_essay_is_not_checked_by_the_machine(self):
        assert not may_check(World(ESSAY, behaviour="immediate").begin(), 0, NOW)

    def test_there_is_nothing_to_check_in_a_text(self):
        assert not may_check(World(DESCRIPTION, behaviour="immediate").begin(), 0, NOW)


@pytest.mark.parametrize("behaviour", ["deferred", "manual"])
def test_nothing_is_checked_before_handing_in_where_the_quiz_does_not_say_so(behaviour):
    attempt = World(single(), behaviour=behaviour).begin()
    say(attempt, 0, "right")

    with pytest.raises(CannotCheck):
        look(attempt)
    assert tries_left(attempt, attempt.answers[0]) == 0


def test_an_immediate_question_has_one_try():
    attempt = World(single(), behaviour="immediate").begin()

    assert tries_left(attempt, attempt.answers[0]) == 1


class TestInteractive:
    def test_a_wrong_try_shows_a_hint_and_waits_to_be_tried_again(self):
        attempt = interactive()
        answer = attempt.answers[0]
        say(attempt, 0, "wrong")
        assert hint_of(attempt, answer) is None

        look(attempt)

        assert answer.state == "tried"
        assert hint_of(attempt, answer).html == "a"
        assert tries_left(attempt, answer) == 2
        assert say(attempt, 0, "right").why.value == "done"

    def test_each_try_before_takes_the_penalty_off_exactly(self):
        attempt = interactive()
        for key in ("wrong", "half", "right"):
            say(attempt, 0, key)
            look(attempt)
            try_again(attempt, 0, now=NOW)

        answer = attempt.answers[0]
        assert (answer.state, answer.fraction) == ("done", "1/3")
        assert tries_left(attempt, answer) == 0
        assert hint_of(attempt, answer) is None

    def test_a_right_try_ends_it(self):
        attempt = interactive()
        say(attempt, 0, "right")
        look(attempt)

        assert (attempt.answers[0].state, attempt.answers[0].fraction) == ("done", "1")

    def test_a_part_of_the_mark_never_falls_below_nothing(self):
        attempt = interactive(penalty=Fraction(1, 2))
        for key in ("wrong", "wrong", "half"):
            say(attempt, 0, key)
            look(attempt)
            try_again(attempt, 0, now=NOW)

        assert attempt.answers[0].fraction == "0"

    def test_the_same_post_takes_one_try_whatever_happened_since(self):
        attempt = interactive()
        say(attempt, 0, "wrong")

        assert look(attempt, post="a")
        assert not look(attempt, post="a")
        try_again(attempt, 0, now=NOW)
        assert not look(attempt, post="a")
        assert len(attempt.answers[0].tries) == 1
        assert attempt.answers[0].state == "open"

    def test_trying_again_twice_is_once(self):
        attempt = interactive()
        say(attempt, 0, "wrong")
        look(attempt)

        assert try_again(attempt, 0, now=NOW) is True
        assert try_again(attempt, 0, now=NOW) is False

    def test_nobody_tries_again_when_the_time_is_up(self):
        world = World(single(hints=hints("a")), behaviour="interactive", seconds=30)
        attempt = world.begin()
        say(attempt, 0, "wrong")
        look(attempt)

        with pytest.raises(CannotCheck):
            try_again(attempt, 0, now=NOW + MINUTE)

    def test_nobody_tries_again_on_a_page_that_was_left(self):
        questions = (single("a", hints=hints("a")), single("b"))
        attempt = World(*questions, behaviour="interactive", sequential=True).begin()
        say(attempt, 0, "wrong")
        look(attempt)
        go_on(attempt, 0, now=NOW)

        with pytest.raises(CannotCheck):
            try_again(attempt, 0, now=NOW)

    def test_nobody_tries_again_when_what_the_hint_leaves_can_no_more_be_kept(self, monkeypatch):
        attempt = interactive(clear_wrong=True)
        say(attempt, 0, "wrong")
        look(attempt)
        monkeypatch.setattr(history, "MOST", 0)

        with pytest.raises(CannotCheck, match="answered so often"):
            try_again(attempt, 0, now=NOW)

        assert attempt.answers[0].state == "tried"
        assert attempt.answers[0].revision == 1

    def test_a_hint_can_take_out_what_was_wrong_which_is_a_revision(self):
        world = World(MATCHING, behaviour="interactive")
        attempt = world.begin()
        answer = attempt.answers[0]
        question = answer.version.question
        right = question.right_response(answer.arrangement)
        first, *others = right
        posted = question.ask(answer.arrangement).fields({**right, first: ("cook",)})
        save(attempt, 0, revision=0, posted=posted, now=NOW)
        look(attempt)

        try_again(attempt, 0, now=NOW)

        assert answer.response == {name: right[name] for name in others}
        assert answer.revision == 2
        assert [entry.revision for entry in entries(answer)] == [1, 2]

    def test_what_was_tried_last_stands_when_the_attempt_is_handed_in(self):
        attempt = interactive()
        say(attempt, 0, "half")
        look(attempt)

        finish(attempt, now=NOW)

        assert attempt.answers[0].fraction == "1/2"

    @pytest.mark.parametrize("clear_wrong", [True, False])
    def test_it_stands_too_when_nothing_was_answered_in_the_next_try(self, clear_wrong):
        attempt = interactive(clear_wrong=clear_wrong)
        say(attempt, 0, "half")
        look(attempt)
        try_again(attempt, 0, now=NOW)

        finish(attempt, now=NOW)

        assert attempt.answers[0].fraction == "1/2"

    def test_what_was_changed_and_not_checked_is_a_try_of_its_own(self):
        attempt = interactive()
        say(attempt, 0, "wrong")
        look(attempt)
        try_again(attempt, 0, now=NOW)
        say(attempt, 0, "right")

        finish(attempt, now=NOW)

        assert attempt.answers[0].fraction == "2/3"
        assert len(attempt.answers[0].tries) == 2

    def test_what_another_version_would_bring_can_be_asked(self):
        attempt = interactive()
        for key in ("wrong", "right"):
            say(attempt, 0, key)
            look(attempt)
            try_again(attempt, 0, now=NOW)

        milder = single(penalty=Fraction(1, 10))

        assert machine_fraction(attempt, attempt.answers[0], milder) == Fraction(9, 10)


@given(
    st.fractions(0, 1, max_denominator=60),
    st.fractions(0, 1, max_denominator=60),
    st.integers(0, 5),
)
def test_penalties_are_exact_and_never_below_nothing(fraction, penalty, tries):
    assert less(fraction, penalty, tries) == max(0, fraction - tries * penalty)


def test_what_is_below_nothing_stays_as_it_is():
    assert less(Fraction(-1, 2), THIRD, 2) == Fraction(-1, 2)
