"""Badges: making and signing them, one after another, as a zip of many or a page of downloads does;
and finding what one proves."""

import json
from pathlib import Path
from time import process_time

from certificates.badges.proving import all_proven
from tests.certificates.badges.making import FULL, Issuer

WARM, TIMES = 20, 200


def measure(folder: Path) -> dict[str, float]:
    """``badge.per_s``: signed badges for each second of computing, once warm;
    ``badge.proved_ms``: computing until a badge is proved."""
    issuer = Issuer(folder / "keys")
    certificates = [issuer.issue(**FULL | {"score": n % 101}) for n in range(WARM + TIMES)]
    for certificate in certificates[:WARM]:
        issuer.badge(certificate)
    began = process_time()
    badges = [json.dumps(issuer.badge(certificate)) for certificate in certificates[WARM:]]
    signing = process_time() - began
    for badge in badges[:WARM]:
        all_proven(badge, issuer.ring)
    began = process_time()
    for badge in badges[WARM:]:
        all_proven(badge, issuer.ring)
    proving = process_time() - began
    return {
        "badge.per_s": round(TIMES / signing, 1),
        "badge.proved_ms": round(proving * 1000 / (TIMES - WARM), 1),
    }
