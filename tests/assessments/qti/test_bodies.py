"""What a renderer and an importer see of an item: interactions, choices, feedback, templates."""

import pytest

from assessments.qti import process, read_item, start
from assessments.qti.feedback import is_shown, shown
from assessments.qti.interactions import KINDS
from tests.assessments.qti.writing import (
    TRUE,
    declare,
    item,
    marked,
    name,
    of,
    put,
    values,
    whole,
)

CHOICES = """<choiceInteraction responseIdentifier="R1" maxChoices="1"><prompt>Which?</prompt>
<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>
</choiceInteraction>"""
MATCH = """<matchInteraction responseIdentifier="R2"><simpleMatchSet>
<simpleAssociableChoice identifier="X" matchMax="1">x</simpleAssociableChoice></simpleMatchSet>
<simpleMatchSet><simpleAssociableChoice identifier="Y" matchMax="1">y</simpleAssociableChoice>
</simpleMatchSet></matchInteraction>"""


def test_interactions_come_in_order_with_their_responses_and_choices():
    read = read_item(
        item(
            declare("response", "R1", "identifier")
            + declare("response", "R2", "directedPair", "multiple")
            + f"<itemBody><div>{CHOICES}</div><p>and</p>{MATCH}</itemBody>"
        )
    )

    assert [(each.kind, each.response) for each in read.interactions] == [
        ("choiceInteraction", "R1"),
        ("matchInteraction", "R2"),
    ]
    assert [[choice for choice, _ in each.choices()] for each in read.interactions] == [
        ["A", "B"],
        ["X", "Y"],
    ]
    assert read.interactions[0].choices()[0][1].text == "a"
    assert read.findings == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_interaction_of_the_standard_is_found(kind):
    read = read_item(
        item(
            declare("response", "R", "string")
            + f'<itemBody><p><{kind} responseIdentifier=" R "/></p></itemBody>'
        )
    )

    assert [(each.kind, each.response) for each in read.interactions] == [(kind, "R")]


def test_an_interaction_whose_response_nobody_declared_is_said():
    read = read_item(item("\n<itemBody>" + CHOICES + "</itemBody>"))

    (finding,) = read.findings
    assert "R1" in finding.message.interpolate()
    assert finding.line == 2


def test_an_item_without_a_body_asks_nothing():
    read = read_item(item(""))

    assert (read.body, read.interactions) == (None, ())


def test_an_item_says_what_it_is():
    read = read_item(item("", 'xml:lang="fr" adaptive="false" timeDependent="true"'))

    assert (read.identifier, read.title, read.language) == ("ITEM", "Question", "fr")
    assert (read.adaptive, read.time_dependent) == (False, True)


FEEDBACK = """
<modalFeedback outcomeIdentifier="F" identifier="one" showHide="show">1</modalFeedback>
<modalFeedback outcomeIdentifier="F" identifier="two">2</modalFeedback>
<modalFeedback outcomeIdentifier="F" identifier="one" showHide="hide">not 1</modalFeedback>"""


@pytest.mark.parametrize(
    ("cardinality", "expression", "wanted"),
    [
        ("single", name("one"), ("one",)),
        ("single", name("two"), ("two", "one")),
        ("single", "<null/>", ("one",)),
        ("multiple", f"<multiple>{name('one')}{name('two')}</multiple>", ("one", "two")),
    ],
)
def test_modal_feedback_is_shown_for_the_value_of_its_outcome(cardinality, expression, wanted):
    content = item(
        declare("outcome", "F", "identifier", cardinality)
        + FEEDBACK
        + f"<responseProcessing>{put('F', expression)}</responseProcessing>"
    )

    assert marked(content).modal_feedback == wanted


