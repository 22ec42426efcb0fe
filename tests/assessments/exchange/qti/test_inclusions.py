"""Parts of items, their processing and their addresses that lie in other files."""

import io
import zipfile
from random import Random

import pytest

from assessments.exchange.qti import read_qti
from tests.assessments.exchange.qti.packages import (
    FILES,
    package,
    part,
)
from tests.assessments.questions.qti_items import (
    ITEMS,
    MATCH,
)
from tests.assessments.wording import english

XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'


def test_a_part_of_an_item_that_lies_in_another_file_is_put_in():
    xml = ITEMS["choice"].replace("<p>Which?</p>", f'<xi:include {XI} href="parts/a.xml"/> After')
    files = {
        "item.xml": xml,
        "parts/a.xml": part(
            f'<p>First</p><img src="../files/map.png"/><xi:include {XI} href="b.xml"/>'
        ),
        "parts/b.xml": part("<p>Second</p>"),
        "files/map.png": FILES["map.png"],
    }
    taken = read_qti(package(files, ["item.xml"]))
    (entry,) = taken.entries
    assert entry.question.kind == "choice"
    assert "First" in entry.question.body
    assert "Second" in entry.question.body
    assert "After" in entry.question.body
    assert set(entry.files) == {"map.png"}
    assert taken.remarks == ()


@pytest.mark.parametrize("content", [None, "no XML", "<a>" * 300])
def test_a_part_that_is_missing_is_said(content):
    xml = ITEMS["choice"].replace("<p>Which?</p>", f'<xi:include {XI} href="a.xml"/>')
    files = {"item.xml": xml} if content is None else {"item.xml": xml, "a.xml": content}
    taken = read_qti(package(files, ["item.xml"]))
    assert len(taken.entries) == 1
    assert english(remark.message for remark in taken.remarks) == [
        "The text “a.xml” that belongs to the question is missing."
    ]


def test_a_part_that_includes_itself_ends():
    xml = ITEMS["choice"].replace("<p>Which?</p>", f'<xi:include {XI} href="a.xml"/>')
    files = {"item.xml": xml, "a.xml": part(f'<p>Again</p><xi:include {XI} href="a.xml"/>')}
    taken = read_qti(package(files, ["item.xml"]))
    assert taken.entries == ()
    assert english(remark.message for remark in taken.remarks)[-1] == (
        "The file has more than 100 levels of elements."
    )


RULES = (
    '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>'
    "</setOutcomeValue>"
)


@pytest.mark.parametrize("name", ["template", "templateLocation"])
def test_response_processing_that_the_package_brings_marks(name):
    xml = ITEMS["choice"].replace(MATCH, f'<responseProcessing {name}="rp/mine.xml"/>')
    files = {"item.xml": xml, "rp/mine.xml": part(RULES, "responseProcessing")}
    taken = read_qti(package(files, ["item.xml"]))
    (question,) = [each.question for each in taken.entries]
    assert question.kind == "qti"
    assert question.mark_response({"i1": ("secret-b",)}, question.arrange(Random(1))).fraction == 1
    assert not any("is not known" in text for text in english(r.message for r in taken.remarks))


@pytest.mark.parametrize("content", [None, part("x"), "no XML"])
def test_response_processing_that_nobody_has_is_said(content):
    xml = ITEMS["choice"].replace(MATCH, '<responseProcessing template="rp/mine.xml"/>')
    files = {"item.xml": xml} if content is None else {"item.xml": xml, "rp/mine.xml": content}
    remarks = read_qti(package(files, ["item.xml"])).remarks
    assert "The response processing rp/mine.xml is not known. Nothing is marked by it." in english(
        remark.message for remark in remarks
    )


def test_response_processing_from_elsewhere_that_is_too_deep_leaves_the_item_out():
    deep = "<not>" * 98 + "</not>" * 98
    xml = ITEMS["choice"].replace(MATCH, '<responseProcessing template="rp.xml"/>')
    files = {"item.xml": xml, "rp.xml": part(f"<a>{deep}</a>", "responseProcessing")}
    taken = read_qti(package(files, ["item.xml"]))
    assert taken.entries == ()
    assert english(remark.message for remark in taken.remarks) == [
        "The file has more than 100 levels of elements."
    ]


def test_an_address_is_told_from_the_base_around_it():
    body = (
        '<div xml:base="media/"><p xml:base="small/"><img src="map.png" alt="x"/></p>'
        '<p><img src="flag.png" alt="y"/></p></div>'
    )
    files = {
        "item.xml": ITEMS["choice"].replace("<p>Which?</p>", body),
        "media/small/map.png": FILES["map.png"],
        "media/flag.png": FILES["flag.png"],
    }
    taken = read_qti(package(files, ["item.xml"]))
    assert set(taken.entries[0].files) == {"map.png", "flag.png"}
    assert taken.remarks == ()


def test_a_manifest_may_say_a_base_for_all_its_resources():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr(
            "imsmanifest.xml",
            '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xml:base="a/">'
            '<resources xml:base="b/"><resource type="imsqti_item_xmlv2p2" identifier="i" '
            'xml:base="c/" href="item.xml"/></resources></manifest>',
        )
        out.writestr("a/b/c/item.xml", ITEMS["choice"])
    assert len(read_qti(made.getvalue()).entries) == 1
