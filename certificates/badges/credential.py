"""A certificate as an unsigned Open Badge 3.0 credential (1EdTech OB 3.0 §B, W3C VC 2.0).

Only terms that the three contexts define, for what they do not define would not be signed. Nothing
but the snapshot and what was fixed at issue, so that a badge is the same each time it is made.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from certificates.badges.criteria import Translate, english, narrative
from certificates.badges.text import decimal, language, name, number, plain
from certificates.codes import grouped
from certificates.pdf.phrases import HEADINGS
from certificates.resources import Certificate

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CLR_CONTEXTS = (CONTEXTS[0], CLR_CONTEXT, CONTEXTS[1])
"""Those of transcripts (CLR 2.0), in the order that the standard's own validator asks for."""
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
MEMBERS = frozenset(
    [
        "@context",
        "id",
        "type",
        "name",
        "description",
        "image",
        "caption",
        "issuer",
        "url",
        "awardedDate",
        "validFrom",
        "validUntil",
        "credentialSubject",
        "licenseNumber",
        "achievement",
        "achievementType",
        "criteria",
        "narrative",
        "inLanguage",
        "creditsAvailable",
        "creditsEarned",
        "version",
        "resultDescription",
        "resultType",
        "valueMin",
        "valueMax",
        "requiredValue",
        "activityStartDate",
        "activityEndDate",
        "result",
        "value",
        "credentialSchema",
        "credentialStatus",
        "statusPurpose",
        "statusListIndex",
        "statusListCredential",
    ]
)
"""Everything that a badge of ours has ever had. What is here stays here, for it stays valid."""

TYPES = {
    ("achievement", "path"): "LearningProgram",
    ("achievement", "course"): "CertificateOfCompletion",
    ("achievement", "webinar"): "CertificateOfCompletion",
}
"""``achievementType`` by kind and subject (OB 3.0 B.7.1)."""
PARTICIPATION = "ext:CertificateOfParticipation"


@dataclass(frozen=True)
class Place:
    """Where a certificate belongs, and how its language is spoken.

    :param did: the issuer
    :param site_url: the issuer's site
    :param url: the address of all certificates, without a slash at the end
    :param words: gives, for a BCP 47 language, what translates into it
    """

    did: str
    site_url: str
    url: str
    words: Callable[[str], Translate] = lambda _language: english


def credential_of(certificate: Certificate, place: Place) -> dict[str, Any]:
    """The credential, without a proof. It names no person: its subject is a random-looking id of
    this one certificate, so that two badges of somebody tell nobody that they are one's."""
    snapshot, url = certificate.snapshot, f"{place.url}/{certificate.code}"
    title, issued = title_of(snapshot, place), moment(certificate.issued)
    description = plain(snapshot.get("description") or "")
    image = {"id": f"{url}/art.png", "type": "Image", "caption": title}
    achievement, result = _achievement(certificate, place)
    credential: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "image": image,
        "issuer": issuer(place, snapshot["issuer"]),
        "awardedDate": issued,
        "validFrom": issued,
        "credentialSubject": {
            "id": urn(place.url, "holder", certificate.code),
            "type": ["AchievementSubject"],
            "licenseNumber": grouped(certificate.code),
            "achievement": achievement | {"image": image},
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": status_entry(certificate, place),
    }
    if description:
        credential["description"] = description
    if certificate.valid_until is not None:
        credential["validUntil"] = moment(certificate.valid_until)
    subject = credential["credentialSubject"]
    for term, key in (("activityStartDate", "started"), ("activityEndDate", "ended")):
        if snapshot.get(key):
            subject[term] = moment(datetime.fromisoformat(snapshot[key]))
    if snapshot.get("hours"):
        subject["creditsEarned"] = number(snapshot["hours"])
    if result:
        subject["result"] = result
    return credential


def title_of(snapshot: dict, place: Place) -> str:
    """What was achieved; what kind of certificate it is, where the title says nothing. Verifiers
    take no badge without a name."""
    return name(snapshot["title"]) or place.words(snapshot["language"])(HEADINGS[snapshot["kind"]])


def issuer(place: Place, called: str) -> dict[str, Any]:
    """The issuer's Profile (OB 3.0 B.1.10)."""
    return {
        "id": place.did,
        "type": ["Profile"],
        "name": name(called) or urlsplit(place.site_url).netloc,
        "url": place.site_url,
    }


def status_entry(certificate: Certificate, place: Place) -> dict[str, str]:
    """Where it is said whether the certificate holds (Bitstring Status List v1.0 §2.1).

    One entry, for Open Badges know one (``credentialStatus`` [0..1]). Its list says revoked of what
    is suspended too, as long as it is.
    """
    assert certificate.listed is not None  # since it was issued, or evolved
    key, index = certificate.listed
    url = f"{place.url}/status/{key}/revocation"
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def moment(when: datetime) -> str:
    """``2026-11-24T09:00:00Z``"""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _achievement(certificate: Certificate, place: Place) -> tuple[dict, list[dict]]:
    """What was achieved (OB 3.0 B.1.1), and the results that this one reached in it."""
    snapshot = certificate.snapshot
    title = title_of(snapshot, place)
    described, result = _results(snapshot, place)
    kind = (snapshot["kind"], snapshot.get("subject", "course"))
    achievement: dict[str, Any] = {
        "type": ["Achievement"],
        "achievementType": TYPES.get(kind, PARTICIPATION),
        "name": title,
        "description": plain(snapshot.get("description") or "") or title,
        "criteria": {
            "narrative": narrative(snapshot.get("rule") or (), place.words(snapshot["language"]))
        },
    }
    if spoken := language(snapshot["language"]):
        achievement["inLanguage"] = spoken
    if snapshot.get("hours"):
        achievement["creditsAvailable"] = number(snapshot["hours"])
    if snapshot.get("award_version"):
        achievement["version"] = str(snapshot["award_version"])
    if described:
        achievement["resultDescription"] = described
    # The same achievement has the same id in everybody's badge, and another one once it changes.
    content = json.dumps(achievement, sort_keys=True)
    return {"id": urn(place.url, certificate.award, content)} | achievement, result


def _results(snapshot: dict, place: Place) -> tuple[list[dict], list[dict]]:
    """The kinds of results, and the values: the result in percent, and CPD hours, for which Open
    Badges have no term of their own."""
    found: list[tuple[dict, str]] = []
    if snapshot.get("score") is not None:
        description = {
            "name": "Score",
            "resultType": "Percent",
            "valueMin": "0",
            "valueMax": "100",
        }
        required = [values[0] for kind, *values in snapshot.get("rule") or () if kind == "score"]
        if required:
            description["requiredValue"] = str(max(required))
        found.append((description, str(snapshot["score"])))
    if snapshot.get("hours"):
        value = decimal(snapshot["hours"])
        found.append(({"name": "CPD hours", "resultType": "ext:Hours"}, value))
    described, result = [], []
    for description, value in found:
        key = urn(place.url, json.dumps(description, sort_keys=True), "result")
        described.append({"id": key, "type": ["ResultDescription"]} | description)
        result.append({"type": ["Result"], "resultDescription": key, "value": value})
    return described, result


def urn(*parts: str) -> str:
    """An id made from texts: the same for the same, and it tells nothing of them."""
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts)).urn
