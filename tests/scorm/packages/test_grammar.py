"""What the report says of a manifest that is not as its edition of SCORM has it."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.packages.document import parse
from scorm.packages.findings import Finding
from scorm.packages.grammar import RULES, checked
from scorm.packages.manifest import Edition
from scorm.packages.words import Words
from tests.scorm.packages.pages import GOOD_PAGE

DOCS = Path(__file__).parents[3] / "docs/manifest.md"

HEAD_12 = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)
HEAD_2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
    ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
ITEM = '<item identifier="i" identifierref="r"><title>I</title>{}</item>'
ONE = ITEM.format("")
RESOURCE = '<resource identifier="r" type="webcontent" {}="sco" href="a.html">{}</resource>'


def whole(edition, item=ONE, resource=None, default="o", head=None, after=""):
    old = edition is Edition.SCORM_12
    resource = resource or RESOURCE.format("adlcp:scormtype" if old else "adlcp:scormType", "")
    return (
        f'<manifest identifier="m" {head or (HEAD_12 if old else HEAD_2004)}>\n'
        f'<organizations default="{default}"><organization identifier="o"><title>O</title>\n{item}'
        f"</organization></organizations>\n<resources>{resource}</resources>{after}</manifest>"
    )


def told(text, edition, known=()):
    return checked(parse(text.encode())[0], edition, known)


OLD, SECOND, THIRD, FOURTH = Edition


def item(inner):
    return {"item": ITEM.format(inner)}


def sequencing(inner):
    return item(f"<imsss:sequencing>{inner}</imsss:sequencing>")


CASES = [
    ("schema-element", THIRD, {"item": ITEM.format("<file/>")}, False),
    ("schema-element", THIRD, sequencing("<imsss:objective/>"), False),
    ("schema-element", THIRD, {"after": "<adlcp:dataFromLMS>x</adlcp:dataFromLMS>"}, True),
    ("schema-element", FOURTH, item("<imsss:controlMode/>"), True),
    ("schema-repeated", OLD, item("<title>J</title>"), False),
    ("schema-repeated", OLD, item("<adlcp:masteryscore>1</adlcp:masteryscore>" * 2), True),
    (
        "schema-value",
        THIRD,
        {"item": ONE.replace("<item", '<item isvisible="maybe"')},
        0,
    ),
    ("schema-value", THIRD, sequencing('<imsss:limitConditions attemptLimit="-1"/>'), False),
    ("schema-value", OLD, item("<adlcp:timelimitaction>now</adlcp:timelimitaction>"), False),
    ("schema-reference", THIRD, {"default": "p"}, False),
    ("schema-reference", THIRD, item('<imsss:sequencing IDRef="none"/>'), False),
    ("schema-unused", THIRD, sequencing('<imsss:limitConditions beginTimeLimit="{}"/>'), True),
    ("schema-identifier", OLD, {"item": ONE * 2}, False),
    ("schema-identifier", OLD, {"item": ONE.replace('"i"', '"1 x"')}, False),
    ("schema-missing", FOURTH, {"item": ""}, False),
    ("schema-attribute-missing", OLD, {"resource": '<resource identifier="r" href="a.html"/>'}, 0),
    ("schema-attribute", OLD, {"item": ONE.replace("<item", '<item kind="x"')}, False),
    ("schema-attribute", OLD, item('<adlcp:masteryscore for="x">1</adlcp:masteryscore>'), False),
    ("schema-spelling", OLD, item("<adlcp:dataFromLMS>x</adlcp:dataFromLMS>"), False),
    ("schema-spelling", FOURTH, item("<adlcp:datafromlms>x</adlcp:datafromlms>"), True),
    ("schema-spelling", OLD, {"resource": RESOURCE.format("adlcp:scormType", "")}, False),
    ("schema-spelling", FOURTH, {"resource": RESOURCE.format("adlcp:scormtype", "")}, True),
    ("schema-spelling", THIRD, {"item": ONE.replace("ref=", "Ref=")}, False),
    (
        "schema-spelling",
        THIRD,
        {"item": ONE.replace("<item", '<item isvisible="TRUE"')},
        0,
    ),
    ("schema-namespace", OLD, {"head": 'xmlns="urn:x" xmlns:adlcp="urn:adl"'}, False),
    ("schema-namespace", OLD, item('<title xmlns="">J</title>' * 2), False),
    ("schema-foreign", OLD, item('<x xmlns="urn:tool"/>'), False),
    (
        "schema-foreign",
        OLD,
        {"item": ONE.replace("<item", '<item xmlns:t="u" t:x="1"')},
        0,
    ),
    ("schema-order", OLD, item("<adlcp:masteryscore>1</adlcp:masteryscore><metadata/>"), False),
    (
        "schema-address",
        OLD,
        {"resource": RESOURCE.format("adlcp:scormtype", '<file href="100%"/>')},
        0,
    ),
    ("schema-empty", OLD, item("<adlcp:timelimitaction/>"), False),
    ("schema-length", OLD, item(f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms>"), False),
    ("schema-text", OLD, item("and more"), False),
    ("schema-title", OLD, {"item": '<item identifier="i" identifierref="r"/>'}, True),
]
CASES[11][2]["item"] = CASES[11][2]["item"].replace("{}", "2020-01-01T00:00:00")


@pytest.mark.parametrize(("rule", "edition", "parts", "conforms"), CASES)
def test_each_fault_has_a_rule_a_line_and_words(rule, edition, parts, conforms):
    found = told(whole(edition, **parts), edition)
    severity, remedy = RULES[rule]
    assert rule in {finding.rule for finding in found.findings}
    assert found.conforms == bool(conforms)
    for finding in found.findings:
        assert isinstance(finding.message, Words)
        assert finding.remedy
        assert finding.line
        assert "${" not in finding.message
    one = next(finding for finding in found.findings if finding.rule == rule)
    assert (one.severity, one.remedy) == (severity, remedy)


def test_every_rule_has_a_case():
    assert {case[0] for case in CASES} == set(RULES)


def test_what_is_only_misspelt_is_not_also_missing():
    text = whole(OLD).replace("resources>", "Resources>")
    assert [finding.rule for finding in told(text, OLD).findings] == ["schema-spelling"]


def test_a_manifest_in_capitals_is_only_misspelt():
    text = whole(OLD).replace("manifest", "Manifest")
    found = told(text, OLD)
    assert not found.conforms
    assert [finding.message for finding in found.findings] == [
        "SCORM 1.2 writes <manifest> and not <Manifest>; it is read all the same."
    ]


def test_where_the_schemas_are_may_be_said():
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b.xsd" '
    assert told(whole(OLD).replace("<manifest ", f"<manifest {xsi}"), OLD) == (True, ())


def test_a_title_has_no_attributes():
    text = whole(OLD).replace("<title>I", '<title xml:lang="en">I')
    assert [finding.rule for finding in told(text, OLD).findings] == ["schema-attribute"]


@pytest.mark.parametrize("edition", Edition)
def test_of_a_good_manifest_nothing_is_said(edition):
    assert told(whole(edition), edition) == (True, ())


def test_what_is_foreign_is_allowed_in_the_4th_edition():
    foreign = '<x:y xmlns:x="urn:tool" z="1"><q/></x:y>'
    text = whole(FOURTH, ITEM.format(foreign)).replace("<item ", '<item xmlns:t="urn:t" t:a="1" ')
    assert told(text, FOURTH) == (True, ())


def test_what_is_foreign_may_hold_what_is_known_if_it_is_right():
    wrong = '<x:y xmlns:x="urn:tool"><adlcp:data/></x:y>'
    found = told(whole(FOURTH, ITEM.format(wrong)), FOURTH)
    assert [finding.rule for finding in found.findings] == ["schema-missing"]


@pytest.mark.parametrize("tag", ["<item>", '<x xmlns="urn:tool">'])
def test_levels_without_end_are_looked_at_as_far_as_they_may_go(tag):
    deep = tag * 200 + f"</{tag[1:].partition(' ')[0].strip('>')}>" * 200
    assert told(whole(FOURTH, ITEM.format(deep)), FOURTH).conforms == ("tool" in tag)


def test_a_manifest_that_is_wrong_throughout_is_not_looked_into_to_its_end():
    text = whole(FOURTH, '<item wrong="1" and="2"/>' * 20_000)
    found = told(text, FOURTH).findings
    assert 10_000 < sum(finding.message.values.get("n", 1) for finding in found) < 20_000


def test_one_fault_everywhere_is_told_thrice_and_counted():
    resources = '<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a.html"/>'
    more = "".join(resources.replace('"r"', f'"r{n}"') for n in range(29))
    found = told(whole(OLD, resource=resources + more), OLD).findings
    assert [finding.rule for finding in found] == ["schema-spelling"] * 4
    assert found[-1].message == "The same is the case 27 more times in this package."


def test_what_the_reader_has_told_of_a_line_is_not_told_again():
    twice = whole(OLD, ONE + "\n" + ONE)
    assert [(one.rule, one.line) for one in told(twice, OLD).findings] == [("schema-identifier", 4)]
    known = Finding("mended", "identifier", "It is called “i-2”.", "", None, 4)
    assert told(twice, OLD, [known]) == (False, ())


def test_a_report_has_the_faults_of_the_manifest(package):
    text = whole(OLD, resource=RESOURCE.format("adlcp:scormType", ""))
    path = package({"imsmanifest.xml": text, "a.html": GOOD_PAGE}, bare=True)
    report, manifest = check(path, Limits())
    assert manifest is not None
    assert {finding.rule for finding in report.findings} == {"edition-unknown", "schema-spelling"}


def seconds(parts: int) -> float:
    """Of the processor's time, for a course of so many parts."""
    items = "".join(
        f'<item identifier="i{n}" identifierref="r"><title>I</title><imsss:sequencing>'
        '<imsss:controlMode flow="true"/><imsss:deliveryControls tracked="true"/>'
        "</imsss:sequencing></item>"
        for n in range(parts)
    )
    root, _mended = parse(whole(FOURTH, items).encode())
    began = time.process_time()
    assert checked(root, FOURTH).conforms
    return time.process_time() - began


