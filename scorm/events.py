"""What leaves this house: the host subscribes, inside the same transaction.

Run-time data are written by the process's writer, which has a connection and no request."""

from dataclasses import dataclass, field
from typing import Any

from scorm.resources import (
    Change,
    PackageImport,
    PackageVersion,
    Registration,
    ScormPackage,
)


@dataclass(frozen=True)
class WriteAsked:
    """A page wants to write run-time data of a registration; nothing has changed yet.

    The host may refuse with :class:`~scorm.capability.CapabilityRefused`; the device then keeps
    what was refused. ``connection`` is the database connection that will write.
    """

    registration: Registration
    connection: Any
    registry: Any


@dataclass(frozen=True)
class RegistrationChanged:
    """A registration's tracking is about to be stored: what it says of completion, success, score
    or time may be another than before. Happens within the transaction of ``connection``."""

    registration: Registration
    connection: Any
    registry: Any


@dataclass(frozen=True)
class ImportAsked:
    """Somebody has sent a package in, or called it off: the host is to carry
    :func:`scorm.importing.carry_out` out once the transaction of ``request`` is on disk."""

    package_import: PackageImport
    request: Any


@dataclass
class VersionWeighed:
    """Somebody is about to make a version current, and reads what that would do: the host adds what
    it knows of, and refuses nothing.

    ``consequences`` are what it adds: for each course ``title``, ``url``, ``numbers`` (a
    :class:`~scorm.runtime.versions.Numbers`), and ``vanished``, the titles of parts that the course
    asks for and the version does not have.
    """

    package: ScormPackage
    version: PackageVersion
    request: Any
    consequences: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class VersionChanged:
    """A version of a package was made current. The host may refuse with
    :class:`~scorm.services.VersionRefused`; then nothing was.

    ``drop_vanished``: whoever chose it agrees that parts which the version does not have count for
    nothing any more.
    """

    package: ScormPackage
    change: Change
    drop_vanished: bool
    request: Any


@dataclass(frozen=True)
class HostsChanged:
    """An admin allowed a package to call another host, or took that back."""

    package: ScormPackage
    host: str
    reason: str
    request: Any
