"""Status lists as verifiers read them (W3C Bitstring Status List v1.0 §2.2): signed, and made anew
only when a certificate's standing has changed or the day has.

All processes of a site make the same one on the same day, so that caches can compare them.
"""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from certificates.badges.credential import CONTEXTS, Place, moment
from certificates.badges.signing import embedded
from certificates.keys import Keys
from certificates.resources import StatusList
from certificates.resources.status import LENGTH

REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
HOLDS = timedelta(days=7)
"""How long one may be kept: who shows an older one may be hiding what was revoked since."""
SLOW = timedelta(minutes=5)
"""How far the clock of a verifier may be behind: just after midnight too, none is of tomorrow."""


def status_credential(
    status_list: StatusList, purpose: str, place: Place, keys: Keys, now: datetime
) -> dict[str, Any]:
    """A list as a signed credential. Do not change it: others are given the same.

    Badges name their place in the list of what is revoked alone. As long as a certificate is
    suspended, it is set there too, so that no verifier takes it for valid; the list of what is
    suspended tells the two apart.

    :param purpose: one of :data:`PURPOSES`
    """
    found = set(status_list.suspended)
    if purpose == REVOCATION:
        found |= set(status_list.revoked)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    url = f"{place.url}/status/{status_list.__name__}/{purpose}"
    return _signed(url, purpose, place.did, tuple(sorted(found)), keys, day)


@lru_cache(maxsize=64)
def _signed(
    url: str, purpose: str, did: str, found: tuple[int, ...], keys: Keys, day: datetime
) -> dict[str, Any]:
    credential = {
        "@context": [CONTEXTS[0]],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": moment(day - SLOW),
        "validUntil": moment(day + HOLDS),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(found),
        },
    }
    return embedded(credential, keys)


def let_go() -> None:
    """Keep no list any longer, nor what it was signed with."""
    _signed.cache_clear()


def encoded(found: Iterable[int]) -> str:
    """The list with these indexes set, as multibase base64url of gzip (§3.3); the first is the
    highest bit of the first octet."""
    octets = bytearray(LENGTH // 8)
    for index in found:
        octets[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(octets), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
