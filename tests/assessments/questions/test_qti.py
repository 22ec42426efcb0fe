"""Items of QTI as questions: asked with our controls, marked by their own response processing."""

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.qti import process
from assessments.questions.base import EMPTY, Verdict
from assessments.questions.controls import Attach, Put, Write
from assessments.questions.plain import from_plain, to_plain
from assessments.questions.qti import QtiQuestion, item_of
from shared import SHARED
from tests.assessments.qti.cases import sets
from tests.assessments.questions.qti_items import (
    ASK,
    BY_PEOPLE,
    COUNTING,
    ITEMS,
    SCORE,
    choices,
    declared,
    item,
    mapping,
)
from tests.assessments.wording import english

CASES = [
    case
    for case in sets(SHARED / "quizzes" / "qti-cases")
    if not case[2].get("xfail") and b"outcomeProcessing_" not in case[1]
]


def qti(xml, **more):
    return QtiQuestion(name="An item", body=EMPTY, xml=xml, **more)


def arranged(question, seed=0):
    return json.loads(json.dumps(question.arrange(Random(seed))))


def read(question, arrangement, response):
    """A response after it was through a page."""
    asked = question.ask(arrangement)
    return asked.read(asked.fields(response))


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("seed", range(3))
def test_the_right_response_of_every_interaction_goes_through_its_controls(name, seed):
    question = qti(ITEMS[name])
    assert question.problems() == []
    arrangement = arranged(question, seed)
    right = question.right_response(arrangement)
    assert right
    assert read(question, arrangement, right) == right
    marked = question.mark_response(right, arrangement)
    assert (marked.fraction, marked.verdict) == (1, Verdict.RIGHT)
    assert question.kept(right, arrangement) == right
    assert question.summary(right, arrangement)
    assert question.remarks(right, arrangement) == []


@pytest.mark.parametrize("name", ITEMS)
def test_no_response_brings_nothing(name):
    question = qti(ITEMS[name])
    arrangement = arranged(question)
    marked = question.mark_response({}, arrangement)
    assert (marked.fraction, marked.parts) == (0, ())
    assert not question.is_complete({}, arrangement)
    assert question.kept({}, arrangement) == {}


@pytest.mark.parametrize("name", BY_PEOPLE)
def test_what_no_machine_can_mark_waits_for_a_person(name):
    question = qti(BY_PEOPLE[name])
    arrangement = arranged(question)
    assert not question.automatic
    names = [control.name for control in question.ask(arrangement).controls]
    response = {names[0]: ("something",)}
    assert question.mark_response({}, arrangement).fraction == 0
    assert question.mark_response(response, arrangement).verdict is Verdict.WAITING
    assert question.right_response(arrangement) is None
    assert question.kept(response, arrangement) == response


@pytest.mark.parametrize("name", [*ITEMS, *BY_PEOPLE])
def test_a_learners_browser_gets_no_identifier(name):
    xml = {**ITEMS, **BY_PEOPLE}[name]
    question = from_plain(to_plain(qti(xml)))
    shown = json.dumps(question.ask(arranged(question)).for_learner())
    assert "secret" not in shown
    assert "RESPONSE" not in shown


@st.composite
def posted(draw, question, arrangement):
    fields = {}
    values = st.one_of(st.sampled_from(["1", "2", "3", "50", "York", "2,5", "", "x"]), st.text())
    for control in question.ask(arrangement).controls:
        names = [control.name]
        if isinstance(control, Put):
            names += [f"{control.name}-{number}" for number in range(1, 5)]
        for name in names:
            fields[name] = draw(st.lists(values, max_size=3))
    return fields


@pytest.mark.parametrize("name", [*ITEMS, *BY_PEOPLE])
@settings(max_examples=25)
@given(data=st.data())
def test_whatever_is_posted_is_marked_within_the_limits_and_fills_the_page_again(name, data):
    question = qti({**ITEMS, **BY_PEOPLE}[name])
    arrangement = arranged(question)
    asked = question.ask(arrangement)
    response = asked.read(data.draw(posted(question, arrangement)))
    assert asked.read(asked.fields(response)) == response
    marked = question.mark_response(response, arrangement)
    assert marked.fraction is None or question.lowest() <= marked.fraction <= 1
    kept = question.kept(response, arrangement)
    assert asked.read(asked.fields(kept)) == kept
    assert isinstance(question.summary(response, arrangement), str)
    assert all(remark.interpolate() for remark in question.remarks(response, arrangement))


