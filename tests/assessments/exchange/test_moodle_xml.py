import base64
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.exchange import moodle_source, moodle_types, moodle_writer, moodle_xml
from assessments.exchange.entries import Entry, Kind, QuestionFile
from assessments.questions.base import ONE, Hint
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Option, Picture
from assessments.questions.essay import Criterion, EssayQuestion, Level
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import EMPTY, Html
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NO_UNITS, NumberAnswer, NumericalQuestion, Unit, Units
from assessments.questions.short import ShortQuestion, TextAnswer
from shared import SHARED, needs_shared
from tests.assessments.examples import QTI
from tests.assessments.exchange.files import MOODLE_XML, PICTURE, answer, question, quiz
from tests.assessments.exchange.strategies import png


def taken(text):
    return moodle_xml.read(text.encode())


def one(text):
    (entry,) = taken(text).entries
    return entry.question


def said(found):
    return [(each.kind.value, each.line, each.message.interpolate()) for each in found.remarks]


@needs_shared
@pytest.mark.parametrize(
    ("file", "kinds", "categories", "remarks"),
    [
        (
            "multichoice.xml",
            ["choice"],
            [("Default for testhead", "Multichoice")],
            [("changed", 12)],
        ),
        (
            "truefalse.xml",
            ["truth", "truth"],
            [("Default for testhead", "TrueFalse")] * 2,
            [("changed", 12), ("changed", 40)],
        ),
        (
            "nested_categories.xml",
            ["truth"],
            [("Delta", "Epsilon", "Zeta")],
            [("left out", 4), ("left out", 15), ("left out", 26)],
        ),
        ("export_category.xml", ["truth"], [("Alpha",)], [("left out", 4)]),
    ],
)
def test_moodles_own_examples_are_read_whole(file, kinds, categories, remarks):
    found = moodle_xml.read((SHARED / "quizzes" / "moodle" / file).read_bytes())
    assert [entry.question.kind for entry in found.entries] == kinds
    assert [entry.category for entry in found.entries] == categories
    assert [(each.kind.value, each.line) for each in found.remarks] == remarks


@needs_shared
def test_pictures_and_sounds_come_with_their_question():
    content = (SHARED / "quizzes" / "moodle" / "multichoice.xml").read_bytes()
    (entry,) = moodle_xml.read(content).entries
    assert {name: file.type for name, file in entry.files.items()} == {
        "bonjour.mp3": "audio/mpeg",
        "flag-uk.jpg": "image/jpeg",
        "flag-france.jpg": "image/jpeg",
        "flag-german.jpg": "image/jpeg",
        "flag-denmark.jpg": "image/jpeg",
    }
    assert '<audio controls="" src="files/bonjour.mp3">' in entry.question.body
    assert 'src="files/flag-uk.jpg"' in entry.question.choices[0].html


def test_multiple_choice():
    (entry,) = taken(MOODLE_XML["multichoice"]).entries
    assert entry == Entry(
        ChoiceQuestion(
            name="Choose",
            body=Html("Which?"),
            mark=Fraction(3, 2),
            hints=(Hint(Html("Look again"), clear_wrong=True, tell_right=True),),
            choices=(
                *(
                    Choice(key, Html(text), Fraction(1, 3))
                    for key, text in zip("123", "abc", strict=True)
                ),
                Choice("4", Html("d"), -ONE),
            ),
            many=True,
            shuffle=False,
            numbering="ABC",
            said=Verdicts(Html("Yes"), Html("Nearly"), Html("No")),
        ),
        code="m-1",
        tags=("green", "blue"),
        line=3,
    )
    assert said(taken(MOODLE_XML["multichoice"])) == [
        ("changed", 3, "The question was hidden in Moodle; here it can be seen.")
    ]


