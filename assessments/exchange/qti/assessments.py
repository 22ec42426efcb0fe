"""A test of QTI 2 or 3 as a test of ours: sections, what each question brings, and what is lost."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import TakenSection, TakenTest
from assessments.exchange.formats import HTML, one_line, to_html
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.shares import share
from assessments.qti import AssessmentTest, DocumentRefused, read_test
from assessments.qti.structure import ItemRef, Part, Section
from assessments.questions.html import EMPTY, Html

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True)
class Place:
    """An item that a test names.

    :param position: of its entry
    :param mark: of its question
    :param most: what the item brings at most, which weights multiply
    """

    position: int
    mark: Fraction
    most: Fraction


Find = Callable[[str], Place | None]
"""The item by the address that a test has for it."""
MOST_PLACES = 2000
"""Questions and sections of a test: more are no quiz that anybody could look through."""
HEAVIEST = 10**9
MOST_PARTS = 10_000
"""A weight is a mark by all the points of an item: "0.011904761905" is meant to be 1/84."""
LONGEST_TIME = 10**7
"""Seconds; nobody sits longer."""


def read(
    content: bytes, section: Callable[[str], bytes | None], find: Find, notes: Notes
) -> TakenTest:
    """The test.

    :param section: the bytes of a section in a file of its own
    :raises Broken: when it is none
    """
    try:
        test = read_test(content, section)
    except DocumentRefused as refused:
        raise Broken(refused.message, refused.line or 0)
    for finding in test.findings:
        notes.changed(finding.message, finding.line or 0)
    if sum(_places(part.sections) for part in test.parts) > MOST_PLACES:
        raise Broken(
            _(
                "The test names more than ${most} questions and sections. Split it into smaller "
                "ones.",
                mapping={"most": MOST_PLACES},
            ),
            test.root.sourceline or 0,
        )
    reader = _Reader(test, find, notes)
    sections = tuple(
        taken
        for part in test.parts
        for each in part.sections
        for taken in reader.sections(each, ())
    )
    reader.say_what_is_lost()
    return TakenTest(
        title=one_line(test.title) or one_line(test.identifier),
        sections=sections,
        seconds=reader.seconds(),
        sequential=bool(test.parts) and all(part.linear for part in test.parts),
    )


def _places(children: Iterable[ItemRef | Section]) -> int:
    """How many references and sections there are, those within others included."""
    return sum(
        1 + (_places(each.children) if isinstance(each, Section) else 0) for each in children
    )


class _Reader:
    def __init__(self, test: AssessmentTest, find: Find, notes: Notes) -> None:
        self.test = test
        self.find = find
        self.notes = notes

    def sections(self, section: Section, above: tuple[Section, ...]) -> list[TakenSection]:
        """The section and those in it, one after the other: here, sections lie in no others."""
        found, run = [], list[ItemRef]()
        inner = [child for child in section.children if isinstance(child, Section)]
        if inner and (section.select is not None or section.shuffle):
            self.notes.changed(
                _(
                    "The section “${title}” takes or orders whole sections by chance. Here they "
                    "all follow one another.",
                    mapping={"title": one_line(section.title)},
                ),
                self._line(section),
            )
        for child in section.children:
            if isinstance(child, ItemRef):
                run.append(child)
                continue
            if run:
                found.append(self._section(section, run, whole=False))
                run = []
            found += self.sections(child, (*above, section))
        if run or not inner:
            found.append(self._section(section, run, whole=not inner))
        return found

    def _section(self, section: Section, refs: list[ItemRef], whole: bool) -> TakenSection:
        self._say_of_section(section)
        places = [(ref, self.find(ref.href)) for ref in refs]
        known = [(ref, place) for ref, place in places if place is not None]
        for ref, place in places:
            self._say_of_ref(ref, missing=place is None)
        pick = section.select if whole and section.select is not None else 0
        return TakenSection(
            title=one_line(section.title) if section.visible else "",
            intro=self._intro(section),
            shuffle=section.shuffle and whole,
            pick=pick if pick < len(known) else 0,
            entries=tuple(place.position for _ref, place in known),
            marks=tuple(self._mark(ref, place) for ref, place in known),
        )

    def _mark(self, ref: ItemRef, place: Place) -> Fraction | None:
        """What a question brings here: what its item brings times the weight; None for its mark."""
        given = next(iter(ref.weights.values()), 1.0)
        weight = share(str(given), denominators=MOST_PARTS) or Fraction(0)
        if not 0 < weight < HEAVIEST:
            self.notes.changed(
                _(
                    "“${name}” has a weight of 0 or less. Here it brings its own marks.",
                    mapping={"name": one_line(ref.identifier)},
                )
            )
            return None
        return None if weight * place.most == place.mark else weight * place.most

    def _intro(self, section: Section) -> Html:
        blocks = [
            block
            for block in section.element.iterchildren("rubricBlock")
            if "candidate" in str(block.get("view", "")).split()
        ]
        text = "".join(
            (block.text or "")
            + "".join(etree.tostring(child, encoding="unicode") for child in block)
            for block in blocks
        )
        return to_html(text, HTML)[0] if text.strip() else EMPTY

    def seconds(self) -> int:
        limits = [self.test.time_limits.maximum]
        if len(self.test.parts) == 1:
            limits.append(self.test.parts[0].time_limits.maximum)
        given = [each for each in limits if each is not None and 0 < each < LONGEST_TIME]
        return int(min(given)) if given else 0

    @staticmethod
    def _line(section: Section) -> int:
        return section.element.sourceline or 0

    def _say_of_section(self, section: Section) -> None:
        line, title = self._line(section), one_line(section.title)
        if section.with_replacement:
            self.notes.changed(
                _(
                    "The section “${title}” may take a question more than once. Here each is taken "
                    "once at most.",
                    mapping={"title": title},
                ),
                line,
            )
        if section.time_limits.maximum is not None:
            self.notes.left_out(
                _(
                    "The time for the section “${title}” was left out: here only a quiz as a whole "
                    "has one.",
                    mapping={"title": title},
                ),
                line,
            )
        self._say_of_way(section.pre_conditions, section.branch_rules, title, line)
        if section.shuffle and any(
            isinstance(child, ItemRef) and child.fixed for child in section.children
        ):
            self.notes.changed(
                _(
                    "In the section “${title}” some questions keep their places while others are "
                    "shuffled. Here all are shuffled.",
                    mapping={"title": title},
                ),
                line,
            )

    def _say_of_ref(self, ref: ItemRef, missing: bool) -> None:
        name = one_line(ref.identifier)
        if missing:
            self.notes.left_out(
                _("The question “${name}” of the test is missing.", mapping={"name": name})
            )
        if ref.template_defaults:
            self.notes.left_out(
                _(
                    "The test gives “${name}” numbers to begin with. They were left out: it draws "
                    "its own.",
                    mapping={"name": name},
                ),
                ref.template_defaults[0].line,
            )
        if ref.time_limits.maximum is not None:
            self.notes.left_out(
                _(
                    "The time for the question “${name}” was left out: here only a quiz as a whole "
                    "has one.",
                    mapping={"name": name},
                )
            )
        self._say_of_way(ref.pre_conditions, ref.branch_rules, name, 0)

    def _say_of_way(self, conditions: tuple, branches: tuple, name: str, line: int) -> None:
        if conditions or branches:
            self.notes.left_out(
                _(
                    "Whether “${name}” is asked depends on earlier answers. Such rules were left "
                    "out: here it is always asked.",
                    mapping={"name": name},
                ),
                (*conditions, *branches)[0].line or line,
            )

    def say_what_is_lost(self) -> None:
        """What belongs to the test as a whole."""
        if self.test.outcome_rules:
            self.notes.left_out(
                _(
                    "The rules that compute the test’s result were left out: here the marks of all "
                    "questions are added up."
                ),
                self.test.outcome_rules[0].line,
            )
        if self.test.feedback:
            self.notes.left_out(
                _("What the test says at its end was left out. Write it into the quiz’s settings."),
                self.test.feedback[0].sourceline or 0,
            )
        parts: tuple[Part, ...] = self.test.parts
        for part in parts:
            self._say_of_way(part.pre_conditions, part.branch_rules, one_line(part.identifier), 0)
        if len(parts) > 1 and len({part.linear for part in parts}) > 1:
            self.notes.changed(
                _(
                    "Some parts of the test can only be gone through forwards. Here one can go "
                    "back in all of it."
                )
            )
