"""PDFs that are not as the office made them."""

import io
import json
import re
import zlib
from random import Random

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forgeries.forger import Forger, forgery
from office import page


def gap(content: bytes) -> tuple[int, int]:
    """Where the signature of a PDF stands between what is signed."""
    found = re.search(rb"/ByteRange ?\[\s*0 +(\d+) +(\d+)", content)
    return int(found[1]), int(found[2])


@forgery
def pdf_with_one_octet_changed(forger: Forger, random: Random) -> bytes:
    content = bytearray(forger.pdf)
    first, second = gap(forger.pdf)
    at = random.choice([*range(5, first - 1), *range(second, len(content))])
    content[at] ^= 1 << random.randrange(8)
    return bytes(content)


@forgery
def pdf_with_its_signature_changed(forger: Forger, random: Random) -> bytes:
    """In the value of the signature itself, at the end of what is not padding."""
    content = bytearray(forger.pdf)
    first, second = gap(forger.pdf)
    figures = content[first + 1 : second - 1].rstrip(b"0")
    at = first + len(figures) - random.randrange(2, 100)
    content[at] = ord("0") if content[at] != ord("0") else ord("1")
    return bytes(content)


@forgery
def pdf_cut_short(forger: Forger, random: Random) -> bytes:
    return forger.pdf[: random.randrange(10, len(forger.pdf))]


@forgery
def pdf_with_more_at_its_end(forger: Forger, random: Random) -> bytes:
    return forger.pdf + random.choice([b"\n", b"%%EOF\n", b" ", random.randbytes(300)])


@forgery
def pdf_with_a_later_revision(forger: Forger, random: Random) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(forger.pdf))
    writer.root[pdf_name("/Changed")] = TextStringObject(str(random.random()))
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@forgery
def pdf_with_a_second_signature(forger: Forger, random: Random) -> bytes:
    return random.choice([forger.own, forger.twin]).signed(forger.pdf, "More", certify=False)


@forgery
def pdf_with_our_badge_and_their_signature(forger: Forger, random: Random) -> bytes:
    return random.choice([forger.own, forger.twin]).signed(page(json.dumps(forger.badge)))


@forgery
def pdf_with_our_badge_and_no_signature(forger: Forger, random: Random) -> bytes:
    return page(json.dumps(forger.badge), str(random.random()).encode())


@forgery
def pdf_of_theirs_with_ours_after_it(forger: Forger, random: Random) -> bytes:
    return page(None, str(random.random()).encode()) + forger.pdf


@forgery
def pdf_of_ours_with_theirs_after_it(forger: Forger, _random: Random) -> bytes:
    return forger.pdf + forger.own.pdf(next(iter(forger.own.certificates.values())))


@forgery
def pdf_wrapped_around_what_is_signed(forger: Forger, random: Random) -> bytes:
    """Other objects in the gap, and a range that leaves them out (signature wrapping)."""
    _first, second = gap(forger.pdf)
    evil = b"\n%d 0 obj\n<</Type /Catalog>>\nendobj\n" % random.randrange(1, 50)
    moved = forger.pdf[:second] + evil + forger.pdf[second:]
    return moved.replace(b"%d" % second, b"%d" % (second + len(evil)), 1)


@forgery
def pdf_whose_second_part_ends_early(forger: Forger, random: Random) -> bytes:
    content = re.sub(rb"(/ByteRange ?\[.*?)(\d+)( *\])", rb"\g<1>7\g<3>", forger.pdf, count=1)
    return content + random.randbytes(5)


@forgery
def pdf_with_a_range_of_nonsense(forger: Forger, random: Random) -> bytes:
    numbers = [random.choice([0, 1, 2**31, 99999999, 840]) for _ in range(4)]
    return b"%%PDF-1.7\n/ByteRange [%d %d %d %d]" % tuple(numbers) + forger.pdf[30:2000]


@forgery
def pdf_signed_by_a_key_with_our_certificates_number(forger: Forger, _random: Random) -> bytes:
    """The forger's signature, made to name our certificate as its signer's."""
    content = forger.twin.signed(page(json.dumps(forger.badge)))
    first, second = gap(content)
    signature = cms.ContentInfo.load(bytes.fromhex(content[first + 1 : second - 1].decode()))
    _k, _h, der = pem.unarmor(forger.office.ring.current.certificate_pem)
    ours = x509.Certificate.load(der)
    signer = signature["content"]["signer_infos"][0]
    signer["sid"] = cms.SignerIdentifier(
        "issuer_and_serial_number",
        cms.IssuerAndSerialNumber({"issuer": ours.issuer, "serial_number": ours.serial_number}),
    )
    figures = signature.dump(force=True).hex().upper().encode().ljust(second - first - 2, b"0")
    return content[: first + 1] + figures + content[second - 1 :]


@forgery
def pdf_with_nonsense_for_a_signature(forger: Forger, random: Random) -> bytes:
    first, second = gap(forger.pdf)
    room = (second - first - 2) // 2
    nonsense = random.choice(
        [random.randbytes(room), b"\x30\x80" * (room // 2), b"\x30\x84\xff\xff\xff\xff" * 99]
    )
    figures = nonsense.hex().upper().encode()[: second - first - 2].ljust(second - first - 2, b"0")
    return forger.pdf[: first + 1] + figures + forger.pdf[second - 1 :]


@forgery
def pdf_of_streams_that_grow(_forger: Forger, random: Random) -> bytes:
    """Zeros, packed and packed again: a hundred megabytes and more from a few kilobytes."""
    bomb = bytes(20_000_000)
    layers = random.randrange(1, 4)
    for _layer in range(layers):
        bomb = zlib.compress(bomb, 9)
    filters = b"/FlateDecode " * layers
    obj = b"<</Length %d /Filter [%s] /Type /%s>>\nstream\n%s\nendstream" % (
        len(bomb), filters, random.choice([b"ObjStm", b"XRef", b"XObject"]), bomb,
    )  # fmt: skip
    body = b"%PDF-1.7\n1 0 obj\n" + obj + b"\nendobj\n"
    return body + b"xref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF"


@forgery
def pdf_in_circles(_forger: Forger, random: Random) -> bytes:
    deep = random.choice([b"[" * 50_000, b"<<" * 50_000, b"1 0 R " * 50_000])
    body = b"%PDF-1.7\n1 0 obj\n" + deep + b"\nendobj\n"
    return body + b"trailer\n<</Prev 9 /Root 1 0 R /Size 1>>\nstartxref\n%d\n%%%%EOF" % len(body)


@forgery
def pdf_of_nothing_but_ranges(_forger: Forger, random: Random) -> bytes:
    return b"%PDF-1.7\n" + b"/ByteRange [0 10 90 %d]\n" % random.randrange(99) * 100_000


@forgery
def pdf_larger_than_any_of_ours(forger: Forger, random: Random) -> bytes:
    return forger.pdf + bytes(5 * 1024 * 1024 + random.randrange(1000))