def test_an_answer_that_is_spelt_with_signs_of_no_width_is_right_as_people_type_it():
    short = one(quiz(question("shortanswer", "a", "b", answer("می\u200cروم", "100"))))
    assert short.answers[0].text == "می\u200cروم"
    assert short.mark_response({"answer": ["می\u200cروم"]}, {}).fraction == ONE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("33.33333", Fraction(1, 3)),
        ("66.66667", Fraction(2, 3)),
        ("66.66666", Fraction(2, 3)),
        ("16.66667", Fraction(1, 6)),
        ("83.33333", Fraction(5, 6)),
        ("14.28571", Fraction(1, 7)),
        ("11.11111", Fraction(1, 9)),
        ("12.5", Fraction(1, 8)),
        ("50.0000000", Fraction(1, 2)),
        ("33", Fraction(33, 100)),
        ("12.34", Fraction(1234, 10000)),
        ("-33.33333", Fraction(-1, 3)),
    ],
)
def test_a_share_is_the_fraction_that_it_was_rounded_from(written, meant):
    text = quiz(question("shortanswer", "a", "b", answer("x", "100"), answer("y", written)))
    found = one(text)
    assert found.answers[1].fraction == meant
    content, lost = moodle_writer.write([Entry(found)])
    assert (one(content.decode()), lost) == (found, ())


def test_shares_rounded_by_hand_are_mended_and_that_is_said():
    answers = [answer(each, "33") for each in "abc"]
    found = taken(quiz(question("multichoice", "x", "b", "<single>0</single>", *answers)))
    assert [each.fraction for each in found.entries[0].question.choices] == [Fraction(1, 3)] * 3
    assert [kind for kind, _line, _message in said(found)] == ["changed"]


def test_a_numbering_that_is_not_known_is_the_usual_one():
    found = one(MOODLE_XML["multichoice"].replace("ABCD", "runes"))
    assert found.numbering == "abc"


def test_true_and_false_are_told_by_their_words_and_in_old_files_by_their_order():
    assert one(MOODLE_XML["truefalse"]).right is False
    old = quiz(question("truefalse", "a", "b", answer("vrai", "100"), answer("faux", "0")))
    assert one(old).right is True


def test_numerical_has_units():
    found = one(MOODLE_XML["numerical"])
    assert found.answers == (
        NumberAnswer("1", Decimal("2.5"), ONE, Decimal("0.1")),
        NumberAnswer("2", None, Fraction(0)),
    )
    assert found.units == Units(
        (Unit("m"), Unit("cm", Decimal("0.01"))), "graded", "choose", penalty=Fraction(1, 10)
    )


@pytest.mark.parametrize(
    ("inside", "rule", "control", "of"),
    [
        ("", "optional", "typed", "response"),
        ("<showunits>3</showunits>", "none", "typed", "response"),
        ("<unitgradingtype>2</unitgradingtype><showunits>0</showunits>", "graded", "typed", "mark"),
        (
            "<unitgradingtype>0</unitgradingtype><showunits>2</showunits>",
            "optional",
            "pick",
            "response",
        ),
    ],
)
def test_units_are_shown_and_graded_in_several_ways(inside, rule, control, of):
    units = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    text = quiz(question("numerical", "a", "b", answer("1", "100"), inside, units))
    found = one(text).units
    assert (found.rule, found.control, found.of) == (rule, control, of)


def test_it_is_said_where_units_are_taken_in_another_way_than_moodle_takes_them():
    unit = "<unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
    for shown, told in (("0", [moodle_types.CONVERTED]), ("3", [])):
        inside = f"<showunits>{shown}</showunits><units>{unit}</units>"
        found = taken(quiz(question("numerical", "a", "b", answer("1", "100"), inside)))
        assert [each.message for each in found.remarks] == told


def test_a_unit_without_name_is_left_out_and_old_tolerances_are_read():
    text = quiz(
        question(
            "numerical",
            "a",
            "b",
            '<answer fraction="100" tolerance="0.5"><text>1</text></answer>',
            "<units><unit><multiplier>1</multiplier><unit_name></unit_name></unit></units>",
        )
    )
    found = taken(text)
    assert found.entries[0].question.units == NO_UNITS
    assert found.entries[0].question.answers[0].error == Decimal("0.5")
    assert [kind for kind, _line, _message in said(found)] == ["left out"]


