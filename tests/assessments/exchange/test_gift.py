from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.exchange import gift, gift_writer
from assessments.exchange.entries import Entry, Kind, QuestionFile
from assessments.questions.base import NONE, ONE, Hint
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.controls import Area, Option, Picture
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import Criterion, EssayQuestion, Level
from assessments.questions.hotspot import HotArea, HotspotQuestion
from assessments.questions.html import Html
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion, Unit, Units
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion
from shared import SHARED, needs_shared


def taken(text):
    return gift.read(text.encode())


def one(text):
    found = taken(text)
    assert found.remarks == ()
    (entry,) = found.entries
    return entry.question


def shares(question):
    return [(choice.html, choice.fraction) for choice in question.choices]


@needs_shared
@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        (
            "examples.txt",
            {"choice": 18, "short": 9, "numerical": 8, "truth": 5, "matching": 3},
        ),
        (
            "questions.gift.txt",
            {"essay": 1, "matching": 1, "choice": 2, "numerical": 1, "short": 1, "truth": 3},
        ),
    ],
)
def test_moodles_own_examples_are_read_whole(file, kinds):
    found = gift.read((SHARED / "quizzes" / "moodle" / file).read_bytes())
    of = [entry.question.kind for entry in found.entries]
    assert {kind: of.count(kind) for kind in of} == kinds
    assert found.remarks == ()


def test_one_right_answer_and_part_credit_is_a_choice_of_one():
    question = one("Who? {~wrong ~%50%half =right#Yes ~%-33.33333%bad####For all}")
    assert not question.many
    assert shares(question) == [
        ("wrong", 0),
        ("half", Fraction(1, 2)),
        ("right", 1),
        ("bad", Fraction(-1, 3)),
    ]
    assert (question.choices[2].feedback, question.feedback) == ("Yes", "For all")


def test_only_percentages_make_a_choice_of_many():
    question = one("Which? {~%33.333%a ~%33.333%b ~%33.333%c ~%-100%d}")
    assert question.many
    assert sum(fraction for _html, fraction in shares(question)[:3]) == ONE


def test_thirds_that_were_rounded_by_hand_are_mended_and_said():
    found = taken("Which? {~%33%a ~%33%b ~%33%c ~d}")
    assert [choice.fraction for choice in found.entries[0].question.choices][:3] == [
        Fraction(1, 3)
    ] * 3
    assert [remark.kind for remark in found.remarks] == [Kind.CHANGED]


@pytest.mark.parametrize(
    ("answer", "right"),
    [("T", True), ("TRUE", True), ("true", True), ("F", False), ("FALSE", False), (" f ", False)],
)
def test_true_and_false_may_be_written_short(answer, right):
    assert one(f"So? {{{answer}}}").right is right


def test_the_first_feedback_of_true_false_is_for_the_wrong_answer():
    false = one("So? {F#wrong#right####all}")
    assert (false.when_true, false.when_false, false.feedback) == ("wrong", "right", "all")
    true = one("So? {T#wrong#right}")
    assert (true.when_true, true.when_false) == ("right", "wrong")


def test_typed_answers_have_shares_and_feedback():
    answers = one("Capital? {=Rome#Yes =%50%Roma =%0%*#No}").answers
    assert [(each.text, each.fraction, each.feedback) for each in answers] == [
        ("Rome", 1, "Yes"),
        ("Roma", Fraction(1, 2), ""),
        ("*", 0, "No"),
    ]


def test_an_answer_without_a_sign_is_typed():
    assert [each.text for each in one("Two and two? {four}").answers] == ["four"]


@pytest.mark.parametrize(
    ("answers", "value", "error"),
    [
        ("#3", "3", "0"),
        ("#3:2", "3", "2"),
        ("# 3.14 : 0.005 ", "3.14", "0.005"),
        ("#1..5", "3", "2"),
        ("#-5..-4.5", "-4.75", "0.25"),
        ("#=1822:0", "1822", "0"),
        ("#1e3:1E-2", "1000", "0.01"),
    ],
)
def test_numbers_have_a_tolerance_or_an_interval(answers, value, error):
    (answer,) = one(f"How many? {{{answers}}}").answers
    assert (answer.value, answer.error) == (Decimal(value), Decimal(error))
    assert (answer.rule, answer.fraction) == ("absolute", 1)


