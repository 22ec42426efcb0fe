"""Which items become one of our own types, and which stay in QTI."""

from fractions import Fraction
from random import Random

import pytest

from assessments.exchange.qti import read_qti
from assessments.questions.base import ONE
from tests.assessments.exchange.qti.packages import one, package
from tests.assessments.qti.writing import as_qti_3
from tests.assessments.questions.qti_items import (
    ASK,
    BY_PEOPLE,
    ITEMS,
    MAP,
    MATCH,
    SCORE,
    choices,
    declared,
    item,
    mapping,
)
from tests.assessments.wording import english

KINDS = {
    "choice": "choice",
    "choices": "choice",
    "order": "ordering",
    "inlineChoice": "cloze",
    "textEntry": "short",
    "number": "numerical",
    "match": "qti",
    "gapMatch": "qti",
    "slider": "qti",
    "associate": "qti",
    "graphicOrder": "qti",
    "selectPoint": "qti",
}


@pytest.mark.parametrize("name", KINDS)
def test_an_item_becomes_one_of_our_types_where_that_says_all_of_it(name):
    entry = one(ITEMS[name])
    assert entry.question.kind == KINDS[name]
    assert entry.code == "secret-item"


@pytest.mark.parametrize("name", [*ITEMS, *BY_PEOPLE])
def test_every_interaction_comes_in_in_the_spelling_of_qti_3_too(name):
    xml = {**ITEMS, **BY_PEOPLE}[name]
    two, three = one(xml), one(as_qti_3(xml.encode()))
    assert three.question.kind == two.question.kind
    arrangement = three.question.arrange(Random(1))
    right = three.question.right_response(arrangement)
    if right is not None:
        assert three.question.mark_response(right, arrangement).fraction == ONE


def test_pictures_of_an_item_become_files_of_the_question():
    entry = one(ITEMS["hotspot"])
    assert set(entry.files) == {"map.png"}
    assert entry.question.arrange(Random(1))


def test_what_a_server_wants_to_know_is_no_part_of_a_files_name():
    xml = ITEMS["slider"].replace("<itemBody>", '<itemBody><p><img src="files/flag.png?d=1"/></p>')
    assert list(one(xml).files) == ["flag.png"]


def test_mapped_choices_have_shares_of_the_mark():
    xml = item(
        declared(
            "multiple",
            "identifier",
            "secret-a",
            "secret-b",
            inside=mapping(
                ("secret-a", 2), ("secret-b", 1), ("secret-c", -1), attributes='lowerBound="0"'
            ),
        ),
        f'<choiceInteraction {ASK} shuffle="true" maxChoices="0">'
        f"{choices('simpleChoice', 'a', 'b', 'c')}</choiceInteraction>",
        MAP,
    )
    question = one(xml).question
    assert question.mark == 3
    shares = [choice.fraction for choice in question.choices]
    assert shares == [Fraction(2, 3), Fraction(1, 3), Fraction(-1, 3)]
    assert question.least == 0


def test_pairs_that_bring_the_same_are_a_matching_question_and_gaps_are_gaps():
    pairs = mapping(("secret-a secret-y", 1), ("secret-b secret-x", 1))
    xml = ITEMS["match"].replace("</correctResponse>", f"</correctResponse>{pairs}")
    assert one(xml.replace(MATCH, MAP)).question.kind == "matching"
    pairs = mapping(("secret-a secret-g1", 1), ("secret-b secret-g2", 1))
    xml = ITEMS["gapMatch"].replace("</correctResponse>", f"</correctResponse>{pairs}")
    question = one(xml.replace(MATCH, MAP)).question
    assert question.kind == "gaps"
    assert "First [[1]] then [[2]]" in question.body


def test_labels_and_a_place_in_a_picture_become_our_own_where_they_are_plain():
    pairs = mapping(("secret-x secret-a", 1), ("secret-y secret-b", 1))
    xml = ITEMS["graphicGapMatch"].replace("</correctResponse>", f"</correctResponse>{pairs}")
    xml = xml.replace("circle", "rect").replace("100,50,20", "100,50,120,70")
    start = xml.index('<associableHotspot identifier="secret-c"')
    xml = xml[:start] + xml[xml.index("/>", start) + 2 :]
    assert one(xml.replace(MATCH, MAP)).question.kind == "labels"
    plain = ITEMS["hotspot"].replace('"ellipse" coords="150,50,30,20"', '"rect" coords="1,1,9,9"')
    assert one(plain).question.kind == "hotspot"


@pytest.mark.parametrize(
    "change",
    [
        ('adaptive="false"', 'adaptive="true"'),
        ("<prompt>", '<rubricBlock view="scorer"><p>x</p></rubricBlock><prompt>'),
        ('maxChoices="1"', 'maxChoices="1" minChoices="2"'),
        (MATCH, MATCH.replace("match_correct", "map_response")),
        (MATCH, MATCH.replace("match_correct", "unknown")),
        (
            SCORE,
            SCORE + "<templateProcessing><exitTemplate/></templateProcessing>",
        ),
    ],
)
def test_an_item_that_asks_for_more_stays_as_it_is_and_that_is_said(change):
    xml = ITEMS["choice"].replace(*change)
    taken = read_qti(xml.encode())
    assert taken.entries[0].question.kind == "qti"
    assert any("kept as it is in QTI" in remark.message for remark in taken.remarks)


