"""Building: sources read, pages made, sizes held to the budget, one zip with the same bytes always.

Budgets: a page with all it loads 150 kB, a package 1.5 MB, for slow and metered lines.
"""

import os
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from lms.authoring import source
from lms.authoring.assets import shared_files
from lms.authoring.course import Course, Quiz
from lms.authoring.errors import OutputRefused, SourceError
from lms.authoring.folder import COURSE
from lms.authoring.manifest import FILE, manifest
from lms.authoring.pages import Page, pages
from lms.authoring.remarks import Remark

STANDARDS = ("2004", "1.2")

PAGE_LIMIT = 150_000
"""Bytes of one page with its style sheet, script and pictures, uncompressed."""

PACKAGE_LIMIT = 1_500_000
"""Bytes of the zip."""

ZIP = b"PK\x03\x04"
"""What every zip begins with."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""One date for every member: the zip says what is in the course, not when it was built."""


@dataclass(frozen=True)
class Weight:
    """What a page weighs, uncompressed.

    :param bytes: with all it loads; :param pictures: bytes of its pictures alone
    """

    path: str
    language: str
    bytes: int
    pictures: int


@dataclass(frozen=True)
class Built:
    """A built package: where it is, what its author says of it, what is in it.

    :param course: as it was read
    :param pages: each with its weight
    :param remarks: what an author may want to look at
    :param size: of the zip, in bytes; :param seconds: what the building took
    """

    file: Path
    standard: str
    course: Course
    pages: tuple[Weight, ...]
    remarks: tuple[Remark, ...]
    size: int
    seconds: float

    def to_plain(self) -> dict:
        """The JSON object of ``tutela courses build --json``."""
        return {
            "file": str(self.file),
            "standard": self.standard,
            "title": self.course.title,
            "languages": list(self.course.languages),
            "pages": [asdict(page) for page in self.pages],
            "remarks": [asdict(remark) for remark in self.remarks],
            "questions": len(self.course.quiz.questions),
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
        }


def build(
    source_dir: Path,
    output_file: Path,
    standard: str = "2004",
    clock: Callable[[], float] = time.perf_counter,
) -> Built:
    """Build a course's folder into a package; the same sources always give the same bytes.

    :param standard: ``2004`` (4th Edition) or ``1.2``
    :param clock: seconds from any beginning, for the time taken
    :raises SourceError: for a mistake in the sources, or a part that has grown too big
    :raises OutputRefused: when the file cannot be written, or is something else than a package;
        what is there is left as it was
    """
    if standard not in STANDARDS:
        raise ValueError(f"standard must be one of {', '.join(STANDARDS)}, not {standard!r}")
    started = clock()
    course = source.read(source_dir)
    made = pages(course, standard)
    shared = shared_files()
    weights = tuple(_weights(made.pages, sum(map(len, shared.values()))))
    members = {FILE: manifest(course, made.items, standard)}
    members.update({page.path: page.html for page in made.pages})
    members.update(shared)
    for page in made.pages:
        members.update(page.pictures)
    size = _write(output_file, members)
    return Built(
        file=output_file,
        standard=standard,
        course=course,
        pages=weights,
        remarks=made.remarks,
        size=size,
        seconds=clock() - started,
    )


def _weights(made: tuple[Page, ...], shared: int) -> list[Weight]:
    weights = []
    for page in made:
        pictures = sum(map(len, page.pictures.values()))
        size = len(page.html) + shared + pictures
        if size > PAGE_LIMIT:
            raise SourceError(
                page.source,
                None,
                f"This makes a page of {size // 1000} kB; {PAGE_LIMIT // 1000} kB is the most.",
                "Take some questions out of the pool, or make them shorter."
                if page.path.endswith(Quiz.page)
                else "Divide it into two parts, or take a picture out.",
            )
        weights.append(Weight(page.path, page.language, size, pictures))
    return weights


def _write(output_file: Path, members: dict[str, bytes]) -> int:
    """Write the zip beside its place, then move it there whole. Returns its size in bytes."""
    if not _may_be_replaced(output_file):
        raise OutputRefused(output_file, "something else than a package is there")
    try:
        handle, name = tempfile.mkstemp(dir=output_file.parent, prefix=".build-")
    except OSError as wrong:
        raise OutputRefused(output_file, wrong.strerror or "the folder cannot be used") from None
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w") as package:
            for path, content in members.items():
                package.writestr(_member(path), content, zipfile.ZIP_DEFLATED, 9)
        size = written.stat().st_size
        if size > PACKAGE_LIMIT:
            raise SourceError(
                COURSE,
                None,
                f"The package has {size // 1000} kB; {PACKAGE_LIMIT // 1000} kB is the most.",
                "Make two courses of it.",
            )
        written.chmod(0o644)
        written.replace(output_file)
    except OSError as wrong:
        raise OutputRefused(output_file, wrong.strerror or "writing failed") from None
    finally:
        written.unlink(missing_ok=True)
    return size


def _may_be_replaced(file: Path) -> bool:
    """Whether there is nothing, an empty file or a zip: a slip of the pen must not cost a text."""
    try:
        if not file.is_file():
            return not file.exists()
        with file.open("rb") as stream:
            return stream.read(len(ZIP)) in (b"", ZIP)
    except OSError as wrong:
        raise OutputRefused(file, wrong.strerror or "it cannot be read") from None


def _member(path: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(path, ZIP_TIME)
    member.create_system = 3  # Unix on every machine, so that the bytes agree
    member.external_attr = 0o644 << 16
    return member