def test_several_numbers_have_shares_and_one_feedback_is_for_all_others():
    answers = one("When? {#=1822:0#Yes =%50%1820..1824#Near ~#No}").answers
    assert [(each.value, each.fraction, each.error, each.feedback) for each in answers] == [
        (1822, 1, 0, "Yes"),
        (1822, Fraction(1, 2), 2, "Near"),
        (None, 0, 0, "No"),
    ]


def test_pairs_may_share_an_answer_and_answers_may_mislead():
    question = one("Match {=a -> x =b->y =c -> x = -> z}")
    assert [(pair.html, pair.answer) for pair in question.pairs] == [
        ("a", "1"),
        ("b", "2"),
        ("c", "1"),
    ]
    assert [(option.key, option.html) for option in question.answers] == [
        ("1", "x"),
        ("2", "y"),
        ("3", "z"),
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Grant is {~a =b} in it.", "Grant is _____ in it."),
        ("Two is {=2}.", "Two is _____."),
        ("Is it\n{=2}\nor not?", "Is it _____ or not?"),
        ('Five? {#5}";', "Five?"),
    ],
)
def test_a_missing_word_leaves_a_line(text, body):
    assert one(text).body == body


def test_empty_braces_are_an_essay_and_none_a_description():
    assert one("Write {}").kind == "essay"
    assert one("Write { }").kind == "essay"
    essay = one("Write {####Thank you}")
    assert (essay.kind, essay.feedback) == ("essay", "Thank you")
    assert one("::Note::Read this.").kind == "description"


