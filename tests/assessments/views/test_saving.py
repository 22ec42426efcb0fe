"""Saving while somebody works, over HTTP, in a bare application."""

import json
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import transaction
import ZODB
from pyramid.authorization import ACLHelper
from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory
from transaction.interfaces import TransientError
from webtest import TestApp
from ZODB.DemoStorage import DemoStorage

from assessments.attempts import history
from assessments.attempts.behaviour import check
from assessments.attempts.finish import finish
from assessments.attempts.history import entries
from assessments.questions.choice import ChoiceQuestion
from assessments.views import arrival, saving
from tests.assessments.attempts.making import LEARNER, World, single


class ByHeader:
    """Who asks is who the test says."""

    def identity(self, request):
        return request.headers.get("Learner")

    def authenticated_userid(self, request):
        return self.identity(request)

    def permits(self, request, context, permission):
        return ACLHelper().permits(context, [f"learner:{self.identity(request)}"], permission)


class Site:
    """The quiz in a database, behind a bare application, and its one attempt."""

    def __init__(self, *questions, **settings):
        self.database = ZODB.DB(DemoStorage())
        self.world = World(*questions, **settings)
        self.key = self.world.begin(now=datetime.now(UTC)).__name__
        with self.database.transaction() as connection:
            connection.root()["quizzes"] = self.world.quizzes
        self.app = TestApp(self.application(), extra_environ={"HTTP_LEARNER": LEARNER})
        self.posts = count(1)

    def application(self):
        def zodb(request):
            connection = self.database.open(request.tm)
            request.add_finished_callback(lambda _request: connection.close())
            return connection

        config = Configurator(
            settings={
                "assessments.secret": "of the test",
                "tm.manager_hook": lambda _request: transaction.TransactionManager(),
            },
            root_factory=lambda request: request.zodb.root(),
            security_policy=ByHeader(),
            session_factory=SignedCookieSessionFactory("a secret of the test"),
        )
        config.include("pyramid_retry")
        config.include("pyramid_tm")
        config.set_default_csrf_options(require_csrf=True, check_origin=False)
        config.add_request_method(zodb, "zodb", reify=True)
        config.add_view(
            lambda request: request.session.get_csrf_token(), name="token", renderer="string"
        )
        config.include("assessments")
        return config.make_wsgi_app()

    @property
    def url(self):
        return f"/quizzes/quiz/{self.key}"

    def attempt(self, connection):
        return connection.root()["quizzes"]["quiz"].attempts[self.key]

    def do(self, work):
        """``work(attempt)``, committed."""
        with self.database.transaction() as connection:
            return work(self.attempt(connection))

    def number(self, key, position=0):
        """What the page calls the option with the author's key."""

        def find(attempt):
            answer = attempt.answers[position]
            asked = answer.version.question.ask(answer.arrangement)
            return asked.fields({"answer": (key,)})["answer"][0]

        return self.do(find)

    def send(self, *answers, post=None, **more):
        body = {"post": post or f"post {next(self.posts)}", "answers": list(answers)}
        return self.app.post_json(
            f"{self.url}/save", body, headers={"X-CSRF-Token": self.token()}, **more
        )

    def token(self):
        return self.app.get("/token").text

    def answer(self, key, position=0, revision=0, **more):
        fields = {"answer": [self.number(key, position)]}
        return {"position": position, "revision": revision, "fields": fields, **more}


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


@pytest.fixture
def site(site_of):
    return site_of(single("a"), single("b"))


