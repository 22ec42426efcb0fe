"""Our verdict on a manifest and that of the editions' XML Schemas are the same.

The schemas are those of ``../shared/scorm/xsd``. Where the verdicts differ on purpose,
``EXPLAINED`` says why, and so does ``docs/manifest.md``.
"""

import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scorm.packages.document import ManifestRefused, parse
from scorm.packages.grammar import checked
from scorm.packages.manifest import Edition
from scorm.packages.reading import edition_of
from shared import SHARED, needs_shared

SCORM = SHARED / "scorm"
pytestmark = needs_shared

FOLDERS = {
    Edition.SCORM_12: "scorm12",
    Edition.SECOND: "scorm2004-2nd",
    Edition.THIRD: "scorm2004-3rd",
    Edition.FOURTH: "scorm2004-4th",
}
IMPORTED = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
}
METADATA = ("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "http://ltsc.ieee.org/xsd/LOM")

EXPLAINED = {
    "metadata": "What metadata (LOM) says is for catalogues, and of it only a title is read. It is "
    "not held to its schema; that of SCORM 1.2 is itself none that a strict reader takes.",
    "blanks": "A line break in an element that has no content is a fault to a schema, and nothing "
    "to anybody else.",
}
"""Faults that a schema sees and we do not tell, and why."""


WITHOUT_CONTENT = frozenset(
    (
        *("controlMode", "ruleAction", "ruleCondition", "limitConditions", "auxiliaryResource"),
        *("rollupCondition", "rollupAction", "mapInfo", "randomizationControls", "map"),
        *("deliveryControls", "constrainedChoiceConsiderations", "rollupConsiderations"),
    )
)


OPEN = (
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
)
"""Namespaces whose elements may end with elements of others."""


class Files(etree.Resolver):
    """Imports of the schemas, from their folder."""

    def __init__(self, folder):
        self._folder = folder

    def resolve(self, address, _public, context):
        name = address.rpartition("/")[2]
        path = next(self._folder.rglob(name)) if "://www.w3.org" in address else Path(address)
        if name != "ims_xml.xsd":
            return self.resolve_filename(str(path), context) if path.exists() else None
        # XML forbids the namespace that this one makes the default; nothing in it needs it.
        text = path.read_text().replace('xmlns="http://www.w3.org/XML/1998/namespace"', "", 1)
        return self.resolve_string(text, context, base_url=str(path))


@cache
def schema(edition):
    folder = SCORM / "xsd" / FOLDERS[edition]
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{folder / name}"/>'
        for space, name in IMPORTED.items()
        if (folder / name).exists() and ("rootv1p" in name) == (edition is Edition.SCORM_12)
    )
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Files(folder))
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def judged(root, edition):
    """What the schemas say of a manifest, without what is explained.

    Two things are looked at here, which XML Schema says and libxml2 does not see: ``IDREF``, and
    that nothing of a namespace follows what its ``xs:any`` at the end allows, as in ``a* any*``.
    """
    fresh = etree.fromstring(etree.tostring(root))
    for space in METADATA:
        for metadata in [*fresh.iter(f"{{{space}}}*")]:
            if metadata.getparent() is not None:
                metadata.getparent().remove(metadata)
    for element in fresh.iter():
        if etree.QName(element).localname in WITHOUT_CONTENT and not (element.text or "").strip():
            element.text = None
    judge = schema(edition)
    judge.validate(fresh)
    said = [str(entry.message) for entry in judge.error_log]
    return [*said, *dangling(fresh), *interleaved(fresh)]


def interleaved(root):
    for parent in root.iter():
        own = etree.QName(parent).namespace
        spaces = [etree.QName(child).namespace for child in parent]
        for before, after in pairwise(spaces):
            if own in OPEN and before not in (own, None) and after == own:
                yield f"{parent.tag} goes on after what is foreign"


