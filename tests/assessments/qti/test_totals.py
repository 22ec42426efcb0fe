"""Expressions over the items of a test: gathered, weighted, counted, looked up."""

import pytest

from assessments.qti import process, process_test, read_item, read_test, start, start_test
from tests.assessments.qti.exams import ITEM, exam, outcomes, part, ref, section
from tests.assessments.qti.writing import declare, item, name, of, put, values

TWO_SECTIONS = part(
    "P",
    section(
        "S1",
        ref("Q1", '<weight identifier="W" value="2"/>', category="easy sums"),
        ref(
            "Q2",
            '<variableMapping sourceIdentifier="SCORE" targetIdentifier="POINTS"/>',
            category="hard",
        ),
    ),
    section("S2", ref("Q3", category="easy"), ref("Q4")),
)


def processed(expression, base_type="float", cardinality="single", items=None, structure=None):
    """What an expression gives after Q1 right, Q2 wrong, Q3 opened, Q4 untouched."""
    test = read_test(
        exam(
            declare("outcome", "O", base_type, cardinality),
            structure or TWO_SECTIONS,
            outcomes(put("O", expression)),
        )
    )
    session = start_test(test, 1)
    begun = start(ITEM, 1)
    sessions = {
        "Q1.1": process(ITEM, begun, {"RESPONSE": "A"}).session,
        "Q2.1": process(ITEM, begun, {"RESPONSE": "B"}).session,
        "Q3.1": process(ITEM, begun, {}).session,
    }
    items = {each.identifier: ITEM for each in test.refs()} if items is None else items
    result = process_test(test, session, items, sessions)
    assert not any(finding.rejected for finding in result.findings)
    return result.outcomes["O"]


def gathered(**attributes):
    given_ = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<testVariables{given_}/>"


def over(element, **attributes):
    given_ = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{element}{given_}/>"


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ({"variableIdentifier": "SCORE"}, [1, 0, 0, 0]),
        ({"variableIdentifier": "SCORE", "sectionIdentifier": "S1"}, [1, 0]),
        ({"variableIdentifier": "SCORE", "includeCategory": "easy"}, [1, 0]),
        ({"variableIdentifier": "SCORE", "includeCategory": "sums hard"}, [1, 0]),
        ({"variableIdentifier": "SCORE", "excludeCategory": "easy"}, [0, 0]),
        ({"variableIdentifier": "SCORE", "weightIdentifier": "W"}, [2, 0, 0, 0]),
        ({"variableIdentifier": "SCORE", "baseType": "float"}, [1, 0, 0, 0]),
        ({"variableIdentifier": "SCORE", "baseType": "integer"}, None),
        ({"variableIdentifier": "POINTS"}, [0]),
        ({"variableIdentifier": "numAttempts"}, [1, 1, 1, 0]),
        ({"variableIdentifier": "duration"}, None),
        (
            {"variableIdentifier": "duration", "baseType": "duration", "weightIdentifier": "W"},
            [0, 0, 0, 0],
        ),
        ({"variableIdentifier": "LIST"}, None),
        ({"variableIdentifier": "GHOST"}, None),
        ({"variableIdentifier": "RESPONSE"}, None),
        ({"variableIdentifier": "SCORE", "sectionIdentifier": "S9"}, None),
    ],
)
def test_a_variable_is_gathered_over_the_items(attributes, wanted):
    assert processed(gathered(**attributes), cardinality="multiple") == wanted


def test_a_variable_that_is_no_number_is_gathered_by_its_type():
    attributes = {"variableIdentifier": "RESPONSE", "baseType": "identifier"}

    found = processed(gathered(**attributes, weightIdentifier="W"), "identifier", "multiple")

    assert found == ["A", "B"]


def test_whole_numbers_and_floats_gathered_together_are_floats():
    other = read_item(item(declare("outcome", "SCORE", "integer")))
    items = {"Q1": ITEM, "Q2": ITEM, "Q4": other}

    found = processed(gathered(variableIdentifier="SCORE"), cardinality="multiple", items=items)

    assert found == [1.0, 0.0, 0.0]
    assert all(isinstance(each, float) for each in found)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        (over("numberSelected"), 4),
        (over("numberSelected", sectionIdentifier="S2"), 2),
        (over("numberPresented"), 3),
        (over("numberResponded"), 2),
        (over("numberCorrect"), 1),
        (over("numberCorrect", includeCategory="hard"), 0),
        (over("numberIncorrect"), 2),
    ],
)
def test_items_are_counted(expression, wanted):
    assert processed(expression, "integer") == wanted


