"""``imsmanifest.xml`` as bytes of any make, to elements: decoded, mended where the fault is clear.

No entity is expanded, no DTD is read, nothing is fetched. Names are compared without namespace and
case, because tools write them in all ways.
"""

import codecs
import html.entities
import re
from collections.abc import Iterator

from lxml import etree

from scorm.packages.findings import Finding
from scorm.packages.words import Words, _, ngettext

NAME = "imsmanifest.xml"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

MOST_TAGS = 70_000
MOST_VALUES = 200_000
"""Tags and attributes of a manifest; a tree of more would fill the memory."""

MOST_ATTRIBUTES = 200
"""Of one element: the standards know a dozen for the richest."""

MENDS = 6
"""Faults of one manifest that are mended before it is given up."""

DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
MOST_DOCTYPES = 3
INTERNAL_SUBSET = re.compile(r"""<!DOCTYPE(?:[^\[>"']++|"[^"]*+"|'[^']*+')*+\[""")
NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)")
PREFIX = re.compile(r"Namespace prefix ([\w.-]+)")
STRAY_AMPERSAND = (
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING,
    etree.ErrorTypes.ERR_ENTITYREF_NO_NAME,
    etree.ErrorTypes.ERR_NAME_REQUIRED,
)
AMPERSAND = re.compile(
    r"(?s)<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z]\w{0,31};)"
)
"""An ``&`` that begins no entity, or a stretch in which it may stand."""
END = re.compile(r"(?i)</(?:[\w.-]+:)?manifest\s*>")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


NO_DOCUMENTS = ("utf-7", "unicode", "raw", "idna", "puny", "utf-16", "utf-32")
"""How codecs' names begin that are not for documents, or that a byte order mark would have told."""


class ManifestRefused(Exception):
    """The manifest cannot be used; carries the finding that says why."""

    def __init__(self, rule: str, message: Words, remedy: Words, line: int | None = None):
        super().__init__(message)
        self.finding = Finding("error", rule, message, remedy, NAME, line)


def parse(content: bytes) -> tuple[etree._Element, list[Finding]]:
    """The document's root, and what was mended to get it.

    :raises ManifestRefused: when it is no well-formed XML, is too large, or plays tricks
    """
    findings: list[Finding] = []
    text = _decoded(content, findings)
    text = _plain_begin(text, findings)
    if NOT_XML.search(text):
        text = NOT_XML.sub("", text)
        findings.append(
            mended("manifest-characters", _("The manifest has characters that XML forbids."))
        )
    _refuse_declarations(text)
    if text.count("<") > 2 * MOST_TAGS or text.count("=") > MOST_VALUES:
        raise ManifestRefused(
            "manifest-too-large",
            ngettext(
                "The manifest has more than ${n} entry.",
                "The manifest has more than ${n} entries.",
                MOST_TAGS,
            ),
            _("Split the course, or list only the files it uses."),
        )
    root = _root(text, findings)
    _refuse_many_attributes(root)
    return root, findings


def _refuse_many_attributes(root: etree._Element) -> None:
    """lxml reads an element's attributes in the square of the time that one takes."""
    for element in root.iter():
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise ManifestRefused(
                "manifest-too-large",
                ngettext(
                    "An element of the manifest has more than ${n} attribute.",
                    "An element of the manifest has more than ${n} attributes.",
                    MOST_ATTRIBUTES,
                ),
                _("Export the package again from your authoring tool."),
                element.sourceline,
            )


def _refuse_declarations(text: str) -> None:
    """Entities, and default values of attributes, make a small document a huge one."""
    for seen, found in enumerate(re.finditer("<!DOCTYPE", text)):
        at = found.start()
        if seen == MOST_DOCTYPES or INTERNAL_SUBSET.match(text, at):
            raise ManifestRefused(
                "manifest-entities",
                _(
                    "The manifest declares XML entities or rules of its own, which no SCORM "
                    "package needs and which can harm a server."
                ),
                _("Export the package again, or remove the DOCTYPE from imsmanifest.xml."),
                text.count("\n", 0, at) + 1,
            )


def mended(rule: str, message: Words, line: int | None = None) -> Finding:
    """Something in the manifest that was wrong and is taken as it was meant."""
    return Finding("mended", rule, message, "", NAME, line)


def _decoded(content: bytes, findings: list[Finding]) -> str:
    """The text, by its byte order mark, its declaration, or what it looks like."""
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    head = content[:4].replace(b"\0", b"")
    if head.startswith(b"<") and b"\0" in content[:4]:
        encoding = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
        findings.append(
            mended(
                "manifest-encoding",
                _("The manifest was read as ${encoding}.", encoding=encoding.upper()),
            )
        )
        return content.decode(encoding, "replace")
    match = DECLARATION.match(content[:400])
    said = match[1].decode().lower() if match else "utf-8"
    for encoding in (said, "utf-8", "windows-1252"):
        text = _in(encoding, content)
        if text is not None:
            break
    else:
        encoding, text = "iso-8859-1", content.decode("iso-8859-1")
    if encoding != said:
        findings.append(
            mended(
                "manifest-encoding",
                _(
                    "The manifest is not in the encoding it says it is in (${said}); it was read "
                    "as ${encoding}.",
                    said=said,
                    encoding=encoding.upper(),
                ),
            )
        )
    return text


