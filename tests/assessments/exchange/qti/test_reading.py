"""Items, tests and packages of QTI 2 and 3 as they come in; and what harms nobody."""

import io
import zipfile
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exchange.entries import Kind, Remark, Taken, Unreadable
from assessments.exchange.qti import read_qti, write_qti
from assessments.questions.base import EMPTY, ONE
from assessments.questions.qti import QtiQuestion
from shared import SHARED
from tests.assessments.exchange.qti.packages import package
from tests.assessments.exchange.strategies import png
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
FILES = {"map.png": png(200, 100), "flag.png": png(10, 10)}


def one(xml):
    """The entry of an item in a package with its pictures."""
    taken = read_qti(package({"item.xml": xml, **{f"files/{n}": f for n, f in FILES.items()}}))
    (entry,) = taken.entries
    return entry


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


VARIABLE, CORRECT = '<variable identifier="RESPONSE"/>', '<correct identifier="RESPONSE"/>'


def within(attributes, one, other):
    rules = f"""<responseProcessing><responseCondition><responseIf><equal {attributes}>
    {one}{other}</equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1
    </baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    return ITEMS["number"].replace(MATCH, rules)


RELATIVE = 'toleranceMode="relative" tolerance="5 5"'
ABSOLUTE = 'toleranceMode="absolute" tolerance="0.5"'


def test_a_number_with_a_tolerance_is_a_numerical_question():
    question = one(within(RELATIVE, CORRECT, VARIABLE)).question
    assert str(question.answers[0].error) == "0.05"
    assert question.answers[0].rule == "relative"


def test_a_tolerance_that_is_relative_to_the_response_stays_in_qti():
    question = one(within(RELATIVE, VARIABLE, CORRECT)).question
    assert question.kind == "qti"


NUMBERS = st.one_of(
    st.decimals(-10, 10, places=3).map(str),
    st.sampled_from(["2.5", "2.375", "2.625", "2.38", "3", "2", "-2.5", "2,5", "x"]),
)


@pytest.mark.parametrize(
    ("attributes", "order"),
    [
        (RELATIVE, (CORRECT, VARIABLE)),
        (RELATIVE, (VARIABLE, CORRECT)),
        (ABSOLUTE, (CORRECT, VARIABLE)),
        (ABSOLUTE, (VARIABLE, CORRECT)),
        ("", (VARIABLE, CORRECT)),
    ],
)
@given(text=NUMBERS)
def test_a_number_is_marked_as_its_own_processing_says(attributes, order, text):
    xml = within(attributes, *order)
    taken, kept = one(xml).question, QtiQuestion(name="", body=EMPTY, xml=xml)
    (control,) = taken.ask({}).controls
    marked = taken.mark_response({control.name: (text,)}, taken.arrange(Random(1)))
    assert marked.fraction == kept.mark_response({"i1": (text,)}, {}).fraction


def texts(*keys, attributes=""):
    rows = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{worth}" {attributes}/>' for key, worth in keys
    )
    return item(
        declared("single", "string", inside=f"<mapping>{rows}</mapping>"),
        f"<p>Where? <textEntryInteraction {ASK}/></p>",
        MAP,
    )


EXACTLY = {
    "matched": ITEMS["textEntry"],
    "mapped": texts(("York", 1), ("Leeds *", 0.5)),
    "mapped by case": texts(("York", 1), ("york", 0.5), attributes='caseSensitive="true"'),
    "by case, then without": texts(("york", 0.5), ("York", 1)),
    "a space at an end": texts(("York", 1), ("Leeds ", 0.5)),
    "an apostrophe": texts(("King’s Lynn", 1)),
    "twice": texts(("York", 1), ("Leeds", 0.5), ("York", 0)),
}
TYPED = st.sampled_from(
    [
        *("York", "york", "Ｙork", "yorkʹ", "Leeds *", "Leeds x", "Leeds", "LEEDS *", ""),
        *("King’s Lynn", "King's Lynn", "King’s  Lynn"),
    ]
)


@pytest.mark.parametrize("name", EXACTLY)
@given(text=st.one_of(TYPED, st.text(max_size=8)))
def test_a_text_is_marked_as_its_own_processing_says(name, text):
    taken = one(EXACTLY[name]).question
    kept = QtiQuestion(name="", body=EMPTY, xml=EXACTLY[name])
    asked, own = taken.ask({}), kept.ask({})
    fractions = {
        question.mark_response(each.read({each.controls[0].name: [text]}), {}).fraction
        for question, each in ((taken, asked), (kept, own))
    }
    assert len(fractions) == 1
    assert taken.kind == ("qti" if "space" in name or "then" in name else "short")


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


STIMULUS = """<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
 identifier="s" title="S"><qti-stimulus-body><p>Read this.</p><img src="../files/map.png" alt="x"/>
