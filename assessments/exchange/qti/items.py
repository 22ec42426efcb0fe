"""One item of QTI 2 or 3 as an entry: a question of our own where it can be, and its files."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from urllib.parse import unquote

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Entry, QuestionFile
from assessments.exchange.formats import lost_markup, name_of, one_line
from assessments.exchange.media import (
    LARGEST,
    REFUSED,
    embedded,
    embedded_name,
    file_name,
    media_type,
    size,
)
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.qti import inclusions
from assessments.exchange.qti.native import native
from assessments.qti import DocumentRefused, read_item
from assessments.qti.documents import document
from assessments.questions.base import EMPTY, Question
from assessments.questions.html import Html, safe
from assessments.questions.qti import QtiQuestion
from assessments.questions.qti_body import Body

_ = TranslationStringFactory("tutela")

NAMESPACES = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
}
LOADED = ("src", "data")
"""Attributes that name a file which is shown or heard."""
NEVER = ("stylesheet", "apipAccessibility", "catalogInfo", "companionMaterialsInfo", "script")
"""Parts of an item that mean nothing here."""
TITLES = 200

Fetch = Callable[[str], bytes | None]
"""The bytes of a file by the address that an item has for it; None when it is not there."""


@dataclass
class Files:
    """The files of one question in the making, and where each came from."""

    fetch: Fetch
    notes: Notes
    question: str = ""
    taken: dict[str, QuestionFile] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def name(self, address: str, line: int) -> str:
        """The name that the question has for a file; empty when it cannot have it."""
        if address in self.names:
            return self.names[address]
        self.names[address] = found = self._taken(address, line)
        return found

    def _taken(self, address: str, line: int) -> str:
        if address.lstrip()[:5].lower() == "data:":
            return self._embedded(address, line)
        content = self.fetch(address)
        shown = one_line(unquote(address).rpartition("/")[2])[:100]
        if content is None:
            self.notes.left_out(
                _("The file “${name}” is missing.", mapping={"name": shown}), line, self.question
            )
            return ""
        kind = media_type(content)
        if kind is None or len(content) > LARGEST:
            self.notes.left_out(
                _(
                    "The file “${name}” was left out: only pictures (PNG, JPEG, GIF, WebP), sounds "
                    "and videos are taken.",
                    mapping={"name": shown},
                ),
                line,
                self.question,
            )
            return ""
        file = QuestionFile(kind, content)
        # Some exports add what their own server wants to know: “picture.png?download=1”.
        name = file_name(
            unquote(re.split(r"[?#]", address)[0]).rpartition("/")[2], self.taken, file
        )
        self.taken[name] = file
        return name

    def _embedded(self, address: str, line: int) -> str:
        file = embedded(address)
        if file is None:
            self.notes.left_out(REFUSED, line, self.question)
            return ""
        name = embedded_name(file)
        self.taken[name] = file
        return name


def read_entry(content: bytes, fetch: Fetch, notes: Notes) -> Entry:
    """The question of an item.

    :raises Broken: when it cannot be taken
    """
    try:
        first = read_item(content)
        found = document(content)
    except DocumentRefused as refused:
        raise Broken(refused.message, refused.line or 0)
    line = first.root.sourceline or 0
    title = one_line(first.title)[:TITLES]
    files = Files(fetch, notes, title)
    if inclusions.bring(found.root, fetch, notes, title):
        try:
            first = read_item(_written(found.root, found.version).encode())
        except DocumentRefused as refused:
            raise Broken(refused.message, line)
    _bring_stimuli(found.root, fetch, files)
    _bring_files(found.root, files)
    taken_out = _take_out(found.root, notes, title)
    xml = _written(found.root, found.version)
    question = QtiQuestion(name=title, body=EMPTY, language=first.language, xml=xml)
    for problem in question.problems():
        raise Broken(problem, line)
    most = question.most({"MAXSCORE": question.fixed_most()})
    question = replace(question, mark=most)
    for problem in question.problems():
        raise Broken(problem, line)
    made = native(question.item, title, most, most)
    if made is None:
        kept: Question = question
        text, away = _text(question), set[str]()
        notes.changed(
            _(
                "The question is kept as it is in QTI: its own rules mark it. Its texts cannot be "
                "changed here."
            ),
            line,
            title,
        )
    else:
        kept, away = made
        text = kept.body
    away = away | taken_out
    if not kept.name:
        kept = replace(kept, name=name_of(text) or one_line(first.identifier)[:TITLES])
    if away:
        notes.changed(lost_markup(away), line, kept.name)
    for finding in first.findings:
        notes.changed(finding.message, finding.line or line, kept.name)
    return Entry(kept, code=one_line(first.identifier)[:100], files=files.taken, line=line)


def most_of(content: bytes) -> Fraction | None:
    """What an item brings at most by its own rules; None when it cannot be read."""
    try:
        found = document(content)
        item = QtiQuestion(name="", body=EMPTY, xml=_written(found.root, found.version))
        return item.most({"MAXSCORE": item.fixed_most()})
    except DocumentRefused:
        return None


def _text(question: QtiQuestion) -> Html:
    body = question.item.body
    return EMPTY if body is None else safe(Body(question.item, {}).inner(body))


def _bring_stimuli(root: etree._Element, fetch: Fetch, files: Files) -> None:
    """Puts texts that stand in files of their own (assessmentStimulus) before the item's own."""
    body = root.find("itemBody")
    references = root.findall("assessmentStimulusRef")
    for place, reference in enumerate(references):
        address = str(reference.get("href", ""))
        content = fetch(address)
        try:
            stimulus = None if content is None else document(content).root.find("stimulusBody")
        except DocumentRefused:
            stimulus = None
        if stimulus is None or body is None:
            files.notes.left_out(
                _(
                    "The text “${name}” that belongs to the question is missing.",
                    mapping={"name": one_line(address)[:100]},
                ),
                reference.sourceline or 0,
                files.question,
            )
            continue
        folder = address.rpartition("/")[0]
        for element in stimulus.iter():
            for attribute in LOADED:
                source = element.get(attribute)
                if source is not None and folder:
                    element.set(attribute, f"{folder}/{source}")
        stimulus.tag = "div"
        stimulus.attrib.clear()
        body.insert(place, stimulus)
    for reference in references:
        root.remove(reference)


