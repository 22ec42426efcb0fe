"""Files that an author sends in for a question: what is taken, and how they are named."""

import re

ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
"""How the names of files end, by media type."""
LARGEST = 5_000_000
"""Bytes of one file of a question: learners load it on slow lines."""


def file_name(sent: str, media_type: str, taken: set[str]) -> str:
    """A name for a file in a question: short, of letters that no address has to hide, and free."""
    stem = re.sub(r"[^a-z0-9]+", "-", sent.rpartition("/")[2].rsplit(".", 1)[0].lower())
    stem = stem.strip("-")[:40] or "file"
    ending = ENDINGS[media_type]
    name, number = f"{stem}.{ending}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.{ending}"
    return name
