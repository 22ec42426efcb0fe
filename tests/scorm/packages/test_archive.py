"""What is refused and mended of a zip, before anybody looks at its manifest."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.archive import LONGEST_NAME, Archive, Limits, safe_name, size
from scorm.packages.directory import ArchiveRefused

ROOT = Path(__file__).parents[3]


def opened(path, limits=None):
    return Archive(io.BytesIO(path.read_bytes()), limits or Limits())


def found(archive):
    return [finding.rule for finding in archive.findings]


def test_a_zip_with_a_password_is_refused(package, rules):
    path = package()
    content = bytearray(path.read_bytes())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert rules(path) == ["zip-encrypted"]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil", "a/../../evil", "C:/evil", "..\\evil", "c:\\evil", "a\0b"]
)
def test_a_path_that_leaves_the_package_is_refused(raw_zip, stored, rules, name):
    assert rules(raw_zip([stored(name)])) == ["zip-path"]


@pytest.mark.parametrize("kind", [0o120777, 0o020666, 0o060666, 0o010666])
def test_a_link_or_device_is_refused(raw_zip, stored, rules, kind):
    assert rules(raw_zip([stored("link", attributes=kind << 16)])) == ["zip-link"]


def test_a_plain_file_with_unix_rights_is_taken(raw_zip, stored):
    assert list(opened(raw_zip([stored("a", attributes=0o100644 << 16)])).members) == ["a"]


def test_two_files_of_one_name_are_refused(raw_zip, stored, rules):
    assert rules(raw_zip([stored("a.html"), stored("./a.html")])) == ["zip-duplicate"]


def test_two_files_that_differ_in_capitals_are_told(package, rules):
    assert rules(package({"a.txt": "1", "A.txt": "a.txt"})) == ["name-case"]


def test_an_unusual_compression_is_refused(raw_zip, rules):
    assert rules(raw_zip([(b"a", 12, b"x", 0, 1)])) == ["zip-method"]


def test_folders_and_the_root_itself_are_no_files(raw_zip, stored):
    archive = opened(raw_zip([stored("./", b""), stored("folder\\", b""), stored("a/b.html")]))
    assert list(archive.members) == ["a/b.html"]


def test_backslashes_are_mended_and_told_once(raw_zip, stored):
    archive = opened(raw_zip([stored("a\\b.html"), stored("a\\c.html")]))
    assert list(archive.members) == ["a/b.html", "a/c.html"]
    assert found(archive) == ["name-backslash"]


@pytest.mark.parametrize(
    "name", ["__MACOSX/._index.html", "a/.DS_Store", "Thumbs.db", "b/desktop.ini"]
)
def test_what_a_computer_puts_in_by_itself_is_left_out(package, name):
    archive = opened(package({name: "x"}))
    assert sorted(archive.members) == ["imsmanifest.xml", "index.html"]
    assert found(archive) == ["junk"]


def test_too_many_files_are_refused(package, rules):
    assert rules(package(), Limits(files=1)) == ["zip-too-many-files"]


def test_a_file_over_the_limit_is_refused_in_figures(package):
    with pytest.raises(ArchiveRefused, match="at most 10 bytes"):
        opened(package(), Limits(packed=10))


def test_more_content_than_can_be_taken_in_is_refused_in_figures(package):
    with pytest.raises(ArchiveRefused, match=r"unpack to 5 kB; at most 4 kB"):
        opened(package({"a": bytes(5000)}, bare=True), Limits(unpacked=4000))


def test_much_inflation_of_one_file_or_of_all_is_a_bomb(package):
    one = package({"a": bytes(100_000), "b": b"".join(map(bytes, [range(250)] * 9))}, bare=True)
    with pytest.raises(ArchiveRefused, match="zip bomb"):
        opened(one, Limits(ratio=100, ratio_from=50_000))
    many = package({str(number): bytes(9_000) for number in range(9)}, bare=True, name="many.zip")
    with pytest.raises(ArchiveRefused, match="zip bomb"):
        opened(many, Limits(ratio=30, ratio_from=50_000))


def test_much_inflation_of_a_small_file_is_none(package):
    assert opened(package({"a.html": " " * 100_000})).findings == []


def test_files_that_share_bytes_are_a_bomb(raw_zip, stored, rules):
    first = stored("a", b"x" * 100)
    again = (b"b", 0, b"x" * 100, first[3], 100, {"at": 0})
    assert rules(raw_zip([first, again])) == ["zip-bomb"]


def test_data_that_runs_into_the_next_file_are_a_bomb(raw_zip, stored):
    path = raw_zip([stored("a", b"x" * 40), stored("b")])
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, 28, 90)
    path.write_bytes(content)
    with pytest.raises(ArchiveRefused, match="zip bomb"):
        opened(path).read("a", 1000)


@pytest.mark.parametrize(
    ("method", "data", "crc", "claimed"),
    [
        (0, b"abc", 0, 3),
        (0, b"abc", zlib.crc32(b"abc"), 2),
        (8, b"\xff\xff\xff", 0, 3),
        (8, zlib.compress(b"abc", wbits=-15)[:-2], zlib.crc32(b"abc"), 3),
        (8, zlib.compress(b"abc", wbits=-15), zlib.crc32(b"abc"), 4),
    ],
)
def test_a_damaged_file_is_refused(raw_zip, method, data, crc, claimed):
    archive = opened(raw_zip([(b"a", method, data, crc, claimed)]))
    with pytest.raises(ArchiveRefused, match="damaged: a cannot be read"):
        archive.read("a", 100)


def test_a_file_without_its_header_is_damaged(raw_zip, stored):
    path = raw_zip([stored("a")])
    path.write_bytes(b"xxxx" + path.read_bytes()[4:])
    with pytest.raises(ArchiveRefused, match="damaged"):
        opened(path).read("a", 100)


def test_a_file_that_inflates_to_more_than_it_claims_is_a_bomb(raw_zip):
    packed = zlib.compress(bytes(5000), wbits=-15)
    archive = opened(raw_zip([(b"a", 8, packed, 0, 100)]))
    with pytest.raises(ArchiveRefused, match="zip bomb"):
        archive.read("a", 10_000)


def test_a_file_too_large_to_be_read_whole_is_told(package):
    with pytest.raises(ArchiveRefused, match="a has 500 bytes; at most 100 bytes"):
        opened(package({"a": bytes(500)})).read("a", 100)


def test_pieces_are_small_however_much_they_inflate(package):
    archive = opened(package({"a.html": bytes(9_000_000)}))
    assert max(map(len, archive.pieces("a.html"))) <= 1024 * 1024


def gigabytes_of_zeros(count):
    """Deflated zeros, 1 GiB each, made cheaply: whole blocks, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (1024 * count - 1) + packer.flush()


