"""Requests for files, answered straight out of the zip."""

import gzip
import os
import random
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.buffers import ReadOnlyFileBasedBuffer

from packed import canonical_of, zipped
from scorm.packages.serving import CHUNK, Part, Zip, respond

PAGE = b"<p>" + bytes(random.Random(1).randbytes(200_000)) + b"text" * 100_000
FILM = random.Random(2).randbytes(150_000)
DRAWING = gzip.compress(b"<svg/>")
FILES = {
    "page.html": PAGE,
    "short.js": b"let x;",
    "film.mp4": FILM,
    "empty.js": b"",
    "empty.mp4": b"",
    "drawing.svgz": DRAWING,
}


def made():
    content, index, _ = canonical_of(zipped(FILES))
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return Zip(file.name), index


ZIP, INDEX = made()


def ask(name, *, accepts_gzip=True, **more):
    answer = respond(INDEX[name], name, gzip=accepts_gzip, **more)
    return answer, b"".join(answer.body(ZIP))


@pytest.mark.parametrize("name", ["page.html", "short.js", "empty.js"])
def test_a_deflated_file_goes_out_as_gzip_without_being_inflated(name):
    answer, body = ask(name)
    assert gzip.decompress(body) == FILES[name]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(body)
    assert not answer.inflate


@pytest.mark.parametrize("name", ["page.html", "empty.js"])
def test_who_takes_no_gzip_gets_the_file_inflated_in_small_pieces(name):
    answer = respond(INDEX[name], name, gzip=False)
    pieces = list(answer.body(ZIP))
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


def test_a_range_is_answered_by_offset():
    answer, body = ask("film.mp4", byte_range="bytes=10-19")
    assert (answer.status, body) == (206, FILM[10:20])
    assert answer.headers["Content-Range"] == "bytes 10-19/150000"
    assert answer.headers["Content-Length"] == "10"


def test_a_range_beyond_the_end_cannot_be_satisfied_and_nobody_keeps_that():
    answer, body = ask("film.mp4", byte_range="bytes=150000-")
    assert (answer.status, body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */150000"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_range_nobody_understands_is_passed_over():
    assert ask("film.mp4", byte_range="bytes=0-1,5-6")[0].status == 200


def test_a_range_of_another_version_gets_the_whole():
    tag = ask("film.mp4")[0].headers["ETag"]
    assert ask("film.mp4", byte_range="bytes=0-1", if_range=tag)[0].status == 206
    assert ask("film.mp4", byte_range="bytes=0-1", if_range='"other"')[0].status == 200
    assert ask("film.mp4", byte_range="bytes=0-1", if_range=f"W/{tag}")[0].status == 200


@pytest.mark.parametrize("byte_range", ["bytes=0-", None])
def test_a_long_file_is_read_as_it_is_taken(byte_range):
    answer = respond(INDEX["film.mp4"], "film.mp4", gzip=True, byte_range=byte_range)
    pieces = list(answer.body(ZIP))
    assert b"".join(pieces) == FILM
    assert max(map(len, pieces)) <= CHUNK
    assert isinstance(answer.body(ZIP), type(iter(Part(answer, ZIP))))


def test_a_server_that_reads_from_files_is_given_one():
    answer = respond(INDEX["page.html"], "page.html", gzip=True)
    taken = answer.body(ZIP, ReadOnlyFileBasedBuffer)
    length = int(answer.headers["Content-Length"])
    assert taken.prepare(length) == length
    body = b""
    while piece := taken.get(1000):
        body += piece[:700]  # as much as the line takes
        taken.skip(len(piece[:700]))
    assert gzip.decompress(body) == PAGE


@given(st.integers(0, 200_000), st.integers(1, 200_000))
def test_a_body_can_be_read_from_anywhere(start, size):
    answer, body = ask("page.html")
    part = Part(answer, ZIP)
    assert part.seek(0, os.SEEK_END) == len(body)
    assert part.seek(start) == part.tell() == start
    piece = part.read(size)
    assert body[start:].startswith(piece)
    assert len(piece) <= min(size, CHUNK)
    assert piece or start == len(body)


def test_a_zip_is_closed_when_nobody_reads_it(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"abc")

    def open_files():
        links = (f"/proc/self/fd/{handle}" for handle in os.listdir("/proc/self/fd"))
        return [link for link in links if os.path.realpath(link) == str(path)]

    source = Zip(path)
    assert source.read(1, 2) == b"bc"
    assert len(open_files()) == 1
    del source
    assert open_files() == []
    with pytest.raises(OSError, match="No such file"):
        Zip(tmp_path / "none.zip")


@pytest.mark.parametrize("name", ["film.mp4", "page.html", "short.js"])
def test_nothing_is_made_up_when_a_zip_has_been_cut_off(tmp_path, name):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK")
    answer = respond(INDEX[name], name, gzip=True)
    with pytest.raises(OSError, match="shorter than it was"):
        b"".join(answer.body(Zip(path)))


@pytest.mark.parametrize("accepts_gzip", [True, False])
def test_a_drawing_that_is_packed_by_itself_says_so(accepts_gzip):
    answer, body = ask("drawing.svgz", accepts_gzip=accepts_gzip)
    assert body == DRAWING
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Vary" not in answer.headers
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_packed_drawing_of_an_older_package_is_packed_once():
    _, index, _ = canonical_of(zipped({"drawing.xml": DRAWING}))
    answer = respond(index["drawing.xml"], "drawing.svgz", gzip=True)
    assert answer.inflate
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(DRAWING))


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


def test_who_wants_another_file_gets_none():
    tag = ask("page.html")[0].headers["ETag"]
    assert ask("page.html", if_match=f'"other", {tag}')[0].status == 200
    for pattern in ('"other"', f"W/{tag}"):
        answer, body = ask("page.html", if_match=pattern, if_none_match=tag)
        assert (answer.status, body) == (412, b"")
        assert answer.headers["Cache-Control"] == "no-store"


def test_who_has_another_file_gets_this_one():
    assert ask("page.html", if_none_match='"other"')[0].status == 200


@given(st.text(max_size=20), st.text("bytes=-,0123456789 ", max_size=20))
def test_no_header_breaks_an_answer(text, byte_range):
    answer, _ = ask(
        "film.mp4", byte_range=byte_range, if_match=text, if_none_match=text, if_range=text
    )
    assert answer.status in (200, 206, 304, 412, 416)
