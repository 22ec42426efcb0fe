"""One file answered straight out of the canonical zip: no inflating, no copy on disk.

A deflated member goes out as gzip: a fixed header, the raw bytes of the zip, a trailer (RFC 1952).
A stored member answers a range by its offset (RFC 9110 §14).
"""

import mimetypes
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote

from scorm.packages.addresses import folded
from scorm.packages.archive import DEFLATED, STORED

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
CACHE = "private, max-age=31536000, immutable"

TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "text/xml",
    "xsd": "text/xml",
    "dtd": "application/xml-dtd",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "wasm": "application/wasm",
    "m3u8": "application/vnd.apple.mpegurl",
    "ts": "video/mp2t",
    "mpd": "application/dash+xml",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "mov": "video/quicktime",
    "pdf": "application/pdf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "swf": "application/x-shockwave-flash",
}


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

    def body(self, file: BinaryIO) -> Iterator[bytes]:
        """The body in pieces, read from the open zip, which is closed at the end."""
        with file:
            if self.before:
                yield self.before
            file.seek(self.offset)
            left = self.length
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            while left and (piece := file.read(min(CHUNK, left))):
                left -= len(piece)
                while self.inflate and piece:
                    yield inflater.decompress(piece, CHUNK)
                    piece = inflater.unconsumed_tail
                if piece:
                    yield piece
            if self.inflate:
                yield inflater.flush()
            if self.after:
                yield self.after


def content_type(name: str) -> str:
    """The member's media type. Text has no charset: the file itself says which it is in."""
    ending = name.rpartition(".")[2].lower()
    return TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def find(index: Mapping[str, list[int]], name: str) -> str | None:
    """The member that a request means, or None.

    It is the one called ``name``, else the only one that differs in capital letters or in how
    accents are composed alone. A name that came encoded once too often is decoded once more.

    :param name: percent-decoded, relative to the package
    """
    for wanted in dict.fromkeys((name, unquote(name))):
        if wanted in index:
            return wanted
        alike = folded(wanted)
        twins = [member for member in index if folded(member) == alike]
        if len(twins) == 1:
            return twins[0]
    return None


def respond(
    index: Mapping[str, list[int]],
    name: str,
    *,
    gzip: bool,
    byte_range: str | None = None,
    if_none_match: str | None = None,
    if_range: str | None = None,
) -> Answer:
    """Answer a request for the member ``name`` (as :func:`find` gave it).

    :param gzip: whether the client accepts gzip
    :param byte_range: the ``Range`` header; only stored members answer one
    """
    offset, packed, size, method, crc = index[name]
    as_gzip = method == DEFLATED and gzip
    tag = f'"{crc:08x}-{size:x}{"-gzip" if as_gzip else ""}"'
    headers = {
        "ETag": tag,
        "Cache-Control": CACHE,
        "Accept-Ranges": "bytes" if method == STORED else "none",
    }
    if method == DEFLATED:
        headers["Vary"] = "Accept-Encoding"
    if if_none_match is not None and _matches(if_none_match, tag):
        return Answer(304, headers)
    headers["Content-Type"] = content_type(name)
    if as_gzip:
        after = struct.pack("<II", crc, size & 0xFFFFFFFF)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(GZIP_HEADER) + packed + len(after))
        return Answer(200, headers, GZIP_HEADER, offset, packed, after)
    if method == DEFLATED:
        headers["Content-Length"] = str(size)
        return Answer(200, headers, offset=offset, length=packed, inflate=True)
    span = None
    if byte_range is not None and (if_range is None or if_range == tag):
        span = _span(byte_range, size)
    if span is None:
        headers["Content-Length"] = str(size)
        return Answer(200, headers, offset=offset, length=size)
    first, last = span
    if first > last:
        headers["Content-Range"] = f"bytes */{size}"
        headers["Content-Length"] = "0"
        return Answer(416, headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    return Answer(206, headers, offset=offset + first, length=last - first + 1)


def _matches(header: str, tag: str) -> bool:
    tags = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in tags or tag in tags


def _span(byte_range: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range; None for what is to be ignored; first > last for
    what cannot be satisfied (RFC 9110 §14.1.2)."""
    match = RANGE.fullmatch(byte_range.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        wanted = int(last)
        return (max(0, size - wanted), size - 1) if wanted and size else (1, 0)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return 1, 0
    return int(first), min(int(last), size - 1) if last else size - 1
