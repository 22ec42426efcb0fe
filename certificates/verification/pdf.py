"""Whether a PDF is one that we signed, octet for octet.

The signature is checked before anything reads the file as a PDF. Where the signed parts begin and
end stands in the file as text (``/ByteRange``, ISO 32000-2 §12.8.1); between them there may be the
signature in hexadecimal figures and nothing else, and after them nothing. Only what we signed as a
whole is then opened to take the badge out: of a stranger's PDF no object, stream or reference is
ever followed, so that none can lead astray.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from certificates.verification.problems import Altered, NotOurs

ATTACHMENT = "credential.json"
BYTE_RANGE = re.compile(
    rb"/ByteRange\s?\[\s?(\d{1,8}) {1,9}(\d{1,8}) {1,9}(\d{1,8}) {1,9}(\d{1,8})"
)
MOST_SIGNATURES = 8
"""Signatures of one file that are looked at; ours have one."""
LONGEST_SIGNATURE = 128 * 1024
"""Hexadecimal figures of a signature; ours have some 16 000."""
HEXADECIMAL = re.compile(rb"<([0-9A-F]*)>")
"""As we write it: small letters would be another file with the same signature."""
DIGESTS = {"sha256", "sha384", "sha512"}


Chain = Sequence[x509.Certificate]
"""A certificate of a signing key, and those above it."""


def attached_to(content: bytes, ours: Sequence[Chain]) -> str:
    """The badge in a PDF of ours.

    :param ours: the certificates of our signing keys, retired ones too
    :raises Altered: when we have signed a part of it, or it looks so, but not all of it
    :raises NotOurs: when nothing in it says so
    """
    signatures = list(islice(_signatures(content, ours), MOST_SIGNATURES))
    if not any(named for _genuine, named in signatures):
        raise NotOurs
    if signatures != [(True, True)]:
        raise Altered
    return _attachment(content)


def _signatures(content: bytes, ours: Sequence[Chain]) -> Iterator[tuple[bool, bool]]:
    """For each signature: whether it is ours over the whole file, and whether it names our key."""
    for found in BYTE_RANGE.finditer(content):
        start, first, second, rest = map(int, found.groups())
        try:
            signed = _between(content, first, second)
            signer = extract_signer_info(signed)
            by = next((chain for chain in ours if _is_signer(signer, chain[0])), None)
        except Exception:  # a stranger's signature: it may be anything, and then it is none
            yield False, False
            continue
        whole = start == 0 and second + rest == len(content)
        yield by is not None and whole and _holds(content, first, second, signed, by), bool(by)


def _between(content: bytes, first: int, second: int) -> cms.SignedData:
    """The signature that fills the gap in what is signed.

    :raises ValueError: when there is anything else
    """
    if not first < second <= min(len(content), first + LONGEST_SIGNATURE):
        raise ValueError("The gap is too long or outside.")
    figures = HEXADECIMAL.fullmatch(content, first, second)
    if figures is None:
        raise ValueError("There is more than a signature in the gap.")
    octets = bytes.fromhex(figures[1].decode())
    signature = cms.ContentInfo.load(octets)
    if any(octets[len(signature.dump()) :]):
        raise ValueError("There is more than zeros after the signature.")
    if signature.contents != signature["content_type"].dump() + signature["content"].dump():
        raise ValueError("The signature is said to be longer than it is.")
    return signature["content"]


def _is_signer(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    named = signer["sid"].chosen
    return (
        isinstance(named, cms.IssuerAndSerialNumber)
        and named["serial_number"].native == certificate.serial_number
        # Octet for octet: names that differ in capitals alone count as equal.
        and named["issuer"].dump() == certificate.issuer.dump()
    )


def _holds(content: bytes, first: int, second: int, signed: cms.SignedData, chain: Chain) -> bool:
    """Whether the key of this certificate signed all but the gap, and nothing was added to what
    it signed with."""
    try:
        signer = extract_signer_info(signed)
        digest = signer["digest_algorithm"]["algorithm"].native
        if digest not in DIGESTS or not _as_made(signed, signer, chain):
            return False
        made = hashlib.new(digest, content[:first])
        made.update(content[second:])
        intact, valid = validate_sig_integrity(signer, chain[0], "data", made.digest())
    except Exception:  # what cannot be checked does not hold
        return False
    return intact and valid


def _as_made(signed: cms.SignedData, signer: cms.SignerInfo, chain: Chain) -> bool:
    """Whether what no signature covers is as we make it (RFC 5652 §5.1, §5.3)."""
    known = {each.dump() for each in chain}
    return (
        signed["version"].native == signer["version"].native == "v1"
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and [each.dump() for each in signed["digest_algorithms"]]
        == [signer["digest_algorithm"].dump()]
        and all(each.chosen.dump() in known for each in signed["certificates"])
        and not signed["crls"].native
        and not signer["unsigned_attrs"].native
        and bool(signer["signed_attrs"].native)
    )


def _attachment(content: bytes) -> str:
    """The badge that belongs to the document (PDF/A-3 §6.8), which we put there ourselves.

    :raises Altered: when there is none; then it was not this site that asked for the signature
    """
    root = PdfFileReader(io.BytesIO(content)).root
    for reference in root.get("/AF", ()):
        file = reference.get_object()
        if file.get("/UF") == ATTACHMENT:
            return file["/EF"]["/F"].data.decode("utf-8")
    raise Altered
