"""Uploads that a verifier must not take for a certificate, made anew from a seed.

Each is made from genuine certificates of an office, by somebody who has them but not its keys.
"""

import base64
import hashlib
import hmac
import io
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import jwt
from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates.badges import baking
from office import DRAWING, Office, chunk, page, picture

Maker = Callable[["Forger", Random], bytes]
MAKERS: dict[str, Maker] = {}


def forgery(maker: Maker) -> Maker:
    """Registers a kind of forgery by its function's name."""
    MAKERS[maker.__name__.replace("_", " ")] = maker
    return maker


class Forger:
    """Somebody with two certificates of an office, and an office of their own with the same name.

    :param office: the genuine one; :param own: the forger's, with keys and a did of their own
    :param twin: the forger's too, which claims the genuine one's address and so its did
    """

    NUMBERS = (101, 102)

    def __init__(self, office: Office, own: Office, twin: Office):
        self.office, self.own, self.twin = office, own, twin
        self.certificate, self.other = (office.issue(number) for number in self.NUMBERS)
        genuine, other = office.forms(self.certificate), office.forms(self.other)
        self.pdf, self.jwt = genuine["pdf"], genuine["jwt"].decode()
        self.badge, self.other_badge = json.loads(genuine["json"]), json.loads(other["json"])
        self.other_jwt, self.other_pdf = other["jwt"].decode(), other["pdf"]
        for forger in (own, twin):
            forger.issue(101)

    def make(self, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
        """So many of them, each kind in its turn."""
        names = list(MAKERS)
        for number in range(count):
            name = names[number % len(names)]
            yield name, MAKERS[name](self, Random(seed * 1_000_003 + number))

    def altered(self, random: Random) -> dict:
        """The genuine badge with one thing in it changed."""
        badge = json.loads(json.dumps(self.badge))
        subject, achievement = badge["credentialSubject"], badge["credentialSubject"]["achievement"]
        change = random.randrange(8)
        if change == 0:
            badge["name"] += " and more"
        elif change == 1:
            achievement["name"] = f"Another award {random.random()}"
        elif change == 2:
            badge["id"] = self.other_badge["id"]
        elif change == 3:
            badge["validUntil"] = "2999-01-01T00:00:00Z"
        elif change == 4:
            badge["credentialStatus"]["statusListIndex"] = str(random.randrange(131072))
        elif change == 5:
            subject["creditsEarned"] = random.randrange(2, 1000)
        elif change == 6:
            subject["name"] = "Somebody Else"
        else:
            badge["validFrom"] = "2001-01-01T00:00:00Z"
        return badge


# PDF


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


# JSON


@forgery
def badge_with_something_changed(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.altered(random)).encode()


@forgery
def badge_with_anothers_id(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.badge | {"id": forger.other_badge["id"]}).encode()


@forgery
def badge_with_the_proof_of_another(forger: Forger, _random: Random) -> bytes:
    return json.dumps(forger.badge | {"proof": forger.other_badge["proof"]}).encode()


@forgery
def badge_without_a_proof(forger: Forger, random: Random) -> bytes:
    proof = random.choice([[], {}, None, "", 7, [[]]])
    return json.dumps(forger.badge | {"proof": proof}).encode()


@forgery
def badge_with_a_second_proof(forger: Forger, random: Random) -> bytes:
    more = random.choice([{"type": "More"}, forger.badge["proof"][0], {}])
    return json.dumps(forger.badge | {"proof": [*forger.badge["proof"], more]}).encode()


@forgery
def badge_signed_by_a_key_that_is_not_ours(forger: Forger, random: Random) -> bytes:
    """It names our issuer and, half of the time, our key."""
    badge = json.loads(forger.twin.json(forger.certificate))
    if random.randrange(2):
        badge["proof"][0]["verificationMethod"] = forger.badge["proof"][0]["verificationMethod"]
    return json.dumps(badge).encode()


@forgery
def badge_of_another_issuer(forger: Forger, random: Random) -> bytes:
    badge = json.loads(forger.own.json(forger.certificate))
    if random.randrange(2):
        badge["id"] = forger.badge["id"]
    return json.dumps(badge).encode()


@forgery
def badge_whose_key_is_elsewhere(forger: Forger, random: Random) -> bytes:
    proof = forger.badge["proof"][0]
    method = proof["verificationMethod"].partition("#")[2]
    elsewhere = random.choice(
        [
            f"did:key:{method}#{method}",
            f"did:web:evil.example#{method}",
            f"https://evil.example/keys#{method}",
            f"{forger.office.ring.did}#other",
            f"{forger.office.ring.did}:user#{method}",
            ["list"],
        ]
    )
    return json.dumps(
        forger.badge | {"proof": [proof | {"verificationMethod": elsewhere}]}
    ).encode()


@forgery
def badge_that_says_a_thing_twice(forger: Forger, random: Random) -> bytes:
    text = json.dumps(forger.badge)
    twice = random.choice(
        ['"name": "Surgeon", ', '"id": "https://evil.example/", ', '"proof": {}, ']
    )
    return ("{" + twice + text[1:]).encode()


@forgery
def badge_with_a_context_from_elsewhere(forger: Forger, random: Random) -> bytes:
    more = random.choice(
        [
            "https://evil.example/context.json",
            "file:///etc/passwd",
            {"name": "https://evil.example/name"},
            {"@vocab": "https://evil.example/"},
            {"@import": "http://127.0.0.1:6543/"},
        ]
    )
    contexts = forger.badge["@context"]
    return json.dumps(forger.badge | {"@context": [*contexts, more]}).encode()


@forgery
def badge_with_a_graph_that_poisons(forger: Forger, random: Random) -> bytes:
    """Nodes without names, each of which leads to all others: telling them apart takes as many
    tries as there are orders of them."""
    count = random.randrange(8, 12)
    kind = random.randrange(3)
    term = random.choice(["https://example.org/knows", "evidence", "relatedResource"])

    def to(number: int) -> list:
        others = [other for other in range(count) if other != number]
        if kind == 1:
            others = [(number + 1) % count, (number - 1) % count]
        return [{"id": f"_:n{other}"} for other in others]

    nodes = [
        {"id": f"_:n{number}", "type": ["Evidence"], term: to(number)} for number in range(count)
    ]
    return json.dumps(forger.badge | {"evidence": nodes}).encode()


@forgery
def badge_of_very_many_parts(forger: Forger, random: Random) -> bytes:
    tags = [f"tag {number}" for number in range(random.randrange(5000, 15000))]
    badge = json.loads(json.dumps(forger.badge))
    badge["credentialSubject"]["achievement"]["tag"] = tags
    return json.dumps(badge).encode()


@forgery
def badge_nested_deeply(forger: Forger, random: Random) -> bytes:
    deep = random.choice([100, 900, 100_000])
    text = json.dumps(forger.badge)
    return (text[:-1] + ', "more": ' + "[" * deep + "]" * deep + "}").encode()


@forgery
def badge_with_numbers_that_are_none(forger: Forger, random: Random) -> bytes:
    number = random.choice(["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, "1" * 200_000])
    text = json.dumps(forger.badge)
    return (text[:-1] + f', "more": {number}}}').encode()


@forgery
def badge_of_broken_text(forger: Forger, random: Random) -> bytes:
    text = json.dumps(forger.badge | {"name": "X"})
    return random.choice(
        [
            text.encode("utf-16"),
            text.replace('"X"', '"\\ud800"').encode(),
            text.encode()[: random.randrange(1, 900)],
            text.encode() + b"}",
            b"\xff" + text.encode(),
            text.replace('"X"', '"\x00"').encode(),
            ("[" + text + "]").encode(),
        ]
    )


@forgery
def badge_too_large(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.badge).encode() + b" " * (300_000 + random.randrange(1000))


# JWT


def part(value: object) -> str:
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def parts(token: str) -> tuple[dict, dict, str]:
    header, claims, signature = token.split(".")

    def read(text: str) -> dict:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))

    return read(header), read(claims), signature


@forgery
def token_of_no_algorithm(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    header["alg"] = random.choice(["none", "None", "NONE", "", None])
    return f"{part(header)}.{part(claims)}.{random.choice(['', signature])}".encode()


@forgery
def token_signed_with_our_public_key_as_a_secret(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    name = random.choice(["sha256", "sha384", "sha512"])
    header["alg"] = f"HS{name[3:]}"
    keys = forger.office.ring.current
    secret = random.choice([keys.p256_public_pem, keys.ed25519_public_pem, keys.certificate_pem])
    signed = f"{part(header)}.{part(claims)}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), name).digest())}".encode()


@forgery
def token_that_brings_its_own_key(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    twin = forger.twin.ring.current
    header["jwk"] = twin.jwk
    if random.randrange(2):
        del header["kid"]
    key = load_pem_private_key(twin.p256_pem, None)
    more = {name: value for name, value in header.items() if name not in ("alg", "typ")}
    return jwt.encode(claims, key, algorithm="ES256", headers=more).encode()


@forgery
def token_whose_key_is_elsewhere(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    header["kid"] = random.choice(
        ["https://evil.example/key", "did:web:evil.example#k", "../../etc/passwd", 7, None, ["k"]]
    )
    header["jku"] = header["x5u"] = "https://evil.example/keys"
    signed = f"{part(header)}.{part(claims)}"
    key = generate_private_key(SECP256R1())
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).sign(
        signed.encode(), key
    )
    return f"{signed}.{part(signature)}".encode()


@forgery
def token_with_something_changed(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    name = random.choice(["id", "name", "validFrom", "jti", "sub", "nbf"])
    claims[name] = random.choice(["changed", forger.other_badge["id"], 0])
    return f"{part(header)}.{part(claims)}.{signature}".encode()


@forgery
def token_with_the_signature_of_another(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = forger.jwt.split(".")
    other = forger.other_jwt.split(".")[2]
    nothing = part(bytes(64))
    return f"{header}.{claims}.{random.choice([other, nothing, '', other[:40]])}".encode()


@forgery
def token_of_another_issuer(forger: Forger, random: Random) -> bytes:
    office = random.choice([forger.own, forger.twin])
    return office.jwt(forger.certificate).encode()


@forgery
def token_of_another_algorithm(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    header["alg"] = random.choice(["ES384", "RS256", "EdDSA", "PS256", "ES256K", 7, ["ES256"]])
    return f"{part(header)}.{part(claims)}.{signature}".encode()


@forgery
def token_of_nonsense(_forger: Forger, random: Random) -> bytes:
    header = random.choice(
        [{"alg": "ES256", "crit": ["b64"], "b64": False}, [], 7, b"\xff\xfe", {"zip": "DEF"}, "x"]
    )
    body = random.choice([b"{" * 5000, b"[" * 90_000, random.randbytes(50), b'{"iss":1e999}'])
    return f"{part(header)}.{part(body)}.{part(random.randbytes(64))}".encode()


# PNG


@forgery
def png_that_is_broken(forger: Forger, random: Random) -> bytes:
    content = bytearray(baking.baked_png(picture(), json.dumps(forger.badge)))
    at = random.randrange(8, len(content))
    content[at] ^= 1 << random.randrange(8)
    return bytes(content)


@forgery
def png_cut_short(forger: Forger, random: Random) -> bytes:
    content = baking.baked_png(picture(), json.dumps(forger.badge))
    return content[: random.randrange(8, len(content) - 12)]


@forgery
def png_with_a_badge_that_is_changed(forger: Forger, random: Random) -> bytes:
    return baking.baked_png(picture(), json.dumps(forger.altered(random)))


@forgery
def png_with_two_badges(forger: Forger, _random: Random) -> bytes:
    once = baking.baked_png(picture(), json.dumps(forger.badge))
    return baking.baked_png(once, json.dumps(forger.other_badge))


@forgery
def png_of_very_many_parts(_forger: Forger, random: Random) -> bytes:
    many = chunk(b"tEXt", b"a\0b") * random.randrange(3000, 20_000)
    return picture()[:33] + many + picture()[33:]


@forgery
def png_with_a_badge_that_grows(_forger: Forger, random: Random) -> bytes:
    bomb = zlib.compress(b" " * 50_000_000, 9)
    data = b"openbadgecredential\0\1\0\0\0" + bomb
    return picture()[:33] + chunk(random.choice([b"iTXt"]), data) + picture()[33:]


@forgery
def png_that_lies_about_lengths(forger: Forger, random: Random) -> bytes:
    content = bytearray(baking.baked_png(picture(), json.dumps(forger.badge)))
    struct.pack_into("!I", content, random.choice([8, 33]), random.choice([0, 2**31, 2**32 - 1]))
    return bytes(content)


@forgery
def png_without_a_badge(_forger: Forger, random: Random) -> bytes:
    data = random.choice([b"openbadges\0\0\0\0\0{}", b"Comment\0\0\0\0\0x", b"openbadgecredential"])
    return picture()[:33] + chunk(b"iTXt", data) + picture()[33:]


# SVG


def drawing(inside: str, before: str = "") -> bytes:
    return (before + DRAWING.decode().replace("</svg>", inside + "</svg>")).encode()


@forgery
def svg_with_scripts_and_a_badge_that_is_changed(forger: Forger, random: Random) -> bytes:
    script = "<script>fetch('https://evil.example/')</script><image href='https://evil.example/x'/>"
    return baking.baked_svg(drawing(script), json.dumps(forger.altered(random)))


@forgery
def svg_of_entities_that_grow(_forger: Forger, random: Random) -> bytes:
    names = [f"e{number}" for number in range(random.randrange(9, 20))]
    lines = [f'<!ENTITY {names[0]} "laugh">']
    for before, name in pairwise(names):
        lines.append(f'<!ENTITY {name} "{f"&{before};" * 10}">')
    doctype = f"<!DOCTYPE svg [{''.join(lines)}]>"
    return drawing(f"<text>&{names[-1]};</text>", doctype)


@forgery
def svg_with_what_lies_elsewhere(_forger: Forger, random: Random) -> bytes:
    place = random.choice(["file:///etc/passwd", "http://127.0.0.1/", "https://evil.example/x.dtd"])
    doctype = random.choice(
        [
            f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{place}">]>',
            f'<!DOCTYPE svg SYSTEM "{place}">',
            f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "{place}"> %x;]>',
        ]
    )
    return drawing("<text>&x;</text>", doctype)


@forgery
def svg_with_two_badges(forger: Forger, _random: Random) -> bytes:
    once = baking.baked_svg(DRAWING, json.dumps(forger.badge))
    return baking.baked_svg(once, json.dumps(forger.other_badge))


@forgery
def svg_nested_deeply(forger: Forger, random: Random) -> bytes:
    deep = random.choice([200, 20_000, 100_000])
    return baking.baked_svg(drawing("<g>" * deep + "</g>" * deep), json.dumps(forger.badge))


@forgery
def svg_of_very_many_parts(forger: Forger, random: Random) -> bytes:
    many = random.choice(["<g/>" * 30_000, "<g/>" * 200_000])
    return baking.baked_svg(drawing(many), json.dumps(forger.badge))


@forgery
def svg_that_is_broken(forger: Forger, random: Random) -> bytes:
    content = baking.baked_svg(DRAWING, json.dumps(forger.badge))
    return random.choice(
        [content[: random.randrange(20, len(content) - 8)], content + b"<", b"<svg" * 9000, b"<"]
    )


# Other things


@forgery
def something_else(_forger: Forger, random: Random) -> bytes:
    beginning = random.choice(
        [b"", b"PK\x03\x04", b"GIF89a", b"\x7fELF", b"\x1f\x8b", b"MZ", b"\0"]
    )
    return beginning + random.randbytes(random.randrange(100, 5000))


@forgery
def code_that_nobody_was_given(_forger: Forger, random: Random) -> bytes:
    octets = hashlib.sha256(random.randbytes(8)).digest()
    return base64.b32encode(octets)[:26].lower().replace(b"u", b"v")
