"""Essay: what a person reads and marks, how long it is, and marks by a rubric."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.base import Verdict
from assessments.questions.controls import Attach, Compose
from assessments.questions.essay import Criterion, Level
from assessments.questions.html import Html
from tests.assessments.examples import ESSAY
from tests.assessments.wording import english

LETTER = "My colleagues listened, and then we walked."


def answer(text="", *files):
    found = {"text": (text,)} if text else {}
    return found | ({"files": files} if files else {})


def test_a_text_waits_for_a_person():
    found = ESSAY.mark_response(answer(LETTER, "f1", "f2"), {})
    assert found.fraction is None
    assert found.verdict is Verdict.WAITING
    assert [(part.name, part.response) for part in found.parts] == [
        ("text", LETTER),
        ("files", "f1, f2"),
    ]
    assert ESSAY.summary(answer(LETTER), {}) == LETTER


def test_nobody_has_to_read_an_empty_page():
    assert ESSAY.mark_response({}, {}).fraction == 0
    question = replace(ESSAY, template="Dear colleague,\n\n")
    assert question.mark_response(answer("Dear colleague,\n"), {}).fraction == 0
    assert not question.is_complete(answer("Dear colleague,"), {})
    assert question.mark_response(answer("Dear colleague, rest."), {}).fraction is None


def test_the_field_holds_the_template_and_says_its_limits():
    text, files = replace(ESSAY, template="Dear colleague,", least_files=1).ask({}).controls
    assert text == Compose("text", "Your text", 12, 5, 200, "Dear colleague,")
    assert files == Attach("files", "Your files", 2, ("application/pdf", "image/png"), 20_000_000)


def test_only_what_is_asked_for_has_a_field():
    assert [c.name for c in replace(ESSAY, files=0).ask({}).controls] == ["text"]
    assert [c.name for c in replace(ESSAY, text="none").ask({}).controls] == ["files"]


@pytest.mark.parametrize(
    ("text", "least_files", "response", "complete"),
    [
        ("required", 0, answer(LETTER), True),
        ("required", 0, answer("", "f1"), False),
        ("required", 1, answer(LETTER), False),
        ("required", 1, answer(LETTER, "f1"), True),
        ("optional", 0, answer(), False),
        ("optional", 0, answer(LETTER), True),
        ("optional", 0, answer("", "f1"), True),
        ("none", 1, answer("", "f1"), True),
        ("none", 0, answer(LETTER), False),
    ],
)
def test_it_is_complete_when_all_that_is_asked_for_is_there(text, least_files, response, complete):
    question = replace(ESSAY, text=text, least_files=least_files)
    assert question.is_complete(response, {}) is complete


def test_more_words_than_asked_for_are_kept_and_told():
    question = replace(ESSAY, most_words=6)
    assert english(question.remarks(answer(LETTER), {})) == [
        "Number of words: 7. At most 6 are asked for. Nothing is cut off."
    ]
    assert question.mark_response(answer(LETTER), {}).parts[0].response == LETTER
    assert question.is_complete(answer(LETTER), {})


def test_too_few_words_and_files_are_told():
    question = replace(ESSAY, least_words=8, least_files=2)
    assert english(question.remarks(answer(LETTER, "f1"), {})) == [
        "Number of words: 7. At least 8 are asked for.",
        "Number of files: 1. At least 2 are asked for.",
    ]
    assert ESSAY.remarks(answer(LETTER), {}) == []


def test_more_files_than_may_be_are_not_looked_at():
    assert ESSAY.handed_in(answer("", "f1", "f2", "f3")) == ("f1", "f2")


@pytest.mark.parametrize(
    ("levels", "fraction"),
    [
        ({"own": "yes", "clear": "yes"}, 1),
        ({"own": "some", "clear": "yes"}, Fraction(2, 3)),
        ({"own": "some", "clear": "no"}, Fraction(1, 3)),
        ({"own": "no", "clear": "no"}, 0),
        ({"own": "yes"}, None),
        ({"own": "yes", "clear": "never heard of"}, None),
    ],
)
def test_a_rubric_brings_the_points_reached_of_those_that_can_be(levels, fraction):
    assert ESSAY.by_rubric(levels) == fraction


def test_without_a_rubric_nothing_follows_from_it():
    assert replace(ESSAY, rubric=()).by_rubric({}) is None


@given(st.lists(st.lists(st.fractions(0, 9), min_size=2, max_size=4), min_size=1, max_size=4))
def test_the_best_level_of_each_criterion_is_the_whole_mark(points):
    rubric = tuple(
        Criterion(
            f"c{row}",
            Html("Criterion"),
            tuple(Level(f"l{place}", Html("Level"), each) for place, each in enumerate(levels)),
        )
        for row, levels in enumerate(points)
    )
    question = replace(ESSAY, rubric=rubric)
    best = {each.key: max(each.levels, key=lambda level: level.points).key for each in rubric}
    assert question.by_rubric(best) == (1 if any(map(any, points)) else None)


def test_there_is_no_right_text_and_no_guess():
    assert ESSAY.right_response({}) is None
    assert ESSAY.guess() == 0
    assert ESSAY.kept(answer(LETTER), {}) == answer(LETTER)


def rubric(*levels, text="Speaks of rest"):
    criterion = Criterion("rest", Html(text), levels)
    return replace(ESSAY, rubric=(criterion,))


NO = Level("no", Html("No"), Fraction(0))
YES = Level("yes", Html("Yes"), Fraction(1))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(ESSAY, text="perhaps"), "“perhaps” is no way to ask for a text."),
        (
            replace(ESSAY, text="none", files=0),
            "Neither a text nor a file is asked for. Ask for one of them.",
        ),
        (replace(ESSAY, files=21), "At most 20 files can be handed in."),
        (
            replace(ESSAY, least_words=-1),
            "How many words or files are asked for cannot be below 0.",
        ),
        (replace(ESSAY, least_files=3), "More files must be handed in than may be."),
        (replace(ESSAY, least_words=201), "More words must be written than may be."),
        (replace(ESSAY, rows=0), "The field for the text needs at least one line."),
        (replace(ESSAY, size=0), "A file needs a size of at least one byte."),
        (rubric(YES), "A criterion of the rubric needs at least two levels."),
        (rubric(), "A criterion of the rubric needs at least two levels."),
        (
            rubric(NO, replace(NO, key="none")),
            "The best level of a criterion must bring points.",
        ),
        (
            rubric(YES, replace(NO, points=Fraction(-1))),
            "A level of the rubric cannot bring less than 0 points.",
        ),
        (
            rubric(YES, NO, text=""),
            "A line of the rubric is empty. Write it, or take it out.",
        ),
        (
            rubric(YES, replace(NO, key="yes")),
            "More than one answer has this key: yes. Give every answer a key of its own.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]