def test_matching_has_pairs_and_answers_that_mislead():
    found = one(MOODLE_XML["matching"])
    assert found.pairs == (Pair("1", Html("frog"), "1"), Pair("2", Html("newt"), "1"))
    assert found.answers == (Option("1", Html("amphibian")), Option("2", Html("insect")))
    assert (found.shuffle, found.said.partly) == (False, "Nearly")


def test_an_essay_has_its_limits_and_what_is_not_known_is_said():
    found = taken(MOODLE_XML["essay"])
    essay = found.entries[0].question
    assert essay == EssayQuestion(
        name="Essay",
        body=Html("Write"),
        rows=10,
        least_words=20,
        most_words=200,
        template="Dear",
        files=10,
        least_files=1,
        types=(
            "application/pdf",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/svg+xml",
        ),
        size=1048576,
        for_markers=Html("<p>Be kind</p>"),
    )
    assert [(kind, message[:30]) for kind, _line, message in said(found)] == [
        ("changed", "Moodle sets no limit to files;"),
        ("left out", "These types of files are not k"),
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<responseformat>noinline</responseformat><attachments>1</attachments>", "none"),
        ("<responserequired>0</responserequired>", "optional"),
        ("", "required"),
    ],
)
def test_an_essay_asks_for_text_or_not(inside, text):
    assert one(quiz(question("essay", "a", "b", inside))).text == text


def test_a_template_keeps_its_lines_and_loses_its_mark_up():
    template = "<p>One<br>two</p><p><b>three</b></p>"
    inside = (
        f'<responsetemplate format="html"><text><![CDATA[{template}]]></text></responsetemplate>'
    )
    found = taken(quiz(question("essay", "a", "b", inside)))
    assert found.entries[0].question.template == "One\ntwo\n\nthree"
    assert said(found) == [("changed", 3, "The template of the essay lost its mark-up.")]


def test_a_description_asks_nothing_and_may_be_worth_nothing():
    assert one(MOODLE_XML["description"]).kind == "description"


def test_cloze_has_gaps_of_every_kind():
    found = one(MOODLE_XML["cloze"])
    assert found.body == "<p>[[1]] [[2]] [[3]] [[4]] [[5]]</p>"
    assert found.mark == 6
    choice, text, number, many, case = (gap.question for gap in found.gaps)
    assert [(each.html, each.fraction, each.feedback) for each in choice.choices] == [
        ("Rome", 1, "Yes"),
        ("Milan", Fraction(1, 3), ""),
        ("Turin", 0, ""),
    ]
    assert [(each.text, each.fraction, each.feedback) for each in text.answers] == [
        ("a}b<", 1, ""),
        ("*", 0, "what"),
    ]
    assert [(each.value, each.error, each.fraction) for each in number.answers] == [
        (Decimal("3.5"), Decimal("0.1"), 1),
        (3, 1, Fraction(1, 2)),
    ]
    assert [each.fraction for each in many.choices] == [Fraction(1, 2), Fraction(1, 2), 0]
    assert (many.many, many.shuffle, found.gaps[3].show) == (True, True, "row")
    assert (case.case, text.case) == (True, False)
    assert [gap.weight for gap in found.gaps] == [1, 1, 2, 1, 1]


@pytest.mark.parametrize(
    ("names", "kind", "show", "many", "shuffle"),
    [
        ("MULTICHOICE MC", "choice", "list", False, False),
        ("MULTICHOICE_S MCS", "choice", "list", False, True),
        ("MULTICHOICE_V MCV", "choice", "column", False, False),
        ("MULTICHOICE_VS MCVS", "choice", "column", False, True),
        ("MULTICHOICE_H MCH", "choice", "row", False, False),
        ("MULTICHOICE_HS MCHS", "choice", "row", False, True),
        ("MULTIRESPONSE MR", "choice", "column", True, False),
        ("MULTIRESPONSE_S MRS", "choice", "column", True, True),
        ("MULTIRESPONSE_H MRH", "choice", "row", True, False),
        ("MULTIRESPONSE_HS MRHS", "choice", "row", True, True),
        ("SHORTANSWER SA MW SHORTANSWER_C SAC MWC", "short", "list", None, None),
        ("NUMERICAL NM", "numerical", "list", None, None),
    ],
)
def test_every_name_of_a_gap_is_known(names, kind, show, many, shuffle):
    for name in names.split():
        gap = one(quiz(question("cloze", "a", f"b {{3:{name}:=1~%0%2}} c"))).gaps[0]
        assert (gap.question.kind, gap.show, gap.weight) == (kind, show, 3)
        assert getattr(gap.question, "many", None) is many
        assert getattr(gap.question, "shuffle", None) is shuffle


