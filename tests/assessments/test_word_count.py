"""Words of essays are counted in every script by the rule that the writer is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("one", 1),
        ("Two words.", 2),
        ("one\ntwo\u00a0three\u2003four", 4),
        ("l'heure d’été", 2),
        ("a well-known fact", 3),
        ("a fact — well known", 4),
        ("yes—no", 2),
        ("and / or", 2),
        ("* first - second", 2),
        ("1,234.5 km in 2026", 4),
        ("¿Qué tal? ¡Bien!", 3),
        ("حقوق الإنسان للجميع", 3),
        ("كَتَبَ الرَّجُلُ", 2),
        ("Права человека", 2),
        ("मानव अधिकार", 2),
        ("인권은 모두의 것", 3),
        ("人权", 2),
        ("人权，平等。", 4),
        ("人権とは", 4),
        ("カタカナ", 4),
        ("UNHCR は国連", 4),
        ("𠮷野", 2),
        ("สิทธิมนุษยชน", 3),
        ("ស", 1),
        ("ကခ ဂဃ", 2),
        ("ๆ ็", 1),
        ("x人y", 3),
    ],
)
def test_a_text_has_its_words(text, words):
    assert count_words(text) == words


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_texts_have_together_the_words_of_each(one, other):
    assert count_words(f"{one}\n{other}") == count_words(one) + count_words(other)
