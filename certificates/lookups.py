"""How often a client may look codes up: enough for people, too little for trying them out.

Kept in memory, for this process.
"""

import ipaddress

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_CLIENT = RateLimitItemPerMinute(60, namespace="certificates")


class TooManyLookups(Exception):
    """This client has looked up too many codes. It may go on after :attr:`seconds`."""

    seconds = 60


class Lookups:
    """Counts lookups by client."""

    def __init__(self, limit: RateLimitItem = PER_CLIENT):
        self._limit = limit
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, client: str | None) -> None:
        """One code is looked up.

        :raises TooManyLookups: when the limit is reached
        """
        if not self._limiter.hit(self._limit, network_of(client)):
            raise TooManyLookups

    def check(self, client: str | None) -> None:
        """A page that a code led to is shown; this does not count.

        :raises TooManyLookups: when the limit is reached, so that a page tells no more than a
            refusal would
        """
        if not self._limiter.test(self._limit, network_of(client)):
            raise TooManyLookups


def network_of(client: str | None) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(client or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
