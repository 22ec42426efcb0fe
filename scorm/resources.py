"""Persistent objects of the SCORM house. State is primitives; the domain gives them meaning.

One object for each thing that changes alone: a registration, an activity's run-time data, a
session. Nothing here is shared by two learners on the path of a commit.
"""

import json
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, cast

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob

LARGE = 2048
"""Values from this many characters on live in a record of their own."""
RECORD = re.compile(r"\.[0-9]")
"""What the name of an element in a collection has, and no other."""


class WideTree(OOBTree):
    """A tree whose leaves split seldom: many can insert at once without meeting."""

    max_leaf_size = 240


class Text(Persistent):
    """A long text, compressed, in a record of its own."""

    def __init__(self, text: str):
        self.put(text)

    def put(self, text: str) -> None:
        self._packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)

    def __str__(self) -> str:
        return zlib.decompress(self._packed).decode("utf-8", "surrogatepass")


def put(place, name: str | int, value: str | None) -> None:
    """Keep a value in a mapping, a long one in a record of its own; None takes it away."""
    if value is None:
        place.pop(name, None)
    elif len(value) < LARGE:
        place[name] = value
    elif isinstance(found := place.get(name), Text):
        found.put(value)
    else:
        place[name] = Text(value)


class Packages(Persistent):
    """All packages by id; every version by the digest of its files, and by its key in addresses;
    below ``imports`` the packages that are on their way in."""

    __name__ = "packages"
    __parent__ = None

    def __init__(self):
        self._packages = WideTree()
        self.versions = WideTree()
        self.by_key = WideTree()
        self.imports = Imports(self)

    def __getitem__(self, key: str) -> "ScormPackage | Imports":
        return self.imports if key == "imports" else self._packages[key]

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


class Change(Persistent):
    """An author chose which version of a package is current.

    ``choice`` is what becomes of learners who are in the middle of another version, at their next
    launch: ``keep``, ``move`` or ``restart``.
    """

    def __init__(
        self, before: "PackageVersion", version: "PackageVersion", choice: str, by: str, when
    ):
        self.before = before
        self.version = version
        self.choice = choice
        self.by = by
        self.when = when


class Imports(Persistent):
    """``/packages/imports``: every package that is being sent or checked, and what became of those
    of the last days, by random id."""

    __name__ = "imports"

    def __init__(self, parent: Packages):
        self.__parent__ = parent
        self._imports = WideTree()

    def __getitem__(self, key: str) -> "PackageImport":
        return self._imports[key]

    def get(self, key: str) -> "PackageImport | None":
        return self._imports.get(key)

    def add(self, package_import: "PackageImport") -> None:
        package_import.__parent__ = self
        self._imports[package_import.__name__] = package_import

    def remove(self, package_import: "PackageImport") -> None:
        del self._imports[package_import.__name__]

    def values(self):
        return self._imports.values()


class PackageImport(Persistent):
    """One package on its way in (:mod:`scorm.importing`).

    ``state`` is ``sending``, ``waiting``, ``working``, ``done``, ``refused``, ``failed`` or
    ``cancelled``; ``size`` the bytes that were announced; ``progress`` the bytes that were checked
    and those in all. ``package`` is what it became, and before that the one that it is to be a
    version of, or None; ``report`` says why it was refused; ``problem`` names what failed on our
    side. ``stamp`` tells the sender's file from others of the same name.
    """

    package: "ScormPackage | None"
    version: "PackageVersion | None" = None
    progress: tuple[int, int] = (0, 0)
    report: Text | None = None
    problem = ""

    def __init__(
        self, key: str, *, name: str, size: int, stamp: str, owner: str, package, now: datetime
    ):
        self.__name__ = key
        self.__parent__: Imports | None = None
        self.name = name
        self.size = size
        self.stamp = stamp
        self.owner = owner
        self.package = package
        self.created = now
        self.changed = now
        self.state = "sending"

    def __acl__(self):
        return [
            ("Allow", f"person:{self.owner}", ("import:view", "import:change")),
            ("Allow", "role:admin", ("import:view", "import:change")),
            ("Allow", "role:author", ("import:view",)),
        ]


