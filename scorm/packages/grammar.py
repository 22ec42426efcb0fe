"""A manifest held to the grammar of its edition (see ``content``).

Nothing here keeps a package out. What the reader has made of a fault it says itself, and that is
not said again.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from lxml import etree

from scorm.packages.content import ID, IDREF, INSTANCE, UNUSED, Element, Grammar, Kind, grammar
from scorm.packages.document import NAME, local
from scorm.packages.findings import Finding
from scorm.packages.manifest import Edition
from scorm.packages.words import Words, _, ngettext

LISTED = 3
"""Faults of one rule that are listed singly."""

DEEPEST = 100
"""Levels of elements that are looked at: twice what the reader takes of items, and few enough for
the call stack."""

MOST_FAULTS = 10_000
"""After so many, elements are no longer looked into: the manifest is wrong throughout."""

SHOWN = 60
"""Characters of a value or name in a sentence."""

TOOL = _("Correct it in your authoring tool, or export again with a newer version of the tool.")
NONE_NEEDED = _("The course works all the same. The maker of the authoring tool can correct it.")

RULES = {
    "schema-element": ("warning", TOOL),
    "schema-repeated": ("warning", TOOL),
    "schema-value": ("warning", TOOL),
    "schema-reference": ("warning", TOOL),
    "schema-unused": (
        "note",
        _("Do not rely on it: SCORM has no such limit that every system keeps."),
    ),
    "schema-identifier": ("note", NONE_NEEDED),
    "schema-missing": ("note", NONE_NEEDED),
    "schema-attribute-missing": ("note", NONE_NEEDED),
    "schema-attribute": ("note", NONE_NEEDED),
    "schema-spelling": ("note", NONE_NEEDED),
    "schema-namespace": ("note", NONE_NEEDED),
    "schema-foreign": ("note", NONE_NEEDED),
    "schema-order": ("note", NONE_NEEDED),
    "schema-address": ("note", NONE_NEEDED),
    "schema-empty": ("note", NONE_NEEDED),
    "schema-length": ("note", NONE_NEEDED),
    "schema-text": ("note", NONE_NEEDED),
    "schema-title": ("note", _("Give the part a title in your authoring tool.")),
}
"""Rule → severity and remedy."""

SAID = {
    "schema-identifier": {"identifier", "resource-duplicate", "sequencing-repeated"},
    "schema-reference": {"organization-default", "sequencing-missing"},
    "schema-repeated": {"sequencing-repeated"},
    "schema-missing": {"rule-action", "rule-conditions", "nothing-launchable"},
    "schema-attribute-missing": {
        *("identifier", "rule-action", "rule-condition", "objective-id", "map-target", "data-map"),
        "dependency-missing",
    },
    "schema-attribute": {"threshold-form"},
    "schema-element": {"objectives-edition", "organization-nested"},
    "schema-empty": {"threshold-form", "value-invalid"},
    "schema-spelling": {"value-spelling", "hide-edition"},
    "schema-value": {
        *("value-invalid", "value-spelling", "rule-action", "rule-condition", "rule-children"),
        *("hide-unknown", "hide-edition", "threshold-form", "dependency-missing"),
    },
}
"""What the reader's rules say, when they speak of the same line, need not be said again."""


class Checked(NamedTuple):
    """What a check found.

    :param conforms: whether the manifest is what the schemas of its edition demand
    :param findings: what its author should know: of each rule the first few, and how many more
    """

    conforms: bool
    findings: tuple[Finding, ...]


def checked(root: etree._Element, edition: Edition, told: Iterable[Finding] = ()) -> Checked:
    """The manifest under ``root`` held to the books of an edition.

    :param told: what the reader has found in it
    """
    check = _Check(grammar(edition), edition, told)
    check.root(root)
    more = (
        Finding(RULES[rule][0], rule, _same(number - LISTED), RULES[rule][1], NAME)
        for rule, number in check.numbers.items()
        if number > LISTED
    )
    return Checked(check.conforms, (*check.findings, *more))


def _same(more: int) -> Words:
    return ngettext(
        "The same is the case once more in this package.",
        "The same is the case ${n} more times in this package.",
        more,
    )


