"""What the list of all certificates is made from, without opening them."""

import json
from datetime import datetime

from certificates.resources.certificate import Certificate


class Listing:
    """``/certificates/all``: the list, for admins. Nothing is stored here."""

    __name__ = "all"

    def __init__(self, parent):
        self.__parent__ = parent


def entry_of(certificate: Certificate) -> str:
    """What the register keeps of a certificate, as text: a tree of texts can join what two
    transactions wrote side by side. Times are ISO 8601 in UTC."""
    snapshot = certificate.snapshot
    fields = (
        certificate.code,
        snapshot.get("title", ""),
        snapshot.get("kind", ""),
        certificate.award,
        certificate.learner_id,
        _when(certificate.issued),
        _when(certificate.valid_until),
        "revoked" if certificate.revoked else "suspended" if certificate.suspended else "",
        certificate.renewed_by or "",
    )
    return json.dumps(fields, ensure_ascii=False)


def _when(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
