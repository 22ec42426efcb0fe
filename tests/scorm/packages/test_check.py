"""What the check says of honest, broken and hostile packages."""

import io
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages import reading
from scorm.packages.archive import Limits
from scorm.packages.check import check, prepare
from scorm.packages.findings import PackageRefused
from shared import SHARED, needs_shared

EDGE = SHARED / "scorm" / "edge-cases"
GOLF = SHARED / "scorm" / "golf"

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Test</title>
<item identifier="i" identifierref="r"><title>One</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="{href}">
<file href="index.html"/></resource></resources></manifest>"""


def package(tmp_path: Path, files: dict[str, bytes | str], name="package.zip") -> Path:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return path


def plain(tmp_path, href="index.html", **more) -> Path:
    files = {"imsmanifest.xml": MANIFEST.format(href=href), "index.html": "<p>Hello"}
    return package(tmp_path, {**files, **more})


def rules(path: Path, limits: Limits | None = None) -> list[str]:
    report, _ = check(path, limits or Limits())
    return [finding.rule for finding in report.findings]


@needs_shared
@pytest.mark.parametrize(
    ("name", "accepted", "rule"),
    [
        ("AdlAttributes_SCORM20043rdEdition", False, "launch-file-missing"),
        ("ComplexNestedOrganization_SCORM12", False, "launch-file-missing"),
        ("InvalidFileReferences_SCORM12", False, "launch-file-missing"),
        ("ItemWithNonExistentResourceId_SCORM12", True, "resource-missing"),
        ("MalformedXml_SCORM12", False, "manifest-malformed"),
        ("MinimalValid_SCORM20043rdEdition", False, "launch-file-missing"),
        ("MissingLaunchUrl_SCORM12", False, "launch-missing"),
        ("PrerequisitesTest_SCORM12", True, None),
    ],
)
def test_an_odd_package_gets_the_right_report(name, accepted, rule):
    report, _ = check(EDGE / f"{name}.zip", Limits())
    assert report.accepted is accepted
    assert (report.findings[0].rule if report.findings else None) == rule
    assert all(finding.message.endswith(".") for finding in report.findings)


@needs_shared
@pytest.mark.parametrize("path", sorted(GOLF.glob("*.zip")), ids=lambda path: path.stem)
def test_a_real_package_is_accepted_and_its_manifest_survives_storage(path):
    report, manifest = check(path, Limits())
    assert report.accepted
    assert type(manifest).from_plain(manifest.to_plain()) == manifest


def test_the_line_of_a_malformed_manifest_is_told(tmp_path):
    path = package(tmp_path, {"imsmanifest.xml": "<manifest>\n<a>\n</manifest>"})
    report, _ = check(path, Limits())
    assert (report.findings[0].file, report.findings[0].line) == ("imsmanifest.xml", 3)


def test_a_file_that_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"not a zip at all")
    assert rules(path) == ["zip-unreadable"]


def test_a_truncated_zip_is_refused(tmp_path):
    path = plain(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    assert rules(path) == ["zip-truncated"]


def test_a_zip_with_a_password_is_refused(tmp_path):
    path = plain(tmp_path)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert rules(path) == ["zip-encrypted"]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "a/../../evil", "C:/evil", "..\\evil"])
def test_a_path_that_leaves_the_package_is_refused(tmp_path, name):
    assert rules(plain(tmp_path, **{name: "x"})) == ["zip-path"]


def test_a_link_is_refused(tmp_path):
    path = plain(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert rules(path) == ["zip-link"]


def test_two_files_of_one_name_are_refused(tmp_path):
    path = plain(tmp_path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("index.html", "again")
    assert rules(path) == ["zip-duplicate"]


def test_too_many_files_are_refused(tmp_path):
    assert rules(plain(tmp_path), Limits(files=1)) == ["zip-too-many-files"]


def test_a_file_over_the_limit_is_refused_in_figures(tmp_path):
    report, _ = check(plain(tmp_path), Limits(packed=10))
    assert report.findings[0].rule == "zip-too-large"
    assert "at most 10 bytes" in report.findings[0].message


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://example.org/x">',
    ],
)
def test_a_manifest_with_entities_is_refused(tmp_path, entities):
    manifest = MANIFEST.format(href="index.html").replace(
        "<manifest", f"<!DOCTYPE manifest [{entities}]><manifest", 1
    )
    assert rules(package(tmp_path, {"imsmanifest.xml": manifest})) == ["manifest-entities"]


def zeros(count: int) -> bytes:
    """That many mebibytes of zeros, deflated, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1024 * 1024)
    return b"".join([*(packer.compress(block) for _ in range(count)), packer.flush()])


def bomb(tmp_path: Path, claimed: int) -> Path:
    """A zip whose one file inflates to 300 MiB and claims to be ``claimed`` bytes."""
    path = plain(tmp_path)
    packed = zeros(300)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("big.html", "")
    content = path.read_bytes()
    name = b"big.html"
    local = content.find(b"PK\x03\x04", content.find(name) - 40)
    head = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0x21, 0, len(packed), claimed, len(name), 0
    )
    central_at = content.find(b"PK\x01\x02")
    rest = content[central_at:]
    at = rest.rfind(b"PK\x01\x02")
    entry = bytearray(rest[at : at + 46 + len(name)])
    struct.pack_into("<H", entry, 10, 8)
    struct.pack_into("<III", entry, 16, 0, len(packed), claimed)
    before = content[:local] + head + name + packed
    directory = rest[:at] + bytes(entry)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3, 3, len(directory), len(before), 0)
    path.write_bytes(before + directory + end)
    return path


