"""Where fuzzing starts from: small packages of every make, and all manifests there are."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import smallest
from shared import SHARED

LONGEST_ZIP = 8_000
FILES, LONGEST_FILE = 6, 200
"""Of a large package, so many files are kept beside the manifest, cut to so many bytes: what is
tried are the structures around them."""


def manifests() -> Iterator[bytes]:
    """Manifests as tools and the standards' own tests write them."""
    yield smallest.MANIFEST_12.encode()
    yield smallest.MANIFEST_2004.encode()
    for path in sorted((SHARED / "scorm").rglob("*.xml")):
        yield path.read_bytes()
    for package in _packages():
        with zipfile.ZipFile(package) as archive:
            if "imsmanifest.xml" in archive.namelist():
                yield archive.read("imsmanifest.xml")


def zips() -> Iterator[bytes]:
    """Packages, the large ones cut down."""
    for standard in ("1.2", "2004"):
        made = io.BytesIO()
        smallest.write(made, standard)
        yield made.getvalue()
    for package in _packages():
        yield package.read_bytes() if package.stat().st_size < LONGEST_ZIP else _cut(package)


def _packages() -> list[Path]:
    return sorted((SHARED / "scorm").rglob("*.zip"))


def _cut(package: Path) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(package) as whole,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as cut,
    ):
        names = [name for name in whole.namelist() if not name.endswith("/")]
        pages = [name for name in names if name.endswith((".html", ".js"))][:FILES]
        for name in ("imsmanifest.xml", *pages):
            if name in names:
                content = whole.read(name)
                cut.writestr(name, content if name not in pages else content[:LONGEST_FILE])
    return made.getvalue()


SEEDS = {"zip": zips, "manifest": manifests}
