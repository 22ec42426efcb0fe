"""Texts of questions as the XHTML that QTI lets in: blocks where it wants blocks, and no more
elements than it knows (QTI 2.1 §6, 2.2 §6)."""

import re
from collections.abc import Callable

from lxml import etree
from lxml import html as parser

from assessments.questions.places import NAME

MATHML = "http://www.w3.org/1998/Math/MathML"
INLINE_NAMES = "a abbr b br cite code dfn em i img kbd q samp small span strong sub sup tt var"
BLOCK_NAMES = "blockquote div dl h3 h4 h5 h6 hr ol p pre table ul"
PART_NAMES = "caption col colgroup dd dt li tbody td tfoot th thead tr"
INLINE = frozenset(INLINE_NAMES.split())
BLOCKS = frozenset(BLOCK_NAMES.split())
PARTS = frozenset(PART_NAMES.split())
INLINE_ONLY = frozenset(("h3", "h4", "h5", "h6", "p", "pre")) | INLINE
"""Elements in which no block may stand."""
STRUCTURED = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dt", "dd"),
    "table": ("caption", "colgroup", "col", "thead", "tfoot", "tbody"),
    "thead": ("tr",),
    "tfoot": ("tr",),
    "tbody": ("tr",),
    "tr": ("td", "th"),
    "colgroup": ("col",),
}
"""Elements in which only some others may stand, and no text."""
ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
PLACE = re.compile(rf"\[\[({NAME})\]\]|\{{(=?[^{{}}]+)\}}")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Fill = Callable[[str], etree._Element | None]
"""The element in the place of a control by its name; None when there is no such place."""


class Writer:
    """Makes elements of texts.

    :param address: where a file of the question is, from the item
    """

    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address
        self.lost: set[str] = set()

    def into(
        self, element: etree._Element, html: str, *, blocks: bool = False, fill: Fill | None = None
    ) -> etree._Element:
        """Puts a text into an element.

        :param blocks: whether only blocks may stand in it
        :param fill: what is in the places of controls and of numbers
        """
        self.fill = fill or (lambda _name: None)
        found = parser.fragment_fromstring(ILLEGAL.sub("", html), create_parent="div")
        self._content(found, element, inline=False, blocks=blocks)
        return element

    def _content(
        self, source: etree._Element, into: etree._Element, inline: bool, blocks: bool
    ) -> None:
        """The content of an element; where only blocks may stand, the rest gets paragraphs."""
        run: etree._Element | None = None

        def target() -> etree._Element:
            nonlocal run
            if not blocks:
                return into
            if run is None:
                run = etree.SubElement(into, "p")
            return run

        if not blocks or (source.text or "").strip():
            self._words(target(), source.text or "")
        for child in source:
            name = self._name(child)
            if name in BLOCKS and not inline:
                run = None
                self._element(child, name, into)
            elif name or isinstance(child.tag, str):
                self._inline(child, name, target(), inline or blocks)
            tail = child.tail or ""
            if not blocks or tail.strip() or (run is not None and tail):
                self._words(target(), tail)

    def _inline(self, child: etree._Element, name: str, into: etree._Element, inline: bool) -> None:
        if name == "math":
            into.append(_math(child))
        elif name in INLINE:
            self._element(child, name, into)
        else:
            # What may not stand here, or is not known: what is in it stays.
            if name in BLOCKS | PARTS and (len(into) or into.text):
                _add_text(into, " ")
            self._content(child, into, inline=inline, blocks=False)

    def _name(self, child: etree._Element) -> str:
        name = child.tag if isinstance(child.tag, str) else ""
        if name and name not in INLINE | BLOCKS | PARTS | {"math"}:
            self.lost.add(name)
        return name

    def _element(self, child: etree._Element, name: str, into: etree._Element) -> None:
        made = etree.SubElement(into, name)
        self._attributes(child, made)
        if name in STRUCTURED:
            self._structured(child, made, name)
            if not len(made) and name in STRUCTURED:
                into.remove(made)
        elif name not in ("br", "hr", "img", "col"):
            self._content(child, made, inline=name in INLINE_ONLY, blocks=name == "blockquote")

    def _structured(self, child: etree._Element, made: etree._Element, name: str) -> None:
        allowed = STRUCTURED[name]
        for each in child:
            if each.tag == "tr" and name == "table":
                if not len(made) or made[-1].tag != "tbody":
                    etree.SubElement(made, "tbody")
                self._element(each, "tr", made[-1])
            elif each.tag in allowed:
                self._element(each, str(each.tag), made)
            elif isinstance(each.tag, str):
                self.lost.add(str(each.tag))
        if name == "table":
            made[:] = sorted(made, key=lambda part: allowed.index(str(part.tag)))

    def _attributes(self, child: etree._Element, made: etree._Element) -> None:
        for name in ATTRIBUTES.get(str(child.tag), ()):
            value = child.get(name)
            if value is None:
                continue
            if name in ("width", "height", "colspan", "rowspan") and not value.isdecimal():
                continue
            if name == "scope" and value not in ("row", "col", "rowgroup", "colgroup"):
                continue
            if name == "href":
                value = _uri(value)
            made.set(name, self.address(value) if name == "src" else value)
        if child.tag == "img":
            made.set("src", made.get("src", ""))
            made.set("alt", made.get("alt", ""))
        language = child.get("lang")
        if language and re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", language):
            made.set("{http://www.w3.org/XML/1998/namespace}lang", language)

    def _words(self, into: etree._Element, text: str) -> None:
        position = 0
        for found in PLACE.finditer(text):
            made = self.fill(found[1] or found[0])
            if made is None:
                continue
            _add_text(into, text[position : found.start()])
            into.append(made)
            position = found.end()
        _add_text(into, text[position:])


def _uri(address: str) -> str:
    """An address without characters that no address has."""
    return re.sub(r"[^\w\-.~:/?#\[\]@!$&'()*+,;=%]", "", address, flags=re.A)


def _add_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _math(element: etree._Element) -> etree._Element:
    made = etree.Element(f"{{{MATHML}}}{element.tag}", nsmap={None: MATHML})
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            inner = _math(child)
            inner.tail = child.tail
            made.append(inner)
    return made
