"""A manifest's elements read to the books, and mended where a tool's meaning is clear.

SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4, 5.1. Every mend and every fault is a finding.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from lxml import etree

from scorm.packages.addresses import (
    MOST_ADDRESSES,
    Places,
    foreign,
    join_base,
    join_parameters,
    launchable,
    split_address,
)
from scorm.packages.definition import Definitions
from scorm.packages.document import (
    NAME,
    XML_BASE,
    ManifestRefused,
    attribute,
    child,
    children,
    local,
    mended,
    text_of,
)
from scorm.packages.effort import MOST_EFFORT, effort_of
from scorm.packages.findings import Finding
from scorm.packages.manifest import (
    CompletionThreshold,
    DataMap,
    Edition,
    Item,
    Manifest,
    Organization,
)
from scorm.packages.prerequisites import findings_on, meaningless
from scorm.packages.room import OF_ITEM, Room, written
from scorm.packages.values import (
    LONGEST_IDENTIFIER,
    flag,
    identifier,
    letters,
    measure,
    number,
    vocabulary,
)
from scorm.packages.words import Words, _, grouped, ngettext

DEEPEST = 50
MOST_ITEMS = 3_000
"""Levels of items, and items in all: more than any course has, few enough to walk. Most packages
have one item or a few dozen (the largest of ADL's test suite: 42); with an item for each page of a
manual they come to some hundreds."""

LONGEST_TITLE = 1000

CORRECT = _("Correct it in your authoring tool.")

HIDEABLE = {
    name.lower(): name
    for name in (
        *("previous", "continue", "exit", "exitAll"),
        *("abandon", "abandonAll", "suspendAll"),
    )
}
"""What ``adlnav:hideLMSUI`` may name (CAM 5.2.1), by its lower case."""

ACTIONS = vocabulary(
    *(f"{end},{how}message" for end in ("exit", "continue") for how in ("", "no "))
)
"""What ``timeLimitAction`` may say (SCORM 1.2 CAM 2.3.2.5; 2004 CAM 3.4.1.12)."""

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


@dataclass(frozen=True)
class Resource:
    """One ``resource``: ``base`` is its folder in the package, ``type`` its SCORM type in lower
    case or None, ``files`` what it lists, each with its line."""

    identifier: str
    base: str
    href: str
    type: str | None
    line: int
    files: tuple[tuple[str, int], ...]


def edition_of(root: etree._Element, findings: list[Finding]) -> Edition:
    """The edition, by ``schemaversion`` first, then by namespaces (CAM 3.4.1.3)."""
    element = child(root, "metadata", "schemaversion")
    said = (text_of(element) or "").lower()
    line = None if element is None else element.sourceline
    if ordinal := re.search(r"\b([1-9])\s*(?:st|nd|rd|th)\b", said):
        number = int(ordinal[1])
        if number not in (2, 3, 4):
            _unsupported(said, findings, line)
        return {1: Edition.SECOND, 2: Edition.SECOND, 3: Edition.THIRD}.get(number, Edition.FOURTH)
    if re.search(r"\b1\.2\b", said) and "cam" not in said:
        return Edition.SCORM_12
    if re.search(r"\b1\.3|2004", said):
        return Edition.SECOND
    # Only where they are declared: each element's own map holds those of all above it.
    namespaces = {uri for _event, (_prefix, uri) in etree.iterwalk(root, events=("start-ns",))}
    known = " ".join(str(uri).lower() for uri in namespaces)
    edition = Edition.SCORM_12
    if "adlcp_rootv1p2" not in known and re.search("adlcp_v1p3|imscp_v1p1|imsss", known):
        edition = Edition.THIRD
    if said:
        _unsupported(said, findings, line)
    else:
        words = _(
            "The manifest does not say which SCORM it follows; it is taken as ${edition}.",
            edition=str(edition),
        )
        findings.append(Finding("note", "edition-unknown", words, "", NAME, root.sourceline))
    return edition


def _unsupported(said: str, findings: list[Finding], line: int | None) -> None:
    findings.append(
        Finding(
            "note",
            "edition-unsupported",
            _(
                "The manifest follows “${edition}”. SCORM 1.2 and 2004 2nd to 4th Edition are "
                "known here; the nearest of them is taken.",
                edition=said[:60],
            ),
            _("Export as SCORM 1.2 or as SCORM 2004 4th Edition."),
            NAME,
            line,
        )
    )


class Reader:
    """Reads one manifest against the names of the files in the package.

    After :meth:`manifest`, ``findings`` tells what was wrong or mended; ``edition`` and ``title``
    are known even when nothing can be launched.

    :raises ManifestRefused: when the document is no manifest
    """

    def __init__(self, root: etree._Element, names: Collection[str]):
        if local(root).lower() != "manifest":
            raise ManifestRefused(
                "manifest-root",
                _(
                    "imsmanifest.xml begins with ${element}, not with <manifest>.",
                    element=f"<{local(root)}>",
                ),
                _("Export the package again as SCORM."),
                root.sourceline,
            )
        self.root = root
        self.findings: list[Finding] = []
        self.edition = edition_of(root, self.findings)
        self.title: str | None = None
        self._inner: dict[str, etree._Element] = {}
        self._pages: dict[str, str | None] = {}
        self._chosen: dict[str, etree._Element | None] = {}
        self.resources = self._resources()
        self._folded = {_folded(name): name for name in reversed(self.resources)}
        self._entered: list[str] = []
        self._places = Places(names)
        self._told: set[str] = set()
        self._count = 0
        self._no_scos = all(resource.type != "sco" for resource in self.resources.values())
        self._room = Room()
        self._definitions = Definitions(
            child(root, "sequencingCollection"), self.edition, self._tell, self._room
        )

    def _resources(self) -> dict[str, Resource]:
        """Those of the manifest, and of the manifests in it (IMS CP 1.1: sub-manifests)."""
        found: dict[str, Resource] = {}
        holders: list[etree._Element] = []
        manifests = [(self.root, "")]
        while manifests:
            manifest, base = manifests.pop(0)
            base = join_base(base, manifest.get(XML_BASE))
            manifests += [(inner, base) for inner in children(manifest, "manifest")]
            if manifest is not self.root:
                self._inner.setdefault(attribute(manifest, "identifier") or "", manifest)
            resources = child(manifest, "resources")
            if resources is not None:
                holders.append(resources)
                self._read_resources(resources, join_base(base, resources.get(XML_BASE)), found)
        self._check_dependencies(holders, found)
        return found

    def _read_resources(
        self, resources: etree._Element, base: str, found: dict[str, Resource]
    ) -> None:
        for element in children(resources, "resource"):
            identifier = attribute(element, "identifier") or ""
            if identifier in found:
                self._add(
                    "warning",
                    "resource-duplicate",
                    _(
                        "Two resources are called “${name}”; the first one is taken.",
                        name=short(identifier),
                    ),
                    _("Give each resource its own identifier."),
                    element,
                )
                continue
            found[identifier] = Resource(
                identifier=identifier,
                base=join_base(base, element.get(XML_BASE)),
                href=attribute(element, "href") or "",
                type=(attribute(element, "scormType") or "").lower() or None,
                line=element.sourceline,
                files=tuple(
                    (attribute(file, "href") or "", file.sourceline)
                    for file in children(element, "file")
                ),
            )

    def _check_dependencies(
        self, holders: list[etree._Element], found: dict[str, Resource]
    ) -> None:
        elements = (one for resources in holders for one in children(resources, "resource"))
        for element in elements:
            for dependency in children(element, "dependency"):
                reference = attribute(dependency, "identifierref") or ""
                if reference not in found:
                    self._add(
                        "warning",
                        "dependency-missing",
                        _(
                            "A resource depends on “${name}”, which does not exist.",
                            name=short(reference),
                        ),
                        _("Take the dependency out, or give it the identifier of a resource."),
                        dependency,
                    )

    def _add(
        self,
        severity: str,
        rule: str,
        message: Words,
        remedy: Words | Literal[""],
        place: etree._Element | int,
    ) -> None:
        line = place if isinstance(place, int) else place.sourceline
        self.findings.append(Finding(severity, rule, message, remedy, NAME, line))

    def _tell(self, severity: str, rule: str, message: Words, element: etree._Element) -> None:
        self._add(severity, rule, message, CORRECT if severity == "warning" else "", element)

    def _warn(self, rule: str, message: Words, element: etree._Element) -> None:
        self._tell("warning", rule, message, element)

    def manifest(self) -> Manifest | None:
        """The manifest, or None when nothing in it can be launched, which is then a finding.

        :raises ManifestRefused: when it has more or deeper items, or more rules for them, than can
            be walked or kept
        """
        holder = child(self.root, "organizations")
        elements = list(children(holder, "organization"))
        if holder is None or not elements:
            self._add(
                "error",
                "nothing-launchable",
                _("The manifest has no organization, so there is nothing to open."),
                _("Export the package as a SCORM course, not as a collection of files."),
                self.root if holder is None else holder,
            )
            return None
        organizations = self._told_apart([self._organization(found) for found in elements])
        chosen = self._default(holder, organizations)
        self.title = chosen.title
        if not _launchable(chosen.items):
            self._add(
                "error",
                "nothing-launchable",
                _("No part of this package can be opened."),
                _("Each part needs a resource with the address of a file that is in the zip."),
                holder,
            )
            return None
        return Manifest(
            identifier=attribute(self.root, "identifier") or "manifest",
            edition=self.edition,
            title=chosen.title,
            organizations=tuple(organizations),
            default_organization=chosen.identifier,
        )

    def _told_apart(self, organizations: list[Organization]) -> list[Organization]:
        """Organizations under identifiers of their own."""
        taken: dict[str, int] = {}
        return [
            replace(organization, identifier=_unique(organization.identifier, taken))
            for organization in organizations
        ]

    def _default(self, holder: etree._Element, organizations: list[Organization]) -> Organization:
        """The organization that is taken: the default, else the first (CAM 3.4.1.6)."""
        default = attribute(holder, "default") or ""
        chosen = next((found for found in organizations if found.identifier == default), None)
        if chosen is not None and _launchable(chosen.items):
            return chosen
        other = next((found for found in organizations if _launchable(found.items)), None)
        if chosen is not None and other is None:
            return chosen
        other = other or organizations[0]
        if chosen is not None:
            words = _(
                "Nothing in the default organization “${name}” can be opened; “${title}” is taken.",
                name=short(default),
                title=other.title,
            )
        elif default:
            words = _(
                "The default organization “${name}” does not exist; “${title}” is taken.",
                name=short(default),
                title=other.title,
            )
        else:
            words = _(
                "The manifest names no default organization; “${title}” is taken.",
                title=other.title,
            )
        self.findings.append(mended("organization-default", words, holder.sourceline))
        return other

    def _organization(self, element: etree._Element) -> Organization:
        self._taken: dict[str, int] = {}
        self._asking: dict[str, int] = {}
        self._count_one(element, 0)
        identifier = self._identifier(element, "organization")
        items = self._items(element, 1)
        organization = Organization(
            identifier=identifier,
            title=_title(element) or self._metadata_title or _first_title(items) or identifier,
            items=items,
            objectives_global_to_system=flag(element, "objectivesGlobalToSystem", True, self._tell),
            shared_data_global_to_system=flag(
                element, "sharedDataGlobalToSystem", True, self._tell
            ),
            completion_threshold=self._threshold(element),
            sequencing=self._definitions.of(element),
        )
        if effort_of(organization) > MOST_EFFORT:
            raise ManifestRefused(
                "course-too-laborious",
                _(
                    "The parts of the contents, their levels and their rules are together more "
                    "than can be gone through each time that a learner takes a step."
                ),
                _(
                    "Split the course into several packages, or give it fewer parts, levels or "
                    "rules."
                ),
                element.sourceline,
            )
        self.findings += findings_on(items, self._asking)
        return organization

    @cached_property
    def _metadata_title(self) -> str:
        """The title in the manifest's own metadata (LOM 1.2)."""
        title = child(self.root, "metadata", "lom", "general", "title")
        return _spaced(text_of(next(children(title, "langstring", "string"), None)))

    def _identifier(self, element: etree._Element, kind: str) -> str:
        """The element's identifier, made unique when it is missing or taken."""
        identifier = attribute(element, "identifier") or ""
        if len(identifier) > LONGEST_IDENTIFIER:
            identifier = ""
        unique = _unique(identifier or kind, self._taken)
        if unique != identifier:
            name = short(unique)
            words = _("An item has no identifier of its own; it is called “${name}”.", name=name)
            if kind == "organization":
                words = _(
                    "An organization has no identifier of its own; it is called “${name}”.",
                    name=name,
                )
            self.findings.append(mended("identifier", words, element.sourceline))
        return unique

    def _count_one(self, element: etree._Element, depth: int) -> None:
        self._count += 1
        if depth > DEEPEST:
            words = ngettext(
                "The contents have more than ${n} level.",
                "The contents have more than ${n} levels.",
                DEEPEST,
            )
        elif self._count > MOST_ITEMS:
            words = ngettext(
                "The contents have more than ${n} part.",
                "The contents have more than ${n} parts.",
                MOST_ITEMS,
            )
        else:
            return
        remedy = _("Split the course into several packages.")
        raise ManifestRefused("items-too-many", words, remedy, element.sourceline)

    def _item(self, element: etree._Element, depth: int) -> Item:
        self._count_one(element, depth)
        identifier = self._identifier(element, "item")
        title = _title(element) or identifier
        reference = attribute(element, "identifierref")
        inner = self._inner_organization(element, title, reference or "")
        if inner is not None:
            reference = None
        launch, sco = self._launch(element, title, reference) if reference else (None, False)
        self._room.take(OF_ITEM + written(launch), element.sourceline)
        items = self._items(element, depth + 1)
        if inner is not None:
            items += self._items(inner, depth + 1)
            self._entered.pop()
        self._check_shape(element, title, bool(reference), bool(items))
        return Item(
            identifier=identifier,
            title=title,
            visible=flag(element, "isvisible", True, self._tell),
            launch=launch,
            sco=sco,
            children=items,
            data_from_lms=text_of(child(element, "dataFromLMS")),
            time_limit_action=self._action(element),
            max_time_allowed=text_of(child(element, "maxtimeallowed")) or None,
            mastery_score=self._mastery(element),
            prerequisites=self._prerequisites(element, identifier, title),
            completion_threshold=self._threshold(element),
            hide_lms_ui=self._hidden(element),
            data_maps=self._data_maps(element),
            sequencing=self._definitions.of(element),
        )

    def _items(self, element: etree._Element, depth: int) -> tuple[Item, ...]:
        """The parts of an organization or item; an organization in another is taken as a part."""
        found = []
        for one in children(element, "item", "organization"):
            if local(one).lower() == "organization":
                words = _("An organization stands in another; it is taken as a part of it.")
                self.findings.append(mended("organization-nested", words, one.sourceline))
            found.append(self._item(one, depth))
        return tuple(found)

    def _inner_organization(
        self, element: etree._Element, title: str, reference: str
    ) -> etree._Element | None:
        """The organization of the manifest in the manifest that an item stands for, which is
        entered; None when it stands for none, or would go in circles."""
        manifest = self._inner.get(reference)
        if manifest is None or reference in self.resources or reference in self._entered:
            return None
        if reference not in self._chosen:
            self._chosen[reference] = _organization_of(manifest)
        chosen = self._chosen[reference]
        if chosen is None:
            return None
        self._entered.append(reference)
        words = _(
            "“${title}” stands for a manifest inside the manifest; the parts of that one are "
            "taken as its parts.",
            title=title,
        )
        self.findings.append(mended("manifest-inner", words, element.sourceline))
        return chosen

    def _action(self, element: etree._Element) -> str | None:
        """What happens when the time is up, in the words of the book if they can be told."""
        found = child(element, "timeLimitAction")
        said = text_of(found)
        if found is None or not said:
            return None
        return self._respelled("timeLimitAction", said, ACTIONS.get(letters(said), said), found)

    def _mastery(self, element: etree._Element) -> str | None:
        """SCORM 1.2: a number; written as a percentage or with a comma it is still one."""
        found = child(element, "masteryscore")
        said = text_of(found)
        if found is None or not said:
            return None
        plain = re.sub("(?<=[0-9]),(?=[0-9])", ".", said.removesuffix("%").rstrip(), count=1)
        if NUMBER.fullmatch(plain):
            if not self.edition.is_2004 and float(plain) > 100:
                words = _(
                    "Nobody can reach a masteryscore of ${said}: scores go from 0 to 100.",
                    said=said[:40],
                )
                self._warn("value-invalid", words, found)
            return self._respelled("masteryscore", said, plain, found)
        words = _(
            "“${said}” is no number for masteryscore; the score decides nothing.", said=said[:40]
        )
        self._warn("value-invalid", words, found)
        return said

    def _respelled(self, name: str, said: str, value: str, element: etree._Element) -> str:
        if value != said:
            words = _(
                "“${said}” is not how ${name} is written; it is taken as ${value}.",
                said=said[:40],
                name=name,
                value=value,
            )
            self._tell("mended", "value-spelling", words, element)
        return value

    def _prerequisites(self, element: etree._Element, identifier: str, title: str) -> str | None:
        """As they are written; where they stand is kept until all items are known."""
        found = child(element, "prerequisites")
        text = text_of(found)
        if found is None or not text:
            return None
        finding = meaningless(found, title, self.edition)
        if finding is None:
            self._asking[identifier] = found.sourceline
            return text
        if finding.severity != "note" or finding.rule not in self._told:
            self._told.add(finding.rule)
            self.findings.append(finding)
        return None

    def _check_shape(self, element, title: str, has_resource: bool, has_items: bool) -> None:
        """In 2004 a part either opens something or holds parts (CAM 3.4.1.9)."""
        if not self.edition.is_2004 or has_resource != has_items:
            return
        if has_items:
            words = _(
                "“${title}” both opens a file and holds other parts, which SCORM 2004 forbids.",
                title=title,
            )
            remedy = _("Move what it opens into a part of its own below it.")
        else:
            words = _("“${title}” neither opens a file nor holds other parts.", title=title)
            remedy = _("Give it a resource, or take it out.")
        self._add("warning", "item-shape", words, remedy, element)

    def _resource(self, element, title: str, reference: str) -> Resource | None:
        """The resource of an item; the name may differ in capitals, or begin with ``#``."""
        name = reference
        if reference not in self.resources:
            name = self._folded.get(_folded(reference), "")
            if name in self.resources:
                words = _(
                    "“${title}” refers to “${name}”; “${other}” is taken.",
                    title=title,
                    name=short(reference),
                    other=short(name),
                )
                self.findings.append(mended("resource-reference", words, element.sourceline))
        return self.resources.get(name)

    def _launch(self, element, title: str, reference: str) -> tuple[str | None, bool]:
        """The launch path of an item with its parameters, and whether it is a SCO."""
        resource = self._resource(element, title, reference)
        if resource is None:
            self._add(
                "error",
                "resource-missing",
                _(
                    "“${title}” refers to the resource “${name}”, which does not exist.",
                    title=title,
                    name=short(reference),
                ),
                _("Give the item the identifier of a resource in the manifest."),
                element,
            )
            return None, False
        launch = self._member(title, resource)
        if launch is None:
            return None, False
        sco = resource.type == "sco" or (resource.type is None and self._no_scos)
        if sco and resource.type is None and "scorm-type" not in self._told:
            self._told.add("scorm-type")
            words = _(
                "No resource says that it is a SCO (scormType); all that can be opened are taken "
                "as SCOs."
            )
            self.findings.append(mended("scorm-type", words, resource.line))
        return join_parameters(launch, attribute(element, "parameters") or ""), sco

    def _only_page(self, resource: Resource) -> str | None:
        """The page that a resource lists, if it lists one alone and that is in the package; many
        items may ask for it."""
        if resource.identifier not in self._pages:
            self._pages[resource.identifier] = self._page_of(resource)
        return self._pages[resource.identifier]

    def _page_of(self, resource: Resource) -> str | None:
        pages = [
            href
            for href, _line in resource.files
            if split_address(href)[0].lower().endswith((".html", ".htm", ".xhtml"))
        ]
        if len(pages) != 1 or foreign(pages[0]):
            return None
        return pages[0] if self._places.find(resource.base, pages[0]) else None

    def _member(self, title: str, resource: Resource) -> str | None:
        """The file that a resource opens, with what follows it in its address."""
        if not resource.href and (page := self._only_page(resource)):
            words = _(
                "The resource of “${title}” has no address (href); ${page}, the only page that "
                "it lists, is opened.",
                title=title,
                page=short(page),
            )
            self.findings.append(mended("launch-href", words, resource.line))
            resource = replace(resource, href=page)
        if not resource.href:
            self._add(
                "error",
                "launch-missing",
                _(
                    "“${title}” has no file to open: its resource has no address (href).",
                    title=title,
                ),
                _("Name the file that starts this part in the resource's href."),
                resource.line,
            )
            return None
        address = resource.href if foreign(resource.href) else resource.base + resource.href
        if foreign(address):
            self._add(
                "error",
                "launch-elsewhere",
                _(
                    "“${title}” opens something outside the package: ${address}.",
                    title=title,
                    address=short(address),
                ),
                _(
                    "Put the page into the package. Nothing is fetched from elsewhere, so that "
                    "nobody learns who is learning here."
                ),
                resource.line,
            )
            return None
        place = self._places.find(resource.base, resource.href)
        if place is None:
            self._add(
                "error",
                "launch-file-missing",
                _(
                    "“${title}” opens ${address}, which is not in the zip.",
                    title=title,
                    address=short(address),
                ),
                _("Add the file to the package, or correct the address in the manifest."),
                resource.line,
            )
            return None
        if place.mended == "case":
            words = _(
                "The manifest names ${address}; the file is called ${name}.",
                address=short(address),
                name=place.member,
            )
            self.findings.append(mended("launch-case", words, resource.line))
        elif place.mended:
            words = _(
                "The address ${address} is not one a browser can open; it is read as ${name}.",
                address=short(address),
                name=place.member,
            )
            self.findings.append(mended("launch-address", words, resource.line))
        return launchable(place.member) + place.rest

    def missing_files(self) -> list[Finding]:
        """Files that the manifest lists and the zip lacks, once each."""
        missing: dict[str, Finding] = {}
        for resource in self.resources.values():
            for href, line in (*resource.files, (resource.href, resource.line)):
                address = resource.base + href
                if not href or foreign(href) or foreign(address) or address in missing:
                    continue
                place = self._places.find(resource.base, href)
                if place is None and self._places.exhausted:
                    return [*missing.values(), self._not_looked_for(line)]
                if place is None:
                    missing[address] = Finding(
                        "warning",
                        "file-missing",
                        _(
                            "The manifest lists ${address}, which is not in the zip.",
                            address=short(address),
                        ),
                        _("Add the file, or take it out of the manifest."),
                        NAME,
                        line,
                    )
        return list(missing.values())

    def _not_looked_for(self, line: int) -> Finding:
        words = ngettext(
            "The addresses that the manifest lists have together more than ${most} character; "
            "those from here on were not looked for.",
            "The addresses that the manifest lists have together more than ${most} characters; "
            "those from here on were not looked for.",
            MOST_ADDRESSES,
            most=grouped(MOST_ADDRESSES),
        )
        return Finding("note", "files-too-many", words, "", NAME, line)

    def _threshold(self, element: etree._Element) -> CompletionThreshold | None:
        """4th Ed.: attributes; 2nd and 3rd: the number is the text (CAM 5.1.1.9)."""
        found = child(element, "completionThreshold")
        if found is None:
            return None
        text = text_of(found)
        odd = text if self.edition is Edition.FOURTH else found.attrib
        if self.edition.is_2004 and odd:
            words = _(
                "The completion threshold is not written as in SCORM ${edition}; it is read.",
                edition=str(self.edition),
            )
            self.findings.append(mended("threshold-form", words, found.sourceline))
        if text:
            return CompletionThreshold(True, number(text, 1.0, found, self._tell), 1.0)
        return CompletionThreshold(
            flag(found, "completedByMeasure", False, self._tell),
            measure(found, "minProgressMeasure", 1.0, self._tell),
            measure(found, "progressWeight", 1.0, self._tell),
        )

    def _hidden(self, element: etree._Element) -> frozenset[str]:
        """The player's controls that the package hides (CAM 5.2.1)."""
        names = set()
        for interface in children(child(element, "presentation"), "navigationInterface"):
            for hidden in children(interface, "hideLMSUI"):
                said = text_of(hidden) or ""
                if name := HIDEABLE.get(said.lower()):
                    names.add(name)
                    self._note_new_control(name, hidden)
                elif said:
                    words = _("“${said}” is no control that can be hidden.", said=said[:40])
                    self._warn("hide-unknown", words, hidden)
        return frozenset(names)

    def _note_new_control(self, name: str, element: etree._Element) -> None:
        """Hiding these came with the 3rd Edition; no other reading is thinkable, so it is done."""
        if self.edition is Edition.SECOND and name in ("exitAll", "abandonAll", "suspendAll"):
            words = _(
                "Only since the 3rd Edition can ${name} be hidden; it is hidden all the same.",
                name=name,
            )
            self._tell("note", "hide-edition", words, element)

    def _data_maps(self, element: etree._Element) -> tuple[DataMap, ...]:
        """The shared data stores of an item, in order (4th Ed. CAM 3.4.1.16)."""
        maps: dict[str, DataMap] = {}
        for data in children(element, "data"):
            for found in children(data, "map"):
                target = identifier(found, "targetID", self._tell)
                if not target:
                    self._warn("data-map", _("A shared data store has no targetID."), found)
                    continue
                maps.setdefault(
                    target,
                    DataMap(
                        target,
                        flag(found, "readSharedData", True, self._tell),
                        flag(found, "writeSharedData", True, self._tell),
                    ),
                )
        return tuple(maps.values())


def _organization_of(manifest: etree._Element) -> etree._Element | None:
    """The organization that a manifest in the manifest stands for."""
    holder = child(manifest, "organizations")
    found = list(children(holder, "organization"))
    if holder is None or not found:
        return None
    default = attribute(holder, "default")
    return next((one for one in found if attribute(one, "identifier") == default), found[0])


def _folded(identifier: str) -> str:
    return identifier.removeprefix("#").casefold()


def _launchable(items: tuple[Item, ...]) -> int:
    """How many of the items and what is below them can be opened."""
    return sum((item.launch is not None) + _launchable(item.children) for item in items)


def _title(element: etree._Element) -> str:
    return _spaced(text_of(child(element, "title")))


def _spaced(text: str | None) -> str:
    return short(" ".join((text or "").split()), LONGEST_TITLE)


def short(text: str, most: int = 200) -> str:
    """At most so many characters of a text, for a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _unique(wanted: str, taken: dict[str, int]) -> str:
    """``wanted``, or with a number after it when it is taken; ``taken`` counts."""
    unique = wanted
    while unique in taken:
        taken[wanted] += 1
        unique = f"{wanted}-{taken[wanted]}"
    taken[unique] = 1
    return unique


def _first_title(items: tuple[Item, ...]) -> str:
    return items[0].title if items else ""
