"""What is earned by two transactions together, neither of which earns it alone: the second is run
again, and sees what the first did."""

from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import pytest
import transaction
from transaction.interfaces import NoTransaction
from ZODB.POSException import ConflictError

from assessments.attempts.finish import finish
from assessments.attempts.start import start
from certificates import awarding
from learners import ISSUER, add_award, add_course, add_person, reports
from lms.origins import Origins
from lms.resources.site import SITE, Site, site_of
from lms.services import awards, courses, erasure, quiz_results, quizzes, second_look
from lms.settings import Settings
from lms.zodb import database_from_text, in_transaction
from postgresql import relstorage_conf
from quizzes import add_quiz
from sites import FILESTORAGE
from tests.assessments.examples import TRUTH

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Visit:
    """A connection with a transaction of its own."""

    def __init__(self, database):
        self.manager = transaction.TransactionManager(explicit=True)
        self.connection = database.open(self.manager)
        self.manager.begin()

    @property
    def site(self) -> Site:
        return site_of(self.connection)

    @property
    def ana(self):
        return self.site.people.by_username("ana")

    def report(self, slug: str, name: str = "ana", **values):
        person = self.site.people.by_username(name)
        return reports(self.site, person, self.site.courses[slug], NOW, **values)

    def close(self):
        with suppress(NoTransaction):
            self.manager.abort()
        self.connection.close()


@pytest.fixture(params=["filestorage", pytest.param("relstorage", marks=pytest.mark.postgresql)])
def database(request, tmp_path):
    """Two courses that two people have begun, and others have completed."""
    text = FILESTORAGE.format(data=tmp_path)
    if request.param == "relstorage":
        address = request.getfixturevalue("postgresql").database()
        text = relstorage_conf(address, tmp_path / "blobs")
    found = database_from_text(text)

    def furnish(connection):
        site = connection.root()[SITE] = Site()
        ana, bea, cem, dan = (add_person(site, name, NOW) for name in ("ana", "bea", "cem", "dan"))
        for slug in ("listening", "writing"):
            course = add_course(site, slug, NOW)
            for person in (ana, dan):
                reports(site, person, course, NOW, completion="incomplete")
            for person in (bea, cem):
                reports(site, person, course, NOW, completion="completed")

    in_transaction(found, furnish)
    yield found
    found.close()


@pytest.fixture
def visits(database):
    """Two that have read the same state."""
    opened = [Visit(database), Visit(database)]
    for visit in opened:
        assert visit.ana.enrolments["listening"].completed is None
    yield opened
    for visit in opened:
        visit.close()


def held(database, learner_id: str = "learner-of-ana") -> int:
    """How many certificates somebody has."""

    def read(connection):
        return len(site_of(connection).certificates.of_learner(learner_id))

    return in_transaction(database, read)


def test_the_last_two_courses_of_a_path_completed_at_once_earn_its_certificate(database):
    rule = (("courses", ("listening", "writing")),)
    in_transaction(database, lambda c: add_award(site_of(c), "", NOW, rule=rule) and None)
    one, two = Visit(database), Visit(database)
    one.report("listening", completion="completed")
    two.report("writing", completion="completed")
    one.manager.commit()
    with pytest.raises(ConflictError):
        two.manager.commit()
    two.manager.abort()
    two.manager.begin()
    issued = two.report("writing", completion="completed")
    two.manager.commit()
    assert {each.snapshot["subject"] for each in issued} == {"course", "path"}
    assert held(database) == 3
    one.close()
    two.close()


def change_award(visit: Visit) -> None:
    site = visit.site
    (award,) = awards.of_course(site, site.courses["listening"])
    awarding.change(award, {"rule": (("score", 70),)})


def restore_award(visit: Visit) -> None:
    (award,) = awards.of_course(visit.site, visit.site.courses["listening"], retired=True)
    awarding.restore(award)


def add_another(visit: Visit) -> None:
    add_award(visit.site, "course/listening", NOW, rule=(("score", 70),))


def add_path(visit: Visit) -> None:
    add_award(visit.site, "", NOW, rule=(("courses", ("writing",)),))


def change_course(visit: Visit) -> None:
    visit.site.courses["listening"].rule = ("score", 70)


@pytest.mark.parametrize(
    "decide", [change_award, restore_award, add_another, add_path, change_course]
)
def test_what_somebody_earns_while_an_author_decides_is_seen_with_the_decision(
    database, visits, decide
):
    author, learner = visits
    decide(author)
    slug = "writing" if decide is add_path else "listening"
    learner.report(slug, score=0.75)
    author.manager.commit()
    with pytest.raises(ConflictError):
        learner.manager.commit()


def test_two_who_learn_at_once_do_not_meet(database, visits):
    one, two = visits
    one.report("listening", completion="completed")
    two.report("listening", "dan", completion="completed")
    one.manager.commit()
    two.manager.commit()
    assert held(database) == held(database, "learner-of-dan") == 1


@pytest.fixture
def settings(tmp_path):
    return Settings(
        origins=Origins("http://localhost", "http://*.localhost"),
        data=tmp_path,
        zodb_conf=tmp_path / "zodb.conf",
        secret="a secret of the tests, long enough",
        name=ISSUER,
        upload_limit=1,
    )


class Desk:
    """Where the second look does its changes."""

    def __init__(self, database):
        self.database = database

    def change(self, work):
        return in_transaction(self.database, lambda connection: work(site_of(connection)))

    def finish(self, work):
        self.change(work)


