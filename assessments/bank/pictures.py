"""What a file that an author sends in is, by its first bytes: nobody's word is taken for it."""

import re
import struct
from dataclasses import dataclass

from lxml import etree

SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
    (b"ID3", "audio/mpeg", "mp3"),
    (b"\xff\xfb", "audio/mpeg", "mp3"),
    (b"OggS", "audio/ogg", "ogg"),
)
"""How files begin: bytes, media type, usual ending of the name."""
LARGEST = 5_000_000
"""Bytes of one file of a question: learners load it on slow lines."""


@dataclass(frozen=True)
class Kind:
    """What a file is: media type, and the ending of its name."""

    type: str
    ending: str


def kind_of(content: bytes) -> Kind | None:
    """What a file is; None for what a question cannot show."""
    for sign, media_type, ending in SIGNS:
        if content.startswith(sign):
            return Kind(media_type, ending)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind("image/webp", "webp")
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return Kind("audio/wav", "wav")
    if content[4:8] == b"ftyp":
        sound = content[8:11] == b"M4A"
        return Kind("audio/mp4", "m4a") if sound else Kind("video/mp4", "mp4")
    return Kind("image/svg+xml", "svg") if _svg(content) is not None else None


def _svg(content: bytes):
    if b"<svg" not in content[:5000]:
        return None
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    return root if etree.QName(root).localname == "svg" else None


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels; None when they cannot be told."""
    kind = kind_of(content)
    try:
        match kind.type if kind else "":
            case "image/png":
                return struct.unpack(">II", content[16:24])
            case "image/gif":
                return struct.unpack("<HH", content[6:10])
            case "image/jpeg":
                return _jpeg(content)
            case "image/webp":
                return _webp(content)
            case "image/svg+xml":
                return _svg_size(content)
    except (struct.error, IndexError):
        pass
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at < len(content):
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = struct.unpack("<I", content[21:25])[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            wide = int.from_bytes(content[24:27], "little")
            high = int.from_bytes(content[27:30], "little")
            return wide + 1, high + 1
    return None


def _svg_size(content: bytes) -> tuple[int, int] | None:
    root = _svg(content)
    given = [re.match(r"(\d{1,5})(?:\.\d+)?(?:px)?$", root.get(name, "")) for name in SIDES]
    if all(given):
        width, height = (int(found[1]) for found in given if found)
        return width, height
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None
    except (ValueError, OverflowError):
        return None


SIDES = ("width", "height")


def file_name(sent: str, kind: Kind, taken: set[str]) -> str:
    """A name for a file in a question: short, of letters that no address has to hide, and free."""
    stem = re.sub(r"[^a-z0-9]+", "-", sent.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower())
    stem = stem.strip("-")[:40] or "file"
    name, number = f"{stem}.{kind.ending}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.{kind.ending}"
    return name