@pytest.mark.parametrize("claimed", [300 * 1024 * 1024, 1000])
def test_a_zip_bomb_is_refused_within_200_megabytes(tmp_path, claimed):
    path = bomb(tmp_path, claimed)
    code = (
        "import sys, resource; from pathlib import Path\n"
        "from scorm.packages.check import check; from scorm.packages.archive import Limits\n"
        "report, _ = check(Path(sys.argv[1]), Limits())\n"
        "print(report.findings[0].rule, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    rule, kilobytes = done.stdout.split()
    assert rule in ("zip-bomb", "zip-damaged")
    assert int(kilobytes) < 200_000
    assert resource.RUSAGE_SELF == 0


def test_files_that_share_bytes_are_refused(tmp_path):
    path = plain(tmp_path)
    content = bytearray(path.read_bytes())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", content, second + 42, 0)
    path.write_bytes(content)
    assert rules(path)[0] in ("zip-bomb", "zip-damaged")


def test_a_package_in_a_folder_is_taken_from_there(tmp_path):
    files = {"course/imsmanifest.xml": MANIFEST.format(href="index.html"), "course/index.html": ""}
    with io.BytesIO() as destination, package(tmp_path, files).open("rb") as source:
        prepared = prepare(source, destination, Limits())
    assert set(prepared.index) == {"imsmanifest.xml", "index.html"}
    assert [finding.rule for finding in prepared.report.findings] == ["manifest-folder"]


@pytest.mark.parametrize(
    ("href", "mended"),
    [
        ("index.html", []),
        ("INDEX.html", ["launch-case"]),
        (".\\index.html", ["launch-address"]),
        ("file:///index.html", ["launch-address"]),
    ],
)
def test_an_address_as_tools_write_it_is_mended(tmp_path, href, mended):
    report, manifest = check(plain(tmp_path, href=href), Limits())
    assert manifest.organization.items[0].launch == "index.html"
    assert [finding.rule for finding in report.findings] == mended


def test_a_part_that_opens_another_website_is_refused(tmp_path):
    assert rules(plain(tmp_path, href="https://example.org/x"))[0] == "launch-elsewhere"


def test_a_foreign_host_is_told_with_file_and_line(tmp_path):
    page = "<p>\n<script src='//cdn.example.org/x.js'></script>\n<a href='https://example.com'>"
    report, _ = check(plain(tmp_path, **{"page.html": page}), Limits())
    found = report.findings[0]
    assert (found.rule, found.file, found.line) == ("foreign-host", "page.html", 2)
    assert len(report.findings) == 1


def test_a_manifest_in_another_encoding_is_mended(tmp_path):
    manifest = MANIFEST.format(href="index.html").replace("Test", "Été").encode("windows-1252")
    path = package(tmp_path, {"imsmanifest.xml": manifest, "index.html": ""})
    report, found = check(path, Limits())
    assert found.title == "Été"
    assert report.findings[0].rule == "manifest-encoding"


def test_the_same_files_make_the_same_version(tmp_path):
    one = package(tmp_path, {"imsmanifest.xml": MANIFEST.format(href="a.html"), "a.html": "x"})
    two = package(
        tmp_path, {"a.html": "x", "imsmanifest.xml": MANIFEST.format(href="a.html")}, "two.zip"
    )
    hashes = set()
    for path in (one, two):
        with io.BytesIO() as destination, path.open("rb") as source:
            hashes.add(prepare(source, destination, Limits()).sha256)
    assert len(hashes) == 1


def test_a_refused_package_says_why(tmp_path):
    path = package(tmp_path, {"readme.txt": "x"})
    with path.open("rb") as source, pytest.raises(PackageRefused, match=r"no imsmanifest\.xml"):
        prepare(source, io.BytesIO(), Limits())


@pytest.mark.parametrize(
    ("address", "parameters", "joined"),
    [
        ("a.html", "?x=1", "a.html?x=1"),
        ("a.html", "&x=1", "a.html?x=1"),
        ("a.html", "x=1", "a.html?x=1"),
        ("a.html?y=2", "?x=1", "a.html?y=2&x=1"),
        ("a.html", "#part", "a.html#part"),
        ("a.html#here", "?x=1", "a.html?x=1#here"),
        ("a.html#here", "#there", "a.html#here"),
        ("a.html", "", "a.html"),
    ],
)
def test_parameters_are_joined_as_the_book_says(address, parameters, joined):
    assert reading.join_parameters(address, parameters) == joined


@given(st.text(alphabet="ab./\\% "))
def test_no_path_leaves_the_package(path):
    parts = reading.normal_path(path).split("/")
    assert ".." not in parts
    assert not reading.normal_path(path).startswith("/")
