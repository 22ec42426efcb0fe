"""Items of QTI for tests: one for each interaction, as an author would write them."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="secret-item"
    title="An item" adaptive="false" timeDependent="false">"""
MATCH = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/'
    'match_correct"/>'
)
MAP = MATCH.replace("match_correct", "map_response")
MAP_POINT = MATCH.replace("match_correct", "map_response_point")
PICTURE = '<object type="image/png" data="files/map.png" width="200" height="100">A map</object>'
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'


def declared(cardinality, base_type, *values, inside="", name="RESPONSE"):
    correct = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" '
        f'baseType="{base_type}">'
        + (f"<correctResponse>{correct}</correctResponse>" if values else "")
        + f"{inside}</responseDeclaration>"
    )


def item(response, body, processing=MATCH, outcomes=SCORE, after="", attributes=""):
    head = HEAD.replace('adaptive="false"', attributes or 'adaptive="false"')
    return (
        f"{head}{response}{outcomes}<itemBody>{body}</itemBody>{processing}{after}</assessmentItem>"
    )


def choices(element, *names, attributes=""):
    return "".join(
        f'<{element} identifier="secret-{name}" {attributes}>The {name}</{element}>'
        for name in names
    )


def hotspots(element, attributes=""):
    return (
        f'<{element} identifier="secret-a" shape="rect" coords="0,0,50,50" {attributes}/>'
        f'<{element} identifier="secret-b" shape="circle" coords="100,50,20" {attributes}/>'
        f'<{element} identifier="secret-c" shape="ellipse" coords="150,50,30,20" {attributes}/>'
    )


def mapping(*entries, attributes=""):
    rows = "".join(f'<mapEntry mapKey="{key}" mappedValue="{worth}"/>' for key, worth in entries)
    return f"<mapping {attributes}>{rows}</mapping>"


ASK = 'responseIdentifier="RESPONSE"'
ONCE = 'matchMax="1"'