def dangling(root):
    named_by = {"identifier": OPEN, "ID": ("http://www.imsglobal.org/xsd/imsss",)}
    known = {
        one.get(name)
        for one in root.iter()
        for name, spaces in named_by.items()
        if etree.QName(one).namespace in spaces
    }
    named = [
        *(one.get("default") for one in root.iter("{*}organizations")),
        *(one.get("IDRef") for one in root.iter("{*}sequencing")),
    ]
    known = {value.strip() for value in known if value is not None}
    return [f"nothing is called {name}" for name in named if name and name.strip() not in known]


@cache
def samples():
    """Name → bytes of every manifest of the samples."""
    found = {path.name: path.read_bytes() for path in sorted((SCORM / "cts").glob("*.xml"))}
    for path in sorted((*(SCORM / "golf").glob("*.zip"), *(SCORM / "edge-cases").glob("*.zip"))):
        with zipfile.ZipFile(path) as archive:
            found[path.name] = archive.read("imsmanifest.xml")
    return found


def read(content):
    root, _mended = parse(content)
    return root, edition_of(root, [])


NAMES = sorted(samples()) if SCORM.exists() else []


@pytest.mark.parametrize("name", NAMES)
def test_on_every_sample_our_verdict_is_that_of_the_schemas(name):
    try:
        root, edition = read(samples()[name])
    except ManifestRefused:
        assert name.startswith("MalformedXml")
        return
    assert checked(root, edition).conforms == (not judged(root, edition)), name


@pytest.mark.parametrize("name", NAMES)
def test_of_what_conforms_nothing_is_said(name):
    if name.startswith(("Malformed", "AdlAttributes", "Prerequisites")):
        return
    assert checked(*read(samples()[name])) == (True, ())


HEAD = {
    Edition.SCORM_12: (
        "1.2",
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    ),
    Edition.SECOND: (
        "CAM 1.3",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.adlnet.org/xsd/adlcp_v1p3",
    ),
}
HEAD[Edition.THIRD] = ("2004 3rd Edition", *HEAD[Edition.SECOND][1:])
HEAD[Edition.FOURTH] = ("2004 4th Edition", *HEAD[Edition.SECOND][1:])

OLD_ITEM = (
    '<adlcp:prerequisites type="aicc_script">a</adlcp:prerequisites>'
    "<adlcp:maxtimeallowed>01:00:00</adlcp:maxtimeallowed>"
    "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
    "<adlcp:datafromlms>x</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore>"
)
NEW_ITEM = (
    "<adlcp:timeLimitAction>exit,no message</adlcp:timeLimitAction>"
    "<adlcp:dataFromLMS>x</adlcp:dataFromLMS>{threshold}"
    "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>exit</adlnav:hideLMSUI>"
    "</adlnav:navigationInterface></adlnav:presentation>"
    '<imsss:sequencing IDRef="s"><imsss:controlMode choice="true" flow="1"/>'
    "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions "
    'conditionCombination="any"><imsss:ruleCondition condition="objectiveMeasureLessThan" '
    'operator="not" measureThreshold="0.5" referencedObjective="p"/></imsss:ruleConditions>'
    '<imsss:ruleAction action="skip"/></imsss:preConditionRule><imsss:exitConditionRule>'
    '<imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions>'
    '<imsss:ruleAction action="exit"/></imsss:exitConditionRule><imsss:postConditionRule>'
    '<imsss:ruleAction action="retry"/></imsss:postConditionRule></imsss:sequencingRules>'
    '<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H" '
    'beginTimeLimit="2020-01-01T00:00:00Z"/><imsss:auxiliaryResources><imsss:auxiliaryResource '
    'auxiliaryResourceID="x" purpose="y"/></imsss:auxiliaryResources>'
    '<imsss:rollupRules objectiveMeasureWeight="0.5"><imsss:rollupRule '
    'childActivitySet="atLeastPercent" minimumPercent="0.5" minimumCount="1">'
    '<imsss:rollupConditions><imsss:rollupCondition condition="attempted" operator="noOp"/>'
    '</imsss:rollupConditions><imsss:rollupAction action="completed"/></imsss:rollupRule>'
    '</imsss:rollupRules><imsss:objectives><imsss:primaryObjective objectiveID="p" '
    'satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>'
    '<imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="true"/></imsss:primaryObjective>'
    '<imsss:objective objectiveID="q"/></imsss:objectives>'
    '<imsss:randomizationControls selectCount="1" selectionTiming="once"/>'
    '<imsss:deliveryControls tracked="true"/>'
    '<adlseq:constrainedChoiceConsiderations preventActivation="true"/>'
    '<adlseq:rollupConsiderations requiredForSatisfied="ifNotSkipped"/>{objectives}'
    "</imsss:sequencing>{data}"
)
NEWEST = {
    "threshold": '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>',
    "objectives": '<adlseq:objectives><adlseq:objective objectiveID="p"><adlseq:mapInfo '
    'targetObjectiveID="g" readRawScore="false"/></adlseq:objective></adlseq:objectives>',
    "data": '<adlcp:data><adlcp:map targetID="d" writeSharedData="true"/></adlcp:data>',
}
OLDER = {
    "threshold": "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>",
    "objectives": "",
    "data": "",
}


