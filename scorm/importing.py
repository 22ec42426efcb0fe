"""A package on its way in: sent in pieces, checked apart, stored whole or not at all.

What is sent lies in a folder of its own until the transaction that stores the package; whoever is
interrupted before finds it there, and begins the check again. The host carries :func:`carry_out`
out some time after :class:`~scorm.events.ImportAsked`, in whatever way it works in the background.
"""

import errno
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from scorm.packages.apart import CANONICAL, Ended, prepare_apart
from scorm.packages.archive import Limits
from scorm.packages.archive import size as size_words
from scorm.packages.check import Prepared
from scorm.packages.findings import PackageRefused, Report
from scorm.packages.words import Words, _
from scorm.resources import PackageImport, Packages, ScormPackage, Text
from scorm.services import add_version, new_package, store_version

SENT = "sent.zip"
KEPT_UNSENT = timedelta(days=7)
"""How long what was sent of a package waits for the rest."""
KEPT_TOLD = timedelta(days=30)
"""How long is told what became of a package."""
ROOM = 3
"""How many times its size a package needs while it is taken in, at most: as it was sent, as it is
kept, and some more for what is packed badly."""
PIECE = 1024 * 1024
LOOK = 1.0
"""Seconds between two looks at whether a check is still wanted."""
OVER = frozenset({"done", "refused", "failed", "cancelled"})
"""States in which nothing more happens by itself."""
SENT_WHOLE = frozenset({"waiting", "working", "done", "refused"})
"""States of what was sent whole, though no file may lie there any more."""

T = TypeVar("T")


class ImportRefused(Exception):
    """Something cannot be done with a package on its way in; ``words`` say why."""

    def __init__(self, words: Words):
        self.words = words
        super().__init__(words)


class TooLarge(ImportRefused):
    """The package is larger than what is taken in here."""


class NoRoom(ImportRefused):
    """The server has no room for it."""


class OtherPlace(ImportRefused):
    """What was sent does not go on where the rest ends; ``offset`` is where that is."""

    def __init__(self, offset: int):
        self.offset = offset
        super().__init__(_("The server has another part of the file. Ask it which, and go on."))


class Busy(ImportRefused):
    """Another request is sending a part of the same file."""

    def __init__(self) -> None:
        super().__init__(_("Another page is sending this file."))


class Over(ImportRefused):
    """It takes nothing more: it is sent, cancelled, or gone."""

    def __init__(self) -> None:
        super().__init__(_("This upload is over."))


class Desk(Protocol):
    """Where a worker does its work: each change is one transaction, tried again when it meets
    another one."""

    def change(self, work: Callable[[Packages], T]) -> T:
        """Do something on the way. What it raises when the work is no longer this worker's ends
        the work at once."""

    def finish(self, work: Callable[[Packages], T]) -> T:
        """The same for the last change: the work is done with it, or not at all."""


def begin(
    packages: Packages,
    uploads: Path,
    limits: Limits,
    *,
    name: str,
    size: int,
    owner: str,
    now: datetime,
    stamp: str = "",
    package: ScormPackage | None = None,
) -> PackageImport:
    """Somebody is going to send a file.

    :param uploads: the folder of everything that is being sent
    :param size: its bytes
    :param stamp: what tells the file from others of its name, for whoever sends it
    :param package: the one that it is to be a version of
    :raises TooLarge: when it is larger than what is taken in
    :raises NoRoom: when the disk has no room for it
    """
    if size > limits.packed:
        raise TooLarge(_too_large(size, limits.packed))
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(uploads).free < ROOM * size:
        raise NoRoom(_("The server has no room for a file of this size. Tell an admin."))
    found = PackageImport(
        secrets.token_hex(8),
        name=name[-200:],
        size=size,
        stamp=stamp[:200],
        owner=owner,
        package=package,
        now=now,
    )
    folder = folder_of(uploads, found)
    folder.mkdir()
    (folder / SENT).touch()
    for place in (folder, uploads):
        _keep_names(place)
    packages.imports.add(found)
    return found


