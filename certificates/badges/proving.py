"""Which certificate a badge proves: whether this site signed it, and whether it still says what was
signed. Whether the certificate holds is another question (:mod:`certificates.standing`).

No address in a badge is followed: the keys are those of the site. What a stranger sends is bounded
before it is worked on, and so is the work (``openbadgeslib``, which refuses poison graphs).
"""

import json
import re
from typing import Any, Protocol

import jwt
from openbadgeslib.ob3 import OB3LdpVerifier
from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError
from pyld.jsonld import JsonLdError

from certificates.badges.credential import CLR_CONTEXT, CLR_CONTEXTS, CONTEXTS, MEMBERS
from certificates.badges.form import all_signed
from certificates.badges.signing import clr_contexts, issuer_id
from certificates.codes import normalised
from certificates.keys import Keys

PROOF = frozenset(
    ("proof", "created", "cryptosuite", "proofPurpose", "proofValue", "verificationMethod")
)
TRANSCRIPT = frozenset(
    ("verifiableCredential", "association", "associationType", "sourceId", "targetId")
)
"""What proofs and transcripts have besides the members of badges."""
IN_CONTEXTS = (
    list(CONTEXTS),
    list(CLR_CONTEXTS),
    [*CONTEXTS[:2], CLR_CONTEXT],  # as transcripts had them at first
)
"""What the terms of badges and of transcripts mean. Others could mean the same to the signature and
something else to a reader, or leave a term out."""
OF_TYPES = (
    ["VerifiableCredential", "OpenBadgeCredential"],
    ["VerifiableCredential", "ClrCredential"],
)
WHOLE = {
    "issuer": {"id", "type", "name", "url"},
    "image": {"id", "type", "caption"},
    "credentialSchema": {"id", "type"},
    "credentialStatus": {
        "id",
        "type",
        "statusPurpose",
        "statusListIndex",
        "statusListCredential",
    },
}
"""Parts that are said several times in a badge or a transcript: the signature covers that they are
said once, but ours say all of it each time."""
TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
"""A token as we write it (RFC 7515 §2: without padding)."""

LARGEST = 256 * 1024
"""Octets of a badge; ours have some thousands."""

EXPIRED = "Credential has expired"
"""How the verifier begins to say so. It looks at the time last, when all else was found right."""


class NotOurs(ValueError):
    """This is no badge of this site."""


class Broken(ValueError):
    """This says that it is a badge of this site, and was changed, or signed by somebody else."""


class Trust(Protocol):
    """Whose badges are ours: :class:`certificates.keys.KeyRing`, or its public halves."""

    @property
    def did(self) -> str: ...
    @property
    def all(self) -> tuple[Keys, ...]: ...


def all_proven(document: str | bytes, ring: Trust) -> tuple[str, ...]:
    """The codes of all certificates that a badge or a transcript (CLR 2.0) proves, one at least.

    :raises NotOurs: when it is none, or another site's
    :raises Broken: when it is not as this site signed it
    """
    text = read_text(document)
    credential = _embedded(text, ring) if text.startswith("{") else _token(text, ring)
    found = [credential]
    if _clr(credential):
        found = _members(credential)
    codes = tuple(normalised(str(each.get("id"))) for each in found)
    if not all(codes):
        raise NotOurs("What is signed here is no certificate.")
    return codes


