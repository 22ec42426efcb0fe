"""A question's texts in other languages."""

from dataclasses import replace

import pytest

from assessments.bank.refusals import BankRefused
from assessments.bank.translating import (
    check_language,
    direction,
    missing,
    problems,
    rows,
    translate,
    where,
)
from assessments.questions.texts import texts, translatable
from assessments.short_answers import MAX_LENGTH
from tests.assessments.examples import EXAMPLES, LABELS, SHORT, SINGLE


def test_every_text_stands_beside_its_translation_and_what_is_missing_is_told():
    found = {row.place: row for row in rows(SINGLE, "fr")}
    assert found["body"].text.startswith("Une cliente")
    assert found["choices/0/html"].original == "Who I am, and what we can do here"
    assert found["choices/1/html"].missing
    assert missing(SINGLE, "fr") == len(found) - 2


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_text_of_every_type_has_a_name(kind):
    for place in translatable(EXAMPLES[kind]):
        assert where(place)


def test_names_say_which_answer():
    assert where("choices/1/feedback") == ("Answer", "2", "What is said to it")
    assert where("feedback") == ("Explanation for everybody",)


def test_translations_are_written_like_the_texts():
    given = {"body": "Que dites-vous **d’abord** ?", "choices/0/html": "", "nonsense": "x"}
    question = translate(SINGLE, "fr", given)
    assert question.translations["fr"] == {"body": "Que dites-vous <strong>d’abord</strong> ?"}
    assert question.translations["ar"] == SINGLE.translations["ar"]


def test_what_nobody_changes_stays_exactly_as_it_is():
    given = {row.place: row.text for row in rows(SINGLE, "fr")}
    assert translate(SINGLE, "fr", given) == SINGLE


def test_a_language_without_a_translation_is_taken_out():
    assert set(translate(SINGLE, "fr", {}).translations) == {"ar"}


def test_words_without_formatting_are_plain():
    question = translate(LABELS, "fr", {"zones/0/label": " À  gauche * "})
    assert question.translations["fr"]["zones/0/label"] == "À gauche *"
    plain = {row.place: row.plain for row in rows(question, "fr")}
    assert plain["zones/0/label"]
    assert not plain["body"]


def test_languages_are_named_by_their_codes():
    assert check_language(" pt-BR ") == "pt-BR"
    with pytest.raises(BankRefused, match="short code"):
        check_language("French")


@pytest.mark.parametrize(
    ("code", "way"), [("ar", "rtl"), ("fa-AF", "rtl"), ("fr", "ltr"), ("zxx", "ltr")]
)
def test_a_translation_is_written_the_way_of_its_language(code, way):
    assert direction(code) == way


def test_answers_that_are_accepted_are_written_one_a_line():
    given = {
        "body": "ما المدينة؟",
        "answers/0/text": "  إسطنبول \r\n\r\nاسطنبول\nإسطنبول",
        "answers/3/text": "x",
    }
    question = translate(SHORT, "ar", given)
    assert question.translations["ar"] == {
        "body": "ما المدينة؟",
        "answers/0/text": "إسطنبول\nاسطنبول",
    }
    found = {row.place: row for row in rows(question, "ar") if row.accepted}
    assert set(found) == {"answers/0/text", "answers/1/text", "answers/2/text"}
    assert found["answers/0/text"].text == "إسطنبول\nاسطنبول"
    assert translate(question, "ar", {row.place: row.text for row in rows(question, "ar")}) == (
        question
    )


def test_accepted_answers_are_wanted_where_none_is_right_and_are_no_texts():
    before, after = SHORT, translate(SHORT, "ar", {"answers/0/text": "إسطنبول"})
    assert all(row.missing for row in rows(before, "ar") if row.accepted)
    assert not any(row.missing for row in rows(after, "ar") if row.accepted)
    assert missing(after, "ar") == missing(before, "ar") == len(texts(SHORT))


def test_answers_in_a_language_leave_a_right_one():
    first = replace(SHORT.answers[2], text="Byzantium")
    question = replace(SHORT, answers=(first, *SHORT.answers[:2]))
    assert problems(translate(question, "ar", {"answers/1/text": "إسطنبول"}), "ar") == []
    (told,) = problems(translate(question, "ar", {"answers/0/text": "*"}), "ar")
    assert "No answer brings the whole mark" in told
    (told,) = problems(translate(SHORT, "ar", {"answers/0/text": "x" * (MAX_LENGTH + 1)}), "ar")
    assert "more than" in told


def test_what_is_wrong_with_the_question_itself_is_told_too():
    assert problems(replace(SHORT, mark=0), "ar") == ["The mark must be above 0."]


def test_an_answer_stands_before_what_is_said_to_it():
    places = [row.place for row in rows(SHORT, "ar")]
    assert places[:3] == ["body", "answers/0/text", "answers/0/feedback"]
