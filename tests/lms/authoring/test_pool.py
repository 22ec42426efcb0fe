"""The pool of the quiz: its groups by parts, and how many questions are drawn."""

import pytest
from lxml import html

from lms.authoring.pages import pages
from lms.authoring.source import read

QUESTION = "{0}? {{=yes #y\n~no #n\n####e}}\n\n"


def groups(course):
    return [question.group for question in read(course).quiz.questions]


def test_questions_stand_in_the_group_of_a_part(course):
    text = QUESTION.format("One") + QUESTION.format("Two")
    text = "$CATEGORY: part-1\n" + text + "$CATEGORY: $course$/top/part-02\n" + text.lower()
    (course / "quiz.gift").write_text(text)
    assert groups(course) == ["part-1", "part-1", "part-2", "part-2"]


@pytest.mark.parametrize("other", ["one-hint", "one-feedback"])
def test_a_name_that_another_question_is_built_with_is_refused(course, refused, other):
    text = "::one::" + QUESTION.format("One") + f"::{other}::" + QUESTION.format("Two")
    (course / "quiz.gift").write_text(text)
    error = refused(course)
    assert (error.file, error.line) == ("quiz.gift", 5)
    assert error.message.startswith(f"There are two things named “{other}”")


def test_a_page_shows_each_question_with_its_group(course, started):

    for folder, expected in (
        (started, ["part-0", "part-0", "part-1", "part-1"]),
        (course, ["all"] * 2),
    ):
        quiz = html.fromstring(pages(read(folder), "2004").items[-2].pages[0].html.decode())
        assert quiz.xpath("//course-quiz[@data-kind='final']//div/@data-group") == expected


def test_all_questions_are_drawn_unless_it_is_said_otherwise(course, change):
    assert read(course).quiz.draw == 2
    change(course / "course.toml", "[quiz]\n", "[quiz]\ndraw = 1\n")
    assert read(course).quiz.draw == 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("[quiz]\n", "[quiz]\ndraw = 3\n", 12), ("[quiz]\n", "[pretest]\ndraw = 3\n\n[quiz]\n", 12)],
)
def test_more_than_there_are_cannot_be_drawn(course, change, refused, old, new, line):
    change(course / "course.toml", old, new)
    error = refused(course)
    assert (error.file, error.line) == ("course.toml", line)
    assert error.message == "3 questions are to be drawn, and quiz.gift has 2."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "$CATEGORY: part-1\n\n$CATEGORY: part-2\nA? {T}\n",
            1,
            "The group “part-1” has no question.",
        ),
        ("$CATEGORY: part-9\nA? {T}\n", 2, "The question stands in the group “part-9”, which"),
        ("$CATEGORY: first\nA? {T}\n", 2, "The question stands in the group “first”, which"),
        ("A? {T}\n\n$CATEGORY: part-1\nB? {T}\n", 1, "The question stands in no group"),
    ],
)
def test_a_group_that_is_none_is_refused(course, refused, text, line, message):
    (course / "quiz.gift").write_text(text)
    error = refused(course)
    assert (error.file, error.line) == ("quiz.gift", line)
    assert error.message.startswith(message)
