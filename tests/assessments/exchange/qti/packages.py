"""Packages of QTI for tests, made in memory."""

import io
import zipfile
from pathlib import Path

from assessments.exchange.qti import read_qti
from assessments.exchange.qti.native_copy import ENDING
from tests.assessments.exchange.strategies import png

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/>
<resources>{}</resources></manifest>"""


def package(files, resources=None, prefix=""):
    """A zip of files by name; the manifest names all documents when it is not given others."""
    named = [name for name in files if name.endswith(".xml")] if resources is None else resources
    rows = "".join(
        f'<resource identifier="r{n}" type="imsqti_item_xmlv2p2" href="{name}">'
        f'<file href="{name}"/></resource>'
        for n, name in enumerate(named)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(f"{prefix}imsmanifest.xml", MANIFEST.format(rows))
        for name, content in files.items():
            out.writestr(prefix + name, content)
    return made.getvalue()


def zipped(folder: Path):
    """A folder as the package that it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                out.write(path, str(path.relative_to(folder)))
    return made.getvalue()


def without_copies(content):
    """The package as another program writes it again: without the copies of ours."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if not name.endswith(ENDING):
                new.writestr(name, old.read(name))
    return made.getvalue()


FILES = {"map.png": png(200, 100), "flag.png": png(10, 10)}


def one(xml):
    """The entry of an item in a package with its pictures."""
    taken = read_qti(package({"item.xml": xml, **{f"files/{n}": f for n, f in FILES.items()}}))
    (entry,) = taken.entries
    return entry


TEST = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="t" title="T">
<timeLimits maxTime="600"/>
<testPart identifier="p" navigationMode="linear" submissionMode="individual">
<preCondition><baseValue baseType="boolean">true</baseValue></preCondition>
<assessmentSection identifier="outer" title="Outer" visible="true">
<timeLimits maxTime="60"/><ordering shuffle="true"/>
<assessmentSection identifier="s" title="Inner" visible="true"><selection select="1"
 withReplacement="true"/><ordering shuffle="true"/>
<assessmentItemRef identifier="a" href="a.xml" fixed="true"><timeLimits maxTime="9"/>
<weight identifier="W" value="2.5"/></assessmentItemRef>
<assessmentItemRef identifier="b" href="b.xml"><weight identifier="W" value="0"/>
<templateDefault templateIdentifier="N"><baseValue baseType="integer">1</baseValue>
</templateDefault></assessmentItemRef>
</assessmentSection>
<assessmentItemRef identifier="c" href="missing.xml"/>
</assessmentSection></testPart>
<testFeedback access="atEnd" outcomeIdentifier="X" identifier="x" showHide="show">x</testFeedback>
</assessmentTest>"""
V22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"


def part(words, name="div"):
    return f'<{name} xmlns="{V22}">{words}</{name}>'


def whole_test(inside):
    return (
        f'<assessmentTest xmlns="{V22}" identifier="t" title="T"><testPart identifier="p" '
        f'navigationMode="linear" submissionMode="individual">{inside}</testPart></assessmentTest>'
    )


def section_of(inside, more=""):
    return (
        f'<assessmentSection identifier="s" title="S" visible="true"{more}>{inside}'
        "</assessmentSection>"
    )