class _Check:
    """One walk through a manifest."""

    def __init__(self, tables: Grammar, edition: Edition, told: Iterable[Finding]):
        self._tables = tables
        self._told = {(finding.line, finding.rule) for finding in told}
        self._edition = str(edition)
        self._own = dict(tables.namespaces)
        self._names: dict[str, tuple[str, str]] = {}
        self._identifiers: set[str] = set()
        self._references: list[tuple[str, str, etree._Element]] = []
        self._strange: set[str] = set()
        self._depth = 0
        self._found = 0
        self.conforms = True
        self.numbers: dict[str, int] = {}
        self.findings: list[Finding] = []

    def root(self, root: etree._Element) -> None:
        space, name = self._split(root.tag)
        if self._own.get(space) != "imscp":
            self._namespace(root, of_schema=True)
            self._own[space] = "imscp"
        if name != "manifest":
            self._spelling("manifest", _written(root), root)
        self._element(root, "imscp:manifest", self._tables.elements["imscp:manifest"])
        for name, value, element in self._references:
            if value not in self._identifiers:
                words = _(
                    "${name} says “${value}”, and nothing in the manifest is called so.",
                    name=name,
                    value=value[:SHOWN],
                )
                self._fault("schema-reference", words, element)

    def _split(self, tag: str) -> tuple[str, str]:
        """Namespace, empty for none, and name of a tag or an attribute."""
        if tag not in self._names:
            space, _end, name = str(tag).rpartition("}")
            self._names[tag] = (space[1:], name)
        return self._names[tag]

    def _fault(
        self, rule: str, message: Words, element: etree._Element, *, of_schema: bool = True
    ) -> None:
        """Tell a fault; ``of_schema``: a schema of the edition does, too."""
        self.conforms = self.conforms and not of_schema
        line = element.sourceline
        if any((line, said) in self._told for said in SAID.get(rule, ())):
            return
        self._found += 1
        self.numbers[rule] = self.numbers.get(rule, 0) + 1
        if self.numbers[rule] <= LISTED:
            severity, remedy = RULES[rule]
            self.findings.append(Finding(severity, rule, message, remedy, NAME, line))

    def _element(self, element: etree._Element, key: str, model: Element) -> None:
        if self._depth == DEEPEST or self._found > MOST_FAULTS:
            return
        self._depth += 1
        self._attributes(element, key, model)
        if model.text is not None:
            self._value(local(element), element.text or "", model.text, element)
        elif (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            words = _(
                "There is text in <${element}>, where SCORM has none; it is left out.",
                element=local(element),
            )
            self._fault("schema-text", words, element)
        if len(element) or model.parts:
            self._children(element, key, model)
        if key in ("imscp:item", "imscp:organization"):
            self._titled(element)
        self._depth -= 1

    def _titled(self, element: etree._Element) -> None:
        """By the book there must be a title; the schemas do not ask (CAM 3.4.1.7, 3.4.1.9)."""
        if not any(self._split(child.tag)[1].lower() == "title" for child in element):
            words = _(
                "<${element}> has no title; another name is shown in its place.",
                element=local(element),
            )
            self._fault("schema-title", words, element, of_schema=False)

    def _children(self, element: etree._Element, key: str, model: Element) -> None:
        prefix = key.partition(":")[0]
        places = {part.name: place for place, part in enumerate(model.parts)}
        seen: dict[str, int] = {}
        meant: set[str] = set()
        reached, last = 0, element
        for child in element:
            space, name = self._split(child.tag)
            own = self._own.get(space) == prefix
            if own and name in places:
                place = places[name]
                seen[name] = seen.get(name, 0) + 1
                if seen[name] > (model.parts[place].most or math.inf):
                    self._repeated(child, key)
                elif place < reached:
                    self._late(child, last, key)
                else:
                    reached, last = place, child
                below = f"{key}/{name}"
                if below not in self._tables.elements:
                    below = f"{prefix}:{name}"
                self._element(child, below, self._tables.elements[below])
            elif own or not space or not model.others:
                meant.add(self._stray(child, key, of_schema=True))
            else:
                reached, last = len(model.parts), child
                meant.add(self._other(child, key, seen))
        for part in model.parts:
            if part.least > seen.get(part.name, 0):
                self.conforms = False
                if f"{prefix}:{part.name}" not in meant:
                    self._lacking(element, part.name)

    def _other(self, child: etree._Element, key: str, seen: dict[str, int]) -> str:
        """An element of another namespace, which follows those of the parent's own; the element
        that it is meant to be, or empty."""
        space, name = self._split(child.tag)
        known = f"{self._own.get(space)}:{name}"
        if known.startswith("lom:"):
            return known
        places = self._tables.places.get(known)
        if places is None:
            lax = self._tables.lax and key != "imsss:sequencing"
            if lax:
                for below in child:
                    self._below(below)
            return self._stray(child, key, of_schema=not lax)
        seen[known] = seen.get(known, 0) + 1
        if key not in places:
            self._stray(child, key, of_schema=False)
        elif seen[known] > 1:
            self._repeated(child, key, of_schema=False)
        self._element(child, known, self._tables.elements[known])
        return known

    def _below(self, element: etree._Element) -> None:
        """What a foreign element holds may be anything; what the tables know of it must be right
        (4th Ed.: ``lax``)."""
        space, name = self._split(element.tag)
        known = f"{self._own.get(space)}:{name}"
        if known in self._tables.places and known in self._tables.elements:
            self._element(element, known, self._tables.elements[known])
        elif self._depth < DEEPEST:
            self._depth += 1
            for below in element:
                self._below(below)
            self._depth -= 1

    def _stray(self, child: etree._Element, key: str, *, of_schema: bool) -> str:
        """An element that its parent cannot have; the element that it is meant to be, or empty."""
        space, name = self._split(child.tag)
        meant = _near(self._tables).get((key, name.lower()), "")
        if self._own.get(space) is None and (meant or not space):
            self._namespace(child, of_schema=of_schema)
        elif meant:
            self._spelling(_bare(meant), _written(child), child, of_schema=of_schema)
        elif self._own.get(space) is None:
            if of_schema:
                words = _(
                    "<${element}> in <${parent}> is not of SCORM ${edition}, but of another "
                    "standard or of a tool; it is left out.",
                    edition=self._edition,
                    element=_written(child),
                    parent=_bare(key),
                )
                self._fault("schema-foreign", words, child)
        else:
            words = _(
                "SCORM ${edition} has no <${element}> in <${parent}>; do not rely on it.",
                edition=self._edition,
                element=_written(child),
                parent=_bare(key),
            )
            self._fault("schema-element", words, child, of_schema=of_schema)
        return meant

    def _spelling(
        self, right: str, wrong: str, element: etree._Element, *, of_schema: bool = True
    ) -> None:
        words = _(
            "SCORM ${edition} writes <${right}> and not <${wrong}>; it is read all the same.",
            edition=self._edition,
            right=right,
            wrong=wrong,
        )
        self._fault("schema-spelling", words, element, of_schema=of_schema)

    def _namespace(self, element: etree._Element, *, of_schema: bool) -> None:
        """Told once of each namespace."""
        space, _name = self._split(element.tag)
        if space in self._strange:
            self.conforms = self.conforms and not of_schema
            return
        self._strange.add(space)
        words = _(
            "<${element}> is in no namespace; it is read by its name alone.",
            element=_written(element),
        )
        if space:
            words = _(
                "<${element}> is in the namespace “${space}”, which is none of SCORM ${edition}; "
                "it is read by its name alone.",
                element=_written(element),
                space=space[:SHOWN],
                edition=self._edition,
            )
        self._fault("schema-namespace", words, element, of_schema=of_schema)

    def _repeated(self, child: etree._Element, key: str, *, of_schema: bool = True) -> None:
        words = _(
            "There is a second <${element}> in <${parent}>; the first one counts.",
            element=local(child),
            parent=_bare(key),
        )
        self._fault("schema-repeated", words, child, of_schema=of_schema)

    def _late(self, child: etree._Element, before: etree._Element, key: str) -> None:
        words = _(
            "In <${parent}>, <${element}> must come before <${other}>; it is read all the same.",
            element=_written(child),
            other=_written(before),
            parent=_bare(key),
        )
        self._fault("schema-order", words, child)

    def _lacking(self, element: etree._Element, name: str) -> None:
        words = _(
            "<${element}> has no <${name}>, which SCORM ${edition} wants there.",
            element=local(element),
            name=name,
            edition=self._edition,
        )
        self._fault("schema-missing", words, element)

    def _attributes(self, element: etree._Element, key: str, model: Element) -> None:
        given: set[str] = set()
        for tag, value in element.attrib.items():
            space, name = self._split(str(tag))
            if space == INSTANCE:
                continue
            if not space:
                kind = model.attributes.get(name)
            elif model.decorated:
                kind = self._tables.attributes.get(f"{self._own.get(space)}:{name}")
            else:
                kind = None
            if kind is None:
                given.add(self._odd(element, key, model, space, name))
                continue
            if not space:
                given.add(name)
            self._value(name, value, kind, element)
            if name in UNUSED:
                words = _("${name} is set, which SCORM leaves out of account.", name=name)
                self._fault("schema-unused", words, element, of_schema=False)
        for name in model.required - given:
            words = _(
                "<${element}> has no ${name}, which SCORM ${edition} wants there.",
                element=local(element),
                name=name,
                edition=self._edition,
            )
            self._fault("schema-attribute-missing", words, element)

    def _odd(self, element: etree._Element, key: str, model: Element, space: str, name: str) -> str:
        """An attribute that the element cannot have; the one that it is meant to be, or empty."""
        prefix = self._own.get(space)
        lax = bool(space) and model.decorated and self._tables.lax and key != "imscp:dependency"
        strict = not lax or prefix == key.partition(":")[0]
        known = (*model.attributes, *(self._tables.attributes if model.decorated else ()))
        meant = next((one for one in known if one.rpartition(":")[2].lower() == name.lower()), "")
        if meant:
            words = _(
                "SCORM ${edition} writes ${right} and not ${wrong}; it is read all the same.",
                edition=self._edition,
                right=meant,
                wrong=f"{prefix}:{name}" if prefix else name,
            )
            self._fault("schema-spelling", words, element, of_schema=strict)
        elif space and prefix is None:
            if strict:
                words = _(
                    "${name} of <${element}> is not of SCORM ${edition}, but of another standard "
                    "or of a tool; it is left out.",
                    edition=self._edition,
                    element=local(element),
                    name=name,
                )
                self._fault("schema-foreign", words, element)
        else:
            words = _(
                "SCORM ${edition} has no ${name} on <${element}>; do not rely on it.",
                edition=self._edition,
                element=local(element),
                name=name,
            )
            self._fault("schema-attribute", words, element, of_schema=strict)
        return meant

    def _value(self, name: str, value: str, kind: Kind, element: etree._Element) -> None:
        """A value of an attribute or the text of an element, by its kind."""
        if kind is IDREF:
            self._references.append((name, value.strip(), element))
        elif kind is ID:
            self._identifier(name, value.strip(), element)
        elif kind.most is not None and len(value) > kind.most:
            words = _(
                "${name} has more than ${most} characters, which not every system keeps.",
                name=name,
                most=kind.most,
            )
            self._fault("schema-length", words, element)
        if kind is not IDREF and kind is not ID and not kind.fits(value):
            rule = kind.rule
            if not value.strip():
                rule = "schema-empty"
                words = _("${name} is empty; it is as if it were not there.", name=name)
            elif kind.nearly(value):
                rule = "schema-spelling"
                words = _(
                    "“${value}” is not how SCORM writes ${name}; it is read all the same.",
                    name=name,
                    value=value[:SHOWN],
                )
            else:
                words = _(
                    "“${value}” is no value for ${name}; it must be ${expected}.",
                    name=name,
                    value=value[:SHOWN],
                    expected=kind.expected,
                )
            self._fault(rule, words, element)

    def _identifier(self, name: str, value: str, element: etree._Element) -> None:
        """Well written, and given once in the manifest (XML Schema: ``ID``)."""
        if not ID.fits(value):
            words = _(
                "The ${name} “${value}” is not written as XML wants it: ${expected}.",
                name=name,
                value=value[:SHOWN],
                expected=ID.expected,
            )
            self._fault("schema-identifier", words, element)
        elif value in self._identifiers:
            words = _(
                "The ${name} “${value}” is given more than once in the manifest.",
                name=name,
                value=value[:SHOWN],
            )
            self._fault("schema-identifier", words, element)
        self._identifiers.add(value)


def _bare(key: str) -> str:
    return key.removeprefix("imscp:")


def _written(element: etree._Element) -> str:
    """An element's name as the manifest writes it."""
    return f"{element.prefix}:{local(element)}" if element.prefix else local(element)


@cache
def _near(tables: Grammar) -> dict[tuple[str, str], str]:
    """Parent and a child's name in lower case → the child."""
    near = {
        (parent, element.rpartition(":")[2].lower()): element
        for element, parents in tables.places.items()
        for parent in parents
    }
    for parent, model in tables.elements.items():
        prefix = parent.partition(":")[0]
        near |= {(parent, part.name.lower()): f"{prefix}:{part.name}" for part in model.parts}
    return near
