"""What a document declares: values, mappings, areas, tables, and what is left out of bad ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessments.qti import read_item, start
from assessments.qti.areas import area
from assessments.qti.declarations import Kind
from assessments.qti.tables import Bounds, MapEntry, Mapping
from assessments.qti.values import BaseType, Cardinality, container, plain
from tests.assessments.qti.writing import (
    V21,
    V22,
    as_qti_3,
    declare,
    item,
    marked,
    of,
    put,
    values,
    whole,
)

SCORE = declare("outcome", "SCORE", "float")


def declared(inside, namespace=V22):
    read = read_item(item(inside, namespace=namespace))
    assert read.findings == ()
    return read.declarations


def test_a_variable_has_its_default_and_its_correct_value():
    found = declared(
        declare("response", "R", "identifier", "ordered", values("correctResponse", "A", "B"))
        + declare("template", "T", "integer", inside=values("defaultValue", 3))
    )

    assert plain(found["R"].correct) == ["A", "B"]
    assert found["R"].default.is_null
    assert plain(found["T"].default) == 3
    assert found["T"].kind is Kind.TEMPLATE


def test_a_default_may_stand_in_an_attribute():
    assert (
        plain(
            declared(
                '<outcomeDeclaration identifier="O" cardinality="single" baseType="float"'
                ' defaultValue="2.5" normalMaximum="4" normalMinimum="-1"/>'
            )["O"].default
        )
        == 2.5
    )


def test_an_outcome_says_its_bounds_and_a_template_variable_where_it_may_appear():
    found = declared(
        '<outcomeDeclaration identifier="O" cardinality="single" baseType="float"'
        ' normalMaximum="4" normalMinimum="-1"/>'
        '<templateDeclaration identifier="T" cardinality="single" baseType="float"'
        ' mathVariable="true" paramVariable="true"/>'
    )

    assert (found["O"].minimum, found["O"].maximum) == (-1, 4)
    assert (found["T"].math, found["T"].param) == (True, True)


def test_an_outcome_that_a_person_must_mark_says_so():
    found = declared(SCORE.replace(" base", ' externalScored="human" base'))

    assert found["SCORE"].external == "human"
    assert found["completionStatus"].external == ""


def test_a_record_declares_its_fields_one_by_one():
    found = declared(
        '<responseDeclaration identifier="R" cardinality="record"><defaultValue>'
        '<value fieldIdentifier="x" baseType="integer">3</value>'
        '<value fieldIdentifier="y">why</value></defaultValue></responseDeclaration>'
    )

    assert plain(found["R"].default) == {
        "x": {"baseType": "integer", "value": 3},
        "y": {"baseType": "string", "value": "why"},
    }


@pytest.mark.parametrize(
    ("base_type", "cardinality", "wanted"),
    [
        ("float", "single", 0),
        ("integer", "single", 0),
        ("identifier", "single", None),
        ("float", "multiple", None),
    ],
)
def test_a_numeric_outcome_without_a_default_begins_with_0(base_type, cardinality, wanted):
    result = marked(item(declare("outcome", "O", base_type, cardinality)))

    assert result.outcomes["O"] == wanted


def test_the_built_in_variables_are_there_and_no_document_declared_them():
    read = read_item(item(SCORE))

    assert {"numAttempts", "duration", "completionStatus"} < set(read.declarations)
    assert set(read.declared(Kind.OUTCOME)) == {"SCORE"}


def test_a_built_in_variable_that_is_declared_again_begins_as_it_is():
    """As items of QTI 2.0 do that set it."""
    content = item(declare("outcome", "completionStatus", "identifier") + SCORE)
    session = start(read_item(content), 1)

    assert session.values["completionStatus"] == "not_attempted"
    assert marked(content).outcomes["completionStatus"] == "unknown"


def test_a_default_of_a_built_in_variable_that_a_document_declares_holds():
    content = item(
        declare(
            "outcome", "completionStatus", "identifier", inside=values("defaultValue", "incomplete")
        )
    )

    assert marked(content).outcomes["completionStatus"] == "incomplete"


def test_what_the_context_declares_is_known_to_rules_and_no_response_changes_it():
    content = item(
        '<contextDeclaration identifier="QTI_CONTEXT" cardinality="record"><defaultValue>'
        '<value fieldIdentifier="testIdentifier" baseType="string">T1</value></defaultValue>'
        "</contextDeclaration>"
        + declare("outcome", "TEST", "string")
        + "<responseProcessing>"
        + put(
            "TEST", f'<fieldValue fieldIdentifier="testIdentifier">{of("QTI_CONTEXT")}</fieldValue>'
        )
        + "</responseProcessing>"
    )

    for spelling in (content, as_qti_3(content)):
        assert marked(spelling, {"QTI_CONTEXT": {"testIdentifier": "T2"}}).outcomes["TEST"] == "T1"


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        ('<outcomeDeclaration identifier="O" cardinality="single"/>', "no type"),
        ('<outcomeDeclaration identifier="O" cardinality="some" baseType="float"/>', "no type"),
        ('<outcomeDeclaration identifier="O" cardinality="single" baseType="hue"/>', "no type"),
        ('<outcomeDeclaration cardinality="single" baseType="float"/>', "no type"),
        (declare("outcome", "O", "integer", inside=values("defaultValue", "x")), "defaultValue"),
        (
            declare(
                "response",
                "O",
                "integer",
                inside='<mapping><mapEntry mapKey="x" mappedValue="1"/></mapping>',
            ),
            "mapping",
        ),
        (
            declare(
                "response",
                "O",
                "point",
                inside='<areaMapping><areaMapEntry shape="star" coords="1"/></areaMapping>',
            ),
            "areaMapping",
        ),
        *(
            (declare("response", "O", "string", inside=inside), "mapping")
            for inside in (
                '<mapping><mapEntry mapKey="x" mappedValue="NaN"/></mapping>',
                '<mapping><mapEntry mapKey="x" mappedValue="1e999"/></mapping>',
                '<mapping defaultValue="INF"><mapEntry mapKey="x" mappedValue="1"/></mapping>',
                '<mapping upperBound="NaN"><mapEntry mapKey="x" mappedValue="1"/></mapping>',
            )
        ),
        (
            declare(
                "outcome",
                "O",
                "float",
                inside='<matchTable><matchTableEntry sourceValue="x"/></matchTable>',
            ),
            "matchTable",
        ),
        (
            declare(
                "outcome",
                "O",
                "float",
                inside='<interpolationTable interpolationMethod="linear">'
                '<interpolationTableEntry sourceValue="1" targetValue="1"/>'
                '<interpolationTableEntry sourceValue="1" targetValue="2"/></interpolationTable>',
            ),
            "interpolationTable",
        ),
        (
            '<outcomeDeclaration identifier="O" cardinality="single" baseType="float"'
            ' normalMaximum="much"/>',
            "normalMaximum",
        ),
    ],
)
def test_what_cannot_be_read_of_a_declaration_is_left_out_and_said(declaration, said):
    read = read_item(item("\n" + declaration))

    (finding,) = read.findings
    assert said in finding.message.interpolate()
    assert finding.line == 2


@pytest.mark.parametrize(("namespace", "wanted"), [(V21, 0), (V22, 2)])
def test_an_entry_that_does_not_say_minds_the_case_before_qti_2_2(namespace, wanted):
    mapping = '<mapping><mapEntry mapKey="York" mappedValue="2"/></mapping>'
    found = declared(declare("response", "R", "string", inside=mapping), namespace)["R"]

    answer = container(Cardinality.ORDERED, BaseType.STRING, ["YORK"])
    assert found.mapping.total(answer) == wanted


def test_an_entry_in_the_very_case_goes_before_one_in_another():
    mapping = (
        '<mapping><mapEntry mapKey="york" mappedValue="1"/>'
        '<mapEntry mapKey="York" mappedValue="0.5"/></mapping>'
    )
    found = declared(declare("response", "R", "string", inside=mapping))["R"].mapping

    def worth(text):
        return found.total(container(Cardinality.MULTIPLE, BaseType.STRING, [text]))

    assert [worth("york"), worth("York"), worth("YORK")] == [1, 0.5, 1]


def mapped(declaration, response, function="mapResponse"):
    content = item(
        SCORE
        + declaration
        + f'<responseProcessing>{put("SCORE", f"""<{function} identifier="R"/>""")}'
        "</responseProcessing>"
    )
    return marked(content, {"R": response})


AREAS = """<areaMapping defaultValue="-1" upperBound="4">
<areaMapEntry shape="circle" coords="10,10,5" mappedValue="2"/>
<areaMapEntry shape="rect" coords="8,8,40,40" mappedValue="3"/></areaMapping>"""


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        (["10 10"], 2),
        (["10 10", "11 11"], 2),
        (["10 10", "30 30"], 4),
        (["99 99"], -1),
        (["10 10", "99 99"], 1),
        ([], 0),
    ],
)
def test_the_first_area_that_holds_a_point_has_it_and_counts_once(points, wanted):
    declaration = declare("response", "R", "point", "multiple", AREAS)

    assert mapped(declaration, points, "mapResponsePoint").score == wanted


def test_a_single_response_that_is_missing_is_worth_the_default():
    point = declare("response", "R", "point", inside=AREAS)
    text = declare("response", "R", "string", inside='<mapping defaultValue="-2"/>')

    assert mapped(point, None, "mapResponsePoint").score == -1
    assert mapped(text, None).score == -2


@pytest.mark.parametrize("function", ["mapResponse", "mapResponsePoint"])
def test_a_variable_without_a_mapping_is_worth_nothing_and_that_is_said(function):
    result = mapped(declare("response", "R", "identifier"), "A", function)

    assert result.score == 0
    assert len(result.findings) == 1
    assert not result.rejected


@given(
    some.lists(some.sampled_from("ABCX")),
    some.floats(-9, 9),
    some.floats(-9, 0),
    some.floats(0, 9),
)
def test_a_mapping_stays_in_its_bounds(members, worth, lower, upper):
    entries = tuple(MapEntry(letter, worth, True) for letter in "ABC")
    mapping = Mapping(BaseType.IDENTIFIER, entries, -worth, Bounds(lower, upper))

    total = mapping.total(container(Cardinality.MULTIPLE, BaseType.IDENTIFIER, members))

    assert lower <= total <= upper


STEPS = """<interpolationTable defaultValue="F">
<interpolationTableEntry sourceValue="80" targetValue="A"/>
<interpolationTableEntry sourceValue="60" targetValue="B" includeBoundary="false"/>
<interpolationTableEntry sourceValue="50" targetValue="C"/></interpolationTable>"""


def looked_up(table, source, base_type="identifier"):
    content = item(
        declare("response", "R", "float")
        + declare("outcome", "GRADE", base_type, inside=table)
        + '<responseProcessing><lookupOutcomeValue identifier="GRADE">'
        + of("R")
        + "</lookupOutcomeValue></responseProcessing>"
    )
    return marked(content, {"R": source})


@pytest.mark.parametrize(
    ("source", "wanted"),
    [(100, "A"), (80, "A"), (79.9, "B"), (60, "C"), (50, "C"), (49.9, "F"), (None, "F")],
)
def test_an_interpolation_table_has_steps(source, wanted):
    assert looked_up(STEPS, source).outcomes["GRADE"] == wanted


@pytest.mark.parametrize(
    ("source", "wanted"), [(-1, 10), (0, 10), (1, 15), (2, 20), (3, 10), (9, 0)]
)
def test_a_linear_table_draws_lines_and_is_level_outside(source, wanted):
    table = """<interpolationTable interpolationMethod="linear">
    <interpolationTableEntry sourceValue="4" targetValue="0"/>
    <interpolationTableEntry sourceValue="0" targetValue="10"/>
    <interpolationTableEntry sourceValue="2" targetValue="20"/></interpolationTable>"""

    assert looked_up(table, source, "float").outcomes["GRADE"] == wanted


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ('<matchTable><matchTableEntry sourceValue="2" targetValue="A"/></matchTable>', "A"),
        ('<matchTable><matchTableEntry sourceValue="3" targetValue="A"/></matchTable>', None),
        ("<interpolationTable/>", None),
    ],
)
def test_a_table_without_a_default_gives_null(table, wanted):
    assert looked_up(table, 2).outcomes["GRADE"] == wanted


def test_a_target_that_is_not_of_its_type_is_rejected():
    table = '<matchTable><matchTableEntry sourceValue="2" targetValue="A"/></matchTable>'

    result = looked_up(table, 2, "integer")

    assert result.rejected
    assert result.outcomes["GRADE"] == 0


def test_a_lookup_without_a_table_is_rejected():
    assert looked_up("", 2).rejected


@given(some.tuples(*[some.integers(-50, 50)] * 4), some.integers(-60, 60), some.integers(-60, 60))
def test_a_rectangle_and_its_polygon_hold_the_same_points(corners, x, y):
    left, top, right, bottom = corners
    if left == right or top == bottom:
        return
    rectangle = area("rect", f"{left} {top} {right} {bottom}")
    polygon = area("poly", f"{left},{top},{right},{top},{right},{bottom},{left},{bottom}")

    assert rectangle.holds((x, y)) == polygon.holds((x, y))


def test_a_number_in_a_rule_is_of_the_document():
    content = item(SCORE + f"<responseProcessing>{put('SCORE', whole(3))}</responseProcessing>")

    assert marked(content).outcomes["SCORE"] == 3.0