def test_a_title_is_the_name_and_without_one_the_text_is():
    assert one("::A \\:\\: b:: Text {T}").name == "A :: b"
    assert one("Some <b>text</b> {T}").name == "Some text"
    assert len(one("x" * 500 + "{T}").name) == 200


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("[html]<b>A</b> &amp; b {T}", "<b>A</b> &amp; b"),
        ("[moodle]A <i>b</i>\\nc {T}", "A <i>b</i><br>c"),
        ("A\nwrapped\nline {T}", "A wrapped line"),
        ("[plain]1 < 2 <b> {T}", "1 &lt; 2 &lt;b&gt;"),
        ("[markdown]*A* `b` {T}", "<p><em>A</em> <code>b</code></p>"),
        ("::x::[markdown]a\\n\\nb {T}", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_a_text_may_name_its_format(text, body):
    assert one(text).body == body


def test_parts_have_the_format_of_the_question_unless_they_name_one():
    question = one("[plain]Q {=<b> ~[html]<b>b</b>#<i> ~%0%[plain]<c>}")
    assert [choice.html for choice in question.choices] == ["&lt;b&gt;", "<b>b</b>", "&lt;c&gt;"]
    assert question.choices[1].feedback == "&lt;i&gt;"


def test_signs_that_are_escaped_are_text():
    question = one("\\{\\}\\~\\=\\#\\: \\\\ \\x? {=\\~a\\#b ~\\=c\\}}")
    assert question.body == "{}~=#: \\ \\x?"
    assert [choice.html for choice in question.choices] == ["~a#b", "=c}"]


def test_comments_name_identifier_and_tags():
    (entry,) = taken("// [id:q-1] [tag:red] [tag:] more\n// [tag:a\\]b]\n\nSo? {T}").entries
    assert (entry.code, entry.tags, entry.line) == ("q-1", ("red", "a]b"), 4)


def test_comments_are_nowhere_text():
    question = one("Who?\n// not this\n{\n=a\n// nor this\n~b}")
    assert (question.body, [choice.html for choice in question.choices]) == ("Who?", ["a", "b"])


def test_a_category_holds_for_what_follows():
    text = (
        "$CATEGORY: $course$/top/A//B/C\nx {T}\n\n$CATEGORY: D\n\ny {T}\n\n$CATEGORY: top\n\nz {T}"
    )
    assert [entry.category for entry in taken(text).entries] == [("A/B", "C"), ("D",), ()]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_every_way(ends):
    found = taken(ends.join(["a {T}", "", "b {", "", "=c", "~d}"]))
    assert [entry.line for entry in found.entries] == [1, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_its_mark_and_without(encoding):
    found = gift.read("é ع? {T}".encode(encoding))
    assert (found.entries[0].question.body, found.remarks) == ("é ع?", ())


def test_a_file_of_windows_is_read_and_that_is_said_with_its_line():
    found = gift.read("a {T}\n\n“é” {T}".encode("cp1252"))
    assert found.entries[1].question.body == "“é”"
    assert [(remark.kind, remark.line) for remark in found.remarks] == [(Kind.CHANGED, 3)]


def test_questions_need_no_blank_line_between_them():
    found = taken("A? {T}\nB? {F}\n::C:: c {=1 ~2}\nD {=3 ~4} e\n::F:: f {}")
    assert [entry.question.kind for entry in found.entries] == [
        "truth",
        "truth",
        "choice",
        "choice",
        "essay",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("A {=1 ~2", 1, "not closed"),
        ("A\n{=1\n~2", 2, "not closed"),
        ("A } b", 1, "There is a } without a {"),
        ("A {=1 {2} ~3}", 1, "braces within braces"),
        ("A {=1 ~2} b {", 1, "braces within braces"),
        ("A {~1 ~2}", 1, "No answer is right"),
        ("A {~%50%1 ~2}", 1, "100 %"),
        ("A {=%50%1}", 1, "No answer brings the whole mark"),
        ("A {=1 ~}", 1, "One answer is empty"),
        ("A {= }", 1, "One answer is empty"),
        ("A {x ~1 =2}", 1, "before the first answer"),
        ("A {~%150%1 =2}", 1, "cannot bring 150 %"),
        ("A {=a -> b =c}", 1, "A pair is not complete"),
        ("A {=a -> b =c ->}", 1, "A pair is not complete"),
        ("A {#}", 1, "No number brings the whole mark"),
        ("A {#3,5}", 1, "“3,5” is not a number"),
        ("A {#three}", 1, "is not a number"),
        ("A {#3:-1}", 1, "is not a number"),
        ("A {#5..1}", 1, "is not a number"),
        ("A {#" + "9" * 40 + "}", 1, "is not a number"),
    ],
)
def test_a_broken_question_is_left_out_with_its_line_and_no_other_is(text, line, message):
    found = taken(f"First {{T}}\n\n::broken::{text}\n\nLast {{T}}")
    assert [entry.question.body for entry in found.entries] == ["First", "Last"]
    (remark,) = found.remarks
    assert (remark.kind, remark.line, remark.question) == (Kind.LEFT_OUT, line + 2, "broken")
    assert message in remark.message.interpolate()


def test_a_sign_of_percent_that_is_no_share_is_text():
    question = one("Rise? {=%a%b ~2}")
    assert question.choices[0].html == "%a%b"


def test_mark_up_that_could_harm_is_taken_out_and_said():
    found = taken('A\n\n::x::[html]b <script>c</script><i onclick\\="d">e</i> {T}')
    assert found.entries[1].question.body == "b <i>e</i>"
    (remark,) = found.remarks
    assert (remark.kind, remark.line, remark.question) == (Kind.CHANGED, 3, "x")
    assert "onclick=, script" in remark.message.interpolate()


RUBRIC = Criterion("1", Html("x"), (Level("1", Html("y"), NONE), Level("2", Html("z"), ONE)))


def lost(question, **about):
    content, remarks = gift_writer.write([Entry(question, **about)])
    return content.decode(), [(each.kind, each.message.interpolate()) for each in remarks]


def test_a_type_that_gift_has_not_is_left_out_and_said():
    area = Area("a", "here", "rect", (1, 2, 3, 4))
    question = HotspotQuestion(
        name="Where",
        body=Html("?"),
        picture=Picture("a.png", 9, 9, "x"),
        areas=(HotArea(area, ONE), HotArea(replace(area, key="b"), NONE)),
    )
    content, ((kind, message),) = lost(question)
    assert (content, kind) == ("", Kind.LEFT_OUT)
    assert "GIFT" in message
    assert "hotspot" in message


def test_what_gift_cannot_say_about_a_question_is_said():
    question = ShortQuestion(
        name="a",
        body=Html("b"),
        answers=(TextAnswer("1", "x", ONE), TextAnswer("2", "y", Fraction(1, 230))),
        case=True,
        mark=Fraction(2),
        penalty=Fraction(1, 2),
        hints=(Hint(Html("h")),),
        language="fr",
        translations={"en": {"body": "B"}},
    )
    _content, said = lost(question)
    assert {kind for kind, _message in said} == {Kind.CHANGED}
    words = " ".join(message for _kind, message in said)
    for each in ("mark", "try", "hints", "language", "translations", "rounded", "small letters"):
        assert each in words


@pytest.mark.parametrize(
    ("rule", "error", "written"),
    [
        ("relative", "0.1", "200:20"),
        ("geometric", "0.1", "200:20"),
        ("significant", "2", "200:5"),
        ("decimals", "1", "200:0.05"),
    ],
)
def test_every_rule_of_exactness_becomes_a_tolerance(rule, error, written):
    answer = NumberAnswer("1", Decimal(200), ONE, Decimal(error), rule)
    units = Units((Unit("m"),), "optional")
    content, said = lost(
        NumericalQuestion(name="a", body=Html("b"), answers=(answer,), units=units)
    )
    assert f"=%100%{written}\n" in content
    assert ("changed", "The units are not kept.") in said
    assert (rule != "relative") == any("exact" in message for _kind, message in said)


def test_a_choices_shares_that_are_no_simple_fractions_are_rounded_and_that_is_said():
    question = ChoiceQuestion(
        name="a",
        body=Html("b"),
        choices=(
            Choice("1", Html("x"), ONE),
            Choice("2", Html("y"), ONE),
            Choice("3", Html("z"), ONE / 230),
        ),
    )
    content, said = lost(question)
    assert "=[html]x\n\t~%100%[html]y\n\t~%0.43478%[html]z" in content
    assert said == [("changed", "The share of an answer had to be rounded.")]


def test_what_else_gift_has_no_words_for_is_said():
    pairs = MatchingQuestion(
        name="a",
        body=Html("b"),
        pairs=(Pair("1", Html("x"), "1"), Pair("2", Html("y"), "2")),
        answers=(Option("1", Html("<b>y</b>")), Option("2", Html("z"))),
        shuffle=False,
        said=Verdicts(Html("r")),
    )
    assert [message for _kind, message in lost(pairs)[1]] == [
        "The right halves of pairs lose their mark-up.",
        "Whether the answers keep their order is not kept: they will be shuffled.",
        "What is said to right, partly right and wrong answers is not kept.",
    ]
    text = DescriptionQuestion(name="a", body=Html("b"), feedback=Html("c"))
    file = QuestionFile("image/png", b"x")
    assert [message for _kind, message in lost(text, files={"a.png": file})[1]] == [
        "What everybody is told after a text without a question is not kept.",
        "Pictures and sounds are not kept.",
    ]
    essay = EssayQuestion(name="a", body=Html("b"), rubric=(RUBRIC,))
    assert [message for _kind, message in lost(essay)[1]] == ["The rubric is not kept."]
    whole = ChoiceQuestion(
        name="a",
        body=Html("b"),
        choices=(Choice("1", Html("x"), ONE), Choice("2", Html("y"), ONE)),
        many=True,
        whole=True,
    )
    assert [message for _kind, message in lost(whole)[1]] == [
        "That only exactly the right answers count is not kept."
    ]


def test_feedback_to_a_right_answer_alone_is_not_taken_for_that_to_a_wrong_one():
    question = TruthQuestion(name="a", body=Html("b"), right=True, when_true=Html("Yes"))
    content, _said = lost(question)
    assert one(content) == question


def test_an_essays_limits_are_lost_and_that_is_said():
    question = EssayQuestion(
        name="a", body=Html("b"), most_words=9, for_markers=Html("c"), rubric=()
    )
    _content, said = lost(question)
    assert [message for _kind, message in said] == [
        "Limits, files and the template of the essay are not kept."
    ]
