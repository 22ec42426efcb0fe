"""A person goes: their certificates stay as papers that can be checked, and lead to nobody."""

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


def erase(certificates: Certificates, learner_id: str) -> int:
    """Take a learner out of all certificates, those of before too; how many there were.

    Number, title, kind, dates, issuer and the place in the status list stay: whoever checks the
    paper learns what they did before, and it can still be revoked. Names that were kept, results,
    and reasons, which may name somebody, are gone, and with them the right to print.
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
    return len(found)


def _reduce(certificate: Certificate) -> None:
    certificate.learner_id = ""
    certificate.kept_name = certificate.name_hash = None
    certificate.reason = certificate.suspension_reason = None
    snapshot = certificate.snapshot
    certificate.snapshot = {key: snapshot[key] for key in STAYS if key in snapshot}