@pytest.mark.parametrize(
    ("content", "case", "seed"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_an_item_of_the_suite_is_marked_as_the_engine_says(content, case, seed):
    question = qti(content.decode())
    arrangement = {**arranged(question), "session": None, "seed": 1 if seed is None else seed}
    session = question._begun(arrangement)
    responses = case.get("responses") or {}
    askings = question._asked(arrangement)
    response = {}
    for asked in askings:
        response |= asked.answer(responses.get(asked.variable))
    through_controls = {asked.variable: asked.value(response) for asked in askings}
    result = process(question.item, session, through_controls)
    if not question.automatic:
        return
    fraction = question.mark_response(response, arrangement).fraction
    most = question.most(result.outcomes)
    wanted = Fraction(str(result.score)) / most
    assert fraction == min(1, max(question.lowest(), wanted))
    straight = process(question.item, session, responses)
    if all(name in {each.variable for each in askings} for name in responses):
        assert straight.score == pytest.approx(result.score)


def test_an_order_of_chance_keeps_what_is_fixed_and_differs_between_attempts():
    body = (
        '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">'
        + choices("simpleChoice", *"abcde")
        + choices("simpleChoice", "f", attributes='fixed="true"')
        + "</choiceInteraction>"
    )
    question = qti(item(declared("single", "identifier", "secret-a"), body))
    orders = {tuple(question.arrange(Random(seed))["orders"]["i1"]) for seed in range(20)}
    assert len(orders) > 5
    assert {order[-1] for order in orders} == {"secret-f"}


def test_numbers_are_read_as_the_learner_writes_them():
    question = qti(ITEMS["number"])
    arrangement = {**arranged(question), "language": "fr"}
    assert question.mark_response({"i1": ("2,5",)}, arrangement).fraction == 1
    assert question.right_response(arrangement) == {"i1": ("2,5",)}
    assert len(question.remarks({"i1": ("two",)}, arrangement)) == 1


def test_a_right_number_that_nobody_can_write_is_not_told():
    question = qti(ITEMS["number"].replace(">2.5<", ">INF<"))
    arrangement = arranged(question)
    assert question.mark_response({"i1": ("2.5",)}, arrangement).fraction == 0
    assert question.right_response(arrangement) is None


def test_too_many_choices_are_said():
    body = (
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="2">'
        + choices("simpleChoice", *"abc")
        + "</choiceInteraction>"
    )
    question = qti(item(declared("multiple", "identifier", "secret-a"), body))
    response = {"i1": ("secret-a", "secret-b", "secret-c")}
    assert english(question.remarks(response, arranged(question))) == [
        "You have chosen 3 answers, but at most 2 can be chosen."
    ]


FEEDBACK = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
RULES = """<responseProcessing><responseCondition><responseIf>
<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
</responseIf></responseCondition>
<setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>
</responseProcessing>"""


def test_feedback_is_sent_only_when_it_was_earned():
    body = (
        '<rubricBlock view="scorer"><p>telling-markers</p></rubricBlock>'
        '<rubricBlock view="candidate"><p>Take your time.</p></rubricBlock>'
        '<feedbackBlock outcomeIdentifier="FEEDBACK" identifier="secret-a" showHide="show">'
        "<p>telling-block</p></feedbackBlock>"
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        '<simpleChoice identifier="secret-a">A<feedbackInline outcomeIdentifier="FEEDBACK" '
        'identifier="secret-a">telling-inline</feedbackInline></simpleChoice>'
        '<simpleChoice identifier="secret-b">B</simpleChoice></choiceInteraction>'
    )
    modal = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="secret-a" showHide="show">'
        "telling-modal</modalFeedback>"
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="secret-b" showHide="show">'
        "No</modalFeedback>"
    )
    question = qti(
        item(
            declared("single", "identifier", "secret-a"), body, RULES, SCORE + FEEDBACK, after=modal
        )
    )
    arrangement = arranged(question)
    shown = question.ask(arrangement).for_learner()
    assert "telling" not in json.dumps(shown)
    assert "Take your time." in shown["body"]
    marked = question.mark_response({"i1": ("secret-a",)}, arrangement)
    assert marked.fraction == 1
    assert marked.feedback == "<div><p>telling-block</p></div><div>telling-modal</div>"
    assert [part.feedback for part in marked.parts] == ["telling-inline"]
    assert question.mark_response({"i1": ("secret-b",)}, arrangement).feedback == "<div>No</div>"


TEMPLATE = """<templateDeclaration identifier="N" cardinality="single" baseType="integer"
 mathVariable="true"/>"""


def test_a_template_shows_its_numbers_and_only_its_own_variant():
    body = (
        '<p>Twice <printedVariable identifier="N"/>, '
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>N</mi></math>: '
        '<textEntryInteraction responseIdentifier="RESPONSE"/></p>'
        '<templateBlock templateIdentifier="N" identifier="7" showHide="show">telling'
        "</templateBlock>"
    )
    rules = (
        '<templateProcessing><setTemplateValue identifier="N"><randomInteger min="8" max="9"/>'
        '</setTemplateValue><setCorrectResponse identifier="RESPONSE"><product>'
        '<baseValue baseType="integer">2</baseValue><variable identifier="N"/></product>'
        "</setCorrectResponse></templateProcessing>"
    )
    question = qti(
        item(declared("single", "integer"), body, outcomes=SCORE + TEMPLATE + rules).replace(
            SCORE + TEMPLATE, SCORE + TEMPLATE
        )
    )
    arrangement = arranged(question, 3)
    number = arrangement["session"]["values"]["N"]
    shown = question.ask(arrangement).body
    assert f"Twice {number}," in shown
    assert f"<mn>{number}</mn>" in shown
    assert "telling" not in shown
    assert question.right_response(arrangement) == {"i1": (str(2 * number),)}
    assert question.mark_response({"i1": (str(2 * number),)}, arrangement).fraction == 1


def test_an_adaptive_item_goes_on_from_try_to_try():
    question = qti(COUNTING)
    arrangement = arranged(question)
    yes = {"i1": ("yes",)}
    assert question.mark_response(yes, arrangement).fraction == Fraction(1, 2)
    again = {**arrangement, "tries": [{"i1": ["yes"]}]}
    assert question.mark_response(yes, again).fraction == 1
    done = {**arrangement, "tries": [yes, yes, yes]}
    assert question.mark_response({"i1": ("no",)}, done).fraction == 1


def test_what_is_asked_in_a_hidden_part_is_not_asked_and_keeps_its_value():
    """As a second step that an adaptive item opens, or another variant of a template."""
    step = (
        '<feedbackBlock outcomeIdentifier="STEP" identifier="{}" showHide="{}"><p>'
        '<inlineChoiceInteraction responseIdentifier="{}"><inlineChoice identifier="yes">{}'
        "</inlineChoice></inlineChoiceInteraction></p></feedbackBlock>"
    )
    marker = (
        '<rubricBlock view="scorer"><p><textEntryInteraction responseIdentifier="X"/></p>'
        "</rubricBlock>"
    )
    rules = """<responseProcessing><responseCondition><responseIf>
    <match><variable identifier="ONE"/><baseValue baseType="identifier">yes</baseValue></match>
    <setOutcomeValue identifier="STEP"><baseValue baseType="identifier">two</baseValue>
    </setOutcomeValue></responseIf></responseCondition><responseCondition><responseIf><and>
    <match><variable identifier="ONE"/><baseValue baseType="identifier">yes</baseValue></match>
    <match><variable identifier="TWO"/><baseValue baseType="identifier">yes</baseValue></match>
    </and><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>
    </setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    question = qti(
        item(
            declared("single", "identifier", "yes", name="ONE")
            + declared("single", "identifier", "yes", name="TWO")
            + declared("single", "string", name="X"),
            step.format("two", "hide", "ONE", "telling-first")
            + step.format("two", "show", "TWO", "telling-second")
            + marker,
            rules,
            SCORE
            + '<outcomeDeclaration identifier="STEP" cardinality="single" baseType="identifier"/>',
            attributes='adaptive="true"',
        )
    )
    first = arranged(question)
    assert "telling-second" not in json.dumps(question.ask(first).for_learner())
    assert [control.name for control in question.ask(first).controls] == ["i1"]
    assert question.is_complete({"i1": ("yes",)}, first)
    second = {**first, "tries": [{"i1": ["yes"]}]}
    assert "telling-first" not in json.dumps(question.ask(second).for_learner())
    assert [control.name for control in question.ask(second).controls] == ["i2"]
    assert question.mark_response({"i2": ("yes",)}, second).fraction == 1


@pytest.mark.parametrize(
    ("outcomes", "wanted"),
    [
        (SCORE, Fraction(1, 2)),
        (SCORE.replace("/>", ' normalMaximum="4"/>'), Fraction(1, 2)),
        (
            SCORE.replace("/>", ' normalMaximum="4"/>')
            + '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
            "<defaultValue><value>8</value></defaultValue></outcomeDeclaration>",
            Fraction(1, 4),
        ),
    ],
)
def test_a_fraction_is_of_maxscore_or_of_the_normal_maximum_or_of_the_best_mapping(
    outcomes, wanted
):
    question = qti(
        item(
            declared("single", "string", inside=mapping(("a", 4), ("b", 2))),
            '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>',
            '<responseProcessing template="x/map_response"/>',
            outcomes,
        )
    )
    assert question.mark_response({"i1": ("b",)}, arranged(question)).fraction == wanted


@pytest.mark.parametrize("attributes", ['adaptive="false"', 'adaptive="true"'])
def test_without_a_maximum_a_fraction_is_of_what_the_right_responses_bring(attributes):
    """Some programs write no MAXSCORE: one blank of two is not the whole."""
    point = (
        '<responseCondition><responseIf><match><variable identifier="{0}"/>'
        '<correct identifier="{0}"/></match><setOutcomeValue identifier="SCORE"><sum>'
        '<variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></sum>'
        "</setOutcomeValue></responseIf></responseCondition>"
    )
    question = qti(
        item(
            "".join(declared("single", "string", "x", name=name) for name in "AB"),
            "<p>"
            + "".join(f'<textEntryInteraction responseIdentifier="{name}"/>' for name in "AB")
            + "</p>",
            f"<responseProcessing>{point.format('A')}{point.format('B')}</responseProcessing>",
            attributes=attributes,
        )
    )
    arrangement = arranged(question)
    assert question.mark_response({"i1": ("x",)}, arrangement).fraction == Fraction(1, 2)
    assert question.mark_response({"i1": ("x",), "i2": ("x",)}, arrangement).fraction == 1


def test_an_item_that_is_over_before_it_begins_brings_nothing():
    over = (
        '<outcomeDeclaration identifier="completionStatus" cardinality="single" '
        'baseType="identifier"><defaultValue><value>completed</value></defaultValue>'
        "</outcomeDeclaration>"
    )
    question = qti(ITEMS["textEntry"].replace(SCORE, SCORE + over))
    question = qti(question.xml.replace('adaptive="false"', 'adaptive="true"'))
    assert question.mark_response({"i1": ("York",)}, arranged(question)).fraction == 0


def test_a_mapping_that_takes_off_can_bring_less_than_nothing():
    question = qti(
        item(
            declared("multiple", "identifier", inside=mapping(("a", 2), ("b", -1))),
            '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0">'
            '<simpleChoice identifier="a">A</simpleChoice>'
            '<simpleChoice identifier="b">B</simpleChoice></choiceInteraction>',
            '<responseProcessing template="x/map_response"/>',
        )
    )
    assert question.lowest() == -1
    assert question.mark_response({"i1": ("b",)}, arranged(question)).fraction == Fraction(-1, 2)
    bound = replace(question, xml=question.xml.replace("<mapping ", '<mapping lowerBound="0" '))
    assert bound.lowest() == 0
    least = SCORE.replace("/>", ' normalMinimum="-1" normalMaximum="2"/>')
    declared_least = replace(question, xml=question.xml.replace(SCORE, least))
    assert declared_least.lowest() == Fraction(-1, 2)


@pytest.mark.parametrize("kind", ["customInteraction", "portableCustomInteraction"])
def test_a_question_that_needs_a_strangers_program_cannot_be_asked(kind):
    body = f'<{kind} responseIdentifier="RESPONSE"><script>telling()</script></{kind}>'
    question = qti(item(declared("single", "string"), body))
    assert english(question.problems()) == [
        "The question needs a program of its author’s. Programs of others are not run here."
    ]
    assert "telling" not in question.ask(arranged(question)).body


def test_what_is_no_item_is_said():
    assert english(qti("<quiz/>").problems()) == [
        "The file has no question of QTI. Choose a file with an assessmentItem."
    ]


def test_an_item_without_a_body_has_nothing_to_read_and_nothing_to_answer():
    question = qti(item("", "").replace("<itemBody></itemBody>", ""))
    assert question.problems() == []
    assert not question.answerable
    assert question.ask(arranged(question)).body == ""


def test_brackets_of_a_text_are_no_place_of_a_control():
    question = qti(ITEMS["number"].replace("Half of 5", "[[i1]] or [[i2]]"))
    assert question.ask(arranged(question)).body.count("[[i") == 1


def test_a_drawing_is_handed_in_as_a_picture():
    question = qti(BY_PEOPLE["drawing"])
    (control,) = question.ask(arranged(question)).controls
    assert isinstance(control, Attach)
    assert control.types == ("image/png", "image/jpeg")


def test_where_to_click_is_asked_as_two_numbers_without_a_script():
    question = qti(ITEMS["selectPoint"])
    asked = question.ask(arranged(question))
    assert all(isinstance(control, Write) and control.numeric for control in asked.controls)
    assert "<ol><li>[[i1-1-x]] [[i1-1-y]]</li><li>" in asked.body
    assert [control.label.interpolate() for control in asked.controls[:2]] == [
        "Pixels from the left, 0 to 200",
        "Pixels from the top, 0 to 100",
    ]
    response = asked.read({"i1-1-x": ["52"], "i1-1-y": ["49"]})
    assert question.mark_response(response, arranged(question)).fraction == 1


def test_a_picture_whose_size_is_not_known_has_no_end_to_count_to():
    xml = ITEMS["positionObject"].replace('width="200" height="100"', "")
    asked = qti(xml).ask(arranged(qti(xml)))
    assert "<p>[[i1-1-x]] [[i1-1-y]]</p>" in asked.body
    assert [control.label for control in asked.controls] == [
        "Pixels from the left",
        "Pixels from the top",
    ]


def test_the_dash_of_a_pair_stays_with_its_second_half():
    question = qti(ITEMS["associate"])
    body = question.ask(arranged(question)).body
    assert "<li>[[i1-1-a]] <span>– [[i1-1-b]]</span></li>" in body


def test_an_item_is_read_once_for_all_that_is_asked_of_it():
    assert item_of(ITEMS["choice"]) is item_of(ITEMS["choice"])


def test_more_choices_than_a_page_can_show_are_refused():
    body = (
        '<choiceInteraction responseIdentifier="RESPONSE">'
        + choices("simpleChoice", *map(str, range(2001)))
        + "</choiceInteraction>"
    )
    question = qti(item(declared("single", "identifier"), body))
    assert english(question.problems()) == [
        "A list has more than 2000 members. Make several questions of this one."
    ]


def test_more_pairs_than_a_page_can_show_are_refused():
    """Every row has a list of every column: the lists grow faster than the item."""
    sets = "".join(
        "<simpleMatchSet>"
        + choices("simpleAssociableChoice", *(f"{side}{n}" for n in range(201)))
        + "</simpleMatchSet>"
        for side in "ab"
    )
    body = f'<matchInteraction responseIdentifier="RESPONSE">{sets}</matchInteraction>'
    question = qti(item(declared("multiple", "directedPair"), body))
    assert english(question.problems()) == [
        "A list has more than 40000 members. Make several questions of this one."
    ]


def test_a_number_that_is_right_is_told_to_be_so_however_it_is_written():
    question = qti(ITEMS["number"])
    (part,) = question.mark_response({"i1": ("2.50",)}, arranged(question)).parts
    assert part.fraction == 1


BOTH = (
    '<responseProcessing><setOutcomeValue identifier="SCORE"><sum>'
    + "".join(f'<mapResponse identifier="{name}"/>' for name in ("RESPONSE", "OTHER"))
    + "</sum></setOutcomeValue></responseProcessing>"
)


@pytest.mark.parametrize("wrong", ["3", "two"])
def test_one_of_two_numbers_is_right_however_it_is_written_where_the_other_is_wrong(wrong):
    question = qti(
        item(
            declared("single", "float", "2.5", inside=mapping(("2.5", 1)))
            + declared("single", "float", "4", inside=mapping(("4", 1)), name="OTHER"),
            f"<p>Half of 5: <textEntryInteraction {ASK}/>, of 8: "
            '<textEntryInteraction responseIdentifier="OTHER"/></p>',
            BOTH,
        )
    )
    arrangement = arranged(question)
    response = {"i1": ("+2.50",), "i2": (wrong,)}
    assert [each.fraction for each in question.mark_response(response, arrangement).parts] == [1, 0]
    response = {"i1": (wrong,), "i2": ("4.0",)}
    assert question.kept(response, arrangement) == {"i2": ("4.0",)}
