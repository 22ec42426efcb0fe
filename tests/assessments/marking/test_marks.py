"""Marks by persons: one or two markers, a third, corrections; nothing is lost."""

from fractions import Fraction

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.result import result_of
from assessments.attempts.save import save
from assessments.attempts.shown import shown
from assessments.marking.marks import (
    Given,
    Met,
    Stage,
    by_person,
    comments,
    correct,
    mark,
    stage,
    waits_for,
)
from assessments.marking.queue import after, behind, handle_of, questions, queue
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import Behaviour, See, When
from tests.assessments.attempts.making import MINUTE, NOW, SECOND, World, say, single

A, B, C = "person:a", "person:b", "person:c"
LATER = NOW + MINUTE
ESSAY = EssayQuestion(name="letter", body=Html("<p>Write.</p>"))


def handed_in(world, learner="l-7", words="A text."):
    attempt = world.begin(learner)
    save(attempt, 0, revision=0, posted={"text": [words]}, now=NOW + SECOND)
    finish(attempt, now=LATER)
    return attempt


@pytest.fixture
def attempt():
    return handed_in(World(ESSAY))


@pytest.fixture
def double():
    return handed_in(World(ESSAY, double=True, differ=Fraction(1, 5)))


def give(attempt, by, fraction, *, seen=Stage.MARK, **more):
    given = Given(Fraction(fraction), **more)
    return mark(attempt, attempt.answers[0], given, by=by, now=LATER, seen=seen)


def put_right(attempt, by, fraction, *, seen, reason="misread", **more):
    given = Given(Fraction(fraction), **more)
    return correct(attempt, attempt.answers[0], given, by=by, now=LATER, reason=reason, seen=seen)


# One marker


def test_a_persons_mark_is_the_answers_exactly(attempt):
    assert give(attempt, A, "1/3")
    assert attempt.answers[0].fraction == "1/3"
    assert result_of(attempt).share == Fraction(1, 3)
    assert not result_of(attempt).waiting
    assert by_person(attempt.answers[0])


def test_who_comes_second_is_told_and_changes_nothing(attempt):
    give(attempt, A, 1)
    with pytest.raises(Met):
        give(attempt, B, 0)
    assert attempt.answers[0].fraction == "1"
    assert len(attempt.answers[0].marking) == 1


def test_the_same_mark_sent_twice_counts_once(attempt):
    give(attempt, A, 1)
    assert give(attempt, A, 1)
    assert len(attempt.answers[0].marking) == 1


# Two markers


def test_two_marks_that_are_close_are_counted_by_their_exact_mean(double):
    assert not give(double, A, "1/2")
    assert double.answers[0].fraction is None
    assert give(double, B, "2/3")
    assert double.answers[0].fraction == "7/12"


def test_a_difference_that_is_just_allowed_needs_no_third(double):
    give(double, A, "1/2")
    assert give(double, B, "7/10")


def test_of_two_marks_that_differ_too_much_a_third_decides(double):
    give(double, A, 0)
    assert not give(double, B, 1)
    assert stage(double, double.answers[0], C) is Stage.DECIDE
    assert give(double, C, "1/4", seen=Stage.DECIDE)
    assert double.answers[0].fraction == "1/4"


def test_nobody_marks_an_answer_twice(double):
    give(double, A, 0)
    with pytest.raises(Met):
        give(double, A, 1)
    assert not waits_for(double.answers[0], A)
    assert waits_for(double.answers[0], B)


def test_who_meant_to_mark_and_would_now_decide_is_told(double):
    give(double, A, 0)
    give(double, B, 1)
    with pytest.raises(Met):
        give(double, C, "1/2", seen=Stage.MARK)
    assert double.answers[0].fraction is None


def test_one_can_change_ones_own_mark_while_it_waits_for_another(double):
    give(double, A, 0)
    assert not put_right(double, A, "1/2", seen=1)
    assert give(double, B, "1/2")
    assert double.answers[0].fraction == "1/2"
    assert [each["fraction"] for each in double.answers[0].marking] == ["0", "1/2", "1/2"]


def test_a_comment_is_not_told_before_the_mark_stands(double):
    give(double, A, 1, comment=Html("Good."))
    assert comments(double, double.answers[0]) == ()
    give(double, B, 1, comment=Html("Clear."))
    assert comments(double, double.answers[0]) == ("Good.", "Clear.")


# Correcting


def test_a_correction_counts_and_what_was_before_stays(attempt):
    give(attempt, A, 0, comment=Html("No."))
    assert put_right(attempt, B, 1, seen=1, comment=Html("Yes."))
    answer = attempt.answers[0]
    assert answer.fraction == "1"
    assert [each["sort"] for each in answer.marking] == ["mark", "correction"]
    assert answer.marking[1]["was"] == "0"
    assert answer.marking[1]["reason"] == "misread"
    assert comments(attempt, answer) == ("Yes.",)


