"""How authors write texts: plain text and Markdown, which becomes the HTML that is kept.

What is kept already is shown as text that becomes it again, exactly: as Markdown where that can
say it, else as the HTML that it is. So nothing changes in a text that nobody changed.
"""

import html
import re
from collections.abc import Callable
from functools import cache

from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from assessments.questions.html import EMPTY, Html, safe

PLACE = re.compile(r"\[\[[^\[\]\n]*\]\]|\{(?:[^{}\n]|\{[^{}\n]*\})*\}")
"""The place of a gap, ``[[1]]``, and a value or an expression, ``{a}``, ``{={a} * {b}}``: nothing
in them is formatting."""
FORMATTING = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|\](?=\()|<(?=[A-Za-z/!?])|&(?=[#\w]+;)")
"""What Markdown would take for its own in plain text."""
Escape = Callable[[str], str]
SPANS = """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub
    sup u var wbr
"""
INLINE = frozenset(SPANS.split())


def _place(state: StateInline, silent: bool) -> bool:
    found = PLACE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("text", "", 0).content = found[0]
    state.pos = found.end()
    return True


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables, whose line ends count, without what surprises those who only write:
    code by indentation, headings by a line below."""
    made = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    made.disable(["code", "lheading", "reference"])
    made.inline.ruler.before("escape", "place", _place)
    return made


def to_html(text: str) -> Html:
    """What somebody wrote as HTML that may be kept. A text between tags is HTML as it is."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return EMPTY
    if text.startswith("<") and text.endswith(">"):
        return safe(text)
    tokens = _markdown().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"  # h1 and h2 are the page's own
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    made = _markdown().renderer.render(tokens, _markdown().options, {})
    return safe(re.sub(r"(<br(?: /)?>)\n", r"\1", made).strip())


def to_text(kept: Html) -> str:
    """A text that :func:`to_html` makes into what reads the same, as kind to read as it can be."""
    if not kept:
        return ""
    for text in (*_as_markdown(kept), kept):
        if _reading(to_html(text)) == _reading(kept):
            return text
    return f"<div>{kept}</div>"


def _reading(kept: str) -> str:
    """HTML without what nobody reads: space between blocks, a paragraph round the only one."""
    text = re.sub(r"\s*(</?(?:p|ul|ol|li|h[3-6])>)\s*", r"\1", kept.strip())
    only = re.fullmatch(r"<p>((?:(?!</?p>).)*)</p>", text, re.DOTALL)
    text = only[1] if only else text
    return text if "<pre" in text else " ".join(text.split())


def changed(text: str, before: Html) -> Html:
    """What a field says now: what was kept, when its text is what was shown for that."""
    same = text.replace("\r\n", "\n").strip() == to_text(before).replace("\r\n", "\n").strip()
    return before if same else to_html(text)


def _as_markdown(kept: str) -> list[str]:
    """Simple HTML as Markdown, the barest first; nothing for what that cannot say."""
    root = lxml_html.fragment_fromstring(kept, create_parent="div")
    try:
        return ["\n\n".join(_blocks(root, escape)) for escape in (_as_it_is, _escaped)]
    except _Beyond:
        return []


def _as_it_is(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    """A line end in HTML is a space."""
    return re.sub(r"[ \t]*\n\s*", " ", text)


class _Beyond(Exception):
    """There is something that Markdown has no words for."""


def _blocks(root, escape: Escape) -> list[str]:
    if any(child.tag in ("p", "ul", "ol", "h3", "h4", "h5", "h6") for child in root):
        if (root.text or "").strip() or any((child.tail or "").strip() for child in root):
            raise _Beyond
        return [_block(child, escape) for child in root]
    return [_inline(root, escape)]


def _block(element, escape: Escape) -> str:
    if element.attrib:
        raise _Beyond
    match element.tag:
        case "p":
            return _inline(element, escape)
        case "ul" | "ol":
            marks = ("-" if element.tag == "ul" else f"{n}." for n in range(1, len(element) + 1))
            return "\n".join(
                f"{mark} {_item(child, escape)}"
                for mark, child in zip(marks, element, strict=False)
            )
        case "h3" | "h4" | "h5" | "h6":
            return f"{'#' * (int(element.tag[1]) - 2)} {_inline(element, escape)}"
        case _:
            raise _Beyond


def _item(element, escape: Escape) -> str:
    if element.tag != "li" or "\n" in (found := _inline(element, escape)):
        raise _Beyond
    return found


def _inline(element, escape: Escape) -> str:
    parts = [escape(element.text or "")]
    for child in element:
        parts += [_span(child, escape), escape(child.tail or "")]
    return "".join(parts).strip("\n")


def _span(element, escape: Escape) -> str:
    inner = _inline(element, escape) if element.tag != "img" else ""
    match element.tag:
        case "br":
            return "\n"
        case "em" if not element.attrib:
            return f"*{inner}*"
        case "strong" if not element.attrib:
            return f"**{inner}**"
        case "a" if set(element.attrib) == {"href", "rel"}:
            return f"[{inner}]({element.get('href')})"
        case "img" if set(element.attrib) == {"src", "alt"}:
            return f"![{escape(element.get('alt'))}]({element.get('src')})"
        case tag if tag in INLINE:
            named = "".join(
                f' {name}="{html.escape(value)}"'
                for name, value in element.attrib.items()
                if name != "rel"
            )
            return f"<{tag}{named}>{inner}</{tag}>"
        case _:
            raise _Beyond


def _escaped(text: str) -> str:
    """Plain text with a stroke before what Markdown would take for its own, as little as it can."""
    text = _folded(text)
    parts = []
    at = 0
    for place in PLACE.finditer(text):
        parts += [_plain(text[at : place.start()]), place[0]]
        at = place.end()
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    text = re.sub(
        r"([\\`*]|(?<!\w)_|_(?!\w)|\](?=\()|<(?=[A-Za-z/!?])|&(?=[#\w]+;))", r"\\\1", text
    )
    text = re.sub(r"(?m)^(\s*)([#>+-]|~~~)", r"\1\\\2", text)
    return re.sub(r"(?m)^(\s*\d{1,9})([.)])(?=\s)", r"\1\\\2", text)