def looks(database) -> list[str]:
    """What is to be looked at once more."""

    def read(connection):
        jobs = site_of(connection).outbox.values()
        return [job.subject for job in jobs if job.kind == second_look.KIND]

    return in_transaction(database, read)


@pytest.mark.parametrize(
    ("decide", "slug", "reported", "at_once", "then"),
    [
        (change_award, "listening", {"score": 0.75}, 0, 1),
        (add_another, "listening", {"score": 0.75}, 0, 1),
        (change_course, "listening", {"score": 0.75}, 0, 1),
        (add_path, "writing", {"completion": "completed"}, 1, 2),
    ],
)
def test_what_somebody_earned_just_before_a_decision_is_found_by_a_second_look(
    database, visits, settings, decide, slug, reported, at_once, then
):
    author, learner = visits
    decide(author)
    if decide is add_path:
        (path,) = author.site.certificates.awards.naming(slug)
        awards.reassess_path(author.site, path, ISSUER, NOW, actor="admin")
    else:
        awards.reassess(author.site, author.site.courses[slug], ISSUER, NOW, actor="author")
    learner.report(slug, **reported)
    learner.manager.commit()
    author.manager.commit()
    assert held(database) == at_once

    (subject,) = looks(database)
    for _twice in range(2):
        second_look.carry_out(Desk(database), subject, settings)

    assert held(database) == then


def test_a_quiz_handed_in_while_it_is_made_a_part_of_a_course_is_found_by_a_second_look(
    database, settings
):
    def furnish(connection):
        site = site_of(connection)
        add_quiz(site, [TRUTH], key="first")
        course = courses.create(site.courses, None, title="Asking", slug="asking", now=NOW)
        courses.enrol(course, site.people.by_username("ana"), NOW)

    in_transaction(database, furnish)
    author, learner = Visit(database), Visit(database)
    course = author.site.courses["asking"]
    quizzes.add(course, author.site.quizzes["first"])
    quiz_results.catch_up_all(author.site, course, ISSUER, NOW)
    awards.reassess(author.site, course, ISSUER, NOW, actor="author")
    hand_in(learner, "first", NOW)
    learner.manager.commit()
    author.manager.commit()
    assert held(database) == 0
    (subject,) = looks(database)
    second_look.carry_out(Desk(database), subject, settings)
    assert held(database) == 1
    author.close()
    learner.close()


def test_an_author_who_decides_for_many_does_not_meet_each_of_them(database, visits):
    author, learner = visits
    rule = (("courses", ("listening", "writing")),)
    add_award(author.site, "", NOW, rule=rule)
    awards.reassess(author.site, author.site.courses["listening"], ISSUER, NOW, actor="author")
    learner.report("writing", completion="completed")
    learner.manager.commit()
    author.manager.commit()
    assert held(database) == 1


def test_a_second_look_finds_nothing_of_what_is_gone(database, settings):
    for subject in ("course/gone 2026-11-24", "path/gone 2026-11-24"):
        second_look.carry_out(Desk(database), subject, settings)
    assert held(database) == 0


def hand_in(visit: Visit, key: str, now: datetime) -> None:
    """The person takes a quiz of the course that consists of two."""
    quiz = visit.site.quizzes[key]
    attempt = start(visit.site.bank, quiz, visit.ana.learner_id, (), now, random=Random(1))
    finish(attempt, now=now)
    quiz_results.follow(visit.site, quiz, visit.ana.learner_id, ISSUER, now)


def test_two_quizzes_handed_in_at_once_renew_a_certificate_together(database):
    visit = Visit(database)
    course = courses.create(visit.site.courses, None, title="Asking", slug="asking", now=NOW)
    for key in ("first", "second"):
        quizzes.add(course, add_quiz(visit.site, [TRUTH], key=key))
    (award,) = awards.of_course(visit.site, course)
    awarding.change(award, {"validity": ("months", 24), "renewal": 3})
    courses.enrol(course, visit.ana, NOW)
    for key in ("first", "second"):
        hand_in(visit, key, NOW)
    visit.manager.commit()
    visit.close()
    assert held(database) == 1

    later = datetime(2028, 10, 1, 9, 0, tzinfo=UTC)
    one, two = Visit(database), Visit(database)
    hand_in(one, "first", later)
    hand_in(two, "second", later)
    one.manager.commit()
    with pytest.raises(ConflictError):
        two.manager.commit()
    two.manager.abort()
    two.manager.begin()
    hand_in(two, "second", later)
    (renewed,) = awards.held_in(two.site, "learner-of-ana", two.site.courses["asking"])
    assert (renewed.issued, renewed.renews is not None) == (later, True)
    one.close()
    two.close()


# Somebody goes


def erase(visit: Visit) -> None:
    erasure.erase(visit.site, visit.ana, NOW, actor="admin")


def complete(visit: Visit) -> None:
    visit.report("listening", completion="completed")


def grant(visit: Visit) -> None:
    (award,) = awards.of_course(visit.site, visit.site.courses["listening"])
    awards.grant(visit.site, award, visit.ana, ISSUER, NOW, actor="admin", reason="Taught it.")


@pytest.mark.parametrize("issue", [complete, grant])
@pytest.mark.parametrize("order", ["erased first", "issued first"])
def test_who_is_erased_at_the_moment_of_a_certificate_is_in_none(database, visits, issue, order):
    steps = [erase, issue] if order == "erased first" else [issue, erase]
    for visit, step in zip(visits, steps, strict=True):
        step(visit)
    visits[0].manager.commit()
    with pytest.raises(ConflictError):
        visits[1].manager.commit()
