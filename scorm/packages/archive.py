"""A stranger's zip, read safely, and the one canonical zip that is kept of it.

Nothing is extracted to disk and no size the archive claims is believed: members are inflated in
small pieces and counted.
"""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scorm.packages.findings import Finding

CHUNK = 256 * 1024
STAMP = (1980, 1, 1, 0, 0, 0)
JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")

STORED_ENDINGS = frozenset(
    "jpg jpeg png gif webp avif mp4 m4v webm mov mp3 m4a aac ogg oga ogv opus woff woff2 "
    "pdf zip gz docx xlsx pptx".split()
)
"""Compressed already: kept as they are, so that a part of them can be served by offset."""


@dataclass(frozen=True)
class Limits:
    """The most a package may be: bytes packed and unpacked, files, and inflation.

    ``ratio`` counts only for what inflates to more than ``ratio_from`` bytes.
    """

    packed: int = 2 * 1024**3
    unpacked: int = 4 * 1024**3
    files: int = 50_000
    ratio: int = 200
    ratio_from: int = 10 * 1024**2
    manifest: int = 20 * 1024**2


class ArchiveRefused(Exception):
    """The file is no zip that can be taken in; carries the finding that says why."""

    def __init__(self, rule: str, message: str, remedy: str = "", file: str | None = None):
        super().__init__(message)
        self.finding = Finding("error", rule, message, remedy, file)


AGAIN = "Export the package again from your authoring tool as a SCORM zip."


@dataclass(frozen=True)
class Member:
    """One file of the archive under the name it will have in the package."""

    name: str
    info: zipfile.ZipInfo


class Archive:
    """An open, checked zip: its files by safe name. Use as a context manager."""

    def __init__(self, source: BinaryIO, limits: Limits):
        self.findings: list[Finding] = []
        self.limits = limits
        self._source = source
        source.seek(0, 2)
        self.packed = source.tell()
        source.seek(0)
        if self.packed > limits.packed:
            raise ArchiveRefused(
                "zip-too-large",
                f"The file has {size(self.packed)}; at most {size(limits.packed)} can be taken in.",
                "Make videos smaller, or split the course.",
            )
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError):
            raise self._not_a_zip(source)
        self.members = self._check(self._zip.infolist())
        self._inflated = 0

    def _not_a_zip(self, source: BinaryIO) -> ArchiveRefused:
        source.seek(0)
        if source.read(4) == b"PK\x03\x04":
            return ArchiveRefused(
                "zip-truncated",
                "The zip file is cut off: its end is missing.",
                "Copy or download it again; the last transfer did not finish.",
            )
        return ArchiveRefused("zip-unreadable", "This file is not a zip file.", AGAIN)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exc) -> None:
        self._zip.close()

    def _check(self, infos: list[zipfile.ZipInfo]) -> dict[str, Member]:
        """Refuse what no honest package has; mend names that tools write wrongly."""
        if len(infos) > self.limits.files:
            raise ArchiveRefused(
                "zip-too-many-files",
                f"The zip has {len(infos)} files; at most {self.limits.files} can be taken in.",
                "Leave out what the course does not use.",
            )
        claimed = sum(info.file_size for info in infos)
        if claimed > self.limits.unpacked:
            raise ArchiveRefused(
                "zip-bomb",
                f"The zip would unpack to {size(claimed)}; at most "
                f"{size(self.limits.unpacked)} can be taken in.",
                AGAIN,
            )
        if claimed > self.limits.ratio_from and claimed > self.limits.ratio * max(1, self.packed):
            raise self._bomb(None)
        self._refuse_overlaps(infos)
        members: dict[str, Member] = {}
        folded: dict[str, str] = {}
        for info in infos:
            if info.is_dir():
                self._safe_name(info)
                continue
            name = self._safe_name(info)
            self._refuse_strange(info, name)
            if any(part in JUNK or part + "/" in JUNK for part in name.lower().split("/")):
                continue
            twin = folded.get(name.casefold())
            if name in members:
                raise ArchiveRefused(
                    "zip-duplicate", f"The zip has two files named {name}.", AGAIN, name
                )
            if twin is not None:
                self.findings.append(
                    Finding(
                        "warning",
                        "name-case",
                        f"Two files differ only in capital letters: {twin} and {name}.",
                        "Rename one of them; some computers cannot tell them apart.",
                        name,
                    )
                )
            folded[name.casefold()] = name
            members[name] = Member(name, info)
        return members

    def _refuse_overlaps(self, infos: list[zipfile.ZipInfo]) -> None:
        """Two members that share bytes are how a small file unpacks to a huge one."""
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise self._bomb(info.filename)
            end = info.header_offset + 30 + info.compress_size

    def _bomb(self, name: str | None) -> ArchiveRefused:
        return ArchiveRefused(
            "zip-bomb",
            "The zip unpacks to far more than a course can be: it looks like a zip bomb.",
            AGAIN,
            name,
        )

    def _refuse_strange(self, info: zipfile.ZipInfo, name: str) -> None:
        if info.flag_bits & 0x1:
            raise ArchiveRefused(
                "zip-encrypted",
                "The zip is protected with a password.",
                "Export it again without a password.",
                name,
            )
        mode = info.external_attr >> 16
        if info.create_system == 3 and mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise ArchiveRefused(
                "zip-link",
                f"{name} is a link, not a file.",
                "Replace links in the package by the files themselves.",
                name,
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveRefused(
                "zip-method",
                f"{name} is compressed in a way that SCORM packages do not use.",
                "Make the zip again with ordinary (deflate) compression.",
                name,
            )

    def _safe_name(self, info: zipfile.ZipInfo) -> str:
        """The member's name inside the package: relative, with slashes, never above its root."""
        raw = getattr(info, "orig_filename", info.filename)
        name = raw
        if "\\" in name:
            name = name.replace("\\", "/")
            self._mended_backslashes(name)
        parts = [part for part in name.split("/") if part not in ("", ".")]
        drive = len(name) > 1 and name[1] == ":"
        if name.startswith("/") or drive or ".." in parts or "\0" in raw or not parts:
            raise ArchiveRefused(
                "zip-path",
                f"The zip has a file that would leave the package: {raw!r}.",
                "This can harm the computer it is unpacked on. Ask whoever made the package.",
                raw.replace("\0", ""),
            )
        return "/".join(parts)

    def _mended_backslashes(self, name: str) -> None:
        if not any(finding.rule == "name-backslash" for finding in self.findings):
            self.findings.append(
                Finding(
                    "mended",
                    "name-backslash",
                    "File names in the zip are written with back-slashes; they were mended.",
                    "",
                    name,
                )
            )

    def pieces(self, name: str) -> Iterator[bytes]:
        """The member's content, inflated piece by piece, counted against the limits.

        :raises ArchiveRefused: when it is damaged, or inflates to more than it may
        """
        info = self.members[name].info
        inflated = 0
        try:
            with self._zip.open(info) as file:
                while piece := file.read(CHUNK):
                    inflated += len(piece)
                    self._inflated += len(piece)
                    self._count(name, info, inflated)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError):
            raise ArchiveRefused(
                "zip-damaged", f"The zip is damaged: {name} cannot be read.", AGAIN, name
            )

    def _count(self, name: str, info: zipfile.ZipInfo, inflated: int) -> None:
        limits = self.limits
        lying = inflated > info.file_size
        swollen = (
            inflated > limits.ratio_from and inflated > limits.ratio * max(1, info.compress_size)
        )
        if lying or swollen or self._inflated > limits.unpacked:
            raise self._bomb(name)

    def read(self, name: str, most: int) -> bytes:
        """A small member whole.

        :raises ArchiveRefused: when it is larger than ``most`` bytes
        """
        parts, total = [], 0
        for piece in self.pieces(name):
            total += len(piece)
            if total > most:
                raise ArchiveRefused(
                    "file-too-large",
                    f"{name} has more than {size(most)}.",
                    AGAIN,
                    name,
                )
            parts.append(piece)
        self._inflated -= total
        return b"".join(parts)