class ScormPackage(Persistent):
    """What an author uploaded, in all its versions, the newest last; ``previews`` are the newest
    preview registration of each author who has begun one, by person. ``host_reasons`` says why each
    of ``allowed_hosts`` is one, who allowed it, and when; older ones have no reason. ``refusals``
    are what its content tried, when it did.

    ``changes`` are the choices of another current version, the newest last; ``registrations`` are
    those on the package by id, so that nobody looks through all.
    """

    previews: "Mapping[str, Registration] | OOBTree" = MappingProxyType({})
    host_reasons: Mapping[str, tuple[str, str, datetime]] = MappingProxyType({})
    refusals: "Refusals | None" = None
    _current: "PackageVersion | None" = None
    changes: tuple[Change, ...] = ()

    def __init__(self, key: str, title: str, owner: str, created):
        self.__name__ = key
        self.__parent__: Packages | None = None
        self.title = title
        self.owner = owner
        self.created = created
        self.versions: tuple[PackageVersion, ...] = ()
        self.allowed_hosts: tuple[str, ...] = ()
        self.registrations = WideTree()

    def __acl__(self):
        return [
            ("Allow", "role:author", ("package:view", "package:change")),
            ("Allow", "role:admin", ("package:view", "package:change", "package:hosts")),
        ]

    def keep_preview(self, person: str, registration: "Registration") -> None:
        if not isinstance(self.previews, OOBTree):
            self.previews = OOBTree()
        self.previews[person] = registration

    def drop_preview(self, person: str) -> "Registration | None":
        """What is no longer kept, if there was one."""
        return self.previews.pop(person, None) if isinstance(self.previews, OOBTree) else None

    @property
    def newest(self) -> "PackageVersion":
        return self.versions[-1]

    @property
    def current(self) -> "PackageVersion":
        """What new registrations get: what an author chose, or the first there was."""
        return self._current or self.versions[0]

    @current.setter
    def current(self, version: "PackageVersion") -> None:
        self._current = version

    def version(self, key: str) -> "PackageVersion | None":
        """One of its versions by its key, or by how the key begins when only one begins so."""
        found = [version for version in self.versions if key and version.key.startswith(key)]
        return found[0] if len(found) == 1 else None


class Refusals(Persistent):
    """What a package's content tried and was refused: days by what it was and which host, an object
    of its own since many learners' browsers report it. Never more than a few entries."""

    def __init__(self):
        self.entries: dict[tuple[str, str], tuple[str, str, int]] = {}

    def keep(self, key: tuple[str, str], days: tuple[str, str, int]) -> None:
        """:param days: the first, the last, as ISO 8601 says them, and how many"""
        self.entries[key] = days
        self._p_changed = True


class PackageVersion(Persistent):
    """One canonical zip, never changed: its blob, the index of its members, manifest, report;
    ``original`` is the file as it was sent in, None where that was not kept."""

    original: Blob | None = None

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
        """The part of the digest that stands in content addresses."""
        return self.sha256[:32]


class Registrations(Persistent):
    """All registrations by id, and what belongs to each learner across them."""

    def __init__(self):
        self._registrations = WideTree()
        self._learners = WideTree()

    def __getitem__(self, key: str) -> "Registration":
        return self._registrations[key]

    def get(self, key: str) -> "Registration | None":
        return self._registrations.get(key)

    def values(self):
        return self._registrations.values()

    def add(self, registration: "Registration") -> None:
        self._registrations[registration.id] = registration

    def remove(self, registration: "Registration") -> None:
        """Take a registration out. A preview's learner is nobody else, and goes with it."""
        del self._registrations[registration.id]
        registration.package.registrations.pop(registration.id, None)
        if registration.preview:
            del self._learners[registration.learner_id]

    def forget_learner(self, key: str) -> None:
        """Take out what a learner had across registrations, if there is anything."""
        self._learners.pop(key, None)

    def learner(self, key: str) -> "Learner":
        """What a learner has across registrations, made on first use.

        :param key: the same in all of them; not the id that content reads
        """
        if key not in self._learners:
            self._learners[key] = Learner()
        return self._learners[key]


class Learner(Persistent):
    """What one learner's registrations share: data stores and global objectives that outlive an
    attempt, each by its identifier."""

    objectives: "Mapping[str, dict] | OOBTree" = MappingProxyType({})

    def __init__(self):
        self.stores = OOBTree()

    def keep_objective(self, identifier: str, values: dict | None) -> None:
        """What is known of a global objective, by name; None when nothing is."""
        if not isinstance(self.objectives, OOBTree):
            self.objectives = OOBTree()
        if values is None:
            self.objectives.pop(identifier, None)
        else:
            self.objectives[identifier] = values