def _members(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The badges of a transcript.

    :raises Broken: when they are put in another form than ours, which the same signature covers
    """
    subject = record.get("credentialSubject")
    found = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    if not isinstance(found, list) or not found or not all(isinstance(x, dict) for x in found):
        raise Broken("This transcript is not as this site signed it.")
    return found


def read_text(document: str | bytes) -> str:
    """What somebody has sent, as text.

    :raises NotOurs: when it is too long, or is none
    """
    if len(document) > LARGEST:
        raise NotOurs(f"A badge of this site has at most {LARGEST} octets.")
    try:
        text = document.decode("utf-8") if isinstance(document, bytes) else document
        text.encode("utf-8")
    except UnicodeError:
        raise NotOurs("This is no text.") from None
    return text.strip()


def _embedded(text: str, ring: Trust) -> dict[str, Any]:
    """What a badge with a proof in it says."""
    credential = read_json(text)
    _check_issuer(credential, ring)
    _check_members(credential)
    proof = credential.get("proof")
    # A second proof would be words of somebody else, for what is signed leaves proofs out.
    only = proof[0] if isinstance(proof, list) and len(proof) == 1 else proof
    method = only.get("verificationMethod") if isinstance(only, dict) else None
    keys = {f"{ring.did}#{keys.id}": keys for keys in ring.all}
    if not isinstance(method, str) or method not in keys:
        raise Broken("This badge is not signed by a key of this site.")
    try:
        _check_proof(credential, text, keys[method].ed25519_public_pem, ring.did)
    except (OB3VerificationError, JsonLdError) as error:
        if not str(error).startswith(EXPIRED):
            raise Broken("This badge is not as this site signed it.") from error
    return credential


def _check_proof(credential: dict[str, Any], text: str, public_pem: bytes, did: str) -> None:
    """:raises OB3VerificationError, JsonLdError: when the proof is not by this key, or not of all
    that is said; or, last of all, when a badge has expired"""
    if not _clr(credential):
        OB3LdpVerifier(public_pem, did).verify(text)
        return
    verify_data_integrity_proof(credential, public_pem, extra_contexts=clr_contexts())
    if not all_signed(credential):
        raise OB3VerificationError("The transcript says more than was signed.")


def _clr(credential: dict[str, Any]) -> bool:
    """Whether it is a transcript: badges in a credential of their own."""
    types = credential.get("type")
    return isinstance(types, list) and "ClrCredential" in types


def _token(text: str, ring: Trust) -> dict[str, Any]:
    """What a token says. Every octet of it is signed, or the signature."""
    try:
        header = jwt.get_unverified_header(text)
        body = text.split(".")[1]
        claims = read_json(jwt.utils.base64url_decode(body).decode("utf-8"))
    except (jwt.InvalidTokenError, ValueError, RecursionError, IndexError):
        raise NotOurs("This is no badge.") from None
    _check_issuer(claims, ring)
    keys = {f"{ring.did}#{keys.token_id}": keys for keys in ring.all}
    if header.get("kid") not in keys:
        raise Broken("This badge is not signed by a key of this site.")
    if not TOKEN.fullmatch(text):
        raise Broken("This badge is not written as this site wrote it.")
    try:
        jwt.decode(
            text,
            keys[header["kid"]].p256_public_pem,
            algorithms=["ES256"],
            options={"verify_exp": False, "verify_nbf": False, "verify_aud": False},
        )
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Broken("This badge is not as this site signed it.") from error
    return claims


def read_json(text: str) -> dict[str, Any]:
    """:raises NotOurs: when it is no JSON object"""
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise NotOurs("This is no badge.") from None
    if not isinstance(found, dict):
        raise NotOurs("This is no badge.")
    return found


def _check_members(credential: dict[str, Any]) -> None:
    """A badge that holds what ours never do is not worked on any further, even where it means
    nothing to the signature; nor is one that names blank nodes, of which poison graphs are made.

    :raises Broken: for such a badge
    """
    waiting: list[Any] = [credential]
    while waiting:
        value = waiting.pop()
        if _strange(value):
            raise Broken("This badge says something else than this site has signed.")
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()


def _strange(value: Any) -> bool:
    """Whether no badge of ours has had such a part. Contexts stand where they are signed with."""
    if isinstance(value, list):
        return not value or any(isinstance(each, list) for each in value)
    if not isinstance(value, dict):
        return value is None
    return (
        not value.keys() <= MEMBERS | PROOF | TRANSCRIPT
        or (not _is_credential(value) if "proof" in value else "@context" in value)
        or str(value.get("id")).startswith("_:")
        or any(
            not _is_whole(value[name], members) for name, members in WHOLE.items() if name in value
        )
    )


def _is_credential(part: dict[str, Any]) -> bool:
    """Whether it is of our types, in words of our contexts."""
    return part.get("@context") in IN_CONTEXTS and part.get("type") in OF_TYPES


def _is_whole(part: Any, members: set[str]) -> bool:
    """Whether a part, or the one in a list, has these members."""
    only = part[0] if isinstance(part, list) and len(part) == 1 else part
    return isinstance(only, dict) and only.keys() == members


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says nothing twice: programs differ in which of two they believe.

    :raises ValueError: when it does
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A name stands twice in an object.")
    return found


def _check_issuer(credential: dict[str, Any], ring: Trust) -> None:
    """:raises NotOurs: when it was issued by somebody else"""
    try:
        issuer = issuer_id(credential)
    except (KeyError, TypeError):
        issuer = None
    if issuer != ring.did:
        raise NotOurs("This badge was not issued by this site.")
