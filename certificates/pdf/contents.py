"""What a layout is given: the order in words and figures, ready to be set, and its drawings."""

import base64
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import segno
from PIL import Image

from certificates import designs, fonts, wording
from certificates.codes import grouped
from certificates.pdf.order import Order

LONGEST_WORD = 40
MARKS = re.compile("[\u0300-\u036f]")
"""Marks that have not become one character with their letter."""
CASED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
"""Scripts with capitals, whose letters can be set apart, as small capitals or in italics."""


@dataclass(frozen=True)
class Inputs:
    """``data`` are primitives; ``files`` are texts by name: SVG, and the badge's JSON."""

    data: dict[str, Any]
    files: dict[str, str]


def inputs_of(order: Order) -> Inputs:
    """Everything that is printed for an order."""
    design, words, snapshot = order.design, order.words, order.snapshot
    own = design.words_in(words.language)
    title = one_line(snapshot["title"])
    filled = {
        "title": title,
        "hours": hours(snapshot, words.language),
        "score": score(snapshot, words.language),
        "date": wording.long_date(order.issued, words.language),
    }
    painted = colours(design)
    before, after = around_title(own.statement or words.statement, filled)
    after, mark = without_mark(after)
    data = {
        "paper": {"a4": "a4", "letter": "us-letter"}[design.paper],
        "flipped": design.orientation == "landscape",
        "colours": painted,
        "lang": typst_language(words.language),
        "spoken": typst_language(words.spoken),
        "rtl": wording.right_to_left(words.language),
        "issuer": typed(one_line(snapshot["issuer"])),
        "heading": typed(fill(own.heading or words.heading, filled)),
        "before": typed(fill(own.before or words.before, filled)),
        "name": typed(order.name),
        "before_title": typed(before),
        "document": f"{fill(own.heading or words.heading, filled)}: {title}",
        "title": typed(title + mark),
        "after_title": typed(after),
        "closing": typed(fill(own.closing, filled)),
        "facts": facts(order, filled),
        "signatories": [
            {
                "name": typed(one_line(one.name)),
                "role": typed(one_line(one.role)),
                "image": one.image and f"image {one.image}",
                "alt": words.signature.replace("{name}", one_line(one.name)),
            }
            for one in design.signatories
        ],
        "seal": design.seal and f"image {design.seal}",
        "seal_alt": words.seal,
        "background": design.background and f"image {design.background}",
        "qr": "qr" in design.shown,
        "qr_alt": words.qr_alt,
        "code": words.code,
        "grouped": grouped(order.code),
        "check": words.check,
        "url": order.url,
        "shown_url": order.url.partition("://")[2],
        "attached": order.attachment is not None,
    }
    files = {f"image {name}": image_svg(order, name) for name in design.images}
    files["qr"] = qr_svg(order.url, painted["on_paper"])
    if order.attachment is not None:
        files["credential"] = order.attachment
    return Inputs(data, files)


def facts(order: Order, filled: Mapping[str, str]) -> list[dict[str, str]]:
    """What is said beside the text, each with its label: the date, and what the design shows."""
    words, shown, snapshot = order.words, order.design.shown, order.snapshot
    minutes = snapshot.get("minutes")
    told = [(words.issued, filled["date"])]
    if "length" in shown and minutes:
        told.append((words.length, wording.length(minutes, words.language)))
    if "hours" in shown and filled["hours"]:
        told.append((words.hours, filled["hours"]))
    if "score" in shown and filled["score"]:
        told.append((words.score, filled["score"]))
    if order.valid_until is not None and (order.expired or "validity" in shown):
        label = words.was_valid_until if order.expired else words.valid_until
        told.append((label, wording.long_date(order.valid_until, words.language)))
    return [{"label": label, "value": value} for label, value in told]


def hours(snapshot: Mapping[str, Any], language: str) -> str:
    """``1.5`` as the language writes it; empty when it is not known."""
    try:
        return wording.number(Decimal(snapshot.get("hours") or ""), language)
    except InvalidOperation:
        return ""


