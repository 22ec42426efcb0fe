"""Which certificate a file proves: nothing but octets and public keys come in, and a code goes out.

This runs in a process of its own for what strangers send (:mod:`.apart`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from asn1crypto import pem, x509

from certificates import keys
from certificates.badges import baking, proving, signing
from certificates.badges.credential import Place, credential_of
from certificates.codes import LENGTH
from certificates.resources import Certificate
from certificates.verification import pdf, problems
from certificates.verification.sniff import BOM, Kind, kind_of


@dataclass(frozen=True)
class PublicRing:
    """The public halves of a :class:`certificates.keys.KeyRing`."""

    did: str
    all: tuple[keys.Keys, ...]
    chains: tuple[bytes, ...]


def trust_of(ring) -> dict[str, Any]:
    """The public halves of all keys of a site, retired ones too, and every certificate that it has
    signed documents with, as plain data."""
    public = [replace(each, ed25519_pem=b"", p256_pem=b"", document_pem=b"") for each in ring.all]
    return {
        "did": ring.did,
        "keys": [keys.to_plain(each) for each in public],
        "chains": [chain.decode("ascii", "replace") for chain in ring.chains],
    }


def read(sent: bytes, trust: Mapping[str, Any]) -> str:
    """The code of the certificate that a PDF, PNG, SVG, JSON or JWT proves; the codes of all, with
    spaces between, for a transcript.

    :param trust: of :func:`trust_of`
    :raises certificates.verification.problems.Problem: when it proves none; which kind, says why
    """
    ring = PublicRing(
        trust["did"],
        tuple(keys.from_plain(each) for each in trust["keys"]),
        tuple(chain.encode() for chain in trust["chains"]),
    )
    match kind_of(sent):
        case Kind.PDF:
            badge = pdf.attached_to(sent, list(filter(None, map(chain_of, ring.chains))))
        case Kind.PNG | Kind.SVG:
            badge = _baked(sent)
        case _:
            badge = _text(sent)
    try:
        return " ".join(proving.all_proven(badge, ring))
    except proving.NotOurs:
        raise problems.NotOurs from None
    except proving.Broken:
        raise problems.Altered from None


def _baked(picture: bytes) -> str:
    try:
        return baking.extract(picture)
    except baking.NotBaked:
        raise problems.Unreadable from None


def _text(sent: bytes) -> str:
    try:
        return sent.removeprefix(BOM).decode("utf-8").strip()
    except UnicodeDecodeError:
        raise problems.Unreadable from None


def chain_of(chain_pem: bytes) -> list[x509.Certificate]:
    """A certificate that documents are signed with, and those above it; none when a file that an
    admin brought is something else, which makes no other one less ours."""
    try:
        found = pem.unarmor(chain_pem, multiple=True)
        return [x509.Certificate.load(der, strict=True) for _kind, _headers, der in found]
    except ValueError:
        return []


def answer(sent: bytes, trust: Mapping[str, Any]) -> dict[str, str]:
    """The same as plain data, and without errors: :func:`told` reads it.

    Whatever a stranger's file does to the libraries that read it, it is not readable.
    """
    try:
        return {"code": read(sent, trust)}
    except problems.Problem as problem:
        return {"problem": problem.word}
    except Exception:
        return {"problem": problems.Unreadable.word}


def told(said: Mapping[str, str]) -> str:
    """The code in an answer.

    :raises certificates.verification.problems.Problem: when it says that there is none
    """
    if "code" in said:
        return said["code"]
    raise problems.NAMED[said["problem"]]


def load() -> None:
    """Read a badge once, so that contexts and all else that is needed are loaded and prepared."""
    pair = keys.made("Nobody", datetime.now(UTC))
    ring = PublicRing("did:web:nobody.invalid", (pair,), (pair.certificate_pem,))
    place = Place(ring.did, "https://nobody.invalid", "https://nobody.invalid/certificates")
    snapshot = {"kind": "participation", "title": "Nothing", "language": "en", "issuer": "Nobody"}
    certificate = Certificate(
        "0" * LENGTH, learner_id="", award="", snapshot=snapshot, issued=pair.created
    )
    certificate.listed = ("1", 0)
    badge = signing.embedded(credential_of(certificate, place), pair)
    read(json.dumps(badge).encode(), trust_of(ring))
