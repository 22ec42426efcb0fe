"""The words around a course's text: the same ones in every language, set as each is set."""

import json
import re

import pytest

from lms.authoring.words import FOLDER, words

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
GAP = re.compile(r"\{(\w*)\}")


def sentences(language):
    found = words(language)
    return {**found.page, **found.script}


def test_there_are_four_languages():
    assert LANGUAGES == ["ar", "en", "es", "fr"]


def test_no_sentence_stands_twice():
    found = words("en")
    assert not found.page.keys() & found.script.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_in_the_same_order(language):
    own = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    english = json.loads((FOLDER / "en.json").read_text("utf-8"))
    assert list(own) == list(english)
    assert list(own["page"]) == list(english["page"])
    assert list(own["script"]) == list(english["script"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_same_gaps_and_is_said(language):
    english = sentences("en")
    for name, sentence in sentences(language).items():
        assert sentence.strip() == sentence != "", name
        assert sorted(GAP.findall(sentence)) == sorted(GAP.findall(english[name])), name


def test_french_signs_stand_behind_their_spaces():
    for name, sentence in sentences("fr").items():
        assert not re.search("[^\u202f][;!?]", sentence), name
        assert not re.search("[^\u00a0][:»]", sentence), name
        assert not re.search("[^\u00a0\u202f]%", sentence), name
        assert "'" not in sentence, name


def test_arabic_alone_runs_from_right_to_left():
    directions = {language: words(language).direction for language in LANGUAGES}
    assert directions == {"ar": "rtl", "en": "ltr", "es": "ltr", "fr": "ltr"}


def test_a_regional_language_uses_the_words_of_its_language():
    assert words("fr-CA") == words("fr")
