"""Badges of any issuer, by their form, their signature and the time."""

import json
from datetime import timedelta

import jwt
import pytest

from certificates.badges.judging import Judgement, judged
from certificates.badges.signing import embedded, token
from tests.certificates.badges.making import BEFORE, FULL, NOW

LATER = NOW + timedelta(days=400)


@pytest.fixture
def allowed(issuer) -> dict[str, list[str]]:
    keys = issuer.ring.current
    return {issuer.ring.did: [f"did:key:{keys.id}", f"did:key:{keys.token_id}"]}


@pytest.fixture
def credential(issuer) -> dict:
    return issuer.credential(issuer.issue(**FULL, valid_until=NOW + timedelta(days=300)))


def test_a_badge_holds_in_both_forms(issuer, allowed, credential):
    keys = issuer.ring.current
    assert judged(json.dumps(embedded(credential, keys)), allowed, NOW) is Judgement.VALID
    assert judged(token(credential, keys).encode(), allowed, NOW) is Judgement.VALID


def test_until_it_expires(issuer, allowed, credential):
    keys = issuer.ring.current
    assert judged(json.dumps(embedded(credential, keys)), allowed, LATER) is Judgement.EXPIRED
    assert judged(token(credential, keys), allowed, LATER) is Judgement.EXPIRED


def test_and_not_before_it_begins(issuer, allowed, credential):
    text = json.dumps(embedded(credential, issuer.ring.current))
    assert judged(text, allowed, BEFORE - timedelta(days=1)) is Judgement.NOT_YET


def test_by_a_key_of_somebody_else_it_is_not_believed(issuer, allowed, credential):
    keys = issuer.ring.current
    issuer.ring.rotate(NOW)
    other = issuer.ring.current
    theirs = {issuer.ring.did: [f"did:key:{other.id}", f"did:key:{other.token_id}"]}
    assert judged(json.dumps(embedded(credential, keys)), theirs, NOW) is Judgement.ALTERED
    assert judged(token(credential, keys), theirs, NOW) is Judgement.ALTERED


def test_a_key_of_another_issuer_speaks_for_none_but_that_one(issuer, allowed, credential):
    keys = issuer.ring.current
    claimed = credential | {"issuer": credential["issuer"] | {"id": "did:web:example.org"}}
    signed = embedded(credential, keys) | {"issuer": claimed["issuer"]}
    both = allowed | {"did:web:example.org": [f"did:key:{issuer.ring.rotate(NOW).id}"]}
    assert judged(json.dumps(signed), both, NOW) is Judgement.ALTERED


@pytest.mark.parametrize("proof", [None, [], ["x"], [{}, {}], [{"verificationMethod": 1}]])
def test_without_one_proof_it_is_not_believed(allowed, credential, proof):
    text = json.dumps(credential | {"proof": proof})
    assert judged(text, allowed, NOW) is Judgement.ALTERED


@pytest.mark.parametrize(
    "change",
    [
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"@context": ["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:x:"}]},
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://example.org/"]},
        {"type": ["VerifiableCredential"]},
        {"type": "OpenBadgeCredential"},
        {"issuer": "did:web:learn.example.org"},
        {"issuer": {"type": ["Profile"]}},
        {"validFrom": None},
        {"validFrom": "yesterday"},
        {"validUntil": 2030},
        {"credentialSubject": None},
        {"credentialSubject": {"type": ["AchievementSubject"], "achievement": {}}},
        {"credentialSubject": {"type": ["AchievementSubject"], "id": "urn:x:1"}},
        {"evidence": [{"type": ["Proof"]}]},
    ],
)
def test_of_another_form_it_is_malformed(issuer, allowed, credential, change):
    signed = embedded(credential, issuer.ring.current)
    assert judged(json.dumps(signed | change), allowed, NOW) is Judgement.MALFORMED


@pytest.mark.parametrize("text", ["", "nothing", "{", "[]", "a.b.c", b"\xff", "{}" + " " * 300_000])
def test_what_is_no_badge_is_malformed(allowed, text):
    assert judged(text, allowed, NOW) is Judgement.MALFORMED


