"""The name on a certificate: what can be printed, and whether a typed one is the same.

The name is the learner's own words at printing: it is typeset and forgotten, unless the learner
chooses otherwise.
"""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from translationstring import TranslationStringFactory

from certificates.refusals import Refused
from certificates.resources import Certificate

_ = TranslationStringFactory("tutela")

LONGEST_NAME = 120
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the text around them, so that it reads otherwise than it was typed."""

SAME = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bb\u02bc\u2032\u00b4\u0060", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
"""Apostrophes and hyphens: a phone types others than a keyboard does."""

_hasher = PasswordHasher()


class NameRefused(Refused):
    """The name cannot be printed; the message says why."""


def checked_name(text: str) -> str:
    """The name as it is printed: trimmed, NFC, single spaces.

    :raises NameRefused: when it is empty, longer than 120 characters, or holds characters that
        are not text
    """
    name = unicodedata.normalize("NFC", text.strip())
    if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in name):
        raise NameRefused(_("The name has characters that cannot be printed. Type it on one line."))
    if any(char in OVERRIDES for char in name):
        raise NameRefused(_("The name has hidden marks that turn text around. Type it afresh."))
    name = " ".join(name.split())
    if all(unicodedata.category(char)[0] in "CMZ" for char in name):
        raise NameRefused(_("Type the name that the certificate is to carry."))
    if len(name) > LONGEST_NAME:
        most = {"most": LONGEST_NAME}
        raise NameRefused(_("The name may have at most ${most} characters.", mapping=most))
    return name


def compared(name: str) -> str:
    """A name as it is compared: capitals, widths, invisible marks, spaces, and which apostrophe or
    hyphen it is make no difference (NFKC_Casefold of Unicode 3.13, with single spaces)."""
    plain = unicodedata.normalize("NFKC", name.translate(SAME))
    folded = unicodedata.normalize("NFKC", plain.casefold())
    seen = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join(seen.split())


def hash_of(name: str) -> str:
    """What :attr:`Certificate.name_hash` keeps of a name: slow and salted (Argon2id)."""
    return _hasher.hash(compared(name))


def same_name(certificate: Certificate, typed: str) -> bool:
    """Whether a typed name is that of the certificate; False too when its holder has not allowed
    the check. Slow on purpose: count the tries before asking."""
    if certificate.name_hash is None:
        return False
    try:
        return _hasher.verify(certificate.name_hash, compared(typed))
    except VerificationError:
        return False
