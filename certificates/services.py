"""Issuing once, revoking with a reason, and telling a stranger the truth. No HTTP here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certificates.resources import Certificate, Certificates

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a figure."""

LENGTH = 26
"""Characters of a code: 128 random bits."""

ALIASES = str.maketrans({"o": "0", "i": "1", "l": "1"})


class CertificateRefused(ValueError):
    """A certificate cannot be issued or revoked like this; the message says why."""


class Status(StrEnum):
    """What is true of a code."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer to a stranger: ``certificate`` is None when the code is not ours."""

    status: Status
    certificate: Certificate | None = None


def issue(
    certificates: Certificates,
    *,
    learner_id: str,
    award: str,
    snapshot: dict,
    now: datetime,
    random: Callable[[int], bytes],
) -> Certificate:
    """The certificate of an award, issued now or before: an award is certified once.

    Two transactions that issue the same award meet on its key, and the one that comes second is
    run again and finds the first. After a revocation a new certificate is issued, which names
    the one it replaces.

    :param learner_id: opaque; :param award: the host's key of what was earned
    :param random: gives that many random bytes
    """
    present = certificates.by_award.get(f"{learner_id}/{award}")
    if present is not None and certificates[present].revoked is None:
        return certificates[present]
    certificate = Certificate(
        code_of(random(16)), learner_id=learner_id, award=award, snapshot=snapshot, issued=now
    )
    certificate.replaces = present
    certificates.add(certificate)
    return certificate


def code_of(octets: bytes) -> str:
    """16 octets as a code of 26 characters."""
    number = int.from_bytes(octets, "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def revoke(certificate: Certificate, reason: str, now: datetime) -> None:
    """The certificate holds no longer.

    :raises CertificateRefused: without a reason, or when it is revoked already
    """
    if not reason.strip():
        raise CertificateRefused("Say why the certificate is revoked.")
    if certificate.revoked is not None:
        raise CertificateRefused("This certificate is revoked already.")
    certificate.revoked = now
    certificate.reason = reason.strip()


def normalised(text: str) -> str:
    """A code as it is kept, from what a person typed: an address, groups, capitals, O for 0."""
    tail = re.split(r"[/?#]", text.strip().rstrip("/"))
    typed = next((part for part in reversed(tail) if len(part) >= LENGTH), text)
    return re.sub(r"[^a-z0-9]", "", typed.lower()).translate(ALIASES)


def grouped(code: str) -> str:
    """The code in groups that can be read out: ``ABCDEF-GHJKM-…``."""
    first, rest = code[:6], code[6:]
    return "-".join([first, *(rest[at : at + 5] for at in range(0, len(rest), 5))]).upper()


def verify(certificates: Certificates, text: str) -> Verdict:
    """What is true of a code that somebody typed or followed."""
    certificate = certificates.get(normalised(text))
    if certificate is None:
        return Verdict(Status.UNKNOWN)
    status = Status.VALID if certificate.revoked is None else Status.REVOKED
    return Verdict(status, certificate)


def certificates_of(certificates: Certificates, learner_id: str) -> list[Certificate]:
    """The learner's present certificates, in the order of their awards."""
    codes = certificates.by_award.values(f"{learner_id}/", f"{learner_id}0", excludemax=True)
    return [certificates[code] for code in codes]