def whole(edition):
    """A manifest with every element of an edition."""
    version, packaging, adlcp = HEAD[edition]
    new = edition.is_2004
    item = NEW_ITEM.format(**(NEWEST if edition is Edition.FOURTH else OLDER)) if new else OLD_ITEM
    collection = (
        '<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:deliveryControls/>'
        "</imsss:sequencing></imsss:sequencingCollection>"
        if new
        else ""
    )
    more = (
        ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
        ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
        ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
        if new
        else ""
    )
    kind = "scormType" if new else "scormtype"
    return (
        f'<manifest identifier="m" version="1" xmlns="{packaging}" xmlns:adlcp="{adlcp}"{more}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>"
        "<adlcp:location>m.xml</adlcp:location></metadata>"
        '<organizations default="o"><organization identifier="o" structure="hierarchical">'
        '<title>T</title><item identifier="a"><title>A</title>'
        '<item identifier="b" identifierref="r" isvisible="true" parameters="?x=1"><title>B</title>'
        f"<metadata/>{item}</item></item><metadata/></organization></organizations>"
        '<resources xml:base="x/"><resource identifier="r" type="webcontent" '
        f'adlcp:{kind}="sco" href="i.html"><metadata/><file href="i.html"><metadata/></file>'
        '<file href="j.html"/><dependency identifierref="t"/></resource>'
        f'<resource identifier="t" type="webcontent" adlcp:{kind}="asset"/></resources>'
        f"{collection}</manifest>"
    ).encode()


@pytest.mark.parametrize("edition", Edition)
def test_a_manifest_with_every_element_is_without_fault(edition):
    root, said = read(whole(edition))
    assert said is edition
    assert (checked(root, edition).conforms, judged(root, edition)) == (True, [])


VALUES = (
    *("", " ", "true", "TRUE", "1", "yes", "0", "2", "-1", "0.5", "1.00001", "+.5", "1.", "1e0"),
    *("sco", "SCO", "asset", "satisfied", "skip", "exitAll", "always", "once", "any", "not", "o"),
    *("s", "nowhere", "1x", "a b", "a.b-c_d", "é", "x:y", "m", "i.html", "a b.html", "100%.html"),
    *("a#b#c", "[x]", "PT1H", "P", "PT", "P1Y2M3DT4H5M6.7S", "1 hour", "2020-01-01", "x" * 201),
    *("2020-01-01T00:00:00", "aicc_script", "exit,message", " exit,message", "x" * 2001),
    *("http://x/y?z#a", "é?=&", "\\x", "suspendAll", "ADL SCORM", "1.2", "noop", "a:b"),
)
SPACES = (
    "",
    "urn:other",
    *dict.fromkeys(space for head in HEAD.values() for space in head[1:]),
    "http://www.adlnet.org/xsd/adlseq_v1p3",
    "http://www.adlnet.org/xsd/adlnav_v1p3",
    "http://www.imsglobal.org/xsd/imsss",
)
XML = "{http://www.w3.org/XML/1998/namespace}"


