"""What is genuine, in a form that is not ours; and transcripts."""

import io
import json
import struct
from functools import cache
from random import Random

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates.badges import baking
from certificates.badges.transcript import transcript
from forgeries.forger import Forger, forgery
from forgeries.pdfs import gap
from forgeries.pictures import drawing
from forgeries.tokens import part, parts
from office import chunk, picture


@cache
def record_of(forger: Forger) -> str:
    """A genuine transcript of both certificates, as text."""
    made = transcript(
        [forger.certificate, forger.other],
        "Tutela",
        forger.office.place,
        forger.office.ring.current,
    )
    return json.dumps(made)


def dumped(document: object) -> bytes:
    return json.dumps(document).encode()


# PDF


@forgery
def pdf_whose_signature_is_in_small_letters(forger: Forger, random: Random) -> bytes:
    first, second = gap(forger.pdf)
    letters = [at for at in range(first, second) if forger.pdf[at : at + 1].isupper()]
    content = bytearray(forger.pdf)
    for at in random.sample(letters, random.randrange(1, len(letters))):
        content[at] |= 0x20
    return bytes(content)


@forgery
def pdf_with_a_later_page_over_it(forger: Forger, random: Random) -> bytes:
    """Shadow attacks and annotations after certification: the page shows something else."""
    writer = IncrementalPdfFileWriter(io.BytesIO(forger.pdf))
    sheet = writer.root["/Pages"]["/Kids"][0].get_object()
    if random.randrange(2):
        words = b"BT /F1 60 Tf 10 10 Td (Surgeon %d) Tj ET" % random.randrange(10**6)
        more = writer.add_object(StreamObject(stream_data=words))
        sheet["/Contents"] = ArrayObject([sheet.raw_get("/Contents"), more])
    else:
        note = {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name(random.choice(["/FreeText", "/Stamp", "/Square"])),
            "/Rect": ArrayObject(map(NumberObject, (0, 0, 500, random.randrange(9, 500)))),
            "/Contents": pdf_string("Surgeon"),
        }
        named = DictionaryObject({pdf_name(key): value for key, value in note.items()})
        sheet["/Annots"] = ArrayObject([writer.add_object(named)])
    writer.update_container(sheet)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@forgery
def pdf_with_our_signature_over_other_octets(forger: Forger, random: Random) -> bytes:
    """Whole by its own range (universal signature forgery, signature wrapping)."""
    first, second = gap(forger.pdf)
    before = b"%PDF-1.7\n% " + random.randbytes(random.randrange(1000)).replace(b"/", b"")
    signature, end = forger.pdf[first:second], b"\n%%EOF\n"
    told = b"\n/ByteRange [0 %08d %08d %08d]"
    length = len(told % (0, 0, 0)) + len(end)
    range_told = told % (len(before), len(before) + len(signature), length)
    return before + signature + range_told + end


@forgery
def pdf_with_a_range_of_nothing(forger: Forger, random: Random) -> bytes:
    at = forger.pdf.index(b"/ByteRange")
    end = forger.pdf.index(b"]", at) + 1
    told = random.choice([b"[]", b"null", b"[0 0 0 0]", b"[-1 -1 -1 -1]", b"(0 1 2 3)", b"[0 1]"])
    return forger.pdf[:at] + (b"/ByteRange " + told).ljust(end - at) + forger.pdf[end:]


@forgery
def pdf_in_two_kinds_of_file(forger: Forger, random: Random) -> bytes:
    """What one program takes for a picture or an archive, and another one for a PDF."""
    png = baking.baked_png(picture(), json.dumps(forger.badge))
    return random.choice(
        [png + forger.pdf, forger.pdf + png, b"PK\3\4" + forger.pdf, png[:40] + forger.pdf]
    )


# Badges and transcripts


