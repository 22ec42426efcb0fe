"""One file answered straight out of the canonical zip: no unpacking, no copy on disk.

A deflated member goes out as gzip: a fixed header, the raw bytes of the zip, a trailer (RFC 1952).
A stored member answers a range by its offset (RFC 9110 §14).
"""

import os
import struct
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scorm.packages.archive import DEFLATED, STORED
from scorm.packages.conditions import names_strongly, names_weakly, span_of
from scorm.packages.mediatypes import content_encoding, content_type

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
GZIP_FRAME = len(GZIP_HEADER) + 8
"""Bytes that a packed file has around it."""
CHUNK = 64 * 1024
"""Bytes that are read at once. A body that has no more is read whole."""
CACHE = "private, max-age=31536000, immutable"


class Zip:
    """A canonical zip that stays open: many threads read from it at once, each where it wants. It
    is closed when nobody has it any longer.

    :raises OSError: when the file cannot be opened
    """

    def __init__(self, path: str | Path):
        self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._handle)

    def read(self, offset: int, size: int) -> bytes:
        """``size`` bytes from ``offset`` on.

        :raises OSError: when the zip ends before: somebody has damaged it
        """
        found = os.pread(self._handle, size, offset)
        if len(found) < size:
            raise OSError("The zip of a package is shorter than it was when it came in.")
        return found


@dataclass(frozen=True)
class Answer:
    """An HTTP answer. The body is ``before``, then ``length`` bytes of the zip from ``offset``
    (inflated when ``inflate``), then ``after``."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    before: bytes = b""
    offset: int = 0
    length: int = 0
    after: bytes = b""
    inflate: bool = False

    def body(
        self, source: Zip, wrap: Callable[["Part"], Iterable[bytes]] = iter
    ) -> Iterable[bytes]:
        """The body in pieces: a short one whole, a long one as it is taken.

        :param wrap: makes pieces of a file (``wsgi.file_wrapper``, PEP 3333): a server that reads
            from files itself keeps no thread waiting for a slow line
        """
        if self.inflate:
            return self._inflated(source)
        if self.length <= CHUNK:
            return [self.before + source.read(self.offset, self.length) + self.after]
        return wrap(Part(self, source))

    def _inflated(self, source: Zip) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, self.length, CHUNK):
            piece = source.read(self.offset + at, min(CHUNK, self.length - at))
            while piece:
                yield inflater.decompress(piece, CHUNK)
                piece = inflater.unconsumed_tail
        yield inflater.flush()


class Part:
    """A body as a file to read from and seek in: never held, so that some GB of it cost nothing."""

    def __init__(self, answer: Answer, source: Zip):
        self._source = source
        self._before, self._after = answer.before, answer.after
        self._offset = answer.offset - len(answer.before)
        self._edge = len(answer.before) + answer.length
        self._end = self._edge + len(answer.after)
        self._at = 0

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(CHUNK):
            yield piece

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        return self._at

    def read(self, size: int) -> bytes:
        """The next bytes: at most ``size``, seldom as many, none at the end."""
        at, size = self._at, min(size, CHUNK)
        if at < len(self._before):
            piece = self._before[at : at + size]
        elif at < self._edge:
            piece = self._source.read(self._offset + at, min(size, self._edge - at))
        else:
            piece = self._after[at - self._edge :][:size]
        self._at += len(piece)
        return piece


def respond(
    member: Sequence[int],
    name: str,
    *,
    gzip: bool,
    byte_range: str | None = None,
    if_match: str | None = None,
    if_none_match: str | None = None,
    if_range: str | None = None,
) -> Answer:
    """Answer a request for a member.

    Conditions on dates are not looked at: nothing here has a date (RFC 9110 §13.1.3, §13.1.4).

    :param member: ``[offset, packed, size, method, crc]``
    :param gzip: whether the client accepts gzip
    :param byte_range: the ``Range`` of a GET; only stored members answer one
    """
    offset, packed, size, method, crc = member
    packed_already = content_encoding(name)
    choice = method == DEFLATED and packed_already is None
    as_gzip = choice and gzip
    tag = f'"{crc:08x}-{size:x}{"-gzip" if as_gzip else ""}"'
    if if_match is not None and not names_strongly(if_match, tag):
        return Answer(412, {"ETag": tag, "Cache-Control": "no-store", "Content-Length": "0"})
    headers = {
        "ETag": tag,
        "Cache-Control": CACHE,
        "Accept-Ranges": "bytes" if method == STORED else "none",
    }
    if choice:
        headers["Vary"] = "Accept-Encoding"
    if if_none_match is not None and names_weakly(if_none_match, tag):
        return Answer(304, headers)
    headers["Content-Type"] = content_type(name)
    if as_gzip:
        after = struct.pack("<II", crc, size & 0xFFFFFFFF)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(GZIP_HEADER) + packed + len(after))
        return Answer(200, headers, GZIP_HEADER, offset, packed, after)
    if packed_already is not None:
        headers["Content-Encoding"] = packed_already
    if method == DEFLATED:
        headers["Content-Length"] = str(size)
        return Answer(200, headers, offset=offset, length=packed, inflate=True)
    span = None
    if byte_range is not None and (if_range is None or if_range.strip() == tag):
        span = span_of(byte_range, size)
    if span is None:
        headers["Content-Length"] = str(size)
        return Answer(200, headers, offset=offset, length=size)
    first, last = span
    if first > last:
        unsatisfied = {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
        return Answer(416, {**unsatisfied, "Cache-Control": "no-store", "Accept-Ranges": "bytes"})
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    return Answer(206, headers, offset=offset + first, length=last - first + 1)
