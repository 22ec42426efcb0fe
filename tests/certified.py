"""A learner with a certificate of every standing: what My certificates has to show."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from certificates import issuing
from certificates.resources import Certificate, Certificates

LISTENING = {
    "kind": "achievement",
    "subject": "course",
    "title": "Listening well to survivors",
    "language": "en",
    "issuer": "Tutela",
    "minutes": 90,
    "hours": "1.5",
    "score": 85,
}
CENTRE_DAY = {
    "kind": "participation",
    "title": "الاستماع الجيد إلى الناجين",
    "language": "ar",
    "issuer": "Tutela",
    "template": "frame",
}


def random_of(seed: str) -> Callable[[int], bytes]:
    """Octets that are the same in every run, and other ones at every call."""
    count = 0

    def random(n: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.sha256(f"{seed} {count}".encode()).digest()[:n]

    return random


def certify(certificates: Certificates, learner_id: str, now: datetime) -> dict[str, Certificate]:
    """By what they are: ``valid``, ``other`` (of another kind, without an end), ``renewed`` and the
    ``older`` one, ``expired``, ``suspended``, ``revoked``, ``replaced`` by ``new``."""
    random, year = random_of(learner_id), timedelta(days=365)

    def issue(award: str, at: datetime, *, until=None, snapshot=LISTENING, **more) -> Certificate:
        return issuing.issue(
            certificates,
            learner_id=learner_id,
            award=award,
            snapshot=snapshot,
            now=at,
            random=random,
            valid_until=until,
            **more,
        )

    def titled(title: str) -> dict:
        return LISTENING | {"title": title}

    reporting = titled("Documenting torture: interviews, reports and the Istanbul Protocol")
    made = {
        "valid": issue("valid", now - timedelta(days=2), until=now + 2 * year),
        "other": issue("other", now - timedelta(days=3), snapshot=CENTRE_DAY),
        "older": issue("renewed", now - 2 * year, until=now - year / 2, snapshot=reporting),
        "renewed": issue(
            "renewed", now - year / 3, until=now + year, snapshot=reporting, renew=True
        ),
        "expired": issue("expired", now - 2 * year, until=now - year, snapshot=titled("Old ways")),
        "suspended": issue("suspended", now - year / 2, snapshot=titled("In question")),
        "revoked": issue("revoked", now - year, snapshot=titled("Issued by mistake")),
        "replaced": issue("replaced", now - year, snapshot=titled("With a wrong title")),
    }
    issuing.suspend(made["suspended"], "being looked into", now - year / 4)
    issuing.revoke(made["revoked"], "issued by mistake", now - year / 4)
    issuing.revoke(made["replaced"], "the title was wrong", now - year / 4)
    made["new"] = issue("replaced", now - year / 5, snapshot=titled("With the right title"))
    return made
