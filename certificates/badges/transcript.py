"""A learner's badges as one signed record: Comprehensive Learner Record 2.0 (1EdTech CLR 2.0)."""

import json
from collections.abc import Sequence
from typing import Any

from openbadgeslib.ob3.clr import build_clr_credential

from certificates.badges.credential import Place, credential_of, issuer, urn
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
    """The signed record of the first certificates, as far as there is room. It names nobody; its
    subject's id is made from the codes. The same certificates give the same record.

    :param certificates: one at least, of one learner; each stands before those that it renews
    """
    members: list[dict[str, Any]] = []
    size = 0
    for certificate in certificates[:MOST]:
        badge = embedded(credential_of(certificate, place), keys)
        size += len(json.dumps(badge, ensure_ascii=False).encode())
        if members and size > ROOM:
            break
        members.append(badge)
    taken = certificates[: len(members)]
    codes = " ".join(sorted(one.code for one in taken))
    record = build_clr_credential(
        issuer(place, issuer_name),
        [],
        members,
        credential_id=urn(place.url, "transcript", codes),
        valid_from=max(one.issued for one in taken).replace(microsecond=0),
    )
    record["name"] = "Transcript"
    subject = record["credentialSubject"]
    del subject["identifier"]
    subject["id"] = urn(place.url, "learner", codes)
    if renewals := _renewals(taken, place):
        subject["association"] = renewals
    return embedded(record, keys)


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
