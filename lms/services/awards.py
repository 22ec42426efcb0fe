"""Awards: who earns one, who may be given one, and the note of it in the audit trail. No HTTP.

A certificate is issued in the transaction that earns it. What nobody can earn by a change costs
that change a look into two trees: awards are found by their subject, and paths by their courses.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from translationstring import TranslationStringFactory

from certificates import issuing, rules, standing, validity
from certificates.events import Attended
from certificates.issuing import CertificateRefused
from certificates.resources import Award, Certificate, award_key
from certificates.rules import Facts, Rule
from certificates.standing import Status
from lms.resources.courses import Course, Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import audit, courses, earning, outbox
from lms.services.earning import Account

_ = TranslationStringFactory("tutela")

SECOND_LOOK = "second look at awards"
"""The kind of the job."""


@dataclass(frozen=True)
class Candidate:
    """Somebody whom an award can be given to: what is known of them, what of the rule they lack,
    the certificate that they have, and whether it can be earned anew."""

    person: Person
    facts: Facts
    unmet: Rule
    certificate: Certificate | None
    anew: bool

    def keeps(self, now: datetime) -> Certificate | None:
        """The certificate that they have, where no new one would follow it."""
        held = self.certificate
        if held is None or (self.anew and not self.unmet):
            return None
        return held if standing.status_of(held, now) in (Status.VALID, Status.SUSPENDED) else None


def present(site: Site, learner_id: str, award: Award) -> Certificate | None:
    """The newest certificate of an award that somebody has, revoked or not."""
    house = site.certificates
    return house.get(house.by_award.get(award_key(learner_id, award.__name__), ""))


def of_course(site: Site, course: Course, *, retired: bool = False) -> list[Award]:
    """The awards of a course as they were made; those that are in use, or all of them."""
    found = site.certificates.awards.of_subject(courses.subject_of(course.__name__))
    chosen = [each for each in found if retired or each.retired is None]
    return sorted(chosen, key=lambda each: (each.created, each.__name__))


def given_in(site: Site, course: Course, now: datetime) -> list[Award]:
    """The awards of a course that are issued now."""
    return [each for each in of_course(site, course) if is_given(each, now)]


def is_given(award: Award, now: datetime) -> bool:
    """Whether an award is issued at all: a retired one is not, nor one that would have expired
    already."""
    end = validity.valid_until(award.validity, now)
    return award.retired is None and (end is None or end > now)


def certified(site: Site, now: datetime) -> set[str]:
    """The courses that end in a certificate, by slug."""
    found = site.certificates.awards.values()
    subjects = (earning.subject_of(award) for award in found if is_given(award, now))
    return {key for kind, key in subjects if kind == "course"}


def held_in(site: Site, learner_id: str, course: Course) -> list[Certificate]:
    """The certificates that somebody has of a course, those of retired awards too."""
    found = of_course(site, course, retired=True)
    held = [present(site, learner_id, award) for award in found]
    return [each for each in held if each is not None]


def consider(
    site: Site, person: Person, enrolment: Enrolment, issuer: str, now: datetime, actor: str
) -> list[Certificate]:
    """Issue what somebody has earned by what they did in a course: its awards, and those of paths
    that it is on. Doing it again changes nothing.

    :param issuer: what the site is called
    :param actor: who is noted in the audit trail
    """
    paths = site.certificates.awards.naming(enrolment.course.__name__)
    earning.rest_on(site, enrolment.course, paths, person)
    return brought(site, person, enrolment, issuer, now, actor)


def brought(
    site: Site, person: Person, enrolment: Enrolment, issuer: str, now: datetime, actor: str
) -> list[Certificate]:
    """:func:`consider` for one of many: a transaction about everybody in a course would meet each
    of them. It asks for a second look (:func:`look_again`) instead."""
    slug, found = enrolment.course.__name__, site.certificates.awards
    issued = (
        earn(site, award, person, issuer, now, actor)
        for award in (*found.of_subject(courses.subject_of(slug)), *found.naming(slug))
    )
    return [each for each in issued if each is not None]


def earn(
    site: Site, award: Award, person: Person, issuer: str, now: datetime, actor: str
) -> Certificate | None:
    """What an award that is issued by itself brings somebody who lacks it, or may renew it."""
    since = None
    if not award.automatic or not is_given(award, now):
        return None
    held = present(site, person.learner_id, award)
    if held is not None:
        since = validity.anew_since(held, award, now)
        if since is None:
            return None
    if rules.unmet(earning.rule_for(site, award, person), earning.facts_of(award, person, since)):
        return None
    account = earning.account_of(site, award, person, now)
    return _issue(site, award, person, account, issuer, now, actor)


def attend(site: Site, event: Attended, issuer: str, now: datetime) -> list[Certificate]:
    """Issue what somebody has earned by being in a session; being told again changes nothing."""
    person = site.people.by_learner(event.learner_id)
    if person is None:
        return []
    facts, account = earning.attended_facts(event), earning.attended_account(event)
    issued = []
    for award in site.certificates.awards.of_subject(event.subject):
        if not award.automatic or not is_given(award, now):
            continue
        held = present(site, person.learner_id, award)
        since = None if held is None else validity.anew_since(held, award, now)
        anew = held is None or (since is not None and event.started >= since)
        if anew and not rules.unmet(award.rule, facts):
            issued.append(_issue(site, award, person, account, issuer, now, person.id))
    return issued


def eligible(site: Site, award: Award, now: datetime) -> Iterator[Candidate]:
    """Everybody whom an award of a course or a path concerns: who is in the course, or in one of
    the courses. Of a session it is not kept who was there."""
    for person in _concerned(site, award):
        yield candidate(site, award, person, now)


def candidate(site: Site, award: Award, person: Person, now: datetime) -> Candidate:
    """What is known of one of them."""
    held = present(site, person.learner_id, award)
    facts = earning.facts_of(award, person, _counts_since(held, award, now))
    unmet = rules.unmet(earning.rule_for(site, award, person), facts)
    anew = held is not None and validity.anew_since(held, award, now) is not None
    return Candidate(person, facts, unmet, held, anew)


def _counts_since(held: Certificate | None, award: Award, now: datetime) -> datetime | None:
    """Since when that counts by which somebody would earn an award; None for all there is. What
    earned a certificate that has expired does not earn the next one."""
    if held is None or standing.status_of(held, now) is Status.REVOKED:
        return None
    since = validity.anew_since(held, award, now)
    expired = standing.status_of(held, now) is Status.EXPIRED
    return held.issued if since is None and expired else since


def concerned(site: Site, award: Award) -> list[str]:
    """The ids of everybody whom an award concerns. No person is loaded for it."""
    kind, key = earning.subject_of(award)
    slugs = {"course": (key,), "path": earning.courses_of(award)}.get(kind, ())
    rosters = [site.courses[slug].roster for slug in slugs if slug in site.courses]
    return list(dict.fromkeys(each for roster in rosters for each in roster))


def _concerned(site: Site, award: Award) -> Iterator[Person]:
    for person_id in concerned(site, award):
        person = site.people.get(person_id)
        if person is not None:
            yield person


def grant(
    site: Site,
    award: Award,
    person: Person,
    issuer: str,
    now: datetime,
    *,
    actor: str,
    reason: str = "",
) -> Certificate:
    """An admin gives somebody an award. Whoever has it keeps what they have, unless that was
    revoked or has expired, or they have earned it anew; then a new certificate takes its place.

    :param reason: for admins only; needed where the rule is not met
    :raises CertificateRefused: without one, for one that is too long, and for an award that is
        issued no more
    """
    found = candidate(site, award, person, now)
    if kept := found.keeps(now):
        return kept
    if not is_given(award, now):
        raise CertificateRefused(_("This award is issued no more."))
    if found.unmet and not reason.strip():
        raise CertificateRefused(
            _("This person has not earned the certificate. Say why it is issued all the same.")
        )
    if len(reason) > issuing.LONGEST_REASON:
        raise issuing.reason_too_long()
    account = earning.account_of(site, award, person, now)
    return _issue(site, award, person, account, issuer, now, actor, reason.strip())


def _issue(
    site: Site,
    award: Award,
    person: Person,
    account: Account,
    issuer: str,
    now: datetime,
    actor: str,
    reason: str = "",
) -> Certificate:
    """A new certificate; the one that there may be is followed by it."""
    rule = earning.rule_for(site, award, person)
    certificate = issuing.issue(
        site.certificates,
        learner_id=person.learner_id,
        award=award.__name__,
        snapshot=earning.snapshot(site.certificates, award, rule, account, issuer),
        now=now,
        random=secrets.token_bytes,
        valid_until=validity.valid_until(award.validity, now),
        renew=True,
    )
    person._p_changed = True  # whoever erases them at this moment meets it
    kind, key = earning.subject_of(award)
    details = {"code": certificate.code, "award": award.__name__}
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="certificate issued",
        subject=key if kind == "course" else award.subject,
        details={**details, "reason": reason} if reason else details,
    )
    return certificate


def note_completion(
    site: Site, person: Person, enrolment: Enrolment, now: datetime, *, actor: str
) -> None:
    """Note that somebody has just completed a course."""
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="course completed",
        subject=enrolment.course.__name__,
        details={"person": person.id},
    )


def reassess(site: Site, course: Course, issuer: str, now: datetime, *, actor: str) -> int:
    """After a course's rule or its awards were changed: whoever meets the rule already has
    completed the course, and gets what they have earned by it.

    Who has completed it keeps that.

    :return: how many have completed it by the change
    """
    newly = 0
    for person_id, enrolment in course.roster.items():
        person = site.people.get(person_id)
        if person is not None:
            newly += reconsider(site, person, enrolment, issuer, now, actor=actor)
    look_again(site, courses.subject_of(course.__name__), now)
    return newly


def reconsider(
    site: Site, person: Person, enrolment: Enrolment, issuer: str, now: datetime, *, actor: str
) -> bool:
    """What somebody has done counts by what is decided now; whether the course is completed by it,
    just now."""
    newly = courses.settle(enrolment, now)
    if newly:
        note_completion(site, person, enrolment, now, actor=actor)
    brought(site, person, enrolment, issuer, now, actor)
    return newly


def reassess_path(site: Site, award: Award, issuer: str, now: datetime, *, actor: str) -> int:
    """After a path was made or changed: whoever has completed its courses already gets the
    certificate; how many."""
    issued = [earn(site, award, person, issuer, now, actor) for person in _concerned(site, award)]
    look_again(site, award.subject, now)
    return sum(each is not None for each in issued)


def look_again(site: Site, subject: str, now: datetime) -> None:
    """Ask for a second look (:mod:`lms.services.second_look`) when this transaction is on disk: a
    job for each decision, since one that is being done may be past somebody.

    :param subject: ``course/<slug>`` or ``path/<id>``
    """
    outbox.ask(site.outbox, SECOND_LOOK, f"{subject} {now:%Y-%m-%d %H:%M:%S.%f}", now)


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


def reminders(
    site: Site, learner_id: str, now: datetime
) -> list[tuple[Certificate, validity.Reminder]]:
    """What somebody is to be reminded of now: certificates that are about to expire."""
    found = []
    for certificate in site.certificates.of_learner(learner_id):
        award = site.certificates.awards.get(certificate.award)
        reminder = None if award is None else validity.due(certificate, award, now)
        if reminder is not None:
            found.append((certificate, reminder))
    return found
