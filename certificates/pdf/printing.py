"""The certificate as PDF/A-3a and PDF/UA-1, typeset by Typst from data alone (§A6 of the design).

What people wrote goes in as values, never as source; a layout opens no file and no package.
"""

import json
import re
from pathlib import Path

import typst

from certificates import fonts
from certificates.fonts import MissingGlyphs
from certificates.pdf import copying
from certificates.pdf.contents import inputs_of
from certificates.pdf.order import Order

LAYOUTS = Path(__file__).parent / "layouts"
PREVIEW_WIDTH = 1200
"""Pixels of the longer side of a preview, about."""


def render(order: Order, folders: tuple[Path, ...]) -> bytes:
    """The PDF's bytes, not signed: one page, the same for the same order.

    :param folders: where further fonts are
    :raises MissingGlyphs: when no font has a character that is to be printed
    """
    content, texts = _compiled(order, folders, format="pdf", pdf_standards=["a-3a", "ua-1"])
    return copying.mended(content) if copying.needed(texts) else content


def preview(order: Order, folders: tuple[Path, ...]) -> bytes:
    """The page as PNG. Only a PDF tells of missing glyphs, so one is made first.

    :raises MissingGlyphs: as :func:`render`
    """
    render(order, folders)
    return _compiled(order, folders, format="png", ppi=PREVIEW_WIDTH / 11.5)[0]


def _compiled(order: Order, folders: tuple[Path, ...], **how) -> tuple[bytes, str]:
    """The page, and every text on it."""
    loaded = fonts.load(folders)
    inputs = inputs_of(order)
    texts = "".join(_texts(inputs.data))
    families = fonts.families_for(texts, loaded, language=order.words.language)
    data = inputs.data | {
        "fonts": families,
        "fonts_for_marks": fonts.for_marks(families),
        "fonts_to_left": fonts.to_left(families),
        # The one sign for “Allah” is copied from its end by programs that turn Arabic round.
        "ligatures": all(fonts.script_of(char) != "arabic" for char in texts),
    }
    try:
        compiled = typst.compile(
            LAYOUTS / f"{order.design.layout}.typ",
            root=LAYOUTS,
            font_paths=loaded,
            ignore_system_fonts=True,
            sys_inputs={"certificate": json.dumps(data), **inputs.files},
            timestamp=int(order.issued.timestamp()),
            **how,
        )
    except typst.TypstError as error:
        missing = re.search(r"the text `\"(.+?)\"` could not be displayed", str(error), re.DOTALL)
        if missing is None:
            raise
        raise MissingGlyphs(unescaped(missing[1])[0]) from error
    assert isinstance(compiled, bytes)  # one page
    return compiled, texts


def _texts(value):
    """Every text in the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def unescaped(shown: str) -> str:
    """A text as Typst shows it in a message: ``\\u{200f}`` for what cannot be seen."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)
