"""What a file of a question is, told by its first bytes and never by its name."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping, MutableMapping

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.entries import QuestionFile
from assessments.questions.html import FILES

_ = TranslationStringFactory("tutela")

LARGEST = 20_000_000
"""Bytes of one file."""

SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
)

PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
"""Pictures that may stand in a text itself, and how their names end."""
EMBEDDED = re.compile(r"\s*data:[^,]{0,100};base64,", re.IGNORECASE)
IMAGE = re.compile(r"""(<img\b[^<>]*?)\bsrc=(["'])(\s*data:[^<>"']*)\2""", re.IGNORECASE)
REFUSED = _(
    "A picture in a text was left out: only PNG, JPEG, GIF and WebP of at most ${most} million "
    "bytes are taken.",
    mapping={"most": LARGEST // 1_000_000},
)


def embedded(address: str) -> QuestionFile | None:
    """The picture that is its own address (``data:…;base64,…``, RFC 2397); None for what is none,
    or is too large."""
    found = EMBEDDED.match(address)
    if found is None or len(address) > LARGEST * 4 // 3 + 200:
        return None
    try:
        content = base64.b64decode("".join(address[found.end() :].split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    kind = media_type(content)
    return QuestionFile(kind, content) if kind in PICTURES and len(content) <= LARGEST else None


def embedded_name(file: QuestionFile) -> str:
    """A name for a picture that has none: the same for the same one."""
    digest = hashlib.sha256(file.content).hexdigest()
    return f"picture-{digest[:16]}.{PICTURES[file.type]}"


def with_pictures(
    text: str,
    taken: MutableMapping[str, QuestionFile],
    refuse: Callable[[TranslationString], None],
) -> str:
    """A text whose pictures that stand in it are files of the question.

    :param taken: the files of the question; what is found comes to them
    :param refuse: is told of each that cannot be taken
    """

    def put(found: re.Match[str]) -> str:
        file = embedded(found[3])
        if file is None:
            refuse(REFUSED)
            return found[1]
        name = embedded_name(file)
        taken[name] = file
        return f'{found[1]}src="{FILES}{name}"'

    return IMAGE.sub(put, text)


def media_type(content: bytes) -> str | None:
    """The media type of a picture, a sound or a video; None for anything else.

    Drawings (SVG) are not among them: they can hold scripts.
    """
    for place, sign, name in SIGNS:
        if content.startswith(sign, place):
            return name
    return None


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels; None when they cannot be read."""
    kind = media_type(content)
    if kind == "image/png" and len(content) >= 24:
        return _number(content, 16, 4), _number(content, 20, 4)
    if kind == "image/gif" and len(content) >= 10:
        return _number(content[7:5:-1], 0, 2), _number(content[9:7:-1], 0, 2)
    if kind == "image/jpeg":
        return _jpeg(content)
    if kind == "image/webp":
        return _webp(content)
    return None


def _number(content: bytes, place: int, count: int) -> int:
    return int.from_bytes(content[place : place + count], "big")


def _jpeg(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _number(content, place + 7, 2), _number(content, place + 5, 2)
        place += 2 + max(_number(content, place + 2, 2), 2)
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    def little(place: int, count: int) -> int:
        return int.from_bytes(content[place : place + count], "little")

    if len(content) < 30:
        return None
    form = content[12:16]
    if form == b"VP8X":
        return little(24, 3) + 1, little(27, 3) + 1
    if form == b"VP8 ":
        return little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF
    if form == b"VP8L":
        bits = little(21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def file_name(name: str, taken: Mapping[str, QuestionFile], file: QuestionFile) -> str:
    """A name under which a question's texts can use a file: nothing in it means anything in an
    address, and no other file has it."""
    name = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip(".-") or "file"
    stem, point, ending = name[-100:].rpartition(".")
    if not stem:
        stem, point, ending = name[-100:], "", ""
    chosen = f"{stem}{point}{ending}"
    number = 1
    while taken.get(chosen, file) != file:
        number += 1
        chosen = f"{stem}-{number}{point}{ending}"
    return chosen
