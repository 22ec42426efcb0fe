"""What the check says of honest, broken and hostile packages as a whole."""

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from scorm.packages.addresses import split_address
from scorm.packages.archive import Limits
from scorm.packages.check import check, prepare
from scorm.packages.document import parse
from scorm.packages.findings import PackageRefused
from scorm.packages.manifest import Manifest
from scorm.packages.reading import Reader
from shared import SHARED, needs_shared
from tests.scorm.packages.pages import GOOD_PAGE

EDGE = SHARED / "scorm" / "edge-cases"
GOLF = SHARED / "scorm" / "golf"
CTS = SHARED / "scorm" / "cts"

PAGE = '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="{}"/>'


def is_grave(finding):
    return finding.severity in ("error", "warning")


def prepared(path: Path):
    with io.BytesIO() as destination, path.open("rb") as source:
        return prepare(source, destination, Limits())


@needs_shared
@pytest.mark.parametrize(
    ("name", "accepted", "rule", "words"),
    [
        ("AdlAttributes_SCORM20043rdEdition", False, "launch-file-missing", "index.html"),
        ("ComplexNestedOrganization_SCORM12", False, "launch-file-missing", "module1.html"),
        ("InvalidFileReferences_SCORM12", False, "launch-file-missing", "nonexistent.html"),
        ("ItemWithNonExistentResourceId_SCORM12", True, "resource-missing", "Item 1"),
        ("MalformedXml_SCORM12", False, "manifest-malformed", "<item>, opened in line 24"),
        ("MinimalValid_SCORM20043rdEdition", False, "launch-file-missing", "index.html"),
        ("MissingLaunchUrl_SCORM12", False, "launch-missing", "no file to open"),
    ],
)
def test_an_odd_package_gets_the_right_report(name, accepted, rule, words):
    report, manifest = check(EDGE / f"{name}.zip", Limits())
    first = report.findings[0]
    assert (report.accepted, manifest is not None) == (accepted, accepted)
    assert (first.severity, first.rule, first.file) == ("error", rule, "imsmanifest.xml")
    assert words in first.message
    assert first.line
    assert all(finding.message.endswith(".") for finding in report.findings)


@needs_shared
def test_prerequisites_are_read_as_text():
    report, manifest = check(EDGE / "PrerequisitesTest_SCORM12.zip", Limits())
    mended = [finding for finding in report.findings if finding.severity == "mended"]
    found = [(finding.rule, finding.line) for finding in mended]
    assert found == [("prerequisites-words", line) for line in (30, 35)]
    assert [item.prerequisites for item in manifest.organization.items] == [
        None,
        "module1",
        "module1 AND module2",
        "(module1 AND module2) OR module3",
    ]


@needs_shared
def test_every_missing_file_of_a_refused_package_is_told():
    report, _ = check(EDGE / "InvalidFileReferences_SCORM12.zip", Limits())
    missing = [finding for finding in report.findings if finding.rule == "file-missing"]
    assert len(missing) == 4


@needs_shared
def test_the_part_that_cannot_be_opened_is_left_without_address():
    _, manifest = check(EDGE / "ItemWithNonExistentResourceId_SCORM12.zip", Limits())
    launches = [item.launch for item in manifest.organization.items]
    assert launches == [None, "content/item2.html"]


@needs_shared
@pytest.mark.parametrize("path", sorted(GOLF.glob("*.zip")), ids=lambda path: path.stem)
def test_a_real_package_is_accepted_without_a_false_alarm(path):
    found = prepared(path)
    grave = {finding.rule: finding for finding in found.report.findings if is_grave(finding)}
    expected = {"page-language": "shared/assessmenttemplate.html"}
    if "SingleSCO" in path.stem:
        expected["sco-silent"] = "shared/launchpage.html"
    if "PostTestRollup" in path.stem:
        expected["foreign-host"] = "shared/launchpage.html"
    assert {rule: finding.file for rule, finding in grave.items()} == expected
    plain = json.loads(json.dumps(found.manifest.to_plain()))
    assert Manifest.from_plain(plain) == found.manifest
    said = f"SCORM{found.manifest.edition}".replace(".", "").replace(" ", "")
    assert said in path.stem


@needs_shared
@pytest.mark.parametrize("path", sorted(CTS.glob("*.xml")), ids=lambda path: path.name)
def test_a_manifest_of_the_test_suite_is_read_without_a_false_alarm(path):
    root, mended = parse(path.read_bytes())
    resources = Reader(root, []).resources.values()
    addresses = (resource.base + resource.href for resource in resources)
    reader = Reader(root, [unquote(split_address(address)[0]) for address in addresses])
    manifest = reader.manifest()
    assert mended == []
    assert [finding.message for finding in reader.findings] == []
    assert manifest.edition == "2004 4th"


def test_a_package_in_a_folder_is_taken_from_there(package, manifest):
    files = {"course/imsmanifest.xml": manifest(), "course/index.html": GOOD_PAGE, "readme.txt": ""}
    found = prepared(package(files, bare=True))
    assert set(found.index) == {"imsmanifest.xml", "index.html"}
    rules = [finding.rule for finding in found.report.findings]
    assert rules == ["manifest-folder", "files-outside"]


def test_a_manifest_in_wrong_case_is_taken(package, manifest):
    files = {"IMSMANIFEST.XML": manifest(), "index.html": GOOD_PAGE}
    found = prepared(package(files, bare=True))
    assert set(found.index) == {"imsmanifest.xml", "index.html"}
    assert [finding.rule for finding in found.report.findings] == ["manifest-case"]


