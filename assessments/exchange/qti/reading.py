"""Reading QTI: an item, a test, or a package of both, of versions 1.2, 2.1, 2.2 and 3.0."""

from collections.abc import Callable
from dataclasses import dataclass, field

from translationstring import TranslationStringFactory

from assessments.exchange import detect
from assessments.exchange.entries import Entry, Remark, Taken, TakenTest, Unreadable
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.qti import assessments, qti12
from assessments.exchange.qti.items import most_of, read_entry
from assessments.exchange.qti.native_copy import from_copy
from assessments.exchange.qti.packages import Package
from assessments.exchange.work import TAGS_OF_A_TEXT, TooMuch, Work
from assessments.qti.documents import LARGEST

_ = TranslationStringFactory("tutela")

ITEM, TEST, OLD = "item", "test", "old"
ROOTS = {
    "assessmentItem": ITEM,
    "qti-assessment-item": ITEM,
    "assessmentTest": TEST,
    "qti-assessment-test": TEST,
    "questestinterop": OLD,
}


def read(content: bytes, name: str = "", work: Work | None = None) -> Taken:
    """The questions and tests of a file.

    :param name: of the file, for when its content does not tell what it is
    :param work: what may be read of it; None for anything
    :raises Unreadable: when nothing of it can be read
    """
    if content.startswith(b"PK"):
        return _Reading(Package(content, work)).taken()
    kind = kind_of(content, name)
    if kind == OLD:
        return qti12.read(content, work=work)
    if kind == ITEM:
        return _single(content, work)
    if kind == TEST:
        raise Unreadable(
            _(
                "This is a test without its questions. Choose the package that has both: a zip "
                "file with a manifest."
            )
        )
    raise Unreadable(_("This file has no questions of QTI. Choose an item or a package of QTI."))


def _single(content: bytes, work: Work | None) -> Taken:
    notes = Notes(work=work)
    _count(content, notes)
    try:
        entry = read_entry(content, lambda _address: None, notes)
    except Broken as broken:
        raise Unreadable(broken.messages[0], broken.line)
    return Taken((entry,), notes.by_line())


def _count(content: bytes, notes: Notes) -> None:
    """:raises TooMuch: when an item is one too many"""
    notes.question(1)
    notes.text(1, content.count(b"<") // TAGS_OF_A_TEXT)


def kind_of(content: bytes, name: str = "") -> str:
    """Which document of QTI it is, by its first element; empty for none."""
    found = detect.detect(content[: detect.HEAD], name)
    if found == detect.QTI_1_2:
        return OLD
    if found not in (detect.QTI_2_1, detect.QTI_2_2, detect.QTI_3_0):
        return ""
    root = detect.first_element(content)
    return ROOTS.get(root, "")


@dataclass
class _Reading:
    """A package while it is read."""

    package: Package
    entries: list[Entry] = field(default_factory=list)
    tests: list[TakenTest] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: dict[str, int | None] = field(default_factory=dict)
    copied: set[int] = field(default_factory=set)

    def taken(self) -> Taken:
        documents = self._documents()
        for name, kind in documents.items():
            if kind == ITEM:
                self._item(name)
        for name, kind in documents.items():
            if kind == OLD:
                self._old(name)
            elif kind == TEST:
                self._test(name)
        if not (self.entries or self.tests or self.remarks):
            raise Unreadable(_("The manifest of the package names no questions."))
        return Taken(tuple(self.entries), tuple(self.remarks), tuple(self.tests))

    def _documents(self) -> dict[str, str]:
        """The files of QTI that the manifest names, and what each is."""
        found: dict[str, str] = {}
        for resource in self.package.resources():
            for name in resource.files:
                named = name == resource.href and "qti" in resource.type.lower()
                if name in found or not (named or name.lower().endswith((".xml", ".qti"))):
                    continue
                content = self.package.read(name)
                kind = kind_of(content) if content is not None else ""
                if kind:
                    found[name] = kind
            if not resource.files and "qti" in resource.type.lower():
                notes = Notes(self.package.manifest, self.package.work)
                notes.left_out(
                    _(
                        "A file that the manifest names is missing (${name}).",
                        mapping={"name": resource.identifier[:100]},
                    ),
                    resource.line,
                )
                self.remarks += notes.by_line()
        return found

    def _item(self, name: str) -> int | None:
        """The position of an item's entry; None when it could not be taken."""
        if name in self.places:
            return self.places[name]
        self.places[name] = None
        content = self.package.read(name)
        if content is None or len(content) > LARGEST:
            return None
        notes = Notes(name, self.package.work)
        _count(content, notes)
        try:
            copied = from_copy(self.package, name, content)
            entry = copied or read_entry(content, self._near(name), notes)
        except Broken as broken:
            notes.broken(broken)
        else:
            self.places[name] = len(self.entries)
            if copied:
                self.copied.add(len(self.entries))
            self.entries.append(entry)
        self.remarks += notes.by_line()
        return self.places[name]

    def _near(self, name: str) -> Callable[[str], bytes | None]:
        return lambda address: self.package.read(self.package.near(name, address))

    def _test(self, name: str) -> None:
        content = self.package.read(name)
        if content is None:
            return
        notes = Notes(name, self.package.work)

        def place(href: str) -> assessments.Place | None:
            file = self.package.near(name, href)
            found = self._item(file) if file else None
            return None if found is None else self._place(file, found)

        try:
            self.tests.append(assessments.read(content, self._near(name), place, notes))
        except Broken as broken:
            notes.broken(broken)
        self.remarks += notes.by_line()

    def _place(self, name: str, position: int) -> assessments.Place:
        mark = self.entries[position].question.mark
        # A question that came from its copy may bring another mark than its item.
        most = most_of(self.package.read(name) or b"") if position in self.copied else None
        return assessments.Place(position, mark, most or mark)

    def _old(self, name: str) -> None:
        content = self.package.read(name)
        if content is None:
            return
        try:
            taken = qti12.read(
                content, self._near(name), name, len(self.entries), self.package.work
            )
        except TooMuch:
            raise
        except Unreadable as unreadable:
            notes = Notes(name, self.package.work)
            notes.left_out(unreadable.message, unreadable.line)
            self.remarks += notes.by_line()
            return
        self.entries += taken.entries
        self.tests += taken.tests
        self.remarks += taken.remarks
