"""The layouts, as people and their programs find them: what can be read, scanned and told apart."""

import io
from dataclasses import replace
from functools import cache
from itertools import product

import pikepdf
import pymupdf
import pytest

from certificates.designs import INCLUDED, LAYOUTS, ORIENTATIONS, Signatory
from certificates.pdf import printing
from papers import FOLDERS, NOTO, RICH, order

MILLIMETRE = 72 / 25.4
ROLE = "Head of training and continuing professional development, Europe"
SIGNATORY = Signatory("Prof. Dr Ada Ruiz Etxeberria-Montgomery", ROLE)
every_page = pytest.mark.parametrize(
    ("layout", "orientation"), list(product(LAYOUTS, ORIENTATIONS))
)


@cache
def page(layout: str, orientation: str) -> bytes:
    design = replace(
        RICH,
        layout=layout,
        orientation=orientation,
        signatories=(SIGNATORY, *RICH.signatories, SIGNATORY),
    )
    return printing.render(order("Ana María Ñandú", design=design, hours="1.5"), FOLDERS)


def elements(content: bytes):
    """The structure elements: kind, how many texts stand right in it, and its attributes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        waiting = [pdf.Root.StructTreeRoot.K]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(list(one))
            elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
                inside = one.get("/K", [])
                inside = list(inside) if isinstance(inside, pikepdf.Array) else [inside]
                yield str(one.S), sum(isinstance(each, int) for each in inside), one.get("/A")
                waiting += [each for each in inside if isinstance(each, pikepdf.Dictionary)]


@every_page
def test_a_fact_and_what_it_is_called_are_not_read_as_one(layout, orientation):
    found = list(elements(page(layout, orientation)))
    assert [texts for kind, texts, _more in found if kind == "/Span" and texts > 1] == []
    assert sum(kind == "/P" for kind, _texts, _more in found) >= 2 * 4 + 2 * 4


@every_page
def test_a_signatory_with_a_long_role_can_be_read(layout, orientation):
    with pymupdf.open(stream=page(layout, orientation)) as document:
        lines = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    sizes = [span["size"] for span in lines if "professional" in span["text"]]
    assert len(sizes) == 2
    assert min(sizes) >= 8


@every_page
def test_the_qr_code_is_large_enough_for_a_poor_camera(layout, orientation):
    """At a hundred dots to the inch each module of it has three."""
    boxes = [
        more[0].BBox
        for kind, _texts, more in elements(page(layout, orientation))
        if kind == "/Figure"
    ]
    side = boxes and min(abs(float(b[2]) - float(b[0])) for b in boxes if square(b))
    assert side >= 25.9 * MILLIMETRE


def square(box) -> bool:
    left, bottom, right, top = map(float, box)
    return abs((right - left) - (top - bottom)) < 1


@pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("name", "font"), [("Ọ̀bị̀ Ẹ̀dẹ́", "NotoSerif"), ("Ana Ñandú", "Libertinus")])
def test_a_name_is_set_in_a_font_that_places_its_marks(layout, name, font):
    content = printing.render(order(name, design=INCLUDED[layout]), FOLDERS)
    with pymupdf.open(stream=content) as document:
        words = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if name[-1] in span["text"]
        ]
    assert words
    assert all(font in span["font"] for span in words)
