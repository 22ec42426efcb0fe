"""Variables and values of an item, and what a site brings, within expressions."""

import pytest

from tests.assessments.qti.expressions.operands import among, op
from tests.assessments.qti.writing import of, said, scope, whole, words


def test_a_variable_its_default_and_its_correct_value():
    known = among()

    assert said(of("N"), known) == 2
    assert said('<default identifier="N"/>', known) == 2
    assert said('<correct identifier="LIST"/>', known) == [1, 2]
    assert said('<default identifier="LIST"/>', known) is None
    assert known.findings == []


@pytest.mark.parametrize("element", ["variable", "default", "correct"])
def test_a_variable_that_nobody_declared_is_null_and_reported(element):
    known = scope()

    assert said(f'<{element} identifier="GHOST"/>', known) is None
    assert "GHOST" in known.findings[0].message.interpolate()


def test_a_base_value_that_is_not_of_its_type_is_null_and_reported():
    known = scope()

    assert said(whole("three"), known) is None
    assert said('<baseValue baseType="colour">red</baseValue>', known) is None
    assert len(known.findings) == 2


@pytest.mark.parametrize(
    ("table", "source", "wanted"),
    [
        ('<matchTable><matchTableEntry sourceValue="1" targetValue="7"/></matchTable>', 1, 7),
        ('<matchTable><matchTableEntry sourceValue="1" targetValue="x"/></matchTable>', 1, "x"),
        ('<matchTable><matchTableEntry sourceValue="1" targetValue="7"/></matchTable>', 2, None),
    ],
)
def test_a_table_in_an_expression_gives_a_number_where_it_can(table, source, wanted):
    assert said(f"<lookupTable>{whole(source)}{table}</lookupTable>") == wanted


def test_a_custom_operator_of_the_site_is_asked_and_others_are_null_and_reported():
    known = scope()
    known.operators = {"shout": lambda node, values: values[0]}

    assert said(op("customOperator", words("Oh"), **{"class": "shout"}), known) == "Oh"
    assert known.findings == []
    assert said(op("customOperator", words("Oh"), definition="urn:whisper"), known) is None
    assert len(known.findings) == 1
