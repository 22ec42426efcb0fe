"""The name on a certificate: what can be printed, and whether a typed one is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.pdf import names
from certificates.pdf.names import NameRefused
from certificates.resources import Certificate
from papers import NOW


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u200d", "\u0301"])
def test_an_empty_name_is_asked_for(name):
    with pytest.raises(NameRefused, match="Type the name"):
        names.checked_name(name)


@pytest.mark.parametrize("char", ["\n", "\t", "\x00", "\x07", "\x7f", "\x85", "\ue000", "\ud800"])
def test_characters_that_are_no_text_are_refused(char):
    with pytest.raises(NameRefused, match="cannot be printed"):
        names.checked_name(f"Ana{char}María")


def test_marks_that_turn_text_around_are_refused():
    with pytest.raises(NameRefused, match="hidden marks"):
        names.checked_name("Ana \u202eairaM")


def test_120_characters_are_the_most():
    assert len(names.checked_name("n" * 120)) == 120
    with pytest.raises(NameRefused, match="120"):
        names.checked_name("n" * 121)


def test_a_name_is_trimmed_and_composed():
    assert names.checked_name("  Ana  Mari\u0301a ") == "Ana María"


@given(st.text(min_size=1, max_size=150))
def test_a_name_is_refused_in_words_or_safe(text):
    try:
        name = names.checked_name(text)
    except NameRefused:
        return
    assert 1 <= len(name) <= 120
    assert name == names.checked_name(name)


@pytest.fixture
def certificate():
    return Certificate("c", learner_id="learner-1", award="a", snapshot={}, issued=NOW)


@pytest.mark.parametrize(
    "typed",
    [
        "Ana María",
        "  ana   maría ",
        "ANA MARI\u0301A",
        "Ａna María",
        "Ana\u00a0Mar\u200bía",
    ],
)
def test_the_same_name_is_known_however_it_is_typed(certificate, typed):
    certificate.name_hash = names.hash_of("Ana María")
    assert names.same_name(certificate, typed)


@pytest.mark.parametrize(
    "typed",
    ["N’Diaye-Sarr", "N‘Diaye–Sarr", "n\u02bcdiaye\u2011sarr", "N`DIAYE—SARR", "N´Diaye−Sarr"],
)
def test_phones_type_other_apostrophes_and_hyphens(certificate, typed):
    certificate.name_hash = names.hash_of("N'Diaye-Sarr")
    assert names.same_name(certificate, typed)


@pytest.mark.parametrize("typed", ["Ana Maria", "Ana", "", "María Ana"])
def test_another_name_is_not(certificate, typed):
    certificate.name_hash = names.hash_of("Ana María")
    assert not names.same_name(certificate, typed)


def test_nobody_learns_a_name_that_may_not_be_checked(certificate):
    assert not names.same_name(certificate, "Ana María")


def test_the_hash_is_slow_and_salted():
    first, second = names.hash_of("Ana"), names.hash_of("Ana")
    assert first.startswith("$argon2id$")
    assert first != second


def test_capitals_of_every_script_are_folded():
    assert names.compared("STRASSE") == names.compared("Straße")
    assert names.compared("ΝΊΚΟΣ") == names.compared("νίκος")
