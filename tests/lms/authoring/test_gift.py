import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.citations import Citation
from lms.authoring.errors import SourceError
from lms.authoring.gift import MULTIPLE, SINGLE, TRUE_FALSE, read


def one(text):
    (question,) = read(text, "quiz.gift")
    return question


def test_single_choice_has_one_right_answer_and_feedback_to_each():
    question = one("::Sum:: One and one? {=2 #Yes. ~3 #Too many. ####Count.}")
    assert (question.identifier, question.kind, question.text) == ("sum", SINGLE, "One and one?")
    assert [(c.identifier, c.text, c.right, c.feedback) for c in question.choices] == [
        ("a", "2", True, "Yes."),
        ("b", "3", False, "Too many."),
    ]
    assert question.explanation == "Count."


def test_several_right_answers_are_those_with_a_positive_percentage():
    question = one("Even? {~%50%2 ~%50%4 ~%-100%5 ~7}")
    assert question.kind == MULTIPLE
    assert [c.right for c in question.choices] == [True, True, False, False]


def test_percentages_that_were_rounded_are_whole_enough():
    assert one("Odd? {~%33%1 ~%33%3 ~%33%5 ~6}").kind == MULTIPLE


@pytest.mark.parametrize(
    ("answers", "right"), [("T", "true"), ("TRUE", "true"), ("F", "false"), ("FALSE", "false")]
)
def test_true_and_false_are_two_choices(answers, right):
    question = one(f"Is it? {{{answers}}}")
    assert question.kind == TRUE_FALSE
    assert [c.identifier for c in question.choices if c.right] == [right]


def test_the_first_feedback_of_true_false_is_for_the_wrong_answer():
    question = one("Is it? {F#So you think.#Well seen.}")
    assert {c.identifier: c.feedback for c in question.choices} == {
        "true": "So you think.",
        "false": "Well seen.",
    }


def test_escaped_signs_and_line_breaks_are_text():
    question = one("A \\{b\\}\\: 1\\=1\\n? {=\\~x\\# ~y\n z}")
    assert question.text == "A {b}: 1=1 ?"
    assert [c.text for c in question.choices] == ["~x#", "y z"]


def test_a_question_without_a_name_is_named_by_its_number():
    assert [q.identifier for q in read("A?{=1 ~2}\n\nB?{=1 ~2}", "q")] == ["q1", "q2"]


def test_comments_and_categories_are_passed_over_and_keep_the_lines():
    questions = read("$CATEGORY: x\n// a note\n\nA?\n// between\n{=1 ~2}\n\n\nB?{T}", "q", 10)
    assert [(q.text, q.line) for q in questions] == [("A?", 13), ("B?", 18)]


def test_sources_in_comments_belong_to_the_question_below_them():
    text = "// [src: a]\nA?{T}\n\n// [src: b, page 2] [src: c]\nB?{T}"
    first, second = read(text, "q")
    assert first.citations == (Citation("a", "", 1),)
    assert second.citations == (Citation("b", "page 2", 4), Citation("c", "", 4))


def test_a_text_without_questions_has_none():
    assert read("\n// nothing yet\n", "q") == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nNo answers at all", 2, "This question has no answers."),
        ("A description.\n\nA?{=1 ~2}", 1, "This question has no answers."),
        ("A? {=1 ~2", 1, "The braces of this question are not closed."),
        ("A {=1 ~2} gap.", 1, "There is text after the answers."),
        ("[html]A?{=1 ~2}", 1, "A text format in brackets is not read here."),
        ("::a::\n{=1 ~2}", 1, "This question has no text."),
        ("Essay?\n{}", 2, "There are no answers between the braces."),
        ("Number?\n{#3:1}", 2, "Numbers as answers are not read here."),
        ("Typed? {=1}", 1, "Typed answers are not read here."),
        ("Alone? {~1}", 1, "A question needs at least two answers to choose from."),
        ("Many? {=1" + "~2" * 26 + "}", 1, "A question needs 2 to 26 answers; this one has 27."),
        ("Both? {=1 =2 ~3}", 1, "Exactly one answer must be right; 2 start with =."),
        ("None? {~1 ~2}", 1, "No answer is right."),
        ("Mixed? {=1 ~%50%2}", 1, "Answers with percentages must all start with ~"),
        ("Zero? {~%0%1 ~%-1%2}", 1, "No answer is right."),
        ("Half? {~%50%1 ~2}", 1, "The right answers must bring the whole mark together"),
        ("Empty? {=1 ~}", 1, "One answer is empty."),
        ("Pairs? {=a -> b =c -> d}", 1, "Matching questions are not read in a quiz."),
        ("::a:: A?{T}\n\n::a:: B?{T}", 3, "There are two questions named “a”."),
    ],
)
def test_what_is_not_in_the_subset_is_refused_with_file_line_and_remedy(text, line, message):
    with pytest.raises(SourceError) as refused:
        read(text, "quiz.gift")
    assert (refused.value.file, refused.value.line) == ("quiz.gift", line)
    assert refused.value.message.startswith(message)
    assert refused.value.remedy


@given(st.text(alphabet="ab {}=~#%\\:/\n0T$[]", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        lines = [question.line for question in read(text, "quiz.gift")]
    except SourceError as refused:
        lines = [refused.line]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
