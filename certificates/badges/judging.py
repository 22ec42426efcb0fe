"""Badges of any issuer whose keys are known: whether they are what they say (OB 3.0 §9.1).

The rules are those of the standard's own validator: its samples come out as their names say. What
a status list says is not asked, for no address is followed.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import jwt
from openbadgeslib.ob3.contexts import bundled_contexts
from openbadgeslib.ob3.did import resolve_did
from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError
from pyld.jsonld import JsonLdError

from certificates.badges.credential import CONTEXTS
from certificates.badges.form import all_signed
from certificates.badges.proving import NotOurs, read_json, read_text

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3."
ACHIEVEMENTS = ("OpenBadgeCredential", "AchievementCredential")
ENDORSEMENT = "EndorsementCredential"
MOST_PROOFS = 4
"""Each that is looked at takes some milliseconds."""


class Judgement(StrEnum):
    """What is true of a badge."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not yet valid"
    MALFORMED = "malformed"
    ALTERED = "altered"
    STRANGE = "not of an allowed issuer"


class _Malformed(ValueError):
    """It is not formed as the standard says."""


def judged(
    document: str | bytes, allowed: Mapping[str, Collection[str]], now: datetime
) -> Judgement:
    """What is true of a badge, as JSON or as a token.

    :param allowed: whom to believe: the public keys of each issuer, as did:key
    """
    try:
        text = read_text(document)
        embedded = text.startswith("{")
        credential = read_json(text) if embedded else _claims(text)
        issuer = _well_formed(credential)
        starts, ends = _moment(credential, "validFrom"), _moment(credential, "validUntil")
    except (NotOurs, _Malformed):
        return Judgement.MALFORMED
    if issuer not in allowed:
        return Judgement.STRANGE
    verify = _proof_holds if embedded else _token_holds
    if not any(verify(credential, text, issuer, key) for key in allowed[issuer]):
        return Judgement.ALTERED
    if starts is None or starts > now:
        return Judgement.NOT_YET
    return Judgement.EXPIRED if ends is not None and ends <= now else Judgement.VALID


def _well_formed(credential: dict[str, Any]) -> str:
    """The issuer's id.

    :raises _Malformed: when something that the standard asks for is missing
    """
    contexts: Any = credential.get("@context")
    known = bundled_contexts()
    _need(isinstance(contexts, list) and all(isinstance(each, str) for each in contexts))
    _need(len(contexts) > 1 and contexts[0] == CONTEXTS[0])
    _need(contexts[1].startswith(OPEN_BADGES) and all(each in known for each in contexts))
    types = _types(credential)
    _need("VerifiableCredential" in types and types & {*ACHIEVEMENTS, ENDORSEMENT})
    issuer: Any = credential.get("issuer")
    _need("Profile" in _types(issuer) and isinstance(issuer.get("id"), str))
    _all(issuer, otherIdentifier="IdentifierEntry", parentOrg="Profile")
    _need(isinstance(credential.get("validFrom"), str))
    subject: Any = credential.get("credentialSubject")
    if ENDORSEMENT in types:
        _need("EndorsementSubject" in _types(subject) and isinstance(subject.get("id"), str))
    else:
        _need("AchievementSubject" in _types(subject))
        _need(subject.get("id") or subject.get("identifier"))
        _all(subject, identifier="IdentityObject", result="Result", source="Profile")
        _achievement(subject.get("achievement"))
    _all(credential, evidence="Evidence")
    return issuer["id"]


def _achievement(achievement: Any) -> None:
    _need("Achievement" in _types(achievement))
    _need(all(isinstance(achievement.get(key), str) for key in ("id", "name", "description")))
    criteria = achievement.get("criteria")
    _need(isinstance(criteria, dict) and (criteria.get("id") or criteria.get("narrative")))
    _all(achievement, resultDescription="ResultDescription")


def _all(of: dict[str, Any], **types: str) -> None:
    """Each value of these members has to say that it is of this type."""
    for name, needed in types.items():
        for value in _list(of.get(name)):
            _need(needed in _types(value))


def _proof_holds(credential: dict[str, Any], _text: str, issuer: str, key: str) -> bool:
    """Whether one of the proofs is by this key, for the issuer, and of everything. Any one will do
    (OB 3.0 §8.1)."""
    for proof in _list(credential.get("proof"))[:MOST_PROOFS]:
        method = proof.get("verificationMethod") if isinstance(proof, dict) else None
        if not isinstance(method, str) or method.partition("#")[0] not in (issuer, key):
            continue
        alone = credential | {"proof": proof}
        with suppress(OB3VerificationError, JsonLdError):
            verify_data_integrity_proof(alone, resolve_did(key))
            if all_signed(alone):
                return True
    return False


def _claims(text: str) -> dict[str, Any]:
    try:
        return jwt.decode(text, options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise _Malformed from None


def _token_holds(claims: dict[str, Any], text: str, issuer: str, key: str) -> bool:
    """Whether the token is signed by this key, and its claims are what the credential says (OB 3.0
    §8.2.6.1)."""
    try:
        jwt.decode(
            text,
            resolve_did(key),
            algorithms=["ES256"],
            options={"verify_exp": False, "verify_nbf": False, "verify_aud": False},
        )
    except (jwt.PyJWTError, OB3VerificationError, ValueError):
        return False
    starts, ends = _moment(claims, "validFrom"), _moment(claims, "validUntil")
    said = {
        "iss": issuer,
        "jti": claims.get("id"),
        "sub": claims["credentialSubject"].get("id"),
        "nbf": starts and int(starts.timestamp()),
        "exp": ends and int(ends.timestamp()),
    }
    return all(claims.get(name) == value for name, value in said.items())


def _moment(credential: dict[str, Any], name: str) -> datetime | None:
    """A time that a credential says; one without a zone is UTC."""
    if credential.get(name) is None:
        return None
    try:
        found = datetime.fromisoformat(credential[name])
    except (TypeError, ValueError):
        raise _Malformed from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _types(value: Any) -> set[str]:
    """The types of an object; of anything else none."""
    if not isinstance(value, dict):
        return set()
    return {each for each in _list(value.get("type")) if isinstance(each, str)}


def _list(value: Any) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _need(condition: Any) -> None:
    if not condition:
        raise _Malformed
