"""The audit trail: noting who did what, and reading it back a page at a time."""

import json
import re
import secrets
from datetime import UTC, datetime
from itertools import islice

from lms.resources.audit import AuditTrail

KEY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9T:.+-]{20,30}/[0-9a-f]{8}")


def record(
    trail: AuditTrail,
    *,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    details: dict,
) -> dict:
    """Note that somebody did something; the entry.

    :param actor: id of a person, or ``command line``
    :param action: what was done, in the past: ``certificate revoked``
    :param subject: what it was done to: a person's id, a course's slug, a code
    :param details: plain values that JSON can hold; never a passphrase, never an address
    """
    time = now.astimezone(UTC).isoformat(timespec="microseconds")
    entry = {
        "time": time,
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": details,
    }
    trail.add(f"{time}/{secrets.token_hex(4)}", json.dumps(entry, ensure_ascii=False))
    return entry


def page(
    trail: AuditTrail, *, before: str | None = None, size: int = 50
) -> tuple[list[dict], str | None]:
    """Entries, newest first, and the key before which the next page begins.

    :param before: such a key; anything else means the newest page
    """
    if before is not None and not KEY.fullmatch(before):
        before = None
    found = list(islice(trail.newest_first(before), size + 1))
    further = found[size - 1][0] if len(found) > size else None
    return [json.loads(entry) for _key, entry in found[:size]], further
