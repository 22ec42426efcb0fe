"""Attempts in a database: what is written when, and requests that meet."""

from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from fractions import Fraction

import pytest
import transaction
import ZODB
from transaction.interfaces import TransientError
from ZODB.DemoStorage import DemoStorage

from assessments.attempts.behaviour import check, try_again
from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.history import RECENT, entries
from assessments.attempts.save import Conflict, Saved, save
from assessments.attempts.sheet import lines_of
from assessments.attempts.start import attempts_of, start
from assessments.marking.marks import Given, Stage, mark
from assessments.resources import Answer, Attempt
from tests.assessments.attempts.making import (
    LEARNER,
    MINUTE,
    NOW,
    SECOND,
    World,
    hints,
    say,
    single,
)
from tests.assessments.examples import ESSAY


class Site:
    """A world in a database, seen by requests that each have a connection of their own."""

    def __init__(self, *questions, **settings):
        self.database = ZODB.DB(DemoStorage())
        self.world = World(*questions, **settings)
        with self.request() as root:
            root["bank"], root["quizzes"] = self.world.bank, self.world.quizzes
        self.met = 0

    @contextmanager
    def request(self):
        """One request: committed at its end."""
        manager = transaction.TransactionManager()
        manager.begin()
        connection = self.database.open(manager)
        try:
            yield connection.root()
            manager.commit()
        finally:
            manager.abort()
            connection.close()

    def do(self, work, meanwhile=None):
        """A request that does ``work(world)``, tried again when it met another one.

        :param meanwhile: what another request does before this one is committed, once
        """
        while True:
            try:
                with self.request() as root:
                    world = copy(self.world)
                    world.bank, world.quizzes = root["bank"], root["quizzes"]
                    world.quiz = world.quizzes["quiz"]
                    found = work(world)
                    if meanwhile is not None:
                        now, meanwhile = meanwhile, None
                        self.do(now)
                return found
            except TransientError:
                self.met += 1

    def begin(self, learner=LEARNER):
        return self.do(lambda world: world.begin(learner).__name__)

    def on(self, key, work, meanwhile=None):
        """``work(attempt)`` in a request of its own."""

        def both(world):
            return work(world.quiz.attempts[key])

        return self.do(both, meanwhile and (lambda world: meanwhile(world.quiz.attempts[key])))


@pytest.fixture
def site_of():
    """Makes sites; their databases are closed at the end."""
    sites = []

    def make(*questions, **settings):
        sites.append(Site(*questions, **settings))
        return sites[-1]

    yield make
    for each in sites:
        each.database.close()


def written(site, key, work):
    """The classes of the objects that a request writes."""
    classes = []

    def look(world):
        attempt = world.quiz.attempts[key]
        work(attempt)
        classes.extend(type(each) for each in attempt._p_jar._registered_objects)

    site.do(look)
    return classes


def test_saving_writes_the_answer_and_nothing_else(site_of):
    site = site_of(single("a"), single("b"))
    key = site.begin()

    assert written(site, key, lambda attempt: say(attempt, 0, "right", flagged=True)) == [Answer]


def test_saving_what_is_saved_already_writes_nothing(site_of):
    site = site_of(single())
    key = site.begin()
    site.on(key, lambda attempt: say(attempt, 0, "right"))

    assert written(site, key, lambda attempt: say(attempt, 0, "right")) == []


def test_two_answers_of_one_attempt_can_be_saved_at_once(site_of):
    site = site_of(single("a"), single("b"))
    key = site.begin()

    site.on(key, lambda attempt: say(attempt, 0, "right"), lambda attempt: say(attempt, 1, "wrong"))

    assert site.met == 0
    revisions = site.on(key, lambda attempt: [each.revision for each in attempt.answers])
    assert revisions == [1, 1]


def test_of_two_tabs_that_save_one_answer_at_once_one_is_told_of_the_other(site_of):
    site = site_of(single())
    key = site.begin()

    outcome = site.on(
        key,
        lambda attempt: say(attempt, 0, "right", revision=0, post="a"),
        lambda attempt: say(attempt, 0, "wrong", revision=0, post="b"),
    )

    assert site.met == 1
    assert isinstance(outcome, Conflict)
    assert site.on(key, lambda attempt: attempt.answers[0].response) == {"answer": ("wrong",)}
    kept = site.on(key, lambda attempt: [each.kind.value for each in entries(attempt.answers[0])])
    assert kept == ["saved", "conflict"]


def test_the_same_post_twice_at_once_is_done_once(site_of):
    site = site_of(single())
    key = site.begin()

    def send(attempt):
        return say(attempt, 0, "right", revision=0, post="a")

    assert site.on(key, send, send) == Saved(1, NOW + SECOND, False)
    assert site.on(key, lambda attempt: len(list(entries(attempt.answers[0])))) == 1


