"""A course's certificate: issuing and revoking it, with the note in the audit trail."""

import secrets
from datetime import datetime

from certificates import issuing
from certificates.resources import Certificate
from lms.resources.courses import Course, Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import audit, courses, quizzes


def issue(
    site: Site,
    person: Person,
    enrolment: Enrolment,
    issuer: str,
    now: datetime,
    *,
    actor: str,
    replace_revoked: bool,
) -> Certificate:
    """The certificate of a course; issuing it again gives the same one.

    :param issuer: what the site is called
    :param replace_revoked: whether a new one follows one that was revoked, as an admin may decide
    """
    course = enrolment.course
    certificate = issuing.issue(
        site.certificates,
        learner_id=person.learner_id,
        award=f"course/{course.__name__}",
        snapshot=snapshot(enrolment, person.learner_id, issuer, now),
        now=now,
        random=secrets.token_bytes,
        replace_revoked=replace_revoked,
    )
    if enrolment.certificate != certificate.code:
        enrolment.certificate = certificate.code
        audit.record(
            site.audit,
            now=now,
            actor=actor,
            action="certificate issued",
            subject=course.__name__,
            details={"code": certificate.code},
        )
    return certificate


def complete(
    site: Site, person: Person, enrolment: Enrolment, issuer: str, now: datetime, *, actor: str
) -> None:
    """Note that somebody has just completed a course, and issue the certificate if there is one."""
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="course completed",
        subject=enrolment.course.__name__,
        details={"person": person.id},
    )
    if enrolment.course.certificate:
        issue(site, person, enrolment, issuer, now, actor=actor, replace_revoked=False)


def reassess(site: Site, course: Course, issuer: str, now: datetime, *, actor: str) -> int:
    """After a course's rule was changed: whoever meets it already has completed the course.

    Who has completed it keeps that, and gets the certificate if there was none to get then.

    :return: how many have completed it by the change
    """
    newly = 0
    for person_id, enrolment in course.roster.items():
        person = site.people.get(person_id)
        if person is None:
            continue
        if courses.settle(enrolment, now):
            complete(site, person, enrolment, issuer, now, actor=actor)
            newly += 1
        elif enrolment.completed and course.certificate and enrolment.certificate is None:
            issue(site, person, enrolment, issuer, now, actor=actor, replace_revoked=False)
    return newly


def note_revocation(site: Site, certificate: Certificate, now: datetime, *, actor: str) -> None:
    """Note in the audit trail that a certificate was revoked, and why."""
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="certificate revoked",
        subject=certificate.code,
        details={"reason": certificate.reason},
    )


def snapshot(enrolment: Enrolment, learner_id: str, issuer: str, now: datetime) -> dict:
    """What the certificate will always say, whatever becomes of the course. The result of a quiz
    that its learner may not know yet is not in it."""
    course = enrolment.course
    known = quizzes.told_to(course, enrolment, learner_id, now)
    return {
        "kind": "achievement",
        "subject": "course",
        "title": course.title,
        "language": course.language,
        "minutes": course.minutes,
        "version": enrolment.registration.version.key if enrolment.registration else None,
        "rule": list(courses.rule_of(enrolment)),
        "score": courses.score_of(enrolment, known),
        "quizzes": [
            {"title": each.lesson.quiz.title, "percent": each.percent}
            for each in known
            if each.needs != "nothing"
        ],
        "issuer": issuer,
    }
