"""The list of files at the end of a stranger's zip, read without believing it.

``zipfile`` reads that list whole and makes an object of every entry before anybody can count them,
and gives up on names it cannot decode; hence our own (PKWARE APPNOTE 6.3.10 §4.3, 4.4, 4.5).
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scorm.packages.findings import Finding
from scorm.packages.words import Words, _, grouped, ngettext

END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")
CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
LOCAL = struct.Struct("<4s2B4HL2L2H")
COMMENT = 0xFFFF
MOST_BYTES = 16 * 1024**2
"""The longest list of files that is read: 50 000 files with names of 250 bytes."""

STORED = 0
ENCRYPTED = 0x1 | 0x40 | 0x2000
UTF_8 = 0x800
UNIX = 3
OTHERS = {
    b"Rar!": _("This file is a RAR archive, not a zip file."),
    b"7z\xbc\xaf": _("This file is a 7-Zip archive, not a zip file."),
    b"\x1f\x8b": _("This file is a gzip file, not a zip file."),
}
AGAIN = _("Export the package again from your authoring tool as a SCORM zip.")


class ArchiveRefused(Exception):
    """The file is no zip that can be taken in; carries the finding that says why."""

    def __init__(self, rule: str, message: Words, remedy: Words = AGAIN, file: str | None = None):
        super().__init__(message)
        self.finding = Finding("error", rule, message, remedy, file)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list says of one file.

    :param name: decoded, as written: not yet safe
    :param legacy: the name's bytes when its encoding had to be guessed, else None
    :param at: where its local header begins in the file
    :param packed: bytes in the zip; :param size: bytes it claims to unpack to
    """

    name: str
    legacy: bytes | None
    at: int
    packed: int
    size: int
    method: int
    crc: int
    encrypted: bool
    special: bool


def read_directory(file: BinaryIO, length: int, most: int) -> list[Entry]:
    """Every entry of the zip, in the order of the list.

    :param length: bytes of ``file``; :param most: entries that are allowed
    :raises ArchiveRefused: when it is no zip, a part of one, or has too many entries
    """
    start, size, shift = _place(file, length)
    if size > MOST_BYTES:
        raise _too_many(most)
    file.seek(start)
    entries = []
    for entry in _entries(file.read(size), shift):
        entries.append(entry)
        if len(entries) > most:
            raise _too_many(most)
        if entry.at < 0 or entry.at + LOCAL.size + entry.packed > start:
            raise ArchiveRefused(
                "zip-damaged",
                _("The zip is damaged: it places ${name} where its end is.", name=entry.name),
                AGAIN,
                entry.name,
            )
    return entries


def data_offset(file: BinaryIO, entry: Entry) -> int | None:
    """Where the entry's data begin; None when there is no such entry."""
    file.seek(entry.at)
    header = file.read(LOCAL.size)
    if len(header) < LOCAL.size or not header.startswith(b"PK\x03\x04"):
        return None
    name_length, extra_length = LOCAL.unpack(header)[-2:]
    return entry.at + LOCAL.size + name_length + extra_length


def _too_many(most: int) -> ArchiveRefused:
    return ArchiveRefused(
        "zip-too-many-files",
        ngettext(
            "The zip has more than ${most} file, the most that can be taken in.",
            "The zip has more than ${most} files, the most that can be taken in.",
            most,
            most=grouped(most),
        ),
        _("Leave out what the course does not use."),
    )


