"""A stranger's zip, read safely.

Nothing is extracted to disk, nothing inside is unpacked further, and no size the archive claims is
believed: members are inflated in small pieces and counted.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import BinaryIO

from scorm.packages.directory import (
    AGAIN,
    LOCAL,
    STORED,
    ArchiveRefused,
    Entry,
    data_offset,
    read_directory,
)
from scorm.packages.findings import Finding
from scorm.packages.words import Words, _, ngettext

CHUNK = 1024 * 1024

DEFLATED = 8

LONGEST_NAME = 4096
"""Bytes of a file's name with its folders; no computer takes longer ones."""

JUNK = frozenset(("__macosx", ".ds_store", "thumbs.db", "desktop.ini"))
"""What computers put into folders by themselves, in lower case."""


SMALLER = _("Make videos smaller, or split the course.")


@dataclass(frozen=True)
class Limits:
    """The most a package may be: bytes packed and unpacked, files, and inflation.

    ``ratio`` counts only for what inflates to more than ``ratio_from`` bytes; ``manifest`` is the
    most bytes that imsmanifest.xml may have.
    """

    packed: int = 8 * 1024**3
    unpacked: int = 16 * 1024**3
    files: int = 50_000
    ratio: int = 200
    ratio_from: int = 10 * 1024**2
    manifest: int = 10 * 1024**2

    @classmethod
    def of(cls, packed: int) -> "Limits":
        """For files of at most so many bytes, which may unpack to twice that, or to 4 GiB."""
        return cls(packed=packed, unpacked=max(2 * packed, 4 * 1024**3))


class Archive:
    """An open, checked zip: its files by safe name.

    ``members`` maps each name in the package to its entry; ``packed`` is the size of the file in
    bytes; ``findings`` tells what was mended or left out.

    :param source: an open, seekable file, which stays open
    :raises ArchiveRefused: when it cannot be taken in
    """

    def __init__(self, source: BinaryIO, limits: Limits):
        self.findings: list[Finding] = []
        self._told: set[str] = set()
        self.limits = limits
        self._source = source
        self.packed = source.seek(0, 2)
        if self.packed > limits.packed:
            raise ArchiveRefused(
                "zip-too-large",
                _(
                    "The file has ${size}; at most ${most} can be taken in.",
                    size=size(self.packed),
                    most=size(limits.packed),
                ),
                SMALLER,
            )
        entries = read_directory(source, self.packed, limits.files)
        self._refuse_bombs(entries)
        self._bounds = self._extents(entries)
        self.members = self._named(entries)

    def _refuse_bombs(self, entries: list[Entry]) -> None:
        """Refuse by what the zip claims; that it does not claim too little is seen on reading."""
        limits = self.limits
        claimed = sum(entry.size for entry in entries)
        if claimed > limits.unpacked:
            raise ArchiveRefused(
                "zip-bomb",
                _(
                    "The zip would unpack to ${size}; at most ${most} can be taken in.",
                    size=size(claimed),
                    most=size(limits.unpacked),
                ),
                SMALLER,
            )
        for entry in entries:
            if entry.size > limits.ratio_from and entry.size > limits.ratio * entry.packed:
                raise self._bomb(entry.name)
        if claimed > limits.ratio_from and claimed > limits.ratio * self.packed:
            raise self._bomb(None)

    def _extents(self, entries: list[Entry]) -> dict[int, int]:
        """Where the data of each entry must end, by the place of its header.

        Two members that share bytes are how a small file unpacks to a huge one.
        """
        ordered = sorted(entries, key=lambda entry: entry.at)
        bounds = {}
        for entry, following in zip_longest(ordered, ordered[1:]):
            end = self.packed if following is None else following.at
            if entry.at + LOCAL.size + entry.packed > end:
                raise self._bomb(entry.name)
            bounds[entry.at] = end
        return bounds

    def _bomb(self, name: str | None) -> ArchiveRefused:
        return ArchiveRefused(
            "zip-bomb",
            _("The zip unpacks to far more than a course can be: it looks like a zip bomb."),
            AGAIN,
            name,
        )

    def _named(self, entries: list[Entry]) -> dict[str, Entry]:
        """Refuse what no honest package has; mend names that tools write wrongly."""
        members: dict[str, Entry] = {}
        folded: dict[str, str] = {}
        junk = 0
        for entry in entries:
            written = entry.name.replace("\\", "/")
            name = safe_name(written, entry.name)
            if not name or (written.endswith("/") and not entry.size):
                continue
            self._refuse_strange(entry, name)
            if not JUNK.isdisjoint(name.lower().split("/")):
                junk += 1
                continue
            if name in members:
                raise ArchiveRefused(
                    "zip-duplicate",
                    _("The zip has two files named ${name}.", name=name),
                    AGAIN,
                    name,
                )
            self._note_name(entry, written, name, folded.get(name.casefold()))
            folded[name.casefold()] = name
            members[name] = entry
        if junk:
            self._note(
                "note",
                "junk",
                ngettext(
                    "${n} file was left out that a computer put into the zip by itself.",
                    "${n} files were left out that a computer put into the zip by itself.",
                    junk,
                ),
            )
        return members

    def _refuse_strange(self, entry: Entry, name: str) -> None:
        if len(name.encode()) > LONGEST_NAME:
            raise ArchiveRefused(
                "zip-name",
                _("The name of a file in the zip is too long: ${name}…", name=name[:100]),
                _("Give the file, or the folders that it lies in, shorter names."),
                f"{name[:100]}…",
            )
        if entry.encrypted:
            raise ArchiveRefused(
                "zip-encrypted",
                _("The zip is protected with a password."),
                _("Export it again without a password."),
                name,
            )
        if entry.special:
            raise ArchiveRefused(
                "zip-link",
                _("${name} is a link or a device, not a file.", name=name),
                _("Replace links in the package by the files themselves."),
                name,
            )
        if entry.method not in (STORED, DEFLATED):
            raise ArchiveRefused(
                "zip-method",
                _("${name} is compressed in a way that SCORM packages do not use.", name=name),
                _("Make the zip again with ordinary (deflate) compression."),
                name,
            )

    def _note_name(self, entry: Entry, written: str, name: str, twin: str | None) -> None:
        if written != entry.name:
            self._note(
                "mended",
                "name-backslash",
                _("File names in the zip are written with back-slashes; they were mended."),
                name,
            )
        if entry.legacy is not None:
            self._note(
                "mended",
                "name-encoding",
                _("The zip does not say in which encoding its file names are; it was guessed."),
                name,
            )
        if twin is not None:
            self.findings.append(
                Finding(
                    "warning",
                    "name-case",
                    _(
                        "Two files differ only in capital letters: ${one} and ${other}.",
                        one=twin,
                        other=name,
                    ),
                    _("Rename one of them; some computers cannot tell them apart."),
                    name,
                )
            )

    def _note(self, severity: str, rule: str, message: Words, name: str | None = None) -> None:
        """Say it once, of the first file."""
        if rule not in self._told:
            self._told.add(rule)
            self.findings.append(Finding(severity, rule, message, "", name))

    def pieces(self, name: str, packed: Callable[[bytes], None] | None = None) -> Iterator[bytes]:
        """The member's content, inflated piece by piece, none longer than ``CHUNK``.

        :param packed: is given the bytes as they lie in the zip
        :raises ArchiveRefused: when it is damaged, or inflates to more than it claims
        """
        entry = self.members[name]
        start = data_offset(self._source, entry)
        if start is None or (entry.method == STORED and entry.packed != entry.size):
            raise self._damaged(name)
        if start + entry.packed > self._bounds[entry.at]:
            raise self._bomb(name)
        found, crc = 0, 0
        try:
            for piece in _inflated(self._source, start, entry, packed):
                found += len(piece)
                crc = zlib.crc32(piece, crc)
                if found > entry.size:
                    raise self._bomb(name)
                yield piece
        except zlib.error:
            raise self._damaged(name)
        if found != entry.size or crc != entry.crc:
            raise self._damaged(name)

    def _damaged(self, name: str) -> ArchiveRefused:
        return ArchiveRefused(
            "zip-damaged",
            _("The zip is damaged: ${name} cannot be read.", name=name),
            AGAIN,
            name,
        )

    def read(self, name: str, most: int) -> bytes:
        """A small member whole.

        :raises ArchiveRefused: when it has more than ``most`` bytes, or is damaged
        """
        if self.members[name].size > most:
            raise ArchiveRefused(
                "file-too-large",
                _(
                    "${name} has ${size}; at most ${most} can be read.",
                    name=name,
                    size=size(self.members[name].size),
                    most=size(most),
                ),
                AGAIN,
                name,
            )
        return b"".join(self.pieces(name))

    @property
    def guessed(self) -> bool:
        """Whether the encoding of a name had to be guessed."""
        return any(entry.legacy is not None for entry in self.members.values())

    def respelt(self, encoding: str) -> dict[str, str]:
        """Member → its name in another encoding, for members whose encoding was guessed."""
        return {
            name: safe_name(entry.legacy.decode(encoding, "replace").replace("\\", "/"), name)
            for name, entry in self.members.items()
            if entry.legacy is not None
        }


