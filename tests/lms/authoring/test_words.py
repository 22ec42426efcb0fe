"""The words around a course's text: the same ones in every language, set as each is set."""

import json
import re

import pytest
from markupsafe import Markup

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


def test_what_is_put_into_a_sentence_is_made_harmless_unless_it_is_html():
    put = words("fr").put("matched", left="<i>", right=Markup("<b>x</b>"))
    assert put == Markup("&lt;i&gt;\u00a0: <b>x</b>")


def test_each_language_joins_with_its_own_signs():
    joined = {tag: words(tag).say("joined", one="a", other="b") for tag in LANGUAGES}
    assert joined == {"ar": "a؛ b", "en": "a; b", "es": "a; b", "fr": "a\u202f; b"}
    assert words("ar").say("place", source="a", place="b") == "a، b"


def test_arabic_alone_runs_from_right_to_left():
    directions = {language: words(language).direction for language in LANGUAGES}
    assert directions == {"ar": "rtl", "en": "ltr", "es": "ltr", "fr": "ltr"}


def test_a_regional_language_uses_the_words_of_its_language():
    assert words("fr-CA") == words("fr")
