"""A member answers a quiz of a whole site: what was acknowledged is in the database."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from assessments.attempts.behaviour import check, try_again
from assessments.attempts.files import attach
from assessments.attempts.finish import finish
from assessments.attempts.history import RECENT, entries
from assessments.attempts.receipt import intact
from assessments.attempts.shown import shown
from tests.assessments.attempts.making import World, hints, say, single
from tests.assessments.examples import ESSAY

NOW = datetime.now(UTC)


class Sitting:
    """A member's attempt, and the browser in which it is made."""

    def __init__(self, site, *questions, **settings):
        self.site = site
        world = World(*questions, **settings)
        with site.write() as root:
            here = root["site"]
            here["quizzes"].add(world.quiz)
            here["bank"].add(world.category)
            learner = here.people.by_username("member").learner_id
            self.url = f"/quizzes/quiz/{world.begin(learner, now=NOW).__name__}"
        self.key = self.url.rpartition("/")[2]
        self.browser = site.signed_in("member")

    def on(self, work):
        """``work(attempt)`` in a transaction of its own, on what is in the storage."""
        self.site.database.cacheMinimize()
        with self.site.write() as root:
            return work(root["site"]["quizzes"]["quiz"].attempts[self.key])

    def save(self, *answers, browser=None, **more):
        browser = browser or self.browser
        token = browser.get("/language").forms[0]["csrf_token"].value
        body = {"post": "one", "answers": list(answers)}
        return browser.post_json(f"{self.url}/save", body, headers={"X-CSRF-Token": token}, **more)


def answer(position, *values):
    return {"position": position, "revision": 0, "fields": {"answer": list(values)}}


@pytest.fixture
def sitting(site):
    return Sitting(site, single("a", hints=hints("Think.")), ESSAY, behaviour="interactive")


def test_an_answer_is_saved_with_the_token_in_a_header(sitting):
    told = sitting.save(answer(0, "2")).json

    assert told["saved"][0]["revision"] == 1
    assert sitting.on(lambda attempt: attempt.answers[0].revision) == 1


def test_nobody_else_can_save_or_look(sitting, site):
    author = site.signed_in("author")

    sitting.save(answer(0, "2"), browser=author, status=403)
    author.get(f"{sitting.url}/clock", status=403)
    assert sitting.on(lambda attempt: attempt.answers[0].revision) == 0


def test_everything_that_an_attempt_becomes_can_be_loaded_again(sitting):
    """The database loads classes of ours only: none of another may have got into a record."""
    later = NOW + timedelta(seconds=1)
    for number in range(RECENT + 2):
        sitting.on(
            lambda attempt, number=number: say(
                attempt, 0, ("half", "wrong")[number % 2], now=later, post=str(number)
            )
        )
    sitting.on(lambda attempt: say(attempt, 0, "right", revision=0, now=later))
    sitting.on(lambda attempt: check(attempt, 0, revision=RECENT + 2, now=later))
    sitting.on(lambda attempt: try_again(attempt, 0, now=later))
    sitting.on(
        lambda attempt: attach(
            attempt, 1, "a.pdf", "application/pdf", b"%PDF", later, random=Random(1)
        )
    )
    sitting.on(lambda attempt: finish(attempt, now=later))

    def look(attempt):
        (file,) = shown(attempt, 1, later).files
        return (
            len(list(entries(attempt.answers[0]))),
            attempt.answers[1].files[file.id].read(),
            intact(attempt),
        )

    assert sitting.on(look) == (RECENT + 3, b"%PDF", True)
