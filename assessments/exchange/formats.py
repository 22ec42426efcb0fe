"""Texts of questions in the formats that Moodle knows, made into harmless HTML."""

import re
import unicodedata

import nh3
from markdown_it import MarkdownIt
from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.html import (
    ATTRIBUTES,
    BREAKS,
    EMPTY,
    LOADED,
    TAGS,
    Html,
    escaped,
    plain,
    safe,
)

_ = TranslationStringFactory("tutela")

HTML = "html"
MOODLE = "moodle"
PLAIN = "plain"
MARKDOWN = "markdown"

NAMES = {
    "html": HTML,
    "moodle": MOODLE,
    "moodle_auto_format": MOODLE,
    "plain": PLAIN,
    "plain_text": PLAIN,
    "markdown": MARKDOWN,
}
"""Formats by all names that files give them."""

QUIET = frozenset({"class", "id", "rel", "target", "role", "name"})
"""Attributes that say nothing to a reader: their loss is not worth a word."""

NAME = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,30})")
LONGEST = 200
"""Characters of a name made of a question's text."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of all that follows, also behind the name that they stand in."""
MARKS = "[*_<`"
MARKS_OF_A_TEXT = 4
MOST_MARKDOWN = 20_000
"""Characters of Markdown in one text; longer ones are shown as they are."""


def to_html(text: str, form: str) -> tuple[Html, frozenset[str]]:
    """A text as HTML, and the names of what could not be kept of its mark-up.

    :param form: ``html``, ``moodle`` (HTML whose line ends count), ``plain`` or ``markdown``
    """
    text = text.strip()
    if not text:
        return EMPTY, frozenset()
    if form == PLAIN or (form == MARKDOWN and len(text) > MOST_MARKDOWN):
        return escaped(text), frozenset()
    if form == MOODLE:
        text = text.replace("\n", "<br>")
    elif form == MARKDOWN:
        text = MarkdownIt("commonmark").enable("table").render(text)
    return Html(safe(text).strip()), taken_away(text)


def weight(text: str, form: str) -> int:
    """How many usual texts a text is as slow to read as: signs of Markdown cost, alone or not."""
    return 1 + (sum(map(text.count, MARKS)) // MARKS_OF_A_TEXT if form == MARKDOWN else 0)


def taken_away(text: str) -> frozenset[str]:
    """What :func:`assessments.questions.html.safe` takes out of a text, by name: elements as
    ``script``, attributes as ``style=``."""
    allowed = set(TAGS.split())
    names = {name.lower() for name in NAME.findall(text)}
    away = {name for name in names if name not in allowed}
    if "=" in text:
        away |= _attributes(text, allowed)
    return frozenset(away)


def _attributes(text: str, allowed: set[str]) -> set[str]:
    away = set()

    def look(tag: str, name: str, value: str) -> str:
        kept = name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())
        if kept and (tag, name) in LOADED:
            kept = bool(re.fullmatch(r"files/[^/\\?#]+", value))
        elif kept and (tag, name) == ("a", "href"):
            kept = value.startswith(("http://", "https://", "mailto:"))
        if not kept and name not in QUIET and not name.startswith("data-"):
            away.add(f"{name}=")
        return value

    nh3.clean(
        text,
        tags=allowed,
        attributes={},
        generic_attribute_prefixes={""},
        attribute_filter=look,
        link_rel=None,
    )
    return away


def lost_markup(away: frozenset[str] | set[str]) -> TranslationString:
    """What to say about mark-up that was taken away."""
    return _(
        "Some mark-up cannot be kept here and was taken out (${names}). "
        "Check how the question looks.",
        mapping={"names": ", ".join(sorted(away)[:12])},
    )


def as_plain(html: str) -> tuple[str, bool]:
    """HTML as one line of plain text, and whether nothing but that was in it."""
    text = plain(html)
    return text, escaped(text) == html


def as_lines(html: str) -> tuple[str, bool]:
    """HTML as plain text with its lines and paragraphs, and whether nothing else was in it."""
    broken = BREAKS.sub("\n", html.replace("</p>", "\n\n"))
    text = "\n".join(plain(line) for line in broken.split("\n")).strip()
    return text, escaped(text) == html


def name_of(body: Html) -> str:
    """A name for a question that has none: the beginning of its text."""
    text = plain(body)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def one_line(text: str) -> str:
    """A name with single spaces and nothing that controls what is around it.

    What has no width stays: Persian and Kurdish spell with it, Khmer and Tamil too.
    """
    line = " ".join("".join(map(_in_a_line, text)).split())
    return line if any(map(str.isprintable, line.replace(" ", ""))) else ""


def _in_a_line(sign: str) -> str:
    if unicodedata.category(sign) == "Cf":
        return "" if sign in TURNING else sign
    return sign if sign.isprintable() else " "
