"""Writing QTI 2.1, 2.2 and 3.0: a content package of items and tests."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from fractions import Fraction

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Entry, Remark, TakenSection, TakenTest
from assessments.exchange.formats import lost_markup
from assessments.exchange.judging import judge
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.qti import processing as p
from assessments.exchange.qti.native_copy import ENDING, copy_of
from assessments.exchange.qti.writing_items import ItemWriter
from assessments.exchange.qti.xhtml import ILLEGAL, Writer
from assessments.qti.documents import document
from assessments.questions.base import ONE
from assessments.questions.qti import QtiQuestion

_ = TranslationStringFactory("tutela")

VERSIONS = ("2.1", "2.2", "3.0")
NAMESPACES = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
PACKAGES = {
    "2.1": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0"),
    "2.2": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.2 Package", "1.0.0"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0"),
}
WEIGHT = "WEIGHT"
HTML_WORDS = """
    a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd label li object ol p picture pre q rb rp rt
    ruby samp small source span strong sub sup table tbody td tfoot th thead tr track u ul var video
"""
HTML_NAMES = frozenset(HTML_WORDS.split())
DATE = (2000, 1, 1, 0, 0, 0)
"""Of every file in a package: the same questions make the same package."""


def write(
    entries: Iterable[Entry], version: str, tests: Sequence[TakenTest] = ()
) -> tuple[bytes, tuple[Remark, ...]]:
    """The questions as a package, and what QTI cannot say about them.

    :param version: ``2.1``, ``2.2`` or ``3.0``
    :param tests: their sections name entries by their positions
    """
    writing = _Writing(version)
    for position, entry in enumerate(entries, 1):
        writing.item(entry, f"q{position}")
    for position, test in enumerate(tests, 1):
        writing.test(test, f"test{position}")
    return writing.package(), writing.notes.by_line()


class _Writing:
    def __init__(self, version: str) -> None:
        self.version = version
        self.notes = Notes()
        self.files: dict[str, bytes] = {}
        self.resources: list[tuple[str, str, list[str]]] = []
        self.most: list[tuple[str, Fraction, Fraction] | None] = []

    def item(self, entry: Entry, identifier: str) -> None:
        """One question and its files."""
        path = f"items/{identifier}.xml"
        folder = {
            name: f"{identifier}/{number}{_ending(name)}"
            for number, name in enumerate(entry.files, 1)
        }
        try:
            content, most = self._content(entry, identifier, folder)
        except Broken as broken:
            self.notes.broken(broken, question=entry.question.name)
            self.most.append(None)
            return
        names = [path]
        self.files[path] = content
        for name, file in entry.files.items():
            names.append(f"items/{folder[name]}")
            self.files[names[-1]] = file.content
        names.append(f"items/{identifier}{ENDING}")
        self.files[names[-1]] = copy_of(entry, content, folder)
        self._say_what_is_lost(entry)
        self.resources.append((identifier, "item", names))
        self.most.append((identifier, most, entry.question.mark))

    def _content(
        self, entry: Entry, identifier: str, folder: dict[str, str]
    ) -> tuple[bytes, Fraction]:
        question = entry.question

        def address(name: str) -> str:
            return folder.get(name, name)

        if isinstance(question, QtiQuestion):
            root = document(question.xml.encode()).root
            for element in root.iter():
                for attribute in ("src", "data"):
                    source = element.get(attribute)
                    if source and str(source).startswith("files/"):
                        element.set(attribute, address(str(source)[len("files/") :]))
            return self.document(root), question.most({"MAXSCORE": question.fixed_most()})
        judge(question)
        writer = ItemWriter(self.version, identifier, address)
        root, most = writer.item(question)
        for sentence in writer.out.lost:
            self.notes.changed(sentence, question=question.name)
        if writer.out.html.lost:
            self.notes.changed(lost_markup(writer.out.html.lost), question=question.name)
        return self.document(root), most

    def _say_what_is_lost(self, entry: Entry) -> None:
        question = entry.question
        told = [
            (question.hints, _("The hints stand only in the copy that this program reads.")),
            (
                question.translations,
                _("The translations stand only in the copy that this program reads."),
            ),
            (
                entry.tags or entry.category,
                _("The category and the tags stand only in the copy that this program reads."),
            ),
        ]
        for there, sentence in told:
            if there:
                self.notes.changed(sentence, question=question.name)

    def document(self, root: etree._Element) -> bytes:
        """The document in the names of the version."""
        namespace = NAMESPACES[self.version]
        made = etree.Element(
            f"{{{namespace}}}{self._name(str(root.tag))}",
            nsmap={None: namespace},
        )
        self._copy(root, made, namespace)
        etree.cleanup_namespaces(made)
        return etree.tostring(made, xml_declaration=True, encoding="UTF-8") + b"\n"

    def _name(self, name: str) -> str:
        if self.version != "3.0" or name in HTML_NAMES:
            return name
        return f"qti-{_kebab(name)}"

    def _copy(self, source: etree._Element, made: etree._Element, namespace: str) -> None:
        own = not str(source.tag).startswith("{") and source.tag not in HTML_NAMES
        for attribute, value in source.attrib.items():
            name = str(attribute)
            if self.version == "3.0" and own and not name.startswith(("{", "data-", "aria-")):
                name = _kebab(name)
            made.set(name, value)
        made.text, made.tail = source.text, source.tail
        for child in source:
            tag = str(child.tag)
            qualified = tag if tag.startswith("{") else f"{{{namespace}}}{self._name(tag)}"
            self._copy(child, etree.SubElement(made, qualified), namespace)

    # Tests

    def test(self, test: TakenTest, identifier: str) -> None:
        """A test with its sections."""
        part = E.testPart(
            identifier="part",
            navigationMode="linear" if test.sequential else "nonlinear",
            submissionMode="individual" if test.sequential else "simultaneous",
        )
        if test.attempts:
            self.notes.changed(_("How many attempts there are is not kept."))
        for position, section in enumerate(test.sections, 1):
            part.append(self._section(section, f"section{position}"))
        root = E.assessmentTest(
            p.outcome("SCORE", "float", "0"),
            identifier=identifier,
            title=ILLEGAL.sub("", test.title) or identifier,
        )
        if test.seconds:
            root.append(E.timeLimits(maxTime=str(test.seconds)))
        root.append(part)
        weighed = E.testVariables(variableIdentifier="SCORE", weightIdentifier=WEIGHT)
        root.append(E.outcomeProcessing(p.put("SCORE", p.total(weighed))))
        path = f"tests/{identifier}.xml"
        self.files[path] = self.document(root)
        self.resources.append((identifier, "test", [path]))

    def _section(self, section: TakenSection, identifier: str) -> etree._Element:
        title = ILLEGAL.sub("", section.title)
        made = E.assessmentSection(
            identifier=identifier, title=title or identifier, visible="true" if title else "false"
        )
        if section.pick:
            made.append(E.selection(select=str(section.pick)))
        if section.shuffle:
            made.append(E.ordering(shuffle="true"))
        if section.intro:
            block = E.rubricBlock(view="candidate")
            made.append(Writer(lambda source: source).into(block, section.intro, blocks=True))
        marks = section.marks or (None,) * len(section.entries)
        for number, (position, mark) in enumerate(zip(section.entries, marks, strict=True), 1):
            known = self.most[position]
            if known is None:
                continue
            item, most, own = known
            ref = E.assessmentItemRef(
                identifier=f"{identifier}-{number}", href=f"../items/{item}.xml"
            )
            weight = (own if mark is None else mark) / (most or ONE)
            if weight != 1:
                ref.append(E.weight(identifier=WEIGHT, value=p.decimal_text(weight)))
            made.append(ref)
        return made

    # The package

    def package(self) -> bytes:
        """All of it as a zip."""
        namespace, schema, version = PACKAGES[self.version]
        root = etree.Element(f"{{{namespace}}}manifest", nsmap={None: namespace})
        root.set("identifier", "package")

        def add(parent: etree._Element, name: str, text: str = "", **given: str) -> etree._Element:
            made = etree.SubElement(parent, f"{{{namespace}}}{name}", given)
            made.text = text or None
            return made

        metadata = add(root, "metadata")
        add(metadata, "schema", schema)
        add(metadata, "schemaversion", version)
        add(root, "organizations")
        resources = add(root, "resources")
        short = self.version.replace(".", "p")
        for identifier, kind, names in self.resources:
            resource = add(
                resources,
                "resource",
                identifier=f"resource-{identifier}",
                type=f"imsqti_{kind}_xmlv{short}",
                href=names[0],
            )
            for name in names:
                add(resource, "file", href=name)
            if kind == "test":
                for each in self.most:
                    if each is not None:
                        add(resource, "dependency", identifierref=f"resource-{each[0]}")
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
            manifest = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", pretty_print=True
            )
            for name, file in {"imsmanifest.xml": manifest, **self.files}.items():
                package.writestr(zipfile.ZipInfo(name, DATE), file, zipfile.ZIP_DEFLATED)
        return content.getvalue()


def _ending(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found[0].lower() if found else ""


def _kebab(camel: str) -> str:
    for word in ("LT", "GTE", "SD"):
        if camel.endswith(word):
            camel = camel.removesuffix(word) + word.capitalize()
    return re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", camel)
