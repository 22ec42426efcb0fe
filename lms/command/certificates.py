"""``tutela certificates …``: issuing, taking back, and finding certificates."""

import csv
from io import StringIO

from certificates import issuing, listing, standing
from certificates.listing import Row, Wish, plain_cell
from certificates.resources import Award, Certificate
from lms.command.tasks import (
    COMMAND_LINE,
    Answer,
    Context,
    Refused,
    course_called,
    note,
    person_called,
)
from lms.resources.courses import Course
from lms.services import awards

STATUSES = ("valid", "expired", "suspended", "revoked")
COLUMNS = ("code", "status", "issued", "valid_until", "title", "kind", "username")


def issue(context: Context, arguments) -> Answer:
    """Issue a course's certificate to somebody; whoever has it keeps the one that they have."""
    course = course_called(context, arguments.slug)
    person = person_called(context, arguments.username)
    if course.__name__ not in person.enrolments:
        raise Refused(f"{person.username} is not enrolled in {course.title}.")
    award = _award(context, course, arguments.award)
    before = awards.present(context.site, person.learner_id, award)
    certificate = awards.grant(
        context.site,
        award,
        person,
        context.settings.name,
        context.now,
        actor=COMMAND_LINE,
        reason=arguments.reason,
    )
    url = f"{context.settings.origins.site_url}/certificates/{certificate.code}"
    status = str(standing.status_of(certificate, context.now))
    plain = {"code": certificate.code, "url": url, "status": status}
    if certificate is before:
        words = (
            f"{person.username} has this certificate already. It is {status}; nothing was issued."
        )
        return Answer(f"{words}\n{certificate.code}\n{url}", plain)
    return Answer(f"{certificate.code}\n{url}", plain)


def _award(context: Context, course: Course, key: str | None) -> Award:
    """The award that is meant; without a name there must be no choice."""
    found = {award.__name__: award for award in awards.of_course(context.site, course)}
    names = "\n".join(f"  {each}  {award.title or award.kind}" for each, award in found.items())
    if not found:
        raise Refused(f"{course.title} has no certificate.")
    if key is None and len(found) > 1:
        raise Refused(f"{course.title} has several certificates. Name one with --award:\n{names}")
    if key is not None and key not in found:
        raise Refused(f"{course.title} has no such certificate. It has:\n{names}")
    return next(iter(found.values())) if key is None else found[key]


def revoke(context: Context, arguments) -> Answer:
    """Revoke a certificate; its page says so from now on."""
    certificate = _certificate(context, arguments.code)
    issuing.revoke(certificate, arguments.reason, context.now)
    awards.note_revocation(context.site, certificate, context.now, actor=COMMAND_LINE)
    words = f"Certificate {certificate.code} is revoked, for ever."
    return Answer(words, {"code": certificate.code, "status": "revoked"})


def suspend(context: Context, arguments) -> Answer:
    """Suspend a certificate until it is resumed; its page says so from now on."""
    certificate = _certificate(context, arguments.code)
    issuing.suspend(certificate, arguments.reason, context.now)
    details = {"reason": certificate.suspension_reason}
    note(context, "certificate suspended", certificate.code, details)
    words = (
        f"Certificate {certificate.code} is suspended. Let it hold again: "
        f"tutela certificates resume {certificate.code}"
    )
    return Answer(words, {"code": certificate.code, "status": "suspended"})


def resume(context: Context, arguments) -> Answer:
    """Let a suspended certificate hold again."""
    certificate = _certificate(context, arguments.code)
    issuing.resume(certificate)
    note(context, "certificate resumed", certificate.code, {})
    status = standing.status_of(certificate, context.now)
    words = f"Certificate {certificate.code} is suspended no more. It is {status}."
    return Answer(words, {"code": certificate.code, "status": str(status)})


def show(context: Context, arguments) -> Answer:
    """Every certificate that is like this, the newest first."""
    wish = Wish(words=arguments.title or "", status=arguments.status or "")
    found = listing.found(context.site.certificates, wish, context.now)
    plain = [_plain(context, row) for row in found]
    if arguments.csv:
        note(context, "certificates exported", "certificates", {"rows": len(plain)})
        return Answer(_csv(plain), {"certificates": plain})
    lines = [
        f"{each['code']}  {each['status']:<9}  {each['issued'][:10]}  {each['title']}, "
        f"{each['username'] or 'account erased'}"
        for each in plain
    ]
    return Answer("\n".join(lines) or "No certificate is like this.", {"certificates": plain})


def _plain(context: Context, row: Row) -> dict[str, str]:
    person = context.site.people.by_learner(row.learner_id)
    return {
        "code": row.code,
        "status": str(row.status(context.now.isoformat(timespec="seconds"))),
        "issued": row.issued,
        "valid_until": row.valid_until,
        "title": row.title,
        "kind": row.kind,
        "username": "" if person is None else person.username,
    }


def _csv(plain: list[dict[str, str]]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in plain:
        writer.writerow(plain_cell(each[name]) for name in COLUMNS)
    return text.getvalue().rstrip("\r\n")


def _certificate(context: Context, typed: str) -> Certificate:
    found = standing.verify(context.site.certificates, typed, context.now).certificate
    if found is None:
        raise Refused(f"{typed} is not the code of a certificate of this site.")
    return found