@forgery
def badge_that_means_nothing_more(forger: Forger, random: Random) -> bytes:
    """The signature does not cover what was added, for it means nothing."""
    document = json.loads(random.choice([json.dumps(forger.badge), record_of(forger)]))
    contexts, subject = document["@context"], document["credentialSubject"]
    change = random.randrange(8)
    if change == 0:
        subject["result"] = random.choice([None, [], [[]], [None]])
    elif change == 1:
        random.choice([subject, document["issuer"]])["@context"] = {"name": None}
    elif change == 2:
        document["proof"][0]["@context"] = contexts
    elif change == 3:
        contexts.append("https://w3id.org/security/multikey/v1")
    elif change == 4:
        contexts.append({"@protected": True})
    elif change == 5:
        contexts.insert(0, {"proof": None})
    elif change == 6:
        document["@included"] = [{"id": "urn:x", "name": "Surgeon"}]
    else:
        subject["@reverse"] = {"issuer": {"id": "urn:x"}}
    return dumped(document)


@forgery
def badge_of_almost_our_host(forger: Forger, random: Random) -> bytes:
    did = forger.office.ring.did
    host = did.rpartition(":")[2]
    almost = random.choice(
        [
            f"did:web:{host.upper()}",
            f"did:web:{host}.",
            f"did:web:{host}%3A443",
            f"did:web:{host}:issuer",
            f"did:web:user@{host}",
            f"did:WEB:{host}",
            f" {did}",
            f"{did}\0",
            f"{did}#",
            f"https://{host}",
            [did],
            {"id": did},
        ]
    )
    document = json.loads(random.choice([json.dumps(forger.badge), record_of(forger)]))
    document["issuer"] = random.choice([almost, document["issuer"] | {"id": almost}])
    return dumped(document)


@forgery
def badge_in_a_wrapping(forger: Forger, random: Random) -> bytes:
    badge, contexts = forger.badge, forger.badge["@context"]
    return dumped(
        random.choice(
            [
                [badge],
                [badge, forger.other_badge],
                {"@context": contexts, "@graph": [badge]},
                {"type": ["VerifiablePresentation"], "verifiableCredential": [badge]},
                {
                    "@context": contexts,
                    "type": "EnvelopedVerifiableCredential",
                    "id": f"data:application/vc+jwt,{forger.jwt}",
                },
            ]
        )
    )


@forgery
def badge_in_other_octets(forger: Forger, random: Random) -> bytes:
    text = random.choice([json.dumps(forger.badge), forger.jwt])
    return random.choice(
        [
            text.encode(random.choice(["utf-16", "utf-16-be", "utf-32", "cp500"])),
            b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(),
            f"{text}\0".encode(),
            f"\0{text}".encode(),
            f"{text}\n{text}".encode(),
            f"f({text})".encode(),
        ]
    )


@forgery
def transcript_with_something_changed(forger: Forger, random: Random) -> bytes:
    record = json.loads(record_of(forger))
    members = record["credentialSubject"]["verifiableCredential"]
    change = random.randrange(10)
    if change == 0:
        members.pop(random.randrange(2))
    elif change == 1:
        members.append(json.loads(forger.twin.json(forger.certificate)))
    elif change == 2:
        members[0]["credentialSubject"], members[1]["credentialSubject"] = (
            members[1]["credentialSubject"],
            members[0]["credentialSubject"],
        )
    elif change == 3:
        members[0]["id"] = f"{forger.office.place.url}/{random.randrange(10**25, 10**26)}"
    elif change == 4:
        members[1]["proof"][0]["proofValue"] = members[0]["proof"][0]["proofValue"]
    elif change == 5:
        record["credentialSubject"]["verifiableCredential"] = random.choice(
            [
                members[0],
                [members],
                {"@graph": members},
                [dumped(each).decode() for each in members],
            ]
        )
    elif change == 6:
        record["name"] = "Transcript of a surgeon"
    elif change == 7:
        record["proof"] = forger.badge["proof"]
    elif change == 8:
        record["type"] = random.choice([["VerifiableCredential"], "ClrCredential"])
    else:
        members[0]["credentialSubject"]["achievement"]["name"] = "Surgeon"
    return dumped(record)


