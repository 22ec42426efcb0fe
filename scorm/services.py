"""Packages: taking one in from a file, opening it in the player, and what its content may call.
Meaning: ``packages``."""

import json
import os
import re
import secrets
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from persistent import Persistent
from ZODB.blob import Blob

from scorm.capability import Capabilities, Capability
from scorm.packages.archive import Limits
from scorm.packages.check import Prepared, prepare
from scorm.packages.findings import Report
from scorm.packages.words import Words, _
from scorm.resources import (
    Change,
    Packages,
    PackageVersion,
    Registration,
    ScormPackage,
)
from scorm.runtime.versions import CHOICES, way_of
from scorm.settings import ScormSettings

HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


def import_package(
    packages: Packages, source: BinaryIO, *, owner: str, limits: Limits, now: datetime
) -> tuple[ScormPackage, Report]:
    """Check a package file and store it as a new package with one version, here and now.

    Nothing is stored when the package is refused, or the caller's transaction does not commit.

    :param owner: who imports it, as the host calls people
    :raises scorm.packages.findings.PackageRefused: with the report that says why
    """
    with tempfile.TemporaryDirectory() as folder:
        canonical, original = Path(folder) / "canonical.zip", Path(folder) / "sent.zip"
        with canonical.open("wb") as destination:
            prepared = prepare(source, destination, limits)
        with original.open("wb") as kept:
            source.seek(0)
            shutil.copyfileobj(source, kept)
        version = store_version(packages, prepared, canonical, original, now)
    return new_package(packages, version, owner, now), prepared.report


def store_version(
    packages: Packages, prepared: Prepared, canonical: Path, original: Path, now: datetime
) -> PackageVersion:
    """The version that the files of a prepared package are: one that is there already, or a new
    one. The two zips stay where they are too, for another try after a conflict.
    """
    version = packages.versions.get(prepared.sha256)
    if version is None:
        version = PackageVersion(
            prepared.sha256,
            index=json.dumps(prepared.index),
            manifest=json.dumps(prepared.manifest.to_plain()),
            report=json.dumps(prepared.report.to_stored()),
            size=prepared.size,
            created=now,
        )
        version.original = Blob()
        consume(version.blob, canonical, packages)
        consume(version.original, original, packages)
        packages.versions[prepared.sha256] = version
        packages.by_key[version.key] = version
    return version


def add_version(package: ScormPackage, version: PackageVersion) -> None:
    """Put another version beside those of the package; which one is current stays as it is.

    What the package has already is not added again: the bytes are the same.
    """
    if package.version(version.key) is None:
        package.versions = (*package.versions, version)


class VersionRefused(ValueError):
    """The package cannot have another current version like this; ``words`` say why."""

    def __init__(self, words: Words):
        self.words = words
        super().__init__(words)


def choose_version(
    package: ScormPackage, version: PackageVersion, choice: str, *, by: str, now: datetime
) -> Change:
    """Make a version current, be it newer or older than the one that is. No registration is
    touched: the choice is carried out for each learner when they come back, and until then a later
    choice takes its place.

    :param choice: what becomes of learners in the middle of another version, of
        :data:`~scorm.runtime.versions.CHOICES`
    :param by: who chose it, as the host calls people
    :raises VersionRefused: when it is current already, or none of the package's
    """
    if version not in package.versions or choice not in CHOICES:
        raise VersionRefused(_("This package has no such version, or this is no such choice."))
    if version.key == package.current.key:
        raise VersionRefused(_("This version is the current one already."))
    change = Change(package.current, version, choice, by, now)
    package.current = version
    package.changes = (*package.changes, change)
    return change


def consume(blob: Blob, file: Path, beside: Persistent) -> None:
    """Make the file the blob's content, on disk for good, without a copy where both are on one
    disk; a transaction that is undone takes the blob's away, and leaves the file.

    :param beside: an object of the database that the blob becomes a part of. A blob of none would
        have its file in the system's folder for temporary files until the transaction ends: for
        everybody to see there, often in memory, and for ever when the process is killed.
    """
    if beside._p_jar is not None and blob._p_jar is None:
        beside._p_jar.add(blob)
    twin = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        os.link(file, twin)
    except OSError:  # not every disk has links
        shutil.copyfile(file, twin)
    blob.consumeFile(str(twin))
    with blob.open("r") as content:  # by now it may be a copy, which ZODB left in the cache
        os.fsync(content.fileno())


def new_package(
    packages: Packages, version: PackageVersion, owner: str, now: datetime
) -> ScormPackage:
    """A package with one version, whose title is the version's."""
    title = json.loads(str(version.manifest))["title"]
    package = ScormPackage(secrets.token_hex(8), title, owner, now)
    package.versions = (version,)
    packages.add(package)
    return package


def player_address(
    settings: ScormSettings,
    registration: Registration,
    *,
    mode: str,
    language: str,
    shared: bool,
) -> str:
    """Where a browser is sent to open the registration in a new session, on its own host.

    :param mode: ``normal``; ``anew``, when what is there of the course is to be left behind; or
        ``review``
    :param language: of the player's own words
    :param shared: whether others use the device too, so that nothing is to stay on it
    """
    version = way_of(registration, mode).version
    session = secrets.token_hex(8)
    capability = Capability(registration.id, session, version.key, mode, language, shared)
    signed = Capabilities(settings.secret).sign(capability)
    return f"{settings.content_origin(registration.label)}/{signed}/play"


class HostRefused(ValueError):
    """A host cannot be allowed like this; ``words`` say why."""

    def __init__(self, words: Words):
        super().__init__(words)
        self.words = words


def allow_host(package: ScormPackage, host: str, reason: str, *, by: str, now: datetime) -> str:
    """Let the package's content call ``host`` over HTTPS; the host as it is kept.

    Whoever serves that host then learns the address of everybody who opens the course.

    :param by: who allows it, as the host calls people
    :raises HostRefused: when it is no host name, or no reason is given
    """
    host = host.strip().lower()
    if not HOST.fullmatch(host):
        raise HostRefused(_("Give the name of one host, such as cdn.example.org."))
    if not reason.strip():
        raise HostRefused(_("Say why this host may learn who opens the course."))
    if host not in package.allowed_hosts:
        package.allowed_hosts = (*package.allowed_hosts, host)
    package.host_reasons = {**package.host_reasons, host: (reason.strip(), by, now)}
    return host


def refuse_host(package: ScormPackage, host: str) -> None:
    """Let the package's content call ``host`` no longer."""
    package.allowed_hosts = tuple(kept for kept in package.allowed_hosts if kept != host)
    package.host_reasons = {
        kept: said for kept, said in package.host_reasons.items() if kept != host
    }
