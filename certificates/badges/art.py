"""What a badge looks like, and the picture that other sites show for a link to a certificate.

Typst sets the letters, so that every script is shaped as on paper; in the drawing they are
outlines. The form tells the kind: a hexagon with a tick for an achievement, a disc with a book for
participation.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import typst

from certificates import fonts
from certificates.designs import Design
from certificates.pdf.contents import readable_on, typed, typst_language
from certificates.resources import Certificate

Form = Literal["svg", "png", "pdf"]
TEMPLATES = Path(__file__).parents[1] / "templates"
LONGEST_TITLE = 300
KEPT = 64
"""Drawings that are kept in memory, of some ten or fifty kB each."""


def svg(certificate: Certificate, design: Design, folders: tuple[Path, ...]) -> bytes:
    """The badge as a drawing of 512 × 512 that tells a screen reader what it is.

    :param folders: where further fonts are (:class:`certificates.settings.CertificatesSettings`)
    """
    snapshot = certificate.snapshot
    drawn = _badge(snapshot["kind"], design, fonts.load(folders), snapshot, "svg")
    return _told(drawn, _line(snapshot["title"]), _line(snapshot["issuer"]))


def png(certificate: Certificate, design: Design, folders: tuple[Path, ...]) -> bytes:
    """The same as a picture of 512 × 512 pixels, with nothing behind it."""
    snapshot = certificate.snapshot
    return _badge(snapshot["kind"], design, fonts.load(folders), snapshot, "png")


def emblem(kind: str, design: Design) -> bytes:
    """The drawing without words, to stand small beside them."""
    return _badge(kind, design, fonts.load(()), {}, "svg")


def card(certificate: Certificate, design: Design, folders: tuple[Path, ...]) -> bytes:
    """1200 × 630 pixels (Open Graph): badge, title and issuer; no name, no code."""
    snapshot, loaded = certificate.snapshot, fonts.load(folders)
    title, issuer = (_printable(_line(snapshot[key]), loaded) for key in ("title", "issuer"))
    data = {
        **_set(title),
        "issuer": issuer,
        "fonts": fonts.families_for(title + issuer, loaded),
        "lang": typst_language(snapshot["language"]),
        "accent": design.accent,
        "ground": design.ground,
        "ink": design.ink,
    }
    badge = emblem(snapshot["kind"], design).decode()
    return _compiled("card", json.dumps(data), badge, loaded, "png")


def _badge(kind: str, design: Design, loaded: typst.Fonts, words: Mapping, form: Form) -> bytes:
    """:param words: ``title`` and ``language``, or nothing"""
    title = _printable(_line(words.get("title", "")), loaded)
    data = {
        **_set(title),
        "kind": kind,
        "fonts": fonts.families_for(title, loaded),
        "lang": typst_language(words.get("language", "en")),
        "accent": design.accent,
        "on": readable_on(design.accent, design.ground),
    }
    return _compiled("badge", json.dumps(data), "", loaded, form)


def _told(drawing: bytes, title: str, description: str) -> bytes:
    begin, end, rest = drawing.partition(b">")
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return begin + b' role="img"' + end + words.encode() + rest


@lru_cache(maxsize=KEPT)
def _compiled(template: str, data: str, badge: str, loaded: typst.Fonts, form: Form) -> bytes:
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=loaded,
        ignore_system_fonts=True,
        sys_inputs={template: data} | ({"badge": badge} if badge else {}),
        format=form,
        ppi=72,
        pdf_standards="a-2b" if form == "pdf" else None,
    )


@lru_cache(maxsize=KEPT)
def _printable(text: str, loaded: typst.Fonts) -> str:
    """The text, or nothing when no font has a character of it: in pictures Typst would draw an
    empty box and say nothing, in PDF/A it is an error."""
    if not text:
        return ""
    data = json.dumps({"text": text, "fonts": fonts.families_for(text, loaded)})
    try:
        _compiled("glyphs", data, "", loaded, "pdf")
    except typst.TypstError:
        return ""
    return text


def _line(text: str) -> str:
    """One line, without the control characters that an import may bring."""
    plain = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return " ".join(plain.split())[:LONGEST_TITLE]


def _set(title: str) -> dict[str, Any]:
    """What a template needs to fit a title in: its direction, and the words that are not broken."""
    found = typed(title)
    return {"title": found["text"], "longest": found["longest"], "rtl": found["rtl"]}
