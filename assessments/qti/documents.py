"""One reading of every QTI document: safely parsed, and in one set of names.

QTI 2 and QTI 3 say the same things in two spellings (``responseDeclaration`` with
``baseType``, ``qti-response-declaration`` with ``base-type``). Here the second becomes the
first, and namespaces of QTI and XHTML go, so that the rest of the house knows one language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.entities import name2codepoint
from types import MappingProxyType

from lxml import etree

from assessments.qti.refusals import DocumentRefused, _

LARGEST = 4 * 1024 * 1024
DEEPEST = 100
"""Levels of elements: far more than a question has, far fewer than a recursion can bear."""

QTI_NAMESPACE = re.compile(r"https?://(www|purl)\.imsglobal\.org/(xsd/)?(spec/)?(ims)?qti")
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
XML_NAMES = (b"amp", b"lt", b"gt", b"quot", b"apos")
VERSION = re.compile(r"_v([23])p([0-9])")
XHTML = "http://www.w3.org/1999/xhtml"
KEPT_ATTRIBUTES = ("data-", "aria-")


@dataclass(frozen=True, slots=True)
class Node:
    """One element of a program or a declaration, in the names of QTI 2.

    :param name: the local name
    :param attributes: without those of other namespaces
    :param text: what it says directly, with spaces at the ends
    :param line: where the document has it
    """

    name: str
    attributes: Mapping[str, str]
    children: tuple["Node", ...]
    text: str
    line: int

    def find(self, name: str) -> "Node | None":
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *names: str) -> list["Node"]:
        """The children of these names, in order."""
        return [child for child in self.children if child.name in names]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed and normalised document.

    :param version: "2.0", "2.1", "2.2", "3.0", or "" when it does not say
    """

    root: etree._Element
    version: str


def document(content: bytes) -> Document:
    """Parse and normalise a document.

    Nothing is loaded from anywhere, no entity is expanded, comments and processing instructions
    are gone.

    :raises DocumentRefused: too large, too deep, not XML, or with entities of its own
    """
    if len(content) > LARGEST:
        raise DocumentRefused(_("The file is larger than 4 MB. Make it smaller."))
    try:
        parsed = etree.fromstring(named(content.lstrip(b" \t\r\n")), parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DocumentRefused(
            _("The file is not XML that can be read. Export it again."),
            getattr(error, "lineno", None),
        )
    declared = parsed.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _entity in declared.iterentities()):
        raise DocumentRefused(_("The file declares entities. Write the text itself instead."))
    version = _version(etree.QName(parsed))
    _normalise(parsed)
    return Document(parsed, version)


def parser(*, recover: bool = False) -> etree.XMLParser:
    """Reads a stranger's XML: nothing outside of it, and nothing but elements and texts.

    :param recover: whether a broken document is read as far as it goes
    """
    # No other switch: collect_ids=False, say, makes lxml read a document type from the disk.
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def named(content: bytes) -> bytes:
    """A document with the characters that HTML names: exports leave ``&nbsp;`` where XML has no
    such name."""
    return NAMED.sub(_character, content)


def _character(found: re.Match[bytes]) -> bytes:
    code = name2codepoint.get(found[1].decode())
    return found[0] if code is None or found[1] in XML_NAMES else b"&#%d;" % code


def _version(name: etree.QName) -> str:
    found = VERSION.search(name.namespace or "")
    if found:
        return f"{found[1]}.{found[2]}"
    return "3.0" if name.localname.startswith("qti-") else ""


def _normalise(parsed: etree._Element) -> None:
    own = etree.QName(parsed).namespace
    depth = 0
    for event, element in etree.iterwalk(parsed, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise DocumentRefused(_("The file has more than 100 levels of elements."))
        if event == "start" and isinstance(element.tag, str):
            _rename(element, own)


def _rename(element: etree._Element, own: str | None) -> None:
    name = etree.QName(element)
    namespace = name.namespace
    if not (namespace in (None, own, XHTML) or (namespace and QTI_NAMESPACE.match(namespace))):
        return
    if name.localname.startswith("qti-"):
        element.tag = _camel(name.localname[4:])
        _rename_attributes(element)
    else:
        element.tag = name.localname


def _rename_attributes(element: etree._Element) -> None:
    for attribute in list(element.attrib):
        plain = str(attribute)
        if "-" in plain and not plain.startswith(("{", *KEPT_ATTRIBUTES)):
            element.set(_camel(plain), element.attrib.pop(plain))


def _camel(kebab: str) -> str:
    first, *others = kebab.split("-")
    return first + "".join(UPPER.get(word, word.capitalize()) for word in others)


UPPER = {"lt": "LT", "gte": "GTE", "sd": "SD"}
"""Words that QTI 2 writes in capitals: durationLT, durationGTE."""


def node(element: etree._Element) -> Node:
    """The element and all below it as plain values."""
    return Node(
        etree.QName(element).localname,
        MappingProxyType(
            {
                str(name): str(value)
                for name, value in element.attrib.items()
                if not str(name).startswith("{")
            }
        ),
        tuple(node(child) for child in element if isinstance(child.tag, str)),
        (element.text or "") + "".join(child.tail or "" for child in element),
        element.sourceline if isinstance(element.sourceline, int) else 0,
    )
