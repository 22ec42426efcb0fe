import errno
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from lms.authoring import OutputRefused, SourceError, build, package
from lms.authoring.lom import LOM, MD_12
from lms.authoring.manifest import ADLCP, ADLCP_12, CP, CP_12, IMSSS
from scorm.packages.archive import Limits
from scorm.packages.check import check
from servers import ROOT
from shared import SHARED, needs_shared

STANDARDS = ["2004", "1.2"]


def manifest(file):
    with zipfile.ZipFile(file) as members:
        return etree.fromstring(members.read("imsmanifest.xml"))


@pytest.fixture
def built(course, tmp_path):
    def of(standard):
        return build(course, tmp_path / f"{standard}.zip", standard)

    return of


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_same_sources_give_the_same_bytes(course, tmp_path, standard):
    first, second = (build(course, tmp_path / name, standard).file for name in ("a.zip", "b.zip"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("standard", STANDARDS)
def test_neither_the_machine_nor_the_age_of_the_files_changes_a_byte(course, tmp_path, standard):
    here = build(course, tmp_path / "here.zip", standard).file
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in sorted(course.iterdir(), reverse=True):
        (copy / path.name).write_bytes(path.read_bytes())
        os.utime(copy / path.name, (0, 0))
    words = ("courses", "build", copy, "--output", tmp_path / "there.zip", "--standard", standard)
    elsewhere = {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "lms.command", *words],
        cwd=ROOT,
        env={**os.environ, **elsewhere},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert (tmp_path / "there.zip").read_bytes() == here.read_bytes()


@pytest.mark.parametrize("standard", STANDARDS)
def test_our_own_check_finds_nothing_to_mend(built, standard):
    report, found = check(built(standard).file, Limits())
    assert report.accepted
    assert report.findings == ()
    # In 1.2 sites would count the page of all sources as a lesson that is not done.
    beside = ["Sources and words"] if standard == "2004" else []
    assert [item.title for item in found.organization.items] == [
        "The first part",
        "The second part",
        "The quiz",
        *beside,
    ]


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_manifest_lists_every_file_of_the_package(built, standard):
    file = built(standard).file
    listed = manifest(file).xpath("//*[local-name()='file']/@href")
    assert sorted(listed) == sorted(set(zipfile.ZipFile(file).namelist()) - {"imsmanifest.xml"})


def test_what_was_built_is_told(course, tmp_path):
    ticks = iter([1.0, 3.5])
    done = build(course, tmp_path / "x.zip", "2004", lambda: next(ticks))
    plain = done.to_plain()
    assert (plain["seconds"], plain["questions"], plain["standard"]) == (2.5, 2, "2004")
    assert plain["bytes"] == (tmp_path / "x.zip").stat().st_size
    assert [page["path"] for page in plain["pages"]] == [
        "part-1.html",
        "part-2.html",
        "quiz.html",
        "sources.html",
    ]


def test_in_2004_the_parts_complete_and_the_quiz_decides(built):
    ss = {"ss": IMSSS, "cp": CP}
    root = manifest(built("2004").file)
    *parts, quiz, sources = root.findall(".//cp:item", ss)
    for part in parts:
        rules = part.find("ss:sequencing/ss:rollupRules", ss)
        assert dict(rules.attrib) == {
            "rollupObjectiveSatisfied": "false",
            "objectiveMeasureWeight": "0",
        }
    objective = quiz.find("ss:sequencing/ss:objectives/ss:primaryObjective", ss)
    assert objective.get("satisfiedByMeasure") == "true"
    assert objective.findtext("ss:minNormalizedMeasure", namespaces=ss) == "0.5"
    assert {tuple(each.attrib.items()) for each in root.findall(".//ss:deliveryControls", ss)} == {
        (("completionSetByContent", "true"), ("objectiveSetByContent", "true"))
    }
    assert dict(sources.find("ss:sequencing/ss:rollupRules", ss).attrib) == {
        "rollupObjectiveSatisfied": "false",
        "rollupProgressCompletion": "false",
        "objectiveMeasureWeight": "0",
    }
    control = root.find(".//cp:organization/ss:sequencing/ss:controlMode", ss)
    assert dict(control.attrib) == {"choice": "true", "flow": "true"}


def test_in_12_the_quiz_carries_the_mastery_score(built):
    names = {"cp": CP_12, "adlcp": ADLCP_12}
    items = manifest(built("1.2").file).findall(".//cp:item", names)
    scores = [item.findtext("adlcp:masteryscore", namespaces=names) for item in items]
    assert scores == [None, None, "50"]


@pytest.mark.parametrize(("standard", "kind"), [("2004", ADLCP), ("1.2", ADLCP_12)])
def test_every_page_is_a_sco_but_that_of_the_sources(built, standard, kind):
    name = "scormType" if standard == "2004" else "scormtype"
    kinds = manifest(built(standard).file).xpath(f"//@a:{name}", namespaces={"a": kind})
    assert kinds == ["sco", "sco", "sco", "asset", "asset"]


XML = "scorm2004-4th/xml.xsd"
SCHEMAS = {
    "2004": (
        "scorm2004-4th",
        ("imscp_v1p1", "adlcp_v1p3", "adlseq_v1p3", "adlnav_v1p3", "imsss_v1p0", "lom"),
        (
            CP,
            ADLCP,
            "http://www.adlnet.org/xsd/adlseq_v1p3",
            "http://www.adlnet.org/xsd/adlnav_v1p3",
            IMSSS,
            "http://ltsc.ieee.org/xsd/LOM",
        ),
    ),
    "1.2": (
        "scorm12",
        # Without imsmd_rootv1p2p1, whose content models libxml2 holds to be ambiguous.
        ("imscp_rootv1p1p2", "adlcp_rootv1p2"),
        (CP_12, ADLCP_12),
    ),
}


@pytest.fixture
def translated(course):
    """The small course has a French translation of its words."""
    (course / "fr").mkdir()
    words = 'title = "Un petit cours"\nsummary = "Résumé."\nnotice = "Note."\nlicence = "CC0"\n'
    (course / "fr" / "course.toml").write_text(words, "utf-8")


@pytest.mark.parametrize(("standard", "space"), [("2004", LOM), ("1.2", MD_12)])
def test_the_manifest_says_the_languages_and_the_title_in_each(built, translated, standard, space):
    root = manifest(built(standard).file)
    general = root.find(f".//{{{space}}}general")
    assert [each.text for each in general.findall(f"{{{space}}}language")] == ["en", "fr"]
    assert [each.text for each in general.find(f"{{{space}}}title")] == [
        "A small course",
        "Un petit cours",
    ]


@needs_shared
@pytest.mark.parametrize("standard", STANDARDS)
def test_the_manifest_is_valid_by_the_standards_own_schemas(built, translated, standard):
    folder, names, spaces = SCHEMAS[standard]
    place = SHARED / "scorm" / "xsd" / folder
    schema = offline_schema(place, names, spaces)
    document = manifest(built(standard).file)
    if standard == "1.2":
        etree.strip_elements(document, f"{{{MD_12}}}lom")
    assert schema.validate(document), schema.error_log


def offline_schema(folder, names, spaces):
    """One schema over all namespaces, with addresses of other schemas found in the folder."""

    class Near(etree.Resolver):
        def resolve(self, url, public_id, context):
            name = url.rsplit("/", 1)[-1]
            if name == "ims_xml.xsd":  # libxml2 refuses its default namespace; the twin is taken
                return self.resolve_filename(str(folder.parent / XML), context)
            if url.startswith("http"):
                return self.resolve_filename(str(folder / name), context)
            return None

    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(Near())
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{folder.as_uri()}/{name}.xsd"/>'
        for name, space in zip(names, spaces, strict=True)
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def test_a_part_that_has_grown_too_big_is_named(course, tmp_path):
    part = course / "02-second.md"
    part.write_text(part.read_text() + "word " * 30_000)
    with pytest.raises(SourceError, match=r"02-second.md: This makes a page of 1\d\d kB"):
        build(course, tmp_path / "x.zip")


def test_a_pool_that_has_grown_too_big_is_named(course, tmp_path):
    asked = "word " * 60
    pool = "".join(f"{asked}{number}? {{=yes ~no}}\n\n" for number in range(200))
    (course / "quiz.gift").write_text(pool)
    with pytest.raises(SourceError, match=r"quiz.gift: .* Take some questions out of the pool"):
        build(course, tmp_path / "x.zip")


def test_a_package_that_has_grown_too_big_leaves_the_older_one(course, tmp_path, monkeypatch):
    older = build(course, tmp_path / "x.zip").file.read_bytes()
    monkeypatch.setattr(package, "PACKAGE_LIMIT", 10)
    with pytest.raises(SourceError, match="Make two courses of it"):
        build(course, tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == older
    assert not list(tmp_path.glob(".build-*"))


def test_a_place_that_is_not_there_is_refused(course, tmp_path):
    with pytest.raises(OutputRefused, match="No such file or directory"):
        build(course, tmp_path / "none" / "x.zip")


def test_a_folder_in_the_packages_place_is_refused(course, tmp_path):
    (tmp_path / "x.zip").mkdir()
    with pytest.raises(OutputRefused, match="something else than a package is there"):
        build(course, tmp_path / "x.zip")


@pytest.mark.parametrize("link", [False, True])
def test_a_text_in_the_packages_place_is_left_as_it_was(course, tmp_path, link):
    place = course / "quiz.gift"
    before = place.read_bytes()
    if link:
        place = tmp_path / "x.zip"
        place.symlink_to(course / "quiz.gift")
    with pytest.raises(OutputRefused, match="something else than a package is there"):
        build(course, place)
    assert (course / "quiz.gift").read_bytes() == before
    assert not list(tmp_path.rglob(".build-*"))


def test_a_name_that_no_file_can_have_is_refused(course, tmp_path):
    with pytest.raises(OutputRefused, match="File name too long"):
        build(course, tmp_path / ("x" * 300))


def test_a_disk_that_is_full_leaves_the_older_package(course, tmp_path, monkeypatch):
    older = build(course, tmp_path / "x.zip").file.read_bytes()

    def full(*_any):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OutputRefused, match="No space left on device"):
        build(course, tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == older
    assert not list(tmp_path.glob(".build-*"))


def test_an_empty_file_in_the_packages_place_is_replaced(course, tmp_path):
    (tmp_path / "x.zip").touch()
    assert zipfile.is_zipfile(build(course, tmp_path / "x.zip").file)


def test_a_device_in_the_packages_place_is_refused(course):
    with pytest.raises(OutputRefused):
        build(course, Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_another_standard_is_a_mistake_of_the_caller(course, tmp_path):
    with pytest.raises(ValueError, match=r"standard must be one of 2004, 1\.2"):
        build(course, tmp_path / "x.zip", "aicc")
