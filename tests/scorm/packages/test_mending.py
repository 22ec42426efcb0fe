"""Packages as tools really write them: each opens the right file, and what was mended is said."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.packages.checks.watch import RULES

OLD = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)
NEW = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
    ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
ITEM = '<item identifier="i" identifierref="r" {}><title>Part</title>{}</item>'
PLAIN = ITEM.format("", "")


def resource(href="index.html", more="", inner="", name="r", kind="sco", scorm="adlcp:scormtype"):
    return (
        f'<resource identifier="{name}" type="webcontent" {scorm}="{kind}" href="{href}" {more}>'
        f"{inner}</resource>"
    )


def manifest(
    item=PLAIN,
    resources=None,
    *,
    version="1.2",
    metadata=None,
    organizations=None,
    root="",
    holder="",
    after="",
    head=None,
):
    new = version != "1.2"
    if metadata is None:
        metadata = (
            f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>"
            "</metadata>"
        )
    if organizations is None:
        organizations = (
            '<organizations default="o"><organization identifier="o"><title>Course</title>'
            f"{item}</organization></organizations>"
        )
    if resources is None:
        resources = resource(scorm="adlcp:scormType" if new else "adlcp:scormtype")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest identifier="m" {head or (NEW if new else OLD)} {root}>\n{metadata}\n'
        f"{organizations}\n<resources {holder}>{resources}</resources>\n{after}</manifest>\n"
    )


def addressed(href, **more):
    return manifest(resources=resource(href, **more))


INNER = (
    '<manifest identifier="sub" xml:base="s/"><organizations default="p">'
    '<organization identifier="x"><title>X</title></organization>'
    '<organization identifier="p"><title>P</title><item identifier="j" identifierref="q">'
    "<title>J</title></item></organization></organizations><resources>"
    '<resource identifier="q" type="webcontent" adlcp:scormtype="sco" href="i.html"/></resources>'
    "</manifest>"
)
FOURTH = "2004 4th Edition"
NESTED = ITEM.format("", "").replace('"i"', '"DMC-S1000D.A-00-00.001"')
CHAIN = (
    resource(inner='<dependency identifierref="a"/>')
    + resource("a.js", inner='<dependency identifierref="b"/>', name="a", kind="asset")
    + resource("b.js", inner='<dependency identifierref="a"/>', name="b", kind="asset")
)

# what it is: the manifest, the files beside it, what is opened, what the report says
ODD = {
    # where the files are
    "a folder around everything": (
        {"course/imsmanifest.xml": manifest(), "course/index.html": "x"},
        ["index.html"],
        ["manifest-folder"],
    ),
    "a folder around everything, and a computer's own": (
        {"c/imsmanifest.xml": manifest(), "c/index.html": "x", "__MACOSX/c/._index.html": "x"},
        ["index.html"],
        ["manifest-folder", "junk"],
    ),
    "capitals": (
        {"IMSManifest.XML": manifest(), "Index.HTML": "x"},
        ["Index.HTML"],
        ["manifest-case", "launch-case"],
    ),
    "schemas beside the manifest": (
        {"imsmanifest.xml": manifest(), "index.html": "x", "imscp_rootv1p1p2.xsd": "<schema/>"},
        ["index.html"],
        [],
    ),
    # addresses
    "back-slashes": (addressed("a\\b.html"), ["a/b.html"], ["launch-address"]),
    "back-slashes in the base": (
        addressed("b.html", more='xml:base=".\\a\\"'),
        ["a/b.html"],
        ["launch-address"],
    ),
    "a file: URL": (addressed("file:///C:/x/a/b.html"), ["a/b.html"], ["launch-address"]),
    "a path from the root": (addressed("/index.html"), ["index.html"], ["launch-address"]),
    "blanks and accents": (addressed("Leçon 1/Début.html"), ["Leçon 1/Début.html"], []),
    "blanks and accents, coded": (
        addressed("Le%C3%A7on%201/D%C3%A9but.html"),
        ["Leçon 1/Début.html"],
        [],
    ),
    "coded twice": (addressed("a/c%2520d.html"), ["a/c d.html"], ["launch-address"]),
    "a plus for a blank": (addressed("a/c+d.html"), ["a/c d.html"], ["launch-address"]),
    "a lone percent sign": (addressed("100%.html"), ["100%.html"], ["schema-address"]),
    "a page with a query": (
        addressed("scormdriver/indexAPI.html?a=1&amp;b=2#c"),
        ["scormdriver/indexAPI.html?a=1&b=2#c"],
        [],
    ),
    "a query that is not written as XML has it": (
        addressed("index.html?a=1&b=2"),
        ["index.html?a=1&b=2"],
        ["manifest-ampersand"],
    ),
    "a folder instead of its page": (addressed("a/"), ["a/index.html"], ["launch-address"]),
    "blanks around": (addressed(" index.html "), ["index.html"], []),
    # xml:base
    "a base of ./": (addressed("./index.html", more='xml:base="./"'), ["index.html"], []),
    "a base without slash": (addressed("b.html", more='xml:base="a"'), ["a/b.html"], []),
    "a base at every level": (
        manifest(
            resources=resource("d.html", more='xml:base="c/"'),
            root='xml:base="a/"',
            holder='xml:base="b/"',
        ),
        ["a/b/c/d.html"],
        [],
    ),
    "a base and an address that repeats it": (
        addressed("a/b.html", more='xml:base="a/"'),
        ["a/b.html"],
        ["launch-address"],
    ),
    "a base that is a file": (
        addressed("b.html", more='xml:base="a/imsmanifest.xml"'),
        ["a/b.html"],
        ["launch-address"],
    ),
    # parameters
    **{
        f"parameters {written}": (
            manifest(
                ITEM.format(f'parameters="{written}"', ""), resources=resource("index.html?z=1#y")
            ),
            [f"index.html?z=1{query}#y"],
            [],
        )
        for written, query in {
            "?a=1": "&a=1",
            "&amp;a=1": "&a=1",
            "a=1": "&a=1",
            "#x": "",
            "?a=1#x": "&a=1",
            "": "",
        }.items()
    },
    "a part of a page as parameters": (
        manifest(ITEM.format('parameters="#part"', "")),
        ["index.html#part"],
        [],
    ),
    # encodings
    "UTF-16": (manifest().replace("UTF-8", "UTF-16").encode("utf-16"), ["index.html"], []),
    "UTF-16 that says UTF-8": (manifest().encode("utf-16"), ["index.html"], []),
    "UTF-8 that says UTF-16": (
        manifest().replace("UTF-8", "UTF-16").encode(),
        ["index.html"],
        ["manifest-encoding"],
    ),
    "a byte order mark": (b"\xef\xbb\xbf" + manifest().encode(), ["index.html"], []),
    "Latin letters that say UTF-8": (
        manifest(PLAIN.replace("Part", "Leçon")).encode("latin-1"),
        ["index.html"],
        ["manifest-encoding"],
    ),
    "blanks before the beginning": ("\n " + manifest(), ["index.html"], ["manifest-space"]),
    "something after the end": (manifest() + "\n<!", ["index.html"], ["manifest-trailing"]),
    "an ampersand in a title": (
        manifest(PLAIN.replace("Part", "You & me")),
        ["index.html"],
        ["manifest-ampersand"],
    ),
    "a prefix that nobody declared": (
        manifest(head=OLD.partition(" xmlns:adlcp")[0]),
        ["index.html"],
        ["manifest-namespace", "schema-spelling"],
    ),
    # metadata
    "no metadata": (manifest(metadata=""), ["index.html"], ["edition-unknown"]),
    "no schema": (
        manifest(metadata="<metadata><schemaversion>1.2</schemaversion></metadata>"),
        ["index.html"],
        [],
    ),
    "LOM of another edition and with faults": (
        manifest(
            metadata="<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>"
            '<imsmd:lom xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><imsmd:general>'
            "<imsmd:nonsense/></imsmd:general></imsmd:lom></metadata>"
        ),
        ["index.html"],
        [],
    ),
    # organizations
    "no default organization": (
        manifest(
            organizations=manifest()
            .partition("<organizations")[2]
            .partition("</organizations")[0]
            .join(("<organizations", "</organizations>"))
            .replace(' default="o"', "")
        ),
        ["index.html"],
        ["organization-default"],
    ),
    "an organization in an organization": (
        manifest(f'<organization identifier="n"><title>N</title>{PLAIN}</organization>'),
        [None, "index.html"],
        ["organization-nested"],
    ),
    "levels with empty references": (
        manifest(
            f'<item identifier="c" identifierref=""><title>C</title>{PLAIN}</item>',
            version=FOURTH,
        ),
        [None, "index.html"],
        [],
    ),
    # items
    "a reference in other capitals": (
        manifest(PLAIN.replace('ref="r"', 'ref="R"')),
        ["index.html"],
        ["resource-reference"],
    ),
    "a reference with a mark": (
        manifest(PLAIN.replace('ref="r"', 'ref="#r"')),
        ["index.html"],
        ["resource-reference"],
    ),
    "a page that is an asset": (
        manifest(
            PLAIN + PLAIN.replace('"i"', '"j"').replace('ref="r"', 'ref="s"'),
            resource() + resource("a/b.html", name="s", kind="asset"),
        ),
        ["index.html", "a/b.html"],
        [],
    ),
    "identifiers that begin with a number or have blanks": (
        manifest(PLAIN.replace('"i"', '"1 a"')),
        ["index.html"],
        ["schema-identifier"],
    ),
    "long identifiers with dots": (manifest(NESTED, version=FOURTH), ["index.html"], []),
    # resources
    "the attribute of the other edition": (
        manifest(resources=resource(scorm="adlcp:scormType")),
        ["index.html"],
        ["schema-spelling"],
    ),
    "the attribute in capitals": (
        manifest(resources=resource(kind="SCO")),
        ["index.html"],
        ["schema-spelling"],
    ),
    "no word of a SCO": (
        manifest(resources='<resource identifier="r" type="webcontent" href="index.html"/>'),
        ["index.html"],
        ["scorm-type"],
    ),
    "lists of files that lack most": (
        addressed("index.html", inner='<file href="index.html"/>'),
        ["index.html"],
        [],
    ),
    "one page in the list, and no address": (
        addressed("", inner='<file href="a.js"/><file href="a/b.html"/>').replace('href="" ', ""),
        ["a/b.html"],
        ["launch-href"],
    ),
    "chains and circles of dependencies": (manifest(resources=CHAIN), ["index.html"], []),
    # a manifest in the manifest
    "a resource of a manifest in the manifest": (
        manifest(PLAIN.replace('ref="r"', 'ref="q"'), after=INNER),
        ["s/i.html"],
        [],
    ),
    "a manifest in the manifest as a part": (
        manifest(PLAIN.replace('ref="r"', 'ref="sub"'), after=INNER),
        [None, "s/i.html"],
        ["manifest-inner"],
    ),
    "an order that is not the book's": (
        manifest(ITEM.format("", "<adlcp:masteryscore>1</adlcp:masteryscore><metadata/>")),
        ["index.html"],
        ["schema-order"],
    ),
}
ROOT = Path(__file__).parents[3]
FILES = {
    **dict.fromkeys(("index.html", "a/b.html", "a/index.html", "a/c d.html", "100%.html"), "x"),
    **dict.fromkeys(("Leçon 1/Début.html", "scormdriver/indexAPI.html", "a/b/c/d.html"), "x"),
    **dict.fromkeys(("s/i.html", "a.js", "b.js"), "x"),
}


def launches(items):
    for item in items:
        yield item.launch
        yield from launches(item.children)


@pytest.fixture
def imported(tmp_path):
    """Checks a package, given as its files or as its manifest beside the usual ones. What is told
    of the files themselves is left out: it has tests of its own."""

    def read(content):
        files = content if isinstance(content, dict) else {**FILES, "imsmanifest.xml": content}
        path = tmp_path / "package.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        report, course = check(path, Limits())
        findings = (one for one in report.findings if one.rule not in {*RULES, "files-unused"})
        return replace(report, findings=tuple(findings)), course

    return read


@pytest.mark.parametrize(("content", "opened", "rules"), ODD.values(), ids=ODD)
def test_what_tools_write_opens_the_right_file_and_is_said(imported, content, opened, rules):
    report, course = imported(content)
    assert course is not None, report.findings
    assert list(launches(course.organization.items)) == opened
    said = [found.rule for found in report.findings]
    assert said == rules
    assert "error" not in [found.severity for found in report.findings]


@pytest.mark.parametrize(
    ("written", "visible"),
    [("true", True), ("1", True), ("FALSE", False), ("0", False), ("no", False), ("", True)],
)
def test_a_part_is_hidden_however_that_is_written(imported, written, visible):
    _report, course = imported(manifest(ITEM.format(f'isvisible="{written}"', "")))
    assert course.organization.items[0].visible is visible


@pytest.mark.parametrize(
    ("element", "written", "name", "value", "rules"),
    [
        ("timelimitaction", "Exit, No Message", "time_limit_action", "exit,no message", "mended"),
        ("timelimitaction", "exit,message", "time_limit_action", "exit,message", ""),
        ("masteryscore", "80%", "mastery_score", "80", "mended"),
        ("masteryscore", "72,5", "mastery_score", "72.5", "mended"),
        ("masteryscore", "0.8", "mastery_score", "0.8", ""),
        ("masteryscore", "high", "mastery_score", "high", "warning"),
        ("masteryscore", "180", "mastery_score", "180", "warning"),
        ("datafromlms", "a=1&amp;b", "data_from_lms", "a=1&b", ""),
        ("maxtimeallowed", "01:00:00", "max_time_allowed", "01:00:00", ""),
    ],
)
def test_what_a_part_says_of_itself_is_understood(imported, element, written, name, value, rules):
    text = f"<adlcp:{element}>{written}</adlcp:{element}>"
    report, course = imported(manifest(ITEM.format("", text)))
    assert getattr(course.organization.items[0], name) == value
    assert [found.severity for found in report.findings] == [rules] * bool(rules)


def test_a_manifest_that_stands_for_itself_is_entered_once(imported):
    again = INNER.replace('identifierref="q"', 'identifierref="sub"')
    report, course = imported(
        manifest(PLAIN + PLAIN.replace('"i"', '"k"').replace('"r"', '"sub"'), after=again)
    )
    assert list(launches(course.organization.items)) == ["index.html", None, None]
    assert {found.rule for found in report.findings} == {"manifest-inner", "resource-missing"}


def test_a_manifest_without_parts_stands_for_nothing(imported):
    empty = '<manifest identifier="sub"><organizations/><resources/></manifest>'
    report, course = imported(
        manifest(PLAIN + PLAIN.replace('"i"', '"k"').replace('"r"', '"sub"'), after=empty)
    )
    assert list(launches(course.organization.items)) == ["index.html", None]
    assert report.findings[0].rule == "resource-missing"


@pytest.mark.parametrize(
    "listed",
    [
        '<file href="index.html"/><file href="a/b.html"/>',
        '<file href="not-there.html"/>',
        '<file href="a.js"/>',
        '<file href="http://example.org/x.html"/>',
    ],
)
def test_without_an_address_nothing_is_opened_that_could_be_another(imported, listed):
    report, course = imported(addressed("", inner=listed).replace('href="" ', ""))
    assert course is None
    assert report.findings[0].rule == "launch-missing"


def test_the_documentation_has_every_rule_of_what_is_mended():
    mends = set()
    for module in (ROOT / "scorm/packages").glob("*.py"):
        text = module.read_text("utf-8")
        mends |= set(re.findall(r'(?:mended\(|"mended",)\s*"([a-z]+-?[a-z]*)"', text))
        mends |= set(re.findall(r'rule = "(manifest-[a-z]+)"', text))
    section = (ROOT / "docs/manifest.md").read_text("utf-8").partition("## What is mended")[2]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == mends - {"note"}
