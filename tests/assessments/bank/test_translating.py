"""A question's texts in other languages."""

import pytest

from assessments.bank.refusals import BankRefused
from assessments.bank.translating import check_language, direction, missing, rows, translate, where
from assessments.questions.texts import texts
from tests.assessments.examples import EXAMPLES, LABELS, SINGLE


def test_every_text_stands_beside_its_translation_and_what_is_missing_is_told():
    found = {row.place: row for row in rows(SINGLE, "fr")}
    assert found["body"].text.startswith("Une cliente")
    assert found["choices/0/html"].original == "Who I am, and what we can do here"
    assert found["choices/1/html"].missing
    assert missing(SINGLE, "fr") == len(found) - 2


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_text_of_every_type_has_a_name(kind):
    for place in texts(EXAMPLES[kind]):
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
    assert (direction("ar"), direction("fa-AF"), direction("fr")) == ("rtl", "rtl", "ltr")