class Canonical:
    """Writes the canonical zip: sorted names, one date, text deflated, media stored.

    The same files always give the same bytes, so the hash of them names a version. ``index``
    maps each name to ``[offset, compressed size, size, method, crc32]``, the offset that of the
    member's first byte of data.
    """

    def __init__(self, destination: BinaryIO):
        self._destination = destination
        self._zip = zipfile.ZipFile(destination, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.index: dict[str, list[int]] = {}

    def add(self, name: str, pieces: Iterator[bytes], large: bool) -> None:
        info = zipfile.ZipInfo(name, STAMP)
        stored = name.rpartition(".")[2].lower() in STORED_ENDINGS
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info._compresslevel = 6  # type: ignore[attr-defined]
        info.external_attr = 0o644 << 16
        info.create_system = 3
        with self._zip.open(info, "w", force_zip64=large) as file:
            for piece in pieces:
                file.write(piece)
        self.index[name] = [
            0,
            info.compress_size,
            info.file_size,
            info.compress_type,
            info.CRC,
        ]

    def finish(self) -> tuple[str, int]:
        """Close the zip; its SHA-256 and size in bytes."""
        infos = self._zip.infolist()
        self._zip.close()
        for info in infos:
            self._destination.seek(info.header_offset + 26)
            name_length, extra_length = struct.unpack("<HH", self._destination.read(4))
            self.index[info.filename][0] = info.header_offset + 30 + name_length + extra_length
        digest = hashlib.sha256()
        self._destination.seek(0)
        while piece := self._destination.read(CHUNK):
            digest.update(piece)
        return digest.hexdigest(), self._destination.tell()


def size(amount: int) -> str:
    """Bytes for a person: ``1.5 MB``."""
    for unit, scale in (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000)):
        if amount >= scale:
            return f"{amount / scale:.1f} {unit}".replace(".0 ", " ")
    return f"{amount} bytes"
