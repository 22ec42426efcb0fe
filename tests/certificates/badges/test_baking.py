"""A badge goes into a picture and comes out as it was; what is sent in its place does no harm."""

import io
import json
import struct
import tracemalloc
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openbadgeslib import baking as others
from PIL import Image

from certificates.badges import baking
from certificates.badges.baking import NAMESPACE, NotBaked, baked_png, baked_svg, extract
from shared import SHARED, needs_shared

JWT = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkaWQ6d2ViOngifQ.c2ln"
JSON = '{"name": "Zuhören & <verstehen> ]]> \\u0007 عربى 🙂"}'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8"/></svg>'


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "#0c5a5e").save(file, "PNG")
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def with_chunks(*chunks: bytes) -> bytes:
    """A PNG with these chunks before its end."""
    picture = png()
    return picture[:-12] + b"".join(chunks) + picture[-12:]


def text_chunk(text: bytes, packed: bool = False) -> bytes:
    data = zlib.compress(text) if packed else text
    return chunk(b"iTXt", baking.KEYWORD + (b"\0\1\0\0\0" if packed else b"\0\0\0\0\0") + data)


def said(badge: str) -> Any:
    """What JSON says; a token as it is."""
    return json.loads(badge) if badge.startswith("{") else badge


def svg_with(inside: str, before: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:ob="{NAMESPACE}">{inside}</svg>'
    ).encode()


@pytest.mark.parametrize("badge", [JSON, JWT], ids=["json", "jwt"])
def test_what_was_put_in_comes_out_as_it_was(badge):
    assert extract(baked_png(png(), badge)) == badge
    assert said(extract(baked_svg(SVG, badge))) == said(badge)


@given(st.text(st.characters(codec="utf-8")))
@example("a\ufffeb\uffffc\ufdd0 ]]> ]]\uffff \\]]> <![CDATA[")
@settings(deadline=None)
def test_whatever_the_badge_says(text):
    badge = json.dumps({"name": text}, ensure_ascii=False)
    assert extract(baked_png(png(), badge)) == badge
    assert said(extract(baked_svg(SVG, badge))) == {"name": text}


@pytest.mark.parametrize("text", ["plain", "a\ufffeb\uffffc", "a ]]> b"])
def test_a_drawing_is_well_formed_and_begins_with_its_badge_in_one_section(text):
    badge = json.dumps({"name": text}, ensure_ascii=False)
    baked = baked_svg(SVG, badge)
    root = etree.fromstring(baked)
    assert root.nsmap["openbadges"] == NAMESPACE
    assert [child.tag for child in root] == [
        f"{{{NAMESPACE}}}credential",
        "{http://www.w3.org/2000/svg}path",
    ]
    assert json.loads(root[0].text) == {"name": text}
    assert baked.count(b"<![CDATA[") == 1


@pytest.mark.parametrize("badge", [JSON, JWT], ids=["json", "jwt"])
def test_another_library_takes_out_the_same(badge):
    keyword, element = others.ITXT_KEYWORD_OB3, others.SVG_ELEMENT_OB3
    assert others.extract_png(baked_png(png(), badge), keyword=keyword) == badge
    baked = baked_svg(SVG, badge)
    found = others.extract_svg(baked, element=element, text_fallback=True)
    assert said(found) == said(badge)


def test_a_baked_picture_is_still_that_picture():
    with Image.open(io.BytesIO(baked_png(png(), JSON))) as picture:
        picture.load()
        assert picture.size == (8, 8)
        assert picture.text["openbadgecredential"] == JSON


@needs_shared
@pytest.mark.parametrize("name", ["simple-json.png", "simple-json.svg"])
def test_the_standards_own_samples_are_read(name):
    found = extract((SHARED / "credentials" / "ob30" / name).read_bytes())
    assert found.startswith("{")
    assert '"Teamwork Badge"' in found


def test_a_packed_badge_is_read_although_ours_are_not_packed():
    assert extract(with_chunks(text_chunk(JSON.encode(), packed=True))) == JSON


def test_text_of_other_kinds_is_passed_over():
    other = chunk(b"iTXt", b"Comment\0\0\0\0\0{}")
    assert extract(with_chunks(other, text_chunk(b"{}"))) == "{}"
    assert extract(svg_with("<text>{1}</text><ob:credential>{2}</ob:credential>")) == "{2}"


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (png(), "There is no badge in this picture"),
        (SVG, "There is no badge in this picture"),
        (with_chunks(text_chunk(b"{}"), text_chunk(b"{}")), "more than one badge"),
        (svg_with("<ob:credential>{}</ob:credential>" * 2), "more than one badge"),
        (svg_with("<ob:credential verify='a'/><ob:credential>{}</ob:credential>"), "more than one"),
        (baked_png(png(), JSON)[:-30], "is broken"),
        (baked_png(png(), JSON)[:-8], "cut short"),
        (baked_png(png(), JSON) + b"%PDF-1.7", "something behind the end"),
        (with_chunks(text_chunk(b"{}"))[:60] + b"x" + png()[61:], "is broken"),
        (with_chunks(text_chunk(b"\xff\xfe")), "cannot be read"),
        (with_chunks(chunk(b"iTXt", baking.KEYWORD + b"\0\1\0\0\0no zlib")), "cannot be read"),
        (with_chunks(text_chunk(b"{" * ((256 << 10) + 1))), "too large"),
        (with_chunks(text_chunk(bytes(60 << 20), packed=True)), "too large"),
        (with_chunks(*[chunk(b"tEXt", b"")] * 2001), "more parts than any picture"),
        (b"x" * ((4 << 20) + 1), "at most 4 MB"),
        (b"", "neither a PNG nor an SVG"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b'<?xml version="1.0" encoding="no-such"?><svg/>', "neither a PNG nor an SVG"),
        (b"<html><svg/></html>", "neither a PNG nor an SVG"),
        (svg_with("<g>"), "neither a PNG nor an SVG"),
        (svg_with("<g>" * 100 + "</g>" * 100), "more parts than a badge"),
        (svg_with("<g/>" * 20_000), "more parts than a badge"),
        (svg_with("&a;", '<!DOCTYPE svg [<!ENTITY a "b">]>'), "declares entities"),
        (svg_with("", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "declares"),
    ],
)
def test_what_is_no_baked_badge_is_refused_in_words(picture, words):
    with pytest.raises(NotBaked, match=words):
        extract(picture)


@given(st.binary(max_size=300), st.integers(0, 400))
@settings(deadline=None)
def test_any_octets_are_read_or_refused(octets, at):
    baked = baked_png(png(), JSON)
    for picture in (octets, baked[:at] + octets + baked[at:], SVG[:at] + octets + SVG[at:]):
        with suppress(NotBaked):
            assert isinstance(extract(picture), str)


@pytest.mark.parametrize(
    "picture",
    [
        with_chunks(text_chunk(bytes(200 << 20), packed=True)),
        with_chunks(*[text_chunk(bytes(8 << 20), packed=True)] * 300),
        svg_with("<ob:credential>" + "x" * (3 << 20) + "</ob:credential>"),
    ],
    ids=["bomb", "many bombs", "long text"],
)
def test_a_bomb_takes_little_memory(picture):
    tracemalloc.start()
    with pytest.raises(NotBaked):
        extract(picture)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20
