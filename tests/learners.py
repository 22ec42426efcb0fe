"""A site with a course, people in it, and what they did there, without a package or a browser."""

import secrets
from datetime import datetime

from certificates import awarding
from certificates.resources import Award
from lms.resources.courses import Course, Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import awards, courses
from scorm.resources import PackageVersion, ScormPackage

MANIFEST = (
    '{"identifier": "m", "edition": "2004 4th", "title": "C",'
    ' "default_organization": "o", "organizations": [{"identifier": "o", "title": "C", "items":'
    ' [{"identifier": "one", "title": "One", "launch": "1.html", "sco": true},'
    ' {"identifier": "two", "title": "Two", "launch": "2.html", "sco": true}]}]}'
)
ISSUER = "Tutela"


def package(now: datetime) -> ScormPackage:
    """A package of two lessons."""
    made = ScormPackage("p", "Listening", "author", now)
    made.versions = (
        PackageVersion(
            "two lessons for awards",
            index="{}",
            manifest=MANIFEST,
            report="{}",
            size=1,
            created=now,
        ),
    )
    return made


def add_course(site: Site, slug: str, now: datetime) -> Course:
    return courses.create(site.courses, package(now), title=slug.title(), slug=slug, now=now)


def add_person(site: Site, name: str, now: datetime) -> Person:
    person = Person(name, f"learner-of-{name}", name, now)
    site.people.add(person)
    return person


def add_award(site: Site, subject: str, now: datetime, **settings) -> Award:
    made = awarding.create(
        site.certificates.awards,
        subject=subject,
        title=settings.pop("title", "Ready"),
        now=now,
        random=secrets.token_bytes,
    )
    awarding.change(made, settings)
    return made


def standing(**values) -> dict:
    nothing = {
        "completion": "unknown",
        "success": "unknown",
        "score": None,
        "seconds": 0,
        "done": [],
        "attempt": 1,
    }
    return {**nothing, **values}


def reports(site: Site, person: Person, course: Course, now: datetime, **values) -> list:
    """The package reports something, as the site hears of it; what is issued by it."""
    enrolment: Enrolment = courses.enrol(course, person, now)
    enrolment.started = enrolment.started or now
    enrolment.standing, enrolment.last = standing(**values), now
    courses.settle(enrolment, now)
    return awards.consider(site, person, enrolment, ISSUER, now, person.id)
