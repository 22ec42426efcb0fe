"""How often a wrong passphrase may be tried. Nobody is locked out: the right passphrase from
another network works at any time, and everything is forgotten after a while.

Kept in memory, for this process: a database that is written by whoever fails would be a gift.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from certificates.lookups import network_of
from lms.resources.people import normalised

WINDOW_MINUTES = 15
PER_USERNAME = RateLimitItemPerMinute(8, WINDOW_MINUTES, namespace="username")
"""Wrong passphrases for one username from one network."""
PER_CLIENT = RateLimitItemPerMinute(60, WINDOW_MINUTES, namespace="client")
"""Wrong passphrases from one network: a whole office, or a VPN's exit, may share one."""
REMEMBERED_SECONDS = 30 * 24 * 3600


class TooManyTries(Exception):
    """Too many wrong passphrases from here; ``seconds`` until the next try."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__(f"Too many wrong passphrases. Try again in {seconds} seconds.")


class SignInLimits:
    """Counts wrong passphrases by network, and by network and username."""

    def __init__(self):
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)

    def check(self, client: str | None, username: str) -> None:
        """:raises TooManyTries: when a limit is reached"""
        for limit, keys in _limits(client, username):
            if not self._limiter.test(limit, *keys):
                raise TooManyTries(self._seconds_left(limit, keys))

    def wrong(self, client: str | None, username: str, person_id: str | None) -> None:
        """A wrong passphrase, or a username that nobody has: both count alike here.

        For a person who exists, the number is kept until their next sign-in.
        """
        for limit, keys in _limits(client, username):
            self._limiter.hit(limit, *keys)
        if person_id is not None:
            self._storage.incr(f"tries/{person_id}", REMEMBERED_SECONDS)

    def tries(self, person_id: str) -> int:
        """How many wrong passphrases were tried since the person's last sign-in."""
        return self._storage.get(f"tries/{person_id}")

    def right_when_done(
        self, done: bool, client: str | None, username: str, person_id: str
    ) -> None:
        """The right passphrase, and the sign-in is stored (an after-commit hook): forget tries."""
        if done:
            limit, keys = _limits(client, username)[0]
            self._limiter.clear(limit, *keys)
            self._storage.clear(f"tries/{person_id}")

    def _seconds_left(self, limit: RateLimitItem, keys: tuple[str, ...]) -> int:
        reset = self._limiter.get_window_stats(limit, *keys).reset_time
        return max(1, math.ceil(reset - time.time()))


def _limits(client: str | None, username: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    network = network_of(client)
    return [(PER_USERNAME, (network, normalised(username))), (PER_CLIENT, (network,))]