def _bring_files(root: etree._Element, files: Files) -> None:
    """Names in the item the files of the question; what is missing is named no more."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in LOADED:
            address = element.get(attribute)
            if address is None or element.tag in NEVER:
                continue
            name = files.name(str(address), element.sourceline or 0)
            element.set(attribute, f"files/{name}" if name else "")
            if name:
                _measure(element, files.taken[name])


def _measure(element: etree._Element, file: QuestionFile) -> None:
    """Writes how large a picture is where the item does not say: places lie in its pixels."""
    measured = size(file.content)
    if measured is None or element.tag != "object":
        return
    for name, pixels in zip(("width", "height"), measured, strict=True):
        if not str(element.get(name, "")).isdecimal():
            element.set(name, str(pixels))


def _take_out(root: etree._Element, notes: Notes, title: str) -> set[str]:
    """What of the item meant something elsewhere and is taken out, by its names."""
    names = set()
    for element in list(root.iter(*NEVER)):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "stylesheet":
            notes.left_out(
                _("The question’s own styles were left out: it looks like all others."),
                element.sourceline or 0,
                title,
            )
        else:
            names.add(str(element.tag))
        if element.tail and element.tail.strip():
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)
    return names


def _written(root: etree._Element, version: str) -> str:
    """The normalised item as a document of QTI 2.1 or 2.2: QTI 3 says the same in other names."""
    namespace = NAMESPACES["2.2" if version in ("2.2", "3.0") else "2.1"]
    own: Mapping[str | None, str] = {None: namespace}
    made = etree.Element(f"{{{namespace}}}{root.tag}", nsmap=dict(own))
    _copy(root, made, namespace)
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="unicode")


def _copy(element: etree._Element, made: etree._Element, namespace: str) -> None:
    for name, value in element.attrib.items():
        if "schemaLocation" not in str(name):
            made.set(name, value)
    made.text, made.tail = element.text, element.tail
    for child in element:
        if isinstance(child.tag, str):
            tag = child.tag if child.tag.startswith("{") else f"{{{namespace}}}{child.tag}"
            _copy(child, etree.SubElement(made, tag), namespace)
