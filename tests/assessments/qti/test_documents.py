"""Documents are read safely, and QTI 3 in the names of QTI 2."""

import pytest
from lxml import etree

from assessments.qti import DocumentRefused, read_item, read_test
from assessments.qti.documents import DEEPEST, LARGEST, document, node
from tests.assessments.qti.writing import V3, V21, V22, declare, item, values

BOMB = b"""<!DOCTYPE assessmentItem [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">
]><assessmentItem><itemBody><p title="&c;">&c;</p></itemBody></assessmentItem>"""
FILE = b"""<!DOCTYPE assessmentItem [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<assessmentItem><itemBody>&file;</itemBody></assessmentItem>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not XML"),
        (b"<assessmentItem>", "not XML"),
        (b"\xff\xfe\x00", "not XML"),
        (b'<?xml version="1.0" encoding="no-such"?><assessmentItem/>', "not XML"),
        (BOMB, "entities"),
        (FILE, "entities"),
        (FILE.decode().encode("utf-16"), "entities"),
        (b"<assessmentItem>" + b" " * LARGEST + b"</assessmentItem>", "4 MB"),
        (b"<assessmentItem>" + b"<p>" * 200 + b"</p>" * 200 + b"</assessmentItem>", "100 levels"),
        (b"<assessmentItem>" + b"<p>" * 900 + b"</p>" * 900 + b"</assessmentItem>", "not XML"),
        (b"<assessmentTest/>", "no question"),
    ],
)
def test_a_document_that_is_no_item_or_a_danger_is_refused(content, reason):
    with pytest.raises(DocumentRefused) as refused:
        read_item(content)

    assert reason in refused.value.message.interpolate()


def test_a_test_is_not_an_item():
    with pytest.raises(DocumentRefused):
        read_test(b"<assessmentItem/>")


def test_a_document_may_be_as_deep_as_allowed():
    levels = DEEPEST - 1
    assert document(b"<a>" + b"<b>" * levels + b"</b>" * levels + b"</a>").root.tag == "a"


def test_a_document_type_is_not_loaded_from_the_network():
    content = b'<!DOCTYPE assessmentItem SYSTEM "http://example.org/x.dtd"><assessmentItem/>'

    assert read_item(content).identifier == ""


def test_a_document_type_is_not_loaded_from_the_disk(tmp_path):
    kind = tmp_path / "kind.dtd"
    kind.write_text('<!ATTLIST assessmentItem title CDATA "loaded"><!ENTITY e "loaded">')
    content = f"""<!DOCTYPE assessmentItem SYSTEM "{kind.as_uri()}">
    <assessmentItem><itemBody>&e;</itemBody></assessmentItem>"""

    read = read_item(content.encode())

    assert read.title == ""
    assert "loaded" not in etree.tostring(read.root, encoding="unicode")


@pytest.mark.parametrize(
    ("namespace", "version"),
    [
        ("http://www.imsglobal.org/xsd/imsqti_v2p0", "2.0"),
        (V21, "2.1"),
        (V22, "2.2"),
        ("http://www.imsglobal.org/xsd/apip/apipv1p0/qtiitem/imsqti_v2p1", "2.1"),
        ("urn:own", ""),
    ],
)
def test_the_namespace_says_the_version_and_is_gone_then(namespace, version):
    read = read_item(item("<itemBody><p>Hello</p></itemBody>", namespace=namespace))

    assert read.version == version
    assert [element.tag for element in read.body.iter()] == ["itemBody", "p"]


@pytest.mark.parametrize("namespace", [f' xmlns="{V3}"', ""])
def test_qti_3_is_read_in_the_names_of_qti_2(namespace):
    read = read_item(
        f"""<qti-assessment-item{namespace} identifier="I" adaptive="true" time-dependent="true">
        <qti-response-declaration identifier="R" base-type="directedPair" cardinality="multiple"/>
        <qti-item-body><div data-own-name="1" aria-label="x" class="a-b"><p>Hello</p>
        <qti-gap-match-interaction response-identifier="R" data-max-width="3" max-choices="2">
        <qti-gap-text identifier="G" match-max="1">g</qti-gap-text></qti-gap-match-interaction>
        </div></qti-item-body>
        <qti-response-processing><qti-set-outcome-value identifier="SCORE"><qti-duration-lt/>
        </qti-set-outcome-value></qti-response-processing></qti-assessment-item>""".encode()
    )

    (interaction,) = read.interactions
    assert read.version == "3.0"
    assert (read.adaptive, read.time_dependent) == (True, True)
    assert dict(read.body[0].attrib) == {"data-own-name": "1", "aria-label": "x", "class": "a-b"}
    assert dict(interaction.element.attrib) == {
        "responseIdentifier": "R",
        "data-max-width": "3",
        "maxChoices": "2",
    }
    assert interaction.choices()[0][0] == "G"
    assert read.response_rules[0].name == "setOutcomeValue"
    assert read.response_rules[0].children[0].name == "durationLT"


def test_mathematics_and_drawings_keep_their_namespaces_and_html_loses_its_own():
    body = """<itemBody><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>
    <b xmlns="http://www.w3.org/1999/xhtml">bold</b></itemBody>"""

    tags = [element.tag for element in read_item(item(body)).body.iter()]

    assert tags[1:] == [
        "{http://www.w3.org/1998/Math/MathML}math",
        "{http://www.w3.org/1998/Math/MathML}mi",
        "b",
    ]


def test_what_html_names_and_space_before_the_beginning_are_understood():
    content = b"\n <?xml version='1.0'?><assessmentItem title='caf&eacute; &amp; &lt;'><itemBody>"

    read = read_item(content + b"<p>a&nbsp;b &apos;</p></itemBody></assessmentItem>")

    assert read.title == "café & <"
    assert read.body[0].text == "a\xa0b '"


def test_a_name_that_nobody_knows_is_refused():
    with pytest.raises(DocumentRefused):
        read_item(b"<assessmentItem title='&unheardof;'/>")


def test_comments_and_instructions_are_no_part_of_a_document():
    content = declare("response", "R", "string", inside="<!-- no --><?no no?>" + values("x"))

    assert read_item(item(content)).declarations["R"].default.is_null


def test_a_node_says_where_it_stands_and_what_it_says():
    found = node(document(b'<a xml:lang="en" b="1">\n one <c/> two <d/></a>').root)

    assert dict(found.attributes) == {"b": "1"}
    assert [(child.name, child.line) for child in found.children] == [("c", 2), ("d", 2)]
    assert found.text.split() == ["one", "two"]
    assert found.find("d") is found.children[1]
    assert found.find("e") is None
    assert found.all("c", "d") == list(found.children)