def _keep_names(folder: Path) -> None:
    """What was made in a folder is found there after a power cut too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def withdraw(uploads: Path, found: PackageImport) -> None:
    """Take away the file of an import that was begun in a transaction that is to be undone."""
    shutil.rmtree(folder_of(uploads, found), ignore_errors=True)


def _too_large(size: int, most: int) -> Words:
    return _(
        "The file has ${size}; at most ${most} can be taken in.",
        size=size_words(size),
        most=size_words(most),
    )


def folder_of(uploads: Path, found: PackageImport) -> Path:
    """Where the files of one import lie."""
    return uploads / found.__name__


def received(uploads: Path, found: PackageImport) -> int:
    """How many bytes have come, and are on disk.

    :raises Over: when it is gone
    """
    if found.state in SENT_WHOLE:
        return found.size
    try:
        return (folder_of(uploads, found) / SENT).stat().st_size
    except FileNotFoundError:
        raise Over


def receive(uploads: Path, found: PackageImport, offset: int, part: BinaryIO) -> int:
    """Put a part of the file where the earlier ones end, on disk for good; the bytes there now.

    What of a part came before the line broke is kept.

    :raises Over: when it takes no more
    :raises Busy: while somebody else sends a part
    :raises OtherPlace: when the parts before it end elsewhere, or all have come
    :raises TooLarge: when there is more than was announced
    :raises NoRoom: when the disk is full
    """
    if found.state in SENT_WHOLE:
        raise OtherPlace(found.size)
    if found.state != "sending":
        raise Over
    try:
        file = (folder_of(uploads, found) / SENT).open("r+b")
    except FileNotFoundError:
        raise Over
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy
        end = file.seek(0, os.SEEK_END)
        if end != offset:
            raise OtherPlace(end)
        try:
            while piece := part.read(PIECE):
                if end + len(piece) > found.size:
                    raise TooLarge(_("The file is larger than was said when the upload began."))
                file.write(piece)
                end += len(piece)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise NoRoom(_("The server's disk is full. What was sent is kept; tell an admin."))
            raise
        finally:
            file.flush()
            os.fsync(file.fileno())
    return end


def submit(uploads: Path, found: PackageImport, now: datetime) -> None:
    """The file is here: it waits to be checked. The caller tells the host
    (:class:`~scorm.events.ImportAsked`) in the same transaction.

    :raises OtherPlace: when a part is missing
    :raises Over: when it was submitted before
    """
    if found.state != "sending":
        raise Over
    if received(uploads, found) != found.size:
        raise OtherPlace(received(uploads, found))
    _turn(found, "waiting", now)


def try_again(found: PackageImport, now: datetime) -> None:
    """What failed on our side waits to be checked again; the caller tells the host.

    :raises Over: when it has not failed
    """
    if found.state != "failed":
        raise Over
    found.problem = ""
    _turn(found, "waiting", now)


def cancel(found: PackageImport, now: datetime) -> None:
    """Call an import off. A check that runs ends within a second. The caller tells the host, which
    takes away what was sent by carrying it out.

    :raises Over: when it has ended already
    """
    if found.state in OVER - {"failed"}:
        raise Over
    _turn(found, "cancelled", now)


def fail(found: PackageImport, problem: str, now: datetime) -> None:
    """It could not be checked, for a reason on our side."""
    if found.state not in OVER:
        found.problem = problem
        _turn(found, "failed", now)


def _turn(found: PackageImport, state: str, now: datetime) -> None:
    found.state = state
    found.changed = now


def carry_out(
    desk: Desk,
    uploads: Path,
    key: str,
    limits: Limits,
    *,
    now: Callable[[], datetime],
    stored: Callable[[PackageImport], None],
) -> None:
    """Check the package and store it: as a new one, or as another version of one.

    Doing it again, after it was interrupted at any point, leads to the same end.

    :param stored: is told, in the transaction that stores it, what became of it
    :raises scorm.packages.apart.Failed: when it cannot be checked, for a reason on our side
    """
    folder = uploads / key
    if not desk.change(lambda packages: _take_up(packages.imports.get(key), now())):
        desk.finish(lambda _packages: None)
        shutil.rmtree(folder, ignore_errors=True)
        return
    watch = _Watch(desk, key)
    try:
        prepared = prepare_apart(
            folder / SENT, folder, limits, progress=watch.progress, wanted=watch.wanted
        )
    except PackageRefused as refused:
        report = refused.report
        desk.finish(lambda packages: _refuse(packages.imports[key], report, now()))
    except Ended:
        desk.finish(lambda _packages: None)
    else:
        desk.finish(lambda packages: stored(_store(packages, key, folder, prepared, now())))
    shutil.rmtree(folder, ignore_errors=True)


def _take_up(found: PackageImport | None, now: datetime) -> bool:
    """Whether there is something to be done."""
    if found is None or found.state not in ("waiting", "working"):
        return False
    found.progress = (0, 0)
    _turn(found, "working", now)
    return True


class _Watch:
    """Tells the page how far the check is, and sees whether it was called off: once a second."""

    def __init__(self, desk: Desk, key: str):
        self._desk = desk
        self._key = key
        self._progress = (0, 0)
        self._next = time.monotonic() + LOOK

    def progress(self, done: int, whole: int) -> None:
        self._progress = (done, whole)

    def wanted(self) -> bool:
        if time.monotonic() < self._next:
            return True
        self._next = time.monotonic() + LOOK
        return self._desk.change(self._look)

    def _look(self, packages: Packages) -> bool:
        found = packages.imports.get(self._key)
        if found is None or found.state != "working":
            return False
        if found.progress != self._progress:
            found.progress = self._progress
        return True


def _refuse(found: PackageImport, report: Report, now: datetime) -> None:
    if found.state == "working":
        found.report = Text(json.dumps(report.to_stored()))
        _turn(found, "refused", now)


def _store(
    packages: Packages, key: str, folder: Path, prepared: Prepared, now: datetime
) -> PackageImport:
    """Unless it was called off at the last moment."""
    found = packages.imports[key]
    if found.state != "working":
        return found
    version = store_version(packages, prepared, folder / CANONICAL, folder / SENT, now)
    if found.package is None:
        found.package = new_package(packages, version, found.owner, now)
    else:
        add_version(found.package, version)
    found.version = version
    found.report = version.report
    _turn(found, "done", now)
    return found


def sweep(packages: Packages, uploads: Path, now: datetime) -> list[Path]:
    """Forget what has not been gone on with for long, and what became of packages long ago.

    :returns: folders that belong to nothing any more, to be removed once this is on disk
    """
    kept = set()
    for found in list(packages.imports.values()):
        if found.state in OVER and now - found.changed > KEPT_TOLD:
            packages.imports.remove(found)
        elif found.state == "sending" and now - _last_sent(uploads, found) > KEPT_UNSENT:
            _turn(found, "cancelled", now)
        elif found.state not in OVER - {"failed"}:
            kept.add(found.__name__)
    folders = uploads.iterdir() if uploads.is_dir() else ()
    return [folder for folder in folders if folder.name not in kept and _is_old(folder, now)]


def _last_sent(uploads: Path, found: PackageImport) -> datetime:
    try:
        seconds = (folder_of(uploads, found) / SENT).stat().st_mtime
    except FileNotFoundError:
        return found.changed
    return max(found.changed, datetime.fromtimestamp(seconds, found.changed.tzinfo))


def _is_old(folder: Path, now: datetime) -> bool:
    """Whether no transaction that has just begun can be about to name it."""
    try:
        made = datetime.fromtimestamp(folder.stat().st_mtime, now.tzinfo)
    except FileNotFoundError:
        return False
    return now - made > timedelta(hours=1)
