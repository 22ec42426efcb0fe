"""Packages as tools and enemies make them, through the upload page and the command line."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from servers import INI, ROOT, Client, Server
from shared import SHARED, needs_shared
from sites import upload
from smallest import MANIFEST_12

EDGE = SHARED / "scorm" / "edge-cases"
REPORTS = {
    "AdlAttributes_SCORM20043rdEdition": (False, "index.html"),
    "ComplexNestedOrganization_SCORM12": (False, "module1.html"),
    "InvalidFileReferences_SCORM12": (False, "nonexistent.html"),
    "ItemWithNonExistentResourceId_SCORM12": (True, "Item 1"),
    "MalformedXml_SCORM12": (False, "opened in line 24"),
    "MinimalValid_SCORM20043rdEdition": (False, "index.html"),
    "MissingLaunchUrl_SCORM12": (False, "no file to open"),
    "PrerequisitesTest_SCORM12": (True, "AND"),
}
"""What becomes of each edge case, and words of its report."""
MEGABYTE = 1024 * 1024


def zipped(*members, manifest=MANIFEST_12, compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("imsmanifest.xml", manifest)
        archive.writestr("page.html", "<p>Hello")
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@cache
def bomb() -> bytes:
    """A gigabyte of zeros in a megabyte, written piece by piece."""
    out = io.BytesIO(zipped())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(1024):
            member.write(bytes(MEGABYTE))
    return out.getvalue()


def encrypted() -> bytes:
    """The flag that says so, set in every header."""
    content = bytearray(zipped())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghij")
)
LAUGHS = f"""<?xml version="1.0"?>
<!DOCTYPE manifest [<!ENTITY a "ha ha ha ">{ENTITIES}]>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">
<organizations><organization identifier="o"><title>&j;</title></organization></organizations>
<resources/></manifest>"""
"""Nine gigabytes of laughter, for whoever lets entities be expanded."""

HOSTILE = {
    "zip-bomb": (bomb, "zip-bomb", "unpack"),
    "path-climbing": (lambda: zipped(("../../evil.txt", "x")), "zip-path", "leave the package"),
    "encrypted": (encrypted, "zip-encrypted", "password"),
    "truncated": (lambda: zipped()[:-60], None, "zip"),
    "entity-bomb": (lambda: zipped(manifest=LAUGHS), None, "entit"),
    "no-zip": (lambda: b"A letter to the editor.", None, "zip"),
    "nothing": (lambda: b"", None, "zip"),
}


def stored(folder: Path) -> list[Path]:
    return list((folder / "blobs").rglob("*.blob"))


@pytest.fixture
def own_tmp(tmp_path, monkeypatch):
    """Temporary files go here, so that what is left over can be seen."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def assert_nothing_stored(site, folder, own_tmp):
    with site.write() as root:
        assert list(root["site"].packages.values()) == []
        assert list(root["site"].packages.versions) == []
    assert stored(folder) == []
    assert list(own_tmp.iterdir()) == []
    assert list((folder / "uploads").iterdir()) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_in_words_and_leaves_nothing(site, tmp_path, own_tmp, name):
    make, _rule, words = HOSTILE[name]
    page = upload(site.signed_in("author"), f"{name}.zip", make())
    assert "Nothing was stored" in page.text
    findings = page.html.find("ul", class_="findings").get_text(" ").lower()
    assert words in findings
    assert_nothing_stored(site, tmp_path, own_tmp)


@needs_shared
@pytest.mark.parametrize("path", sorted(EDGE.glob("*.zip")), ids=lambda path: path.stem)
def test_an_odd_package_gets_the_right_report(site, tmp_path, own_tmp, path):
    taken_in, words = REPORTS[path.stem]
    page = upload(site.signed_in("author"), path.name, path.read_bytes())
    assert ("Make a course" in page.text) == taken_in
    assert ("Nothing was stored" in page.text) != taken_in
    if taken_in:
        assert list(own_tmp.iterdir()) == []
    else:
        assert_nothing_stored(site, tmp_path, own_tmp)
    assert words in page.html.find("main").get_text(" ")


def test_the_same_package_again_leaves_no_file_behind(site, tmp_path, own_tmp):
    author = site.signed_in("author")
    for _ in range(2):
        assert "Make a course" in upload(author, "a.zip", zipped()).text
    assert len(stored(tmp_path)) == 2  # as it is served, and as it was sent
    assert list(own_tmp.iterdir()) == []


def test_a_form_without_a_file_says_so(site):
    author = site.signed_in("author")
    page = author.get("/packages/")
    form = next(form for form in page.forms.values() if "package" in form.fields)
    assert "Choose a file first" in form.submit(status=422).text


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_line_refuses_it_too(tmp_path, name):
    make, rule, words = HOSTILE[name]
    file = tmp_path / f"{name}.zip"
    file.write_bytes(make())
    ini = tmp_path / "site.ini"
    ini.write_text(INI.format(shown=1, port=1, data=tmp_path / "data", zodb=ROOT / "zodb.conf"))
    command = [sys.executable, "-m", "lms.command", "packages", "check", str(file), "--json"]
    done = subprocess.run(
        [*command, "--config", str(ini)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    plain = json.loads(done.stdout)
    worst = [found for found in plain["findings"] if found["severity"] == "error"]
    assert worst
    assert any(words in f"{found['message']} {found['remedy']}".lower() for found in worst)
    assert all(found["remedy"] for found in worst)
    if rule:
        assert rule in [found["rule"] for found in worst]


@needs_shared
def test_a_site_that_is_sent_them_all_stays_under_200_mb(tmp_path):
    server = Server(tmp_path)
    server.run("init")
    server.add_people("author", role="author")
    server.start()
    author = Client(server)
    author.sign_in("author")
    taken_in = []
    packages = [make() for make, _rule, _words in HOSTILE.values()]
    for content in [*packages, *(path.read_bytes() for path in sorted(EDGE.glob("*.zip")))]:
        taken_in.append("Make a course" in author.upload(content))
    peak = server.peak_memory()
    author.close()
    server.stop()
    assert taken_in == [False] * len(HOSTILE) + [REPORTS[name][0] for name in sorted(REPORTS)]
    assert peak < 200 * MEGABYTE
