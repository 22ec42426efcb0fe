"""Whether a certificate holds: valid, expired, suspended or revoked. No HTTP here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certificates.codes import normalised
from certificates.resources import Certificate, Certificates


class Status(StrEnum):
    """What is true of a code."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer to a stranger: ``certificate`` is None when the code is not ours."""

    status: Status
    certificate: Certificate | None = None


def status_of(certificate: Certificate, now: datetime) -> Status:
    """What is true of a certificate; what weighs most comes first."""
    if certificate.revoked is not None:
        return Status.REVOKED
    if certificate.suspended is not None:
        return Status.SUSPENDED
    if certificate.valid_until is not None and certificate.valid_until <= now:
        return Status.EXPIRED
    return Status.VALID


def verify(certificates: Certificates, text: str, now: datetime) -> Verdict:
    """What is true of a code that somebody typed or followed."""
    certificate = certificates.get(normalised(text))
    if certificate is None:
        return Verdict(Status.UNKNOWN)
    return Verdict(status_of(certificate, now), certificate)


def renewed_on(certificate: Certificate) -> datetime | None:
    """When a newer certificate of the same award was issued to the same learner."""
    certificates = certificate.__parent__
    newer = certificates.get(certificate.renewed_by) if certificate.renewed_by else None
    return newer.issued if newer else None


def name_can_be_checked(certificate: Certificate) -> bool:
    """Whether its holder lets others check the name; of one that is revoked nobody needs to."""
    return certificate.name_hash is not None and certificate.revoked is None
