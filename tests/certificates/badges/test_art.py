"""The badge as a picture, and the card for links: small, quiet, and the same for every script."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree
from PIL import Image

from certificates.badges import art
from certificates.designs import INCLUDED, Design
from certificates.settings import DEBIAN_FONTS

FOLDERS = tuple(Path(folder) for folder in DEBIAN_FONTS.split())
QUIET = INCLUDED["quiet"]
SVG = "{http://www.w3.org/2000/svg}"

needs_noto = pytest.mark.skipif(
    not FOLDERS[0].is_dir(), reason="Debian's fonts-noto-core is missing"
)


def certified(title="Listening well", kind="achievement", language="en", issuer="Tutela"):
    snapshot = {"kind": kind, "title": title, "language": language, "issuer": issuer}
    return SimpleNamespace(snapshot=snapshot)


def drawing(*, design=QUIET, folders=FOLDERS, **words) -> etree._Element:
    return etree.fromstring(art.svg(certified(**words), design, folders))


def picture(octets: bytes) -> Image.Image:
    return Image.open(io.BytesIO(octets))


def letters(svg: etree._Element) -> int:
    return len(svg.findall(f".//{SVG}use"))


@pytest.mark.parametrize("kind", ["achievement", "participation"])
@pytest.mark.parametrize("design", INCLUDED)
def test_the_picture_is_512_pixels_wide_with_nothing_behind_it(kind, design):
    made = picture(art.png(certified(kind=kind), INCLUDED[design], FOLDERS))
    assert made.size == (512, 512)
    assert made.convert("RGBA").getpixel((2, 2))[3] == 0
    assert "#{:02x}{:02x}{:02x}".format(*made.convert("RGBA").getpixel((256, 490))) in (
        INCLUDED[design].accent,
        INCLUDED[design].ground,
    )


def test_the_kind_is_told_by_form_and_not_by_colour():
    """At 64 pixels, without colour: whether a picture covers a place, and how light it is there."""
    achieved, took_part = (
        picture(art.png(certified("", kind), QUIET, FOLDERS)).convert("LA").resize((64, 64))
        for kind in ("achievement", "participation")
    )
    differ = sum(
        max(abs(one - other) for one, other in zip(*pair, strict=True)) > 100
        for pair in zip(achieved.get_flattened_data(), took_part.get_flattened_data(), strict=True)
    )
    assert differ > 64 * 64 // 10


def test_the_drawing_says_what_it_is():
    svg = drawing(title="Listening & <hearing>\u0007 well")
    assert svg.get("role") == "img"
    assert [(child.tag, child.text) for child in svg[:2]] == [
        (f"{SVG}title", "Listening & <hearing> well"),
        (f"{SVG}desc", "Tutela"),
    ]


def test_the_drawing_needs_nothing_from_outside_and_runs_nothing():
    svg = drawing(title="</svg><script>alert(1)</script>")
    assert {etree.QName(each).localname for each in svg.iter()} <= {
        *("svg", "title", "desc", "path", "g", "use", "defs", "symbol"),
    }
    for each in svg.iter():
        assert not [name for name in each.attrib if name.startswith("on")]
        address = each.get("{http://www.w3.org/1999/xlink}href", "#")
        assert address.startswith("#")


@needs_noto
@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Слушать внимательно", "ru"),
        ("Ακούγοντας προσεκτικά", "el"),
        ("الاستماع الجيد", "ar"),
        ("הקשבה טובה", "he"),
        ("अच्छी तरह सुनना", "hi"),
        ("ভালোভাবে শোনা", "bn"),
        ("การฟังอย่างตั้งใจ", "th"),
        ("በደንብ ማዳመጥ", "am"),
        ("用心倾听", "zh-Hans"),
        ("Écouter vraiment", "fr"),
    ],
)
def test_every_script_is_drawn(title, language):
    assert letters(drawing(title=title, language=language)) >= 4


@pytest.mark.parametrize("title", ["", "用心倾听", "Listening \U000e0001\U00012345", "wide" * 90])
def test_a_title_that_cannot_be_drawn_is_left_out(title):
    assert letters(drawing(title=title, folders=())) == 0


def test_a_long_title_is_wrapped():
    assert letters(drawing(title="Documenting torture and ill-treatment, with interviews")) > 40


def test_the_same_badge_is_the_same_bytes():
    first = art.png(certified(), QUIET, FOLDERS)
    art._compiled.cache_clear()
    assert art.png(certified(), QUIET, FOLDERS) == first


def test_the_emblem_is_a_few_hundred_octets():
    for kind in ("achievement", "participation"):
        assert len(art.emblem(kind, QUIET)) < 1500


def test_the_card_is_as_large_as_other_sites_show_and_weighs_little():
    octets = art.card(certified("Documenting torture " * 4), QUIET, FOLDERS)
    assert picture(octets).size == (1200, 630)
    assert len(octets) < 120_000


@needs_noto
def test_the_card_is_of_the_designs_colours_and_its_side_is_that_of_the_script():
    design = Design(accent="#7a2e3a", ground="#fdfaf3", ink="#2a2320")
    sides = []
    for title, language in (("Listening", "en"), ("الاستماع", "ar")):
        made = picture(art.card(certified(title, language=language), design, FOLDERS))
        made = made.convert("RGB")
        assert made.getpixel((5, 5)) == (0xFD, 0xFA, 0xF3)
        left, right = (
            sum(made.getpixel((x, y)) == (0x7A, 0x2E, 0x3A) for x in range(at, at + 300, 5))
            for at, y in ((150, 250), (750, 250))
        )
        sides.append(left > right)
    assert sides == [True, False]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "x", "not a language", ""])
def test_any_language_is_drawn(language):
    assert picture(art.card(certified(language=language), QUIET, FOLDERS)).size == (1200, 630)


def test_what_the_fonts_of_the_server_lack_is_left_out_of_the_card():
    with_title = art.card(certified("Listening"), QUIET, ())
    without = art.card(certified("用心倾听", issuer="用心"), QUIET, ())
    assert len(without) < len(with_title)
