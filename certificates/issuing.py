"""Issuing once, and taking back with a reason. No HTTP here."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from certificates.codes import code_of
from certificates.refusals import Refused
from certificates.resources import Certificate, Certificates, StatusList, award_key
from certificates.status import places

_ = TranslationStringFactory("tutela")

LONGEST_REASON = 1000

REMEMBERED = ("kind", "title", "language", "issuer")
"""What a snapshot must hold, for without it there is nothing to print."""


HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no page and no badge can say."""


class CertificateRefused(Refused):
    """A certificate cannot be issued or taken back like this; the message says why."""


def issue(
    certificates: Certificates,
    *,
    learner_id: str,
    award: str,
    snapshot: Mapping,
    now: datetime,
    random: Callable[[int], bytes],
    valid_until: datetime | None = None,
    replace_revoked: bool = True,
    renew: bool = False,
) -> Certificate:
    """The certificate of an award, issued now or before: an award is certified once.

    Two transactions that issue the same award meet on its key, and the one that comes second is
    run again and finds the first. A certificate never changes, so the snapshot is a copy.

    :param learner_id: opaque, without ``/``
    :param award: the id of the award
    :param snapshot: primitives (``docs/certificates.md``, "What a certificate remembers"):
        ``kind``, ``title``, ``language`` (BCP 47) and ``issuer`` at least
    :param random: gives that many random octets
    :param valid_until: when it expires; None for never
    :param replace_revoked: whether a new one takes the place of one that was revoked
    :param renew: whether a new one follows one that still holds or has expired
    :raises CertificateRefused: for a snapshot that lacks what must be printed
    """
    if not learner_id or "/" in learner_id or not award:
        raise CertificateRefused(_("A certificate needs a learner and an award."))
    lacking = [key for key in REMEMBERED if not snapshot.get(key)]
    if lacking:
        names = {"names": ", ".join(lacking)}
        raise CertificateRefused(_("The certificate would not say its ${names}.", mapping=names))
    present = certificates.get(certificates.by_award.get(award_key(learner_id, award), ""))
    if present is not None and not (replace_revoked if present.revoked else renew):
        return present
    certificate = Certificate(
        code_of(random(16)),
        learner_id=learner_id,
        award=award,
        snapshot=_copied(dict(snapshot)),
        issued=now,
        valid_until=valid_until,
    )
    if present is not None and present.revoked:
        certificate.replaces = present.code
    elif present is not None:
        certificate.renews = present.code
        present.renewed_by = certificate.code
        certificates.enter(present)
    certificates.add(certificate)
    certificate.listed = places.take(certificates.status, certificate.code, random)
    return certificate


def revoke(certificate: Certificate, reason: str, now: datetime) -> None:
    """The certificate holds no longer, for ever.

    :param reason: for admins only; it is not shown to strangers
    :raises CertificateRefused: without a reason, or when it is revoked already
    """
    if certificate.revoked is not None:
        raise CertificateRefused(_("This certificate is revoked already."))
    certificate.reason = _checked(reason, _("Say why the certificate is revoked."))
    certificate.revoked = now
    status_list, index = place_of(certificate)
    status_list.revoked.insert(index)
    _enter(certificate)


def suspend(certificate: Certificate, reason: str, now: datetime) -> None:
    """The certificate does not hold until :func:`resume`.

    :raises CertificateRefused: without a reason, or when it holds no longer anyway
    """
    if certificate.revoked is not None or certificate.suspended is not None:
        raise CertificateRefused(_("This certificate is suspended or revoked already."))
    certificate.suspension_reason = _checked(reason, _("Say why the certificate is suspended."))
    certificate.suspended = now
    status_list, index = place_of(certificate)
    status_list.suspended.insert(index)
    _enter(certificate)


def resume(certificate: Certificate) -> None:
    """A suspended certificate holds again.

    :raises CertificateRefused: when it is not suspended
    """
    if certificate.suspended is None:
        raise CertificateRefused(_("This certificate is not suspended."))
    certificate.suspended = certificate.suspension_reason = None
    status_list, index = place_of(certificate)
    status_list.suspended.remove(index)
    _enter(certificate)


def reason_too_long() -> CertificateRefused:
    """What is said of a reason with more than :data:`LONGEST_REASON` characters."""
    most = {"most": LONGEST_REASON}
    return CertificateRefused(_("Give the reason in at most ${most} characters.", mapping=most))


def place_of(certificate: Certificate) -> tuple[StatusList, int]:
    """The status list that a certificate is in, and its index there."""
    assert certificate.listed is not None  # since it was issued, or evolved
    key, index = certificate.listed
    return certificate.__parent__.status[key], index


def _copied(value: Any) -> Any:
    """Plain data of its own, in which every text can be written."""
    match value:
        case str():
            return HALVES.sub("\ufffd", value)
        case dict():
            return {key: _copied(each) for key, each in value.items()}
        case list() | tuple():
            return type(value)(map(_copied, value))
    return value


def _enter(certificate: Certificate) -> None:
    certificate.__parent__.enter(certificate)


def _checked(reason: str, missing: TranslationString) -> str:
    reason = reason.strip()
    if not reason:
        raise CertificateRefused(missing)
    if len(reason) > LONGEST_REASON:
        raise reason_too_long()
    return reason
