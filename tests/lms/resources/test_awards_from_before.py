"""A database from before awards: courses had a mark for their certificate, and who was in one had
its code."""

import secrets

import pytest
import ZODB
from ZODB.DemoStorage import DemoStorage

from certificates import issuing
from certificates.resources import Certificate
from learners import add_person
from lms.evolution import STEPS
from lms.resources.courses import Course, Enrolment
from lms.resources.site import SITE, Site
from lms.services import awards
from lms.zodb import find_class
from scorm.resources import Learner, Registration, ScormPackage
from sites import NOW

STEP = next(step for step in STEPS if step.name == "give-courses-awards")


@pytest.fixture
def database():
    """Four courses as they were stored: one that gives a certificate and has given one, one that
    gives one, one that gave one once, one that gives none."""
    found = ZODB.DB(DemoStorage(), class_factory=find_class)
    with found.transaction() as connection:
        site = connection.root()[SITE] = Site()
        del site.certificates.awards.by_course
        person = add_person(site, "ana", NOW)
        for slug, marked in (("given", True), ("gives", True), ("gave", False), ("none", False)):
            course = Course(slug, slug.title(), None, NOW)
            course.__dict__["certificate"] = marked
            site.courses.add(course)
            enrolment = Enrolment(person.id, course, NOW)
            code = issue(site, person, slug).code if slug in ("given", "gave") else None
            enrolment.__dict__["certificate"] = code
            person.enrolments[slug] = course.roster[person.id] = enrolment
        begin(person.enrolments["given"])
    return found


def issue(site: Site, person, slug: str) -> Certificate:
    return issuing.issue(
        site.certificates,
        learner_id=person.learner_id,
        award=f"course/{slug}",
        snapshot={
            "kind": "achievement",
            "title": slug.title(),
            "language": "en",
            "issuer": "Tutela",
            "rule": ["lessons", ("a", "b")],
        },
        now=NOW,
        random=secrets.token_bytes,
    )


def begin(enrolment: Enrolment) -> None:
    """Somebody is on their third attempt."""
    enrolment.registration = Registration(
        "r", "label", Learner(), package=ScormPackage("p", "P", "author", NOW), version=None,
        learner_id="l", learner_name="Ana", reference="ana/given", return_url="", now=NOW,
    )  # fmt: skip
    enrolment.registration.attempt = 3
    enrolment.standing = {"earlier": {"seconds": 60}}


def test_each_course_that_gives_a_certificate_gets_an_award_and_certificates_keep_their_codes(
    database,
):
    with database.transaction() as connection:
        before = {each.code for each in connection.root()[SITE].certificates.values()}
    for _twice in range(2):
        with database.transaction() as connection:
            STEP.run(connection.root())

    with database.transaction() as connection:
        site = connection.root()[SITE]
        person = site.people.by_username("ana")
        given = {
            slug: [
                (each.title, each.rule, each.retired is not None)
                for each in awards.of_course(site, site.courses[slug], retired=True)
            ]
            for slug in ("given", "gives", "gave", "none")
        }
        rule = (("completed",),)
        assert given == {
            "given": [("Given", rule, False)],
            "gives": [("Gives", rule, False)],
            "gave": [("Gave", rule, True)],
            "none": [],
        }
        held = {slug: awards.held_in(site, person.learner_id, site.courses[slug]) for slug in given}
        assert {slug: len(found) for slug, found in held.items()} == {
            "given": 1, "gives": 0, "gave": 1, "none": 0,
        }  # fmt: skip
        assert {each.code for found in held.values() for each in found} == before
        assert len(site.certificates.by_award) == 2
        (certificate,) = held["given"]
        assert certificate.snapshot["rule"] == [["lessons", ["a", "b"]]]
        assert site.certificates.awards.naming("given") == []


def test_nobody_keeps_a_code_with_the_enrolment_and_attempts_under_way_have_begun(database):
    with database.transaction() as connection:
        STEP.run(connection.root())
    with database.transaction() as connection:
        site = connection.root()[SITE]
        enrolments = site.people.by_username("ana").enrolments
        assert enrolments["given"].begun == (3, NOW, 60)
        assert enrolments["gives"].begun is None
        for slug, enrolment in enrolments.items():
            course = site.courses[slug]
            assert (enrolment.person_id, course.title) == ("ana", slug.title())  # both are loaded
            assert "certificate" not in {**enrolment.__dict__, **course.__dict__}
