"""XML from strangers: no entities, no document type, no network, no depth, told by line."""

from io import BytesIO

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Unreadable

_ = TranslationStringFactory("tutela")

LARGEST = 100_000_000
"""Bytes of a file, the pictures in it included."""
DEEPEST = 60
"""Elements within elements. No format of questions comes near."""
UNTOLD = b" \t\r\n\xef\xbb\xbf"


def parse(content: bytes) -> etree._Element:
    """The root element of a document.

    :raises Unreadable: when it is no XML, too large or too deep, or declares a document type
    """
    if len(content) > LARGEST:
        raise Unreadable(
            _(
                "The file has more than ${most} million bytes. Split it into smaller files.",
                mapping={"most": LARGEST // 1_000_000},
            )
        )
    content = content.lstrip(UNTOLD)
    if has_doctype(content):
        raise Unreadable(
            _("The file declares a document type. Files that do so are not read: take it out."), 1
        )
    depth = 0
    try:
        events = etree.iterparse(
            BytesIO(content),
            events=("start", "end"),
            huge_tree=True,
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise Unreadable(
                    _("Elements lie too deep within each other here."), element.sourceline or 0
                )
    except etree.XMLSyntaxError as wrong:
        raise Unreadable(
            _("The file is not well-formed XML here: ${what}", mapping={"what": wrong.msg}),
            wrong.lineno or 0,
        )
    root = events.root
    assert root is not None  # a document without a root is not well-formed
    return root


def has_doctype(content: bytes) -> bool:
    """Whether a document type is declared before the root element, in whatever encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        # UTF-16 or UTF-32: letters with nothing between them
        content = content[:100_000].replace(b"\0", b"")
    place = 0
    while (place := content.find(b"<", place)) >= 0:
        if content.startswith(b"<!--", place):
            place = content.find(b"-->", place)
        elif content.startswith(b"<?", place):
            place = content.find(b"?>", place)
        else:
            return content.startswith(b"<!DOCTYPE", place)
        if place < 0:
            break
    return False