def _inflated(
    source: BinaryIO, start: int, entry: Entry, packed: Callable[[bytes], None] | None
) -> Iterator[bytes]:
    """The content; ``packed`` is given what of the zip's bytes belongs to it, and no more."""
    at, end = start, start + entry.packed
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
    while at < end:
        source.seek(at)
        taken = source.read(min(CHUNK, end - at))
        if not taken:
            return
        at += len(taken)
        if inflater is None:
            if packed is not None:
                packed(taken)
            yield taken
            continue
        left = taken
        while left and not inflater.eof:
            piece = inflater.decompress(left, CHUNK)
            left = inflater.unconsumed_tail
            if piece:
                yield piece
        if packed is not None:
            packed(taken[: len(taken) - len(inflater.unused_data)])
        if inflater.eof:
            return
    if inflater is not None:
        yield inflater.flush()
        if not inflater.eof:
            raise zlib.error  # a stream without an end, which browsers would wait for


def safe_name(name: str, raw: str) -> str:
    """A name inside the package: relative, with slashes, never above its root; empty for the root
    itself.

    :param name: with slashes; :param raw: as the zip writes it, for the words of a refusal
    :raises ArchiveRefused: when it would lead out of the package
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    safe = "/".join(parts)
    drive = safe[1:2] == ":" and safe[0].isalpha()
    if name.startswith("/") or drive or ".." in parts or "\0" in name:
        raise ArchiveRefused(
            "zip-path",
            _("The zip has a file that would leave the package: ${name}.", name=repr(raw)),
            _("This can harm the computer it is unpacked on. Ask whoever made the package."),
            raw.replace("\0", ""),
        )
    return safe


UNITS = (
    (1000**3, lambda amount: _("${amount} GB", amount=amount)),
    (1000**2, lambda amount: _("${amount} MB", amount=amount)),
    (1000, lambda amount: _("${amount} kB", amount=amount)),
)


def size(amount: int) -> Words:
    """Bytes for a person: ``1.5 MB``."""
    for scale, said in UNITS:
        if amount >= scale:
            return said(f"{amount / scale:.1f}".removesuffix(".0"))
    return ngettext("${n} byte", "${n} bytes", amount)
