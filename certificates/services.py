"""Issuing once, revoking with a reason, and telling a stranger the truth. No HTTP here."""

import copy
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote

from certificates.resources import Certificate, Certificates, award_key

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a figure."""

LENGTH = 26
"""Characters of a code: 128 random bits."""

LONGEST_TYPED = 2000
"""What is looked at of a text that should hold a code; addresses are shorter."""

LONGEST_REASON = 1000

ALIASES = str.maketrans({"o": "0", "i": "1", "l": "1"})

REMEMBERED = ("course", "language", "issuer")
"""What a snapshot must hold, for without it there is nothing to print."""


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
    snapshot: Mapping,
    now: datetime,
    random: Callable[[int], bytes],
    replace_revoked: bool = True,
) -> Certificate:
    """The certificate of an award, issued now or before: an award is certified once.

    Two transactions that issue the same award meet on its key, and the one that comes second is
    run again and finds the first. A certificate never changes, so the snapshot is a copy.

    :param learner_id: opaque, without ``/``
    :param award: the host's key of what was earned
    :param snapshot: primitives: ``course`` (title), ``language`` (BCP 47) and ``issuer``; known
        here too are ``kind`` (``completion`` when absent), ``minutes`` and ``score`` (percent);
        whatever else the host wants to remember, such as the rule that was met and the version
    :param random: gives that many random bytes
    :param replace_revoked: after a revocation, issue a new certificate that names the old one, as
        an admin may; otherwise the revoked one is the answer
    :raises CertificateRefused: when the learner, the award or the snapshot lacks something
    """
    if not learner_id or "/" in learner_id or not award:
        raise CertificateRefused("A certificate needs a learner (an id without “/”) and an award.")
    lacking = [key for key in REMEMBERED if not snapshot.get(key)]
    if lacking:
        raise CertificateRefused(f"The certificate would not say its {', '.join(lacking)}.")
    present = certificates.get(certificates.by_award.get(award_key(learner_id, award), ""))
    if present is not None and (present.revoked is None or not replace_revoked):
        return present
    certificate = Certificate(
        code_of(random(16)),
        learner_id=learner_id,
        award=award,
        snapshot={"kind": "completion", **copy.deepcopy(dict(snapshot))},
        issued=now,
    )
    if present is not None:
        certificate.replaces = present.code
    certificates.add(certificate)
    return certificate


def code_of(octets: bytes) -> str:
    """16 octets as a code of 26 characters."""
    number = int.from_bytes(octets, "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def revoke(certificate: Certificate, reason: str, now: datetime) -> None:
    """The certificate holds no longer.

    :param reason: for admins only; it is not shown to strangers
    :raises CertificateRefused: without a reason, or when it is revoked already
    """
    reason = reason.strip()
    if certificate.revoked is not None:
        raise CertificateRefused("This certificate is revoked already.")
    if not reason:
        raise CertificateRefused("Say why the certificate is revoked.")
    if len(reason) > LONGEST_REASON:
        raise CertificateRefused(f"Give the reason in at most {LONGEST_REASON} characters.")
    certificate.revoked = now
    certificate.reason = reason


def normalised(text: str) -> str:
    """A code as it is kept, from what a person typed: an address, groups, capitals, O for 0.

    The empty string when there is none in it.
    """
    typed = unicodedata.normalize("NFKC", unquote(text[:LONGEST_TYPED])).lower()
    parts = [re.sub(r"[^a-z0-9]", "", part) for part in re.split(r"[/?#&=]", typed)]
    codes = [part.translate(ALIASES) for part in parts if len(part) == LENGTH]
    return codes[-1] if codes else ""


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
    """The learner's present certificates, in the order of their awards; the revoked ones too."""
    return certificates.of_learner(learner_id)