def score(snapshot: Mapping[str, Any], language: str) -> str:
    """``85%``; empty when it is not known."""
    known = snapshot.get("score")
    return "" if known is None else wording.percent(known, language)


def fill(text: str, filled: Mapping[str, str]) -> str:
    """A text with the placeholders filled in once: what stands in a title is never one."""
    known = "|".join(filled)
    return one_line(re.sub(rf"\{{({known})\}}", lambda match: filled[match[1]], text))


def around_title(statement: str, filled: Mapping[str, str]) -> tuple[str, str]:
    """What stands before and after the title, which has a line of its own; a statement without a
    title stands before it."""
    before, _title, after = statement.partition("{title}")
    return fill(before, filled), fill(after, filled)


def without_mark(text: str) -> tuple[str, str]:
    """A text, and the marks it begins with: a comma stands on the line of the title."""
    found = re.match(r"[^\w\s(\[“«]*", text)
    mark = found[0] if found else ""
    return text[len(mark) :].lstrip(), mark


def colours(design: designs.Design) -> dict[str, str]:
    """The design's colours, and those that follow from them and can be read."""
    ground = design.ground
    muted = mixed(design.ink, ground, 0.72)
    hard = designs.contrast(muted, ground) < designs.TEXT_CONTRAST
    return {
        "accent": design.accent,
        "ink": design.ink,
        "ground": ground,
        "muted": design.ink if hard else muted,
        "line": mixed(design.ink, ground, 0.2),
        "on_accent": readable_on(design.accent, ground),
        "on_paper": readable_on("#ffffff", design.ink),
    }


def readable_on(ground: str, wished: str) -> str:
    """The wished colour for small text on a ground, or black or white when it is hard to read."""
    if designs.contrast(wished, ground) >= designs.TEXT_CONTRAST:
        return wished
    return max("#ffffff", "#000000", key=lambda colour: designs.contrast(colour, ground))


def mixed(colour: str, other: str, share: float) -> str:
    """So much of a colour, and the rest of the other."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def typed(text: str) -> dict[str, Any]:
    """What a layout needs to fit a text in: direction, whether it has capitals or characters that
    fill a square, and the words that cannot be broken.

    A word that no line could hold gets places where it may be broken.
    """
    text = re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", text)
    words = [
        word for word in re.split(r"[\s\u200b]", text) if not fonts.written_without_spaces(word)
    ]
    longest = sorted(words, key=len, reverse=True)[:3]
    return {
        "text": text,
        "rtl": starts_right(text),
        "cased": cased(text),
        "marked": bool(MARKS.search(text)),
        "square": any(fonts.script_of(char) in fonts.EAST_ASIAN for char in text),
        "longest": longest,
    }


def cased(text: str) -> bool:
    """Whether every letter is of a script that has capitals."""
    letters = [char for char in text if unicodedata.category(char)[0] == "L"]
    return all(unicodedata.name(char, "").startswith(CASED) for char in letters)


def starts_right(text: str) -> bool:
    """Whether a text is written from right to left: by its first letter (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def one_line(text: str) -> str:
    """A title as it can be printed, without the control characters that an import may bring."""
    plain = "".join(char if unicodedata.category(char) != "Cc" else " " for char in text)
    return " ".join(plain.split())


def typst_language(language: str) -> str:
    """The two or three letters that Typst takes for a language."""
    primary = re.split(r"[-_]", language)[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else "en"


def image_svg(order: Order, name: str) -> str:
    """An image in the only form that goes in as text: SVG around it. The background is as strong
    as the design says."""
    content = order.images[name]
    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
        kind = Image.MIME[image.format or "PNG"]
    strength = order.design.background_strength / 100 if name == order.design.background else 1
    coded = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><image width="{width}" height="{height}" '
        f'opacity="{strength}" href="data:{kind};base64,{coded}"/></svg>'
    )


def qr_svg(url: str, dark: str = "#000000") -> str:
    """The address as a QR code, SVG text."""
    file = io.BytesIO()
    drawn = segno.make(url, error="m", micro=False)
    drawn.save(file, kind="svg", border=0, xmldecl=False, dark=dark)
    return file.getvalue().decode()
