"""Large packages, made in a moment, and a client that sends them in parts."""

import json
import random
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from threading import Event

from servers import Client
from smallest import MANIFEST_12, PAGE

PART = 8 * 1024 * 1024
WORDS = ["rehabilitation", "standard", "centre", "survivor", "care", "evidence", "protocol", "of"]


def write(path: Path, *, size: int, files: int, media: float) -> Path:
    """A package of about ``size`` bytes in so many files, of which the share ``media`` is film and
    pictures, the rest pages and scripts."""
    chance = random.Random(1)
    each = size // (files - 2)
    text = " ".join(chance.choice(WORDS) for _ in range(each // 4)).encode()
    noise = chance.randbytes(min(each, 4 * 1024 * 1024))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_12)
        archive.writestr("page.html", PAGE)
        for number in range(files - 2):
            if number % 100 < 100 * media:
                _film(archive, f"media/{number}.mp4", noise, each, number)
            else:
                name = f"text/{number}.{'js' if number % 2 else 'html'}"
                archive.writestr(name, text[number : number + each])
    return path


def _film(archive: zipfile.ZipFile, name: str, noise: bytes, size: int, number: int) -> None:
    """Bytes that cannot be packed: the same noise, begun at another place each time."""
    with archive.open(zipfile.ZipInfo(name), "w", force_zip64=size > 2**31) as file:
        left = size
        while left > 0:
            piece = noise[number % 97 :][:left]
            file.write(piece)
            left -= len(piece)


def send(client: Client, path: Path, look: Callable[[], None] = lambda: None) -> tuple[str, str]:
    """Send a package in in parts and wait until it is checked: its address, and how it ended.

    :param look: is called now and then while it is checked
    """
    address = begin(client, path)
    with path.open("rb") as file:
        offset = 0
        while part := file.read(PART):
            send_part(client, address, offset, part)
            offset += len(part)
    return address, wait(client, address, look)


def begin(client: Client, path: Path) -> str:
    """The address that takes the parts."""
    headers = {
        "Upload-Length": str(path.stat().st_size),
        "Upload-Metadata": f"filename {b64encode(path.name.encode()).decode()}",
    }
    answer, _ = client.tus("POST", "/packages/imports/", headers=headers)
    return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])


def send_part(client: Client, address: str, offset: int, part: bytes) -> None:
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    client.tus("PATCH", address, part, headers)


def wait(client: Client, address: str, look: Callable[[], None] = lambda: None) -> str:
    """How the check ended."""
    while True:
        look()
        found = json.loads(client.get(f"{address}state"))
        if found["state"] not in ("waiting", "working"):
            return found["state"]
        Event().wait(0.02)