def test_numbers_of_characters_are_no_feedback_and_brackets_in_the_text_no_gaps():
    found = one(quiz(question("cloze", "a", "[[1]] {:SA:=it&#39;s&amp;#39;#f&#233;}")))
    assert found.body == "[<wbr>[1]] [[1]]"
    (answer_,) = found.gaps[0].question.answers
    assert (answer_.text, answer_.feedback) == ("it's&#39;", "fé")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("No gap", "There is no gap"),
        ("{1:SA:=never closed", "Gap 1 of the text is broken. It is not closed"),
        ("{1:SA:=a} {2:FOO:=a}", "Gap 2 of the text is broken. There is no type of gap"),
        ("{1:MC:a~b}", "No answer is right"),
        ("{1:MC:}", "One answer is empty"),
        ("{1:SA:=}", "One answer is empty"),
        ("{1:NM:=three}", "“three” is not a number"),
        ("{1:NM:=3:x}", "is not a number"),
        ("{0:SA:=a}", "Its weight is 0"),
        ("{1:SA:%200%a}", "cannot bring 200 %"),
        ("{1:SA:%50%a}", "No answer brings the whole mark"),
    ],
)
def test_a_broken_gap_leaves_its_question_out_and_no_other(text, message):
    ok = question("description", "ok", "ok")
    found = taken(quiz(ok, question("cloze", "broken", text), ok))
    assert [entry.question.name for entry in found.entries] == ["ok", "ok"]
    for remark in found.remarks:
        assert (remark.kind, remark.line, remark.question) == (Kind.LEFT_OUT, 8, "broken")
    assert message in " ".join(remark.message.interpolate() for remark in found.remarks)


def test_calculated_has_its_sets_of_values_and_says_what_it_left_out():
    found = taken(MOODLE_XML["calculated"])
    assert found.entries[0].question == FormulaQuestion(
        name="Sum",
        body=Html("What is {a} + {b}?"),
        mark=Fraction(2),
        variables=(Variable("a"), Variable("b")),
        answers=(
            FormulaAnswer(
                "1",
                "{a} + {b}",
                ONE,
                error=Decimal("0.01"),
                rule="absolute",
                figures=3,
                figures_rule="significant",
            ),
        ),
        rows=((Decimal("1.5"), Decimal(4)), (Decimal("2.5"), Decimal(5))),
    )
    assert said(found) == [
        ("changed", 3, "Sets of values that lack one for a variable were left out.")
    ]


def test_words_are_selected_for_gaps_and_may_be_right_twice():
    found = one(MOODLE_XML["gapselect"])
    assert found.body == "The [[1]] sat on the [[2]], the [[3]] too."
    assert found.gaps == (Gap("1", "2", "1"), Gap("2", "3", "2"), Gap("3", "2", "1"))
    assert [word.html for word in found.words] == ["dog", "cat", "mat"]
    assert (found.dragged, found.shuffle) == (False, True)


def test_words_are_dragged_into_text():
    found = one(MOODLE_XML["ddwtos"])
    assert found.dragged
    assert found.words == (
        Word("1", Html("<b>red</b>"), "1", unlimited=True),
        Word("2", Html("fox"), "2", unlimited=False),
    )


