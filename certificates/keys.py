"""The keys that this site signs badges and certificates with. They lie in a folder of their own,
outside the database, one file for each pair.

Of a retired pair the public halves stay for ever, for what they signed holds on; the private ones
are gone. The issuer's DID document (W3C DID 1.0, did:web) says all of them.
"""

import fcntl
import hashlib
import json
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3.did import multikey_from_pem

LOCK = "lock"
OURS = frozenset({".json", ".pem", ".new"})
"""How the names of our files end; the last for one that is being written."""
BOUGHT_KEY, BOUGHT_CHAIN = "document-key.pem", "document-chain.pem"
"""Where an admin puts the key and the certificates that were bought for signing documents."""
EARLIER_CHAIN = re.compile(r"chain-[0-9a-f]{64}\.pem")
"""Copies of every chain that was bought: what was sealed with one stays ours when another is put in
its place."""
YEARS = 30
LONGEST_NAME = 64
"""Octets of a common name, as the library counts its upper bound in X.520."""
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


MISMATCH = (
    f"{BOUGHT_KEY} and the first certificate of {BOUGHT_CHAIN} do not belong together, or cannot "
    "be read. Until both are right, PDFs are sealed with the bought key before, or the site's own."
)
log = logging.getLogger(__name__)


class KeysUnusable(ValueError):
    """The folder of the keys cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Keys:
    """One pair of keys, with its public halves and, unless it is retired, its private ones.

    :param id: names the Ed25519 key in the DID document: its multikey
    :param ed25519_pem: private key of embedded proofs; empty when retired
    :param p256_pem: private key of tokens; empty when retired
    :param document_pem: private key of signed documents: that of tokens, or a bought one
    :param certificate_pem: X.509 certificate of ``document_pem``, and those above it
    """

    id: str
    created: datetime
    retired: datetime | None
    ed25519_public_pem: bytes
    p256_public_pem: bytes
    certificate_pem: bytes
    ed25519_pem: bytes = b""
    p256_pem: bytes = b""
    document_pem: bytes = b""

    @property
    def token_id(self) -> str:
        """What names the P-256 key in the DID document."""
        return multikey_from_pem(self.p256_public_pem)

    @property
    def jwk(self) -> dict[str, str]:
        """The public P-256 key as a JSON Web Key (RFC 7518 6.2)."""
        return public_jwk_from_pem(self.p256_public_pem)


class KeyRing:
    """All keys of a site. What another process changes in the folder is seen at the next look.

    ``letting_go`` is called then: whatever keeps private keys besides lets go of them, for some of
    them may sign no more.
    """

    def __init__(self, folder: Path, *, issuer: str, site_url: str):
        self.folder = folder
        self.issuer = issuer
        self.did = did_web(site_url)
        self._seen: tuple[object, tuple[Keys, ...], tuple[bytes, ...]] = (None, (), ())
        self.letting_go: list[Callable[[], None]] = []
        self._last_bought: dict[str, bytes] = {}
        self._mismatch = False

    @classmethod
    def open(cls, folder: Path, *, issuer: str, site_url: str, now: datetime) -> "KeyRing":
        """The keys in a folder, made when there are none.

        :param issuer: whom the certificate for documents is made out to
        :raises KeysUnusable: when the folder cannot be used
        """
        ring = cls(folder, issuer=issuer, site_url=site_url)
        ring.prepare()
        with ring._alone():
            if not ring.all:
                ring._write(made(issuer, now))
        return ring

    def prepare(self) -> None:
        """Make the folder where there is none; nobody but its owner looks into it. One with other
        things in it, which may be there for others to read, is left as it is: every file of ours
        is its owner's alone.

        :raises KeysUnusable: when it cannot be made
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if all(path.name == LOCK or path.suffix in OURS for path in self.folder.iterdir()):
                self.folder.chmod(0o700)
        except OSError as error:
            raise KeysUnusable(
                f"{self.folder} cannot be the folder of the keys: {error.strerror}."
            ) from error

    @property
    def all(self) -> tuple[Keys, ...]:
        """Every pair there ever was, the newest first."""
        return self._look()[1]

    @property
    def chains(self) -> tuple[bytes, ...]:
        """Every certificate that documents were ever signed with, each with those above it: our
        own ones and the bought ones, PEM."""
        return self._look()[2]

    def _look(self) -> tuple[object, tuple[Keys, ...], tuple[bytes, ...]]:
        """What the folder holds, read again only when it has changed."""
        shape = self._shape()
        if self._seen[0] != shape:
            bought, stored = self._usable(self.bought()), self._stored()
            if bought:
                # Before anything can be sealed with it: an admin may replace it at any time.
                self._keep(bought[BOUGHT_CHAIN])
            found = [_with_bought(keys, bought) for keys in stored]
            found.sort(key=lambda keys: (keys.retired is None, keys.created, keys.id), reverse=True)
            chains = [keys.certificate_pem for keys in stored]
            chains += [content for _name, content in sorted(self.earlier_chains().items())]
            self._seen = (shape, tuple(found), tuple(chains))
            for let_go in self.letting_go:
                let_go()
        return self._seen

    @property
    def mismatch(self) -> bool:
        """Whether the bought key and its chain do not belong together, and others seal."""
        self._look()
        return self._mismatch

    def _usable(self, bought: dict[str, bytes]) -> dict[str, bytes]:
        """The bought pair, where there is one. While an admin puts another in its place, file by
        file, the one before it: a page that is sealed with halves of two is never valid."""
        whole = {BOUGHT_KEY, BOUGHT_CHAIN} <= bought.keys()
        self._mismatch = whole and not belong_together(bought[BOUGHT_KEY], bought[BOUGHT_CHAIN])
        if self._mismatch:
            log.warning("%s", MISMATCH)
        else:
            self._last_bought = bought if whole else {}
        return self._last_bought

    @property
    def current(self) -> Keys:
        """The pair that signs.

        :raises KeysUnusable: when somebody took the files away
        """
        found = self.all
        if not found or found[0].retired is not None:
            raise KeysUnusable(
                f"{self.folder} has no keys to sign with. "
                "Bring them back with 'tutela certificates keys restore'."
            )
        return found[0]

    def rotate(self, now: datetime) -> Keys:
        """A new pair to sign with; the private halves of the others are destroyed.

        :raises KeysUnusable: when the folder cannot be written
        """
        # A clock that was set back must not make the new pair older than the present one.
        newest = max((keys.created for keys in self.all), default=now)
        fresh = made(self.issuer, max(now, newest + timedelta(seconds=1)))
        self.put([fresh], now)
        return fresh

    def put(
        self, more: list[Keys], now: datetime, files: Mapping[str, bytes] | None = None
    ) -> None:
        """Add pairs, of which the newest then signs and all others are retired. What is there
        already stays as it is.

        :param files: of a key that was bought for documents, by name
        """
        with self._alone():
            for name, content in (files or {}).items():
                if not (self.folder / name).exists():
                    self._replace(name, content)
            there = {keys.id: keys for keys in self._stored()}
            together = {keys.id: keys for keys in more} | there
            active = [keys for keys in together.values() if keys.retired is None]
            newest = max(active, key=lambda keys: (keys.created, keys.id), default=None)
            for keys in together.values():
                if keys.retired is None and keys is not newest:
                    keys = _retired(keys, now)
                # The new pair is there before the old one is gone: whoever looks in between finds
                # one to sign with.
                if there.get(keys.id) != keys:
                    self._write(keys)

    def bought(self) -> dict[str, bytes]:
        """The files of a key that was bought for documents, by name; none when there is no such."""
        paths = [self.folder / name for name in (BOUGHT_KEY, BOUGHT_CHAIN)]
        return {path.name: path.read_bytes() for path in paths if path.exists()}

    def earlier_chains(self) -> dict[str, bytes]:
        """Every chain that was ever bought, by the name of its copy."""
        return {
            path.name: path.read_bytes()
            for path in self.folder.glob("chain-*.pem")
            if EARLIER_CHAIN.fullmatch(path.name)
        }

    def _keep(self, chain: bytes) -> None:
        name = f"chain-{hashlib.sha256(chain).hexdigest()}.pem"
        if not (self.folder / name).exists():
            self._replace(name, chain)

    def did_document(self) -> dict:
        """The issuer's DID document: the key for proofs and the one for tokens, of every pair."""
        methods: list[dict] = []
        for keys in self.all:
            multikey = {"type": "Multikey", "publicKeyMultibase": keys.id}
            jwk = {"type": "JsonWebKey", "publicKeyJwk": keys.jwk}
            for fragment, method in ((keys.id, multikey), (keys.token_id, jwk)):
                methods.append({"id": f"{self.did}#{fragment}", "controller": self.did} | method)
        return {
            "@context": [
                "https://www.w3.org/ns/did/v1",
                "https://w3id.org/security/multikey/v1",
                "https://w3id.org/security/jwk/v1",
            ],
            "id": self.did,
            "verificationMethod": methods,
            "assertionMethod": [method["id"] for method in methods],
        }

    def _shape(self) -> object:
        """What differs when any file was written, replaced or taken away. Unfinished ones do not
        count, which are gone before they can be looked at."""
        try:
            with os.scandir(self.folder) as entries:
                found = [
                    (entry.name, entry.stat())
                    for entry in entries
                    if entry.name.endswith((".json", ".pem"))
                ]
        except FileNotFoundError:  # somebody took the folder away, or a file in this moment
            return None
        return sorted((name, stat.st_ino, stat.st_mtime_ns) for name, stat in found)

    def _stored(self) -> list[Keys]:
        """What the files say."""
        found = []
        for path in self.folder.glob("*.json"):
            try:
                found.append(from_plain(json.loads(path.read_text("utf-8"))))
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                raise KeysUnusable(f"{path} is no file of keys, or it is damaged.") from error
        return found

    def _write(self, keys: Keys) -> None:
        self._replace(f"{keys.id}.json", json.dumps(to_plain(keys), indent=1).encode())

    def _replace(self, name: str, content: bytes) -> None:
        """Whole or not at all: a file is complete before it has its name."""
        handle, unfinished = tempfile.mkstemp(dir=self.folder, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self.folder / name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process at a time changes the folder."""
        handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def made(issuer: str, now: datetime) -> Keys:
    """A new pair."""
    ed25519, p256 = Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())
    public = _public_pem(ed25519)
    return Keys(
        id=multikey_from_pem(public),
        created=now.astimezone(UTC).replace(microsecond=0),
        retired=None,
        ed25519_public_pem=public,
        p256_public_pem=_public_pem(p256),
        certificate_pem=_certificate(p256, issuer, now),
        ed25519_pem=_private_pem(ed25519),
        p256_pem=_private_pem(p256),
        document_pem=_private_pem(p256),
    )


def belong_together(key_pem: bytes, chain_pem: bytes) -> bool:
    """Whether the first certificate of a chain is of a private key without a passphrase."""
    try:
        key = load_pem_private_key(key_pem, password=None)
        certificate, *_above = x509.load_pem_x509_certificates(chain_pem)
        return certificate.public_key() == key.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):  # a file that is half there, say
        return False


def did_web(site_url: str) -> str:
    """The did:web of a site: its host, the port percent-encoded (did:web §3.1)."""
    return f"did:web:{quote(urlsplit(site_url).netloc, safe='')}"


def to_plain(keys: Keys) -> dict:
    """For JSON. The bought key of documents is not in it."""
    return {
        "created": keys.created.isoformat(),
        "retired": keys.retired.isoformat() if keys.retired else None,
        "ed25519": {
            "public": keys.ed25519_public_pem.decode(),
            "private": keys.ed25519_pem.decode(),
        },
        "p256": {"public": keys.p256_public_pem.decode(), "private": keys.p256_pem.decode()},
        "certificate": keys.certificate_pem.decode(),
    }


def from_plain(plain: dict) -> Keys:
    """:raises ValueError, LookupError, TypeError, AttributeError: when it is something else"""
    ed25519, p256 = plain["ed25519"], plain["p256"]
    public = ed25519["public"].encode()
    return Keys(
        id=multikey_from_pem(public),
        created=datetime.fromisoformat(plain["created"]),
        retired=datetime.fromisoformat(plain["retired"]) if plain["retired"] else None,
        ed25519_public_pem=public,
        p256_public_pem=p256["public"].encode(),
        certificate_pem=plain["certificate"].encode(),
        ed25519_pem=ed25519["private"].encode(),
        p256_pem=p256["private"].encode(),
        document_pem=p256["private"].encode(),
    )


def _with_bought(keys: Keys, bought: Mapping[str, bytes]) -> Keys:
    """The pair, with the key and the certificates that were bought for documents, if any."""
    if keys.retired is None and bought:
        return replace(keys, document_pem=bought[BOUGHT_KEY], certificate_pem=bought[BOUGHT_CHAIN])
    return keys


def _retired(keys: Keys, now: datetime) -> Keys:
    return replace(keys, retired=now, ed25519_pem=b"", p256_pem=b"", document_pem=b"")


def _certificate(key: EllipticCurvePrivateKey, issuer: str, now: datetime) -> bytes:
    """A certificate in the issuer's name that vouches for itself, for signing documents."""
    called = issuer.encode()[:LONGEST_NAME].decode("utf-8", "ignore")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )


def _private_pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public_pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
