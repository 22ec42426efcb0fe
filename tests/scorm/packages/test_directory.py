"""The list of files at the end of a zip, as tools and attackers write it."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.packages.archive import Archive, Limits
from scorm.packages.directory import ArchiveRefused, read_directory


def listed(content: bytes, most=100):
    return read_directory(io.BytesIO(content), len(content), most)


def small() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.html", "hello")
        archive.writestr("b.html", "world")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"not a zip at all, and longer than its end", "This file is not a zip file"),
        (b"Rar!\x1a\x07 and more than twenty-two bytes", "This file is a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c and more than that, too", "This file is a 7-Zip archive"),
    ],
)
def test_what_is_no_zip_is_called_what_it_is(content, words):
    with pytest.raises(ArchiveRefused, match=words) as refused:
        listed(content)
    assert refused.value.finding.rule == "zip-unreadable"


@pytest.mark.parametrize("cut", [1, 10, 22, 40, 100, 150])
def test_a_zip_whose_end_is_missing_is_not_whole(cut):
    with pytest.raises(ArchiveRefused) as refused:
        listed(small()[:-cut])
    assert refused.value.finding.rule == "zip-truncated"


@pytest.mark.parametrize("cut", [1, 40, 60])
def test_a_zip_whose_beginning_is_missing_is_not_whole(cut):
    with pytest.raises(ArchiveRefused):
        listed(small()[cut:])


def test_a_list_with_a_hole_is_not_whole():
    content = small()
    second = content.rfind(b"PK\x01\x02")
    with pytest.raises(ArchiveRefused, match="not whole"):
        listed(content[:second] + b"XXXX" + content[second + 4 :])


def test_a_name_longer_than_the_list_is_not_whole():
    content = bytearray(small())
    struct.pack_into("<H", content, content.rfind(b"PK\x01\x02") + 28, 60_000)
    with pytest.raises(ArchiveRefused, match="not whole"):
        listed(bytes(content))


def test_a_file_placed_beyond_the_list_is_damage():
    content = bytearray(small())
    struct.pack_into("<L", content, content.rfind(b"PK\x01\x02") + 42, 10_000)
    with pytest.raises(ArchiveRefused, match=r"damaged: it places b\.html"):
        listed(bytes(content))


def test_what_stands_before_or_after_the_zip_is_passed_over():
    content = b"MZ program" * 50 + small() + b"\r\n" * 20
    archive = Archive(io.BytesIO(content), Limits())
    assert archive.read("b.html", 100) == b"world"


def test_a_zip_without_files_has_none():
    assert listed(struct.pack("<4s4H2LH", b"PK\x05\x06", *[0] * 7)) == []


def test_a_list_longer_than_any_honest_one_is_refused():
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 40 * 1024**2, 0, 0)
    with pytest.raises(ArchiveRefused, match="more than 100 files"):
        listed(b"PK\x01\x02" + bytes(40 * 1024**2) + end)


def wide(content: bytes, *, locator=True, record=True) -> bytes:
    """The zip with the end that zips beyond 4 GiB have."""
    start, length = content.find(b"PK\x01\x02"), 0
    end = content.rfind(b"PK\x05\x06")
    length = end - start
    after = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06" if record else b"XXXX", 44, 45, 45, 0, 0, 2, 2, length, start
    )
    place = struct.pack("<4sLQL", b"PK\x06\x07" if locator else b"XXXX", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return content[:end] + after + place + last


def test_the_end_that_large_zips_have_is_read():
    assert [entry.name for entry in listed(wide(small()))] == ["a.html", "b.html"]


@pytest.mark.parametrize("missing", ["locator", "record"])
def test_a_large_zip_without_its_record_is_not_whole(missing):
    with pytest.raises(ArchiveRefused, match="not whole"):
        listed(wide(small(), **{missing: False}))


def test_a_large_zip_with_something_before_it_is_read():
    assert [entry.name for entry in listed(b"MZ program" * 9 + wide(small()))] == [
        "a.html",
        "b.html",
    ]


def test_a_list_that_would_reach_beyond_its_end_is_not_whole():
    content = bytearray(small())
    length = struct.unpack_from("<L", content, len(content) - 10)[0]
    struct.pack_into("<L", content, len(content) - 10, length + 1)
    with pytest.raises(ArchiveRefused, match="not whole"):
        listed(bytes(content))


def test_sizes_beyond_four_gigabytes_come_from_the_extra_field(raw_zip, stored):
    extra = struct.pack("<2HQ", 1, 8, 5 * 2**30)
    path = raw_zip([(b"a", 8, b"xx", 0, 0xFFFFFFFF, {"extra": extra})])
    assert listed(path.read_bytes())[0].size == 5 * 2**30


def test_a_second_disk_is_not_whole():
    content = bytearray(small())
    struct.pack_into("<H", content, len(content) - 18, 1)
    with pytest.raises(ArchiveRefused, match="not whole"):
        listed(bytes(content))


@pytest.mark.parametrize(
    ("raw", "more", "name", "guessed"),
    [
        ("é.html".encode(), {"flags": 0x800}, "é.html", False),
        ("é.html".encode(), {}, "é.html", False),
        (b"\x82.html", {}, "é.html", True),
        (b"\x82.html", {"flags": 0x800}, "é.html", True),
    ],
)
def test_a_name_is_decoded_as_far_as_it_tells(raw_zip, stored, raw, more, name, guessed):
    entry = listed(raw_zip([stored(raw, **more)]).read_bytes())[0]
    assert (entry.name, entry.legacy is not None) == (name, guessed)


def test_the_unicode_name_wins_when_it_belongs_to_the_other(raw_zip, stored):
    for crc, name in ((zlib.crc32(b"\x82"), "ü"), (0, "é")):
        extra = b"\x01" + struct.pack("<L", crc) + "ü".encode()
        field = struct.pack("<2H", 0x7075, len(extra)) + extra
        assert listed(raw_zip([stored(b"\x82", extra=field)]).read_bytes())[0].name == name


@settings(max_examples=300)
@given(st.data())
def test_no_change_of_a_zip_does_more_than_refuse_it(data):
    content = bytearray(small())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = Archive(io.BytesIO(bytes(content)), Limits())
        for name in archive.members:
            archive.read(name, 10_000)
    except ArchiveRefused:
        return


@pytest.mark.parametrize("before", [b"", b"l"])
def test_the_end_of_a_zip_that_is_itself_cut_off_is_no_zip(tmp_path, rules, before):
    path = tmp_path / "cut.zip"
    path.write_bytes(before + b"PK\x05\x06" + bytes(10))
    assert rules(path) == ["zip-unreadable"]
