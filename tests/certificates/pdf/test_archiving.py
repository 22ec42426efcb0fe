"""What ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1) ask of a file, as far as it can be asked
here: read by pikepdf from the finished pages, sealed and not."""

import io
import re
from dataclasses import replace
from itertools import product

import pikepdf
import pytest
from lxml import etree

from certificates.designs import LAYOUTS
from certificates.keys import made
from certificates.pdf import printing, signing
from papers import FOLDERS, NOTO, NOW, RICH, order, seal_of

NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
PRINTED, HIDDEN = 4, 1 | 2 | 32 | 256 | 512
"""Flags of annotations (ISO 32000-1, 12.5.3)."""

pytestmark = pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")


@pytest.fixture(
    scope="module",
    params=list(product(LAYOUTS, ["Ana María", "Ọlọ́runṣọlá", "محمّد علي", "कृष्ण 王"], [True, False])),
    ids=lambda each: "-".join(map(str, each)),
)
def content(request):
    layout, name, sealed = request.param
    design = replace(RICH, layout=layout)
    page = printing.render(order(name, design=design, attachment='{"a": 1}'), FOLDERS)
    if not sealed:
        return page
    return signing.signed(page, seal_of(made("Tutela", NOW)), label="Signature of Tutela")


@pytest.fixture
def pdf(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def dictionaries(pdf):
    """Every dictionary and stream in the file, those within others too."""
    waiting = list(pdf.objects)
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
            yield one
            inside = [each for _key, each in one.items()]
        elif isinstance(one, pikepdf.Array):
            inside = list(one)
        else:
            continue
        waiting += [
            each
            for each in inside
            if isinstance(each, pikepdf.Dictionary | pikepdf.Array) and not each.is_indirect
        ]


def test_the_file_begins_and_ends_as_asked(content):
    """6.1.2, 6.1.3."""
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", content)
    assert content.rstrip(b"\n").endswith(b"%%EOF")
    assert re.search(rb"/ID\s*\[\s*[<(]", content)
    assert b"/Encrypt" not in content


def test_every_object_stands_in_lines_of_its_own(content):
    """6.1.9."""
    begun = re.findall(rb"(\D)\d+ 0 obj\b(.)", content, re.DOTALL)
    assert len(begun) > 40
    assert {before for before, _after in begun} == {b"\n"}
    assert {after for _before, after in begun} == {b"\n"}


def test_colours_are_those_of_the_output_intent(pdf):
    """6.2.3, 6.2.4."""
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    operators = {str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])}
    assert operators.isdisjoint({"K", "k"})


def test_images_are_plain(pdf):
    """6.2.8."""
    images = [one for one in dictionaries(pdf) if one.get("/Subtype") == "/Image"]
    assert len(images) >= 3
    for image in images:
        assert not image.get("/Interpolate", False)
        assert "/Alternates" not in image
        assert "/OPI" not in image


def test_fonts_are_embedded_and_every_code_means_something(pdf):
    """6.2.11.4, 6.2.11.7."""
    fonts = pdf.pages[0].resources.Font
    for _name, font in fonts.items():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        meant = re.findall(rb"^<\w{4}> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
        assert meant
        for digits in meant:
            text = bytes.fromhex(digits.decode()).decode("utf-16-be")
            assert text.strip("\0\ufeff\ufffe")


def test_every_code_that_is_shown_has_a_meaning(pdf):
    """6.2.11.7."""
    font = None
    for one in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(one.operator) == "Tf":
            font = pdf.pages[0].resources.Font[one.operands[0]].ToUnicode.read_bytes().lower()
        elif str(one.operator) == "TJ":
            for item in one.operands[0]:
                if isinstance(item, pikepdf.String):
                    codes = re.findall("....", bytes(item).hex())
                    assert all(b"<%s> <" % code.encode() in font for code in codes)


def test_annotations_are_seen_and_of_kinds_that_are_allowed(pdf):
    """6.3.1 to 6.3.3; a field that has no size needs no appearance."""
    for one in pdf.pages[0].Annots:
        assert one.Subtype in ("/Link", "/Widget")
        assert one.F & PRINTED
        assert not one.F & HIDDEN
        assert one.Subtype == "/Link" or [float(side) for side in one.Rect] == [0, 0, 0, 0]
        assert "/StructParent" in one
        assert "/Contents" in one or "/TU" in one
    assert pdf.pages[0].Tabs == "/S"


def test_nothing_in_it_runs(pdf):
    """6.4.1, 6.5."""
    assert "/OpenAction" not in pdf.Root
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    form = pdf.Root.get("/AcroForm", {})
    assert "/XFA" not in form
    assert not form.get("/NeedAppearances", False)
    for one in dictionaries(pdf):
        assert "/AA" not in one
        assert one.get("/S") not in ("/JavaScript", "/Launch", "/ImportData", "/ResetForm")


def test_it_says_what_it_is_in_a_form_that_all_read(pdf):
    """6.6.2, 6.6.4; ISO 14289-1, 5. Claims are elements, not attributes."""
    said = etree.fromstring(pdf.Root.Metadata.read_bytes())
    assert "/Filter" not in pdf.Root.Metadata

    def told(path: str) -> str:
        return said.findtext(f".//rdf:Description/{path}", namespaces=NS)

    assert (told("pdfaid:part"), told("pdfaid:conformance"), told("pdfuaid:part")) == (
        "3",
        "A",
        "1",
    )
    title = told("dc:title/rdf:Alt/rdf:li")
    assert title == str(pdf.docinfo["/Title"])
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    described = said.iterfind(".//pdfaSchema:namespaceURI", NS)
    assert NS["pdfuaid"] in {each.text for each in described}


def test_it_is_tagged_and_says_its_language(pdf):
    """6.7."""
    assert pdf.Root.MarkInfo.Marked is True
    assert not pdf.Root.MarkInfo.get("/Suspects", False)
    assert pdf.Root.Lang == "en"
    figures = [one for one in dictionaries(pdf) if one.get("/S") == "/Figure"]
    assert figures
    assert all(str(figure.Alt).strip() for figure in figures)


def test_the_attachment_belongs_to_the_document(pdf):
    """6.8."""
    (file,) = pdf.Root.AF
    assert file.Type == "/Filespec"
    assert file.F == file.UF == "credential.json"
    assert file.AFRelationship == "/Data"
    assert str(file.Desc)
    assert file.EF.F.Subtype == "/application/json"
    assert re.match(r"D:20261124", str(file.EF.F.Params.ModDate))
    assert file.EF.F.read_bytes() == b'{"a": 1}'
