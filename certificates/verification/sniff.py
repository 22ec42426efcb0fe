"""What somebody has sent, by its first bytes: names of files and types that browsers tell are not
believed."""

import re
from enum import StrEnum

from certificates.codes import normalised


class Kind(StrEnum):
    """What can be verified."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    JSON = "json"
    JWT = "jwt"
    CODE = "code"
    OTHER = "other"


MEGABYTE = 1024 * 1024
LARGEST = {
    Kind.PDF: 5 * MEGABYTE,
    Kind.PNG: 2 * MEGABYTE,
    Kind.SVG: MEGABYTE,
    Kind.JSON: MEGABYTE // 4,
    Kind.JWT: MEGABYTE // 4,
    Kind.CODE: 2000,
    Kind.OTHER: 5 * MEGABYTE,
}
"""Octets that are looked at of each; what this site makes has a tenth of it. A transcript is the
longest JSON: 256 kB is what libraries verify at most."""

LARGEST_OF_ALL = max(LARGEST.values())

PDF = b"%PDF-"
PDF_WITHIN = 1024
"""Octets within which readers look for the beginning of a PDF."""
PNG = b"\x89PNG\r\n\x1a\n"
BOM = b"\xef\xbb\xbf"
TOKEN = re.compile(rb"[A-Za-z0-9_-]+={0,2}\.[A-Za-z0-9_-]+={0,2}\.[A-Za-z0-9_-]*={0,2}")


def kind_of(sent: bytes) -> Kind:
    """What the octets seem to be; whether they are will be seen."""
    text = sent.removeprefix(BOM).strip()
    if text.startswith((b"{", b"[")):
        return Kind.JSON  # whatever stands in its texts: all of it is signed
    if PDF in sent[:PDF_WITHIN]:
        return Kind.PDF
    if sent.startswith(PNG):
        return Kind.PNG
    if text.startswith(b"<"):
        return Kind.SVG
    if TOKEN.fullmatch(text):
        return Kind.JWT
    if len(text) <= LARGEST[Kind.CODE] and normalised(text.decode("utf-8", "replace")):
        return Kind.CODE
    return Kind.OTHER
