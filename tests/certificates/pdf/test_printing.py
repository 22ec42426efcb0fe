"""The certificate on paper: read back with poppler's tools as a reader would."""

import re
import shutil
import unicodedata

import pytest
import segno
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.designs import INCLUDED, LAYOUTS
from certificates.fonts import MissingGlyphs
from certificates.pdf import contents, printing
from certificates.pdf.names import NameRefused, checked_name
from papers import CJK, FOLDERS, NOTO, URL, order, pages_of, poppler, text_of

needs_noto = pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")
needs_cjk = pytest.mark.skipif(not CJK.is_dir(), reason="Debian's fonts-noto-cjk is missing")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="Debian's poppler-utils is missing"
)


def render(name="Ana María Ñandú", *, folders=FOLDERS, **changed) -> bytes:
    return printing.render(order(name, **changed), folders)


@pytest.fixture(scope="module")
def printed():
    return render()


SAID = [
    "Certificate of achievement",
    "Ana María Ñandú",
    "Listening well",
    "90 minutes",
    "85%",
    "24 November 2026",
    "Tutela",
    "000410-61050-R3GG2-8A1C6-0T3GF",
    URL.removeprefix("https://"),
]


@needs_poppler
@pytest.mark.parametrize("said", SAID)
def test_the_page_says(printed, said):
    assert said in text_of(printed)


@needs_poppler
def test_there_is_one_page_of_a4_landscape(printed):
    info = poppler("pdfinfo", printed)
    assert re.search(r"Pages:\s+1\n", info)
    assert re.search(r"Page size:\s+841\.89 x 595\.276 pts \(A4\)", info)


@needs_poppler
def test_the_file_says_who_issued_it_and_not_to_whom(printed):
    info = poppler("pdfinfo", printed)
    assert re.search(r"Title:\s+Certificate of achievement: Listening well", info)
    assert re.search(r"Author:\s+Tutela", info)
    assert "Ana" not in info


def test_the_file_claims_both_standards(printed):
    assert b"<pdfaid:part>3</pdfaid:part>" in printed
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in printed
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed


def test_the_same_input_gives_the_same_bytes(printed):
    assert render() == printed


def test_the_qr_code_holds_the_address():
    drawn = segno.make(URL, error="m", micro=False)
    side = drawn.symbol_size(border=0)[0]
    assert f'width="{side}"' in contents.qr_svg(URL)
    path = re.search(r' d="([^"]+)"', contents.qr_svg(URL))[1]
    assert dark_modules(path) == {
        (x, y) for y, row in enumerate(drawn.matrix) for x, dark in enumerate(row) if dark
    }


def dark_modules(path: str) -> set[tuple[int, int]]:
    """The modules that a QR code's SVG path of horizontal strokes covers."""
    x = y = 0.0
    dark = set()
    for command, numbers in re.findall(r"([Mmhv])([-\d. ]+)", path):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = steps
        elif command == "m":
            x, y = x + steps[0], y + steps[1]
        else:
            dark |= {(int(x) + n, int(y)) for n in range(int(steps[0]))}
            x += steps[0]
    return dark


INJECTIONS = [
    '#import "@preview/evil:1.0.0": *',
    '#read("/etc/passwd")',
    "] #panic() [",
    '") #pagebreak() #("',
    "$x^2$ *bold* _it_ `raw`",
    "\\u{41} <label> @ref // note",
    '{"name": "x"}',
    "${name} {{ 7*7 }} %s",
]


@needs_poppler
@pytest.mark.parametrize("text", INJECTIONS)
def test_a_name_is_printed_as_it_is_and_never_run(text):
    assert text in " ".join(text_of(render(name=text)).split())


@needs_poppler
@pytest.mark.parametrize("text", INJECTIONS)
def test_so_is_a_course_title(text):
    assert text in " ".join(text_of(render(title=text)).split())


