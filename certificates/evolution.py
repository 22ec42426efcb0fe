"""What a database from before awards, templates and status lists needs. Each is idempotent."""

from collections.abc import Callable

from certificates.resources import Certificates
from certificates.status import places


def furnish(certificates: Certificates, random: Callable[[int], bytes]) -> None:
    """The rooms beside the certificates; snapshots that name their subject; places in the status
    lists, in which what was revoked is set; the register of all."""
    certificates.furnish()
    for certificate in certificates.values():
        snapshot = certificate.snapshot
        if "course" in snapshot:
            rest = {key: value for key, value in snapshot.items() if key not in ("course", "kind")}
            certificate.snapshot = {
                "kind": "achievement",
                "subject": "course",
                "title": snapshot["course"],
                **rest,
            }
        if certificate.listed is None:
            certificate.listed = places.take(certificates.status, certificate.code, random)
            if certificate.revoked is not None:
                key, index = certificate.listed
                certificates.status[key].revoked.insert(index)
    certificates.register_all()
