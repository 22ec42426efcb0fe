"""A learner's badges as one record, which programs of others read."""

import json
from datetime import timedelta

import pytest
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from certificates import issuing
from certificates.badges import transcript as module
from certificates.badges.proving import all_proven
from certificates.badges.signing import clr_contexts, embedded
from certificates.badges.transcript import transcript
from proofs import proven
from tests.certificates.badges.making import BEFORE, FULL, NOW, Issuer
from tests.certificates.badges.programs import needs_verifiers, verified


@pytest.fixture
def certificates(issuer):
    """One renewed, the one that it renews, and another."""

    def issue(award, seed, **more):
        return issuing.issue(
            issuer.certificates,
            learner_id="learner-7",
            award=award,
            snapshot={**FULL, "kind": "achievement", "title": "Listening", "language": "en"}
            | {"issuer": "Tutela"},
            random=lambda n: bytes([seed]) * n,
            **more,
        )

    older = issue("listening", 1, now=BEFORE, valid_until=NOW + timedelta(days=9))
    newer = issue("listening", 2, now=NOW - timedelta(days=1), renew=True)
    return [newer, older, issue("reporting", 3, now=BEFORE)]


def record_of(issuer: Issuer, certificates) -> dict:
    return transcript(certificates, "Tutela", issuer.place, issuer.ring.current)


def check(issuer: Issuer, record: dict) -> None:
    """By another library, which takes one proof and not a list."""
    verify_data_integrity_proof(
        record | {"proof": record["proof"][0]},
        issuer.ring.current.ed25519_public_pem,
        extra_contexts=clr_contexts(),
    )


def test_it_wraps_badges_that_prove_themselves_each(issuer, certificates):
    record = record_of(issuer, certificates)
    members = record["credentialSubject"]["verifiableCredential"]
    assert [proven(json.dumps(member), issuer.ring) for member in members] == [
        certificate.code for certificate in certificates
    ]
    assert all_proven(json.dumps(record), issuer.ring) == tuple(
        certificate.code for certificate in certificates
    )
    assert record["type"] == ["VerifiableCredential", "ClrCredential"]
    assert record["name"] == "Transcript"
    assert record["issuer"]["id"] == issuer.ring.did


def test_one_of_before_with_its_contexts_in_another_order_is_proven_too(issuer, certificates):
    record = record_of(issuer, certificates)
    del record["proof"]
    first, clr, badges = record["@context"]
    earlier = embedded(record | {"@context": [first, badges, clr]}, issuer.ring.current)
    assert all_proven(json.dumps(earlier), issuer.ring) == tuple(
        certificate.code for certificate in certificates
    )


def test_a_renewal_is_told(issuer, certificates):
    newer, older, _other = certificates
    assert record_of(issuer, certificates)["credentialSubject"]["association"] == [
        {
            "type": "Association",
            "associationType": "replacedBy",
            "sourceId": f"{issuer.place.url}/{older.code}",
            "targetId": f"{issuer.place.url}/{newer.code}",
        }
    ]


def test_what_is_not_in_it_is_not_told_of(issuer, certificates):
    subject = record_of(issuer, certificates[:1])["credentialSubject"]
    assert "association" not in subject


def test_it_names_nobody(issuer, certificates):
    record = record_of(issuer, certificates)
    assert "learner-7" not in json.dumps(record)
    assert record["credentialSubject"]["id"].startswith("urn:uuid:")
    assert "identifier" not in record["credentialSubject"]


def test_the_same_certificates_give_the_same_record(issuer, certificates):
    assert record_of(issuer, certificates) == record_of(issuer, certificates)


def test_another_library_agrees_and_refuses_a_changed_one(issuer, certificates):
    record = record_of(issuer, certificates)
    check(issuer, record)
    changed = json.loads(json.dumps(record).replace("Listening", "Shooting"))
    with pytest.raises(LibOpenBadgesException):
        check(issuer, changed)


@needs_verifiers
def test_the_verifiers_of_npm_agree_in_safe_mode(issuer, certificates, tmp_path):
    record = record_of(issuer, certificates)
    changed = json.loads(json.dumps(record))
    changed["credentialSubject"]["association"][0]["associationType"] = "precedes"
    folder = tmp_path / "node"
    folder.mkdir()
    documents = issuer.published() | clr_contexts()
    found = verified(folder, documents, {"record": record, "changed": changed})
    assert found["record"]["digitalBazaar"]["verified"]
    assert found["record"]["verifierCore"]["steps"]["valid_signature"]
    assert found["changed"]["digitalBazaar"]["errors"] == ["Invalid signature."]
    assert not found["changed"]["verifierCore"]["steps"].get("valid_signature")


def test_a_record_ends_where_verifiers_stop_reading(issuer, certificates, monkeypatch):
    monkeypatch.setattr(module, "ROOM", 8_000)
    record = record_of(issuer, certificates)
    assert len(record["credentialSubject"]["verifiableCredential"]) == 2
    check(issuer, record)
    monkeypatch.setattr(module, "MOST", 1)
    record = record_of(issuer, certificates)
    assert len(record["credentialSubject"]["verifiableCredential"]) == 1


def test_very_long_descriptions_fit_too(issuer):
    long = [
        issuer.issue(**{**FULL, "description": "Ωхо " * 9_000, "title": f"Course {number}"})
        for number in range(10)
    ]
    record = record_of(issuer, long)
    assert 1 <= len(record["credentialSubject"]["verifiableCredential"]) < 10
    check(issuer, record)


def test_it_is_formed_as_the_standards_own_validator_asks(issuer, certificates):
    record = record_of(issuer, certificates)
    assert record["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert record["type"] == ["VerifiableCredential", "ClrCredential"]
    assert record["credentialSubject"]["type"] == ["ClrSubject"]


EMOJI, WIDE = "\U0001f33f Tutela", "\uff34\uff35\uff34\uff25\uff2c\uff21"


@pytest.mark.parametrize(
    ("called", "names", "taken"),
    [
        (EMOJI, [EMOJI, WIDE, EMOJI, "Tutela"], [EMOJI, EMOJI, "Tutela"]),
        (EMOJI, [WIDE, EMOJI], [WIDE]),
        (WIDE, [WIDE, "Tutela", "تعلم"], [WIDE, "Tutela", "تعلم"]),
    ],
)
@needs_verifiers
def test_names_of_the_site_that_programs_sort_apart_are_not_put_together(
    issuer, tmp_path, called, names, taken
):
    """``jsonld.js`` sorts by halves of characters: an emoji before a fullwidth letter."""
    held = [issuer.issue(issuer=name) for name in names]
    record = transcript(held, called, issuer.place, issuer.ring.current)
    members = record["credentialSubject"]["verifiableCredential"]
    assert [member["issuer"]["name"] for member in members] == taken
    assert record["issuer"]["name"] == taken[0]
    documents = issuer.published() | clr_contexts()
    found = verified(tmp_path, documents, {"record": record})["record"]["digitalBazaar"]
    assert (found["verified"], found["errors"]) == (True, [])