</qti-stimulus-body></qti-assessment-stimulus>"""


def test_a_text_in_a_file_of_its_own_stands_before_the_question():
    xml = ITEMS["choice"].replace(
        "<itemBody>",
        '<assessmentStimulusRef identifier="s" href="texts/s.xml"/>'
        '<assessmentStimulusRef identifier="t" href="missing.xml"/><itemBody>',
    )
    files = {"item.xml": xml, "texts/s.xml": STIMULUS, "files/map.png": FILES["map.png"]}
    taken = read_qti(package(files, ["item.xml"]))
    (entry,) = taken.entries
    assert entry.question.body.startswith('<div><p>Read this.</p><img src="files/map.png"')
    assert set(entry.files) == {"map.png"}
    assert english(remark.message for remark in taken.remarks) == [
        "The text “missing.xml” that belongs to the question is missing."
    ]


def test_a_strangers_program_is_left_out_and_said():
    xml = item(declared("single", "string"), f"<customInteraction {ASK}/>")
    taken = read_qti(package({"item.xml": xml}))
    assert taken.entries == ()
    assert english(remark.message for remark in taken.remarks) == [
        "The question needs a program of its author’s. Programs of others are not run here."
    ]


TEST = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="t" title="T">
<timeLimits maxTime="600"/>
<testPart identifier="p" navigationMode="linear" submissionMode="individual">
<preCondition><baseValue baseType="boolean">true</baseValue></preCondition>
<assessmentSection identifier="outer" title="Outer" visible="true">
<timeLimits maxTime="60"/><ordering shuffle="true"/>
<assessmentSection identifier="s" title="Inner" visible="true"><selection select="1"
 withReplacement="true"/><ordering shuffle="true"/>
<assessmentItemRef identifier="a" href="a.xml" fixed="true"><timeLimits maxTime="9"/>
<weight identifier="W" value="2.5"/></assessmentItemRef>
<assessmentItemRef identifier="b" href="b.xml"><weight identifier="W" value="0"/>
<templateDefault templateIdentifier="N"><baseValue baseType="integer">1</baseValue>
</templateDefault></assessmentItemRef>
</assessmentSection>
<assessmentItemRef identifier="c" href="missing.xml"/>
</assessmentSection></testPart>
<testFeedback access="atEnd" outcomeIdentifier="X" identifier="x" showHide="show">x</testFeedback>
</assessmentTest>"""


def test_what_a_quiz_here_cannot_do_of_a_test_is_said():
    taken = read_qti(
        package({"test.xml": TEST, "a.xml": ITEMS["choice"], "b.xml": ITEMS["choices"]})
    )
    (test,) = taken.tests
    assert (test.seconds, test.sequential) == (600, True)
    assert [(each.title, each.pick, each.shuffle, each.entries) for each in test.sections] == [
        ("Inner", 1, True, (0, 1)),
        ("Outer", 0, False, ()),
    ]
    assert test.sections[0].marks == (Fraction(5, 2), None)
    said = " ".join(english(remark.message for remark in taken.remarks))
    for words in (
        "takes or orders whole sections by chance",
        "may take a question more than once",
        "The time for the section “Outer”",
        "The time for the question “a”",
        "has a weight of 0 or less",
        "The question “c” of the test is missing.",
        "gives “b” numbers to begin with",
        "some questions keep their places",
        "depends on earlier answers",
        "What the test says at its end",
    ):
        assert words in said


