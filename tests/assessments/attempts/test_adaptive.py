"""A question that adapts, in an attempt: it goes on from try to try until it says it is over."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.attempts.behaviour import Incomplete, Outdated, check, may_check
from assessments.attempts.finish import finish
from assessments.attempts.history import MOST, Kind, entries
from assessments.attempts.receipt import intact, receipt
from assessments.attempts.save import Conflict, save
from assessments.attempts.shown import shown
from assessments.marking import regrade
from assessments.questions.base import EMPTY
from assessments.questions.qti import LONGEST_TRIES, MOST_TRIES, QtiQuestion
from assessments.quizzes.plan import ALL, Behaviour, When
from assessments.resources import ItemVersion
from tests.assessments.attempts.making import NOW, SECOND, World, single
from tests.assessments.questions.qti_items import COUNTING, DOORS

BEHAVIOURS = list(Behaviour)


def doors(**more):
    return QtiQuestion(name="doors", body=EMPTY, xml=DOORS, **more)


def counting():
    return QtiQuestion(name="counting", body=EMPTY, xml=COUNTING)


@pytest.fixture
def begun():
    """Begins an attempt at the doors."""

    def begin(behaviour=Behaviour.DEFERRED, question=None, **settings):
        return World(question or doors(), behaviour=behaviour.value, **settings).begin()

    return begin


def fill(attempt, **fields):
    answer = attempt.answers[0]
    posted = {name: [value] for name, value in fields.items()}
    return save(attempt, 0, revision=answer.revision, posted=posted, now=NOW + SECOND)


def submit(attempt, **fields):
    """Answer, and press the button."""
    fill(attempt, **fields)
    assert check(attempt, 0, revision=attempt.answers[0].revision, now=NOW) is True
    return page(attempt)


def page(attempt, now=NOW):
    return shown(attempt, 0, now)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_it_goes_on_in_every_behaviour_until_it_is_completed(begun, behaviour):
    attempt = begun(behaviour)
    assert "Will you change" not in json.dumps(page(attempt).asked)

    between = submit(attempt, i1="1")
    assert "Will you change" in json.dumps(between.asked)
    assert (between.writable, between.checkable, between.done) == (True, True, False)
    assert between.tries_left is None
    assert (between.verdict, between.mark, between.parts, between.right) == (None, None, (), None)

    done = submit(attempt, i2="1")
    assert (done.writable, done.checkable, done.done) == (False, False, True)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_what_it_says_between_tries_is_said_whatever_the_review_allows(begun, behaviour):
    attempt = begun(behaviour, review={})
    assert page(attempt).feedback == EMPTY
    assert "A goat stands behind door C" in submit(attempt, i1="1").feedback
    assert submit(attempt, i2="1").feedback == EMPTY


def test_what_it_says_in_the_end_is_said_when_feedback_may_be_seen(begun):
    attempt = begun(Behaviour.IMMEDIATE, review=dict.fromkeys(When, ALL))
    submit(attempt, i1="1")
    done = submit(attempt, i2="1")
    assert "You have won" in done.feedback
    assert (done.mark, done.verdict) == (1, "right")


@pytest.mark.parametrize(
    ("changes", "fraction"), [("1", "1"), ("2", "0")], ids=["changed", "stayed"]
)
def test_it_is_marked_with_all_its_tries(begun, changes, fraction):
    attempt = begun()
    submit(attempt, i1="1")
    submit(attempt, i2=changes)
    finish(attempt, now=NOW)
    assert attempt.answers[0].fraction == fraction


def test_its_own_processing_alone_says_what_tries_take_off(begun):
    attempt = begun(Behaviour.INTERACTIVE, doors(penalty=Fraction(1)))
    submit(attempt, i1="1")
    submit(attempt, i2="1")
    assert attempt.answers[0].fraction == "1"


def test_the_last_try_stands_when_nothing_is_answered_after_it(begun):
    attempt = begun()
    submit(attempt, i1="1")
    fill(attempt)  # what a page sends whose second step was left open
    finish(attempt, now=NOW)
    answer = attempt.answers[0]
    assert (answer.fraction, answer.response) == ("0", {"i1": ("A",)})
    assert len(answer.tries) == 1
    assert page(attempt).values["i1"] == ("1",)


def test_what_is_answered_and_not_submitted_counts_as_a_last_try(begun):
    attempt = begun()
    submit(attempt, i1="1")
    fill(attempt, i2="1")
    finish(attempt, now=NOW)
    assert attempt.answers[0].fraction == "1"
    assert len(attempt.answers[0].tries) == 2


def test_an_answer_that_is_taken_back_is_a_last_try_without_one(begun):
    attempt = begun(question=counting())
    submit(attempt, i1="yes")
    fill(attempt)
    finish(attempt, now=NOW)
    assert attempt.answers[0].fraction == "1/2"


def test_it_may_be_submitted_with_a_part_open_but_not_with_nothing(begun):
    attempt = begun()
    with pytest.raises(Incomplete):
        check(attempt, 0, revision=0, now=NOW)
    submit(attempt, i3="1")
    assert "Think of all three doors" in page(attempt).feedback


def test_a_wish_goes_with_one_try_only(begun):
    attempt = begun()
    between = submit(attempt, i3="1")
    assert between.values["i3"] == ()
    assert attempt.answers[0].response == {}
    again = submit(attempt, i1="1")
    assert "Think of all three doors" not in again.feedback


def test_the_same_button_pressed_twice_tries_once(begun):
    attempt = begun()
    fill(attempt, i1="1")
    revision = attempt.answers[0].revision
    assert check(attempt, 0, revision=revision, now=NOW, post="once") is True
    assert check(attempt, 0, revision=revision, now=NOW, post="once") is False
    assert len(attempt.answers[0].tries) == 1


def test_what_a_window_sends_that_shows_an_earlier_step_does_not_overwrite_the_next(begun):
    attempt = begun()
    fill(attempt, i1="1")
    stale = attempt.answers[0].revision
    check(attempt, 0, revision=stale, now=NOW)
    fill(attempt, i2="1")
    save(attempt, 0, revision=stale, posted={"i1": ["2"]}, now=NOW + SECOND)
    assert attempt.answers[0].response == {"i2": ("yes",)}
    assert [each.kind for each in entries(attempt.answers[0])][-1] is Kind.CONFLICT


def test_it_ends_after_so_many_tries_whatever_it_says(begun):
    attempt = begun(question=counting())
    for _try in range(MOST_TRIES):
        assert may_check(attempt, 0, NOW)
        submit(attempt, i1="no")
    assert attempt.answers[0].state == "done"


@pytest.mark.parametrize("full", ["tries", "history"])
def test_it_ends_when_no_more_can_be_kept(begun, full):
    attempt = begun(question=counting())
    fill(attempt, i1="no" if full == "history" else "n" * (LONGEST_TRIES // 2 + 1))
    check(attempt, 0, revision=attempt.answers[0].revision, now=NOW)
    assert attempt.answers[0].state == "open"
    if full == "history":
        attempt.answers[0].packed = MOST
    check(attempt, 0, revision=attempt.answers[0].revision, now=NOW)
    assert attempt.answers[0].state == "done"


def test_the_receipt_names_each_answer_as_its_page_had_it(begun):
    attempt = begun()
    submit(attempt, i1="1")
    submit(attempt, i2="1")
    finish(attempt, now=NOW)
    assert intact(attempt)
    lines = receipt(attempt, "secret").splitlines()
    digests = [line.rpartition(" ")[2] for line in lines if " version " in line]
    assert len(set(digests)) == len(digests) == 3


def marked_anew(attempt, question=None):
    item = attempt.answers[0].version.item
    number = 0
    if question is not None:
        number = 2
        version = ItemVersion(item, 2, question, {}, created=NOW, by="person:a")
        item.versions = (*item.versions, version)
    made = regrade.begin(attempt.quiz, {item.__name__: number}, by="person:a", now=NOW)
    while regrade.is_running(made):
        regrade.go_on(made, NOW)
    return made


@pytest.mark.parametrize("second", [{"i2": "1"}, {}], ids=["to-its-end", "left-open"])
def test_marking_it_anew_finds_the_same(begun, second):
    attempt = begun()
    submit(attempt, i1="1")
    if second:
        submit(attempt, **second)
    else:
        fill(attempt)
    finish(attempt, now=NOW)
    made = marked_anew(attempt)
    assert list(regrade.changes(made)) == []
    assert made.kept == {}


def test_marking_it_anew_by_another_version_follows_all_tries(begun):
    attempt = begun()
    submit(attempt, i1="1")
    submit(attempt, i2="2")
    finish(attempt, now=NOW)
    other = doors()
    other = replace(other, xml=other.xml.replace('"float">0<', '"float">0.5<'))
    (change,) = regrade.changes(marked_anew(attempt, other))
    assert change.answers == {0: (0, Fraction(1, 2))}


def test_other_questions_of_a_deferred_quiz_are_not_checked():
    attempt = World(single(), doors()).begin()
    assert not may_check(attempt, 0, NOW)
    assert may_check(attempt, 1, NOW)


def test_a_window_that_shows_an_earlier_step_submits_nothing(begun):
    attempt = begun(question=counting())
    fill(attempt, i1="yes")
    stale = attempt.answers[0].revision
    check(attempt, 0, revision=stale, now=NOW, post="one window")

    # The answer stays in its field, so that the other window sends the same once more.
    found = save(attempt, 0, revision=stale, posted={"i1": ["yes"]}, now=NOW, post="another")
    assert isinstance(found, Conflict)
    with pytest.raises(Outdated):
        check(attempt, 0, revision=stale, now=NOW, post="another")
    assert len(attempt.answers[0].tries) == 1


def test_what_a_step_was_sent_with_is_done_once_however_late_it_comes_again(begun):
    attempt = begun(question=counting())
    save(attempt, 0, revision=0, posted={"i1": ["yes"]}, now=NOW, post="once")
    check(attempt, 0, revision=1, now=NOW, post="once")
    again = save(attempt, 0, revision=0, posted={"i1": ["yes"]}, now=NOW, post="once")
    assert (again.revision, again.changed) == (1, False)
    assert check(attempt, 0, revision=again.revision, now=NOW, post="once") is False
