"""Packages made for one test each."""

import struct
import zipfile
import zlib
from dataclasses import replace

import pytest

from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.packages.grammar import RULES
from tests.scorm.packages.pages import GOOD_PAGE

HEADS = {
    "1.2": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
        ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
        "1.2",
    ),
    "2nd": ("", "CAM 1.3"),
    "3rd": ("", "2004 3rd Edition"),
    "4th": ("", "2004 4th Edition"),
}
HEAD_2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
    ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
ONE_ITEM = '<item identifier="i" identifierref="r"><title>One</title></item>'
ONE_RESOURCE = (
    '<resource identifier="r" type="webcontent" adlcp:{}="sco" href="index.html">'
    '<file href="index.html"/></resource>'
)


@pytest.fixture
def manifest():
    """Makes the text of a manifest: its items, its resources, and what else is asked for."""

    def make(
        items=ONE_ITEM,
        resources=None,
        *,
        edition="1.2",
        before="",
        root="",
        organizations=None,
        after="",
        holder="",
        version=None,
    ):
        namespaces, said = HEADS[edition]
        said = said if version is None else version
        if resources is None:
            resources = ONE_RESOURCE.format("scormtype" if edition == "1.2" else "scormType")
        if organizations is None:
            organizations = (
                '<organizations default="o"><organization identifier="o"><title>Test</title>'
                f"{items}</organization></organizations>"
            )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'{before}<manifest identifier="m" {namespaces or HEAD_2004} {root}>\n'
            f"<metadata><schemaversion>{said}</schemaversion></metadata>\n"
            f"{organizations}\n<resources {holder}>{resources}</resources>\n{after}\n</manifest>"
        )

    return make


@pytest.fixture
def package(tmp_path, manifest):
    """Makes a zip of files by name, with a whole small course unless ``bare``."""

    def make(files=None, *, bare=False, name="package.zip", **more):
        path = tmp_path / name
        whole = {} if bare else {"imsmanifest.xml": manifest(), "index.html": GOOD_PAGE}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in {**whole, **(files or {}), **more}.items():
                archive.writestr(member, content)
        return path

    return make


@pytest.fixture
def read(package, manifest):
    """Checks a course given as for ``manifest`` and its other files; the report and manifest. What
    the grammar says of such a rough manifest is left out: it has tests of its own."""

    def read(*parts, files=(), **more):
        pages = dict.fromkeys(("index.html", *files), GOOD_PAGE)
        content = {"imsmanifest.xml": manifest(*parts, **more), "readme.txt": "\n".join(pages)}
        path = package({**content, **pages}, bare=True)
        report, course = check(path, Limits())
        findings = tuple(one for one in report.findings if one.rule not in RULES)
        return replace(report, findings=findings), course

    return read


@pytest.fixture
def sequencing(read):
    """Reads the sequencing of a course's one item, given as what ``imsss:sequencing`` holds; it
    and the rules of the findings."""

    def of(text, *, edition="4th", more="", collection=""):
        report, manifest = read(
            '<item identifier="i" identifierref="r"><title>One</title>'
            f"<imsss:sequencing {more}>{text}</imsss:sequencing></item>",
            edition=edition,
            after=f"<imsss:sequencingCollection>{collection}</imsss:sequencingCollection>",
        )
        found = manifest.organization.items[0].sequencing
        return found, [finding.rule for finding in report.findings]

    return of


@pytest.fixture
def raw_zip(tmp_path):
    """Makes a zip byte by byte, from ``(name, method, data, crc, size, more)`` tuples, where
    ``more`` may give ``flags``, ``extra``, ``attributes``, ``at`` and ``packed``."""

    def make(entries, name="raw.zip", end=b""):
        path = tmp_path / name
        directory = b""
        with path.open("wb") as file:
            for raw, method, data, crc, size, *rest in entries:
                more = rest[0] if rest else {}
                at = more.get("at", file.tell())
                packed = more.get("packed", len(data))
                flags, extra = more.get("flags", 0), more.get("extra", b"")
                if "at" not in more:
                    file.write(
                        struct.pack(
                            "<4s5H3L2H",
                            *(b"PK\x03\x04", 20, flags, method, 0, 0x21),
                            *(crc, packed, size, len(raw), 0),
                        )
                        + raw
                        + data
                    )
                directory += struct.pack(
                    "<4s4B4H3L5H2L",
                    *(b"PK\x01\x02", 20, 3, 20, 0, flags, method, 0, 0x21),
                    *(crc, packed, size, len(raw), len(extra), 0, 0, 0),
                    *(more.get("attributes", 0), at),
                )
                directory += raw + extra
            start = file.tell()
            file.write(directory + end)
            count = len(entries) & 0xFFFF
            file.write(
                struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
            )
        return path

    return make


@pytest.fixture
def stored():
    """An entry for ``raw_zip`` that is stored."""

    def make(name, content=b"x", **more):
        name = name.encode() if isinstance(name, str) else name
        return name, 0, content, zlib.crc32(content), len(content), more

    return make


@pytest.fixture
def rules():
    """The rules that fired on a package file, the gravest first."""

    def names(path, limits=None):
        report, _manifest = check(path, limits or Limits())
        return [finding.rule for finding in report.findings]

    return names