def test_two_corrections_at_the_same_time_do_not_overwrite_each_other(attempt):
    give(attempt, A, 0)
    put_right(attempt, B, 1, seen=1)
    with pytest.raises(Met):
        put_right(attempt, C, "1/2", seen=1)
    assert attempt.answers[0].fraction == "1"


def test_the_same_correction_sent_twice_counts_once(attempt):
    give(attempt, A, 0)
    put_right(attempt, B, 1, seen=1)
    assert put_right(attempt, B, 1, seen=1)
    assert len(attempt.answers[0].marking) == 2


def test_what_the_machine_marked_can_be_corrected():
    world = World(single())
    attempt = world.begin()
    say(attempt, 0, "wrong")
    finish(attempt, now=LATER)
    assert put_right(attempt, A, 1, seen=0)
    assert result_of(attempt).share == 1


def test_an_answer_without_a_mark_has_nothing_to_correct(attempt):
    with pytest.raises(Met):
        put_right(attempt, A, 1, seen=0)


# What learners see


def test_the_learner_reads_the_comment_only_where_feedback_is_shown():
    world = World(ESSAY)
    attempt = handed_in(world)
    give(attempt, A, 1, comment=Html("<p>Good.</p>"), note="private")
    assert shown(attempt, 0, LATER).comments == ("<p>Good.</p>",)
    assert "private" not in repr(shown(attempt, 0, LATER))
    world.rule(review={each: frozenset({See.RESPONSES, See.MARKS}) for each in When})
    assert shown(attempt, 0, LATER).comments == ()


# The queue


def test_answers_wait_by_question_and_those_that_nobody_answered_do_not():
    world = World(ESSAY)
    handed_in(world, "l-1")
    finish(world.begin("l-2"), now=LATER)
    world.begin("l-3")
    handed_in(world, "l-4")
    (row,) = questions(world.quiz, A)
    assert (row.item.current.name, row.waiting, row.others, row.marked) == ("letter", 2, 0, 0)


def test_a_mark_that_waits_for_a_second_person_is_told_apart(double):
    give(double, A, 1)
    (mine,), (theirs,) = questions(double.quiz, A), questions(double.quiz, B)
    assert (mine.waiting, mine.others) == (0, 1)
    assert (theirs.waiting, theirs.others) == (1, 0)


def test_in_a_quiz_that_people_mark_every_answer_waits():
    world = World(single(), behaviour=Behaviour.MANUAL)
    attempt = world.begin()
    say(attempt, 0, "right")
    finish(attempt, now=LATER)
    (row,) = questions(world.quiz, A)
    assert row.waiting == 1


def test_previews_do_not_wait():
    world = World(ESSAY)
    attempt = world.begin(preview=True)
    save(attempt, 0, revision=0, posted={"text": ["x"]}, now=NOW + SECOND)
    finish(attempt, now=LATER)
    assert questions(world.quiz, A) == []


def test_nobody_meets_their_own_answers():
    world = World(ESSAY)
    item = handed_in(world, "l-1").answers[0].version.item.__name__
    handed_in(world, "l-2")
    (row,) = questions(world.quiz, A, "l-1")
    (place,) = queue(world.quiz, item, A, "secret", "l-1")
    assert (row.waiting, place.attempt.learner_id) == (1, "l-2")


def test_the_order_is_the_same_each_time_and_another_one_for_each_marker():
    world = World(ESSAY)
    for number in range(12):
        handed_in(world, f"l-{number}")
    item = world.quiz.attempts.values()[0].answers[0].version.item.__name__

    def order(marker):
        return [each.attempt.learner_id for each in queue(world.quiz, item, marker, "secret")]

    assert order(A) == order(A) != order(B)
    assert sorted(order(A)) == sorted(order(B))


def test_a_handle_leads_to_its_attempt_for_its_marker_alone(attempt):
    handle = handle_of(attempt.__name__, A, "secret")
    assert attempt.__name__ not in handle
    assert behind(attempt.quiz, handle, A, "secret") is attempt
    assert behind(attempt.quiz, handle, B, "secret") is None


def test_the_next_is_one_that_waits_round_from_the_end_to_the_beginning():
    world = World(ESSAY)
    for number in range(3):
        handed_in(world, f"l-{number}")
    item = world.quiz.attempts.values()[0].answers[0].version.item.__name__
    first, second, third = queue(world.quiz, item, A, "secret")
    give(second.attempt, A, 1)
    places = queue(world.quiz, item, A, "secret")
    before, following = after(places, third.handle, 0)
    assert before.handle == second.handle
    assert following.handle == first.handle
    assert after(places, "", 0)[1].handle == first.handle
