"""Passphrases: which are accepted, and how they are hashed (argon2id) and checked.

Parameters: OWASP Password Storage Cheat Sheet, argon2id with 46 MiB, one pass, one lane; 65 ms on
the machine this was written on. The rule follows NIST SP 800-63B: length, no composition.
"""

import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from lms.resources.people import normalised

SHORTEST = 12
LONGEST = 1024

_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each check takes 46 MiB and a core: more than two at once would starve the pages."""

COMMON = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456123456 123123123123 112233445566
    111111111111 000000000000 121212121212 098765432109 987654321098 qwertyuiop12
    qwertyuiop123 qwertyuiopasdf qwertyqwerty qwerty123456 qwerty1234567 123456qwerty
    1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5y6 zaq12wsxcde3 asdfghjkl123 asdfghjklzxc
    passwordpassword password1234 password12345 password123456 password1password
    passphrase12 passphrase123 mypassword123 yourpassword changeme1234 changemechangeme
    letmeinletmein letmein12345 welcome12345 welcome123456 welcomewelcome administrator
    administrator1 adminadminadmin admin1234567 admin12345678 iloveyou1234 iloveyouiloveyou
    abcdefghijkl abcdefghijklm abcd12345678 abc123abc123 aaaaaaaaaaaa correcthorsebatterystaple
    tutelatutela tutela123456 unbelievable motdepasse12
    motdepasse123 motdepasse1234 contraseña12 contraseña123 contrasena123 bonjourbonjour
    """.split()  # noqa: SIM905 (a list of words reads best as words)
) | {"correct horse battery staple"}
"""Long ones from published lists of leaked passphrases, and the obvious ones here."""


class PassphraseRefused(ValueError):
    """A new passphrase is too easy to guess; the message says what to do."""


def check_new(passphrase: str, username: str) -> None:
    """:raises PassphraseRefused: when a new passphrase is too short, too long or well known"""
    text = _prepared(passphrase)
    if len(text) < SHORTEST:
        raise PassphraseRefused(
            f"This passphrase is too short. Use at least {SHORTEST} characters; "
            "four or five words are easy to remember."
        )
    if len(text) > LONGEST:
        raise PassphraseRefused(f"This passphrase is too long. Use at most {LONGEST} characters.")
    if normalised(text) == normalised(username):
        raise PassphraseRefused("The passphrase must not be the username.")
    if text.casefold() in COMMON or len(set(text)) < 4:
        raise PassphraseRefused(
            "This passphrase is one that attackers try first. Choose another one; "
            "four or five words that have nothing to do with each other are good."
        )


def hashed(passphrase: str) -> str:
    """The argon2id hash, with its parameters and salt, as text."""
    with _AT_ONCE:
        return _HASHER.hash(_prepared(passphrase))


def matches(kept: str, passphrase: str) -> bool:
    """Whether a passphrase is the one whose hash is kept. Takes the same time either way."""
    if len(passphrase) > LONGEST:
        passphrase = ""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept, _prepared(passphrase))
        except (VerifyMismatchError, InvalidHashError):
            return False


def matches_nobody(passphrase: str) -> bool:
    """False, after the time that a check takes: an unknown username shows in nothing."""
    matches(_nobodys_hash(), passphrase)
    return False


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_hex(32))


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def temporary() -> str:
    """A passphrase to hand over once: four groups without letters that look like others."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _prepared(passphrase: str) -> str:
    """One encoding for what keyboards send and pasting adds (NIST SP 800-63B 5.1.1.2)."""
    return unicodedata.normalize("NFKC", passphrase).strip()
