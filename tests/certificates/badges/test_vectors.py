"""The W3C's examples of ``eddsa-rdfc-2022`` (vc-di-eddsa B.1, B.2), byte for byte."""

import json
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib.ob3.contexts import document_loader
from openbadgeslib.ob3.did import _b58btc_decode as from_base58
from pyld import jsonld

from certificates.badges.signing import with_proof
from shared import SHARED, needs_shared

VECTORS = SHARED / "credentials" / "w3c-eddsa"
SCHEMA_ORG, CITIZENSHIP = "https://schema.org/", "https://w3id.org/citizenship#"
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/examples/v2": {
        "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
    },
    # Of this vocabulary, the terms that the example uses.
    "https://w3id.org/citizenship/v4rc1": {
        "@context": {
            "image": {"@id": f"{SCHEMA_ORG}image", "@type": "@id"},
            "Person": f"{SCHEMA_ORG}Person",
            **{
                term: f"{SCHEMA_ORG}{term}"
                for term in ("additionalName", "familyName", "gender", "givenName", "identifier")
            },
            "birthDate": {"@id": f"{SCHEMA_ORG}birthDate", "@type": DATE_TIME},
            "residentSince": {"@id": f"{CITIZENSHIP}residentSince", "@type": DATE_TIME},
            "EmployablePerson": f"{CITIZENSHIP}EmployablePerson",
            "EmploymentAuthorizationDocument": f"{CITIZENSHIP}EmploymentAuthorizationDocument",
            "EmploymentAuthorizationDocumentCredential": (
                f"{CITIZENSHIP}EmploymentAuthorizationDocumentCredential"
            ),
            **{
                term: f"{CITIZENSHIP}{term}"
                for term in (
                    "birthCountry",
                    "employmentAuthorizationDocument",
                    "lprCategory",
                    "lprNumber",
                )
            },
        }
    },
}
EXAMPLES = [("unsigned.json", "eddsa-rdfc-2022"), ("employmentAuth.json", "eddsa-rdfc-2022/employ")]

pytestmark = needs_shared


def private_pem() -> bytes:
    pair = json.loads((VECTORS / "keyPair.json").read_text("utf-8"))
    seed = from_base58(pair["privateKeyMultibase"][1:])[2:]
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(("unsigned", "folder"), EXAMPLES)
def test_the_proof_is_the_published_one(unsigned, folder):
    expected = json.loads((VECTORS / folder / "signedDataInt.json").read_text("utf-8"))
    proof = expected["proof"]
    document = json.loads((VECTORS / unsigned).read_text("utf-8"))

    signed = with_proof(
        document,
        private_pem(),
        proof["verificationMethod"],
        datetime.fromisoformat(proof["created"]),
        CONTEXTS,
    )

    assert signed == expected
    value = (VECTORS / folder / "sigBTC58DataInt.txt").read_text("utf-8").strip()
    assert signed["proof"]["proofValue"] == value


@pytest.mark.parametrize(("unsigned", "folder"), EXAMPLES)
def test_the_canonical_text_is_the_published_one(unsigned, folder):
    document = json.loads((VECTORS / unsigned).read_text("utf-8"))
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": document_loader(CONTEXTS),
    }
    expected = (VECTORS / folder / "canonDocDataInt.txt").read_text("utf-8")
    assert jsonld.normalize(document, options) == expected