def test_an_item_without_a_correct_response_is_neither_correct_nor_incorrect():
    for silent in (
        read_item(item(declare("response", "RESPONSE", "identifier"))),
        read_item(item("")),
    ):
        items = dict.fromkeys(["Q1", "Q2", "Q3", "Q4"], silent)

        assert processed(over("numberCorrect"), "integer", items=items) == 0
        assert processed(over("numberIncorrect"), "integer", items=items) == 0


def test_a_response_that_is_still_its_default_is_no_response():
    prefilled = read_item(
        item(declare("response", "RESPONSE", "identifier", inside=values("defaultValue", "A")))
    )
    items = dict.fromkeys(["Q1", "Q2", "Q3", "Q4"], prefilled)

    assert processed(over("numberResponded"), "integer", items=items) == 1


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        (over("outcomeMaximum", outcomeIdentifier="SCORE"), [1, 1, 1, 1]),
        (
            over("outcomeMaximum", outcomeIdentifier="SCORE", weightIdentifier="W"),
            [2, 1, 1, 1],
        ),
        (
            over("outcomeMinimum", outcomeIdentifier="SCORE", sectionIdentifier="S1"),
            [-1, -1],
        ),
        (over("outcomeMaximum", outcomeIdentifier="GRADE"), None),
        (over("outcomeMaximum", outcomeIdentifier="GHOST"), None),
        (over("outcomeMinimum", outcomeIdentifier="GRADE"), None),
    ],
)
def test_the_least_and_the_most_of_an_outcome(expression, wanted):
    assert processed(expression, cardinality="multiple") == wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        (of("Q1.SCORE"), 1),
        ('<variable identifier="Q1.SCORE" weightIdentifier="W"/>', 2),
        ('<variable identifier="Q3.SCORE" weightIdentifier="W"/>', 0),
        (of("Q2.POINTS"), 0),
        (of("Q4.numAttempts"), 0),
        (of("Q1.1.SCORE"), 1),
        (of("Q1.2.SCORE"), None),
        (of("Q1.GHOST"), None),
        (of("Q9.SCORE"), None),
        (of("Q9.x.SCORE"), None),
        (of("GHOST"), None),
        ('<variable identifier="Q4.GRADE" weightIdentifier="W"/>', None),
        ('<variable identifier="Q1.numAttempts" weightIdentifier="W"/>', 1),
    ],
)
def test_a_variable_of_one_item_is_looked_up_by_its_name(expression, wanted):
    assert processed(expression) == wanted


def test_the_correct_and_the_default_value_of_an_item_are_those_of_its_variant():
    variants = read_item(
        item(
            declare("response", "RESPONSE", "identifier")
            + f'<templateProcessing><setCorrectResponse identifier="RESPONSE">{name("Z")}'
            f'</setCorrectResponse><setDefaultValue identifier="RESPONSE">{name("D")}'
            "</setDefaultValue></templateProcessing>"
        )
    )
    items = dict.fromkeys(["Q1", "Q2", "Q3", "Q4"], variants)

    def of_item(element):
        return processed(f'<{element} identifier="Q4.RESPONSE"/>', "identifier", items=items)

    assert (of_item("correct"), of_item("default")) == ("Z", "D")


def test_an_instance_is_looked_up_by_its_number_and_else_the_last():
    structure = part(
        "P",
        section("S", '<selection select="2" withReplacement="true"/>', ref("Q1")),
    )
    test = read_test(
        exam(
            declare("outcome", "FIRST", "float"),
            declare("outcome", "LAST", "float"),
            structure,
            outcomes(put("FIRST", of("Q1.1.SCORE")), put("LAST", of("Q1.SCORE"))),
        )
    )
    sessions = {
        "Q1.1": process(ITEM, start(ITEM, 1), {"RESPONSE": "A"}).session,
        "Q1.2": process(ITEM, start(ITEM, 1), {"RESPONSE": "B"}).session,
    }

    result = process_test(test, start_test(test, 1), {"Q1": ITEM}, sessions)

    assert result.outcomes == {"FIRST": 1.0, "LAST": 0.0}
