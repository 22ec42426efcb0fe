"""A site that issues certificates and signs them as badges, without a web server."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from openbadgeslib.ob3.contexts import bundled_contexts

from certificates import issuing
from certificates.badges.credential import SCHEMA, Place, credential_of
from certificates.badges.signing import embedded, token
from certificates.keys import KeyRing
from certificates.resources import Certificate, Certificates
from certificates.status.lists import PURPOSES, status_credential
from shared import SHARED

NOW = datetime.now(UTC).replace(microsecond=0)
"""The programs of others look at the clock of the machine."""
BEFORE = NOW - timedelta(days=30)
SITE = "https://learn.example.org"
OB_SCHEMA = SHARED / "credentials" / "ob30" / "ob_v3p0_achievementcredential_schema.json"

FULL = {
    "subject": "course",
    "description": "How to listen to somebody who was hurt.",
    "minutes": 90,
    "hours": "1.5",
    "rule": [["completed"], ["score", 80], ["minutes", 60]],
    "score": 85,
    "started": "2026-10-01T08:00:00+00:00",
    "ended": "2026-10-20T16:30:00.250000+00:00",
    "award_version": 2,
}


class Issuer:
    """The site: its keys, its certificates, and what it publishes of them."""

    def __init__(self, folder: Path, *, site_url: str = SITE):
        self.ring = KeyRing.open(folder, issuer="Tutela", site_url=site_url, now=BEFORE)
        self.place = Place(self.ring.did, site_url, f"{site_url}/certificates")
        self.certificates = Certificates()

    def issue(self, *, issued=BEFORE, valid_until=None, **snapshot) -> Certificate:
        given = {"kind": "achievement", "title": "Listening well", "language": "en"}
        return issuing.issue(
            self.certificates,
            learner_id=secrets.token_hex(8),
            award="course/listening",
            snapshot={**given, "issuer": "Tutela", **snapshot},
            now=issued,
            random=secrets.token_bytes,
            valid_until=valid_until,
        )

    def credential(self, certificate: Certificate) -> dict[str, Any]:
        return credential_of(certificate, self.place)

    def badge(self, certificate: Certificate) -> dict[str, Any]:
        return embedded(self.credential(certificate), self.ring.current)

    def token(self, certificate: Certificate) -> str:
        return token(self.credential(certificate), self.ring.current)

    def list(self, purpose: str) -> dict[str, Any]:
        [only] = self.certificates.status.values()
        return status_credential(only, purpose, self.place, self.ring.current, NOW)

    def published(self) -> dict[str, Any]:
        """Every document that a verifier may ask for, by its address."""
        documents: dict[str, Any] = dict(bundled_contexts())
        documents[f"{SITE}/.well-known/did.json"] = self.ring.did_document()
        for purpose in PURPOSES:
            documents[f"{self.place.url}/status/1/{purpose}"] = self.list(purpose)
        if OB_SCHEMA.exists():
            documents[SCHEMA] = json.loads(OB_SCHEMA.read_text("utf-8"))
        return documents
