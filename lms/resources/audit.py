"""The audit trail: who did what, when. Entries are added, never changed, and hold no address.

A month has sixty-four trees, and each entry goes into one of them at random, so that people who
act at the same moment seldom write the same leaf. When they do, the database joins both
entries, which it can only for values that have an order: an entry is kept as text.
"""

import heapq
from collections.abc import Iterator

from BTrees.OOBTree import OOBTree
from persistent import Persistent

SHARDS = 64


class Month(Persistent):
    """The entries of one month."""

    def __init__(self):
        self.shards = tuple(OOBTree() for _ in range(SHARDS))


class AuditTrail(Persistent):
    """All entries by month, as JSON text (shape: :func:`lms.services.audit.record`)."""

    def __init__(self):
        self._months = OOBTree()

    def add(self, key: str, entry: str) -> None:
        """Keep an entry under ``<ISO time>/<random hex>``; the random part also picks its tree."""
        month = key[:7]
        if month not in self._months:
            self._months[month] = Month()
        shards = self._months[month].shards
        shards[int(key[-2:], 16) % len(shards)][key] = entry

    def newest_first(self, before: str | None = None) -> Iterator[tuple[str, str]]:
        """``(key, entry)`` from the newest on, or from the newest before the key ``before``."""
        month = _last_key(self._months, before[:7] if before else None)
        while month is not None:
            shards = self._months[month].shards
            yield from heapq.merge(*(_descending(s, before) for s in shards), reverse=True)
            month = _last_key(self._months, _just_below(month))


def _descending(tree: OOBTree, before: str | None) -> Iterator[tuple[str, str]]:
    key = _last_key(tree, _just_below(before) if before else None)
    while key is not None:
        yield key, tree[key]
        key = _last_key(tree, _just_below(key))


def _last_key(tree: OOBTree, most: str | None) -> str | None:
    """The greatest key, or the greatest that is at most ``most``."""
    try:
        return tree.maxKey(most) if most is not None else tree.maxKey()
    except ValueError:
        return None


def _just_below(key: str) -> str:
    """A bound below ``key`` and above every other key of ASCII characters below it."""
    return f"{key[:-1]}{chr(ord(key[-1]) - 1)}\x7f"