def _place(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Where the list begins, its bytes, and what to add to every offset it names."""
    reach = min(length, END.size + COMMENT)
    file.seek(length - reach)
    tail = file.read(reach)
    at = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - END.size + 4))
    if at < 0:
        raise _no_zip(file)
    end = length - reach + at
    _, disk, _, _, _, size, offset, _ = END.unpack_from(tail, at)
    if 0xFFFFFFFF in (size, offset):
        disk, size, offset, end = _place_64(file, end)
    if disk not in (0, 0xFFFF) or size > end:
        raise _truncated()
    file.seek(min(offset, length))
    if size and file.read(4) != b"PK\x01\x02":
        start = end - size
        return start, size, start - offset
    if offset + size > end:
        raise _truncated()
    return offset, size, 0


def _place_64(file: BinaryIO, end: int) -> tuple[int, int, int, int]:
    """Disk, bytes and offset of the list from the larger record that large zips have."""
    file.seek(max(0, end - LOCATOR_64.size))
    locator = file.read(LOCATOR_64.size)
    if end < LOCATOR_64.size or not locator.startswith(b"PK\x06\x07"):
        raise _truncated()
    at = LOCATOR_64.unpack(locator)[2]
    for place in (at, end - LOCATOR_64.size - END_64.size):
        if 0 <= place <= end - END_64.size:
            file.seek(place)
            record = file.read(END_64.size)
            if record.startswith(b"PK\x06\x06"):
                _, _, _, _, disk, _, _, _, size, offset = END_64.unpack(record)
                return disk, size, offset, place
    raise _truncated()


def _no_zip(file: BinaryIO) -> ArchiveRefused:
    file.seek(0)
    begin = file.read(4)
    if begin == b"PK\x03\x04":
        return _truncated()
    for signature, words in OTHERS.items():
        if begin.startswith(signature):
            return ArchiveRefused(
                "zip-unreadable",
                words,
                _("Unpack it and make an ordinary zip of the files."),
            )
    words = _("This file is not a zip file.") if begin else _("This file is empty.")
    return ArchiveRefused("zip-unreadable", words)


def _truncated() -> ArchiveRefused:
    return ArchiveRefused(
        "zip-truncated",
        _("The zip file is not whole: a part of it is missing."),
        _("Copy or download it again; the last transfer did not finish."),
    )


def _entries(listed: bytes, shift: int) -> Iterator[Entry]:
    at = 0
    while at + CENTRAL.size <= len(listed) and listed.startswith(b"PK\x01\x02", at):
        fields = CENTRAL.unpack_from(listed, at)
        system, flags, method, crc, packed, size = fields[2], *fields[5:7], *fields[9:12]
        name_length, extra_length, comment_length = fields[12:15]
        attributes, offset = fields[-2:]
        at += CENTRAL.size
        raw = listed[at : at + name_length]
        extra = listed[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        if at > len(listed):
            raise _truncated()
        size, packed, offset, unicode_name = _extra(extra, raw, size, packed, offset)
        name, legacy = _decoded(raw, flags, unicode_name)
        yield Entry(
            name=name,
            legacy=legacy,
            at=offset + shift,
            packed=packed,
            size=size,
            # An empty file is not always packed, whatever is said of it.
            method=method if packed else STORED,
            crc=crc,
            encrypted=bool(flags & ENCRYPTED) or method == 99,
            special=system == UNIX and stat.S_IFMT(attributes >> 16) not in (0, *PLAIN),
        )
    if listed[at : at + 4] not in (b"", b"PK\x05\x05"):
        raise _truncated()


PLAIN = (stat.S_IFREG, stat.S_IFDIR)


def _extra(
    extra: bytes, raw: bytes, size: int, packed: int, offset: int
) -> tuple[int, int, int, str | None]:
    """Sizes and offset beyond 4 GiB, and the name in Unicode, from the entry's extra fields."""
    unicode_name = None
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        body = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == 0x0001:
            wide = iter(struct.unpack_from(f"<{len(body) // 8}Q", body))
            size = next(wide, size) if size == 0xFFFFFFFF else size
            packed = next(wide, packed) if packed == 0xFFFFFFFF else packed
            offset = next(wide, offset) if offset == 0xFFFFFFFF else offset
        elif kind == 0x7075 and body[1:5] == struct.pack("<L", zlib.crc32(raw)):
            unicode_name = body[5:].decode("utf-8", "replace")
    return size, packed, offset, unicode_name


def _decoded(raw: bytes, flags: int, unicode_name: str | None) -> tuple[str, bytes | None]:
    """The name, and its bytes when nothing says for sure in which encoding they are."""
    if unicode_name is not None:
        return unicode_name, None
    try:
        return raw.decode("utf-8" if flags & UTF_8 or not raw.isascii() else "ascii"), None
    except UnicodeDecodeError:
        return raw.decode("cp437"), raw
