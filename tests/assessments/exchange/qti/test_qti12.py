"""QTI 1.2 as it is written by others than in the samples: Blackboard, Respondus, cartridges."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from assessments.exchange.entries import Unreadable
from assessments.exchange.qti import read_qti
from assessments.exchange.qti.qti12_source import SOURCE
from tests.assessments.exchange.qti.packages import package
from tests.assessments.exchange.strategies import png
from tests.assessments.wording import english


def document(*items, around="{}"):
    return f"<questestinterop>{around.format(''.join(items))}</questestinterop>"


def item(presentation, processing="", kind="", after="", attributes='ident="i" title="Item"'):
    metadata = (
        "<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>"
        f"<fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
    )
    return (
        f"<item {attributes}>{metadata if kind else ''}<presentation>{presentation}</presentation>"
        f"<resprocessing>{processing}</resprocessing>{after}</item>"
    )


def text(words):
    return f"<material><mattext>{words}</mattext></material>"


def label(ident, words=""):
    return f'<response_label ident="{ident}">{text(words) if words else ""}</response_label>'


def right(*tests, worth=100):
    return (
        f"<respcondition><conditionvar>{''.join(tests)}</conditionvar>"
        f'<setvar action="Add">{worth}</setvar></respcondition>'
    )


def equal(value, variable="r", attributes=""):
    return f'<varequal respident="{variable}" {attributes}>{value}</varequal>'


def only(content, files=None):
    taken = read_qti(package({"old.xml": content, **(files or {})}, ["old.xml"]))
    (entry,) = taken.entries
    return entry


AREA = """<response_xy ident="r" rcardinality="Multiple"><render_hotspot><material>
<matimage uri="$IMS-CC-FILEBASE$/a%20b.png"/></material>
<response_label ident="1" rarea="rectangle">0.1,0.2,0.3,0.4</response_label>
<response_label ident="2" rarea="ellipse">100,40,140,80</response_label>
<response_label ident="3" rarea="bounded">0.9,0.1,1,0.1,1,0.3</response_label>
</render_hotspot></response_xy>"""


def test_a_hot_spot_is_pointed_at_in_its_picture():
    content = document(item(text("Point &amp; see") + AREA, kind="hot_spot_question"))
    entry = only(content, {"a b.png": png(200, 100)})
    question = entry.question
    assert set(entry.files) == {"a-b.png"}
    assert question.problems() == []
    arrangement = question.arrange(Random(1))
    assert "Point &amp; see" in question.ask(arrangement).body

    def fraction(*points):
        response = {
            f"i1-{n}-{axis}": (str(place),)
            for n, point in enumerate(points, 1)
            for axis, place in zip("xy", point, strict=True)
        }
        return question.mark_response(response, arrangement).fraction

    assert fraction((30, 30)) == Fraction(1, 3)
    assert fraction((30, 30), (120, 60), (195, 15)) == 1
    assert fraction((1, 1)) == 0


@pytest.mark.parametrize("coordinates", ["0.1,0.2,0.3", "", "a,b,c,d"])
def test_a_place_without_an_outline_is_left_out(coordinates):
    area = AREA.replace("0.1,0.2,0.3,0.4", coordinates)
    taken = read_qti(package({"old.xml": document(item(area)), "a b.png": png(9, 9)}, ["old.xml"]))
    assert english(remark.message for remark in taken.remarks) == [
        "The outline of a place in the picture is not complete."
    ]


def test_pairs_of_blackboard_have_their_answers_in_a_block_of_their_own():
    rows = "".join(
        f'<response_lid ident="{row}">{text(row)}<render_choice>{label(row + "1")}'
        f"{label(row + '2')}</render_choice></response_lid>"
        for row in ("one", "two")
    )
    block = (
        f'<flow class="RIGHT_MATCH_BLOCK"><flow>{text("A")}</flow><flow>{text("B")}</flow></flow>'
    )
    processing = right(equal("one2", "one"), worth=50) + right(equal("two1", "two"), worth=50)
    question = only(document(item(f"{rows}{block}", processing, "Matching"))).question
    by_key = {answer.key: answer.html for answer in question.answers}
    assert [(pair.html, by_key[pair.answer]) for pair in question.pairs] == [
        ("one", "B"),
        ("two", "A"),
    ]


FIELD = (
    '<response_str ident="r"><render_fib><response_label ident="a"/></render_fib></response_str>'
)
NUMBER = FIELD.replace("response_str", "response_num")


def test_a_short_answer_may_mind_the_case_and_may_be_a_part_of_a_text():
    processing = right(equal("Rome", attributes='case="Yes"')) + right(
        '<varsubstring respident="r">eternal*</varsubstring>', worth=50
    )
    question = only(document(item(text("Where?") + FIELD, processing))).question
    assert question.kind == "short"
    assert question.case
    assert [(answer.text, answer.fraction) for answer in question.answers] == [
        ("Rome", 1),
        (r"*eternal\**", Fraction(1, 2)),
    ]


@pytest.mark.parametrize(
    ("tests", "value", "error", "rule"),
    [
        ([equal("5", attributes='margintype="absolute" margin="0.5"')], "5", "0.5", "absolute"),
        (
            [equal("5", attributes='precisiontype="significantDigits" precision="2"')],
            "5",
            "2",
            "significant",
        ),
        (
            [
                equal("5"),
                '<vargte respident="r">4</vargte>',
                '<varlte respident="r">8</varlte>',
            ],
            "6",
            "2",
            "absolute",
        ),
        ([equal("5"), '<vargte respident="r">4</vargte>'], "5", "0", "absolute"),
    ],
)
def test_a_number_has_the_limits_that_the_file_says(tests, value, error, rule):
    question = only(document(item(text("How many?") + NUMBER, right(*tests)))).question
    (answer,) = question.answers
    assert (answer.value, answer.error, answer.rule) == (Decimal(value), Decimal(error), rule)


@pytest.mark.parametrize(
    ("presentation", "processing", "kind", "message"),
    [
        (NUMBER, "", "", "The file does not say which number is right."),
        (
            NUMBER,
            right('<vargt respident="r">1</vargt>'),
            "",
            "A range of numbers has only one end.",
        ),
        (NUMBER, right(equal("many")), "", "“many” is no number."),
        ("", "", "multiple_choice_question", "The question has no answers to choose from."),
        ("", "", "ordering_question", "The question has nothing to put in order."),
        ("", "", "hot_spot_question", "The question has no picture."),
        (
            f'<response_lid ident="r"><render_choice>{label("a", "A")}{label("b", "B")}'
            "</render_choice></response_lid>",
            "",
            "",
            "The file does not say which answer is right.",
        ),
        (
            f'<response_lid ident="r" rcardinality="Ordered">{label("a", "A")}{label("b", "B")}'
            "</response_lid>",
            right(equal("a")),
            "",
            "The file does not say the right order of all things.",
        ),
        (FIELD + FIELD.replace('"r"', '"s"'), "", "", "A blank has no right answer."),
    ],
)
def test_a_question_without_a_right_answer_is_left_out(presentation, processing, kind, message):
    taken = read_qti(document(item(text("Say") + presentation, processing, kind)).encode())
    assert taken.entries == ()
    assert english(remark.message for remark in taken.remarks) == [message]


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [("log(x)", "log10({x})"), ("ln(x)+y", "ln({x})+{y}"), ("2*x^2", "2*{x}^2")],
)
def test_a_formula_means_the_decimal_logarithm_by_log(formula, wanted):
    calculated = (
        f"<itemproc_extension><calculated><answer_tolerance>0.5</answer_tolerance>"
        f'<formulas decimal_places="1"><formula>{formula}</formula></formulas><vars>'
        '<var name="x" scale="1"><min>1</min><max>9</max></var>'
        '<var name="y" scale="0"><min>1</min><max>9</max></var></vars></calculated>'
        "</itemproc_extension>"
    )
    question = only(document(item(text("[x] [y]") + FIELD, after=calculated))).question
    assert question.answers[0].expression == wanted
    assert (question.answers[0].error, question.answers[0].rule) == (Decimal("0.5"), "absolute")
    assert question.body == "{x} {y}"


def test_a_test_has_its_time_its_groups_and_its_loose_questions():
    read = item(text("Rest."), kind="text_only_question")
    group = (
        '<section ident="g" title="Group"><selection_ordering><selection>'
        "<selection_number>1</selection_number><sourcebank_ref>bank</sourcebank_ref></selection>"
        "</selection_ordering></section>"
    )
    around = (
        '<assessment title="T"><qtimetadata><qtimetadatafield><fieldlabel>qmd_timelimit'
        "</fieldlabel><fieldentry>30</fieldentry></qtimetadatafield></qtimetadata>"
        f'<section ident="root_section">{read}{group}</section>{{}}</assessment>'
    )
    taken = read_qti(document(read, around=around).encode())
    (test,) = taken.tests
    assert test.seconds == 1800
    assert [section.entries for section in test.sections] == [(0,), (1,)]
    assert english(remark.message for remark in taken.remarks) == [
        "The questions of the group “Group” lie in a bank that is not in this file. Export the "
        "bank too."
    ]


def test_entities_of_the_file_itself_are_refused():
    content = b'<!DOCTYPE questestinterop [<!ENTITY x "y">]><questestinterop/>'
    with pytest.raises(Unreadable) as refused:
        read_qti(content)
    assert english([refused.value.message]) == [
        "The file declares entities. Write the text itself instead."
    ]


def test_an_upload_says_which_kinds_of_files_are_not_known():
    content = document(
        item(text("Hand in"), kind="file_upload_question").replace(
            "<presentation>", '<presentation allowed_types="pdf,strange" files_count="x">'
        )
    )
    taken = read_qti(content.encode())
    assert taken.entries[0].question.types == ("application/pdf",)
    assert english(remark.message for remark in taken.remarks) == [
        "Some kinds of files are not known here and were left out: strange."
    ]


def test_a_text_of_tags_without_ends_is_searched_once():
    """Else each of them is searched to the end of the text, which takes minutes."""
    assert not SOURCE.search("<img src=" * 40_000)
    assert not SOURCE.search("<img src='" * 40_000)
