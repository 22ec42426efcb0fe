"""Batches: what an admin does with many certificates at once, and how far it is."""

from datetime import datetime

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob


class Batches(Persistent):
    """All batches by random id: ``/certificates/batches/<id>``."""

    __name__ = "batches"
    __parent__: object = None

    def __init__(self):
        self._batches = OOBTree()

    def __getitem__(self, key: str) -> "Batch":
        return self._batches[key]

    def get(self, key: str) -> "Batch | None":
        return self._batches.get(key)

    def values(self):
        return self._batches.values()

    def add(self, batch: "Batch") -> None:
        batch.__parent__ = self
        self._batches[batch.__name__] = batch


class Batch(Persistent):
    """The same done with many, a part in each transaction (:mod:`certificates.batches`).

    ``kind`` is ``issue``, ``revoke``, ``suspend``, ``resume`` or ``zip``; ``award`` the id of what
    is issued, else empty; ``by`` who asked, as the host calls people; ``parts`` are the items by
    number of the part, each a tuple: codes, or whom certificates are issued to, by the host's ids.
    ``at`` is the next part, ``seen`` how many items are behind it and ``changed`` how many of these
    were changed; ``failed`` are the others by their number: the item, and why it stayed as it was.
    ``file`` is what a zip became, until it is taken away, and ``run`` how often it was begun;
    ``withdrawn`` is since when it must not be fetched, since somebody in it was erased. ``problem``
    names what it stands still for, until somebody lets it be tried anew.
    """

    at = 0
    seen = 0
    changed = 0
    finished: datetime | None = None
    file: Blob | None = None
    run = 0
    withdrawn: datetime | None = None
    problem = ""

    def __init__(
        self, key: str, kind: str, *, award: str, reason: str, by: str, title: str, created
    ):
        self.__name__ = key
        self.__parent__: Batches | None = None
        self.kind = kind
        self.award = award
        self.reason = reason
        self.by = by
        self.title = title
        self.created: datetime = created
        self.total = 0
        self.parts = IOBTree()
        self.failed = IOBTree()

    @property
    def fetchable(self) -> bool:
        """Whether there is a zip, and nobody in it was erased."""
        return self.file is not None and self.withdrawn is None
