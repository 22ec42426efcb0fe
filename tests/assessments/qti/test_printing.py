"""A printed variable says its value as the author asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from assessments.qti import read_item, start
from assessments.qti.printing import printed
from tests.assessments.qti.writing import declare, item, values

ITEM = read_item(
    item(
        declare("template", "N", "integer", inside=values("defaultValue", 2))
        + declare("template", "WHOLE", "integer", inside=values("defaultValue", -255))
        + declare("template", "PART", "float", inside=values("defaultValue", "1234.5"))
        + declare("template", "SMALL", "float", inside=values("defaultValue", "0.00002"))
        + declare("template", "ROUND", "float", inside=values("defaultValue", "3"))
        + declare("template", "ENDLESS", "float", inside=values("defaultValue", "INF"))
        + declare("template", "WORD", "string", inside=values("defaultValue", "cow"))
        + declare("template", "PAIR", "pair", inside=values("defaultValue", "A B"))
        + declare("template", "LIST", "integer", "ordered", values("defaultValue", 5, 6, 7))
        + declare("template", "SET", "float", "multiple", values("defaultValue", "0.5", 6))
        + declare("template", "NOTHING", "float")
        + '<templateDeclaration identifier="RECORD" cardinality="record"><defaultValue>'
        '<value fieldIdentifier="x" baseType="integer">3</value>'
        '<value fieldIdentifier="y" baseType="string">why</value>'
        '<value fieldIdentifier="z" baseType="integer"></value>'
        "</defaultValue></templateDeclaration>"
    )
)
SESSION = start(ITEM, 1)


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ({"identifier": "WHOLE"}, "-255"),
        ({"identifier": "WHOLE", "base": "16"}, "-ff"),
        ({"identifier": "WHOLE", "base": "1"}, "-255"),
        ({"identifier": "WHOLE", "base": "many"}, "-255"),
        ({"identifier": "WHOLE", "format": "%i", "base": "2"}, "-11111111"),
        ({"identifier": "WHOLE", "format": "%6i"}, "  -255"),
        ({"identifier": "N", "format": "%03i"}, "002"),
        ({"identifier": "N", "format": "%+i"}, "+2"),
        ({"identifier": "N", "format": "%-3i|"}, "2  |"),
        ({"identifier": "N", "format": "no format"}, "2"),
        ({"identifier": "N", "format": "%s"}, "2"),
        ({"identifier": "N", "format": "%d %%"}, "2 %"),
        ({"identifier": "PART"}, "1234.5"),
        ({"identifier": "PART", "format": "%.2f"}, "1234.50"),
        ({"identifier": "PART", "format": "%x"}, "4d2"),
        ({"identifier": "PART", "format": "%.2e"}, "1.23e+03"),
        ({"identifier": "PART", "format": "%.2e", "powerForm": "true"}, "1.23 × 10³"),
        ({"identifier": "SMALL", "format": "%.0e", "powerForm": "true"}, "2 × 10⁻⁵"),
        ({"identifier": "ROUND"}, "3"),
        ({"identifier": "ROUND", "format": "%.3r"}, "3.00"),
        ({"identifier": "SMALL", "format": "%.2R"}, "2.0E-05"),
        ({"identifier": "ENDLESS", "format": "%.2f"}, "INF"),
        ({"identifier": "WORD", "format": "%.2f"}, "cow"),
        ({"identifier": "PAIR"}, "A B"),
        ({"identifier": "LIST"}, "5;6;7"),
        ({"identifier": "LIST", "delimiter": ", "}, "5, 6, 7"),
        ({"identifier": "LIST", "index": "3"}, "7"),
        ({"identifier": "LIST", "index": "N"}, "6"),
        ({"identifier": "LIST", "index": "0"}, ""),
        ({"identifier": "LIST", "index": "9"}, ""),
        ({"identifier": "LIST", "index": "GHOST"}, ""),
        ({"identifier": "SET", "index": "1"}, "0.5;6"),
        ({"identifier": "RECORD"}, "x=3;y=why;z="),
        ({"identifier": "RECORD", "mappingIndicator": ": ", "delimiter": " "}, "x: 3 y: why z: "),
        ({"identifier": "RECORD", "field": "y"}, "why"),
        ({"identifier": "RECORD", "field": "q"}, ""),
        ({"identifier": "NOTHING"}, ""),
        ({"identifier": "GHOST"}, ""),
    ],
)
def test_a_variable_is_printed(attributes, wanted):
    element = etree.Element("printedVariable", attributes)

    assert printed(element, ITEM.declarations, SESSION.values) == wanted


@given(some.integers(-(2**63), 2**63), some.integers(2, 36))
def test_a_whole_number_in_another_base_is_the_same_number(number, base):
    element = etree.Element("printedVariable", identifier="WHOLE", base=str(base))

    assert int(printed(element, ITEM.declarations, {"WHOLE": number}), base) == number