ITEMS = {
    "choice": item(
        declared("single", "identifier", "secret-a"),
        f'<p>Which?</p><choiceInteraction {ASK} shuffle="true" maxChoices="1"><prompt>Say</prompt>'
        f"{choices('simpleChoice', 'a', 'b', 'c')}</choiceInteraction>",
    ),
    "choices": item(
        declared("multiple", "identifier", "secret-a", "secret-b"),
        f'<choiceInteraction {ASK} shuffle="true" maxChoices="0">'
        f"{choices('simpleChoice', 'a', 'b', 'c')}</choiceInteraction>",
    ),
    "order": item(
        declared("ordered", "identifier", "secret-c", "secret-a", "secret-b"),
        f'<orderInteraction {ASK} shuffle="true">{choices("simpleChoice", "a", "b", "c")}'
        "</orderInteraction>",
    ),
    "order of some": item(
        declared("ordered", "identifier", "secret-c", "secret-a"),
        f'<orderInteraction {ASK} minChoices="2" maxChoices="2">'
        f"{choices('simpleChoice', 'a', 'b', 'c')}</orderInteraction>",
    ),
    "associate": item(
        declared("multiple", "pair", "secret-a secret-b", "secret-c secret-d"),
        f'<associateInteraction {ASK} maxAssociations="2">'
        f"{choices('simpleAssociableChoice', 'a', 'b', 'c', 'd', attributes=ONCE)}"
        "</associateInteraction>",
    ),
    "match": item(
        declared("multiple", "directedPair", "secret-a secret-y", "secret-b secret-x"),
        f'<matchInteraction {ASK} shuffle="true" maxAssociations="2"><simpleMatchSet>'
        + choices("simpleAssociableChoice", "a", "b", attributes='matchMax="1"')
        + "</simpleMatchSet><simpleMatchSet>"
        + choices("simpleAssociableChoice", "x", "y", attributes='matchMax="1"')
        + "</simpleMatchSet></matchInteraction>",
    ),
    "match many": item(
        declared(
            "multiple",
            "directedPair",
            "secret-a secret-x",
            "secret-a secret-y",
            "secret-b secret-x",
        ),
        f'<matchInteraction {ASK} maxAssociations="0"><simpleMatchSet>'
        + choices("simpleAssociableChoice", "a", "b", attributes='matchMax="0"')
        + "</simpleMatchSet><simpleMatchSet>"
        + choices("simpleAssociableChoice", "x", "y", attributes='matchMax="0"')
        + "</simpleMatchSet></matchInteraction>",
    ),
    "gapMatch": item(
        declared("multiple", "directedPair", "secret-a secret-g1", "secret-b secret-g2"),
        f"<gapMatchInteraction {ASK}>"
        + choices("gapText", "a", "b", "c", attributes='matchMax="1"')
        + '<blockquote><p>First <gap identifier="secret-g1"/> then <gap identifier="secret-g2"/>'
        "</p></blockquote></gapMatchInteraction>",
    ),
    "inlineChoice": item(
        declared("single", "identifier", "secret-b"),
        f"<p>A <inlineChoiceInteraction {ASK}>{choices('inlineChoice', 'a', 'b')}"
        "</inlineChoiceInteraction> day.</p>",
    ),
    "textEntry": item(
        declared("single", "string", "York", inside=mapping(("York", 1), ("Leeds", 0.5))),
        f'<p>Sons of <textEntryInteraction {ASK} expectedLength="10"/></p>',
        MAP,
    ),
    "number": item(
        declared("single", "float", "2.5"), f"<p>Half of 5: <textEntryInteraction {ASK}/></p>"
    ),
    "hottext": item(
        declared("single", "identifier", "secret-b"),
        f'<hottextInteraction {ASK} maxChoices="1"><p>One {choices("hottext", "a")} and '
        f"{choices('hottext', 'b')}.</p></hottextInteraction>",
    ),
    "hotspot": item(
        declared("single", "identifier", "secret-c"),
        f'<hotspotInteraction {ASK} maxChoices="1">{PICTURE}{hotspots("hotspotChoice")}'
        "</hotspotInteraction>",
    ),
    "selectPoint": item(
        declared(
            "multiple",
            "point",
            "50 50",
            inside='<areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="50,50,10" '
            'mappedValue="1"/></areaMapping>',
        ),
        f'<selectPointInteraction {ASK} maxChoices="2">{PICTURE}</selectPointInteraction>',
        MAP_POINT,
    ),
    "graphicOrder": item(
        declared("ordered", "identifier", "secret-b", "secret-a", "secret-c"),
        f"<graphicOrderInteraction {ASK}>{PICTURE}{hotspots('hotspotChoice')}"
        "</graphicOrderInteraction>",
    ),
    "graphicAssociate": item(
        declared("multiple", "pair", "secret-b secret-a"),
        f'<graphicAssociateInteraction {ASK} maxAssociations="1">{PICTURE}'
        f"{hotspots('associableHotspot', ONCE)}"
        "</graphicAssociateInteraction>",
    ),
    "graphicGapMatch": item(
        declared("multiple", "directedPair", "secret-x secret-a", "secret-y secret-b"),
        f"<graphicGapMatchInteraction {ASK}>{PICTURE}"
        + choices("gapText", "x", "y", attributes='matchMax="1"')
        + hotspots("associableHotspot", 'matchMax="1"')
        + "</graphicGapMatchInteraction>",
    ),
    "positionObject": item(
        declared(
            "single",
            "point",
            "150 50",
            inside='<areaMapping defaultValue="0"><areaMapEntry shape="rect" '
            'coords="140,40,160,60" mappedValue="1"/></areaMapping>',
        ),
        f"<positionObjectStage>{PICTURE}<positionObjectInteraction {ASK} maxChoices='1'>"
        '<object type="image/png" data="files/flag.png" width="10" height="10">A flag</object>'
        "</positionObjectInteraction></positionObjectStage>",
        MAP_POINT,
    ),
    "slider": item(
        declared("single", "integer", "3"),
        f'<sliderInteraction {ASK} lowerBound="0" upperBound="10" step="1"/>',
    ),
    "media and choice": item(
        declared("single", "identifier", "secret-a") + declared("single", "integer", name="PLAYED"),
        '<mediaInteraction responseIdentifier="PLAYED" autostart="false">'
        '<object type="audio/mpeg" data="files/a.mp3"/></mediaInteraction>'
        f'<choiceInteraction {ASK} maxChoices="1">{choices("simpleChoice", "a", "b")}'
        '</choiceInteraction><p><endAttemptInteraction responseIdentifier="END" title="Stop"/></p>',
    ),
}
"""Items that a machine marks, by what they are about."""