class TestSaving:
    def test_what_was_saved_is_told_with_revision_and_time(self, site):
        told = site.send(site.answer("right"), site.answer("wrong", 1)).json

        assert [(each["position"], each["revision"]) for each in told["saved"]] == [(0, 1), (1, 1)]
        assert told["saved"][0]["at"] == told["now"]
        assert (told["conflicts"], told["late"]) == ([], [])
        assert (told["left"], told["state"]) == (None, "open")
        responses = site.do(lambda attempt: [each.response for each in attempt.answers])
        assert responses == [{"answer": ("right",)}, {"answer": ("wrong",)}]

    def test_certainty_and_flag_come_with_the_answer(self, site_of):
        site = site_of(single(), certainty=True)

        site.send(site.answer("right", certainty=3, flagged=True))

        answer = site.do(lambda attempt: (attempt.answers[0].certainty, attempt.answers[0].flagged))
        assert answer == (3, True)

    def test_what_waited_on_a_device_overwrites_no_newer_flag(self, site_of):
        site = site_of(single())
        site.send(site.answer("right", flagged=True, flags=0))
        site.send(site.answer("right", revision=1, flagged=False, flags=1))

        (told,) = site.send(site.answer("half", revision=1, flagged=True, flags=0)).json["saved"]

        assert (told["flagged"], told["flags"]) == (False, 2)

    def test_a_conflict_shows_both_as_the_page_has_them(self, site):
        site.send(site.answer("right"))

        (told,) = site.send(site.answer("wrong")).json["conflicts"]

        assert told["yours"] == {"answer": [site.number("wrong")]}
        assert told["theirs"] == {"answer": [site.number("right")]}
        assert (told["position"], told["revision"]) == (0, 1)
        assert told["at"]

    def test_the_same_post_gets_the_same_answer(self, site):
        first = site.send(site.answer("right"), post="p").json
        site.send(site.answer("wrong", revision=1))

        assert site.send(site.answer("right"), post="p").json["saved"] == first["saved"]

    def test_what_comes_after_handing_in_is_late_and_kept(self, site):
        site.do(lambda attempt: finish(attempt, now=datetime.now(UTC)))

        told = site.send(site.answer("right")).json

        assert [(each["why"], each["revision"]) for each in told["late"]] == [("late", 0)]
        assert told["state"] == "finished"
        assert site.do(lambda attempt: len(list(entries(attempt.answers[0])))) == 1

    def test_what_was_checked_is_told_as_done(self, site_of):
        site = site_of(single(), behaviour="immediate")
        site.send(site.answer("wrong"))
        site.do(lambda attempt: check(attempt, 0, revision=1, now=datetime.now(UTC)))

        assert site.send(site.answer("right", revision=1)).json["late"][0]["why"] == "done"

    def test_what_cannot_be_kept_is_not_acknowledged(self, site, monkeypatch):
        monkeypatch.setattr(history, "MOST", 0)

        told = site.send(site.answer("right")).json

        assert (told["saved"], told["late"][0]["why"]) == ([], "full")

    def test_half_a_sign_is_no_harm(self, site):
        answer = {"position": 0, "revision": 0, "fields": {"answer": ["\ud800"]}}

        assert site.send(answer).json["saved"][0]["revision"] == 0


class TestTheClock:
    def test_it_tells_what_is_left(self, site_of):
        site = site_of(single(), seconds=600)

        told = site.app.get(f"{site.url}/clock").json

        assert 590 < told["left"] <= 600
        assert told["state"] == "open"
        assert abs(datetime.fromisoformat(told["now"]) - datetime.now(UTC)) < timedelta(seconds=60)

    def test_more_time_is_told_by_the_next_save(self, site_of):
        site = site_of(single(), seconds=600)
        with site.database.transaction() as connection:
            connection.root()["quizzes"]["quiz"].overrides[LEARNER] = {"extra": 600}

        assert site.send(site.answer("right")).json["left"] > 1000

    def test_no_cache_keeps_it(self, site):
        assert "no-cache" in site.app.get(f"{site.url}/clock").headers["Cache-Control"]


class TestWhoMay:
    def test_an_attempt_of_another_learner_cannot_be_written_or_looked_at(self, site):
        stranger = {"HTTP_LEARNER": "l-8"}

        site.send(site.answer("right"), extra_environ=stranger, status=403)
        site.app.get(f"{site.url}/clock", extra_environ=stranger, status=403)

    def test_a_request_without_the_token_is_refused(self, site):
        body = {"post": "p", "answers": [site.answer("right")]}

        site.app.post_json(f"{site.url}/save", body, status=400)

        assert site.do(lambda attempt: attempt.answers[0].revision) == 0

    def test_there_is_nothing_at_an_attempt_that_is_not_there(self, site):
        site.app.get("/quizzes/quiz/0123/clock", status=404)


