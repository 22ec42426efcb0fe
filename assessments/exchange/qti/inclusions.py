"""What an item says in files of their own: included parts (XInclude) and response processing that
is no standard template. Both are put into the item, so that it is whole wherever it goes."""

from collections.abc import Callable, Iterator

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.formats import one_line
from assessments.exchange.notes import Notes
from assessments.exchange.qti.packages import XML_BASE, base_of
from assessments.qti import DocumentRefused, standard
from assessments.qti.documents import LARGEST, document
from assessments.qti.structure import joined

_ = TranslationStringFactory("tutela")

INCLUDE = "{http://www.w3.org/2001/XInclude}include"
NAMING = ("src", "data", "href")
"""Attributes that hold addresses."""
MOST = 100
"""Parts of one item that lie in other files, those in such files included."""

Fetch = Callable[[str], bytes | None]


def bring(root: etree._Element, fetch: Fetch, notes: Notes, title: str) -> bool:
    """Put into an item what it names.

    :param fetch: the bytes of a file by its address from the item; None when it is not there
    :returns: whether anything was put in
    """
    _tell_from_the_item(root)
    included = _bring_included(root, fetch, notes, title)
    return _bring_processing(root, fetch) or included


def _tell_from_the_item(root: etree._Element) -> None:
    """Addresses that an xml:base within the document is about are told from the item itself."""
    based = [each for each in root.iter() if each.get(XML_BASE) is not None]
    for element in root.iter() if based else ():
        base = base_of(element)
        for name in NAMING if base else ():
            address = element.get(name)
            if address is not None:
                element.set(name, joined(base, str(address)))
    for element in based:
        del element.attrib[XML_BASE]


def _bring_included(root: etree._Element, fetch: Fetch, notes: Notes, title: str) -> bool:
    size = count = 0
    for element in _includes(root):
        address = str(element.get("href", ""))
        content = fetch(address) if count < MOST and size < LARGEST else None
        part = None if content is None else _part(content)
        if part is None:
            if standard.rules(address, ("RESPONSE",), ()) is None:
                notes.left_out(
                    _(
                        "The text “${name}” that belongs to the question is missing.",
                        mapping={"name": one_line(address)[:100]},
                    ),
                    element.sourceline or 0,
                    title,
                )
                element.set("href", "")
            continue
        count, size = count + 1, size + len(content or b"")
        for inner in part.iter():
            for name in NAMING:
                if inner.get(name) is not None:
                    inner.set(name, joined(address, str(inner.get(name))))
        part.tail = element.tail
        parent = element.getparent()
        assert parent is not None  # the first element of an item is none to be included
        parent.replace(element, part)
    return count > 0


def _includes(root: etree._Element) -> Iterator[etree._Element]:
    """Each place of an included part, also in parts that were included meanwhile."""
    seen: set[etree._Element] = set()
    while fresh := [each for each in root.iter(INCLUDE) if each not in seen]:
        seen.update(fresh)
        yield from fresh


def _part(content: bytes) -> etree._Element | None:
    try:
        return document(content).root
    except DocumentRefused:
        return None


def _bring_processing(root: etree._Element, fetch: Fetch) -> bool:
    """Rules of a template that the package brings: the item's own take the place of its address."""
    processing = root.find("responseProcessing")
    if processing is None or len(processing):
        return False
    addresses = [
        str(processing.get(name))
        for name in ("templateLocation", "template")
        if processing.get(name)
    ]
    if any(standard.rules(each, ("RESPONSE",), ()) is not None for each in addresses):
        return False
    for address in addresses:
        content = fetch(address)
        template = None if content is None else _part(content)
        if template is not None and template.tag == "responseProcessing":
            processing.extend(list(template))
            return True
    return False
