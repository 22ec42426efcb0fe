"""What is copied from a page: names whose letters are put together of several glyphs."""

import io
import re
import shutil
from functools import cache

import pikepdf
import pymupdf
import pytest

from certificates.designs import INCLUDED, LAYOUTS
from certificates.pdf import copying, printing
from papers import FOLDERS, NOTO, order, picture_of, text_of

needs_noto = pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="Debian's poppler-utils is missing"
)
NAMES = {
    "Yoruba": "Adébáyọ̀ Ọlọ́runṣọlá Ẹ̀ẹ́dẹ́",
    "Igbo": "Ọ̀bị̀ọ̀mà Nwáọ̀gụ́",
    "Lingala": "Mɛ́lɛ̂ Ɔ̌",
    "Guaraní": "G̃uaraní g̃",
    "Devanagari": "अनीता देवी श्रीवास्तव",
    "conjuncts": "कृष्ण क्षत्रिय ट्विंकल",
    "Bengali": "শ্রীমতী কৃষ্ণা চক্রবর্ত্তী",
    "Tamil": "முருகன் லக்ஷ்மி",
    "Sinhala": "ශ්‍රී ලංකා කුමාර",
    "Burmese": "အောင်ဆန်းစုကြည် ကျော်",
    "Thai": "สมชาย ใจดี",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ།",
}
BY_POPPLER_ALONE = {"sara am": "น้ำ กำธร", "Malayalam": "കൃഷ്ണൻ മോഹൻലാൽ"}
"""Of these a letter has more glyphs than parts, or poppler and others put a space into them."""


@cache
def page(name: str, layout: str = "quiet") -> bytes:
    return printing.render(order(name, design=INCLUDED[layout]), FOLDERS)


def by_mupdf(content: bytes) -> str:
    with pymupdf.open(stream=content) as document:
        return " ".join(document[0].get_text().split())


def by_font_alone(content: bytes) -> str:
    """As programs read it that know nothing of what is said instead (ISO 32000-1, 9.10.2)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = {
            str(name): copying._meanings(font.ToUnicode.read_bytes())
            for name, font in pdf.pages[0].resources.Font.items()
        }
        told, font = "", {}
        for one in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(one.operator) == "Tf":
                font = fonts[str(one.operands[0])]
            elif str(one.operator) in ("TJ", "Tj"):
                told += "".join(font[code] for code in copying._codes(copying._items(one)))
    return told


@needs_noto
@needs_poppler
@pytest.mark.parametrize("name", [*NAMES.values(), *BY_POPPLER_ALONE.values()])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_poppler_copies_a_name_as_it_was_typed(name, layout):
    assert name in " ".join(text_of(page(name, layout)).split())


@needs_noto
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_so_does_mupdf(name):
    assert name in by_mupdf(page(name))


@needs_noto
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_so_do_programs_that_know_the_fonts_alone(name):
    assert "".join(name.split()) in "".join(by_font_alone(page(name)).split())


@needs_noto
@needs_poppler
@pytest.mark.parametrize("name", ["عبد الله", "عبدالله علاء", "لآلئ الأحمد"])
def test_so_is_an_arabic_name_whose_letters_could_be_one_sign(name):
    assert name in text_of(page(name))


@needs_noto
@needs_poppler
@pytest.mark.parametrize(
    "name", ["محمد علي عبد الرحمن", "عائشہ خان ٹھاکر", "لیلا احمدی گچ", "דוד כהן"]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_words_of_a_name_from_right_to_left_stay_in_their_order(name, layout):
    assert name in by_mupdf(page(name, layout))
    assert name in " ".join(text_of(page(name, layout)).split())


@needs_noto
def test_each_vowel_sign_of_an_arabic_name_is_copied_once():
    for sign in "ُ", "َ", "ّ":
        assert by_font_alone(page("مُحَمَّد")).count(sign) == "مُحَمَّد".count(sign)


@needs_noto
@needs_poppler
@pytest.mark.parametrize("name", ["Ọ̀bị̀ọ̀mà", "कृष्ण श्रीवास्तव", "مُحَمَّد", "דָּוִד", "សុភាព ច្រឹប", "น้ำ"])
def test_the_page_looks_the_same(name, monkeypatch):
    mended = page(name)
    monkeypatch.setattr(copying, "needed", lambda _text: False)
    as_typst_made_it = printing.render(order(name), FOLDERS)
    assert mended != as_typst_made_it
    assert picture_of(mended) == picture_of(as_typst_made_it)


def test_the_same_page_gives_the_same_bytes():
    assert printing.render(order("Ọ̀bị̀"), FOLDERS) == printing.render(order("Ọ̀bị̀"), FOLDERS)


def test_a_page_without_such_letters_is_as_typst_made_it(monkeypatch):
    monkeypatch.setattr(copying, "mended", None)
    assert printing.render(order("Ana María"), FOLDERS).startswith(b"%PDF-1.7")


def test_a_mended_page_claims_what_it_claimed():
    content = page("Ọ̀bị̀")
    assert content.startswith(b"%PDF-1.7")
    for claim in (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert claim in content
    assert re.search(rb"/ID \[<\w+><\w+>\]", content)


@pytest.mark.parametrize(
    ("text", "count", "parts"),
    [
        ("ọ́", 2, ["ọ", "\u0301"]),
        ("श्री", 2, ["श्र", "ी"]),
        ("é", 2, ["e", "\u0301"]),
        ("น้ำ", 4, ["น", "้", "ํ", "า"]),
        ("a", 2, ["a", "a"]),
    ],
)
def test_a_letter_has_its_parts_in_the_order_of_typing(text, count, parts):
    assert copying._parts(text, count) == parts
