"""The one zip that is kept of a package."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packed import canonical_of, zipped
from scorm.packages.archive import Archive, Limits
from scorm.packages.canonical import Canonical
from scorm.packages.directory import ArchiveRefused

PAGE = b"<p>" + b"text " * 1000
NAMES = ["a.html", "folder/é.js", "film.mp4", "sound.WAV", "no ending", "data.bin"]


def content_in(zipped: bytes, place: list[int]) -> bytes:
    offset, packed, _size, method, _crc = place
    raw = zipped[offset : offset + packed]
    return zlib.decompress(raw, -15) if method else raw


@given(
    st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=3000), max_size=6),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_every_file_comes_out_as_it_went_in(files, method):
    made, index, _ = canonical_of(zipped(files, method))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert {name: content_in(made, place) for name, place in index.items()} == files
    assert all(place[2] == len(files[name]) for name, place in index.items())
    assert all(place[4] == zlib.crc32(files[name]) for name, place in index.items())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_media_are_stored_and_text_is_deflated(method):
    _, index, _ = canonical_of(zipped({"film.MP4": PAGE, "page.html": PAGE}, method))
    assert [index[name][3] for name in ("film.MP4", "page.html")] == [0, 8]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_of_no_known_kind_stays_as_it_was(method):
    _, index, _ = canonical_of(zipped({"slides.dat": PAGE}, method))
    assert index["slides.dat"][3] == method


def test_what_is_deflated_already_is_not_packed_again():
    poorly = zipped({"page.html": PAGE}, level=1)
    with zipfile.ZipFile(io.BytesIO(poorly)) as archive:
        packed = archive.infolist()[0].compress_size
    _, index, _ = canonical_of(poorly)
    assert index["page.html"][1] == packed


def test_bytes_after_the_end_of_a_deflated_file_are_left_out(raw_zip):
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = pack.compress(PAGE) + pack.flush()
    path = raw_zip([(b"page.html", 8, deflated + b"hidden", zlib.crc32(PAGE), len(PAGE))])
    made, index, _ = canonical_of(path.read_bytes())
    assert index["page.html"][1] == len(deflated)
    assert b"hidden" not in made


def test_one_package_is_one_version_however_it_was_packed():
    files = {"a.html": PAGE, "b.mp4": b"film"}
    digests = {
        canonical_of(zipped(files, zipfile.ZIP_STORED))[2],
        canonical_of(zipped(files, zipfile.ZIP_DEFLATED, 1))[2],
        canonical_of(zipped(dict(reversed(files.items()))))[2],
    }
    assert len(digests) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"a.html": PAGE + b" "},
        {"b.html": PAGE},
        {"a.html": PAGE, "b.html": b""},
        {"a.htm": b"l" + PAGE},
    ],
)
def test_another_content_or_name_is_another_version(other):
    assert canonical_of(zipped({"a.html": PAGE}))[2] != canonical_of(zipped(other))[2]


def test_a_damaged_file_is_refused_whether_it_is_packed_again_or_not(raw_zip):
    for name in (b"page.html", b"film.mp4"):
        path = raw_zip([(name, 0, PAGE, zlib.crc32(PAGE) ^ 1, len(PAGE))])
        with pytest.raises(ArchiveRefused):
            canonical_of(path.read_bytes())


class Claims(Archive):
    """A zip whose files are said to be huge, so that the wide records come in."""

    SIZE = 3 * 1024**3

    def __init__(self, content: bytes):
        super().__init__(io.BytesIO(zipped({"film.mp4": content})), Limits())
        entry = self.members["film.mp4"]
        self.members["film.mp4"] = type(entry)(
            entry.name, None, entry.at, entry.packed, self.SIZE, 0, entry.crc, False, False
        )

    def pieces(self, name, packed=None):
        packed(b"film")
        yield b"film"


def test_sizes_beyond_what_short_records_hold_stand_in_wide_ones():
    destination = io.BytesIO()
    canonical = Canonical(destination)
    list(canonical.take(Claims(b"film"), "film.mp4", "film.mp4"))
    canonical.finish()
    (found,) = zipfile.ZipFile(destination).infolist()
    assert (found.file_size, found.compress_size) == (Claims.SIZE, 4)
    offset = canonical.index["film.mp4"][0]
    assert destination.getvalue()[offset : offset + 4] == b"film"
    local = struct.unpack_from("<2HQQ", destination.getvalue(), offset - 20)
    assert local == (1, 16, Claims.SIZE, 4)


def test_more_files_than_short_records_count_are_all_listed():
    files = {f"{n}.txt": b"" for n in range(66_000)}
    archive = Archive(io.BytesIO(zipped(files)), Limits(files=70_000))
    destination = io.BytesIO()
    canonical = Canonical(destination)
    for name in archive.members:
        list(canonical.take(archive, name, name))
    canonical.finish()
    assert len(zipfile.ZipFile(destination).namelist()) == len(files)
