"""An item of QTI 1.2 while it is read: its metadata, its texts, what answers bring (ASI 1.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from lxml import etree
from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.entries import Unreadable
from assessments.exchange.formats import HTML, PLAIN, name_of, one_line, to_html
from assessments.exchange.hardened import LARGEST
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.qti.items import Fetch, Files
from assessments.exchange.shares import decimal
from assessments.qti.documents import parser
from assessments.questions.html import EMPTY, Html

_ = TranslationStringFactory("tutela")

DEEPEST = 100
NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
NAMESPACES = re.compile(r' xmlns(?::[\w-]+)?="[^"<>]*"')
SOURCE = re.compile(r"""(<(?:img|audio|video|source)\b[^<>]*?\bsrc=)(["'])([^<>]*?)\2""", re.I)
"""Never past the next sign of a tag: a text of tags without ends is searched once."""


def parse(content: bytes, notes: Notes) -> etree._Element:
    """The root, without namespaces. A file that is broken is read as far as it goes, and said.

    :raises Unreadable: when there is nothing to read, or it defines entities
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is too large. Split it into smaller files."))
    if notes.work is not None:
        notes.work.document(content)
    content = content.lstrip(b" \t\r\n")
    try:
        root = _parsed(content, recover=False)
    except (etree.XMLSyntaxError, ValueError, LookupError) as wrong:
        try:
            root = _parsed(content, recover=True)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise Unreadable(_("The file is not XML that can be read. Export it again."))
        notes.changed(
            _("The file is not well-formed XML here. What follows was read as far as it goes."),
            getattr(wrong, "lineno", 0) or 0,
        )
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _entity in declared.iterentities()):
        raise Unreadable(_("The file declares entities. Write the text itself instead."), 1)
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Unreadable(_("Elements lie too deep within each other here."))
        if event == "start" and isinstance(element.tag, str):
            name = element.tag.rpartition("}")[2]
            # A broken file may be read as elements with names that no element can have.
            element.tag = name if NAME.fullmatch(name) else "unknown"
    return root


def _parsed(content: bytes, recover: bool) -> etree._Element:
    root = etree.parse(BytesIO(content), parser(recover=recover)).getroot()
    if root is None or not isinstance(root.tag, str):
        raise ValueError("nothing in it")
    return root


@dataclass(frozen=True)
class Test:
    """One comparison in a condition.

    :param name: ``varequal``, ``vargte``, …; :param variable: the response it looks at
    :param under: the names of the elements around it, outermost first
    """

    name: str
    variable: str
    text: str
    under: tuple[str, ...]
    element: etree._Element

    @property
    def denied(self) -> bool:
        return "not" in self.under


@dataclass(frozen=True)
class Condition:
    """One respcondition: what must hold, what it brings, and what is said."""

    tests: tuple[Test, ...]
    worth: Fraction | None
    said: tuple[str, ...]
    other: bool
    marked_right: bool

    @property
    def wanted(self) -> tuple[Test, ...]:
        return tuple(each for each in self.tests if not each.denied)


class OldItem:
    """An item while it is read."""

    def __init__(self, element: etree._Element, fetch: Fetch, notes: Notes) -> None:
        self.element = element
        self.notes = notes
        self.line = element.sourceline or 0
        self.fields = dict(fields(element))
        self.name = one_line(str(element.get("title", "")))[:200]
        self.ident = str(element.get("ident", ""))
        self.away: set[str] = set()
        self.files = Files(fetch, notes, self.name)
        presentation = element.find("presentation")
        self.presentation = etree.Element("presentation") if presentation is None else presentation
        self.conditions = tuple(_conditions(element))
        self._feedback = {str(each.get("ident", "")): each for each in element.iter("itemfeedback")}

    @property
    def type(self) -> str:
        """What the file says that the question is, in whatever words."""
        for label in ("question_type", "bbmd_questiontype", "cc_profile", "qmd_itemtype"):
            if self.fields.get(label):
                return self.fields[label].strip().lower()
        return ""

    def responses(self, *names: str) -> list[etree._Element]:
        return list(self.presentation.iter(*names))

    # Texts

    def html(self, *parents: etree._Element) -> Html:
        """The texts (mattext) of some elements, without those of answers within them."""
        return self._join(
            text for parent in parents for text in self._texts(parent, ("response_label",))
        )

    def stem(self) -> Html:
        """The text of the question: what stands before and between its responses."""
        inside = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
        return self._join(self._texts(self.presentation, inside))

    def _texts(self, parent: etree._Element, leave: tuple[str, ...]) -> Iterator[Html]:
        for child in parent:
            if child.tag in ("mattext", "mat_formattedtext"):
                yield self.text(child)
            elif child.tag == "matimage":
                yield self.picture(child)
            elif isinstance(child.tag, str) and child.tag not in leave:
                yield from self._texts(child, leave)

    @staticmethod
    def _join(texts: Iterator[Html]) -> Html:
        return Html("".join(texts))

    def text(self, element: etree._Element) -> Html:
        """One mattext."""
        words = element.text or ""
        if len(element):
            inside = "".join(etree.tostring(child, encoding="unicode") for child in element)
            words += NAMESPACES.sub("", inside)
        kind = str(element.get("texttype") or element.get("type") or "").lower()
        form = HTML if "html" in kind or len(element) or "<" in words else PLAIN
        self.notes.text(self.line)
        if form == PLAIN:
            return to_html(words, PLAIN)[0]
        html, away = to_html(self._with_files(words, element.sourceline or self.line), HTML)
        self.away |= away
        return html

    def _with_files(self, words: str, line: int) -> str:
        def put(found: re.Match[str]) -> str:
            name = self.files.name(found[3], line)
            return f'{found[1]}"files/{name}"' if name else f'{found[1]}""'

        return SOURCE.sub(put, words)

    def picture(self, element: etree._Element) -> Html:
        name = self.files.name(str(element.get("uri", "")), element.sourceline or self.line)
        return Html(f'<img src="files/{name}" alt="">') if name else EMPTY

    def said(self, *idents: str) -> Html:
        """The feedback of these names, without what is there twice."""
        found = [
            self._feedback[ident] for ident in dict.fromkeys(idents) if ident in self._feedback
        ]
        return self.html(*found)

    # Marks

    @property
    def scale(self) -> Fraction | None:
        """What the item's own variable can reach at most, as far as it says."""
        for each in self.element.iter("decvar"):
            found = decimal(str(each.get("maxvalue", "")))
            if found is not None and found > 0:
                return Fraction(found)
        return None

    @property
    def lowest(self) -> Fraction | None:
        for each in self.element.iter("decvar"):
            found = decimal(str(each.get("minvalue", "")))
            if found is not None:
                return Fraction(found)
        return None

    @property
    def mark(self) -> Fraction:
        """What the question brings: as it says, or what its conditions bring at best."""
        for label in ("points_possible", "qmd_weighting", "cc_weighting", "qmd_absolutescore_max"):
            found = decimal(self.fields.get(label, ""))
            if found is not None and found > 0:
                return Fraction(found)
        scale = self.scale
        best = self.scale or max((each.worth or 0 for each in self.conditions), default=0)
        if scale == 100 or not 0 < best <= 1000:
            return Fraction(1)
        return Fraction(best)

    def changed(self, message: TranslationString, line: int = 0) -> None:
        self.notes.changed(message, line or self.line, self.name)

    def finish(self, body: Html) -> str:
        """The name of the question, made of its text when it has none."""
        return self.name or name_of(body) or one_line(self.ident)[:200]


def fields(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Metadata by label; the first of each counts."""
    seen = set()
    for each in element.iter("qtimetadatafield"):
        label = (each.findtext("fieldlabel") or "").strip().lower()
        if label not in seen:
            seen.add(label)
            yield label, (each.findtext("fieldentry") or "").strip()
    for metadata in element.iter("itemmetadata"):
        for child in metadata:
            if isinstance(child.tag, str) and child.tag not in seen and not len(child):
                seen.add(child.tag)
                yield child.tag, (child.text or "").strip()


def _conditions(item: etree._Element) -> Iterator[Condition]:
    for element in item.iter("respcondition"):
        tests: list[Test] = []
        other = False
        for each in element.findall("conditionvar"):
            tests += _tests(each, ())
            other = other or each.find("other") is not None or each.find(".//other") is not None
        worths = [
            Fraction(number)
            for each in element.findall("setvar")
            if (number := decimal((each.text or "").strip())) is not None
        ]
        yield Condition(
            tuple(tests),
            worths[-1] if worths else None,
            tuple(str(each.get("linkrefid", "")) for each in element.findall("displayfeedback")),
            other,
            str(element.get("correctanswer", "")).lower() == "yes",
        )


def _tests(parent: etree._Element, under: tuple[str, ...]) -> Iterator[Test]:
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if child.tag.startswith("var"):
            yield Test(
                child.tag,
                str(child.get("respident", "")),
                (child.text or "").strip(),
                under,
                child,
            )
        else:
            yield from _tests(child, (*under, child.tag))


def number(text: str, item: OldItem) -> Decimal:
    """:raises Broken: when it is no number"""
    found = decimal(text)
    if found is None:
        raise Broken(_("“${text}” is no number.", mapping={"text": one_line(text)[:40]}), item.line)
    return found
