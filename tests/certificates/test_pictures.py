"""Pictures of templates: what comes in is drawn anew; what is no picture stays outside."""

import io

import pytest
from PIL import Image

import images
from certificates import pictures
from certificates.pictures import PictureRefused, cleaned


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("sent", [images.png(), images.jpeg(), images.webp()])
def test_each_kind_of_picture_is_taken_and_becomes_a_png(sent):
    found = opened(cleaned(sent, "seal"))
    assert (found.format, found.size) == ("PNG", (40, 20))
    assert found.convert("RGB").getpixel((20, 10)) == pytest.approx((12, 90, 94), abs=2)


def test_a_background_that_covers_all_becomes_a_jpeg():
    content = cleaned(images.png(), "background")
    assert opened(content).format == "JPEG"
    assert pictures.media_type(content) == "image/jpeg"


def test_what_can_be_seen_through_stays_so():
    content = cleaned(images.png(colour=(12, 90, 94, 100)), "background")
    assert opened(content).getpixel((20, 10)) == (12, 90, 94, 100)
    assert pictures.media_type(content) == "image/png"


@pytest.mark.parametrize(
    ("name", "size"),
    [("seal", (800, 400)), ("background", (2480, 1240)), ("signature-2", (1200, 600))],
)
def test_a_picture_is_kept_no_larger_than_it_is_printed(name, size):
    assert opened(cleaned(images.jpeg((3000, 1500)), name)).size == size


def test_a_picture_taken_with_the_phone_on_its_side_stands_upright():
    assert opened(cleaned(images.jpeg_with_a_secret(orientation=6), "seal")).size == (20, 40)


@pytest.mark.parametrize(
    "sent",
    [images.png_with_a_secret(), images.jpeg_with_a_secret(), images.polyglot()],
    ids=["comment", "exif", "polyglot"],
)
@pytest.mark.parametrize("name", ["seal", "background"])
def test_nothing_hidden_in_the_file_is_kept(sent, name):
    assert images.SECRET in sent
    content = cleaned(sent, name)
    assert images.SECRET not in content
    assert b"script" not in content
    assert set(opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_same_file_gives_the_same_picture():
    assert cleaned(images.jpeg(), "seal") == cleaned(images.jpeg(), "seal")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7",
        images.SVG,
        images.EPS,
        images.gif(),
        images.png()[:60],
        images.jpeg()[:-200],
        images.webp()[:20],
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        images.text_bomb(),
    ],
    ids=["empty", "pdf", "svg", "eps", "gif", "png", "jpeg", "webp", "garbled", "text bomb"],
)
def test_what_is_no_picture_or_a_damaged_one_is_refused(sent):
    with pytest.raises(PictureRefused, match="not a PNG, JPEG or WebP picture"):
        cleaned(sent, "seal")


@pytest.mark.parametrize("size", [(5001, 5000), (10_000, 10_000), (60_000, 60_000)], ids=str)
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises(PictureRefused, match="more than 25 million pixels"):
        cleaned(images.bomb(*size), "background")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(PictureRefused, match="larger than 5 MB"):
        cleaned(images.png() + bytes(pictures.MOST_BYTES), "seal")
