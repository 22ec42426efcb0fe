"""Certificates that are issued, revoked, suspended or resumed by the hundred: the job."""

import time
from datetime import UTC, datetime

from certificates import batches
from certificates.resources import Batch
from lms.resources import Site
from lms.services import audit
from lms.services.outbox import Desk
from lms.settings import Settings

KIND = "certificates"
DONE = {"revoke": "certificate revoked", "suspend": "certificate suspended"}
"""What the audit trail calls it."""


def carry_out(desk: Desk, subject: str, _settings: Settings) -> None:
    """A part in each transaction, until nothing is left to do; in between others get as much time
    as the part took. Whoever takes the job over goes on where the last part ended."""
    while True:
        began = time.monotonic()
        if not desk.change(lambda site: _a_part(site, subject)):
            break
        desk.pause(time.monotonic() - began)
    desk.finish(lambda _site: None)


def _a_part(site: Site, subject: str) -> bool:
    batch = site.certificates.batches.get(subject)
    if batch is None:
        return False
    now = datetime.now(UTC)
    batch.problem = ""
    return batches.go_on(batch, lambda item: _do(site, batch, item, now), now)


def _do(site: Site, batch: Batch, item: str, now: datetime) -> None:
    batches.change(site.certificates, batch, item, now)
    audit.record(
        site.audit,
        now=now,
        actor=batch.by,
        action=DONE.get(batch.kind, "certificate resumed"),
        subject=item,
        details={"reason": batch.reason, "batch": batch.__name__},
    )


def given_up(site: Site, subject: str, problem: str, _now: datetime) -> None:
    """The batch's page says that it stands still."""
    batch = site.certificates.batches.get(subject)
    if batch is not None:
        batch.problem = problem