def test_items_that_only_a_test_names_are_read_too():
    files = {"test.xml": TEST, "a.xml": ITEMS["choice"], "b.xml": ITEMS["choices"]}
    taken = read_qti(package(files, ["test.xml"]))
    assert len(taken.entries) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file has no questions of QTI. Choose an item or a package of QTI."),
        (b"<html/>", "This file has no questions of QTI. Choose an item or a package of QTI."),
        (
            TEST.encode(),
            "This is a test without its questions. Choose the package that has both: a zip file "
            "with a manifest.",
        ),
        (
            b"PK\x03\x04",
            "The package is damaged: it is no zip file that can be read. Export it again.",
        ),
        (package({}), "The manifest of the package names no questions."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, message):
    with pytest.raises(Unreadable) as refused:
        read_qti(content)
    assert english([refused.value.message]) == [message]


def test_a_zip_without_a_manifest_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("item.xml", ITEMS["choice"])
    with pytest.raises(Unreadable, match="manifest"):
        read_qti(made.getvalue())


@pytest.mark.parametrize(
    "href",
    ["../secret.xml", "/etc/passwd", "C:/x.xml", "https://example.org/x.xml", "a/../../x.xml", "%"],
)
def test_nothing_outside_of_the_package_is_read(href):
    content = package({"item.xml": ITEMS["choice"]}, ["item.xml", href])
    assert len(read_qti(content).entries) == 1


def test_a_file_that_grows_without_end_is_not_unpacked():
    bomb = ITEMS["hotspot"]
    taken = read_qti(package({"item.xml": bomb, "files/map.png": b"\x89PNG\r\n\x1a\n" * 4_000_000}))
    said = english(remark.message for remark in taken.remarks)
    assert "The file “map.png” is missing." in said


@pytest.mark.parametrize(
    "content", [b"", b"<assessmentItem", b"<p/>", b"\x89PNG", b" " * 20_000_001]
)
def test_a_file_that_should_be_an_item_and_is_none_is_left_out_and_said(content):
    taken = read_qti(package({"good.xml": ITEMS["choice"], "bad.xml": content}))
    assert len(taken.entries) == 1
    assert [(remark.file, remark.message.interpolate()) for remark in taken.remarks] == [
        (
            "imsmanifest.xml",
            "“bad.xml” is too large, damaged, or no document of QTI. It was left out.",
        )
    ]


def test_a_file_without_a_name_in_a_zip_does_no_harm():
    made = io.BytesIO(package({"item.xml": ITEMS["choice"]}))
    with zipfile.ZipFile(made, "a") as out:
        out.writestr(zipfile.ZipInfo(""), "nobody can ask for this")
    assert len(read_qti(made.getvalue()).entries) == 1


def test_an_item_that_is_too_large_is_left_out_and_said():
    large = ITEMS["choice"].replace("<p>Which?</p>", f"<p>{'x' * 4_300_000}</p>")
    taken = read_qti(package({"good.xml": ITEMS["choice"], "large.xml": large}))
    assert len(taken.entries) == 1
    assert [(remark.file, remark.message.interpolate()) for remark in taken.remarks] == [
        ("large.xml", "The file is larger than 4 MB. Make it smaller.")
    ]


def test_a_file_that_is_no_picture_is_left_out():
    taken = read_qti(package({"item.xml": ITEMS["hotspot"], "files/map.png": b"<svg/>"}))
    assert taken.entries[0].files == {}
    assert any("only pictures" in remark.message for remark in taken.remarks)


def test_a_package_may_lie_in_a_folder_and_hold_qti_1_2():
    old = (
        b'<questestinterop><objectbank title="Bank"><item ident="x" title="Read"><presentation>'
        b"<material><mattext>Rest.</mattext></material></presentation></item></objectbank>"
        b"</questestinterop>"
    )
    taken = read_qti(package({"old.xml": old, "broken.xml": "<questestinterop"}, prefix="a/b/"))
    (entry,) = taken.entries
    assert (entry.question.kind, entry.category) == ("description", ("Bank",))


