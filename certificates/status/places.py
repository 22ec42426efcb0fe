"""Where a new certificate stands in the status lists: at random, so that an index tells neither
when nor to whom it was issued (Bitstring Status List §6.1)."""

from collections.abc import Callable

from certificates.resources import StatusLists
from certificates.resources.status import LENGTH

FULL = LENGTH // 2
"""From here on a new list is begun, so that a free place is found in two tries or so."""
TRIES = 64
"""Of a list that is at most half full, so many misses do not happen by chance."""


class NoPlace(RuntimeError):
    """Every place that was tried is taken: the source of random bytes is broken."""


def take(lists: StatusLists, code: str, random: Callable[[int], bytes]) -> tuple[str, int]:
    """A free place for the certificate with this code: the id of a list, and an index in it.

    Two transactions that happen on the same place meet there, and the second is run again.

    :raises NoPlace: rather than looking for ever
    """
    status_list = lists[lists.open]
    if status_list.count() >= FULL:
        status_list = lists.begin()
    for _try in range(TRIES):
        index = int.from_bytes(random(4), "big") % LENGTH
        if status_list.taken.insert(index, code):
            status_list.count.change(1)
            return status_list.__name__, index
    raise NoPlace("No free place was found for a new certificate. Nothing was changed.")
