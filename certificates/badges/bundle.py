"""A badge in every form that it is given out in, and many certificates in one zip."""

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from certificates.badges import art, baking, signing
from certificates.badges.credential import Place, credential_of
from certificates.designs import Design
from certificates.keys import Keys
from certificates.resources import Certificate

LONGEST_NAME = 60


def png(certificate: Certificate, design: Design, folders: tuple[Path, ...], badge: str) -> bytes:
    """The picture with the badge in it.

    :param folders: where further fonts are
    :param badge: JSON or a token
    """
    return baking.baked_png(art.png(certificate, design, folders), badge)


def svg(certificate: Certificate, design: Design, folders: tuple[Path, ...], badge: str) -> bytes:
    """The drawing with the badge in it."""
    return baking.baked_svg(art.svg(certificate, design, folders), badge)


def signed(certificate: Certificate, place: Place, keys: Keys) -> str:
    """The badge as JSON text, with its proof in it."""
    badge = signing.embedded(credential_of(certificate, place), keys)
    return json.dumps(badge, ensure_ascii=False, indent=1)


def files(
    certificate: Certificate,
    design: Design,
    folders: tuple[Path, ...],
    place: Place,
    keys: Keys,
) -> dict[str, bytes]:
    """The badge in every form, by the name of the file."""
    badge = signed(certificate, place, keys)
    return {
        "badge.png": png(certificate, design, folders, badge),
        "badge.svg": svg(certificate, design, folders, badge),
        "badge.json": badge.encode(),
        "badge.jwt": signing.token(credential_of(certificate, place), keys).encode(),
    }


def zipped(certificates: Iterable[tuple[Certificate, Mapping[str, bytes]]]) -> bytes:
    """A zip with a folder for each certificate, named by its title and the begin of its code. The
    same content gives the same octets."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for certificate, contents in certificates:
            for name, content in contents.items():
                path = f"{folder_of(certificate)}/{name}"
                issued = certificate.issued.astimezone(UTC)
                entry = ZipInfo(path, issued.timetuple()[:6])
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, content)
    return file.getvalue()


def folder_of(certificate: Certificate) -> str:
    """``Listening-well-00041061``: letters, marks and figures of any script."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LMN" else " "
        for char in unicodedata.normalize("NFC", certificate.snapshot["title"])
    )
    words = re.sub(r"\s+", "-", kept.strip())[:LONGEST_NAME].rstrip("-")
    return "-".join(filter(None, (words, certificate.code[:8])))