WHOLE = {"position": 0, "revision": 0, "fields": {"answer": ["1"]}}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"post": "p"}',
        b'{"post": 1, "answers": []}',
        b'{"post": "", "answers": []}',
        b'{"post": "p", "answers": 3}',
        b'{"post": "p", "answers": [3]}',
        b'{"post": "p", "answers": ["position"]}',
        b"[" * 5_000,
        *(
            json.dumps({"post": "p", "answers": answers}).encode()
            for answers in (
                [{**WHOLE, "position": 2}],
                [{**WHOLE, "position": -1}],
                [{**WHOLE, "position": "0"}],
                [{**WHOLE, "position": True}],
                [{**WHOLE, "revision": None}],
                [{**WHOLE, "fields": ["answer"]}],
                [{**WHOLE, "fields": {"answer": "1"}}],
                [{**WHOLE, "fields": {"answer": [1]}}],
                [{**WHOLE, "certainty": "3"}],
                [{**WHOLE, "flagged": 1}],
                [{**WHOLE, "flags": "1"}],
                [WHOLE] * 3,
            )
        ),
        json.dumps({"post": "p" * 101, "answers": []}).encode(),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(site, body):
    site.app.post(
        f"{site.url}/save",
        body,
        content_type="application/json",
        headers={"X-CSRF-Token": site.token()},
        status=400,
    )


def test_more_than_anybody_writes_is_refused(site, monkeypatch):
    monkeypatch.setattr(saving, "LARGEST", 20)

    site.send(site.answer("right"), status=413)


def test_a_request_that_is_done_again_has_the_time_at_which_it_came(site, monkeypatch):
    """Its transaction met another one twice; the clock went on meanwhile."""
    times = (datetime(2026, 1, 1, second=second, tzinfo=UTC) for second in range(60))

    class Clock:
        @staticmethod
        def now(_zone):
            return next(times)

    monkeypatch.setattr(arrival, "datetime", Clock)
    before, met = saving.save, []

    def save(*args, **more):
        if len(met) < 2:
            met.append(more["now"])
            raise TransientError
        return before(*args, **more)

    monkeypatch.setattr(saving, "save", save)

    told = site.send(site.answer("right")).json

    assert len(met) == 2
    assert told["now"] == told["saved"][0]["at"] == "2026-01-01T00:00:00.000+00:00"


def test_a_thousand_answers_tell_nothing_by_their_size_or_by_the_work_that_they_take(
    site_of, monkeypatch
):
    """Right and wrong answers take the same steps on the server, and none of them marks."""

    def never(*_):
        raise AssertionError("saving marks nothing")

    monkeypatch.setattr(ChoiceQuestion, "mark_response", never)
    site = site_of(*(single(str(number)) for number in range(500)))
    sizes, steps = {}, {}
    token = site.token()
    for position in range(500):
        for revision, key in enumerate(("wrong", "right") if position % 2 else ("right", "wrong")):
            body = {"post": f"{position:03} {revision}", "answers": []}
            body["answers"].append(site.answer(key, position, revision))
            done = 0

            def count_calls(_frame, event, _argument):
                nonlocal done
                done += event == "call"

            sys.setprofile(count_calls)
            try:
                found = site.app.post_json(
                    f"{site.url}/save", body, headers={"X-CSRF-Token": token}
                )
            finally:
                sys.setprofile(None)
            digits = len(str(position))
            sizes.setdefault((digits, revision), {}).setdefault(key, set()).add(len(found.body))
            steps.setdefault((digits, revision), {}).setdefault(key, []).append(done)

    for by_key in sizes.values():
        assert by_key["right"] == by_key["wrong"]
        assert len(by_key["right"]) == 1
    for by_key in steps.values():
        typical = {key: sorted(counts)[len(counts) // 2] for key, counts in by_key.items()}
        assert typical["right"] == typical["wrong"]
