"""Where the houses meet: run-time results become progress, completion and certificates.

Everything here happens in the transaction of the request that causes it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from assessments.attempts.rules import is_practice
from assessments.events import (
    AttemptStarted,
    ExceptionChanged,
    MarkCorrected,
    RegradeAsked,
    RegradeDecided,
    ResultChanged,
    ResultsExported,
    RulesChanged,
)
from assessments.quizzes.plan import to_plain
from certificates.events import Attended, CertificateRevoked, ListExported, WorkAsked
from lms import zips
from lms.resources import site_of
from lms.services import (
    awards,
    certificate_work,
    imports,
    outbox,
    progress,
    quiz_results,
    quizzes,
    regrades,
    versions,
)
from scorm.capability import CapabilityRefused
from scorm.events import (
    HostsChanged,
    ImportAsked,
    RegistrationChanged,
    VersionChanged,
    VersionWeighed,
    WriteAsked,
)


def refuse_closed_accounts(event: WriteAsked) -> None:
    """:raises CapabilityRefused: when the account was closed since the course was opened"""
    registration = event.registration
    person_id, _, rest = registration.reference.partition("/")
    if registration.preview:
        person_id = rest
    person = site_of(event.connection).people.get(person_id)
    if person is not None and person.closed:
        raise CapabilityRefused("Your account is closed. Ask an admin of this site.")


def follow_progress(event: RegistrationChanged) -> None:
    """Bring the enrolment up to date, and issue what is earned by it, once."""
    if event.registration.preview:
        return
    site = site_of(event.connection)
    person_id, _, slug = event.registration.reference.partition("/")
    person = site.people.get(person_id)
    if person is None or slug not in person.enrolments:
        return
    now = datetime.now(UTC)
    enrolment = person.enrolments[slug]
    if progress.follow(enrolment, event.registration, now):
        awards.note_completion(site, person, enrolment, now, actor=person.id)
    issuer = event.registry["settings"].name
    awards.consider(site, person, enrolment, issuer, now, person.id)


def note_beginning(event: AttemptStarted) -> None:
    """Whoever begins a quiz has begun the courses that it belongs to, unless it is for practice."""
    attempt = event.attempt
    if attempt.preview or is_practice(attempt.quiz):
        return
    for _person, enrolment in quiz_results.enrolments_with(
        event.request.root, attempt.quiz, attempt.learner_id
    ):
        if enrolment.started is None:
            enrolment.started = attempt.started


def follow_quiz(event: ResultChanged) -> None:
    """Bring the enrolments up to date that a quiz is a part of."""
    issuer = event.registry["settings"].name
    site = site_of(event.connection)
    quiz_results.follow(site, event.quiz, event.learner_id, issuer, datetime.now(UTC))


def follow_rules(event: RulesChanged) -> None:
    """Bring everybody up to date in the courses of a quiz whose rules were changed."""
    request, now = event.request, datetime.now(UTC)
    issuer = request.registry["settings"].name
    for course in request.root.courses.values():
        if quizzes.lesson_of(course, event.quiz) is not None:
            quiz_results.catch_up_all(request.root, course, issuer, now)
            awards.reassess(request.root, course, issuer, now, actor=request.identity.id)


def follow_attendance(event: Attended) -> None:
    """Issue what is earned by being in a session, once."""
    issuer = event.registry["settings"].name
    awards.attend(site_of(event.connection), event, issuer, datetime.now(UTC))


def note_revocation(event: CertificateRevoked) -> None:
    """Who revoked a certificate on its page, and why."""
    request = event.request
    awards.note_revocation(
        request.root, event.certificate, datetime.now(UTC), actor=request.identity.id
    )


def ask_for_batch(event: WorkAsked) -> None:
    """A batch of certificates waits in the outbox, and who asked for it is noted; the worker is
    woken once that is on disk."""
    request, batch = event.request, event.batch
    kind = zips.KIND if batch.kind == "zip" else certificate_work.KIND
    outbox.ask(request.root.outbox, kind, batch.__name__, datetime.now(UTC))
    details = {"what": batch.kind, "count": batch.total, "reason": batch.reason}
    request.note("certificates in bulk", batch.__name__, details)
    request.tm.get().addAfterCommitHook(wake, args=(request.registry["wake"],))


def note_list(event: ListExported) -> None:
    """Who took a list of certificates out of the site, and what for."""
    details = {"rows": event.rows, "purpose": event.purpose}
    event.request.note("certificates exported", "certificates", details)


def ask_for_check(event: ImportAsked) -> None:
    """A package waits in the outbox; the worker is woken once that is on disk."""
    request = event.request
    outbox.ask(request.root.outbox, imports.KIND, event.package_import.__name__, datetime.now(UTC))
    request.tm.get().addAfterCommitHook(wake, args=(request.registry["wake"],))


def wake(committed: bool, call: Callable[[], None]) -> None:
    if committed:
        call()


def note_hosts(event: HostsChanged) -> None:
    """Who let a package call another host, or took that back."""
    allowed = event.host in event.package.allowed_hosts
    details = {"host": event.host, "reason": event.reason, "allowed": allowed}
    event.request.note("package hosts changed", event.package.__name__, details)


def note_exception(event: ExceptionChanged) -> None:
    """Who made an exception to the rules of a quiz, for whom and why, or took it back."""
    plain = None if event.override is None else to_plain(event.override)
    details = {"for": event.who, "exception": plain}
    event.request.note("quiz exception", event.quiz.__name__, details)


def note_correction(event: MarkCorrected) -> None:
    """Who put another mark in the place of one that counted, and why."""
    details = {
        "attempt": event.attempt.__name__,
        "question": event.position + 1,
        "was": event.was,
        "fraction": event.fraction,
        "reason": event.reason,
    }
    event.request.note("quiz mark corrected", event.attempt.quiz.__name__, details)


def note_export(event: ResultsExported) -> None:
    """Who took a table of what people did out of the site, and what for."""
    details = {"what": event.what, "purpose": event.purpose}
    event.request.note("quiz results exported", event.quiz.__name__, details)


def note_regrade(event: RegradeDecided) -> None:
    """Who let answers be marked anew, by which versions, and why."""
    regrade = event.regrade
    details = {
        "regrade": regrade.__name__,
        "questions": regrade.items,
        "attempts": len(regrade.changes),
        "reason": regrade.reason,
    }
    event.request.note("quiz regraded", regrade.quiz.__name__, details)


def ask_for_regrade(event: RegradeAsked) -> None:
    """A regrade waits in the outbox; the worker is woken once that is on disk."""
    request, regrade = event.request, event.regrade
    subject = f"{regrade.quiz.__name__}/{regrade.__name__}"
    outbox.ask(request.root.outbox, regrades.KIND, subject, datetime.now(UTC))
    request.tm.get().addAfterCommitHook(wake, args=(request.registry["wake"],))


def weigh_version(event: VersionWeighed) -> None:
    """The courses that another version would change."""
    request = event.request
    event.consequences += [
        {
            "title": each.course.title,
            "url": request.resource_url(each.course),
            "numbers": each.numbers,
            "vanished": [title for _key, title in each.vanished],
        }
        for each in versions.weigh(request.root, event.package, event.version)
    ]


def follow_version(event: VersionChanged) -> None:
    """Courses do without parts that are gone; who chose the version is noted."""
    request = event.request
    versions.adapt(
        request.root,
        event.package,
        event.change,
        drop_vanished=event.drop_vanished,
        issuer=request.registry["settings"].name,
        actor=request.identity.id,
        now=datetime.now(UTC),
    )
    request.note("package version", event.package.__name__, versions.details(event.change))


def includeme(config):
    config.add_subscriber(refuse_closed_accounts, WriteAsked)
    config.add_subscriber(follow_progress, RegistrationChanged)
    config.add_subscriber(note_beginning, AttemptStarted)
    config.add_subscriber(follow_quiz, ResultChanged)
    config.add_subscriber(follow_rules, RulesChanged)
    config.add_subscriber(follow_attendance, Attended)
    config.add_subscriber(note_revocation, CertificateRevoked)
    config.add_subscriber(ask_for_batch, WorkAsked)
    config.add_subscriber(note_list, ListExported)
    config.add_subscriber(ask_for_check, ImportAsked)
    config.add_subscriber(note_hosts, HostsChanged)
    config.add_subscriber(note_exception, ExceptionChanged)
    config.add_subscriber(note_correction, MarkCorrected)
    config.add_subscriber(note_export, ResultsExported)
    config.add_subscriber(note_regrade, RegradeDecided)
    config.add_subscriber(ask_for_regrade, RegradeAsked)
    config.add_subscriber(weigh_version, VersionWeighed)
    config.add_subscriber(follow_version, VersionChanged)
