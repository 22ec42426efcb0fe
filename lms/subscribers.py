"""Where the houses meet: run-time results become progress, completion and certificates.

Everything here happens in the transaction of the commit that causes it.
"""

import secrets
from datetime import UTC, datetime

from certificates import services as certificates
from certificates.events import CertificateIssued
from lms.resources import site_of
from lms.services import audit, courses
from scorm.events import RegistrationChanged


def follow_progress(event: RegistrationChanged) -> None:
    """Bring the enrolment up to date; completing the course issues the certificate, once."""
    site = site_of(event.request.zodb)
    person_id, _, slug = event.registration.reference.partition("/")
    person = site.people.get(person_id)
    if person is None or slug not in person.enrolments:
        return
    now = datetime.now(UTC)
    enrolment = person.enrolments[slug]
    if courses.follow(enrolment, event.registration, now):
        audit.record(
            site.audit,
            now=now,
            actor=person.id,
            action="course completed",
            subject=slug,
            details={},
        )
        if enrolment.course.certificate:
            registry = event.request.registry
            certificate = issue_certificate(
                site, person, enrolment, registry["settings"].name, now, actor=person.id
            )
            registry.notify(CertificateIssued(certificate))


def issue_certificate(site, person, enrolment, issuer: str, now: datetime, *, actor: str):
    """The certificate of a course; issuing it again gives the same one, until it is revoked."""
    course = enrolment.course
    certificate = certificates.issue(
        site.certificates,
        learner_id=person.learner_id,
        award=f"course/{course.__name__}",
        snapshot=snapshot(enrolment, issuer),
        now=now,
        random=secrets.token_bytes,
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


def revoke_certificate(site, certificate, reason: str, now: datetime, *, actor: str) -> None:
    """Revoke, and note who did it."""
    certificates.revoke(certificate, reason, now)
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="certificate revoked",
        subject=certificate.code,
        details={"reason": reason},
    )


def snapshot(enrolment, issuer: str) -> dict:
    """What the certificate will always say, whatever becomes of the course."""
    course = enrolment.course
    standing = enrolment.standing or {}
    score = standing.get("score")
    return {
        "course": course.title,
        "language": course.language,
        "minutes": course.minutes,
        "version": enrolment.registration.version.key if enrolment.registration else None,
        "rule": list(course.rule),
        "score": None if score is None else round(score * 100),
        "issuer": issuer,
    }


def includeme(config):
    config.add_subscriber(follow_progress, RegistrationChanged)
