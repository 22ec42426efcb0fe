"""What an attempt brought, and what a learner has in a quiz."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.attempts.behaviour import check
from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.result import (
    certain,
    marks_of,
    result_for,
    result_of,
    shown_mark,
)
from assessments.attempts.sheet import keep
from assessments.questions.html import Html
from assessments.quizzes.plan import Band, Counted, Overdue
from shared import SHARED
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, World, say, single
from tests.assessments.examples import DESCRIPTION

CBM = SHARED / "quizzes" / "statistics" / "cbm.json"


def taken(world, *keys, **more):
    """An attempt, handed in, with these choices."""
    attempt = world.begin(**more)
    for position, key in enumerate(keys):
        if key:
            say(attempt, position, key)
    finish(attempt, now=NOW)
    return attempt


def questions(count, **more):
    return [single(f"q{number}", **more) for number in range(count)]


class TestOneAttempt:
    def test_marks_are_added_exactly(self):
        world = World(*questions(3, mark=Fraction(1, 3)))

        marks = marks_of(taken(world, "right", "half", "worse"))

        assert (marks.mark, marks.most, marks.waiting) == (Fraction(1, 3), 1, 0)

    def test_a_result_is_put_as_the_author_puts_it(self):
        world = World(*questions(3), out_of=Decimal(20))

        result = result_of(taken(world, "right"))

        assert (result.share, result.out_of) == (Fraction(1, 3), Fraction(20, 3))

    def test_an_attempt_that_is_not_finished_has_no_result(self):
        world = World(single(), seconds=30, overdue=Overdue.ABANDON)
        attempt = world.begin()
        assert result_of(attempt) is None

        close_overdue(attempt, NOW + MINUTE)
        assert result_of(attempt) is None

    @pytest.mark.parametrize(
        ("keys", "passed"), [(("right", "right", ""), True), (("right", "half", ""), False)]
    )
    def test_passing_is_decided_by_the_exact_result(self, keys, passed):
        world = World(*questions(3), pass_percent=Decimal("66.66"))

        assert result_of(taken(world, *keys)).passed is passed

    def test_two_thirds_do_not_pass_where_sixty_six_point_six_seven_percent_are_asked_for(self):
        world = World(*questions(3), pass_percent=Decimal("66.67"))

        assert result_of(taken(world, "right", "right")).passed is False

    def test_where_there_is_no_pass_nobody_passes_or_fails(self):
        assert result_of(taken(World(single()), "right")).passed is None

    def test_the_highest_band_that_was_reached_is_said(self):
        bands = (
            Band(Decimal(50), Html("Half")),
            Band(Decimal(0), Html("Begun")),
            Band(Decimal(90), Html("All")),
        )
        world = World(*questions(2), bands=bands)

        said = [
            result_of(taken(world, *keys, learner=str(keys))).band
            for keys in (("worse",), ("half",), ("right",), ("right", "right"))
        ]

        assert said == ["", "Begun", "Half", "All"]

    def test_a_quiz_of_texts_to_read_brings_nothing_and_fails_nobody(self):
        result = result_of(taken(World(DESCRIPTION, pass_percent=Decimal(50))))

        assert (result.share, result.out_of, result.passed, result.band) == (None, None, None, "")

    def test_what_a_person_has_to_mark_is_waited_for(self):
        world = World(*questions(2), behaviour="manual")
        attempt = taken(world, "right")
        assert result_of(attempt).waiting

        attempt.answers[0].fraction = "3/4"
        keep(attempt)

        result = result_of(attempt)
        assert (result.waiting, result.share) == (False, Fraction(3, 8))


class TestSeveralAttempts:
    def world(self, counted, **more):
        world = World(*questions(4), counted=counted, **more)
        for right in (1, 3, 0):
            taken(world, *["right"] * right)
        return world

    @pytest.mark.parametrize(
        ("counted", "share"),
        [
            (Counted.HIGHEST, Fraction(3, 4)),
            (Counted.AVERAGE, Fraction(1, 3)),
            (Counted.FIRST, Fraction(1, 4)),
            (Counted.LAST, Fraction(0)),
        ],
    )
    def test_the_author_says_which_counts(self, counted, share):
        assert result_for(self.world(counted).quiz, LEARNER).share == share

    def test_who_has_finished_nothing_has_nothing(self):
        world = World(single())
        world.begin()

        assert result_for(world.quiz, LEARNER) is None

    def test_practice_counts_for_nothing(self):
        world = World(single(), practice=True)
        attempt = taken(world, "right")

        assert result_of(attempt).share == 1
        assert result_for(world.quiz, LEARNER) is None

    def test_an_authors_own_look_counts_for_nothing(self):
        world = World(single())
        taken(world, "right", preview=True)

        assert result_for(world.quiz, LEARNER) is None

    @pytest.mark.parametrize("counted", [Counted.HIGHEST, Counted.AVERAGE])
    def test_what_is_not_wholly_marked_does_not_count_yet_and_is_waited_for(self, counted):
        world = self.world(counted)
        before = result_for(world.quiz, LEARNER)
        world.rule(counted=counted, behaviour="manual")
        taken(world, "right")

        after = result_for(world.quiz, LEARNER)

        assert (before.waiting, after.waiting) == (False, True)
        assert after.share == before.share

    def test_when_nothing_is_wholly_marked_the_last_attempt_says_so(self):
        world = World(single(), behaviour="manual")
        taken(world, "right")

        assert result_for(world.quiz, LEARNER).waiting

    def test_attempts_with_other_questions_are_compared_by_their_share(self):
        world = World(single("a", mark=Fraction(10)))
        taken(world, "half")
        world.quiz.sections = world.another_quiz(single("b"), key="other").sections
        taken(world, "right")

        assert result_for(world.quiz, LEARNER).share == 1


class TestCertainty:
    @pytest.mark.skipif(not CBM.exists(), reason="the shared test data are not here")
    def test_it_brings_what_the_published_table_says(self):
        table = json.loads(CBM.read_text())

        assert {str(sure): certain(Fraction(1), sure) for sure in (1, 2, 3)} == table["right"]
        assert {str(sure): certain(Fraction(0), sure) for sure in (1, 2, 3)} == table["wrong"]

    @pytest.mark.parametrize(
        ("key", "certainty", "mark"),
        [
            ("right", 1, 2),
            ("right", 3, 6),
            ("half", 2, 2),
            ("wrong", 1, 0),
            ("wrong", 2, -4),
            ("worse", 3, -12),
            ("right", None, 2),
            ("wrong", None, 0),
        ],
    )
    @pytest.mark.parametrize("behaviour", ["deferred", "immediate"])
    def test_a_question_of_two_marks(self, behaviour, key, certainty, mark):
        world = World(single(mark=Fraction(2)), behaviour=behaviour, certainty=True)
        attempt = world.begin()
        say(attempt, 0, key, certainty=certainty)
        if behaviour == "immediate":
            check(attempt, 0, revision=1, now=NOW)
        finish(attempt, now=NOW)

        marks = marks_of(attempt)
        assert (marks.mark, marks.most) == (mark, 6)

    def test_a_hundred_percent_is_everything_right_and_certain(self):
        attempt = World(*questions(2), certainty=True).begin()
        for position in range(2):
            say(attempt, position, "right", certainty=3)
        finish(attempt, now=NOW)

        assert result_of(attempt).share == 1

    def test_what_was_not_answered_takes_nothing(self):
        attempt = World(single(), certainty=True).begin()
        say(attempt, 0, "wrong", certainty=3)
        say(attempt, 0, certainty=3)
        finish(attempt, now=NOW)

        assert marks_of(attempt).mark == 0

    def test_other_behaviours_do_without_certainty(self):
        attempt = World(single(), behaviour="interactive", certainty=True).begin()
        say(attempt, 0, "right", certainty=3)
        finish(attempt, now=NOW)

        assert marks_of(attempt).mark == marks_of(attempt).most == 1

    def test_next_to_nothing_is_wrong(self):
        assert certain(Fraction(1, 10**7), 3) == -6
        assert certain(Fraction(1, 10**6), 3) == Fraction(3, 10**6)


class TestShowing:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("1/3", "0.33"),
            ("2/3", "0.67"),
            ("1/200", "0.01"),
            ("-1/200", "-0.01"),
            ("-1/300", "0"),
            ("5/2", "2.5"),
            ("100", "100"),
            ("0.125", "0.13"),
            ("2.675", "2.68"),
            ("9.999", "10"),
            ("0", "0"),
        ],
    )
    def test_numbers_are_rounded_half_up_to_two_decimals_without_zeros_at_the_end(
        self, value, text
    ):
        assert str(shown_mark(Fraction(value))) == text

    def test_whole_numbers_can_be_asked_for(self):
        assert str(shown_mark(Fraction(995, 10), 0)) == "100"

    @given(st.fractions(-1000, 1000), st.integers(0, 5))
    def test_what_is_shown_is_never_further_away_than_half_of_the_last_decimal(
        self, value, decimals
    ):
        shown = Fraction(shown_mark(value, decimals))

        assert abs(shown - value) <= Fraction(1, 2 * 10**decimals)