CASES = [path.read_bytes() for path in sorted((SHARED / "quizzes").glob("qti-*/**/*.xml"))[:150]]
SOURCES = [*(xml.encode() for xml in [*ITEMS.values(), *BY_PEOPLE.values()]), *CASES]
PACKAGES = [
    write_qti([], "2.2")[0],
    *(
        package({"test.xml": TEST, "a.xml": xml, "b.xml": ITEMS["choice"]})
        for xml in (ITEMS["hotspot"], ITEMS["match"])
    ),
]
SIGNS = [b"<", b">", b'"', b"&x;", b"1e99999", b"-1", b"NaN", b"]]>", b"\xff", b"../", b"{x}"]


@st.composite
def mutated(draw, sources):
    content = bytearray(draw(st.sampled_from(sources)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 80)))
        how = draw(st.sampled_from(["lose", "double", "write", "move"]))
        if how == "lose":
            del content[start:end]
        elif how == "double":
            content[start:start] = content[start:end]
        elif how == "move":
            part = bytes(content[start:end])
            del content[start:end]
            place = draw(st.integers(0, len(content)))
            content[place:place] = part
        else:
            content[start:end] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(SIGNS)))
    return bytes(content)


def taken_or_unreadable(content):
    try:
        taken = read_qti(content)
    except Unreadable as refused:
        taken = Taken((), (Remark(Kind.LEFT_OUT, refused.message, refused.line),))
    for entry in taken.entries:
        assert entry.question.problems() == []
        arrangement = entry.question.arrange(Random(0))
        entry.question.ask(arrangement)
        entry.question.mark_response({}, arrangement)
    for remark in taken.remarks:
        assert "${" not in remark.message.interpolate()


@settings(max_examples=150)
@given(content=mutated(SOURCES))
def test_a_damaged_document_is_taken_or_refused_in_words(content):
    taken_or_unreadable(content)


@settings(max_examples=50)
@given(content=st.one_of(mutated(PACKAGES), st.binary(max_size=100)))
def test_a_damaged_package_is_taken_or_refused_in_words(content):
    taken_or_unreadable(content)


@settings(max_examples=50)
@given(content=mutated(SOURCES))
def test_a_damaged_item_in_a_package_costs_no_more_than_itself(content):
    taken_or_unreadable(package({"a.xml": content, "b.xml": ITEMS["choice"]}))


def test_more_blanks_than_a_page_can_show_are_left_out():
    blanks = '<response_str ident="r"><render_fib/></response_str>' * 201
    content = (
        f"<questestinterop><item><presentation>{blanks}</presentation></item></questestinterop>"
    )
    taken = read_qti(content.encode())
    assert english(remark.message for remark in taken.remarks) == [
        "A list has more than 200 members. Make several questions of this one."
    ]


V22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'


def part(words, name="div"):
    return f'<{name} xmlns="{V22}">{words}</{name}>'


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
    assert taken.remarks


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


def whole_test(inside):
    return (
        f'<assessmentTest xmlns="{V22}" identifier="t" title="T"><testPart identifier="p" '
        f'navigationMode="linear" submissionMode="individual">{inside}</testPart></assessmentTest>'
    )


def section_of(inside, more=""):
    return (
        f'<assessmentSection identifier="s" title="S" visible="true"{more}>{inside}'
        "</assessmentSection>"
    )


def test_what_a_section_in_a_file_of_its_own_names_is_told_from_that_file():
    own = f' xmlns="{V22}"'
    files = {
        "item.xml": ITEMS["choice"],
        "a/other.xml": ITEMS["order"].replace("secret-item", "other"),
        "a/first.xml": section_of(
            '<assessmentItemRef identifier="q1" href="../item.xml"/>'
            '<assessmentItemRef identifier="q2" href="http://elsewhere/item.xml"/>'
            '<assessmentSectionRef identifier="r2" href="b/second.xml"/>',
            own,
        ),
        "a/b/second.xml": section_of(
            '<assessmentItemRef identifier="q3" href="../other.xml"/>', own
        ),
        "test.xml": whole_test('<assessmentSectionRef identifier="r1" href="a/first.xml"/>'),
    }
    taken = read_qti(package(files, ["item.xml", "a/other.xml", "test.xml"]))
    (test,) = taken.tests
    assert [each.entries for each in test.sections] == [(0,), (1,)]
    assert english(remark.message for remark in taken.remarks) == [
        "The question “q2” of the test is missing."
    ]