def test_an_achievement_needs_criteria(issuer, allowed, credential):
    subject = credential["credentialSubject"]
    subject["achievement"] |= {"criteria": {}}
    text = json.dumps(embedded(credential, issuer.ring.current))
    assert judged(text, allowed, NOW) is Judgement.MALFORMED


def test_a_result_has_to_say_that_it_is_one(issuer, allowed, credential):
    credential["credentialSubject"]["result"][0]["type"] = ["Grade"]
    text = json.dumps(credential | {"proof": []})
    assert judged(text, allowed, NOW) is Judgement.MALFORMED


def in_issuer(credential: dict) -> dict:
    return credential["issuer"]


def in_subject(credential: dict) -> dict:
    return credential["credentialSubject"]


def in_achievement(credential: dict) -> dict:
    return credential["credentialSubject"]["achievement"]


@pytest.mark.parametrize(
    ("inside", "member", "right", "wrong"),
    [
        (in_issuer, "otherIdentifier", "IdentifierEntry", "IdentityObject"),
        (in_issuer, "parentOrg", "Profile", "Achievement"),
        (in_subject, "identifier", "IdentityObject", "IdentifierEntry"),
        (in_subject, "source", "Profile", "Achievement"),
        (in_subject, "result", "Result", "ResultDescription"),
        (in_achievement, "resultDescription", "ResultDescription", "Result"),
    ],
)
def test_each_part_has_to_say_what_it_is(issuer, allowed, credential, inside, member, right, wrong):
    for kind, expected in ((right, Judgement.VALID), (wrong, Judgement.MALFORMED)):
        inside(credential)[member] = [{"type": [kind]}]
        text = json.dumps(embedded(credential, issuer.ring.current))
        assert judged(text, allowed, NOW) is expected


@pytest.mark.parametrize("claim", ["iss", "jti", "sub", "nbf", "exp"])
def test_a_token_has_to_claim_what_the_badge_says(issuer, allowed, credential, claim):
    keys = issuer.ring.current
    kid = f"{issuer.ring.did}#{keys.token_id}"
    claims = jwt.decode(token(credential, keys), options={"verify_signature": False})
    wrong = claims[claim] + 1 if isinstance(claims[claim], int) else "urn:x:other"
    for said, expected in ((claims[claim], Judgement.VALID), (wrong, Judgement.ALTERED)):
        text = jwt.encode(
            claims | {claim: said}, keys.p256_pem, algorithm="ES256", headers={"kid": kid}
        )
        assert judged(text, allowed, NOW) is expected


def test_any_one_of_several_proofs_will_do(issuer, allowed, credential):
    signed = embedded(credential, issuer.ring.current)
    other = {"type": "SomeProofType", "created": "2022-11-16T18:54:22Z"}
    for proofs in ([other, *signed["proof"]], [*signed["proof"], "x", other]):
        text = json.dumps(signed | {"proof": proofs})
        assert judged(text, allowed, NOW) is Judgement.VALID
    changed = json.dumps(signed | {"proof": [other, *signed["proof"]], "name": "Other"})
    assert judged(changed, allowed, NOW) is Judgement.ALTERED
    many = json.dumps(signed | {"proof": [other] * 4 + signed["proof"]})
    assert judged(many, allowed, NOW) is Judgement.ALTERED


def test_a_relative_address_is_not_believed(issuer, allowed, credential):
    credential["evidence"] = [{"id": "/evidence/1", "type": ["Evidence"]}]
    text = json.dumps(embedded(credential, issuer.ring.current))
    assert judged(text, allowed, NOW) is Judgement.ALTERED


def test_a_time_without_a_zone_is_in_utc(issuer, allowed, credential):
    credential["validUntil"] = "2040-01-01T00:00:00"
    text = json.dumps(embedded(credential, issuer.ring.current))
    assert judged(text, allowed, NOW) is Judgement.VALID
