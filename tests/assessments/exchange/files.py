"""Moodle XML of our own, one file for each type of question, as Moodle's export writes it."""

import base64

from tests.assessments.exchange.strategies import png

PICTURE = base64.b64encode(png(400, 300)).decode()


def quiz(*questions: str) -> str:
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *questions, "</quiz>"])


def question(kind: str, name: str, text: str, *inside: str) -> str:
    return "\n".join(
        [
            f'  <question type="{kind}">',
            f"    <name><text>{name}</text></name>",
            f'    <questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>',
            '    <generalfeedback format="html"><text></text></generalfeedback>',
            *inside,
            "  </question>",
        ]
    )


def answer(text: str, fraction: str, *inside: str) -> str:
    return (
        f'<answer fraction="{fraction}" format="moodle_auto_format"><text>{text}</text>'
        f'<feedback format="html"><text></text></feedback>{"".join(inside)}</answer>'
    )


UNITS = """<unitgradingtype>1</unitgradingtype><unitpenalty>0.1000000</unitpenalty>
<showunits>1</showunits><unitsleft>0</unitsleft>
<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>
<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"""


def dataset(name: str, *values: str) -> str:
    items = "".join(
        f"<dataset_item><number>{number}</number><value>{value}</value></dataset_item>"
        for number, value in enumerate(values, 1)
    )
    return f"""<dataset_definition><status><text>private</text></status>
<name><text>{name}</text></name><type>calculated</type>
<distribution><text>uniform</text></distribution><minimum><text>1</text></minimum>
<maximum><text>10</text></maximum><decimals><text>1</text></decimals>
<itemcount>{len(values)}</itemcount><dataset_items>{items}</dataset_items>
<number_of_items>{len(values)}</number_of_items></dataset_definition>"""


COMBINED = """<correctfeedback format="html"><text>Yes</text></correctfeedback>
<partiallycorrectfeedback format="html"><text>Nearly</text></partiallycorrectfeedback>
<incorrectfeedback format="html"><text>No</text></incorrectfeedback><shownumcorrect/>"""