def test_the_highest_manifest_of_several_is_taken(package, manifest, rules):
    assert rules(package({"more/imsmanifest.xml": "<x/>"})) == []
    twins = {f"{folder}/imsmanifest.xml": manifest() for folder in ("a", "b")}
    path = package({**twins, "a/index.html": GOOD_PAGE, "b/index.html": ""}, bare=True)
    assert rules(path) == ["packages-several", "manifest-folder", "files-outside"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("readme.txt", "no imsmanifest.xml, so it is not a SCORM package"),
        ("tincan.xml", "an xAPI"),
        ("a/cmi5.xml", "a cmi5 package"),
        ("course.zip", r"another zip in it: course\.zip"),
    ],
)
def test_a_zip_without_manifest_is_called_what_it_is(package, name, words):
    path = package({name: "x"}, bare=True)
    with path.open("rb") as source, pytest.raises(PackageRefused, match=words) as refused:
        prepare(source, io.BytesIO(), Limits())
    assert refused.value.report.findings[0].rule == "manifest-missing"


def test_a_manifest_that_is_too_large_is_refused(package, rules):
    assert rules(package(), Limits(manifest=100)) == ["file-too-large"]


def test_a_damaged_page_refuses_the_package(raw_zip, stored, manifest, rules):
    whole = [stored("imsmanifest.xml", manifest().encode()), stored("index.html")]
    assert rules(raw_zip([*whole, (b"a.js", 0, b"abc", 0, 3)])) == ["zip-damaged"]


def test_a_manifest_with_entities_is_refused(package, manifest, rules):
    content = manifest(before='<!DOCTYPE manifest [<!ENTITY a "a">]>')
    assert rules(package({"imsmanifest.xml": content}, bare=True)) == ["manifest-entities"]


def test_a_program_is_told(package, rules):
    assert rules(package({"setup.EXE": "x", "readme.txt": "setup.exe"})) == ["file-executable"]


def test_a_foreign_host_is_told_with_file_and_line(package):
    page = "<p>\n<script src='//cdn.example.org/x.js'></script>\n<a href='https://example.com'>"
    report, _ = check(package({"page.html": page, "readme.txt": "page.html"}), Limits())
    (found,) = report.findings
    assert (found.rule, found.file, found.line) == ("foreign-host", "page.html", 2)


def test_a_listed_file_that_is_missing_is_told_once_with_its_line(package, manifest):
    resource = PAGE.format("index.html").replace("/>", '><file href="no.js"/></resource>')
    files = {"imsmanifest.xml": manifest(resources=resource * 2), "index.html": ""}
    report, _ = check(package(files, bare=True), Limits())
    missing = [finding for finding in report.findings if finding.rule == "file-missing"]
    assert [(finding.message.split()[3], finding.line) for finding in missing] == [("no.js,", 5)]


def test_the_same_files_make_the_same_version_however_they_were_zipped(package, raw_zip, stored):
    path = package({"b.js": "text" * 99, "a.mp4": "film"})
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    other = raw_zip([stored(name, content[name]) for name in reversed(content)])
    one, two = prepared(path), prepared(other)
    assert (one.sha256, one.index, one.size) == (two.sha256, two.index, two.size)
    assert one.sha256 != prepared(package({"b.js": "other"})).sha256


def test_parts_that_can_be_opened_are_counted(package):
    assert check(package(), Limits())[0].items == 1


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp437", "résumé.html"),
        ("windows-1252", "résumé.html"),
        ("cp866", "урок.html"),
        ("gbk", "课程.html"),
    ],
)
def test_names_in_an_encoding_nobody_told_are_read_as_the_manifest_writes_them(
    raw_zip, stored, manifest, encoding, name
):
    text = manifest(resources=PAGE.format(name)).encode()
    entries = [
        stored("c/imsmanifest.xml", text),
        stored(f"c/{name}".encode(encoding), GOOD_PAGE.encode()),
    ]
    report, found = check(raw_zip(entries), Limits())
    assert found.organization.items[0].launch == name
    assert [finding.rule for finding in report.findings] == ["name-encoding", "manifest-folder"]


def test_names_in_an_encoding_nobody_told_stay_when_the_manifest_does_not_name_them(
    raw_zip, stored, manifest
):
    page = stored("index.html", GOOD_PAGE.encode())
    entries = [stored("imsmanifest.xml", manifest().encode()), page]
    report, _ = check(raw_zip([*entries, stored(b"\x82.js")]), Limits())
    assert [finding.rule for finding in report.findings] == ["name-encoding"]


def test_a_zip_with_nothing_in_it_is_refused_for_its_missing_manifest(package):
    with pytest.raises(PackageRefused) as refused:
        prepared(package(bare=True))
    assert [finding.rule for finding in refused.value.report.findings] == ["manifest-missing"]


def test_progress_is_told_in_bytes_up_to_all_of_them(package):
    path, told = package({"film.mp4": bytes(3_000_000)}), []
    check(path, Limits(), lambda done, whole: told.append((done, whole)))
    with zipfile.ZipFile(path) as archive:
        whole = sum(member.file_size for member in archive.infolist())
    assert len(told) >= 4
    assert told == sorted(told)
    assert {of for _done, of in told} == {whole}
    assert told[-1] == (whole, whole)


def test_who_prepares_a_package_is_told_of_its_progress_too(package):
    told = []
    with package().open("rb") as source:
        prepare(source, io.BytesIO(), Limits(), lambda done, whole: told.append(done == whole))
    assert told[-1]
