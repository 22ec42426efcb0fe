"""The one zip that is kept of a package: text deflated, media stored, one date, names in order.

What a stranger's zip has deflated already is taken over as it lies, once it has been inflated and
verified: packing it again would cost most of an import (PKWARE APPNOTE 6.3.10 §4.3, 4.5.3).
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scorm.packages.archive import DEFLATED, STORED, Archive
from scorm.packages.directory import CENTRAL, END, END_64, LOCAL, LOCATOR_64, UTF_8

LEVEL = 5
"""Of deflate: half the time of 6 on scripts and pages, for one or two per cent more bytes."""

STORED_ENDINGS = frozenset(
    (
        *("jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "jxl", "svgz", "woff", "woff2"),
        *("mp4", "m4v", "mov", "webm", "mkv", "avi", "wmv", "flv", "f4v", "mpg", "mpeg", "3gp"),
        *("mp3", "m4a", "m4b", "aac", "ogg", "oga", "ogv", "opus", "flac", "wav", "wma"),
        *("pdf", "zip", "gz", "br", "xz", "7z", "rar", "jar", "epub"),
        *("docx", "xlsx", "pptx", "odt", "ods", "odp"),
    )
)
"""Compressed already, or sound and film: kept as they are, so that a part can be served by
offset."""
DEFLATED_ENDINGS = frozenset(
    (
        *("html", "htm", "xhtml", "css", "js", "mjs", "cjs", "json", "map", "webmanifest"),
        *("xml", "xsd", "xsl", "xslt", "dtd", "svg", "txt", "csv", "tsv", "md", "vtt", "srt"),
        *("ttml", "m3u8", "mpd", "wasm", "ttf", "otf", "eot", "ico", "bmp"),
    )
)
"""What packs well. A file of any other kind stays as whoever made the package left it."""

DATE = 0x21
"""The first of January 1980, as zips write it; the time is midnight."""
NEEDS, NEEDS_64 = 20, 45
WIDE = 0xFFFFFFFF
WIDE_EXTRA = struct.Struct("<2HQQ")
WIDE_PLACE = struct.Struct("<2H3Q")


@dataclass(frozen=True)
class Member:
    """One file of the canonical zip: ``at`` is where its header is, ``data`` its first byte."""

    name: bytes
    at: int
    data: int
    packed: int
    size: int
    method: int
    crc: int


class Canonical:
    """Writes the canonical zip, from the beginning of a file that can be sought in.

    ``index`` maps each name to ``[offset, compressed size, size, method, crc32]``, the offset that
    of the member's first byte of data. ``digest`` is of the names and contents alone, so that one
    package is one version however it was packed.
    """

    def __init__(self, destination: BinaryIO):
        self._file = destination
        self._members: list[Member] = []
        self._at = 0
        self._contents = hashlib.sha256()

    @property
    def index(self) -> dict[str, list[int]]:
        return {
            member.name.decode(): [
                member.data, member.packed, member.size, member.method, member.crc
            ]
            for member in self._members
        }  # fmt: skip

    def take(self, archive: Archive, member: str, name: str) -> Iterator[bytes]:
        """Write a member of a stranger's zip under ``name``, and pass its content on in pieces.

        It is written once the pieces have all been taken.

        :raises scorm.packages.directory.ArchiveRefused: when it is damaged
        """
        entry = archive.members[member]
        method = _method(name, entry.method)
        at, wide = self._at, max(entry.size, entry.packed) >= WIDE // 2
        written = name.encode()
        data = at + LOCAL.size + len(written) + (WIDE_EXTRA.size if wide else 0)
        self._at = data
        self._file.seek(data)
        digest = hashlib.sha256()
        as_it_lies = method == entry.method
        pack = None
        if not as_it_lies and method == DEFLATED:
            pack = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        for piece in archive.pieces(member, self._write if as_it_lies else None):
            digest.update(piece)
            if not as_it_lies:
                self._write(piece if pack is None else pack.compress(piece))
            yield piece
        if pack is not None:
            self._write(pack.flush())
        made = Member(written, at, data, self._at - data, entry.size, method, entry.crc)
        self._file.seek(at)
        self._file.write(_local_header(made, wide))
        self._members.append(made)
        self._contents.update(struct.pack("<LQ", len(written), entry.size) + written)
        self._contents.update(digest.digest())

    def _write(self, packed: bytes) -> None:
        self._file.write(packed)
        self._at += len(packed)

    def finish(self) -> tuple[str, int]:
        """Write the list of files; the digest of the contents in hex, and the zip's bytes."""
        self._file.seek(self._at)
        start = self._at
        for member in self._members:
            self._write(_central_header(member))
        self._write(_end(len(self._members), start, self._at - start))
        self._file.flush()
        return self._contents.hexdigest(), self._at


def _method(name: str, found: int) -> int:
    """How a file is kept, by its name's ending, else as it was ``found``."""
    ending = name.rpartition(".")[2].lower()
    if ending in STORED_ENDINGS:
        return STORED
    return DEFLATED if ending in DEFLATED_ENDINGS else found


def _local_header(member: Member, wide: bool) -> bytes:
    sizes = (WIDE, WIDE) if wide else (member.packed, member.size)
    extra = WIDE_EXTRA.pack(1, 16, member.size, member.packed) if wide else b""
    header = LOCAL.pack(
        b"PK\x03\x04", NEEDS_64 if wide else NEEDS, 0, UTF_8, member.method, 0, DATE,
        member.crc, *sizes, len(member.name), len(extra),
    )  # fmt: skip
    return header + member.name + extra


def _central_header(member: Member) -> bytes:
    wide = max(member.size, member.packed, member.at) >= WIDE // 2
    sizes = (WIDE, WIDE, WIDE) if wide else (member.packed, member.size, member.at)
    extra = b""
    if wide:
        extra = WIDE_PLACE.pack(1, 24, member.size, member.packed, member.at)
    header = CENTRAL.pack(
        b"PK\x01\x02", NEEDS, 3, NEEDS_64 if wide else NEEDS, 0, UTF_8, member.method, 0, DATE,
        member.crc, *sizes[:2], len(member.name), len(extra), 0, 0, 0, 0o644 << 16, sizes[2],
    )  # fmt: skip
    return header + member.name + extra


def _end(count: int, start: int, length: int) -> bytes:
    """The records at the end; the wide ones only where they are needed."""
    wide = count >= 0xFFFF or start + length >= WIDE
    few, place = (0xFFFF, WIDE) if wide else (count, start)
    record = END.pack(b"PK\x05\x06", 0, 0, few, few, WIDE if wide else length, place, 0)
    if not wide:
        return record
    at = start + length
    wide_record = END_64.pack(
        b"PK\x06\x06", END_64.size - 12, NEEDS_64, NEEDS_64, 0, 0, count, count, length, start
    )
    return wide_record + LOCATOR_64.pack(b"PK\x06\x07", 0, at, 1) + record
