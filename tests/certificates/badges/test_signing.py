"""Proofs and tokens."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import jwt
import pytest
from openbadgeslib.errors import ErrorSigningFile
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier
from openbadgeslib.ob3.contexts import bundled_contexts
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.errors import ProofError, SignatureInvalid
from openvc.status.status_list import check_credential_status

from certificates import issuing
from certificates.badges.signing import embedded, token
from proofs import proven
from tests.certificates.badges.making import BEFORE, FULL, NOW, SITE


@pytest.fixture
def certificate(issuer):
    return issuer.issue(**FULL, valid_until=NOW + timedelta(days=300))


def download(issuer):
    """What openbadgeslib asks for, from what the site publishes."""
    return lambda url: json.dumps(issuer.published()[url]).encode()


def test_the_proof_is_an_array_by_the_present_key(issuer, certificate):
    badge = issuer.badge(certificate)
    [proof] = badge["proof"]
    assert proof["verificationMethod"] == f"{issuer.ring.did}#{issuer.ring.current.id}"
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    assert proof["proofPurpose"] == "assertionMethod"
    assert {key: value for key, value in badge.items() if key != "proof"} == issuer.credential(
        certificate
    )


def test_it_was_made_at_issue_or_when_there_was_a_key(issuer, certificate):
    [proof] = issuer.badge(certificate)["proof"]
    assert proof["created"] == BEFORE.strftime("%Y-%m-%dT%H:%M:%SZ")
    issuer.ring.rotate(NOW)
    [proof] = issuer.badge(certificate)["proof"]
    assert proof["created"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_many_threads_sign_and_prove_at_once(issuer):
    certificates = [issuer.issue(**FULL | {"score": n}) for n in range(24)]
    alone = [issuer.badge(each) for each in certificates]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(issuer.badge, certificates)) == alone
        texts = [json.dumps(badge) for badge in alone]
        codes = list(threads.map(lambda text: proven(text, issuer.ring), texts))
    assert codes == [each.code for each in certificates]


def test_a_badge_too_long_for_verifiers_is_not_signed(issuer, certificate):
    credential = issuer.credential(certificate) | {"description": "x" * 300_000}
    with pytest.raises(ErrorSigningFile):
        embedded(credential, issuer.ring.current)


def test_openbadgeslib_verifies_the_proof_with_the_published_key(issuer, certificate):
    badge = issuer.badge(certificate)
    found = OB3LdpVerifier.for_issuer_did(issuer.ring.did).verify(
        badge, check_status=True, verify_status_list=False, download=download(issuer)
    )
    assert found.achievement.name == "Listening well"
    assert found.credits_earned == 1.5


def test_openbadgeslib_refuses_it_changed_or_revoked(issuer, certificate):
    badge = issuer.badge(certificate)
    verifier = OB3LdpVerifier.for_issuer_did(issuer.ring.did)
    with pytest.raises(OB3VerificationError, match="signature mismatch"):
        verifier.verify(badge | {"name": "Shooting"}, download=download(issuer))
    issuing.revoke(certificate, "issued by mistake", NOW)
    with pytest.raises(OB3VerificationError, match="revo"):
        verifier.verify(
            badge, check_status=True, verify_status_list=False, download=download(issuer)
        )


@pytest.mark.parametrize("text", ["a\x01b\x7f", "\u202eמ", "<'\">", "🎓" * 900, "\\n\\t"])
def test_openvc_verifies_the_proof(issuer, text):
    [proof] = (badge := issuer.badge(issuer.issue(**FULL | {"title": text})))["proof"]
    key = public_jwk_from_pem(issuer.ring.current.ed25519_public_pem)
    options = {"public_key_jwk": key, "extra_contexts": bundled_contexts()}
    suite = DataIntegrityProofSuite()
    assert suite.verify(badge | {"proof": proof}, **options).issuer == issuer.ring.did
    with pytest.raises(SignatureInvalid):
        suite.verify(badge | {"proof": proof, "name": "Shooting"}, **options)
    with pytest.raises(ProofError):
        suite.verify(badge | {"proof": proof, "cpdHours": 80}, **options)


def test_openvc_reads_the_lists(issuer):
    certificates = [issuer.issue() for _ in range(3)]
    badges = [issuer.badge(each) for each in certificates]
    issuing.revoke(certificates[0], "issued by mistake", NOW)
    issuing.suspend(certificates[1], "asked for papers", NOW)
    found = [
        check_credential_status(badge, resolve_status_list=issuer.published().get)
        for badge in badges
    ]
    assert [each.revoked for each in found] == [True, True, False]


def test_the_token_says_what_the_badge_says(issuer, certificate):
    text, keys = issuer.token(certificate), issuer.ring.current
    claims = jwt.decode(text, keys.p256_public_pem, algorithms=["ES256"])
    credential = issuer.credential(certificate)
    assert claims == credential | {
        "iss": issuer.ring.did,
        "jti": f"{SITE}/certificates/{certificate.code}",
        "nbf": int(BEFORE.timestamp()),
        "sub": credential["credentialSubject"]["id"],
        "exp": int((NOW + timedelta(days=300)).timestamp()),
    }
    assert jwt.get_unverified_header(text) == {
        "alg": "ES256",
        "typ": "JWT",
        "kid": f"{issuer.ring.did}#{keys.token_id}",
        "jwk": public_jwk_from_pem(keys.p256_public_pem),
    }


def test_a_token_of_what_never_expires_has_no_end(issuer):
    claims = jwt.decode(issuer.token(issuer.issue()), options={"verify_signature": False})
    assert "exp" not in claims


def test_openbadgeslib_verifies_the_token_with_the_published_key(issuer, certificate):
    verifier = OB3Verifier.for_issuer_did(issuer.ring.did, download(issuer))
    text = issuer.token(certificate)
    assert verifier.verify(text).achievement.name == "Listening well"
    head, body, signature = text.split(".")
    turned = signature[:-2] + ("A" if signature[-2] != "A" else "B") + signature[-1]
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        verifier.verify(".".join((head, body, turned)))


def test_an_issuer_may_be_an_id_alone(issuer, certificate):
    credential = issuer.credential(certificate) | {"issuer": issuer.ring.did}
    [proof] = embedded(credential, issuer.ring.current)["proof"]
    assert proof["verificationMethod"].startswith(f"{issuer.ring.did}#")
    claims = jwt.decode(token(credential, issuer.ring.current), options={"verify_signature": False})
    assert claims["iss"] == issuer.ring.did
