"""A pre-test and a post-test, linked by item."""

from fractions import Fraction

from assessments.attempts.finish import finish
from assessments.attempts.pairs import Pair, pairs, pre_test_of
from tests.assessments.attempts.making import NOW, World, say, single
from tests.assessments.examples import DESCRIPTION


class Both(World):
    """A pre-test with the questions a and b, and a post-test with b and c."""

    def __init__(self):
        super().__init__(DESCRIPTION, single("b"), single("c"), pre_test="before")
        self.before = self.another_quiz(DESCRIPTION, single("a"), single("b"), key="before")

    def take(self, learner, quiz, *keys):
        attempt = self.begin(learner, quiz=quiz)
        for position, key in enumerate(keys, 1):
            say(attempt, position, key)
        finish(attempt, now=NOW)


def test_the_first_attempt_before_is_held_against_the_last_one_after_item_by_item():
    world = Both()
    world.take("l", world.before, "right", "wrong")
    world.take("l", world.before, "right", "right")
    world.take("l", world.quiz, "wrong", "wrong")
    world.take("l", world.quiz, "half", "wrong")

    assert list(pairs(world.quiz)) == [Pair("l", "item-b", Fraction(0), Fraction(1, 2), 1, 1)]


def test_only_who_finished_both_is_in_it():
    world = Both()
    world.take("before only", world.before, "right", "wrong")
    world.take("after only", world.quiz, "right", "wrong")
    world.take("not finished", world.before, "right", "wrong")
    world.begin("not finished")
    world.begin("author", preview=True)

    assert list(pairs(world.quiz)) == []


def test_what_a_person_has_to_mark_yet_is_not_known():
    world = Both()
    world.take("l", world.before, "right", "right")
    world.rule(behaviour="manual", pre_test="before")
    world.take("l", world.quiz, "right", "right")

    (pair,) = pairs(world.quiz)
    assert (pair.before, pair.after) == (1, None)


def test_a_quiz_without_a_pre_test_has_no_pairs():
    world = World(single())

    assert pre_test_of(world.quiz) is None
    assert list(pairs(world.quiz)) == []


def test_a_pre_test_that_is_gone_is_none():
    world = Both()
    world.quizzes.remove(world.before)

    assert pre_test_of(world.quiz) is None
