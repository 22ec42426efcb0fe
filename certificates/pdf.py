"""The certificate as PDF/A-3a and PDF/UA-1, typeset by Typst from data alone (§A6 of the design).

The name is the learner's own words at printing: it is typeset and forgotten.
"""

import io
import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
import typst
from babel.dates import format_date

from certificates.resources import Certificate
from certificates.services import grouped

TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"
STANDARDS = ["a-3a", "ua-1"]
LONGEST_NAME = 120
BASE_FONT = "Libertinus Serif"

SCRIPTS = {
    "ARABIC": "Noto Naskh Arabic",
    "HEBREW": "Noto Serif Hebrew",
    "DEVANAGARI": "Noto Serif Devanagari",
    "BENGALI": "Noto Serif Bengali",
    "THAI": "Noto Serif Thai",
    "ETHIOPIC": "Noto Serif Ethiopic",
    "ARMENIAN": "Noto Serif Armenian",
    "GEORGIAN": "Noto Serif Georgian",
    "TAMIL": "Noto Serif Tamil",
    "SINHALA": "Noto Serif Sinhala",
    "KHMER": "Noto Serif Khmer",
    "MYANMAR": "Noto Serif Myanmar",
    "GURMUKHI": "Noto Serif Gurmukhi",
    "TIBETAN": "Noto Serif Tibetan",
    "CJK": "Noto Serif CJK SC",
    "HIRAGANA": "Noto Serif CJK JP",
    "KATAKANA": "Noto Serif CJK JP",
    "HANGUL": "Noto Serif CJK KR",
}
"""First word of a character's Unicode name → the font that has its script."""


class NameRefused(ValueError):
    """The name cannot be printed; the message says why."""


class MissingGlyphs(NameRefused):
    """No font here has the script that the name or the course is written in."""

    def __init__(self, scripts: list[str]):
        super().__init__(
            f"This server has no font for the script {', '.join(scripts)}. "
            "An admin can install it (on Debian: fonts-noto-core, or fonts-noto-cjk)."
        )


@dataclass(frozen=True)
class Words:
    """The fixed words of a certificate, in its language."""

    heading: str
    to: str
    for_: str
    check: str
    qr_alt: str


def checked_name(text: str) -> str:
    """The name as it is printed.

    :raises NameRefused: when it is empty, too long, or holds control characters
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise NameRefused("Type the name that the certificate is to carry.")
    if len(name) > LONGEST_NAME:
        raise NameRefused(f"The name may have at most {LONGEST_NAME} characters.")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") for char in name):
        raise NameRefused("The name has characters that cannot be printed.")
    return name


def render(
    certificate: Certificate, name: str, words: Words, *, details: str, site_url: str, fonts: Path
) -> bytes:
    """The PDF's bytes; the same for the same input.

    :param details: hours, score and the like, one line, may be empty
    :param fonts: folder with further fonts
    :raises NameRefused: when the name cannot be printed
    """
    snapshot = certificate.snapshot
    url = f"{site_url}/certificates/{certificate.code}"
    name = checked_name(name)
    language = snapshot["language"]
    data = {
        "heading": words.heading,
        "to": words.to,
        "for_": words.for_,
        "check": words.check,
        "qr_alt": words.qr_alt,
        "name": name,
        "course": snapshot["course"],
        "details": details,
        "issuer": snapshot["issuer"],
        "date": format_date(certificate.issued, "long", locale=language),
        "language": language,
        "rtl": language in ("ar", "fa", "he", "ur"),
        "url": url,
        "shown_url": url.partition("://")[2],
        "code": grouped(certificate.code),
    }
    printed = "".join(str(value) for value in data.values())
    needed = scripts_of(printed)
    data["fonts"] = [BASE_FONT, *(SCRIPTS[script] for script in needed)]
    return _typeset(data, url, certificate.issued, fonts, needed)


def _typeset(data: dict, url: str, issued: datetime, fonts: Path, needed: list[str]) -> bytes:
    inputs = {"certificate": json.dumps(data, ensure_ascii=False), "qr": qr_svg(url)}
    files = font_files(fonts, [SCRIPTS[script] for script in needed])
    try:
        return typst.compile(
            TEMPLATE,
            root=str(TEMPLATE.parent),
            font_paths=files,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(issued.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" in str(error) or "font" in str(error):
            raise MissingGlyphs([script.title() for script in needed] or ["of the name"])
        raise


def qr_svg(url: str) -> str:
    """The address as a QR code, SVG text."""
    file = io.BytesIO()
    segno.make(url, error="m", micro=False).save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()


def scripts_of(text: str) -> list[str]:
    """The scripts of ``text`` that the base font does not have, sorted."""
    found = set()
    for char in text:
        if char.isalpha() and ord(char) > 0x52F:
            found.add(unicodedata.name(char, "").partition(" ")[0])
    return sorted(script for script in found if script in SCRIPTS)


def font_files(folder: Path, families: list[str]) -> list[str]:
    """The folder when a family beyond the embedded ones is needed; nothing otherwise."""
    return [str(folder)] if families and folder.is_dir() else []
