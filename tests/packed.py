"""A few files as a stranger's zip, and as the canonical zip made of it."""

import io
import zipfile
from collections.abc import Mapping

from scorm.packages.archive import Archive, Limits
from scorm.packages.canonical import Canonical


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, level: int = 6) -> bytes:
    """The files, packed as they are by most tools."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def canonical_of(source: bytes) -> tuple[bytes, dict[str, list[int]], str]:
    """The canonical zip, its index and its digest."""
    archive = Archive(io.BytesIO(source), Limits())
    destination = io.BytesIO()
    canonical = Canonical(destination)
    for name in sorted(archive.members):
        for _piece in canonical.take(archive, name, name):
            pass
    digest, length = canonical.finish()
    assert length == len(destination.getvalue())
    return destination.getvalue(), canonical.index, digest
