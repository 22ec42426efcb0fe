"""Which of the formats that are read here a file is: by what is in it, then by its name."""

import re

from assessments.exchange.decoding import LARGEST, decode
from assessments.exchange.notes import Notes

GIFT = "gift"
AIKEN = "aiken"
MOODLE_XML = "moodle-xml"
QTI_1_2 = "qti-1.2"
QTI_2_1 = "qti-2.1"
QTI_2_2 = "qti-2.2"
QTI_3_0 = "qti-3.0"
PACKAGE = "package"
"""A zip: a package of QTI items or tests, of any version. Its reader says what is wrong with it."""
UNKNOWN = ""

HEAD = 100_000
"""Bytes within which the first element of an XML file begins."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip file begins, one without any file in it too."""
ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?P<name>[A-Za-z_][\w.-]*)(?P<attributes>[^<>]*)>")
PROLOG = re.compile(r"<!--|<\?|<!DOCTYPE|<")
ENDS = {"<!--": "-->", "<?": "?>"}
AIKEN_LINES = re.compile(r"(?m)^[ \t]*[A-Z][.)][ \t].*\n(?:[ \t]*\n)*[ \t]*ANSWER[ \t]*:")
GIFT_SIGNS = re.compile(r"(?m)(?<!\\)[{}]|^[ \t]*(?:::|\$CATEGORY:)")


def detect(content: bytes, name: str = "") -> str:
    """One of the constants above; :data:`UNKNOWN` for anything else.

    :param name: the file's name, which decides only when its content does not
    """
    if content.startswith(ZIP):
        return PACKAGE
    head = decode(content[:HEAD], Notes()).lstrip()
    if head.startswith("<"):
        found = _element(head)
        if found:
            return found
    if b"\0" in content[:HEAD] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return UNKNOWN
    return _text(decode(content[:LARGEST], Notes()), name.lower())


def first_element(content: bytes) -> str:
    """The name of the first element of an XML file, without its prefix; empty for none."""
    element = _first(decode(content[:HEAD], Notes()).lstrip())
    return "" if element is None else element["name"]


def _first(head: str) -> re.Match[str] | None:
    place = 0
    while found := PROLOG.search(head, place):
        if found[0] == "<":
            break
        end = head.find(_end(head, found), found.end())
        if end < 0:
            return None
        place = end
    return ELEMENT.match(head, found.start()) if found else None


def _element(head: str) -> str:
    """What the first element of an XML file says."""
    element = _first(head)
    if element is None:
        return UNKNOWN
    name, attributes = element["name"], element["attributes"]
    if name in ("assessmentItem", "assessmentTest"):
        return QTI_2_2 if "v2p2" in attributes else QTI_2_1
    return {
        "quiz": MOODLE_XML,
        "questestinterop": QTI_1_2,
        "qti-assessment-item": QTI_3_0,
        "qti-assessment-test": QTI_3_0,
    }.get(name, UNKNOWN)


def _end(head: str, start: re.Match[str]) -> str:
    """How what begins at a sign of the prolog ends; a document type may hold declarations."""
    if start[0] in ENDS:
        return ENDS[start[0]]
    declarations = head.find("[", start.end(), head.find(">", start.end()) + 1)
    return "]>" if declarations >= 0 else ">"


def _text(text: str, name: str) -> str:
    if AIKEN_LINES.search(text):
        return AIKEN
    if GIFT_SIGNS.search(text):
        return GIFT
    if name.endswith(".gift") or "gift" in name:
        return GIFT
    return AIKEN if "aiken" in name else UNKNOWN
