"""An assessmentTest as it is written: parts, sections and references to items (QTI 2.2 §4)."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, TypeVar

from lxml import etree

from assessments.qti import declarations, documents, rules
from assessments.qti.declarations import Declaration
from assessments.qti.documents import Node
from assessments.qti.refusals import DocumentRefused, Finding, _
from assessments.qti.tables import flag

Number = TypeVar("Number", int, float)

SECTION = "assessmentSection"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
"""How an address begins that is not told from anywhere."""


@dataclass(frozen=True, slots=True)
class Control:
    """What a candidate may do with an item (itemSessionControl), inherited from above.

    :param max_attempts: 0 for as many as wanted; adaptive items have no such limit
    """

    max_attempts: int = 1
    show_feedback: bool = False
    allow_review: bool = True
    show_solution: bool = False
    allow_comment: bool = False
    allow_skipping: bool = True
    validate_responses: bool = False


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds that a part of a test must and may take; None for no limit."""

    minimum: float | None = None
    maximum: float | None = None
    allow_late: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """What a reference, a section and a part have in common.

    :param pre_conditions: all must hold for it to be presented
    :param branch_rules: evaluated after it; the first that holds says where to go on
    """

    identifier: str
    pre_conditions: tuple[Node, ...]
    branch_rules: tuple[Node, ...]
    control: Control
    time_limits: TimeLimits


@dataclass(frozen=True, slots=True)
class ItemRef(Placed):
    """A reference to an item.

    :param href: where the document has it, as written
    :param weights: by identifier
    :param mappings: the name that outcome processing uses, to the name in the item
    :param template_defaults: templateDefault elements
    """

    href: str
    required: bool
    fixed: bool
    categories: frozenset[str]
    weights: Mapping[str, float]
    mappings: Mapping[str, str]
    template_defaults: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Section(Placed):
    """A section with its own selection and ordering.

    :param select: how many children are taken; None for all
    :param element: the normalised element, for rubric blocks
    """

    title: str
    visible: bool
    required: bool
    fixed: bool
    keep_together: bool
    select: int | None
    with_replacement: bool
    shuffle: bool
    children: tuple["ItemRef | Section", ...]
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Part(Placed):
    """A part of a test.

    :param linear: True when items come one after the other and rules of the way apply
    :param simultaneous: True when all responses are submitted at the end of the part
    """

    linear: bool
    simultaneous: bool
    sections: tuple[Section, ...]


@dataclass(frozen=True, eq=False)
class AssessmentTest:
    """A test of QTI.

    :param feedback: the testFeedback elements of the test and its parts, in order
    :param root: the whole document, normalised; read it, never change it
    """

    identifier: str
    title: str
    version: str
    declarations: Mapping[str, Declaration]
    parts: tuple[Part, ...]
    outcome_rules: tuple[Node, ...]
    time_limits: TimeLimits
    feedback: tuple[etree._Element, ...]
    root: etree._Element
    findings: tuple[Finding, ...]

    def refs(self) -> Iterator[ItemRef]:
        """All references to items, in the order of the document."""
        for part in self.parts:
            for section in part.sections:
                yield from _refs(section)


def _refs(section: Section) -> Iterator[ItemRef]:
    for child in section.children:
        if isinstance(child, ItemRef):
            yield child
        else:
            yield from _refs(child)


SectionSource = Callable[[str], bytes | None]
"""The content of the document an assessmentSectionRef names by its href; None for none."""


def read_test(content: bytes, section: SectionSource = lambda _href: None) -> AssessmentTest:
    """Read an assessmentTest of QTI 2.1, 2.2 or 3.0.

    :param section: gives sections that stand in documents of their own
    :raises DocumentRefused: not readable, or not a test
    """
    document = documents.document(content)
    root = document.root
    if root.tag != "assessmentTest":
        raise DocumentRefused(_("The file has no test of QTI. Choose one with an assessmentTest."))
    nodes = tuple(
        documents.node(child)
        for child in root
        if child.tag in ("outcomeDeclaration", "contextDeclaration", "outcomeProcessing")
    )
    declared, findings = declarations.declarations(nodes, document.version not in ("2.2", "3.0"))
    outcome_rules = next((node.children for node in nodes if node.name == "outcomeProcessing"), ())
    findings.extend(rules.unknown(outcome_rules))
    reader = _Reader(section, findings)
    return AssessmentTest(
        identifier=str(root.get("identifier", "")),
        title=str(root.get("title", "")),
        version=document.version,
        declarations=MappingProxyType(declared),
        parts=tuple(reader.part(element) for element in root.findall("testPart")),
        outcome_rules=outcome_rules,
        time_limits=_time_limits(root),
        feedback=tuple(root.iter("testFeedback")),
        root=root,
        findings=tuple(findings),
    )


def joined(file: str, address: str) -> str:
    """An address in a file as one from where the file's own address is told."""
    folder = file.rpartition("/")[0]
    if not folder or not address or ADDRESS.match(address):
        return address
    return posixpath.normpath(f"{folder}/{address}")