def test_feedback_and_template_content_in_a_body_are_shown_by_values():
    read = read_item(
        item(
            declare("template", "T", "identifier", inside=values("defaultValue", "cow"))
            + declare("outcome", "F", "identifier")
            + declare("response", "R", "boolean")
            + """<itemBody>
            <templateBlock templateIdentifier="T" identifier="cow" showHide="show"/>
            <templateInline templateIdentifier="T" identifier="pig" showHide="show"/>
            <feedbackBlock outcomeIdentifier="F" identifier="good" showHide="show"/>
            <feedbackInline outcomeIdentifier="F" identifier="good" showHide="hide"/>
            <choiceInteraction responseIdentifier="R">
            <simpleChoice identifier="pig" templateIdentifier="T" showHide="hide"/>
            <simpleChoice identifier="cow" templateIdentifier="T" showHide="hide"/>
            <simpleChoice identifier="hen"/></choiceInteraction></itemBody>
            <responseProcessing>"""
            + put("F", name("good"))
            + "</responseProcessing>"
        )
    )
    before = start(read, 1)
    after = process(read, before, {}).session

    def tags(session):
        return [each.tag for each in read.body if is_shown(each, session.values) and len(each) == 0]

    choices = [element for _, element in read.interactions[0].choices()]
    assert tags(before) == ["templateBlock", "feedbackInline"]
    assert tags(after) == ["templateBlock", "feedbackBlock"]
    assert shown(choices, before.values) == ["pig", "hen"]


INTERACTIONS = [
    ("orderInteraction", "identifier", "ordered", ["B", "A"], ["B", "A"], ["A", "B"]),
    ("associateInteraction", "pair", "multiple", ["A B"], ["B A"], ["A C"]),
    ("matchInteraction", "directedPair", "multiple", ["A X", "B Y"], ["B Y", "A X"], ["X A"]),
    ("gapMatchInteraction", "directedPair", "multiple", ["W G1"], ["W G1"], ["W G2"]),
    ("inlineChoiceInteraction", "identifier", "single", ["Y"], "Y", "L"),
    ("textEntryInteraction", "string", "single", ["York"], "York", "york"),
    ("extendedTextInteraction", "string", "ordered", ["a", "b"], ["a", "b"], ["b", "a"]),
    ("hottextInteraction", "identifier", "multiple", ["H1"], ["H1"], ["H1", "H2"]),
    ("hotspotInteraction", "identifier", "single", ["A"], "A", "B"),
    ("graphicOrderInteraction", "identifier", "ordered", ["A", "B"], ["A", "B"], ["B"]),
    ("graphicAssociateInteraction", "pair", "multiple", ["A B", "B C"], ["C B", "A B"], []),
    ("graphicGapMatchInteraction", "directedPair", "multiple", ["I H"], ["I H"], ["H I"]),
    ("selectPointInteraction", "point", "single", ["10 20"], "10 20", "20 10"),
    ("positionObjectInteraction", "point", "multiple", ["1 2", "3 4"], ["3 4", "1 2"], ["1 2"]),
    ("sliderInteraction", "integer", "single", [16], 16, 17),
    ("sliderInteraction", "float", "single", [0.5], "0.50", 0.25),
    ("drawingInteraction", "file", "single", ["blob:1"], "blob:1", "blob:2"),
    ("uploadInteraction", "file", "single", ["blob:1"], "blob:1", None),
    ("mediaInteraction", "integer", "single", [2], 2, 1),
    ("endAttemptInteraction", "boolean", "single", ["true"], True, False),
    ("customInteraction", "uri", "single", ["urn:a"], "urn:a", "urn:b"),
]


@pytest.mark.parametrize(
    ("kind", "base_type", "cardinality", "correct", "right", "wrong"), INTERACTIONS
)
def test_the_response_of_every_interaction_is_matched(
    kind, base_type, cardinality, correct, right, wrong
):
    content = item(
        declare("response", "RESPONSE", base_type, cardinality, values("correctResponse", *correct))
        + declare("outcome", "SCORE", "float")
        + f'<itemBody><{kind} responseIdentifier="RESPONSE"/></itemBody>'
        + '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/'
        'rptemplates/match_correct"/>'
    )

    assert marked(content, {"RESPONSE": right}).score == 1
    assert marked(content, {"RESPONSE": wrong}).score == 0


def test_a_rule_of_an_item_may_end_it():
    content = item(
        declare("outcome", "SCORE", "float")
        + f"<outcomeProcessing><outcomeCondition><outcomeIf>{TRUE}{put('SCORE', whole(1))}"
        + f"<exitTest/></outcomeIf></outcomeCondition>{put('SCORE', whole(2))}"
        + "</outcomeProcessing>"
        + f"<responseProcessing>{put('SCORE', of('numAttempts'))}</responseProcessing>"
    )

    assert marked(content).score == 1