class TreeState(Persistent):
    """The activity tree's state of one registration, as JSON: it changes more often than what
    stands around it, and has many small parts."""

    _v_state: Any = None
    _v_objectives: Any = None

    def __init__(self):
        self._text: str | None = None

    @property
    def plain(self) -> dict | None:
        """None before the first launch."""
        return None if self._text is None else json.loads(self._text)

    @plain.setter
    def plain(self, plain: dict) -> None:
        self._text = json.dumps(plain)
        self._v_state = self._v_objectives = None

    def keep(self, plain: dict, state: Any, objectives: dict | None) -> None:
        """Store a state, and have it at hand.

        :param objectives: those of its objectives that live with the learner
        """
        self.plain = plain
        self._v_state = state
        self._v_objectives = objectives


class Registration(Persistent):
    """One learner's way through a package, on one of its versions at a time.

    ``learner_id`` and ``learner_name`` are what content may know: an opaque id and a pseudonym.
    ``reference`` is the host's own word for this registration, opaque here. ``learner`` is what
    other registrations of the same person see too; ``stores`` lasts for one attempt on the course.
    ``preview``: an author tries the package, and nothing counts; ``first`` is the item that it
    begins with, when not where the course does. ``attempt`` counts how often the course was begun;
    ``completed_attempt`` is the one in which the host counted the course as completed, 0 for none.

    ``passages`` tell of each time that it went to another version, as plain data (``when``,
    ``from``, ``to``, ``how``, ``attempt``, and the ``result`` until then). ``aside`` is what had no
    place in the version that it went to: the run-time data by standard and activity, with
    ``aside_tracking`` the rest, as JSON (``scorm.runtime.versions``).
    """

    preview = False
    first: str | None = None
    attempt = 1
    completed_attempt = 0
    passages: tuple[dict, ...] = ()
    aside: "Mapping[str, ActivityRecord] | OOBTree" = MappingProxyType({})
    aside_tracking: Text | None = None

    def __init__(
        self, key, label, learner: Learner, *, package, version, learner_id, learner_name,
        reference, return_url, now,
    ):  # fmt: skip
        self.id = key
        self.label = label
        self.learner = learner
        self.package = package
        self.version = version
        self.learner_id = learner_id
        self.learner_name = learner_name
        self.reference = reference
        self.return_url = return_url
        self.created = now
        self.tree = TreeState()
        self.lease: str | None = None
        self.records = OOBTree()
        self.stores = OOBTree()
        self.sessions = OOBTree()

    def version_of(self, session: "Session | None") -> PackageVersion:
        """The version that a session was, or is to be, on."""
        return self.version if session is None or session.left is None else session.left

    def set_aside(self, key: str, record: "ActivityRecord") -> None:
        """Keep run-time data that has no place in the present version."""
        if not isinstance(self.aside, OOBTree):
            self.aside = OOBTree()
        self.aside[key] = record

    def take_back(self, key: str) -> "ActivityRecord":
        """What was set aside has a place again: it is taken out."""
        return cast(OOBTree, self.aside).pop(key)

    def record(self, activity: str, *, keep: bool = True) -> "ActivityRecord":
        """The activity's run-time data, made on first use.

        :param keep: whether what is made belongs to the registration; otherwise it is only seen
        """
        found = self.records.get(activity)
        if found is None:
            found = ActivityRecord()
            if keep:
                self.records[activity] = found
        return found


