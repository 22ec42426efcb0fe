"""A badge in a picture, and out of it again (Open Badges 3.0 §5.3).

A PNG carries it in an ``iTXt`` chunk, an SVG in an element of the standard's namespace. What is
taken out of a picture was sent by somebody: nothing here grows beyond the limits below.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from openbadgeslib import baking

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD = b"openbadgecredential"

LARGEST = 4 << 20
"""Octets of a picture that is looked into; ours have less than a hundredth of it."""

LARGEST_BADGE = 256 << 10
"""Octets of a badge: what is verified at most (:mod:`openbadgeslib.ob3.ldp`)."""

MOST_CHUNKS = 2000
MOST_ELEMENTS = 20_000
DEEPEST = 100

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CREDENTIAL = f"{NAMESPACE} credential"
UNFIT = re.compile("]]>|[\ufffe\uffff]")
"""What may stand in JSON and not in a CDATA section (XML 1.0 §2.2, §2.7)."""


class NotBaked(ValueError):
    """No badge can be taken out of a picture; the message says why."""


def baked_png(png: bytes, badge: str) -> bytes:
    """The picture with a badge in it.

    :param badge: JSON, or a JWT
    """
    return baking.bake_png(png, badge, keyword=KEYWORD)


def baked_svg(svg: bytes, badge: str) -> bytes:
    """The same for a drawing of :mod:`certificates.badges.art`, which begins with its root: the
    badge stands directly after it (§5.3.2.1).

    :param badge: JSON, of which characters that XML has no room for are written as escapes, or a
        JWT
    """
    root, end, rest = svg.partition(b">")
    root += f' xmlns:openbadges="{NAMESPACE}"'.encode() + end
    if badge.lstrip().startswith("{"):
        text = UNFIT.sub(lambda found: f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}", badge)
        element = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    else:
        element = f'<openbadges:credential verify="{badge}"></openbadges:credential>'
    return root + element.encode() + rest


def extract(picture: bytes) -> str:
    """The badge in a PNG or SVG: JSON or a JWT, of which nothing is known yet.

    :raises NotBaked: when there is none, more than one, or the picture is broken or too large
    """
    if len(picture) > LARGEST:
        raise NotBaked(f"A picture with a badge has at most {LARGEST >> 20} MB.")
    reader = _in_png(picture) if picture.startswith(SIGNATURE) else _in_svg(picture)
    found = list(islice(reader, 2))
    if not found:
        raise NotBaked("There is no badge in this picture. Some programs take it out when saving.")
    if len(found) > 1:
        raise NotBaked("There is more than one badge in this picture.")
    if len(found[0]) > LARGEST_BADGE:
        raise NotBaked("The badge in this picture is too large.")
    try:
        return found[0].decode("utf-8").strip()
    except UnicodeDecodeError:
        raise NotBaked("The badge in this picture cannot be read.") from None


def _in_png(picture: bytes) -> Iterator[bytes]:
    for kind, data in _chunks(picture):
        keyword, _, rest = data.partition(b"\0")
        if kind != b"iTXt" or keyword != KEYWORD:
            continue
        packed, _method, more = rest[:1], rest[1:2], rest[2:]
        _language, _, more = more.partition(b"\0")
        _translated, _, text = more.partition(b"\0")
        yield _inflated(text) if packed == b"\1" else text


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of each chunk (PNG §5.3), as far as the picture is whole."""
    at = len(SIGNATURE)
    for _number in range(MOST_CHUNKS):
        head = picture[at : at + 8]
        if len(head) < 8:
            raise NotBaked("This PNG picture is cut short.")
        length, kind = struct.unpack("!I4s", head)
        data = picture[at + 8 : at + 8 + length]
        check = picture[at + 8 + length : at + 12 + length]
        if check != struct.pack("!I", zlib.crc32(kind + data)):
            raise NotBaked("This PNG picture is broken.")
        at += 12 + length
        if kind == b"IEND":
            if at < len(picture):
                raise NotBaked("There is something behind the end of this PNG picture.")
            return
        yield kind, data
    raise NotBaked("This PNG picture has more parts than any picture needs.")


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, LARGEST_BADGE + 1)
    except zlib.error:
        raise NotBaked("The badge in this picture cannot be read.") from None


def _in_svg(picture: bytes) -> Iterator[bytes]:
    """By a parser that builds no tree, loads nothing and knows no entities but XML's own."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(picture, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, NotBaked):
            raise
        raise NotBaked("This is neither a PNG nor an SVG picture, or it is broken.") from None
    return iter(reader.found)


class _Reader:
    """Keeps the badges of an SVG, and nothing else of it."""

    def __init__(self) -> None:
        self.found: list[bytes] = []
        self._inside: list[str] | None = None
        self._depth = self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements == 1 and name.rpartition(" ")[2] != "svg":
            raise NotBaked("This is neither a PNG nor an SVG picture, or it is broken.")
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            raise NotBaked("This SVG picture has more parts than a badge needs.")
        if name == CREDENTIAL:
            if "verify" in attributes:
                self.found.append(attributes["verify"].encode())
            else:
                self._inside = []

    def text(self, text: str) -> None:
        if self._inside is not None:
            self._inside.append(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == CREDENTIAL and self._inside is not None:
            self.found.append("".join(self._inside).encode())
            self._inside = None

    def entity(self, *_declared: object) -> None:
        raise NotBaked("This SVG picture declares entities, which no badge needs.")