BY_PEOPLE = {
    "extendedText": item(
        declared("single", "string"),
        f'<extendedTextInteraction {ASK} expectedLines="5"><prompt>Why?</prompt>'
        "</extendedTextInteraction>",
        "",
    ),
    "texts": item(
        declared("multiple", "string"),
        f'<extendedTextInteraction {ASK} maxStrings="2"/>',
        "",
    ),
    "upload": item(
        declared("single", "file"), f'<uploadInteraction {ASK} type="application/pdf"/>', ""
    ),
    "drawing": item(
        declared("single", "file"), f"<drawingInteraction {ASK}>{PICTURE}</drawingInteraction>", ""
    ),
}
"""Items that a person marks."""


def outcome(name, base_type, value=""):
    default = f"<defaultValue><value>{value}</value></defaultValue>" if value else ""
    return (
        f'<outcomeDeclaration identifier="{name}" cardinality="single" baseType="{base_type}">'
        f"{default}</outcomeDeclaration>"
    )


def put(name, base_type, value):
    return (
        f'<setOutcomeValue identifier="{name}"><baseValue baseType="{base_type}">{value}'
        "</baseValue></setOutcomeValue>"
    )


def has(name, base_type, value):
    return (
        f'<match><variable identifier="{name}"/><baseValue baseType="{base_type}">{value}'
        "</baseValue></match>"
    )


def told(name, words):
    return (
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">{words}'
        "</modalFeedback>"
    )


def one_of(name, **choices):
    options = "".join(
        f'<simpleChoice identifier="{key}">{words}</simpleChoice>' for key, words in choices.items()
    )
    return (
        f'<choiceInteraction responseIdentifier="{name}" maxChoices="1">{options}'
        "</choiceInteraction>"
    )


def step(show, inside):
    return (
        f'<feedbackBlock outcomeIdentifier="STEP" identifier="two" showHide="{show}">{inside}'
        "</feedbackBlock>"
    )


COMPLETED = put("completionStatus", "identifier", "completed")

DOORS = item(
    declared("single", "identifier", name="DOOR")
    + declared("single", "identifier", name="CHANGE")
    + declared("single", "boolean", name="HINT"),
    step("hide", "<p>Behind one door is a prize.</p>" + one_of("DOOR", A="A", B="B", C="C"))
    + step("show", "<p>Will you change?</p>" + one_of("CHANGE", yes="Yes", no="No"))
    + '<p><endAttemptInteraction responseIdentifier="HINT" title="Show a hint"/></p>',
    f"""<responseProcessing>{put("FEEDBACK", "identifier", "none")}<responseCondition>
    <responseIf><variable identifier="HINT"/>{put("FEEDBACK", "identifier", "hint")}</responseIf>
    <responseElseIf>{has("STEP", "identifier", "two")}{COMPLETED}<responseCondition>
    <responseIf>{has("CHANGE", "identifier", "yes")}{put("SCORE", "float", 1)}
    {put("FEEDBACK", "identifier", "won")}</responseIf>
    <responseElse>{put("SCORE", "float", 0)}{put("FEEDBACK", "identifier", "lost")}</responseElse>
    </responseCondition></responseElseIf>
    <responseElseIf><not><isNull><variable identifier="DOOR"/></isNull></not>
    {put("STEP", "identifier", "two")}{put("FEEDBACK", "identifier", "goat")}</responseElseIf>
    </responseCondition></responseProcessing>""",
    SCORE.replace("/>", ' normalMaximum="1"/>')
    + outcome("STEP", "identifier", "one")
    + outcome("FEEDBACK", "identifier"),
    told("hint", "Think of all three doors.")
    + told("goat", "A goat stands behind door C.")
    + told("won", "You have won.")
    + told("lost", "You have lost."),
    'adaptive="true"',
)
"""The prize behind three doors: a second step after the first, a hint, and an end."""

COUNTING = item(
    declared("single", "string", inside=mapping(("yes", 1))),
    '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>',
    f"""<responseProcessing><setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
    <mapResponse identifier="RESPONSE"/></sum></setOutcomeValue><responseCondition><responseIf>
    <gte><variable identifier="SCORE"/><baseValue baseType="float">2</baseValue></gte>{COMPLETED}
    </responseIf></responseCondition></responseProcessing>""",
    SCORE.replace("/>", ' normalMaximum="2"/>'),
    attributes='adaptive="true"',
)
"""Counts the right tries, and ends with the second."""
