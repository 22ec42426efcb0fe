"""Packages and items that others published come in whole: how many, of which types, for how much.

The table was made by reading the files.
"""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from assessments.exchange.entries import TakenSection
from assessments.exchange.qti import read_qti, write_qti
from assessments.qti import process, start
from assessments.questions.base import ONE
from assessments.questions.html import EMPTY
from assessments.questions.qti import QtiQuestion
from shared import SHARED, needs_shared
from tests.assessments.exchange.qti.packages import without_copies, zipped
from tests.assessments.wording import english

OLD = SHARED / "quizzes" / "qti-packages" / "items_1.2"
PACKAGE = SHARED / "quizzes" / "qti-packages" / "test_qti_2.1"
CASES = SHARED / "quizzes" / "qti-cases"

EXPECTED = {
    # None of the pictures of the hot spots is in the file, and a bank is not either.
    "bank_entry_item": [],
    "hot_spot": [],
    "canvas_multiple_dropdown": [("cloze", 1)],
    "canvas_multiple_dropdowns": [("cloze", 1)],
    "canvas_multiple_dropdowns_correct_choice_is_not_the_first": [("cloze", 1)],
    "canvas_multiple_fib": [("cloze", 1)],
    "canvas_multiple_fib_as_single": [("cloze", 1)],
    "canvas_multiple_fib_extra_brackets": [("cloze", 7)],
    "categorization": [("matching", 1)],
    "choice": [("truth", 10), ("choice", 10), ("choice", 10), ("choice", 1)],
    "choice_vary_points_by_answer": [("choice", 10)],
    "choice_vary_points_by_answer_zero_points": [("choice", 10)],
    "essay": [("essay", 1)],
    "essay_custom_settings": [("essay", 1)],
    "fib": [("cloze", 3)],
    "fib_feedback": [("short", Fraction(7, 2))],
    "fib_str": [("cloze", 3)],
    "formula": [("formula", 1)],
    "formula_mform": [("formula", 1)],
    "formula_mvar": [("formula", 1)],
    "formula_scientific": [("formula", 1)],
    "item_no_title": [("cloze", 3)],
    "matching": [("matching", 1)],
    "matching_feedback": [("matching", 1)],
    "mc_feedback": [("choice", 1)],
    "multiple_answer": [("choice", 1)],
    "multiple_answer_canvas": [("choice", 1)],
    "multiple_choice": [("choice", 10)],
    "nq_multiple_fib_answer_types": [("cloze", 1)],
    "nq_multiple_fib_scoring_algorithms": [("cloze", 1)],
    "numeric_exact_match": [("numerical", 1), ("numerical", 1)],
    "numeric_margin_error": [("numerical", 1)],
    "numeric_margin_error_percent": [("numerical", 1)],
    "numeric_precision": [("numerical", 1)],
    "numeric_precision_decimals": [("numerical", 1)],
    "numeric_within_range": [("numerical", 1)],
    "ordering": [("ordering", 5)],
    "ordering.row": [("ordering", 5)],
    "ordering_with_labels": [("ordering", 5)],
    "question_group": [("truth", 1)] * 10,
    "single_fib": [("short", 1)],
    "stimulus": [("description", 1)],
    "stimulus_passage": [("description", 1)],
    "stimulus_with_child_item": [("description", 1), ("choice", 1)],
    "text.no.question": [("description", 1)],
    "true_false": [("truth", 10)],
    "true_false_with_calculator": [("truth", 10)],
    "upload": [("essay", 1)],
    "upload_with_custom_settings": [("essay", 1)],
}


def old(name):
    return read_qti((OLD / f"{name}.xml").read_bytes())


def questions(name):
    return [entry.question for entry in old(name).entries]


@needs_shared
def test_the_table_has_every_file():
    assert {path.name.removesuffix(".xml") for path in OLD.glob("*.xml")} == set(EXPECTED)


@needs_shared
@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_qti_1_2_brings_its_questions(name):
    found = questions(name)
    assert [(each.kind, each.mark) for each in found] == EXPECTED[name]
    for question in found:
        assert question.problems() == []
        assert question.name
        right = question.right_response(question.arrange(Random(1)))
        if question.answerable and question.automatic:
            arrangement = question.arrange(Random(1))
            assert question.mark_response(right, arrangement).fraction == ONE


@needs_shared
@pytest.mark.parametrize("name", EXPECTED)
def test_what_came_of_qti_1_2_goes_out_and_comes_back(name):
    entries = old(name).entries
    back = read_qti(write_qti(entries, "2.2")[0]).entries if entries else ()
    assert [each.question for each in back] == [each.question for each in entries]


@needs_shared
def test_a_group_of_questions_is_a_section_from_which_some_are_picked():
    (test,) = old("question_group").tests
    assert (test.title, test.attempts) == ("Question Groups", 1)
    assert [(each.pick, each.entries) for each in test.sections] == [
        (1, (0, 1, 2, 3)),
        (3, (4, 5, 6, 7, 8)),
        (0, (9,)),
    ]
    assert test.sections[0].marks == (ONE,) * 4


@needs_shared
def test_points_of_each_answer_are_shares_of_the_mark():
    (question,) = questions("choice_vary_points_by_answer")
    assert [choice.fraction for choice in question.choices] == [ONE, Fraction(1, 2)]
    (zero,) = questions("choice_vary_points_by_answer_zero_points")
    assert [choice.fraction for choice in zero.choices] == [0, ONE]


