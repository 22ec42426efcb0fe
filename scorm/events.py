"""What leaves this house: the host subscribes, inside the same transaction."""

from dataclasses import dataclass
from typing import Any

from scorm.resources import Registration, ScormPackage


@dataclass(frozen=True)
class RegistrationChanged:
    """Run-time data of a registration are about to be stored.

    The host may still refuse them with :class:`~scorm.capability.CapabilityRefused`; the device
    keeps what was refused.

    ``request`` is that of the content origin: it has ``zodb`` and ``tm``, and no person.
    """

    registration: Registration
    request: Any


@dataclass(frozen=True)
class PackageImported:
    """Somebody sent a package in on its page, and it was taken in."""

    package: ScormPackage
    request: Any


@dataclass(frozen=True)
class HostsChanged:
    """An admin allowed a package to call another host, or took that back."""

    package: ScormPackage
    host: str
    reason: str
    request: Any
