"""Marking anew by machine: seen first, applied in parts, exactly once, and what was is kept."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.attempts.behaviour import check, try_again
from assessments.attempts.finish import finish
from assessments.attempts.receipt import intact
from assessments.attempts.result import result_of
from assessments.attempts.save import save
from assessments.attempts.shown import shown
from assessments.marking import regrade
from assessments.marking.marks import Given, Stage, correct, mark
from assessments.questions.base import Verdict
from assessments.questions.choice import Choice
from assessments.questions.html import Html
from assessments.quizzes.plan import Behaviour
from assessments.resources import ItemVersion
from tests.assessments.attempts.making import MINUTE, NOW, SECOND, World, hints, say, single
from tests.assessments.examples import ESSAY, FORMULA, SHORT

LATER = NOW + MINUTE
MUCH_LATER = NOW + timedelta(hours=1)


def right_is(key, **more):
    """The question with another key, and nothing else changed."""
    question = single(**more)
    choices = tuple(replace(each, fraction=Fraction(each.key == key)) for each in question.choices)
    return replace(question, choices=choices)


def mend(world, question, name="one"):
    """A new version of an item."""
    item = world.bank.items[f"item-{name}"]
    version = ItemVersion(item, len(item.versions) + 1, question, {}, created=LATER, by="person:a")
    item.versions = (*item.versions, version)


def handed_in(world, key, learner="l-7"):
    attempt = world.begin(learner)
    say(attempt, 0, key)
    finish(attempt, now=LATER)
    return attempt


def looked_at(world, version=2, **more):
    more.setdefault("now", MUCH_LATER)
    run = regrade.begin(world.quiz, {"item-one": version}, by="person:a", **more)
    while run.state == "looking":
        regrade.go_on(run, MUCH_LATER)
    return run


def applied(run, reason="The key was wrong."):
    regrade.decide(run, reason, MUCH_LATER)
    learners = []
    while run.state == "applying":
        learners += regrade.go_on(run, MUCH_LATER)
    return learners


@pytest.fixture
def world():
    return World(single(), pass_percent=50)


def test_looking_changes_nothing(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    run = looked_at(world)
    (change,) = regrade.changes(run)
    assert (change.before, change.after, change.passed) == (0, 1, (False, True))
    assert change.answers == {0: (Fraction(0), Fraction(1))}
    assert attempt.answers[0].fraction == "0"
    assert attempt.answers[0].version.number == 1


def test_what_was_seen_is_what_counts_and_old_marks_stay(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    assert applied(looked_at(world)) == ["l-7"]
    answer = attempt.answers[0]
    (entry,) = answer.marking
    assert (entry["sort"], entry["was"], entry["fraction"]) == ("regrade", "0", "1")
    assert (entry["reason"], entry["versions"]) == ("The key was wrong.", (1, 2))
    assert result_of(attempt).passed


def test_the_learner_sees_the_mended_question_and_the_receipt_holds(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    applied(looked_at(world))
    assert shown(attempt, 0, MUCH_LATER).verdict is Verdict.RIGHT
    assert intact(attempt)


def test_it_is_applied_once(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    run = looked_at(world)
    applied(run)
    assert not regrade.decide(run, "again", MUCH_LATER)
    assert regrade.go_on(run, MUCH_LATER) == []
    assert len(attempt.answers[0].marking) == 1


def test_nothing_is_applied_before_somebody_has_decided(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    run = looked_at(world)
    regrade.go_on(run, MUCH_LATER)
    assert attempt.answers[0].fraction == "0"


def test_it_goes_on_where_the_last_part_ended(world):
    for number in range(7):
        handed_in(world, "wrong", f"l-{number}")
    mend(world, right_is("wrong"))
    run = regrade.begin(world.quiz, {"item-one": 2}, by="person:a", now=MUCH_LATER)
    seen = []
    while run.state == "looking":
        regrade.go_on(run, MUCH_LATER, size=3)
        seen.append(run.seen)
    assert seen == [3, 6, 7]
    regrade.decide(run, "mended", MUCH_LATER)
    parts = []
    while run.state == "applying":
        parts.append(len(regrade.go_on(run, MUCH_LATER, size=3)))
    assert parts == [3, 3, 1]
    assert all(len(each.answers[0].marking) == 1 for each in world.quiz.attempts.values())


def test_who_is_told_of_is_who_has_another_mark(world):
    handed_in(world, "right", "l-1")
    handed_in(world, "half", "l-2")
    handed_in(world, "worse", "l-3")
    mend(world, right_is("half"))
    run = looked_at(world)
    found = regrade.summary(regrade.changes(run))
    assert (found.changed, found.more, found.less) == (3, 2, 1)
    assert (found.newly_passed, found.newly_failed) == (0, 1)
    assert found.largest == -1
    assert found.mean == Fraction(-1 + Fraction(1, 2) + Fraction(1, 2), 3)
    assert set(applied(run)) == {"l-1", "l-2", "l-3"}


def test_nothing_found_is_no_change(world):
    handed_in(world, "right")
    run = looked_at(world, version=0)
    assert regrade.summary(regrade.changes(run)).mean == 0
    assert not run.changes
    assert applied(run) == []
    assert run.state == "done"


def test_the_version_that_was_asked_can_be_used_again(world):
    """As after the machine itself was mended: what it finds now is not what it found then."""
    attempt = handed_in(world, "right")
    attempt.answers[0].fraction = "0"
    applied(looked_at(world, version=0))
    assert attempt.answers[0].fraction == "1"


def test_a_mark_that_changed_since_it_was_looked_at_stays(world):
    attempt = handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    run = looked_at(world)
    given = Given(Fraction(1, 2))
    correct(attempt, attempt.answers[0], given, by="person:b", now=MUCH_LATER, reason="r", seen=0)
    assert applied(run) == []
    assert attempt.answers[0].fraction == "1/2"
    assert run.kept == {regrade.CHANGED: 1}


def test_persons_marks_stay_unless_they_are_asked_for(world):
    attempt = handed_in(world, "wrong")
    given = Given(Fraction(1, 2))
    correct(attempt, attempt.answers[0], given, by="person:b", now=LATER, reason="r", seen=0)
    mend(world, right_is("wrong"))
    run = looked_at(world)
    assert run.kept == {regrade.PERSON: 1}
    assert not run.changes
    applied(looked_at(world, persons=True))
    assert attempt.answers[0].fraction == "1"


def test_what_only_a_person_can_mark_is_left(world):
    world = World(replace(ESSAY, name="one"))
    attempt = world.begin()
    finish(attempt, now=LATER)
    attempt.answers[0].response = {"text": ("Words.",)}
    attempt.answers[0].fraction = None
    mark(
        attempt,
        attempt.answers[0],
        Given(Fraction(1)),
        by="person:a",
        now=LATER,
        seen=Stage.MARK,
    )
    assert not looked_at(world, version=0, persons=True).changes


def test_a_version_that_offers_other_answers_marks_nothing(world):
    handed_in(world, "wrong")
    without = right_is("right")
    mend(world, replace(without, choices=without.choices[:2]))
    run = looked_at(world)
    assert run.kept == {regrade.UNLIKE: 1}
    assert not run.changes


def test_a_version_of_another_type_or_that_is_not_there_marks_nothing(world):
    handed_in(world, "wrong")
    mend(world, replace(ESSAY, name="one"))
    assert looked_at(world).kept == {regrade.UNLIKE: 1}
    assert looked_at(world, version=9).kept == {regrade.UNLIKE: 1}


def test_a_version_with_numbers_that_the_attempt_was_not_given_marks_nothing():
    formula = replace(FORMULA, name="one")
    world = World(formula)
    finish(world.begin(), now=LATER)
    another = replace(formula.variables[0], name="another")
    mend(world, replace(formula, variables=(*formula.variables, another)))
    assert looked_at(world).kept == {regrade.UNLIKE: 1}


def test_an_answer_that_a_version_adds_does_not_matter_to_who_was_not_offered_it(world):
    attempt = handed_in(world, "wrong")
    mended = right_is("wrong")
    more = (*mended.choices, Choice("new", Html("New"), Fraction(0)))
    mend(world, replace(mended, choices=more))
    applied(looked_at(world))
    assert attempt.answers[0].fraction == "1"
    assert intact(attempt)


def test_an_attempt_that_goes_on_is_never_touched_but_for_what_was_checked():
    world = World(single("one"), behaviour=Behaviour.IMMEDIATE)
    attempt, other = world.begin(), world.begin("l-8")
    say(attempt, 0, "wrong")
    say(other, 0, "wrong")
    check(attempt, 0, revision=1, now=NOW + 2 * SECOND)
    mend(world, right_is("wrong"))
    assert not looked_at(world).changes
    run = looked_at(world, attempts=regrade.ALL)
    assert list(run.changes) == [attempt.__name__]
    (change,) = regrade.changes(run)
    assert (change.before, change.passed) == (None, (None, None))
    applied(run)
    assert attempt.answers[0].fraction == "1"
    assert other.answers[0].fraction is None


def test_what_was_handed_in_after_it_began_is_left(world):
    handed_in(world, "wrong")
    mend(world, right_is("wrong"))
    run = looked_at(world, now=NOW)
    assert not run.changes


def test_previews_and_other_questions_are_left():
    world = World(single("one"), single("two"))
    attempt = world.begin(preview=True)
    finish(attempt, now=LATER)
    handed_in(world, "right")
    mend(world, right_is("wrong"))
    run = looked_at(world)
    assert len(run.changes) == 1
    (change,) = regrade.changes(run)
    assert list(change.answers) == [0]


def test_one_attempt_alone(world):
    attempt, other = handed_in(world, "wrong", "l-1"), handed_in(world, "wrong", "l-2")
    mend(world, right_is("wrong"))
    run = looked_at(world, attempts=attempt.__name__)
    applied(run)
    assert (attempt.answers[0].fraction, other.answers[0].fraction) == ("1", "0")
    assert run.seen == 1


def test_tries_take_off_what_they_took():
    question = single("one", hints=hints("Think."), penalty=Fraction(1, 4))
    world = World(question, behaviour=Behaviour.INTERACTIVE)
    attempt = world.begin()
    say(attempt, 0, "worse")
    check(attempt, 0, revision=1, now=NOW + 2 * SECOND)
    try_again(attempt, 0, now=NOW + 3 * SECOND)
    say(attempt, 0, "wrong", now=NOW + 4 * SECOND)
    check(attempt, 0, revision=2, now=NOW + 5 * SECOND)
    finish(attempt, now=LATER)
    mended = replace(right_is("wrong"), hints=question.hints, penalty=question.penalty)
    mend(world, mended)
    applied(looked_at(world))
    assert attempt.answers[0].fraction == "3/4"


def test_an_answer_that_a_hint_cleared_is_left_to_a_person():
    question = single("one", hints=hints("Think.", clear_wrong=True))
    world = World(question, behaviour=Behaviour.INTERACTIVE)
    attempt = world.begin()
    say(attempt, 0, "wrong")
    check(attempt, 0, revision=1, now=NOW + 2 * SECOND)
    try_again(attempt, 0, now=NOW + 3 * SECOND)
    finish(attempt, now=LATER)
    mend(world, right_is("wrong", hints=question.hints))
    assert looked_at(world).kept == {regrade.CLEARED: 1}


def test_regrades_are_found_again_the_newest_first(world):
    assert regrade.regrades_of(world.quiz) == []
    assert regrade.regrade_of(world.quiz, "none") is None
    first = looked_at(world)
    second = looked_at(world, now=MUCH_LATER + SECOND)
    assert regrade.regrades_of(world.quiz) == [second, first]
    assert regrade.regrade_of(world.quiz, first.__name__) is first
    assert first.__parent__ is world.quiz


def test_an_answer_that_waits_counts_nothing_before_and_after():
    world = World(single("one"), replace(ESSAY, name="two"))
    attempt = world.begin()
    say(attempt, 0, "wrong")
    attempt.answers[1].response = {"text": ("Words.",)}
    finish(attempt, now=LATER)
    mend(world, right_is("wrong"))
    run = looked_at(world)
    (change,) = regrade.changes(run)
    assert change.before == 0
    assert change.after == 1 / (1 + attempt.answers[1].version.question.mark)


def test_an_answer_that_a_later_version_accepts_in_the_language_of_the_attempt_is_found():
    world = World(replace(SHORT, name="one"))
    attempt = world.begin(language="ar")
    save(attempt, 0, revision=0, posted={"answer": ["إسطنبول"]}, now=NOW)
    finish(attempt, now=LATER)
    assert attempt.answers[0].fraction == "0"
    mend(world, replace(SHORT, name="one", translations={"ar": {"answers/0/text": "إسطنبول"}}))
    applied(looked_at(world))
    assert attempt.answers[0].fraction == "1"
