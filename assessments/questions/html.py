"""Text with mark-up, made harmless where it enters: what authors write and what files bring."""

import html
import re
from typing import NewType

import nh3

Html = NewType("Html", str)
"""HTML of the allowed elements only. Made by :func:`safe` and :func:`escaped`."""

EMPTY = Html("")

FILES = "files/"
"""How HTML names a file of its own question: ``<img src="files/scheme.png">``."""

TAGS = """
    a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt
    em figcaption figure h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small
    source span strong sub summary sup table tbody td tfoot th thead tr u ul var video wbr
    math maction mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover semantics
"""
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "audio": {"controls", "src"},
    "img": {"alt", "height", "src", "width"},
    "math": {"display"},
    "mo": {"stretchy"},
    "ol": {"start", "type"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "video": {"controls", "height", "src", "width"},
}
LOADED = frozenset({("img", "src"), ("audio", "src"), ("video", "src"), ("source", "src")})


BREAKS = re.compile(r"<br>|</(?:p|li|t[dhr]|d[dt]|h[3-6]|div|blockquote|pre|caption)>")
"""Where one word ends and another begins, as :func:`safe` writes it."""


def safe(text: str) -> Html:
    """The text without anything that runs, loads from elsewhere, or reaches out of its place.

    Pictures and sounds may only be files of the question; links may lead to http(s) addresses and
    open without a word about where they were followed.
    """
    return Html(
        nh3.clean(
            text,
            tags=set(TAGS.split()),
            attributes=ATTRIBUTES,
            attribute_filter=_attribute,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer",
        )
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) in LOADED and not re.fullmatch(r"files/[^/\\?#]+", value):
        return None
    if (tag, name) == ("a", "href") and not value.startswith(("http://", "https://", "mailto:")):
        return None
    return value


def escaped(text: str) -> Html:
    """Plain text as HTML; blank lines part paragraphs, line ends are kept."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    if len(paragraphs) == 1:
        return Html(html.escape(paragraphs[0], quote=False).replace("\n", "<br>"))
    return Html(
        "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs).replace(
            "\n", "<br>"
        )
    )


WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")


def plain(text: str) -> str:
    """What HTML says, as one line of plain text; a picture is said by its alternative text."""
    with_words = re.sub(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>', r" \1 ", text)
    with_words = BREAKS.sub(" ", with_words)
    return one_line(html.unescape(nh3.clean(with_words, tags=set())))


def one_line(text: str) -> str:
    """The text on one line. White space is what HTML takes for it: a space at which no line breaks,
    as French sets it before some signs, is a sign like others."""
    return WHITE_SPACE.sub(" ", text).strip()


def says_something(text: str) -> bool:
    """Whether HTML holds words, or something to look at or to listen to."""
    return bool(re.search(r"<(img|audio|video|math)\b", text) or plain(text))