MOODLE_XML = {
    "numerical": quiz(
        question(
            "numerical",
            "Length",
            "How long?",
            answer("2.5", "100", "<tolerance>0.1</tolerance>"),
            answer("*", "0", "<tolerance>0</tolerance>"),
            UNITS,
        )
    ),
    "shortanswer": quiz(
        question(
            "shortanswer",
            "Town",
            "Where?",
            "<usecase>1</usecase>",
            answer("Rome", "100"),
            answer("R*", "33.33333"),
        )
    ),
    "matching": quiz(
        question(
            "matching",
            "Pairs",
            "Match",
            "<shuffleanswers>false</shuffleanswers>",
            COMBINED,
            '<subquestion format="html"><text>frog</text><answer><text>amphibian</text></answer>'
            "</subquestion>",
            '<subquestion format="html"><text>newt</text><answer><text>amphibian</text></answer>'
            "</subquestion>",
            '<subquestion format="html"><text></text><answer><text>insect</text></answer>'
            "</subquestion>",
        )
    ),
    "essay": quiz(
        question(
            "essay",
            "Essay",
            "Write",
            "<responseformat>editor</responseformat><responserequired>1</responserequired>",
            "<responsefieldlines>10</responsefieldlines><minwordlimit>20</minwordlimit>",
            "<maxwordlimit>200</maxwordlimit><attachments>-1</attachments>",
            "<attachmentsrequired>1</attachmentsrequired><maxbytes>1048576</maxbytes>",
            "<filetypeslist>.pdf,web_image,.xyz</filetypeslist>",
            '<graderinfo format="html"><text><![CDATA[<p>Be kind</p>]]></text></graderinfo>',
            '<responsetemplate format="html"><text>Dear</text></responsetemplate>',
        )
    ),
    "description": quiz(question("description", "Read", "This", "<defaultgrade>0</defaultgrade>")),
    "cloze": quiz(
        question(
            "cloze",
            "Gaps",
            "<p>{1:MULTICHOICE:=Rome#Yes~%33.33333%Milan~Turin} {:SA:=a\\}b&lt;~*#what} "
            "{2:NM:=3.5:0.1#ok~%50%3:1} {1:MRHS:=a~=b~c} {1:MWC:=X}</p>",
            "<penalty>0.3333333</penalty>",
        )
    ),
    "calculated": quiz(
        question(
            "calculated",
            "Sum",
            "What is {a} + {b}?",
            "<defaultgrade>2.0000000</defaultgrade><synchronize>0</synchronize>",
            answer(
                "{a} + {b}",
                "100",
                "<tolerance>0.01</tolerance><tolerancetype>2</tolerancetype>",
                "<correctanswerformat>2</correctanswerformat>",
                "<correctanswerlength>3</correctanswerlength>",
            ),
            "<dataset_definitions>",
            dataset("a", "1.5", "2.5", "3.5"),
            dataset("b", "4", "5"),
            "</dataset_definitions>",
        )
    ),
    "gapselect": quiz(
        question(
            "gapselect",
            "Select",
            "The [[2]] sat on the [[3]], the [[2]] too.",
            "<shuffleanswers>1</shuffleanswers>",
            COMBINED,
            "<selectoption><text>dog</text><group>1</group></selectoption>",
            "<selectoption><text>cat</text><group>1</group></selectoption>",
            "<selectoption><text>mat</text><group>2</group></selectoption>",
        )
    ),
    "ddwtos": quiz(
        question(
            "ddwtos",
            "Drag",
            "A [[1]] [[2]].",
            "<dragbox><text><![CDATA[<b>red</b>]]></text><group>1</group><infinite/></dragbox>",
            "<dragbox><text>fox</text><group>2</group></dragbox>",
        )
    ),
    "ddimageortext": quiz(
        question(
            "ddimageortext",
            "Label",
            "Name the parts",
            "<shuffleanswers/>",
            f'<file name="my plan.png" encoding="base64">{PICTURE}</file>',
            "<drag><no>1</no><text>quick</text><draggroup>1</draggroup></drag>",
            "<drag><no>3</no><text>a picture</text><draggroup>2</draggroup><infinite/>"
            f'<file name="b.png" encoding="base64">{PICTURE}</file></drag>',
            "<drop><text>left ear</text><no>1</no><choice>3</choice>",
            "<xleft>10</xleft><ytop>20</ytop></drop>",
            "<drop><text></text><no>2</no><choice>1</choice>",
            "<xleft>200</xleft><ytop>20</ytop></drop>",
        )
    ),
    "ddmarker": quiz(
        question(
            "ddmarker",
            "Map",
            "Where?",
            f'<file name="map.png" encoding="base64">{PICTURE}</file>',
            "<drag><no>1</no><text>here</text><noofdrags>1</noofdrags></drag>",
            "<drop><no>1</no><shape>circle</shape><coords>50,60;10</coords><choice>1</choice></drop>",
            "<drop><no>2</no><shape>rectangle</shape><coords>10,20;30,40</coords>",
            "<choice>1</choice></drop>",
            "<drop><no>3</no><shape>polygon</shape><coords>1,2;30,4;5,60</coords>",
            "<choice>1</choice></drop>",
        )
    ),
    "ordering": quiz(
        question(
            "ordering",
            "Steps",
            "Put in order",
            "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>",
            "<gradingtype>ABSOLUTE_POSITION</gradingtype>",
            answer("first", "1.0000000"),
            answer("second", "2.0000000"),
            answer("third", "3.0000000"),
        )
    ),
    "multichoice": quiz(
        question(
            "multichoice",
            "Choose",
            "Which?",
            "<defaultgrade>1.5000000</defaultgrade><penalty>0.3333333</penalty>",
            "<hidden>1</hidden><idnumber>m-1</idnumber><single>false</single>",
            "<shuffleanswers>0</shuffleanswers><answernumbering>ABCD</answernumbering>",
            COMBINED,
            answer("a", "33.33333"),
            answer("b", "33.33333"),
            answer("c", "33.33333"),
            answer("d", "-100"),
            '<hint format="html"><text>Look again</text><shownumcorrect/><clearwrong/></hint>',
            "<tags><tag><text>green</text></tag><tag><text>blue</text></tag></tags>",
        )
    ),
    "truefalse": quiz(
        question("truefalse", "True", "Is it?", answer("false", "100"), answer("true", "0"))
    ),
}
"""By the type's name in Moodle."""