def test_a_learner_who_begins_twice_at_once_has_one_attempt(site_of):
    site = site_of(single())

    def begin(world):
        return world.begin().__name__

    again = site.do(begin, begin)

    assert site.do(lambda world: list(world.quiz.attempts)) == [again]


def test_others_begin_without_meeting(site_of):
    site = site_of(single())
    site.begin("somebody")

    for number in range(30):
        site.do(
            lambda world, number=number: world.begin(f"a{number}"),
            lambda world, number=number: start(
                world.bank, world.quiz, f"b{number}", (), NOW, random=world.random
            ),
        )

    assert site.met == 0
    assert site.do(lambda world: len(world.quiz.attempts)) == 61


def test_an_answer_that_is_saved_while_the_attempt_is_handed_in_is_late_and_kept(site_of):
    site = site_of(single())
    key = site.begin()

    outcome = site.on(
        key,
        lambda attempt: say(attempt, 0, "right"),
        lambda attempt: finish(attempt, now=NOW + SECOND),
    )

    assert outcome.why.value == "late"
    assert site.on(key, lambda attempt: attempt.answers[0].fraction) == "0"


def test_handing_in_while_an_answer_is_saved_marks_that_answer(site_of):
    site = site_of(single())
    key = site.begin()

    done = site.on(
        key,
        lambda attempt: finish(attempt, now=NOW + MINUTE),
        lambda attempt: say(attempt, 0, "right"),
    )

    assert (done, site.met) == (True, 1)
    assert site.on(key, lambda attempt: attempt.answers[0].fraction) == "1"


@pytest.mark.parametrize("other", [finish, close_overdue])
def test_handing_in_and_the_clock_at_once_end_it_once(site_of, other):
    site = site_of(single(), seconds=30)
    key = site.begin()

    def end(attempt):
        return (
            finish(attempt, now=NOW + MINUTE)
            if other is finish
            else close_overdue(attempt, NOW + MINUTE)
        )

    assert site.on(key, lambda attempt: finish(attempt, now=NOW + MINUTE), end) is False
    assert site.on(key, lambda attempt: attempt.finished) == NOW + 30 * SECOND


def test_a_double_check_takes_one_try(site_of):
    site = site_of(single(hints=hints("a", "b")), behaviour="interactive")
    key = site.begin()
    site.on(key, lambda attempt: say(attempt, 0, "wrong"))

    def look(attempt):
        return check(attempt, 0, revision=1, now=NOW, post="a")

    assert site.on(key, look, look) is False
    assert site.on(key, lambda attempt: len(attempt.answers[0].tries)) == 1
    assert site.on(key, lambda attempt: try_again(attempt, 0, now=NOW)) is True
    assert site.on(key, look) is False


def test_a_whole_attempt_can_be_stored_and_found_again(site_of):
    site = site_of(single("a"), single("b"), certainty=True)
    key = site.begin()
    for number in range(RECENT + 5):
        site.on(
            key,
            lambda attempt, number=number: say(
                attempt, 0, ("right", "wrong")[number % 2], certainty=3, post=str(number)
            ),
        )
    site.on(key, lambda attempt: finish(attempt, now=NOW + MINUTE))

    def read(world):
        (attempt,) = attempts_of(world.quiz, LEARNER)
        return isinstance(attempt, Attempt) and [
            entry.revision for entry in entries(attempt.answers[0])
        ]

    assert site.do(read) == list(range(1, RECENT + 6))


def test_marks_of_two_texts_that_meet_are_both_on_the_sheet(site_of):
    texts = [replace(ESSAY, name=name) for name in ("one", "two")]
    site = site_of(*texts)

    def hand_in(world):
        attempt = world.begin()
        for position in range(2):
            save(attempt, position, revision=0, posted={"text": ["Words."]}, now=NOW + SECOND)
        finish(attempt, now=NOW + MINUTE)

    def marked(position, marker):
        def work(world):
            (attempt,) = attempts_of(world.quiz, LEARNER)
            given = Given(Fraction(1, 2))
            answer = attempt.answers[position]
            mark(attempt, answer, given, by=marker, now=NOW + MINUTE, seen=Stage.MARK)

        return work

    site.do(hand_in)
    site.do(marked(0, "person:a"), meanwhile=marked(1, "person:b"))

    assert site.met == 1
    shares = site.do(
        lambda world: [each.fraction for each in lines_of(*attempts_of(world.quiz, LEARNER))]
    )
    assert shares == ["1/2", "1/2"]
