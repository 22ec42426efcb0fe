"""What is true of something that somebody has sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from certificates import standing
from certificates.resources import Certificate, Certificates
from certificates.verification import problems, reading
from certificates.verification.sniff import LARGEST, Kind, kind_of


class Outcome(StrEnum):
    """The answers to a stranger. Only the first four say that a certificate of ours was proved."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ALTERED = "altered"
    NOT_OURS = "not ours"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"


@dataclass(frozen=True)
class Finding:
    """The answer: ``kind`` is what was sent; ``certificate`` is what it proves, from the database,
    where it proves one."""

    outcome: Outcome
    kind: Kind
    certificate: Certificate | None = None


Read = Callable[[bytes, dict[str, Any]], str]
"""Finds the code of the certificate that a file proves: ``read`` of
:mod:`certificates.verification.reading`, or of :class:`certificates.verification.apart.Readers`,
which does it where it can do no harm."""


def judge(
    sent: bytes,
    certificates: Certificates,
    ring,
    now: datetime,
    *,
    read: Read = reading.read,
) -> Finding:
    """What is true of the octets: a PDF, PNG, SVG, JSON or JWT of ours, or a code as text.

    A code proves nothing of whoever has it; what it names is looked up like all the rest.

    :param ring: the keys of this site (:class:`certificates.keys.KeyRing`)
    :param read: what reads a file
    :raises certificates.verification.apart.Busy: when ``read`` does
    """
    kind = kind_of(sent)
    if len(sent) > LARGEST[kind]:
        return Finding(Outcome.TOO_LARGE, kind)
    if kind is Kind.CODE:
        return found(certificates, sent.decode("utf-8", "replace"), now)
    if kind is Kind.OTHER:
        return Finding(Outcome.UNREADABLE, kind)
    try:
        code = read(sent, reading.trust_of(ring))
    except problems.Problem as problem:
        return Finding(Outcome(problem.word), kind)
    return found(certificates, code, now, kind)


def found(certificates: Certificates, code: str, now: datetime, kind: Kind = Kind.CODE) -> Finding:
    """What is true of a code that was typed, or that a file proves."""
    verdict = standing.verify(certificates, code, now)
    if verdict.certificate is None:
        return Finding(Outcome.NOT_OURS, kind)
    return Finding(Outcome(verdict.status), kind, verdict.certificate)
