"""A learner's badges as one signed record: Comprehensive Learner Record 2.0 (1EdTech CLR 2.0)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from openbadgeslib.ob3.clr import build_clr_credential

from certificates.badges.credential import CLR_CONTEXTS, Place, credential_of, issuer, urn
from certificates.badges.signing import embedded
from certificates.keys import Keys
from certificates.resources import Certificate

ROOM = 240 * 1024
"""Octets of badges: verifiers read records up to 256 KiB."""

MOST = 50
"""Badges in a record: with more, verifying one would take many seconds."""


def transcript(
    certificates: Sequence[Certificate], issuer_name: str, place: Place, keys: Keys
) -> dict[str, Any]:
    """The signed record of the first certificates, as far as there is room and all verifiers can
    read them together. It names nobody; its subject's id is made from the codes. The same
    certificates give the same record.

    :param certificates: one at least, of one learner; each stands before those that it renews
    """
    members: list[dict[str, Any]] = []
    taken: list[Certificate] = []
    profile, size = issuer(place, issuer_name), 0
    names = {profile["name"]}
    for certificate in certificates[:MOST]:
        badge = embedded(credential_of(certificate, place), keys)
        together = names | {badge["issuer"]["name"]}
        if not _sorted_alike(together):
            if taken:
                continue
            profile = badge["issuer"]
            together = {profile["name"]}
        size += len(json.dumps(badge, ensure_ascii=False).encode())
        if taken and size > ROOM:
            break
        names = together
        members.append(badge)
        taken.append(certificate)
    codes = " ".join(sorted(one.code for one in taken))
    record = build_clr_credential(
        profile,
        [],
        members,
        credential_id=urn(place.url, "transcript", codes),
        valid_from=max(one.issued for one in taken).replace(microsecond=0),
    )
    record["@context"] = list(CLR_CONTEXTS)
    record["name"] = "Transcript"
    subject = record["credentialSubject"]
    del subject["identifier"]
    subject["type"] = [subject["type"]]
    subject["id"] = urn(place.url, "learner", codes)
    if renewals := _renewals(taken, place):
        subject["association"] = renewals
    return embedded(record, keys)


def _sorted_alike(names: Iterable[str]) -> bool:
    """Whether all verifiers sort what the issuer was called alike: RDF Canonicalization §4.4 sorts
    by characters, programs in JavaScript by halves of them, and the badges' names of one issuer
    stand side by side there. It matters where one begins with an emoji and another with a letter
    of U+E000 to U+FFFF."""
    return sorted(names) == sorted(names, key=lambda name: name.encode("utf-16-be"))


def _renewals(certificates: Sequence[Certificate], place: Place) -> list[dict[str, str]]:
    """Which badge took the place of which (CLR 2.0, Association)."""
    here = {one.code for one in certificates}
    return [
        {
            "type": "Association",
            "associationType": "replacedBy",
            "sourceId": f"{place.url}/{one.renews}",
            "targetId": f"{place.url}/{one.code}",
        }
        for one in certificates
        if one.renews in here
    ]
