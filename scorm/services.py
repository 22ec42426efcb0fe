"""Packages: taking one in from a file. What it means is ``scorm.packages``; here it is stored."""

import json
import secrets
import tempfile
from datetime import datetime
from typing import BinaryIO

from scorm.packages.archive import Limits
from scorm.packages.check import prepare
from scorm.packages.findings import Report
from scorm.resources import Packages, PackageVersion, ScormPackage


def import_package(
    packages: Packages, source: BinaryIO, *, owner: str, limits: Limits, now: datetime
) -> tuple[ScormPackage, Report]:
    """Check a package file and store it as a new package with one version.

    The canonical zip is written to a temporary file and becomes the blob when the caller's
    transaction commits; nothing is stored when the package is refused.

    :param owner: who imports it, as the host calls people
    :raises scorm.packages.findings.PackageRefused: with the report that says why
    """
    with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as destination:
        prepared = prepare(source, destination, limits)
        destination.flush()
    version = packages.versions.get(prepared.sha256)
    if version is None:
        version = PackageVersion(
            prepared.sha256,
            index=json.dumps(prepared.index),
            manifest=json.dumps(prepared.manifest.to_plain()),
            report=json.dumps(prepared.report.to_plain()),
            size=prepared.size,
            created=now,
        )
        version.blob.consumeFile(destination.name)
        packages.versions[prepared.sha256] = version
        packages.by_key[version.key] = version
    package = ScormPackage(secrets.token_hex(8), prepared.manifest.title, owner, now)
    package.versions = (version,)
    packages.add(package)
    return package, prepared.report
