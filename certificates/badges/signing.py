"""Signing credentials: with a proof in them, or as a token.

Both give the same bytes for the same credential and keys.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt import PyJWS
from jwt.algorithms import ECAlgorithm
from jwt.utils import der_to_raw_signature
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from certificates.keys import Keys


def embedded(credential: dict[str, Any], keys: Keys) -> dict[str, Any]:
    """The credential with an ``eddsa-rdfc-2022`` proof (W3C vc-di-eddsa §3.2), in an array as Open
    Badges have it. The proof was made when the credential was issued, or the key if that is later.

    :raises openbadgeslib.errors.ErrorSigningFile: for more than verifiers read (256 KiB)
    """
    valid_from = datetime.fromisoformat(credential["validFrom"])
    signed = with_proof(
        credential,
        keys.ed25519_pem,
        f"{issuer_id(credential)}#{keys.id}",
        max(valid_from, keys.created),
        clr_contexts() if "ClrCredential" in credential["type"] else None,
    )
    return signed | {"proof": [signed["proof"]]}


def with_proof(
    document: dict[str, Any],
    ed25519_pem: bytes,
    method: str,
    created: datetime,
    contexts: Mapping[str, dict] | None = None,
) -> dict[str, Any]:
    """A document with an ``eddsa-rdfc-2022`` proof in it, as an object.

    :param method: which key that is: its address in a DID document
    :param contexts: JSON-LD contexts by address, besides those of badges
    """
    return add_data_integrity_proof(
        document, ed25519_pem, method, created=created, extra_contexts=contexts
    )


def token(credential: dict[str, Any], keys: Keys) -> str:
    """The credential as a VC-JWT, ES256 (OB 3.0 §8.2.4)."""
    claims = {
        "iss": issuer_id(credential),
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
        "sub": credential["credentialSubject"]["id"],
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    return JWS.encode(
        json.dumps(credential | claims, ensure_ascii=False, separators=(",", ":")).encode(),
        _p256(keys.p256_pem),
        algorithm="ES256",
        headers={"kid": f"{issuer_id(credential)}#{keys.token_id}", "jwk": keys.jwk},
    )


def issuer_id(credential: dict[str, Any]) -> str:
    """The issuer's id; a credential gives it alone or with a Profile."""
    issuer = credential["issuer"]
    return issuer if isinstance(issuer, str) else issuer["id"]


@lru_cache(maxsize=1)
def clr_contexts() -> dict:
    """The context of transcripts (CLR 2.0), which is not among those of badges."""
    return bundled_clr_contexts()


class _Deterministic(ECAlgorithm):
    """ES256 whose random number is made from the key and the message (RFC 6979)."""

    def sign(self, msg: bytes, key: EllipticCurvePrivateKey) -> bytes:
        signature = key.sign(msg, ECDSA(hashes.SHA256(), deterministic_signing=True))
        return der_to_raw_signature(signature, key.curve)


JWS = PyJWS()
JWS.unregister_algorithm("ES256")
JWS.register_algorithm("ES256", _Deterministic(ECAlgorithm.SHA256))


@lru_cache(maxsize=4)
def _p256(pem: bytes) -> EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return key


def let_go() -> None:
    """Keep no key any longer."""
    _p256.cache_clear()


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