class ActivityRecord(Persistent):
    """Run-time data of one activity in its present attempt; earlier attempts are kept in ``past``.

    Elements of their own are in this object, those of collections (interactions, objectives,
    comments) in a journal that grows beside it. Every change of either writes this object, so that
    what is derived from it and kept with it in memory (``_v_`` attributes) is never out of date.

    ``total`` is the time of finished sessions in hundredths of a second, ``counted`` how much of it
    the present session has added already, ``earlier`` that of past attempts; ``entry`` what
    content is told (``ab-initio``, ``resume`` or empty); ``opened`` whether this attempt has had a
    session; ``initialized`` and ``terminated`` what
    it has called in the present session; ``suspended`` whether its last one ended with more to
    come. ``unsaid``: content never gave the 1.2 status that is stored. ``seeds``: elements that
    global objectives gave their values in this session, until content sets them itself.
    ``begun_on``: ``(attempt, key)`` for each version that was left since: attempts up to this one
    were begun on the version with this key.
    """

    _v_model: Any = None
    """The data model that the run-time keeps while content speaks to it."""
    _v_report: Any = None
    """What content has said for sequencing until now."""
    _v_standing: Any = None
    """Where the learner stands by what content has said until now."""
    seeds: Mapping[str, str] = MappingProxyType({})

    attempt = 0
    total = 0
    counted = 0
    earlier = 0
    entry = "ab-initio"
    opened = True
    initialized = False
    terminated = False
    suspended = False
    unsaid = False
    begun_on: tuple[tuple[int, str], ...] = ()

    def __init__(self):
        self._elements: dict[str, str | Text] = {}
        self._journal = OOBTree()
        self.past = OOBTree()

    def get(self, name: str) -> str | None:
        """One element's value, None when it has none."""
        value = self._place(name).get(name)
        return None if value is None else str(value)

    def values(self) -> dict[str, str]:
        """Every element that has a value."""
        found = {name: str(value) for name, value in self._elements.items()}
        found.update((name, str(value)) for name, value in self._journal.items())
        return found

    def change(self, changes: Mapping[str, str | None]) -> None:
        """Give elements other values; None takes a value away."""
        for name, value in changes.items():
            put(self._place(name), name, value)
        self._p_changed = True
        self._v_model = self._v_report = None

    def _place(self, name: str):
        return self._journal if RECORD.search(name) else self._elements

    def restart(self, keep: dict[str, str]) -> None:
        """Begin a new attempt with ``keep``; the one before is put away, never lost."""
        if self.attempt or self._elements or self._journal:
            self.past[self.attempt] = Text(
                json.dumps({"values": self.values(), "total": self.total})
            )
        self.attempt += 1
        self.earlier += self.total
        self.total = 0
        self.counted = 0
        self.opened = False
        self.suspended = False
        self._elements = {}
        self._journal.clear()
        self.change(keep)


class Session(Persistent):
    """One launch: how far its entries are acknowledged, and those that wait for a gap to close.

    ``turn`` counts the views that the player was to be shown; ``delivered`` is the turn of the
    present delivery. ``waiting`` and ``late`` map numbers to entries as JSON, ``held`` and
    ``kept_late`` count their characters, ``moving`` how many of ``waiting`` ask to go somewhere;
    ``skipped`` are the numbers ``(first, last)`` that had not come before another session began;
    ``replayed`` marks the wording of entries that another page sent in for this one, ``page`` is
    the page that began it, and ``begun`` is false of one that is known by what it left on a device
    alone. ``refused`` keeps the newest values that did not pass the checks; ``declined`` says why
    the newest navigation request was refused, empty when it was not; ``asked`` keeps the newest
    ones of a preview, and what came of them; ``left`` is the version that it was on, once the
    registration has gone to another one. Each commit writes this object: what has its usual
    value is not stored.
    """

    _v_state: Any = None
    _v_shown: Any = None
    review_state: dict | None = None
    outcome: tuple[str, str] | None = None
    acknowledged = 0
    delivery = 0
    turn = 0
    delivered = 0
    commits = 0
    held = 0
    moving = 0
    kept_late = 0
    skipped: tuple[tuple[int, int], ...] = ()
    replayed: Mapping[int, str] = MappingProxyType({})
    page: str | None = None
    begun = True
    refused: tuple[dict, ...] = ()
    declined = ""
    asked: tuple[dict, ...] = ()
    left: PackageVersion | None = None
    waiting: Mapping[int, Any] | OOBTree = MappingProxyType({})
    late: Mapping[int, Any] | OOBTree = MappingProxyType({})

    def __init__(self, now: datetime, mode: str):
        self.started = now
        self.mode = mode
        self._last = now.timestamp()

    @property
    def last(self) -> datetime:
        """When it was last used."""
        return datetime.fromtimestamp(self._last, UTC)

    @last.setter
    def last(self, now: datetime) -> None:
        self._last = now.timestamp()

    def wait(self, number: int, text: str) -> None:
        """Keep an entry ahead of a gap."""
        if not isinstance(self.waiting, OOBTree):
            self.waiting = OOBTree()
        put(self.waiting, number, text)
        self.held += len(text)

    def take_waiting(self, number: int) -> str:
        """The gap before the entry has closed: it is taken out."""
        text = str(cast(OOBTree, self.waiting).pop(number))
        self.held -= len(text)
        return text

    def keep_late(self, number: int, text: str) -> None:
        """Keep an entry that came after another session had begun."""
        if not isinstance(self.late, OOBTree):
            self.late = OOBTree()
        self.kept_late += len(text) - len(str(self.late.get(number, "")))
        put(self.late, number, text)