BLANK = f"<p>Say</p><p><textEntryInteraction {ASK}/></p>"
LIST = (
    f"<p>Say <inlineChoiceInteraction {ASK}>{choices('inlineChoice', 'a', 'b')}"
    "</inlineChoiceInteraction> at once.</p>"
)
ONCE = 'matchMax="1"'
PAIRS = (
    f"<gapMatchInteraction {ASK}>{choices('gapText', 'a', 'b', attributes=ONCE)}"
    '<p><gap identifier="x"/> <gap identifier="y"/></p></gapMatchInteraction>'
)
TWO = (
    SCORE + '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
    "<defaultValue><value>2</value></defaultValue></outcomeDeclaration>"
)
BAD = (("secret-a", 1), ("secret-b", -1))


@pytest.mark.parametrize(
    ("cardinality", "base_type", "mapped", "body"),
    [
        ("single", "string", mapping(*BAD), BLANK),
        ("single", "string", mapping(*BAD, attributes='lowerBound="0"'), BLANK),
        ("single", "identifier", mapping(*BAD), LIST),
        ("single", "identifier", mapping(("secret-a", 2), attributes='upperBound="1"'), LIST),
        ("single", "identifier", mapping(("secret-a", 2), attributes='lowerBound="1"'), LIST),
        ("single", "integer", mapping(), BLANK),
        *(
            (
                "multiple",
                "directedPair",
                mapping(("secret-a x", 1), ("secret-b y", 1), attributes=bound),
                PAIRS,
            )
            for bound in ('upperBound="1"', 'lowerBound="1"')
        ),
    ],
)
def test_a_mapping_with_limits_that_no_type_of_ours_has_stays_as_it_is(
    cardinality, base_type, mapped, body
):
    xml = item(declared(cardinality, base_type, inside=mapped), body, MAP, TWO)
    assert one(xml).question.kind == "qti"


SET = '<setOutcomeValue identifier="SCORE">{}</setOutcomeValue>'
FIRST, SECOND = (f'<mapResponse identifier="{name}"/>' for name in ("A", "B"))
SO_FAR = '<variable identifier="SCORE"/>'


@pytest.mark.parametrize(
    ("rules", "before"),
    [
        pytest.param(SET.format(FIRST) + SET.format(SECOND), 0, id="the last alone counts"),
        pytest.param(
            SET.format(f"<sum>{FIRST}{SECOND}</sum>")
            + SET.format('<baseValue baseType="float">0</baseValue>'),
            0,
            id="nothing counts",
        ),
        pytest.param(
            SET.format(f"<sum>{SO_FAR}{FIRST}{SECOND}</sum>"), 1, id="it begins with a point"
        ),
        pytest.param(
            SET.format(FIRST) + SET.format(f"<sum>{SO_FAR}{SO_FAR}{SECOND}</sum>"),
            0,
            id="the first counts twice",
        ),
        pytest.param(
            "<responseCondition><responseIf><not><isNull><variable identifier='B'/></isNull></not>"
            + SET.format(FIRST)
            + "</responseIf></responseCondition>"
            + SET.format(f"<sum>{SO_FAR}{SECOND}</sum>"),
            0,
            id="the first counts with the second only",
        ),
        pytest.param(
            "<responseCondition><responseIf><not/>" + SET.format(FIRST) + "</responseIf>"
            "</responseCondition>",
            0,
            id="it depends on nothing",
        ),
        pytest.param(
            "<responseCondition><responseIf><not><isNull/></not>"
            + SET.format(FIRST)
            + "</responseIf></responseCondition>",
            0,
            id="it asks for no variable",
        ),
    ],
)
def test_rules_that_do_not_add_up_stay_as_they_are(rules, before):
    blanks = "".join(f'<textEntryInteraction responseIdentifier="{name}"/>' for name in "AB")
    xml = item(
        "".join(
            declared("single", "string", "x", inside=mapping(("x", 1)), name=name) for name in "AB"
        ),
        f"<p>{blanks}</p>",
        f"<responseProcessing>{rules}</responseProcessing>",
        SCORE.replace("/>", f"><defaultValue><value>{before}</value></defaultValue>")
        + "</outcomeDeclaration>",
    )
    assert one(xml).question.kind == "qti"


def test_an_item_that_brings_more_than_a_question_can_is_left_out():
    most = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>1e300</value></defaultValue></outcomeDeclaration>"
    )
    taken = read_qti(package({"item.xml": ITEMS["slider"].replace(SCORE, SCORE + most)}))
    assert not taken.entries
    assert english([each.message for each in taken.remarks]) == [
        "A number is too large, or has too many figures."
    ]


def test_an_essay_and_an_upload_become_essays():
    assert one(BY_PEOPLE["extendedText"]).question.rows == 5
    assert one(BY_PEOPLE["upload"]).question.types == ("application/pdf",)


def test_feedback_beside_a_choice_goes_with_it():
    outcomes = SCORE + SCORE.replace("SCORE", "FEEDBACK").replace("float", "identifier")
    rules = """<responseProcessing><responseCondition><responseIf>
    <match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
    </responseIf></responseCondition><setOutcomeValue identifier="FEEDBACK">
    <variable identifier="RESPONSE"/></setOutcomeValue></responseProcessing>"""
    modal = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="secret-b" showHide="show">No'
        "</modalFeedback>"
    )
    xml = ITEMS["choice"].replace(SCORE, outcomes).replace(MATCH, rules)
    question = one(xml.replace("</assessmentItem>", f"{modal}</assessmentItem>")).question
    assert question.kind == "choice"
    assert [choice.feedback for choice in question.choices] == ["", "No", ""]


def test_choices_that_bring_something_whatever_is_chosen_stay_in_qti():
    xml = ITEMS["choices"].replace(MATCH, MAP)
    least = mapping(("secret-a", 1), attributes='lowerBound="0.5"')
    xml = xml.replace("</responseDeclaration>", f"{least}</responseDeclaration>")
    assert one(xml).question.kind == "qti"
    assert one(xml.replace('"0.5"', '"0"')).question.kind == "choice"
