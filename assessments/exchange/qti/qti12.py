"""Reading QTI 1.2: items, assessments and banks as Canvas, Blackboard and Respondus write them."""

from collections.abc import Iterator
from fractions import Fraction

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Entry, Taken, TakenSection, TakenTest, Unreadable
from assessments.exchange.formats import lost_markup, one_line
from assessments.exchange.judging import judge
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.qti.items import Fetch
from assessments.exchange.qti.qti12_source import OldItem, fields, parse
from assessments.exchange.qti.qti12_types import make
from assessments.exchange.shares import decimal
from assessments.exchange.work import Work

_ = TranslationStringFactory("tutela")

ROOT = "questestinterop"


def read(
    content: bytes,
    fetch: Fetch = lambda _address: None,
    file: str = "",
    first: int = 0,
    work: Work | None = None,
) -> Taken:
    """The questions and tests of a file.

    :param fetch: the bytes of a picture or sound by its address
    :param file: its name in a package; :param first: the position of its first entry there
    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is no QTI 1.2, or too much of it
    """
    notes = Notes(file, work)
    root = parse(content, notes)
    if root.tag != ROOT:
        raise Unreadable(
            _("This is XML, but not QTI 1.2: its first element is not “questestinterop”."),
            root.sourceline or 0,
        )
    reading = _Reading(fetch, notes, first)
    reading.loose(root)
    tests = tuple(reading.test(each) for each in root.iterchildren("assessment"))
    for bank in root.iterchildren("objectbank"):
        reading.loose(bank, (_title(bank) or one_line(dict(fields(bank)).get("bank_title", "")),))
    return Taken(tuple(reading.entries), notes.by_line(), tests)


def _title(element: etree._Element) -> str:
    return one_line(str(element.get("title", "")))[:200]


class _Reading:
    def __init__(self, fetch: Fetch, notes: Notes, first: int) -> None:
        self.fetch = fetch
        self.notes = notes
        self.first = first
        self.entries: list[Entry] = []

    def loose(self, parent: etree._Element, category: tuple[str, ...] = ()) -> None:
        """Items that belong to no test."""
        for each in parent.iter("item"):
            if next(each.iterancestors("assessment"), None) is None and (
                parent.tag == "objectbank" or next(each.iterancestors("objectbank"), None) is None
            ):
                self._item(each, tuple(filter(None, category)))

    def test(self, element: etree._Element) -> TakenTest:
        """An assessment: sections in their order, however deep they lie."""
        known = dict(fields(element))
        sections = [
            taken
            for section in element.iterchildren("section")
            for taken in self._sections(section)
        ]
        loose = list(element.iterchildren("item"))
        if loose:
            sections.append(self._section("", loose, 0, None))
        attempts = known.get("cc_maxattempts", "")
        minutes = decimal(known.get("qmd_timelimit", "") or known.get("cc_timelimit", ""))
        return TakenTest(
            title=_title(element),
            sections=tuple(sections),
            seconds=int(minutes * 60) if minutes is not None and 0 < minutes < 100_000 else 0,
            attempts=int(attempts)
            if attempts.isascii() and attempts.isdecimal() and len(attempts) < 4
            else 0,
        )

    def _sections(self, element: etree._Element) -> Iterator[TakenSection]:
        pick = self._pick(element)
        points = decimal(element.findtext(".//points_per_item") or "")
        mark = Fraction(points) if points is not None and points > 0 and pick is not None else None
        title = _title(element) if element.get("ident") != "root_section" else ""
        run: list[etree._Element] = []
        for child in element:
            if child.tag == "item":
                run.append(child)
            elif child.tag == "section":
                if run:
                    yield self._section(title, run, 0, None)
                    run = []
                yield from self._sections(child)
            elif child.tag in ("bankentry_item", "itemref", "sectionref"):
                self.notes.left_out(
                    _("A question lies in a bank that is not in this file. Export the bank too."),
                    child.sourceline or 0,
                )
        for _bank in element.findall("selection_ordering//sourcebank_ref")[:1]:
            if not run:
                self.notes.left_out(
                    _(
                        "The questions of the group “${title}” lie in a bank that is not in this "
                        "file. Export the bank too.",
                        mapping={"title": _title(element)},
                    ),
                    element.sourceline or 0,
                )
        if run:
            yield self._section(title, run, pick or 0, mark)

    @staticmethod
    def _pick(element: etree._Element) -> int | None:
        own = element.find("selection_ordering")
        number = "" if own is None else (own.findtext(".//selection_number") or "").strip()
        return int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else None

    def _section(
        self, title: str, items: list[etree._Element], pick: int, mark: Fraction | None
    ) -> TakenSection:
        places = [place for each in items if (place := self._item(each, ())) is not None]
        return TakenSection(
            title=title,
            pick=pick if pick < len(places) else 0,
            entries=tuple(places),
            marks=tuple(mark for _place in places),
        )

    def _item(self, element: etree._Element, category: tuple[str, ...]) -> int | None:
        """The position of an item's entry; None when it was left out."""
        self.notes.question(element.sourceline or 0)
        item = OldItem(element, self.fetch, self.notes)
        try:
            question, changed = judge(make(item))
        except Broken as broken:
            self.notes.broken(broken, item.line, item.name)
            return None
        if changed is not None:
            item.changed(changed)
        if item.away:
            item.changed(lost_markup(item.away))
        self.entries.append(
            Entry(
                question,
                category,
                code=one_line(item.ident)[:100],
                files=item.files.taken,
                line=item.line,
            )
        )
        return self.first + len(self.entries) - 1
