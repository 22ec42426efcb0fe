"""Status lists: which certificates are revoked or suspended, by a random place in a long list
(W3C Bitstring Status List v1.0)."""

from BTrees.IIBTree import IITreeSet
from BTrees.IOBTree import IOBTree
from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from persistent import Persistent

LENGTH = 131_072
"""Places in a list: the fewest that the standard allows, so that one certificate hides among
many (§6.1)."""


class StatusLists(Persistent):
    """The lists by id: ``/certificates/status/<id>``. ``open`` is the id of the one that new
    certificates get their places in."""

    __name__ = "status"
    __parent__: object = None

    def __init__(self):
        self._lists = OOBTree()
        self.begin()

    def __getitem__(self, key: str) -> "StatusList":
        return self._lists[key]

    def get(self, key: str) -> "StatusList | None":
        return self._lists.get(key)

    def values(self):
        return self._lists.values()

    def begin(self) -> "StatusList":
        """A new list, which is the open one from now on."""
        status_list = StatusList(str(len(self._lists) + 1))
        status_list.__parent__ = self
        self._lists[status_list.__name__] = status_list
        self.open = status_list.__name__
        return status_list


class StatusList(Persistent):
    """One list: ``taken`` maps an index to a certificate's code, ``revoked`` and ``suspended`` hold
    the indexes whose bits are set."""

    def __init__(self, key: str):
        self.__name__ = key
        self.__parent__: StatusLists | None = None
        self.taken = IOBTree()
        self.count = Length()
        self.revoked = IITreeSet()
        self.suspended = IITreeSet()