@pytest.mark.parametrize(
    "inside",
    [
        section_of('<assessmentItemRef identifier="q" href="item.xml"/>' * 2000),
        section_of("") * 2001,
    ],
)
def test_a_test_of_more_than_anybody_could_look_through_is_left_out_and_said(inside):
    taken = read_qti(package({"item.xml": ITEMS["choice"], "test.xml": whole_test(inside)}))
    assert len(taken.entries) == 1
    assert taken.tests == ()
    assert english(remark.message for remark in taken.remarks) == [
        "The test names more than 2000 questions and sections. Split it into smaller ones."
    ]


@pytest.mark.parametrize("depth", [60, 90, 120, 400])
def test_sections_and_texts_that_lie_deep_are_taken_or_left_out_and_said(depth):
    inside = '<assessmentItemRef identifier="q" href="item.xml"/>'
    body = "x"
    for _level in range(depth):
        inside, body = section_of(inside), f"<div>{body}</div>"
    files = {
        "item.xml": ITEMS["choice"],
        "deep.xml": ITEMS["choice"].replace("<p>Which?</p>", body),
        "test.xml": whole_test(inside),
    }
    taken = read_qti(package(files))
    assert (len(taken.entries), len(taken.tests)) == ((2, 1) if depth < 95 else (1, 0))
    assert len(taken.remarks) == (0 if depth < 95 else 2)


def test_what_goes_with_an_item_elsewhere_is_taken_out_and_said():
    more = (
        "<companionMaterialsInfo><calculator/></companionMaterialsInfo><stylesheet href='a.css'/>"
        "<itemBody><apipAccessibility/> After"
    )
    taken = read_qti(package({"item.xml": ITEMS["choice"].replace("<itemBody>", more)}))
    assert "After" in taken.entries[0].question.body
    assert english(remark.message for remark in taken.remarks) == [
        "The question’s own styles were left out: it looks like all others.",
        "Some mark-up cannot be kept here and was taken out (apipAccessibility, "
        "companionMaterialsInfo). Check how the question looks.",
    ]


def test_an_item_is_found_whatever_its_file_is_called():
    taken = read_qti(package({"item": ITEMS["choice"], "notes.txt": "x"}, ["item", "notes.txt"]))
    assert len(taken.entries) == 1


def test_choices_that_bring_something_whatever_is_chosen_stay_in_qti():
    xml = ITEMS["choices"].replace(MATCH, MAP)
    least = mapping(("secret-a", 1), attributes='lowerBound="0.5"')
    xml = xml.replace("</responseDeclaration>", f"{least}</responseDeclaration>")
    assert one(xml).question.kind == "qti"
    assert one(xml.replace('"0.5"', '"0"')).question.kind == "choice"


@pytest.mark.parametrize("worth", ["NaN", "INF", "-1e999"])
def test_a_mapping_to_points_without_end_is_left_out_and_said(worth):
    xml = ITEMS["textEntry"].replace('mappedValue="1"', f'mappedValue="{worth}"')
    taken = read_qti(xml.encode())
    assert "mapping of the variable RESPONSE cannot be read. It is left out." in english(
        remark.message for remark in taken.remarks
    )


@pytest.mark.parametrize("most", ["NaN", "INF", "-1e999"])
def test_an_item_that_brings_points_without_end_brings_one(most):
    declared_most = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        f"<defaultValue><value>{most}</value></defaultValue></outcomeDeclaration>"
    )
    program = MATCH.replace("match_correct", "CC2_match_basic")
    xml = ITEMS["choice"].replace(SCORE, SCORE + declared_most).replace(MATCH, program)
    question = one(xml).question
    assert (question.kind, question.mark) == ("qti", ONE)