def test_labels_are_dragged_into_a_picture_whose_places_fit_them():
    (entry,) = taken(MOODLE_XML["ddimageortext"]).entries
    found = entry.question
    assert found.picture == Picture("my-plan.png", 400, 300, "Label")
    assert [(word.html, word.file, word.unlimited) for word in found.words] == [
        ("quick", "", False),
        ("a picture", "b.png", True),
    ]
    assert [(zone.label, zone.place, zone.right, zone.group) for zone in found.zones] == [
        ("left ear", (10, 20, 390, 280), "2", "2"),
        ("2", (200, 20, 63, 32), "1", "1"),
    ]
    assert set(entry.files) == {"my-plan.png", "b.png"}


def test_markers_become_labels_and_that_is_said():
    found = taken(MOODLE_XML["ddmarker"])
    zones = found.entries[0].question.zones
    assert [zone.place for zone in zones] == [(40, 50, 20, 20), (10, 20, 30, 40), (1, 2, 29, 58)]
    assert found.entries[0].question.words[0].unlimited
    assert [kind for kind, _line, _message in said(found)] == ["changed"]


@pytest.mark.parametrize(
    ("named", "grading", "same"),
    [
        ("ALL_OR_NOTHING", "whole", True),
        ("ABSOLUTE_POSITION", "place", True),
        ("RELATIVE_NEXT_INCLUDE_LAST", "next", True),
        ("LONGEST_ORDERED_SUBSET", "longest", True),
        ("RELATIVE_NEXT_EXCLUDE_LAST", "next", False),
        ("LONGEST_CONTIGUOUS_SUBSET", "longest", False),
        ("", "next", False),
        ("SOMETHING", "place", False),
    ],
)
def test_an_order_is_marked_as_in_moodle_or_nearly(named, grading, same):
    text = MOODLE_XML["ordering"].replace("ABSOLUTE_POSITION", named)
    found = taken(text)
    assert [item.html for item in found.entries[0].question.items] == ["first", "second", "third"]
    assert found.entries[0].question.grading == grading
    assert (found.remarks == ()) is same


def test_that_moodle_asks_for_some_of_an_order_is_said():
    found = taken(MOODLE_XML["ordering"].replace("<selecttype>ALL", "<selecttype>RANDOM"))
    assert [message[:15] for _kind, _line, message in said(found)] == ["Moodle asks for"]


BROKEN = {
    "unknown": (question("stack", "x", "b"), "type “stack”"),
    "multi": (question("calculatedmulti", "x", "b"), "type “calculatedmulti”"),
    "random": (question("random", "x", "b"), "type “random”"),
    "one choice": (question("multichoice", "x", "b", answer("a", "100")), "at least two"),
    "share": (question("shortanswer", "x", "b", answer("a", "x")), "cannot bring x %"),
    "truth": (question("truefalse", "x", "b", answer("true", "100")), "its two answers"),
    "both": (
        question("truefalse", "x", "b", answer("true", "100"), answer("false", "100")),
        "one must bring 100 %",
    ),
    "text": (question("shortanswer", "x", "b", answer("", "100")), "One answer is empty"),
    "number": (question("numerical", "x", "b", answer("NaN", "100")), "“NaN” is not a number"),
    "huge": (question("numerical", "x", "b", answer("1e999", "100")), "is not a number"),
    "mark": (
        question("essay", "x", "b", "<defaultgrade>many</defaultgrade>"),
        "“many” is not a number (in “defaultgrade”)",
    ),
    "tolerance": (
        question("numerical", "x", "b", answer("1", "100", "<tolerance>x</tolerance>")),
        "(in “tolerance”)",
    ),
    "pairs": (question("matching", "x", "b"), "nothing to match"),
    "order": (question("ordering", "x", "b", answer("a", "1")), "nothing to put in order"),
    "no gap": (question("gapselect", "x", "b"), "There is no gap"),
    "no word": (question("ddwtos", "x", "b [[1]]"), "there is no such word"),
    "no picture": (question("ddimageortext", "x", "b"), "Its picture is missing"),
}


def labelled(*inside, kind="ddimageortext"):
    file = f'<file name="a.png" encoding="base64">{PICTURE}</file>'
    return question(kind, "x", "b", file, *inside)


