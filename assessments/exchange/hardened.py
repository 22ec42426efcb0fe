"""XML from strangers: no entities, no document type, no network, no depth, told by line."""

import re
from io import BytesIO

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Unreadable
from assessments.exchange.work import Work
from assessments.qti.documents import named

_ = TranslationStringFactory("tutela")

LARGEST = 100_000_000
"""Bytes of a file, the pictures in it included."""
DEEPEST = 60
"""Elements within elements. No format of questions comes near."""
UNTOLD = b" \t\r\n\xef\xbb\xbf"
"""What may stand before the first element and says nothing."""
DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)")
CDATA = b"<![CDATA["
ENCODINGS = re.compile(
    rb"utf-?8|utf-?16(?:le|be)?|utf-?32|us-ascii|ascii|iso-?8859-[0-9]+|(?:windows-|cp)125[0-9]",
    re.IGNORECASE,
)


def parse(content: bytes, work: Work | None = None) -> etree._Element:
    """The root element of a document.

    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is no XML, too large or too deep, declares a document type, or is
        in an encoding that could hide one
    """
    if len(content) > LARGEST:
        raise Unreadable(
            _(
                "The file has more than ${most} million bytes. Split it into smaller files.",
                mapping={"most": LARGEST // 1_000_000},
            )
        )
    if work is not None:
        work.document(content)
    content = content.lstrip(UNTOLD)
    head = _letters(content)
    _refuse_encoding(head)
    if has_doctype(head):
        raise Unreadable(
            _("The file declares a document type. Files that do so are not read: take it out."), 1
        )
    depth = 0
    events = etree.iterparse(
        BytesIO(_named(content)),
        events=("start", "end"),
        huge_tree=True,
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise Unreadable(
                    _("Elements lie too deep within each other here."), element.sourceline or 0
                )
    except etree.XMLSyntaxError as wrong:
        # Of a name that nobody declared only the log tells, not the error itself.
        line, what = next(
            ((each.line, each.message) for each in events.error_log if not wrong.lineno),
            (wrong.lineno or 0, wrong.msg),
        )
        raise Unreadable(
            _("The file is not well-formed XML here: ${what}", mapping={"what": what}), line
        )
    root = events.root
    assert root is not None  # a document without a root is not well-formed
    return root


def _named(content: bytes) -> bytes:
    """The document with the characters that HTML names, outside of CDATA."""
    first, *others = content.split(CDATA)
    parts = [named(first)]
    for part in others:
        inside, end, after = part.partition(b"]]>")
        parts.append(inside + end + named(after))
    return CDATA.join(parts)


def _letters(content: bytes) -> bytes:
    """The document with one byte for each letter of ASCII: UTF-16 and UTF-32 have more."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        return content.replace(b"\0", b"").lstrip(b"\xff\xfe")
    return content


def _refuse_encoding(letters: bytes) -> None:
    """:raises Unreadable: for an encoding in which a declaration does not look like one"""
    declared = DECLARED.match(letters[:1000])
    if not letters.startswith(b"<"):
        raise Unreadable(_("This is no XML: it does not begin with an element."), 1)
    if declared and not ENCODINGS.fullmatch(declared[1]):
        raise Unreadable(
            _(
                "The file is in an encoding that is not read here (${name}). Save it in UTF-8.",
                mapping={"name": declared[1].decode("ascii", "replace")[:40]},
            ),
            1,
        )


def has_doctype(content: bytes) -> bool:
    """Whether a document type is declared before the root element."""
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
