"""A package version's files in memory: where each lies, and the zip, open."""

import json
import threading
from dataclasses import dataclass
from typing import Any

from scorm.packages.members import Members
from scorm.packages.serving import Zip
from scorm.resources import PackageVersion

MOST = 64
"""Versions that are kept at hand, each with an open file."""


@dataclass(frozen=True)
class Files:
    """What belongs together: the same files may lie otherwise in a zip that was made another day,
    though the version's hash is the same."""

    members: Members
    source: Zip


_kept: dict[Any, Files] = {}
_lock = threading.Lock()


def files_of(version: PackageVersion) -> Files:
    """The version's :class:`Files`; the zip is closed when others have pushed it out, and nobody
    reads it any longer."""
    version._p_activate()
    key = (version.sha256, version._p_oid, version._p_serial)
    found = _kept.get(key)
    if found is None:
        found = Files(Members(json.loads(str(version.index))), Zip(version.blob.committed()))
        with _lock:
            _kept[key] = found
            if len(_kept) > MOST:
                del _kept[next(iter(_kept))]
    return found