# Tokens


@forgery
def token_that_is_written_otherwise(forger: Forger, random: Random) -> bytes:
    """Decoders read it all the same."""
    head, body, signature = forger.jwt.split(".")
    flat = {"protected": head, "payload": body, "signature": signature}
    return random.choice(
        [
            f"{forger.jwt}==",
            f"{head}=.{body}.{signature}",
            f"{forger.jwt}.{signature}",
            f"{head}.{body}.{signature[:-2]}",
            f"{head}.{body}.{signature}AA",
            json.dumps(flat),
            json.dumps({"payload": body, "signatures": [flat]}),
        ]
    ).encode()


@forgery
def token_with_a_header_of_its_own(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    more = random.choice(
        [
            {"b64": False, "crit": ["b64"]},
            {"crit": ["exp"]},
            {"zip": "DEF"},
            {"kid": [header["kid"]]},
            {"kid": f"{header['kid']} "},
            {"kid": "../../../../dev/null"},
            {"jku": "http://127.0.0.1:9/keys"},
            {"x5u": "http://127.0.0.1:9/chain"},
        ]
    )
    return f"{part(header | more)}.{part(claims)}.{signature}".encode()


# Pictures


@forgery
def png_with_more_behind_its_end(forger: Forger, random: Random) -> bytes:
    badge = json.dumps(forger.badge)
    text = baking.KEYWORD + b"\0\0\0\0\0" + badge.encode()
    baked = baking.baked_png(picture(), badge)
    return random.choice(
        [
            picture() + chunk(b"iTXt", text),
            baked + chunk(b"iTXt", text),
            baked + b"%PDF-1.7\n",
            baked + baked,
            baked[:-12]
            + chunk(b"acTL", struct.pack("!II", 2, 0))
            + chunk(b"iTXt", text)
            + baked[-12:],
        ]
    )


@forgery
def png_whose_badge_stands_elsewhere(forger: Forger, random: Random) -> bytes:
    text = json.dumps(forger.badge).encode()
    kind, data = random.choice(
        [
            (b"tEXt", baking.KEYWORD + b"\0" + text),
            (b"zTXt", baking.KEYWORD + b"\0\0" + text),
            (b"iTXt", b"openbadges\0\0\0\0\0" + text),
            (b"iTXt", baking.KEYWORD.upper() + b"\0\0\0\0\0" + text),
            (b"iTXt", baking.KEYWORD),
            (b"eXIf", text),
        ]
    )
    return picture()[:-12] + chunk(kind, data) + picture()[-12:]


@forgery
def svg_whose_badge_is_another_to_another_program(forger: Forger, random: Random) -> bytes:
    badge = json.dumps(forger.badge)
    altered = json.dumps(forger.altered(random))
    opened = f'<b:credential xmlns:b="{baking.NAMESPACE}"'
    return random.choice(
        [
            drawing(f'{opened} verify="{forger.jwt[:-4]}"><![CDATA[{badge}]]></b:credential>'),
            drawing(
                f"{opened}><b:credential>{{}}</b:credential><![CDATA[{badge}]]></b:credential>"
            ),
            drawing(f"{opened}>words<![CDATA[{badge}]]></b:credential>"),
            drawing(
                f'<b:credential xmlns:b="https://evil.example/"><![CDATA[{badge}]]></b:credential>'
            ),
            drawing(
                f"{opened}><![CDATA[{altered}]]></b:credential>",
                '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/badge.dtd">',
            ),
            drawing(
                f"{opened}><![CDATA[{badge}]]></b:credential>",
                '<!DOCTYPE svg [<!ATTLIST b:credential verify CDATA "x.y.z">]>',
            ),
        ]
    )
