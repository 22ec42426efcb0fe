"""Certificates that are issued, revoked, suspended or resumed by the hundred: the job."""

import time
from datetime import UTC, datetime

from translationstring import TranslationStringFactory

from certificates import batches
from certificates.issuing import CertificateRefused
from certificates.resources import Batch
from lms.resources import Site
from lms.services import audit, awards
from lms.services.outbox import Desk
from lms.settings import Settings

_ = TranslationStringFactory("tutela")

KIND = "certificates"
DONE = {"revoke": "certificate revoked", "suspend": "certificate suspended"}
"""What the audit trail calls it."""
REST = 2
"""Times as long as a part took that others have the machine after it. The busier it is, the longer
a part takes, and the longer the rest is."""


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """A part in each transaction, until nothing is left to do, with rests in between. Whoever takes
    the job over goes on where the last part ended."""
    while True:
        began = time.monotonic()
        if not desk.part(lambda site: _a_part(site, subject, settings)):
            break
        desk.pause(REST * (time.monotonic() - began))
    desk.finish(lambda _site: None)


def _a_part(site: Site, subject: str, settings: Settings) -> bool:
    batch = site.certificates.batches.get(subject)
    if batch is None:
        return False
    now = datetime.now(UTC)
    batch.problem = ""
    return batches.go_on(batch, lambda item: _do(site, batch, item, settings, now), now)


def _do(site: Site, batch: Batch, item: str, settings: Settings, now: datetime) -> None:
    if batch.kind == "issue":
        _grant(site, batch, item, settings, now)
        return
    batches.change(site.certificates, batch, item, now)
    audit.record(
        site.audit,
        now=now,
        actor=batch.by,
        action=DONE.get(batch.kind, "certificate resumed"),
        subject=item,
        details={"reason": batch.reason, "batch": batch.__name__},
    )


def _grant(site: Site, batch: Batch, item: str, settings: Settings, now: datetime) -> None:
    person = site.people.get(item) or site.people.by_learner(item)  # as items were called before
    award = site.certificates.awards.get(batch.award)
    if person is None or award is None:
        raise CertificateRefused(_("The account or the award is gone."))
    before = awards.present(site, person.learner_id, award)
    if before is not None and before.revoked is not None and not batch.reason:
        raise CertificateRefused(_("Had one that was revoked, and no reason was given."))
    made = awards.grant(
        site, award, person, settings.name, now, actor=batch.by, reason=batch.reason
    )
    if made is before:
        raise CertificateRefused(_("Has this certificate already."))


def given_up(site: Site, subject: str, problem: str, _now: datetime) -> None:
    """The batch's page says that it stands still."""
    batch = site.certificates.batches.get(subject)
    if batch is not None:
        batch.problem = problem
