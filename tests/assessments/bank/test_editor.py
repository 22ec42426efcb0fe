"""Every type of question can be edited in a form, and what nobody touches stays as it is."""

import pytest

from assessments.bank import editor
from assessments.questions.plain import KINDS
from tests.assessments.examples import EXAMPLES, FILES, MORE

QUESTIONS = {**EXAMPLES, **MORE}


def test_there_is_a_form_for_every_type():
    assert set(EXAMPLES) == set(KINDS)
    for kind in KINDS:
        assert editor.blank(kind)["name"] == ""


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_is_opened_and_saved_untouched_is_the_same(name):
    question = QUESTIONS[name]

    edited = editor.edited(question.kind, editor.opened(question), question, FILES)

    assert edited.errors == {}
    assert edited.question == question
    assert edited.files == FILES
