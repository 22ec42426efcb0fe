"""Requests for files, answered straight out of the zip."""

import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packed import canonical_of, zipped
from scorm.packages.serving import content_type, find, respond

PAGE = b"<p>" + bytes(random.Random(1).randbytes(200_000)) + b"text" * 100_000
FILM = random.Random(2).randbytes(150_000)
FILES = {"page.html": PAGE, "film.mp4": FILM, "empty.js": b"", "empty.mp4": b""}


ZIP, INDEX, _ = canonical_of(zipped(FILES))


def ask(name, *, accepts_gzip=True, **more):
    answer = respond(INDEX, name, gzip=accepts_gzip, **more)
    return answer, b"".join(answer.body(io.BytesIO(ZIP)))


@pytest.mark.parametrize("name", ["page.html", "empty.js"])
def test_a_deflated_file_goes_out_as_gzip_without_being_inflated(name):
    answer, body = ask(name)
    assert gzip.decompress(body) == FILES[name]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(body)
    assert not answer.inflate


@pytest.mark.parametrize("name", ["page.html", "empty.js"])
def test_who_takes_no_gzip_gets_the_file_inflated_in_small_pieces(name):
    answer = respond(INDEX, name, gzip=False)
    pieces = list(answer.body(io.BytesIO(ZIP)))
    assert b"".join(pieces) == FILES[name]
    assert max(map(len, pieces)) <= 64 * 1024
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(FILES[name])


@pytest.mark.parametrize("name", ["film.mp4", "empty.mp4"])
def test_a_stored_file_goes_out_as_it_is(name):
    answer, body = ask(name)
    assert (answer.status, body) == (200, FILES[name])
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Vary" not in answer.headers


def test_a_file_is_kept_for_ever():
    headers = ask("film.mp4")[0].headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("byte_range", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("Bytes=149990-", 149990, 149999),
        ("bytes=-5", 149995, 149999),
        ("bytes=149990-999999", 149990, 149999),
        ("bytes=-999999", 0, 149999),
    ],
)
def test_a_range_is_answered_by_offset(byte_range, first, last):
    answer, body = ask("film.mp4", byte_range=byte_range)
    assert (answer.status, body) == (206, FILM[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/150000"
    assert int(answer.headers["Content-Length"]) == len(body)


@pytest.mark.parametrize("byte_range", ["bytes=150000-", "bytes=999999-9999999", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_satisfied(byte_range):
    answer, body = ask("film.mp4", byte_range=byte_range)
    assert (answer.status, body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */150000"


@pytest.mark.parametrize(
    "byte_range", ["bytes=0-1,5-6", "bytes=5-4", "bytes=-", "lines=1-2", "", f"bytes={'9' * 5000}-"]
)
def test_a_range_nobody_understands_is_passed_over(byte_range):
    assert ask("film.mp4", byte_range=byte_range)[0].status == 200


def test_a_range_of_another_version_gets_the_whole():
    tag = ask("film.mp4")[0].headers["ETag"]
    assert ask("film.mp4", byte_range="bytes=0-1", if_range=tag)[0].status == 206
    assert ask("film.mp4", byte_range="bytes=0-1", if_range='"other"')[0].status == 200
    assert ask("film.mp4", byte_range="bytes=0-1", if_range=f"W/{tag}")[0].status == 200


def test_a_deflated_file_has_no_ranges():
    answer, _ = ask("page.html", byte_range="bytes=0-1")
    assert (answer.status, answer.headers["Accept-Ranges"]) == (200, "none")


def test_the_two_forms_of_a_file_have_tags_of_their_own():
    tags = {ask("page.html", accepts_gzip=accepts)[0].headers["ETag"] for accepts in (True, False)}
    assert len(tags) == 2
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("pattern", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_file_is_told_so(pattern):
    tag = ask("page.html")[0].headers["ETag"]
    answer, body = ask("page.html", if_none_match=pattern.format(tag))
    assert (answer.status, body) == (304, b"")
    assert answer.headers["ETag"] == tag


def test_who_has_another_file_gets_this_one():
    assert ask("page.html", if_none_match='"other"')[0].status == 200


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_every_range_gives_the_bytes_it_says(first, last):
    answer, body = ask("film.mp4", byte_range=f"bytes={first}-{last}")
    if answer.status == 206:
        assert body == FILM[first : last + 1]
    else:
        assert answer.status == (416 if first >= len(FILM) and last >= first else 200)


@given(st.text(max_size=20), st.text("bytes=-,0123456789 ", max_size=20))
def test_no_header_breaks_an_answer(text, byte_range):
    answer, _ = ask("film.mp4", byte_range=byte_range, if_none_match=text, if_range=text)
    assert answer.status in (200, 206, 304, 416)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.html", "text/html"),
        ("a/B.HTM", "text/html"),
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.vtt", "text/vtt"),
        ("a.m3u8", "application/vnd.apple.mpegurl"),
        ("a.woff2", "font/woff2"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.m4a", "audio/mp4"),
        ("noending", "application/octet-stream"),
        ("a.strange", "application/octet-stream"),
    ],
)
def test_a_file_has_its_media_type(name, media_type):
    assert content_type(name) == media_type


NAMES = {
    name: [0, 0, 0, 0, 0]
    for name in ("a.html", "B/Page One.html", "é.html", "x.js", "X.js", "C#.html", "a%23b.html")
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("a.html", "a.html"),
        ("A.HTML", "a.html"),
        ("b/page one.html", "B/Page One.html"),
        ("e\u0301.html", "é.html"),
        ("x.js", "x.js"),
        ("x.JS", None),
        ("C%23.html", "C#.html"),
        ("a%23b.html", "a%23b.html"),
        ("none.html", None),
        ("../a.html", None),
    ],
)
def test_a_name_finds_its_file_whatever_its_capitals(asked, found):
    assert find(NAMES, asked) == found