@needs_noto
@needs_poppler
@pytest.mark.parametrize(
    "name",
    [
        "Ђорђе Ґонта",
        "Νίκος Παππάς",
        "Nguyễn Thị Hồng",
        "דוד כהן",
        "محمد علي",
        "अनीता देवी",
        "রহিম উদ্দিন",
        "முருகன்",
        "สมชาย ใจดี",
        "አበበ ቢቂላ",
        "ⴰⵎⴰⵣⵉⵖ",
        "Հայկ",
        "გიორგი",
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_name_is_printed_in_its_script(name, layout):
    words = poppler("pdftotext", render(name=name, design=INCLUDED[layout]), "-layout")
    assert name in re.sub("[\u202a-\u202e]", "", words)


@needs_cjk
@needs_poppler
@pytest.mark.parametrize("name", ["王小明", "山田 はなこ", "カタカナ", "김민수"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_so_is_one_of_east_asia(name, layout):
    words = poppler("pdftotext", render(name=name, design=INCLUDED[layout]), "-layout")
    assert name in words


@needs_poppler
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["Nguyễn Thị Hồng Ẩn", "J̌óns̄"])
def test_combining_marks_stay_with_their_letters(name, layout):
    text = poppler("pdftotext", render(name=name, design=INCLUDED[layout]), "-raw")
    assert unicodedata.normalize("NFD", name) in unicodedata.normalize("NFD", text)


@needs_noto
@needs_poppler
def test_a_name_of_two_scripts_keeps_both():
    text = text_of(render(name="Ana محمد", language="ar", title="Listening الإصغاء"))
    for part in ("Ana", "محمد", "Listening", "الإصغاء"):
        assert part in text


@needs_poppler
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout):
    text = "".join(text_of(render(design=INCLUDED[layout])).split())
    for said in SAID:
        assert "".join(said.split()) in text


@needs_noto
def test_arabic_letters_are_joined():
    joined, single = render(name="ععع"), render(name="ع ع ع")
    assert glyph_count(joined) > glyph_count(single)


def glyph_count(content: bytes) -> int:
    """How many different glyphs the file has a Unicode meaning for."""
    cmaps = [stream for stream in streams(content) if b"begincmap" in stream]
    return sum(len(re.findall(rb"^<[0-9a-fA-F]{4}> <", cmap, re.MULTILINE)) for cmap in cmaps)


def streams(content: bytes):
    import zlib

    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


@needs_noto
@needs_poppler
def test_an_arabic_certificate_begins_at_the_right():
    content = render(name="محمد علي", title="الإصغاء الجيد", language="ar")
    boxes = poppler("pdftotext", content, "-bbox")
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(right) > 740
    assert re.search(r"24\s*نوفمبر 2026", text_of(content))


@pytest.mark.parametrize(
    ("name", "script", "package"),
    [
        ("محمد", "Arabic", "fonts-noto-core"),
        ("अनीता", "Devanagari", "fonts-noto-core"),
        ("王小明", "Chinese", "fonts-noto-cjk"),
        ("カタカナ", "Japanese", "fonts-noto-cjk"),
    ],
)
def test_a_script_without_a_font_is_an_error_that_names_it(tmp_path, name, script, package):
    with pytest.raises(MissingGlyphs, match=script) as caught:
        render(name=name, folders=(tmp_path,))
    assert package in str(caught.value)


def test_so_is_a_script_of_the_course_title(tmp_path):
    with pytest.raises(MissingGlyphs, match="Arabic"):
        render(title="الإصغاء", folders=(tmp_path / "nowhere",))


def test_a_sign_without_a_font_is_named(tmp_path):
    with pytest.raises(MissingGlyphs, match="fox face"):
        render(name="Ana 🦊", folders=(tmp_path,))


def test_a_fault_of_the_template_is_not_mistaken_for_a_missing_font(monkeypatch, tmp_path):
    (tmp_path / "quiet.typ").write_text("#panic()")
    monkeypatch.setattr(printing, "LAYOUTS", tmp_path)
    with pytest.raises(typst.TypstError):
        render()


@needs_poppler
@pytest.mark.parametrize(
    ("name", "course"),
    [
        ("W" * 120, "Listening well"),
        ("Wolfeschlegelsteinhausenbergerdorff " * 3, "A title that goes on and on " * 20),
        ("Ana", "W" * 500),
        ("i " * 60, "x"),
    ],
    ids=["one wide word", "long words", "a title without spaces", "many words"],
)
def test_however_long_it_stays_on_one_page_and_within_its_margins(name, course):
    content = render(name=name.strip(), title=course.strip())
    assert pages_of(content) == 1
    right = re.findall(r'xMax="([\d.]+)"', poppler("pdftotext", content, "-bbox"))
    assert max(map(float, right)) <= 842 - 85


@needs_noto
@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_is_printed_or_refused_in_words(text):
    try:
        outcome = render(checked_name(text))
    except (NameRefused, MissingGlyphs) as refused:
        outcome = str(refused).encode()
    assert outcome.startswith(b"%PDF") or outcome.endswith(b".")


@pytest.mark.parametrize(
    ("language", "letters"),
    [("fr", "fr"), ("pt-BR", "pt"), ("ckb", "ckb"), ("x-1", "en"), ("", "en")],
)
def test_typst_is_told_a_language_it_takes(language, letters):
    assert contents.typst_language(language) == letters


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ana", False),
        ("محمد", True),
        ("דוד", True),
        ("(علي)", True),
        ("1 2", False),
        ("Ana علي", False),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text, answer):
    assert contents.starts_right(text) is answer


def test_a_title_loses_what_cannot_be_printed():
    assert contents.one_line("Listening\n\t well\x07") == "Listening well"
