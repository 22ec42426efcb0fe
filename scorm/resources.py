"""Persistent objects of the SCORM house. State is primitives; the domain gives them meaning.

One object for each thing that changes alone: a registration, an activity's run-time data, a
session. Nothing here is shared by two learners on the path of a commit.
"""

import json
import zlib

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob

LARGE = 2048
"""Values from this many characters on live in a record of their own."""


class WideTree(OOBTree):
    """A tree whose leaves split seldom: many can insert at once without meeting."""

    max_leaf_size = 240


class Text(Persistent):
    """A long text, compressed, in a record of its own."""

    def __init__(self, text: str):
        self._packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)

    def __str__(self) -> str:
        return zlib.decompress(self._packed).decode("utf-8", "surrogatepass")


class Packages(Persistent):
    """All packages by id; every version by the hash of its zip, and by its key in addresses."""

    __name__ = "packages"
    __parent__ = None

    def __init__(self):
        self._packages = WideTree()
        self.versions = WideTree()
        self.by_key = WideTree()

    def __getitem__(self, key: str) -> "ScormPackage":
        return self._packages[key]

    def __acl__(self):
        return [
            ("Allow", "role:author", ("package:list", "package:import")),
            ("Allow", "role:admin", ("package:list", "package:import")),
        ]

    def add(self, package: "ScormPackage") -> None:
        package.__parent__ = self
        self._packages[package.__name__] = package

    def values(self):
        return self._packages.values()


class ScormPackage(Persistent):
    """What an author uploaded, in all its versions, the newest last."""

    def __init__(self, key: str, title: str, owner: str, created):
        self.__name__ = key
        self.__parent__: Packages | None = None
        self.title = title
        self.owner = owner
        self.created = created
        self.versions: tuple[PackageVersion, ...] = ()
        self.allowed_hosts: tuple[str, ...] = ()

    def __acl__(self):
        return [
            ("Allow", "role:author", ("package:view",)),
            ("Allow", "role:admin", ("package:view", "package:hosts")),
        ]

    @property
    def newest(self) -> "PackageVersion":
        return self.versions[-1]


class PackageVersion(Persistent):
    """One canonical zip, never changed: its blob, the index of its members, manifest, report."""

    def __init__(self, sha256: str, *, index: str, manifest: str, report: str, size: int, created):
        self.sha256 = sha256
        self.blob = Blob()
        self.index = Text(index)
        self.manifest = Text(manifest)
        self.report = Text(report)
        self.size = size
        self.created = created

    @property
    def key(self) -> str:
        """The part of the hash that stands in content addresses."""
        return self.sha256[:32]


class Registrations(Persistent):
    """All registrations by id."""

    def __init__(self):
        self._registrations = WideTree()

    def __getitem__(self, key: str) -> "Registration":
        return self._registrations[key]

    def get(self, key: str) -> "Registration | None":
        return self._registrations.get(key)

    def add(self, registration: "Registration") -> None:
        self._registrations[registration.id] = registration


class Registration(Persistent):
    """One learner's way through one package version.

    ``learner_id`` and ``learner_name`` are what content may know: an opaque id and a pseudonym.
    ``reference`` is the host's own word for this registration, opaque here.
    """

    def __init__(
        self, key, label, *, package, version, learner_id, learner_name, reference, return_url, now
    ):
        self.id = key
        self.label = label
        self.package = package
        self.version = version
        self.learner_id = learner_id
        self.learner_name = learner_name
        self.reference = reference
        self.return_url = return_url
        self.created = now
        self.state: dict | None = None
        self.lease: str | None = None
        self.records = OOBTree()
        self.stores = OOBTree()
        self.sessions = OOBTree()

    def record(self, activity: str) -> "ActivityRecord":
        """The activity's run-time data, made on first use."""
        if activity not in self.records:
            self.records[activity] = ActivityRecord()
        return self.records[activity]


class ActivityRecord(Persistent):
    """Run-time data of one activity in its present attempt; earlier attempts are kept in ``past``.

    ``total`` is the time of finished sessions in hundredths of a second, ``earlier`` that of past
    attempts; ``entry`` what content is told (``ab-initio``, ``resume`` or empty);
    ``initialized`` and ``terminated`` what it has called in the present session; ``suspended``
    whether its last one ended with more to come.
    """

    def __init__(self):
        self._values = OOBTree()
        self.attempt = 0
        self.total = 0
        self.earlier = 0
        self.entry = "ab-initio"
        self.initialized = False
        self.terminated = False
        self.suspended = False
        self.past = OOBTree()

    def values(self) -> dict[str, str]:
        """Every element that has a value."""
        return {name: str(value) for name, value in self._values.items()}

    def store(self, values: dict[str, str]) -> None:
        """Make the stored elements equal ``values``, touching only what differs."""
        for name in [name for name in self._values if name not in values]:
            del self._values[name]
        for name, value in values.items():
            if name not in self._values or str(self._values[name]) != value:
                self._values[name] = Text(value) if len(value) >= LARGE else value

    def restart(self, keep: dict[str, str]) -> None:
        """Begin a new attempt with ``keep``; the one before is put away, never lost."""
        if self.attempt:
            self.past[self.attempt] = Text(
                json.dumps({"values": self.values(), "total": self.total})
            )
        self.attempt += 1
        self.earlier += self.total
        self.total = 0
        self.store(keep)


class Session(Persistent):
    """One launch: how far its entries are acknowledged, and those that wait for a gap to close."""

    def __init__(self, now, mode: str):
        self.started = now
        self.mode = mode
        self.review_state: dict | None = None
        self.outcome: tuple[str, str] | None = None
        self.acknowledged = 0
        self.delivery = 0
        self.commits = 0
        self.last = now
        self.waiting = OOBTree()
        self.late = OOBTree()