class _Reader:
    """Reads parts, sections and references, and follows references to sections."""

    def __init__(self, source: SectionSource, findings: list[Finding]) -> None:
        self.source = source
        self.findings = findings
        self.opened: tuple[str, ...] = ()
        self.size = self.depth = 0

    def part(self, element: etree._Element) -> Part:
        """A testPart."""
        placed = self._placed(element, Control())
        return Part(
            *placed,
            linear=element.get("navigationMode", "linear") == "linear",
            simultaneous=element.get("submissionMode") == "simultaneous",
            sections=tuple(
                child for child in self._children(element, placed[3]) if isinstance(child, Section)
            ),
        )

    def _children(self, element: etree._Element, control: Control) -> Iterator[ItemRef | Section]:
        for child in element:
            if child.tag == "assessmentItemRef":
                yield self._item_ref(child, control)
            elif child.tag == "assessmentSection":
                yield self._section(child, control)
            elif child.tag == "assessmentSectionRef":
                yield from self._section_ref(child, control)

    def _section(self, element: etree._Element, control: Control) -> Section:
        placed = self._placed(element, control)
        selection, ordering = element.find("selection"), element.find("ordering")
        return Section(
            *placed,
            title=str(element.get("title", "")),
            visible=_flag(element, "visible", True),
            required=_flag(element, "required", False),
            fixed=_flag(element, "fixed", False),
            keep_together=_flag(element, "keepTogether", True),
            select=None if selection is None else _number(selection, "select", int),
            with_replacement=selection is not None and _flag(selection, "withReplacement", False),
            shuffle=ordering is not None and _flag(ordering, "shuffle", False),
            children=tuple(self._children(element, placed[3])),
            element=element,
        )

    def _section_ref(self, element: etree._Element, control: Control) -> Iterator[Section]:
        href = str(element.get("href", ""))
        content = None if href in self.opened else self.source(href)
        found = content and documents.document(content).root
        if found is None or not isinstance(found, etree._Element) or found.tag != SECTION:
            message = _("The section ${href} is missing.", mapping={"href": href[:200]})
            line = element.sourceline if isinstance(element.sourceline, int) else None
            self.findings.append(Finding(message, line))
            return
        for inner in found.iter("assessmentItemRef", "assessmentSectionRef"):
            # Addresses are told from the file that they stand in; here, all from the test's.
            inner.set("href", joined(href, str(inner.get("href", ""))))
        above = sum(1 for _each in element.iterancestors())
        self._bear(len(content or b""), above)
        self.opened += (href,)
        yield self._section(found, control)
        self.opened = self.opened[:-1]
        self.depth -= above

    def _bear(self, size: int, above: int) -> None:
        """Hold a test with all its sections to what one document may be: ten that each name ten
        others grow without end.

        :raises DocumentRefused: too large or too deep
        """
        self.size += size
        self.depth += above
        if self.size > documents.LARGEST:
            raise DocumentRefused(_("The file is larger than 4 MB. Make it smaller."))
        if self.depth > documents.DEEPEST:
            raise DocumentRefused(_("The file has more than 100 levels of elements."))

    def _item_ref(self, element: etree._Element, control: Control) -> ItemRef:
        pairs = [
            (str(each.get("targetIdentifier", "")), str(each.get("sourceIdentifier", "")))
            for each in element.findall("variableMapping")
        ]
        return ItemRef(
            *self._placed(element, control),
            href=str(element.get("href", "")),
            required=_flag(element, "required", False),
            fixed=_flag(element, "fixed", False),
            categories=frozenset(str(element.get("category", "")).split()),
            weights=MappingProxyType(
                {
                    str(each.get("identifier", "")): _number(each, "value", float) or 0.0
                    for each in element.findall("weight")
                }
            ),
            mappings=MappingProxyType(dict(pairs)),
            template_defaults=_nodes(element, "templateDefault"),
        )

    def _placed(
        self, element: etree._Element, control: Control
    ) -> tuple[str, tuple[Node, ...], tuple[Node, ...], Control, TimeLimits]:
        return (
            str(element.get("identifier", "")),
            _nodes(element, "preCondition"),
            _nodes(element, "branchRule"),
            _control(element.find("itemSessionControl"), control),
            _time_limits(element),
        )


def _nodes(element: etree._Element, name: str) -> tuple[Node, ...]:
    return tuple(documents.node(child) for child in element.findall(name))


def _control(element: etree._Element | None, inherited: Control) -> Control:
    if element is None:
        return inherited
    given: dict[str, Any] = {}
    for part in fields(Control):
        first, *others = part.name.split("_")
        word = element.get(first + "".join(other.capitalize() for other in others))
        if word is not None:
            given[part.name] = (
                _number(element, "maxAttempts", int) or 0
                if part.name == "max_attempts"
                else flag(str(word), False)
            )
    return replace(inherited, **given)


def _time_limits(element: etree._Element) -> TimeLimits:
    found = element.find("timeLimits")
    if found is None:
        return TimeLimits()
    return TimeLimits(
        _number(found, "minTime", float),
        _number(found, "maxTime", float),
        _flag(found, "allowLateSubmission", False),
    )


def _flag(element: etree._Element, name: str, default: bool) -> bool:
    word = element.get(name)
    return default if word is None else flag(str(word), default)


def _number(element: etree._Element, name: str, kind: Callable[[str], Number]) -> Number | None:
    word = element.get(name)
    try:
        return None if word is None else kind(str(word))
    except ValueError:
        return None
