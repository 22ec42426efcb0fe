"""Packages: taking one in from a file, opening it in the player, and what its content may call.
Meaning: ``packages``."""

import json
import os
import re
import secrets
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from scorm.capability import Capabilities, Capability
from scorm.packages.archive import Limits
from scorm.packages.check import Prepared, prepare
from scorm.packages.findings import Report
from scorm.resources import Packages, PackageVersion, Registration, ScormPackage
from scorm.settings import ScormSettings

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def import_package(
    packages: Packages, source: BinaryIO, *, owner: str, limits: Limits, now: datetime
) -> tuple[ScormPackage, Report]:
    """Check a package file and store it as a new package with one version.

    The canonical zip is written to a temporary file and becomes the blob when the caller's
    transaction commits; nothing is stored when the package is refused.

    :param owner: who imports it, as the host calls people
    :raises scorm.packages.findings.PackageRefused: with the report that says why
    """
    handle, canonical = tempfile.mkstemp(suffix=".zip")
    try:
        with os.fdopen(handle, "wb") as destination:
            prepared = prepare(source, destination, limits)
        version = _version(packages, prepared, canonical, now)
    finally:
        # The blob has moved it away; what is still here is a package refused, or known already.
        Path(canonical).unlink(missing_ok=True)
    package = ScormPackage(secrets.token_hex(8), prepared.manifest.title, owner, now)
    package.versions = (version,)
    packages.add(package)
    return package, prepared.report


def _version(
    packages: Packages, prepared: Prepared, canonical: str, now: datetime
) -> PackageVersion:
    """The version that these bytes are: one that is there already, or a new one."""
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
        version.blob.consumeFile(canonical)
        packages.versions[prepared.sha256] = version
        packages.by_key[version.key] = version
    return version


def player_address(
    settings: ScormSettings, registration: Registration, *, mode: str, language: str
) -> str:
    """Where a browser is sent to open the registration in a new session, on its own host.

    :param mode: ``normal``; ``anew``, when what is there of the course is to be left behind; or
        ``review``
    :param language: of the player's own words
    """
    capability = Capability(
        registration.id, secrets.token_hex(8), registration.version.key, mode, language
    )
    signed = Capabilities(settings.secret).sign(capability)
    return f"{settings.content_origin(registration.label)}/{signed}/play"


class HostRefused(ValueError):
    """A host cannot be allowed like this; the message says why."""


def allow_host(package: ScormPackage, host: str, reason: str, *, allowed: bool) -> None:
    """Let the package's content call ``host`` over HTTPS, or no longer.

    Whoever serves that host then learns the address of everybody who opens the course.

    :raises HostRefused: when it is no host name, or no reason is given
    """
    host = host.strip().lower()
    if not HOST.fullmatch(host):
        raise HostRefused("Give the name of one host, such as cdn.example.org.")
    if not allowed:
        package.allowed_hosts = tuple(kept for kept in package.allowed_hosts if kept != host)
        return
    if not reason.strip():
        raise HostRefused("Say why this host may learn who opens the course.")
    if host not in package.allowed_hosts:
        package.allowed_hosts = (*package.allowed_hosts, host)