DRAG = "<drag><no>1</no><text>c</text></drag>"
BROKEN |= {
    "no labels": (labelled(), "no labels"),
    "empty label": (labelled("<drag><no>1</no><text></text></drag>"), "neither words nor"),
    "no such label": (labelled(DRAG, "<drop><choice>7</choice></drop>"), "for label 7"),
    "outside": (
        labelled(DRAG, "<drop><choice>1</choice><xleft>400</xleft></drop>"),
        "outside the picture",
    ),
    "no outline": (
        labelled(DRAG, "<drop><choice>1</choice><shape>circle</shape></drop>", kind="ddmarker"),
        "no outline",
    ),
    "marker outside": (
        labelled(
            DRAG,
            "<drop><choice>1</choice><shape>circle</shape><coords>900,9;5</coords></drop>",
            kind="ddmarker",
        ),
        "outside the picture",
    ),
}


@pytest.mark.parametrize(("broken", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_is_left_out_with_its_line_and_no_other_is(broken, message):
    ok = question("description", "ok", "ok")
    found = taken(quiz(ok, broken, ok))
    assert [entry.question.name for entry in found.entries] == ["ok", "ok"]
    remark = next(each for each in found.remarks if each.kind == Kind.LEFT_OUT)
    assert remark.question == "x"
    assert 8 <= remark.line <= 20
    assert message in remark.message.interpolate()


def category(path, info=""):
    return (
        f'<question type="category"><category><text>{path}</text></category>'
        f"<info><text>{info}</text></info></question>"
    )


def test_categories_hold_for_what_follows_in_whatever_order_they_come():
    ok = question("description", "ok", "ok")
    found = taken(
        quiz(
            category("$course$/top/A/B"),
            ok,
            category("$course$/top/A"),
            ok,
            category("top/Tom//Jerry/&lt;b&gt; &amp;amp;"),
            ok,
            category("$system$/top"),
            ok,
        )
    )
    assert [entry.category for entry in found.entries] == [
        ("A", "B"),
        ("A",),
        ("Tom/Jerry", "<b> &amp;"),
        (),
    ]
    assert found.remarks == ()


def test_identifiers_are_text_whatever_is_in_them():
    found = taken(quiz(question("essay", "a", "b", "<idnumber>&lt;i&gt;&amp;eacute; </idnumber>")))
    assert found.entries[0].code == "<i>&eacute;"


@pytest.mark.parametrize(
    ("form", "text", "body"),
    [
        ("html", "<p>a</p>", "<p>a</p>"),
        ("moodle_auto_format", "a\n<b>c</b>", "a<br><b>c</b>"),
        ("plain_text", "1 < 2", "1 &lt; 2"),
        ("markdown", "*a*", "<p><em>a</em></p>"),
        ("2", "<b>", "&lt;b&gt;"),
        ("", "a<br>b", "a<br>b"),
    ],
)
def test_texts_are_in_several_formats(form, text, body):
    element = f'<questiontext format="{form}"><text><![CDATA[{text}]]></text></questiontext>'
    assert one(f'<quiz><question type="essay">{element}</question></quiz>').body == body


def test_a_question_without_a_name_is_named_by_its_text():
    assert one(quiz(question("essay", "", "<p>a</p><p>b</p>"))).name == "a b"
    assert one(quiz(question("cloze", "", "a {1:SA:=b}"))).name == "a [[1]]"


def with_file(html, *files):
    inside = "".join(
        f'<file name="{name}" path="{path}" encoding="base64">{content}</file>'
        for name, path, content in files
    )
    return (
        '<quiz><question type="essay"><name><text>x</text></name><questiontext format="html">'
        f"<text><![CDATA[{html}]]></text>{inside}</questiontext></question></quiz>"
    )


def test_files_of_the_same_name_stay_apart_when_they_differ():
    other = base64.b64encode(png(1, 1)).decode()
    text = with_file(
        '<img src="@@PLUGINFILE@@/my%20a.png" alt="1"><img src="@@PLUGINFILE@@/b/my%20a.png">'
        '<img src="@@PLUGINFILE@@/c/my%20a.png?forcedownload=1">',
        ("my a.png", "/", PICTURE),
        ("my a.png", "/b/", other),
        ("my a.png", "/c/", PICTURE),
    )
    (entry,) = taken(text).entries
    assert entry.question.body == (
        '<img src="files/my-a.png" alt="1"><img src="files/my-a-2.png"><img src="files/my-a.png">'
    )
    assert entry.files == {
        "my-a.png": QuestionFile("image/png", png(400, 300)),
        "my-a-2.png": QuestionFile("image/png", png(1, 1)),
    }


@pytest.mark.parametrize(
    "content",
    ["", "!!!", base64.b64encode(b"<svg onload='x'>").decode(), base64.b64encode(b"%PDF").decode()],
)
def test_a_file_that_is_no_picture_sound_or_video_is_left_out_and_said(content):
    found = taken(with_file('<img src="@@PLUGINFILE@@/a.png">', ("a.png", "/", content)))
    assert found.entries[0].files == {}
    assert found.entries[0].question.body == "<img>"
    assert [kind for kind, _line, _message in said(found)] == ["left out", "left out", "changed"]


def test_a_file_that_is_too_large_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr(moodle_source, "LARGEST", 10)
    found = taken(with_file('<img src="@@PLUGINFILE@@/a.png">', ("a.png", "/", PICTURE)))
    assert found.entries[0].files == {}
    assert said(found)[0][0] == "left out"


def test_each_file_that_is_left_out_is_named_once():
    pdf = base64.b64encode(b"%PDF").decode()
    found = taken(with_file("text", ("a.pdf", "/", pdf), ("b.pdf", "/", pdf), ("a.pdf", "/", pdf)))
    assert [message.split("”")[0] for _kind, _line, message in said(found)] == [
        "The file “a.pdf",
        "The file “b.pdf",
    ]


def test_the_first_picture_of_a_question_is_what_its_labels_lie_on():
    other = '<file name="a.pdf" encoding="base64">JVBERi0=</file>'
    text = MOODLE_XML["ddimageortext"].replace("<shuffleanswers/>", other)
    assert one(text).picture.file == "my-plan.png"


def test_a_link_to_a_picture_becomes_the_picture_and_other_links_stay():
    found = taken(
        with_file(
            '<a href="@@PLUGINFILE@@/a.png">see</a> <a href="https://example.org/">there</a>',
            ("a.png", "/", PICTURE),
        )
    )
    assert found.entries[0].question.body.startswith('<img src="files/a.png" alt="">see <a href=')


@pytest.mark.parametrize(
    ("coded", "body", "kinds"),
    [
        (
            f"<image_base64>{PICTURE}</image_base64>",
            'a<br><img src="files/b-c.png" alt="">',
            [],
        ),
        ("", "a", ["left out"]),
    ],
)
def test_pictures_of_old_versions_are_the_end_of_the_text(coded, body, kinds):
    found = taken(quiz(question("essay", "x", "a", "<image>folder/b c.png</image>", coded)))
    assert found.entries[0].question.body == body
    assert [kind for kind, _line, _message in said(found)] == kinds


def lost(*questions, **about):
    content, remarks = moodle_writer.write([Entry(each, **about) for each in questions])
    moodle_xml.read(content)
    return [(each.kind.value, each.message.interpolate()) for each in remarks]


RUBRIC = Criterion("1", Html("x"), (Level("1", Html("y"), Fraction(0)), Level("2", Html("z"), ONE)))
WEIGHED = ClozeGap(
    "1",
    NumericalQuestion(
        name="",
        body=EMPTY,
        answers=(NumberAnswer("1", Decimal(2), ONE, Decimal(1), "decimals"),),
        units=Units((Unit("m"),), "optional"),
    ),
)
TWO = Picture("a.png", 400, 300, "a dog")


@pytest.mark.parametrize(
    ("question_", "kind", "words"),
    [
        (QTI, "left out", "no form for questions"),
        (
            ClozeQuestion(
                name="a", body=Html("[[1]]"), gaps=(ClozeGap("1", WEIGHED.question, ONE / 2),)
            ),
            "left out",
            "whole numbers",
        ),
        (
            ClozeQuestion(
                name="a",
                body=Html("[[1]]"),
                gaps=(ClozeGap("1", EssayQuestion(name="", body=EMPTY)),),
            ),
            "left out",
            "Only a choice, a short answer or a number",
        ),
        (
            ClozeQuestion(name="a", body=Html("[[1]]"), gaps=(WEIGHED,)),
            "changed",
            "units of gaps",
        ),
        (ShortQuestion(name="a", body=EMPTY, answers=()), "left out", "whole mark"),
        (
            MatchingQuestion(
                name="a",
                body=EMPTY,
                pairs=(Pair("1", Html("x"), "1"), Pair("2", Html("y"), "2")),
                answers=(Option("1", Html("<b>y</b>")), Option("2", Html("z"))),
            ),
            "changed",
            "lose their mark-up",
        ),
        (
            EssayQuestion(name="a", body=EMPTY, rubric=(RUBRIC,)),
            "changed",
            "rubric",
        ),
        (
            EssayQuestion(name="a", body=Html('<img src="files/none.png">')),
            "changed",
            "“none.png” is missing",
        ),
        (EssayQuestion(name="a", body=EMPTY, mark=Fraction(1, 230)), "changed", "rounded"),
        (EssayQuestion(name="a", body=EMPTY, language="fr"), "changed", "language"),
        (
            ShortQuestion(
                name="a",
                body=EMPTY,
                answers=(TextAnswer("1", "x", ONE), TextAnswer("2", "y", ONE / 230)),
            ),
            "changed",
            "share of an answer",
        ),
        (replace(WEIGHED.question, name="a"), "changed", "How exact"),
        (
            ClozeQuestion(
                name="a",
                body=Html("[[1]]"),
                gaps=(
                    ClozeGap(
                        "1",
                        ShortQuestion(
                            name="",
                            body=EMPTY,
                            answers=(TextAnswer("1", "x", ONE), TextAnswer("2", "y", ONE / 230)),
                        ),
                    ),
                ),
            ),
            "changed",
            "share of an answer",
        ),
        (
            GapQuestion(
                name="a",
                body=Html("[[1]]"),
                words=(Word("1", Html("x"), unlimited=False), Word("2", Html("y"))),
                gaps=(Gap("1", "1"),),
            ),
            "changed",
            "only once",
        ),
        (
            GapQuestion(
                name="a",
                body=Html("[[1]]"),
                words=(Word("1", Html("x"), file="a.png"), Word("2", Html("y"))),
                gaps=(Gap("1", "1"),),
            ),
            "left out",
            "Pictures cannot be put",
        ),
        (
            LabelQuestion(
                name="a",
                body=EMPTY,
                picture=TWO,
                words=(Word("1", Html("x")),),
                zones=(Zone("1", "nose", (0, 0, 9, 9), "1"),),
            ),
            "changed",
            "How large the places",
        ),
        (
            LabelQuestion(
                name="a",
                body=EMPTY,
                picture=TWO,
                words=(Word("1", Html("x")),),
                zones=(Zone("1", "nose", (0, 0, 9, 9), "1"),),
            ),
            "changed",
            "What the picture shows",
        ),
    ],
)
def test_what_moodle_xml_cannot_say_is_said(question_, kind, words):
    files = {"a.png": QuestionFile("image/png", png(400, 300))}
    assert any(each == kind and words in message for each, message in lost(question_, files=files))


def test_what_moodle_xml_cannot_say_of_a_formula_is_said():
    formula = FormulaQuestion(
        name="a",
        body=EMPTY,
        variables=(Variable("a", values=(Decimal(1),)),),
        answers=(FormulaAnswer("1", "{a}", ONE, Decimal(2), "decimals"),),
        condition="{a} > 0",
    )
    words = " ".join(message for _kind, message in lost(formula))
    for each in ("condition", "Lists of values", "draws no values", "only nearly"):
        assert each in words


def test_characters_that_xml_cannot_hold_are_passed_over():
    content, _lost = moodle_writer.write(
        [Entry(EssayQuestion(name="a", body=Html("b\x0bc\ufffe")))]
    )
    assert moodle_xml.read(content).entries[0].question.body == "bc"
