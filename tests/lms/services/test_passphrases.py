import pytest

from lms.services import passphrases
from lms.services.passphrases import PassphraseRefused, check_new

GOOD = "four quiet green lamps"


@pytest.mark.parametrize(
    "passphrase",
    [
        GOOD,
        "twelve chars",
        "كلمات كثيرة سهلة الحفظ",
        "x y z " * 170,
    ],
)
def test_a_long_passphrase_is_accepted_whatever_it_is_made_of(passphrase):
    check_new(passphrase, "mina")


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("eleven char", "too short"),
        ("           short           ", "too short"),
        ("x1 y2 z3 w4 " * 100, "too long"),
        ("Mina.Of.Nairobi", "username"),
        ("password1234", "attackers try first"),
        ("Correct Horse Battery Staple", "attackers try first"),
        ("abababababababab", "attackers try first"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_refused_in_words(passphrase, reason):
    with pytest.raises(PassphraseRefused, match=reason):
        check_new(passphrase, "mina.of.nairobi")


def test_a_hash_is_argon2id_and_never_the_same_twice():
    one, other = passphrases.hashed(GOOD), passphrases.hashed(GOOD)
    assert one.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert one != other


def test_only_the_same_passphrase_matches():
    kept = passphrases.hashed(GOOD)
    assert passphrases.matches(kept, GOOD)
    assert not passphrases.matches(kept, GOOD + "s")


def test_different_keyboards_may_encode_a_passphrase_differently():
    assert passphrases.matches(passphrases.hashed("café crème brûlée"), "cafe\u0301 crème brûlée")


def test_spaces_pasted_around_a_passphrase_do_not_matter():
    assert passphrases.matches(passphrases.hashed(GOOD), f" {GOOD}\n")


def test_what_is_too_long_to_be_a_passphrase_matches_nothing():
    assert not passphrases.matches(passphrases.hashed(GOOD), GOOD * 100)


def test_what_is_no_hash_matches_nothing():
    assert not passphrases.matches("", GOOD)


def test_a_hash_with_other_parameters_is_outdated():
    assert passphrases.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")
    assert not passphrases.is_outdated(passphrases.hashed(GOOD))


def test_a_temporary_passphrase_passes_its_own_rule_and_is_new_each_time():
    made = {passphrases.temporary() for _ in range(20)}
    assert len(made) == 20
    for passphrase in made:
        check_new(passphrase, "mina")