def most_memory(path) -> tuple[str, int]:
    """The gravest rule that fired, and the most memory the check took, in kB, in a process of its
    own. (``getrusage`` would count what the process that starts it has.)
    """
    code = (
        "import sys; from pathlib import Path\n"
        "from scorm.packages.check import check; from scorm.packages.archive import Limits\n"
        "report, _ = check(Path(sys.argv[1]), Limits(ratio=2000))\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(report.findings[0].rule, status.partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    rule, kilobytes = done.stdout.split()
    return rule, int(kilobytes)


def test_four_gigabytes_in_four_megabytes_are_refused_in_little_memory(
    raw_zip, stored, manifest, rules
):
    packed = gigabytes_of_zeros(4)
    whole = [stored("imsmanifest.xml", manifest().encode()), stored("index.html")]
    honest = raw_zip([*whole, (b"big.html", 8, packed, 0, 2**32 - 1)])
    assert rules(honest) == ["zip-bomb"]
    lying = raw_zip([*whole, (b"big.html", 8, packed, 0, 60_000_000)])
    rule, kilobytes = most_memory(lying)
    assert rule == "zip-bomb"
    assert kilobytes < 200_000


def test_a_bomb_of_shared_bytes_is_refused_in_little_memory(raw_zip, stored):
    packed = zlib.compress(bytes(2**20), wbits=-15)
    more = {"at": 0, "packed": len(packed)}
    first = (b"0", 8, packed, 0, 2**20)
    again = [(str(number).encode(), 8, b"", 0, 2**20, more) for number in range(1, 10_000)]
    rule, kilobytes = most_memory(raw_zip([first, *again]))
    assert rule == "zip-bomb"
    assert kilobytes < 200_000


def test_a_list_of_a_million_files_is_refused_in_little_memory(raw_zip):
    entry = (b"", 0, b"", 0, 0, {"at": 0})
    path = raw_zip([entry])
    one = path.read_bytes()[:-22]
    length = len(one) * 600_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, length, 100, 0)
    path.write_bytes(bytes(100) + one * 600_000 + end)
    rule, kilobytes = most_memory(path)
    assert rule == "zip-too-many-files"
    assert kilobytes < 200_000


@pytest.mark.parametrize(
    ("amount", "words"),
    [(999, "999 bytes"), (1500, "1.5 kB"), (2_000_000, "2 MB"), (2 * 1024**3, "2.1 GB")],
)
def test_a_size_is_told_in_figures_for_people(amount, words):
    assert size(amount) == words


@given(st.text(alphabet="aB./: \\%é", max_size=30))
def test_a_name_is_inside_the_package_or_refused(name):
    try:
        safe = safe_name(name.replace("\\", "/"), name)
    except ArchiveRefused:
        return
    assert not safe.startswith("/")
    assert not {"..", "."} & set(safe.split("/"))
    assert safe_name(safe, safe) == safe


@pytest.mark.parametrize("letter", [b"a", b"\x81"])
def test_a_name_that_no_computer_takes_is_refused(raw_zip, stored, rules, letter):
    """In UTF-8 it can be longer than a zip can say."""
    assert rules(raw_zip([stored(letter * 60_000)])) == ["zip-name"]


def test_a_name_as_long_as_computers_take_is_taken(raw_zip, stored):
    assert opened(raw_zip([stored("a" * LONGEST_NAME)])).members.keys() == {"a" * LONGEST_NAME}


def test_a_deflated_file_without_its_end_is_damaged(raw_zip):
    """All its bytes are there, but who is sent it as gzip would wait for the end."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(b"whole") + deflater.flush(zlib.Z_SYNC_FLUSH)
    path = raw_zip([(b"a", 8, packed, zlib.crc32(b"whole"), 5)])
    with pytest.raises(ArchiveRefused) as refused:
        b"".join(opened(path).pieces("a"))
    assert refused.value.finding.rule == "zip-damaged"


def test_an_empty_file_that_is_said_to_be_deflated_is_taken(raw_zip):
    assert b"".join(opened(raw_zip([(b"a", 8, b"", 0, 0)])).pieces("a")) == b""
