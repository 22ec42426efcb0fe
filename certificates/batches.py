"""The same done with many certificates: begun by an admin, gone on with a part at a time.

Each part is a transaction of whoever calls :func:`go_on`, and moves the batch on in the same: one
that is cut off half-way goes on where the last part ended, and nothing is done twice.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from translationstring import TranslationStringFactory

from certificates import issuing
from certificates.issuing import CertificateRefused
from certificates.resources import Batch, Certificates
from certificates.standing import Status

_ = TranslationStringFactory("tutela")

PART = 10
"""Items in one transaction: a hundredth of a second or two, so that others get their turns."""
KEPT = timedelta(hours=24)
"""How long the file of a zip can be fetched."""

KINDS = ("issue", "revoke", "suspend", "resume", "zip")
REASONED = ("revoke", "suspend")
"""What is never done without a reason."""
CONCERNED = {
    "revoke": frozenset({Status.VALID, Status.EXPIRED, Status.SUSPENDED}),
    "suspend": frozenset({Status.VALID, Status.EXPIRED}),
    "resume": frozenset({Status.SUSPENDED}),
    "zip": frozenset({Status.VALID, Status.EXPIRED}),
}
"""Certificates of which status are changed, or printed."""


def begin(
    certificates: Certificates,
    kind: str,
    items: Iterable[str],
    *,
    by: str,
    now: datetime,
    reason: str = "",
    award: str = "",
    title: str = "",
) -> Batch:
    """A batch that waits to be worked through.

    :param items: codes; for ``issue`` whom to issue to, by ids of the host's
    :param by: who asks, as the host calls people
    :param title: what it is about, for its page
    :raises CertificateRefused: without items, or without a reason where one is needed
    """
    reason = " ".join(reason.split())
    if kind in REASONED and not reason:
        raise CertificateRefused(_("Give a reason."))
    if len(reason) > issuing.LONGEST_REASON:
        raise issuing.reason_too_long()
    batch = Batch(
        secrets.token_hex(8), kind, award=award, reason=reason, by=by, title=title, created=now
    )
    for number, part in enumerate(_parts(items)):
        batch.parts[number] = part
        batch.total += len(part)
    if not batch.total:
        raise CertificateRefused(_("Choose at least one certificate."))
    certificates.batches.add(batch)
    return batch


def _parts(items: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(dict.fromkeys(items))
    while part := tuple(islice(rest, PART)):
        yield part


def go_on(batch: Batch, do: Callable[[str], None], now: datetime) -> bool:
    """Do the next part; whether there is more.

    :param do: does it with one item; raises :class:`CertificateRefused` before it changes anything
    """
    part = batch.parts.get(batch.at, ())
    for number, item in enumerate(part, batch.seen):
        try:
            do(item)
        except CertificateRefused as refused:
            batch.failed[number] = (item, str(refused))
        else:
            batch.changed += 1
    batch.seen += len(part)
    batch.at += 1
    if batch.at < len(batch.parts):
        return True
    finish(batch, now)
    return False


def finish(batch: Batch, now: datetime) -> None:
    """Nothing is left to do; which items there were is kept no longer, but for a zip: as long as it
    can be fetched it has to be known whose certificates are in it."""
    if batch.finished is None:
        batch.finished = now
        if batch.kind != "zip":
            batch.parts.clear()


def begin_anew(batch: Batch) -> None:
    """What was done of a zip is to be forgotten."""
    batch.run += 1
    batch.at = batch.seen = batch.changed = 0
    batch.failed.clear()


def change(certificates: Certificates, batch: Batch, code: str, now: datetime) -> None:
    """Revoke, suspend or resume one certificate, as the batch says.

    :raises CertificateRefused: when that is so already, or cannot be
    """
    certificate = certificates.get(code)
    if certificate is None:
        raise CertificateRefused(_("There is no such certificate."))
    if batch.kind == "revoke":
        issuing.revoke(certificate, batch.reason, now)
    elif batch.kind == "suspend":
        issuing.suspend(certificate, batch.reason, now)
    else:
        issuing.resume(certificate)


def sweep(certificates: Certificates, now: datetime) -> None:
    """Take away the files that were there to be fetched long enough."""
    for batch in certificates.batches.values():
        if batch.file is not None and batch.finished + KEPT <= now:
            take_away(batch)


def take_away(batch: Batch) -> None:
    """Take away the file of a zip, if there is one. It may hold names: nothing of them stays on the
    disk, even before the database is packed."""
    if batch.file is not None:
        path = Path(batch.file.committed())
        path.chmod(0o600)
        path.write_bytes(b"")
        batch.file = None
        batch.parts.clear()


def withdraw(certificates: Certificates, codes: Collection[str], now: datetime) -> tuple[str, ...]:
    """A holder goes: zips that their certificates are in can be fetched no more from this
    transaction on, and those that are being made are begun anew.

    :param codes: their certificates
    :return: the batches that somebody has to look after (:func:`take_away`, or make it anew), by id
    """
    found = [each for each in certificates.batches.values() if _may_hold(each, codes)]
    for batch in found:
        if batch.finished is None:
            begin_anew(batch)
        else:
            batch.withdrawn = now
    return tuple(batch.__name__ for batch in found)


def _may_hold(batch: Batch, codes: Collection[str]) -> bool:
    """Whether a certificate is in a zip, or will be. What is in one that was made before that was
    kept is not known."""
    if batch.kind != "zip" or (batch.finished is not None and batch.file is None):
        return False
    return not batch.parts or any(code in codes for part in batch.parts.values() for code in part)


def forget(certificates: Certificates, learner_id: str) -> None:
    """Take the id of a learner out of batches that certificates were issued by."""
    for batch in certificates.batches.values():
        if batch.kind != "issue":
            continue
        for number, part in list(batch.parts.items()):
            if learner_id in part:
                batch.parts[number] = tuple("" if item == learner_id else item for item in part)
        for number, (item, words) in list(batch.failed.items()):
            if item == learner_id:
                batch.failed[number] = ("", words)
