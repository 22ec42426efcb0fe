"""Questions are kept as JSON and come back equal."""

import json
from fractions import Fraction

import pytest
from cattrs.errors import BaseValidationError

from assessments.questions.base import Hint
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.html import Html
from assessments.questions.plain import from_plain, to_plain
from assessments.questions.texts import in_language, texts

CHOICE = ChoiceQuestion(
    name="Rest",
    body=Html(""),
    choices=(
        Choice("a", Html("Yes"), Fraction(1), feedback=Html("Well seen")),
        Choice("b", Html("No"), Fraction(-1, 3)),
    ),
)
CLOZE = ClozeQuestion(
    name="Two",
    body=Html("Is it so? [[1]]"),
    gaps=(ClozeGap("1", CHOICE, Fraction(2)),),
    hints=(Hint(Html("Think again"), clear_wrong=True),),
    language="en",
    translations={"fr": {"body": "Est-ce vrai ? [[1]]", "gaps/0/question/choices/0/html": "Oui"}},
)


def test_a_question_with_questions_in_it_comes_back_from_json_equal():
    assert from_plain(json.loads(json.dumps(to_plain(CLOZE)))) == CLOZE


def test_thirds_stay_thirds():
    assert to_plain(CHOICE)["choices"][1]["fraction"] == "-1/3"


@pytest.mark.parametrize(
    "text", ["1e999999999", "+1E999999999", " 1e999999999", "1_0", "1/0x1", "¹"]
)
def test_a_fraction_that_would_be_calculated_for_ever_is_none(text):
    plain = to_plain(CHOICE) | {"mark": text}
    with pytest.raises(BaseValidationError):
        from_plain(plain)


def test_every_text_has_a_path():
    assert texts(CLOZE) == {
        "body": "Is it so? [[1]]",
        "hints/0/html": "Think again",
        "gaps/0/question/choices/0/html": "Yes",
        "gaps/0/question/choices/0/feedback": "Well seen",
        "gaps/0/question/choices/1/html": "No",
    }


def test_a_language_changes_the_texts_that_it_has_and_leaves_the_others():
    french = in_language(CLOZE, "fr")
    assert french.body == "Est-ce vrai ? [[1]]"
    choices = french.gaps[0].question.choices
    assert [choice.html for choice in choices] == [
        "Oui",
        '<span lang="en" dir="auto">No</span>',
    ]
    assert [choice.fraction for choice in choices] == [Fraction(1), Fraction(-1, 3)]


def test_an_unknown_language_changes_nothing():
    assert in_language(CLOZE, "sw") is CLOZE