@needs_shared
def test_answers_that_only_count_together_do_so_here():
    for name in ("multiple_answer", "multiple_answer_canvas"):
        (question,) = questions(name)
        assert (question.many, question.whole) == (True, True)


@needs_shared
def test_feedback_goes_to_its_answer_to_right_and_wrong_and_to_all():
    (question,) = questions("mc_feedback")
    assert question.feedback == "<p>General Feedback</p>"
    assert question.said.right == "<p>General Correct Feedback</p>"
    assert question.said.wrong == "<p>General Incorrect Feedback</p>"
    assert [choice.feedback for choice in question.choices] == [
        f"<p>Answer {letter} Feedback</p>" for letter in "ABCD"
    ]
    (blank,) = questions("fib_feedback")
    assert blank.answers[0].feedback.endswith("<p>Correct Feedback</p>")
    assert (blank.answers[-1].text, blank.answers[-1].feedback) == (
        "*",
        "<p>Incorrect Feedback</p>",
    )


@needs_shared
def test_numbers_have_their_margins():
    def first(name):
        answer = questions(name)[0].answers[0]
        return answer.value, answer.error, answer.rule

    assert first("numeric_exact_match") == (1234, 0, "absolute")
    assert first("numeric_margin_error") == (77, 7, "absolute")
    assert first("numeric_margin_error_percent") == (200, Decimal("0.2"), "relative")
    assert first("numeric_precision_decimals") == (Decimal("100.1234"), 4, "decimals")
    assert first("numeric_within_range") == (Decimal("11.5"), Decimal("10.5"), "absolute")
    assert len(questions("numeric_exact_match")[1].answers) == 3


@needs_shared
def test_a_formula_of_several_lines_is_one_formula():
    (question,) = questions("formula_mform")
    assert question.answers[0].expression == "({n}*{x})+({m}*{y})"
    assert (question.answers[0].error, question.answers[0].rule) == (Decimal("0.1"), "relative")
    assert len(question.rows) == 5
    assert "{n}{x} + {m}{y}" in question.body
    arrangement = {"variables": {"y": "4.70", "x": "4.70", "n": "8.94", "m": "8.63"}}
    assert question.mark_response({"answer": ("82.58",)}, arrangement).fraction == ONE


@needs_shared
def test_gaps_are_lists_or_are_written_as_the_file_has_them():
    (lists,) = questions("canvas_multiple_dropdowns_correct_choice_is_not_the_first")
    assert [gap.question.kind for gap in lists.gaps] == ["choice", "choice"]
    assert "[[2]] [[1]] is" in lists.body
    (texts,) = questions("canvas_multiple_fib")
    assert texts.mark_response({"1": ("RED",), "2": ("blue",)}, {}).fraction == ONE
    (kinds,) = questions("nq_multiple_fib_answer_types")
    assert [gap.question.kind for gap in kinds.gaps] == ["choice"] * 3
    (ways,) = questions("nq_multiple_fib_scoring_algorithms")
    assert ways.gaps[0].question.answers[0].text == "*red*"


@needs_shared
def test_what_belongs_to_no_category_has_an_answer_of_its_own():
    (question,) = questions("categorization")
    assert len(question.pairs) == 6
    assert [answer.html for answer in question.answers] == ["Category_A", "Category_B", "–"]


@needs_shared
def test_an_essay_has_its_limits_and_notes_and_an_upload_its_kinds_of_files():
    (essay,) = questions("essay_custom_settings")
    assert (essay.least_words, essay.most_words) == (140, 500)
    assert essay.for_markers == "this is the remix"
    (upload,) = questions("upload_with_custom_settings")
    assert (upload.files, upload.types) == (2, ("image/png", "image/jpeg"))


@needs_shared
def test_a_package_of_qti_2_1_brings_its_test_and_items():
    taken = read_qti(zipped(PACKAGE), "package.zip")
    assert [(each.question.kind, each.question.mark) for each in taken.entries] == [
        ("truth", 1),
        ("choice", 1),
        ("choice", 3),
        ("short", 1),
        ("essay", Fraction(1, 10)),
    ]
    assert len(taken.entries[4].files) == 3
    (test,) = taken.tests
    assert test.sections == (
        TakenSection(
            "QTI v2.1 Entry Profile Single Section Instance with Multiple Items",
            EMPTY,
            entries=(0, 1, 2, 3, 4),
            marks=(None,) * 5,
        ),
    )
    assert all(remark.file and remark.line for remark in taken.remarks)
    said = english(remark.message for remark in taken.remarks)
    assert "The question’s own styles were left out: it looks like all others." in said


ITEMS = sorted(CASES.glob("*/item.xml"))


@needs_shared
@pytest.mark.parametrize("path", ITEMS, ids=[path.parent.name for path in ITEMS])
def test_every_item_of_the_suite_comes_in_and_goes_out(path):
    content = path.read_bytes()
    taken = read_qti(content)
    (entry,) = taken.entries
    assert entry.question.problems() == []
    for version in ("2.1", "2.2", "3.0"):
        (again,) = read_qti(without_copies(write_qti([entry], version)[0])).entries
        assert again.question.kind in (entry.question.kind, "qti")
        if isinstance(entry.question, QtiQuestion):
            one, other = (
                process(each.question.item, start(each.question.item, 1), {}).outcomes
                for each in (entry, again)
            )
            if version != "2.1":
                assert one == other
