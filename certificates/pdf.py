"""The certificate as PDF/A-3a and PDF/UA-1, typeset by Typst from data alone (§A6 of the design).

The name is the learner's own words at printing: it is typeset and forgotten.
"""

import io
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

import segno
import typst

from certificates import fonts, wording
from certificates.codes import grouped
from certificates.fonts import MissingGlyphs
from certificates.resources import Certificate

TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"
LONGEST_NAME = 120
LONGEST_WORD = 40
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the text around them, so that it reads otherwise than it was typed."""


class NameRefused(ValueError):
    """The name cannot be printed; the message says why."""


@dataclass(frozen=True)
class Words:
    """The fixed words of a certificate, in its language.

    :param language: BCP 47; dates and the direction of the page follow it
    """

    language: str
    heading: str
    to: str
    for_: str
    issued: str
    code: str
    check: str
    qr_alt: str


def checked_name(text: str) -> str:
    """The name as it is printed: trimmed, NFC, single spaces.

    :raises NameRefused: when it is empty, longer than 120 characters, or holds characters that
        are not text
    """
    name = unicodedata.normalize("NFC", text.strip())
    if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in name):
        raise NameRefused("The name has characters that cannot be printed. Type it on one line.")
    if any(char in OVERRIDES for char in name):
        raise NameRefused("The name has hidden marks that turn text around. Type it afresh.")
    name = " ".join(name.split())
    if all(unicodedata.category(char)[0] in "CMZ" for char in name):
        raise NameRefused("Type the name that the certificate is to carry.")
    if len(name) > LONGEST_NAME:
        raise NameRefused(f"The name may have at most {LONGEST_NAME} characters.")
    return name


def render(
    certificate: Certificate,
    name: str,
    words: Words,
    *,
    details: str,
    url: str,
    folders: tuple[Path, ...],
) -> bytes:
    """The PDF's bytes: one page of A4, the same for the same input.

    :param details: length, score and the like, one line, may be empty
    :param url: where the certificate is verified
    :param folders: where further fonts are
    :raises NameRefused: when the name cannot be printed
    :raises MissingGlyphs: when no font has a character of the name or of the course
    """
    snapshot = certificate.snapshot
    name, course = checked_name(name), one_line(snapshot["title"])
    data = asdict(words) | {
        "lang": typst_language(words.language),
        "rtl": wording.right_to_left(words.language),
        "name": typed(name),
        "course": typed(course),
        "details": details,
        "issuer": one_line(snapshot["issuer"]),
        "date": wording.long_date(certificate.issued, words.language),
        "url": url,
        "shown_url": url.partition("://")[2],
        "grouped": grouped(certificate.code),
    }
    loaded = fonts.load(folders)
    printed = (value for value in data.values() if isinstance(value, str))
    data["fonts"] = fonts.families_for("".join((name, course, *printed)), loaded)
    inputs = {"certificate": json.dumps(data), "qr": qr_svg(url)}
    try:
        return typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=loaded,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(certificate.issued.timestamp()),
        )
    except typst.TypstError as error:
        missing = re.search(r"the text `\"(.+?)\"` could not be displayed", str(error), re.DOTALL)
        if missing is None:
            raise
        raise MissingGlyphs(unescaped(missing[1])[0]) from error


def unescaped(shown: str) -> str:
    """A text as Typst shows it in a message: ``\\u{200f}`` for what cannot be seen."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)


def typst_language(language: str) -> str:
    """The two or three letters that Typst takes for a language."""
    primary = re.split(r"[-_]", language)[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else "en"


def one_line(text: str) -> str:
    """A title as it can be printed, without the control characters that an import may bring."""
    plain = "".join(char if unicodedata.category(char) != "Cc" else " " for char in text)
    return " ".join(plain.split())


def typed(text: str) -> dict:
    """What the template needs to fit a text in: direction, and the words that cannot be broken.

    A word that no line could hold gets places where it may be broken.
    """
    text = re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", text)
    words = [
        word for word in re.split(r"[\s\u200b]", text) if not fonts.written_without_spaces(word)
    ]
    longest = sorted(words, key=len, reverse=True)[:3]
    return {"text": text, "rtl": starts_right(text), "longest": longest}


def starts_right(text: str) -> bool:
    """Whether a text is written from right to left: by its first letter (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def qr_svg(url: str) -> str:
    """The address as a QR code, SVG text."""
    file = io.BytesIO()
    segno.make(url, error="m", micro=False).save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()
