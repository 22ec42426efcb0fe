"""What pages show of certificates: those that somebody has, and what the others ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from certificates.resources import Award, Certificate
from certificates.rules import unmet
from certificates.standing import status_of
from certificates.validity import Reminder, anew_since
from lms.resources.courses import Course, Enrolment
from lms.services import awards, quizzes
from lms.services.descriptions import told
from lms.services.earning import course_facts, courses_of, path_facts, rule_for, subject_of
from lms.views.award_words import (
    course_titles,
    day_words,
    kind_words,
    missing_lines,
    rule_lines,
)
from lms.views.words import apart


@dataclass(frozen=True)
class CertificateLink:
    """The way to a certificate. ``about`` says which of several it is: its own title and kind;
    ``until`` is the day that it is valid until, in words, empty for ever."""

    url: str
    about: str
    status: str
    until: str


@dataclass(frozen=True)
class AwardRow:
    """An award of a course for who may earn it: what it is called, empty for the course's only one;
    what it asks for, and for who is in the course and has not got it what is still missing."""

    name: str
    hours: str
    asked: list[str]
    missing: list[str]


def link_to(request, certificate: Certificate, own_title: str = "") -> CertificateLink:
    """:param own_title: what need not be said"""
    snapshot, until = certificate.snapshot, certificate.valid_until
    own = snapshot["title"] == own_title
    title = "" if own else f"{apart(request, snapshot['title'])}: "
    return CertificateLink(
        url=request.resource_url(certificate),
        about=title + kind_words(request, snapshot["kind"]),
        status=str(status_of(certificate, datetime.now(UTC))),
        until="" if until is None else day_words(request, until),
    )


def name_of(request, award: Award, course: Course) -> str:
    """Which of several awards of a course it is: its title, where that is its own, and its kind."""
    title = "" if award.title == course.title else f"{apart(request, award.title)}: "
    return title + kind_words(request, award.kind)


def certificates_of(request, course: Course) -> list[CertificateLink]:
    """The certificates of a course that the person signed in has."""
    held = awards.held_in(request.root, request.identity.learner_id, course)
    return [link_to(request, each, course.title) for each in held]


def award_rows(
    request, course: Course, enrolment: Enrolment | None, told: Sequence[quizzes.Standing]
) -> list[AwardRow]:
    """What a course gives certificates for.

    :param told: where the person stands in its quizzes, as far as they may know it
    """
    person, now = request.identity, datetime.now(UTC)
    rows, found = [], awards.given_in(request.root, course, now)
    for award in found:
        missing: list[str] = []
        held = awards.present(request.root, person.learner_id, award)
        since = None if held is None else anew_since(held, award, now)
        if enrolment is not None and award.automatic and (held is None or since is not None):
            facts = course_facts(person, enrolment, since, told if since is None else None)
            missing = missing_lines(
                request, award, unmet(rule_for(request.root, award, person), facts), facts
            )
        rows.append(
            AwardRow(
                name=name_of(request, award, course) if len(found) > 1 else "",
                hours=award.hours or "",
                asked=rule_lines(request, award),
                missing=missing,
            )
        )
    return rows


def lacking(request, enrolment: Enrolment, told: Sequence[quizzes.Standing]) -> list[str]:
    """What is still missing for the course's certificates, once the course has begun."""
    if enrolment.started is None:
        return []
    rows = award_rows(request, enrolment.course, enrolment, told)
    return [f"{row.name}: {line}" if row.name else line for row in rows for line in row.missing]


@dataclass(frozen=True)
class PathRow:
    """A path that somebody is on: how many of its courses they have completed, which they lack."""

    title: str
    description: str
    done: int
    courses: int
    left: list[tuple[str, str]]
    certificate: CertificateLink | None


def path_rows(request) -> list[PathRow]:
    """The paths that name a course which the person signed in is in."""
    person, site = request.identity, request.root
    found = {
        award.__name__: award
        for slug in person.enrolments
        for award in site.certificates.awards.naming(slug)
    }
    rows = []
    for award in found.values():
        held = awards.present(site, person.learner_id, award)
        if held is None and not awards.is_given(award, datetime.now(UTC)):
            continue
        since = None if held is None else anew_since(held, award, datetime.now(UTC))
        slugs, done = courses_of(award), path_facts(award, person, since).courses
        left = [slug for slug in slugs if slug not in done and slug in site.courses]
        addresses = [request.resource_url(site.courses[slug]) for slug in left]
        rows.append(
            PathRow(
                title=award.title,
                description=award.description,
                done=len(done),
                courses=len(slugs),
                left=list(zip(course_titles(request, left), addresses, strict=True)),
                certificate=None if held is None else link_to(request, held, award.title),
            )
        )
    return sorted(rows, key=lambda row: row.title.casefold())


@dataclass(frozen=True)
class Notice:
    """A certificate that is about to expire: until when it is valid, and from when on it can be
    renewed, in words; ``opens`` is empty where it cannot."""

    title: str
    url: str
    until: str
    opens: str
    open: bool


def notices(request) -> list[Notice]:
    """What the person signed in is to be reminded of."""
    now = datetime.now(UTC)
    found = awards.reminders(request.root, request.identity.learner_id, now)
    return [_notice(request, certificate, reminder, now) for certificate, reminder in found]


def _notice(request, certificate: Certificate, reminder: Reminder, now: datetime) -> Notice:
    opens = reminder.opens if _can_be_taken(request, certificate) else None
    return Notice(
        title=apart(request, certificate.snapshot["title"]),
        url=request.resource_url(certificate),
        until=day_words(request, reminder.until),
        opens="" if opens is None else day_words(request, opens),
        open=opens is not None and opens <= now,
    )


def _can_be_taken(request, certificate: Certificate) -> bool:
    """Whether the person signed in can take what it is of again: nothing of it was withdrawn."""
    award = request.root.certificates.awards.get(certificate.award)
    kind, key = subject_of(award)
    slugs = {"course": (key,), "path": courses_of(award)}.get(kind, ())
    known = request.root.courses
    return all(
        slug in known and request.has_permission("course:enrol", known[slug]) for slug in slugs
    )


def ahead(request) -> list[tuple[str, str, list[str]]]:
    """What the person signed in has begun and can still earn: the titles of courses and paths,
    their addresses, and what is missing."""
    found = []
    for enrolment in request.identity.enrolments.values():
        course = enrolment.course
        learner, now = request.identity.learner_id, datetime.now(UTC)
        lines = lacking(request, enrolment, quizzes.told_to(course, enrolment, learner, now))
        if lines:
            title = told(course, request.locale_name).title
            found.append((title, request.resource_url(course), lines))
    for path in path_rows(request):
        if path.left and path.certificate is None:
            left = [apart(request, title) for title, _url in path.left]
            found.append((path.title, path.left[0][1], left))
    return found
