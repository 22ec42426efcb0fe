"""A person goes: their certificates stay as papers that can be checked, and lead to nobody."""

from datetime import datetime
from typing import NamedTuple

from certificates import batches
from certificates.resources import Certificate, Certificates, award_key

STAYS = (
    "kind",
    "subject",
    "title",
    "description",
    "language",
    "issuer",
    "minutes",
    "hours",
    "rule",
    "template",
    "template_version",
    "award_version",
)
"""What a certificate goes on saying: all that is true of everybody who has one like it."""


class Erased(NamedTuple):
    """How many certificates there were, and the zips that a worker has to look after at once
    (:func:`certificates.batches.withdraw`), by id of the batch."""

    certificates: int
    zips: tuple[str, ...]


def erase(certificates: Certificates, learner_id: str, now: datetime) -> Erased:
    """Take a learner out of all certificates, those of before too, and out of batches.

    Number, title, kind, dates, issuer and the place in the status list stay: whoever checks the
    paper learns what they did before, and it can still be revoked. Names that were kept, results,
    and reasons, which may name somebody, are gone, and with them the right to print. No zip that
    holds one of them can be fetched any more.
    """
    found = {each.code: each for each in certificates.of_learner(learner_id)}
    waiting = list(found.values())
    while waiting:
        certificate = waiting.pop()
        for code in (certificate.replaces, certificate.renews):
            before = certificates.get(code) if code else None
            if before is not None and before.code not in found:
                found[before.code] = before
                waiting.append(before)
    for certificate in found.values():
        certificates.by_award.pop(award_key(learner_id, certificate.award), None)
        _reduce(certificate)
        certificates.enter(certificate)
    batches.forget(certificates, learner_id)
    return Erased(len(found), batches.withdraw(certificates, found, now))


def _reduce(certificate: Certificate) -> None:
    certificate.learner_id = ""
    certificate.kept_name = certificate.name_hash = None
    certificate.reason = certificate.suspension_reason = None
    snapshot = certificate.snapshot
    certificate.snapshot = {key: snapshot[key] for key in STAYS if key in snapshot}