def _in(encoding: str, content: bytes) -> str | None:
    """The content decoded, if it can be in that encoding; a codec that is none for documents, or
    does not agree with how XML begins, cannot."""
    try:
        # By its own name: Python knows each under many, and punycode takes for ever.
        if codecs.lookup(encoding).name.startswith(NO_DOCUMENTS):
            return None
        text = content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return text if content[:1].isascii() and text[:1].encode("utf-8") == content[:1] else None


def _plain_begin(text: str, findings: list[Finding]) -> str:
    """The text without its XML declaration, which has been followed; lines stay where they are."""
    begin = text.lstrip("\ufeff\0 \t\r\n")
    if begin.startswith("<?xml") and not text.startswith(("<?xml", "\ufeff<?xml")):
        findings.append(mended("manifest-space", _("There was empty space before the manifest.")))
    before = "\n" * text.count("\n", 0, len(text) - len(begin))
    declaration = re.match(r"<\?xml\s[^>]*\?>", begin)
    if declaration is None:
        return before + begin
    return before + "\n" * declaration[0].count("\n") + begin[declaration.end() :]


def _root(text: str, findings: list[Finding]) -> etree._Element:
    """Parse, and mend once for each fault that has one clear meaning."""
    for left in range(MENDS, -1, -1):
        try:
            return _parsed(text)
        except etree.XMLSyntaxError as error:
            better = _better(text, error, findings) if left else None
            if better is None:
                raise _malformed(error)
            text = better
    raise AssertionError("the last round returns or raises")


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8"), parser)


def _better(text: str, error: etree.XMLSyntaxError, findings: list[Finding]) -> str | None:
    """The text without the fault, or None when nobody can say what was meant."""
    if error.code == etree.ErrorTypes.ERR_UNDECLARED_ENTITY:
        better = re.sub(r"&([A-Za-z0-9]+;)", _character, text)
        rule = "manifest-html"
        message = _("The manifest uses names of characters that only HTML has.")
    elif error.code in STRAY_AMPERSAND:
        better = AMPERSAND.sub(lambda match: match[0] if len(match[0]) > 1 else "&amp;", text)
        rule = "manifest-ampersand"
        message = _("The manifest has the sign & where XML wants &amp;.")
    elif error.code == etree.ErrorTypes.ERR_DOCUMENT_END:
        ends = [end.end() for end in END.finditer(text) if end.end() < len(text.rstrip())]
        better = text[: ends[-1]] if ends else text
        rule = "manifest-trailing"
        message = _("There was something after the end of the manifest.")
    elif prefix := PREFIX.match(error.msg or ""):
        better = re.sub(
            r"<([A-Za-z_][\w.:-]*)", rf'<\1 xmlns:{prefix[1]}="urn:undeclared"', text, count=1
        )
        rule = "manifest-namespace"
        message = _("The manifest does not declare the prefix ${prefix}.", prefix=prefix[1])
    else:
        return None
    if better == text:
        return None
    line = error.lineno if isinstance(error.lineno, int) else None
    findings.append(mended(rule, message, line))
    return better


def _character(match: re.Match[str]) -> str:
    """An HTML entity's character; what XML knows itself, or nobody knows, stays."""
    if match[1] in ("amp;", "lt;", "gt;", "quot;", "apos;"):
        return match[0]
    character = html.entities.html5.get(match[1], "")
    return character if character and character not in "<>&\"'" else match[0]


def _malformed(error: etree.XMLSyntaxError) -> ManifestRefused:
    return ManifestRefused(
        "manifest-malformed",
        _fault(error),
        _(
            "Open imsmanifest.xml at this line and close or quote what is open, or export the "
            "package again."
        ),
        error.lineno,
    )


def _fault(error: etree.XMLSyntaxError) -> Words:
    """The commonest faults in words of our own; the others as the parser says them, quoted."""
    said = (error.msg or "").split(", line ")[0].rstrip(".")
    if not said or error.code == etree.ErrorTypes.ERR_DOCUMENT_EMPTY:
        return _("The manifest is not well-formed XML: it has no elements.")
    if mismatch := MISMATCH.match(said):
        return _(
            "The manifest is not well-formed XML: ${opened}, opened in line ${line}, is closed as "
            "${closed}.",
            opened=f"<{mismatch[1]}>",
            line=mismatch[2],
            closed=f"</{mismatch[3]}>",
        )
    return _("The manifest is not well-formed XML; its reader says “${said}”.", said=said)


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by local name, in any namespace and any case, trimmed."""
    # The values one by one: lxml looks each of them up from the first attribute on.
    wanted = name.lower()
    for key in element.keys():  # noqa: SIM118 (an element iterates over its children)
        if str(key).rpartition("}")[2].lower() == wanted:
            return str(element.get(key)).strip()
    return None


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Child elements with one of these local names, in any case; none of no element."""
    wanted = {name.lower() for name in names}
    for child in () if element is None else element:
        if local(child).lower() in wanted:
            yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child with this name; with several names, the first grandchild and so on."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: etree._Element | None) -> str | None:
    """The element's own text, trimmed; None when there is no element."""
    return None if element is None else "".join(element.itertext()).strip()
