"""A question that is asked in another language than it was written in."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.questions.base import EMPTY
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.html import Html
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.texts import accepted, in_language, spoken_as, texts, untold
from tests.assessments.examples import LABELS, SINGLE

HALF = Fraction(1, 2)
HOUSE = ShortQuestion(
    name="House",
    body=Html("Where do people live?"),
    answers=(
        TextAnswer("house", "house", Fraction(1), Html("Yes.")),
        TextAnswer("tent", "tent*", HALF),
        TextAnswer("other", "*", Fraction(0), Html("No.")),
    ),
    language="en",
    translations={
        "ar": {
            "body": "أين يسكن الناس؟",
            "answers/0/text": "بيت\nمنزل",
            "answers/0/feedback": "نعم.",
            "answers/1/text": "خيمة*",
        },
        "fr": {"body": "Où vivent les gens ?"},
    },
)
GAP = ShortQuestion(name="1", body=EMPTY, answers=(TextAnswer("1", "Istanbul", Fraction(1)),))
TURKISH = ClozeQuestion(
    name="City",
    body=Html("It is [[1]]."),
    gaps=(ClozeGap("1", GAP),),
    language="en",
    translations={"tr": {"body": "[[1]]", "gaps/0/question/answers/0/text": "İstanbul Işığı"}},
)


def brought(question, text, name="answer"):
    (part,) = question.mark_response({name: (text,)}, {}).parts
    return part.answer, part.fraction, part.feedback


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("بيت", ("house", 1, "نعم.")),
        ("مَنْزِل", ("house", 1, "نعم.")),
        ("house", ("house", 1, "نعم.")),
        ("خيمة كبيرة", ("tent", HALF, EMPTY)),
        ("Tent", ("tent", HALF, EMPTY)),
        ("قصر", ("other", 0, '<span lang="en" dir="auto">No.</span>')),
    ],
)
def test_an_answer_in_the_language_asked_or_the_original_brings_what_the_author_gave_it(
    text, found
):
    assert brought(in_language(HOUSE, "ar"), text) == found


def test_in_the_original_answers_of_other_languages_do_not_count():
    assert brought(in_language(HOUSE, "en"), "بيت")[0] == "other"


def test_the_right_answer_is_told_in_the_language_asked():
    right = {each: in_language(HOUSE, each).right_response({}) for each in ("en", "ar", "fr")}
    assert right == {"en": {"answer": ("house",)}, "ar": {"answer": ("بيت",)}, "fr": right["en"]}
    second = replace(HOUSE.answers[0], key="home", text="home")
    question = replace(
        HOUSE,
        answers=(*HOUSE.answers[:2], second),
        translations={"ar": {"body": "أين؟", "answers/2/text": "دار"}},
    )
    assert in_language(question, "ar").right_response({}) == {"answer": ("دار",)}


def test_a_gap_takes_answers_in_the_language_with_its_own_capitals():
    turkish = in_language(TURKISH, "tr")
    assert brought(turkish, "istanbul ışığı", "1")[:2] == ("1", 1)
    assert brought(turkish, "Istanbul", "1")[:2] == ("1", 1)
    assert turkish.right_response({}) == {"1": ("İstanbul Işığı",)}


def test_capitals_are_those_of_the_language_in_which_a_question_was_written():
    city = replace(GAP, language="tr", answers=(TextAnswer("1", "İzmir", Fraction(1)),))
    assert brought(city, "izmir")[1] == 1
    english = replace(city, translations={"en": {"body": "Which?", "answers/0/text": "Smyrna"}})
    assert brought(in_language(english, "en"), "izmir")[1] == 1


def test_what_is_accepted_is_no_text_that_a_learner_reads():
    assert accepted(HOUSE) == {"answers/0/text": "house", "answers/1/text": "tent*"}
    assert accepted(TURKISH) == {"gaps/0/question/answers/0/text": "Istanbul"}
    assert not set(texts(HOUSE)) & set(accepted(HOUSE))


def test_a_language_in_which_nothing_right_is_accepted_is_known():
    assert untold(HOUSE, "ar") == frozenset()
    assert untold(HOUSE, "fr") == set(accepted(HOUSE))
    assert untold(TURKISH, "tr") == frozenset()
    assert untold(TURKISH, "el") == {"gaps/0/question/answers/0/text"}
    assert untold(SINGLE, "fr") == frozenset()


def test_a_translation_reaches_nothing_but_texts():
    question = replace(HOUSE, translations={"fr": {"answers/0/key": "x", "name": "y", "body": "z"}})
    french = in_language(question, "fr")
    assert (french.name, french.answers[0].key, french.body) == ("House", "house", "z")


def test_what_stays_in_its_own_language_says_which_that_is():
    question = replace(
        SINGLE,
        feedback=Html("<p>Well.</p>"),
        translations={"ar": {"body": "ماذا؟"}},
    )
    arabic = in_language(question, "ar")
    assert arabic.choices[3].html == '<span lang="en" dir="auto">None of these</span>'
    assert arabic.feedback == '<div lang="en" dir="auto"><p>Well.</p></div>'
    assert arabic.choices[3].feedback == EMPTY
    unsaid = in_language(replace(question, language=""), "ar")
    assert unsaid.choices[3].html == "None of these"


@pytest.mark.parametrize(
    ("written", "told", "language", "spoken"),
    [
        ("en", ("fr", "fr-CA"), "fr", "fr"),
        ("en", ("fr",), "fr-CA", "fr"),
        ("en", ("fr-CA",), "fr", "fr-CA"),
        ("en-GB", ("en-US",), "en", ""),
        ("en-GB", ("en-US",), "en-US", "en-US"),
        ("en", ("fr",), "ar", ""),
        ("", ("fr",), "", ""),
    ],
)
def test_the_nearest_language_is_read(written, told, language, spoken):
    translations = {each: {"body": "x"} for each in told}
    question = replace(HOUSE, language=written, translations=translations)
    assert spoken_as(question, language) == spoken


def test_a_language_of_which_nothing_is_left_is_none():
    assert spoken_as(replace(HOUSE, translations={"fr": {}}), "fr") == ""


def test_a_label_that_is_not_translated_stays_as_it_is():
    question = replace(LABELS, language="en", translations={"fr": {"body": LABELS.body}})
    assert in_language(question, "fr").zones == LABELS.zones
