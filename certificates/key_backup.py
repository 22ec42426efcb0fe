"""All keys of a site in one file, locked with a passphrase.

A key made from the passphrase by Argon2id (RFC 9106, its second recommendation) locks it with
AES-256-GCM. The parameters belong to the format: a file cannot ask for more memory.
"""

import base64
import json
import secrets
import textwrap
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from certificates.keys import BOUGHT_CHAIN, BOUGHT_KEY, EARLIER_CHAIN, Keys, from_plain, to_plain

HEAD = "Tutela: keys of certificates, locked with a passphrase, format 1"
SALT, NONCE = 16, 12
SHORTEST = 12
"""Characters of a passphrase."""
ANY = "latin-1"
"""Keeps every octet: what is bought may have a name in any script beside the certificate."""
LARGEST = 1024 * 1024
"""Octets of a file; a pair of keys takes some 3 000."""


class BackupRefused(ValueError):
    """A backup cannot be made or read; the message says why."""


def locked(keys: tuple[Keys, ...], bought: dict[str, bytes], passphrase: str) -> str:
    """The keys as the text of a file.

    :param bought: the files of keys that were bought for documents, earlier chains too, by name
    :raises BackupRefused: for a short passphrase
    """
    if len(passphrase) < SHORTEST:
        raise BackupRefused(f"Choose a passphrase of at least {SHORTEST} characters.")
    files = {name: content.decode(ANY) for name, content in bought.items()}
    plain = json.dumps({"keys": [to_plain(each) for each in keys], "files": files})
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    key = _key(_composed(passphrase), salt)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), HEAD.encode())
    body = base64.b64encode(salt + nonce + sealed).decode()
    return "\n".join([HEAD, *textwrap.wrap(body, 76), ""])


def unlocked(text: str, passphrase: str) -> tuple[list[Keys], dict[str, bytes]]:
    """The keys, and the files of a bought one, from the text of a file.

    :raises BackupRefused: when it is no such file, or this is not its passphrase
    """
    head, _, body = text.partition("\n")
    try:
        octets = base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        octets = b""
    if head.strip() != HEAD or len(octets) < SALT + NONCE:
        raise BackupRefused("This is no backup of keys, or it is damaged.")
    salt, nonce, sealed = octets[:SALT], octets[SALT : SALT + NONCE], octets[SALT + NONCE :]
    found = json.loads(_opened(passphrase, salt, nonce, sealed))
    files = {
        name: content.encode(ANY)
        for name, content in found["files"].items()
        if name in (BOUGHT_KEY, BOUGHT_CHAIN) or EARLIER_CHAIN.fullmatch(name)
    }
    return [from_plain(each) for each in found["keys"]], files


def _opened(passphrase: str, salt: bytes, nonce: bytes, sealed: bytes) -> bytes:
    """:raises BackupRefused: when the passphrase does not open it"""
    # As it was typed, too: the first files were locked so.
    for octets in dict.fromkeys((_composed(passphrase), passphrase.encode())):
        try:
            return AESGCM(_key(octets, salt)).decrypt(nonce, sealed, HEAD.encode())
        except InvalidTag:
            continue
    raise BackupRefused(
        "The backup does not open: this is not its passphrase, or the file is damaged."
    )


def _composed(passphrase: str) -> bytes:
    """The same octets for the same letters: keyboards differ in how they write é.

    :raises BackupRefused: for what is no text
    """
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        raise BackupRefused("The passphrase is not in UTF-8. Nothing was done.") from None


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase,
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )
