"""Short answer: the first answer that fits counts."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.questions.short import TextAnswer
from tests.assessments.examples import SHORT
from tests.assessments.wording import english

HALF = Fraction(1, 2)


def answers(*pairs, **more):
    found = tuple(
        TextAnswer(str(number), text, Fraction(fraction))
        for number, (text, fraction) in enumerate(pairs)
    )
    return replace(SHORT, answers=found, **more)


def marked(question, text):
    return question.mark_response({"answer": (text,)}, {})


@pytest.mark.parametrize(
    ("text", "key", "fraction"),
    [
        ("Istanbul", "right", 1),
        ("  istanbul ", "right", 1),
        ("Istanbul Protocol", "longer", 1),
        ("constantinople", "old", HALF),
        ("Geneva", "other", 0),
    ],
)
def test_the_first_answer_that_fits_brings_its_share(text, key, fraction):
    (part,) = marked(SHORT, text).parts
    assert (part.answer, part.fraction) == (key, fraction)
    assert marked(SHORT, text).fraction == fraction


def test_an_answer_is_told_what_its_author_says_to_it():
    assert marked(SHORT, "Geneva").parts[0].feedback == (
        "It was finished in a city on the Bosphorus."
    )


def test_the_order_of_the_answers_decides_not_their_shares():
    question = answers(("rest*", HALF), ("rest well", 1), ("sleep", 1))
    assert marked(question, "rest well").fraction == HALF


def test_spaces_alone_are_no_answer():
    found = marked(SHORT, "  ")
    assert (found.fraction, found.parts) == (0, ())


def test_letters_differ_by_size_only_where_the_author_says_so():
    question = answers(("WHO", 1), case=True)
    assert marked(question, "WHO").fraction == 1
    assert marked(question, "who").fraction == 0


def test_what_fits_no_answer_is_told_as_it_was_written():
    question = answers(("rest", 1))
    (part,) = marked(question, "work").parts
    assert (part.response, part.answer, part.fraction) == ("work", "", 0)
    assert question.summary({"answer": ("work",)}, {}) == "work"


def test_negative_credit_can_be_had():
    question = answers(("rest", 1), ("*", Fraction(-1, 3)))
    assert marked(question, "work").fraction == question.lowest() == Fraction(-1, 3)
    assert marked(question, "").fraction == 0
    assert question.guess() == 0


def test_who_writes_anything_gets_what_anything_brings():
    assert SHORT.guess() == 0
    assert answers(("rest", 1), ("*", HALF)).guess() == HALF
    assert answers(("rest", 1)).guess() == 0


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        ([("rest*", 1)], "rest"),
        ([("to * well", 1)], "to … well"),
        ([(r"4 \* 5", 1)], "4 * 5"),
        ([("work", 0), ("rest", 1)], "rest"),
        ([("re*", HALF), ("rest", 1), ("sleep", 1)], "sleep"),
        ([("*", 1)], "…"),
    ],
)
def test_the_right_answer_is_one_that_brings_the_whole_mark(texts, right):
    question = answers(*texts)
    assert question.problems() == []
    assert question.right_response({}) == {"answer": (right,)}
    assert marked(question, right).fraction == 1


NOBODY = (
    "No answer brings the whole mark. Give one answer 100 %, and let none before it take its text."
)


@pytest.mark.parametrize(
    ("question", "problems"),
    [
        (answers(("rest", HALF)), [NOBODY]),
        (answers(("re*", HALF), ("rest", 1)), [NOBODY]),
        (answers(), [NOBODY]),
        (answers(("rest", 1), (" ", 0)), ["An answer is empty. Write it, or take it out."]),
        (answers(("rest", 1), ("x" * 5001, 0)), ["An answer has more than 5000 characters."]),
        (
            answers(("rest", 1), ("work", -2)),
            ["What an answer brings must be between -100 % and 100 %."],
        ),
        (
            replace(SHORT, answers=(SHORT.answers[0], SHORT.answers[0])),
            ["More than one answer has this key: right. Give every answer a key of its own."],
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problems):
    assert english(question.problems()) == problems