def named(space, name):
    return f"{{{space}}}{name}" if space else name


@st.composite
def changes(draw, root):
    """A manifest with one fault or a few, or none."""
    for _change in range(draw(st.integers(1, 2))):
        elements = list(root.iter())[1:]
        one = draw(st.sampled_from(elements))
        other = draw(st.sampled_from(elements))
        value, space = draw(st.sampled_from(VALUES)), draw(st.sampled_from(SPACES))
        own = etree.QName(one)
        attributes = sorted({str(key) for element in elements for key in element.attrib})
        what = draw(st.sampled_from(sorted(CHANGES)))
        CHANGES[what](one, other, value, space, own, draw(st.sampled_from(attributes)))
    return root


def remove(one, *_others):
    one.getparent().remove(one)


def remove_attribute(one, _other, _value, _space, _own, _name):
    if one.attrib:
        del one.attrib[next(iter(one.attrib))]


def set_attribute(one, _other, value, _space, _own, name):
    one.set(name, value)


def change_attribute(one, _other, value, *_others):
    for name in list(one.attrib)[-1:]:
        one.set(name, value)


def respell_attribute(one, *_others):
    for name, value in list(one.attrib.items())[:1]:
        del one.attrib[name]
        space, local = etree.QName(name).namespace, etree.QName(name).localname
        one.set(named(space, local.swapcase()), value)


def strange_attribute(one, _other, value, space, *_others):
    one.set(named(space or XML[1:-1], "lang"), value)


def set_text(one, _other, value, *_others):
    one.text = value


def set_tail(one, _other, value, *_others):
    one.tail = value


def copy(one, *_others):
    one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))


def move(one, other, *_others):
    if one not in other.iterancestors() and one is not other:
        other.append(one)


def move_first(one, *_others):
    one.getparent().insert(0, one)


def rename(one, other, _value, _space, own, _name):
    one.tag = named(own.namespace, etree.QName(other).localname)


def respell(one, _other, _value, _space, own, _name):
    one.tag = named(own.namespace, own.localname.swapcase())


def respace(one, _other, _value, space, own, _name):
    one.tag = named(space, own.localname)


def add_foreign(one, _other, _value, space, *_others):
    etree.SubElement(one, named(space, "extra")).text = "x"


CHANGES = {
    change.__name__: change
    for change in (
        *(remove, remove_attribute, set_attribute, change_attribute, respell_attribute, set_text),
        *(strange_attribute, set_tail, copy, move, move_first, rename, respell, respace),
        add_foreign,
    )
}


def agreed(root):
    """Whether both give one verdict on what a manifest has been changed into."""
    text = etree.tostring(root)
    try:
        root, edition = read(text)
    except ManifestRefused:
        return
    found, said = checked(root, edition), judged(root, edition)
    assert found.conforms == (not said), (text, found, said)
    assert found.conforms or found.findings


@pytest.mark.parametrize("edition", Edition)
@settings(max_examples=300)
@given(st.data())
def test_on_every_change_of_a_whole_manifest_our_verdict_is_that_of_the_schemas(edition, data):
    agreed(data.draw(changes(read(whole(edition))[0])))


@settings(max_examples=200)
@given(st.data())
def test_on_every_change_of_a_sample_our_verdict_is_that_of_the_schemas(data):
    name = data.draw(st.sampled_from([name for name in NAMES if "Malformed" not in name]))
    agreed(data.draw(changes(read(samples()[name])[0])))