def test_ten_times_as_many_parts_take_some_ten_times_as_long():
    assert seconds(3000) < 30 * max(0.005, seconds(300))


def test_the_documentation_has_every_rule_with_its_severity():
    rows = re.findall(r"^\| `(schema-[a-z-]+)` \| (\w+) \|", DOCS.read_text(), re.MULTILINE)
    assert dict(rows) == {rule: severity for rule, (severity, _remedy) in RULES.items()}


TAGS = (
    "item",
    "title",
    "metadata",
    "file",
    "a:map",
    "a:data",
    "s:sequencing",
    "s:objectives",
    "x:y",
)
TREES = st.recursive(
    st.sampled_from(("", "text")),
    lambda inner: st.builds(
        lambda tag, name, value, parts: f'<{tag} {name}="{value}">{"".join(parts)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(("identifier", "href", "ID", "a:scormType", "x:z", "xml:base", "xml:lang")),
        st.sampled_from(("", "i", "1", "%", "true")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("edition", Edition)
@given(trees=st.lists(TREES, max_size=3))
def test_whatever_stands_in_a_manifest_is_judged(edition, trees):
    head = (
        f"{HEAD_2004.partition(' ')[0]} "
        'xmlns:a="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:x="urn:x"'
        ' xmlns:s="http://www.imsglobal.org/xsd/imsss"'
    )
    found = told(f"<manifest {head}>{''.join(trees)}</manifest>", edition)
    assert not found.conforms
    assert found.findings
