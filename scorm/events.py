"""What leaves this house: the host subscribes, inside the same transaction."""

from dataclasses import dataclass
from typing import Any

from scorm.resources import Registration, ScormPackage


@dataclass(frozen=True)
class RegistrationChanged:
    """Run-time data of a registration were stored.

    ``request`` is that of the content origin: it has ``zodb`` and ``tm``, and no person.
    """

    registration: Registration
    request: Any


@dataclass(frozen=True)
class HostsChanged:
    """An admin allowed a package to call another host, or took that back."""

    package: ScormPackage
    host: str
    reason: str
    request: Any
