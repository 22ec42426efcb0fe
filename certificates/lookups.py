"""How often a client may look codes up, send files and check names: enough for people, too little
for trying out.

Kept in memory, for this process.
"""

import ipaddress

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_CLIENT = RateLimitItemPerMinute(60, namespace="certificates")
FILES_PER_CLIENT = RateLimitItemPerMinute(60, namespace="files")
"""An office may verify what a whole class hands in; reading one takes some tens of milliseconds."""
NAMES_PER_CLIENT = RateLimitItemPerHour(20, namespace="names")
NAMES_PER_CERTIFICATE = RateLimitItemPerHour(10, 24, namespace="names of a certificate")
"""In a day, by everybody together: a name is right at once or after a few ways of writing it, and
whoever suspects somebody must not be able to try a list of them."""

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


class TooManyLookups(Exception):
    """This client has looked up too many codes. It may go on after :attr:`seconds`."""

    seconds = MINUTE


class TooManyNames(Exception):
    """Too many names were tried, by this client or with this certificate."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__()


class Lookups:
    """Counts lookups by client."""

    def __init__(self, limit: RateLimitItem = PER_CLIENT):
        self._limit = limit
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, client: str | None) -> None:
        """One code is looked up, or one file read.

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


class NameChecks:
    """Counts the names that are tried, by client and by certificate."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, client: str | None, code: str) -> None:
        """A name is tried with the certificate of this code.

        A client that may try no more does not use up what others may.

        :raises TooManyNames: when a limit is reached
        """
        if not self._limiter.hit(NAMES_PER_CLIENT, network_of(client)):
            raise TooManyNames(HOUR)
        if not self._limiter.hit(NAMES_PER_CERTIFICATE, code):
            raise TooManyNames(DAY)


def network_of(client: str | None) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(client or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:  # as servers for both families write IPv4
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
