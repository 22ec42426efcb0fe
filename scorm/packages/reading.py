"""``imsmanifest.xml`` read from whatever a tool wrote: to the books, and mended where it is clear.

No entity is expanded, nothing is fetched, and every mend is a finding (CAM 3.4; runtime.md).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from scorm.packages.findings import Finding
from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    DataMap,
    DeliveryControls,
    Edition,
    Item,
    Manifest,
    Objective,
    Organization,
    RollupFlags,
    Sequencing,
)

NAME = "imsmanifest.xml"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
ABSOLUTE = re.compile(r"(?i)(https?:)?//")


class ManifestRefused(Exception):
    """The manifest cannot be used; carries the finding that says why."""

    def __init__(self, rule: str, message: str, remedy: str, line: int | None = None):
        super().__init__(message)
        self.finding = Finding("error", rule, message, remedy, NAME, line)


def parse(content: bytes) -> tuple[etree._Element, list[Finding]]:
    """The document's root.

    :raises ManifestRefused: when it is no well-formed XML, or plays tricks with entities
    """
    findings: list[Finding] = []
    text = content.lstrip()
    if text != content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.append(_mended("manifest-space", "There was empty space before the manifest."))
        content = text
    if ENTITY.search(content.replace(b"\0", b"")):
        raise ManifestRefused(
            "manifest-entities",
            "The manifest declares XML entities, which no SCORM package needs and which can "
            "harm a server.",
            "Export the package again, or remove the DOCTYPE from imsmanifest.xml.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        mended = _other_encoding(content, parser)
        if mended is None:
            line = getattr(error, "lineno", None)
            raise ManifestRefused(
                "manifest-malformed",
                f"The manifest is not well-formed XML: {_first_sentence(error)}.",
                "Open imsmanifest.xml at this line and close or quote what is open, "
                "or export the package again.",
                line,
            )
        root = mended
        findings.append(
            _mended(
                "manifest-encoding",
                "The manifest is not in the encoding it says it is in; it was read as Windows-1252.",
            )
        )
    return root, findings


def _other_encoding(content: bytes, parser) -> etree._Element | None:
    """Tools that say UTF-8 and write Windows-1252 are common: try that."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    try:
        text = re.sub(r"^<\?xml[^>]*\?>", "", content.decode("windows-1252"))
        return etree.fromstring(text, parser)
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        return None


def _first_sentence(error: Exception) -> str:
    return str(error).split(", line ")[0].rstrip(".")


def _mended(rule: str, message: str, line: int | None = None, file: str = NAME) -> Finding:
    return Finding("mended", rule, message, "", file, line)


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by local name, in any namespace and any case, as tools write them."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].lower() == name.lower():
            return str(value).strip()
    return None


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Child elements with one of these local names, in any case."""
    wanted = {name.lower() for name in names}
    for child in element:
        if isinstance(child.tag, str) and local(child).lower() in wanted:
            yield child


def child(element: etree._Element, *names: str) -> etree._Element | None:
    return next(children(element, *names), None)


def text_of(element: etree._Element | None) -> str | None:
    """The element's own text, trimmed; None when there is no element."""
    if element is None:
        return None
    return "".join(element.itertext()).strip()


def edition_of(root: etree._Element) -> Edition:
    """The edition, by ``schemaversion`` first, then by namespaces (CAM 3.4.1.3)."""
    metadata = child(root, "metadata")
    said = text_of(child(metadata, "schemaversion")) if metadata is not None else None
    version = (said or "").lower()
    if "1.2" in version and "cam" not in version:
        return Edition.SCORM_12
    if "4th" in version:
        return Edition.FOURTH
    if "3rd" in version:
        return Edition.THIRD
    if "1.3" in version or "2nd" in version or "2004" in version:
        return Edition.SECOND
    namespaces = " ".join(str(uri) for uri in _namespaces(root))
    if "adlcp_v1p3" in namespaces or "imscp_v1p1" in namespaces:
        return Edition.THIRD
    return Edition.SCORM_12


def _namespaces(root: etree._Element) -> set[str]:
    return {uri for element in root.iter() for uri in (element.nsmap or {}).values() if uri}


class Reader:
    """Reads one manifest against the names of the files in the package."""

    def __init__(self, root: etree._Element, names: frozenset[str]):
        self.root = root
        self.names = names
        self.folded = {name.casefold(): name for name in names}
        self.edition = edition_of(root)
        self.findings: list[Finding] = []
        self.launchable = 0
        resources = child(root, "resources")
        self.resources = {} if resources is None else self._resources(root, resources)
        collection = child(root, "sequencingCollection")
        self.shared = (
            {}
            if collection is None
            else {
                attribute(found, "ID") or "": found for found in children(collection, "sequencing")
            }
        )

    def _resources(self, root, resources) -> dict[str, etree._Element]:
        found = {}
        for resource in children(resources, "resource"):
            identifier = attribute(resource, "identifier")
            if identifier:
                found.setdefault(identifier, resource)
        self.base = (root.get(XML_BASE) or "") + (resources.get(XML_BASE) or "")
        self.no_scos = not any(
            (attribute(resource, "scormType") or "").lower() == "sco"
            for resource in found.values()
        )
        return found

    def manifest(self) -> Manifest:
        """:raises ManifestRefused: when there is nothing to launch"""
        if local(self.root).lower() != "manifest":
            raise ManifestRefused(
                "manifest-root",
                f"imsmanifest.xml begins with <{local(self.root)}>, not with <manifest>.",
                "Export the package again as SCORM.",
                self.root.sourceline,
            )
        identifier = attribute(self.root, "identifier") or "manifest"
        holder = child(self.root, "organizations")
        found = [] if holder is None else list(children(holder, "organization"))
        if not found:
            raise ManifestRefused(
                "nothing-launchable",
                "The manifest has no organization, so there is nothing to open.",
                "Export the package as a SCORM course, not as a collection of files.",
                None if holder is None else holder.sourceline,
            )
        default = attribute(holder, "default")
        chosen = next((o for o in found if attribute(o, "identifier") == default), None)
        if chosen is None:
            chosen = found[0]
            if default:
                self.findings.append(
                    _mended(
                        "organization-default",
                        f"The default organization “{default}” does not exist; "
                        "the first one is taken.",
                        holder.sourceline,
                    )
                )
        organization = self.organization(chosen)
        if not self.launchable:
            raise ManifestRefused(
                "nothing-launchable",
                "No part of this package can be opened.",
                "Each part needs a resource with the address of a file that is in the zip.",
                chosen.sourceline,
            )
        return Manifest(
            identifier=identifier,
            edition=self.edition,
            title=organization.title,
            organizations=(organization,),
            default_organization=organization.identifier,
        )

    def organization(self, element: etree._Element) -> Organization:
        self.seen: set[str] = set()
        identifier = self._identifier(element, "organization")
        title = self._title(element)
        items = tuple(self.item(found) for found in children(element, "item"))
        return Organization(
            identifier=identifier,
            title=title or (items[0].title if items else identifier),
            items=items,
            objectives_global_to_system=boolean(element, "objectivesGlobalToSystem", True),
            shared_data_global_to_system=boolean(element, "sharedDataGlobalToSystem", True),
            sequencing=self.sequencing(element),
        )

    def _title(self, element: etree._Element) -> str:
        return re.sub(r"\s+", " ", text_of(child(element, "title")) or "")

    def _identifier(self, element: etree._Element, kind: str) -> str:
        """The item's identifier, made unique when it is missing or taken."""
        identifier = attribute(element, "identifier") or ""
        wanted, n = identifier or kind, 2
        unique = wanted
        while unique in self.seen or not unique:
            unique, n = f"{wanted}-{n}", n + 1
        if unique != identifier:
            self.findings.append(
                _mended(
                    "identifier",
                    f"An {kind} has no identifier of its own; it is called “{unique}”.",
                    element.sourceline,
                )
            )
        self.seen.add(unique)
        return unique

    def item(self, element: etree._Element) -> Item:
        identifier = self._identifier(element, "item")
        title = self._title(element) or identifier
        reference = attribute(element, "identifierref")
        launch, sco = self._launch(element, title, reference) if reference else (None, False)
        self.launchable += launch is not None
        presentation = child(element, "presentation")
        return Item(
            identifier=identifier,
            title=title,
            visible=boolean(element, "isvisible", True),
            launch=launch,
            sco=sco,
            children=tuple(self.item(found) for found in children(element, "item")),
            data_from_lms=text_of(child(element, "dataFromLMS")),
            time_limit_action=text_of(child(element, "timeLimitAction")) or None,
            max_time_allowed=text_of(child(element, "maxtimeallowed")) or None,
            mastery_score=text_of(child(element, "masteryscore")) or None,
            prerequisites=text_of(child(element, "prerequisites")) or None,
            completion_threshold=self._threshold(element),
            hide_lms_ui=frozenset(
                text_of(hidden) or ""
                for interface in (
                    children(presentation, "navigationInterface")
                    if presentation is not None
                    else ()
                )
                for hidden in children(interface, "hideLMSUI")
            ),
            data_maps=tuple(
                DataMap(
                    attribute(found, "targetID") or "",
                    boolean(found, "readSharedData", True),
                    boolean(found, "writeSharedData", True),
                )
                for data in children(element, "data")
                for found in children(data, "map")
            ),
            sequencing=self.sequencing(element),
        )

    def _launch(self, element, title: str, reference: str) -> tuple[str | None, bool]:
        """The launch path of an item with its parameters, and whether it is a SCO."""
        resource = self.resources.get(reference)
        if resource is None:
            self._error(
                "resource-missing",
                f"“{title}” refers to the resource “{reference}”, which does not exist.",
                "Give the item the identifier of a resource in the manifest.",
                element,
            )
            return None, False
        href = attribute(resource, "href")
        if not href:
            self._error(
                "launch-missing",
                f"“{title}” has no file to open: its resource has no address (href).",
                "Name the file that starts this part in the resource's href.",
                resource,
            )
            return None, False
        base = self.base + (resource.get(XML_BASE) or "")
        address = join_parameters(self._mended_href(base + href, resource), element_parameters(element))
        if ABSOLUTE.match(address):
            self._error(
                "launch-elsewhere",
                f"“{title}” opens another website: {address}.",
                "Put the page into the package. Nothing is fetched from elsewhere, so that nobody "
                "learns who is learning here.",
                resource,
            )
            return None, False
        path, rest = split_address(address)
        name = self._find(normal_path(unquote(path)), title, resource)
        if name is None:
            return None, False
        said = (attribute(resource, "scormType") or "").lower()
        return name + rest, said == "sco" or self.no_scos

    def _mended_href(self, href: str, resource) -> str:
        mended = re.sub(r"(?i)^file:/*", "", href.strip()).replace("\\", "/")
        if mended != href:
            self.findings.append(
                _mended(
                    "launch-address",
                    f"The address {href} is not one a browser can open; it is read as {mended}.",
                    resource.sourceline,
                )
            )
        return mended

    def _find(self, name: str, title: str, resource) -> str | None:
        if name in self.names:
            return name
        twin = self.folded.get(name.casefold())
        if twin is not None:
            self.findings.append(
                _mended(
                    "launch-case",
                    f"“{title}” names {name}; the file is called {twin}. That file is taken.",
                    resource.sourceline,
                )
            )
            return twin
        self._error(
            "launch-file-missing",
            f"“{title}” opens {name}, which is not in the zip.",
            "Add the file to the package, or correct the address in the manifest.",
            resource,
        )
        return None

    def _error(self, rule: str, message: str, remedy: str, element) -> None:
        self.findings.append(Finding("error", rule, message, remedy, NAME, element.sourceline))

    def _threshold(self, element: etree._Element) -> CompletionThreshold | None:
        """4th Ed.: attributes; 2nd and 3rd: the number is the text (CAM 5.1.1.9)."""
        found = child(element, "completionThreshold")
        if found is None:
            return None
        text = text_of(found)
        if text:
            return CompletionThreshold(True, number(text, 1.0), 1.0)
        return CompletionThreshold(
            boolean(found, "completedByMeasure", False),
            number(attribute(found, "minProgressMeasure"), 1.0),
            number(attribute(found, "progressWeight"), 1.0),
        )

    def sequencing(self, element: etree._Element) -> Sequencing:
        """The item's definition over that of the collection it refers to: each child element of
        the item's own wins whole (CAM 5.1.2)."""
        own = child(element, "sequencing")
        if own is None:
            return Sequencing()
        shared = self.shared.get(attribute(own, "IDRef") or "")

        def part(name: str) -> etree._Element | None:
            found = child(own, name)
            if found is None and shared is not None:
                found = child(shared, name)
            return found

        control, limits = part("controlMode"), part("limitConditions")
        rollup, delivery = part("rollupRules"), part("deliveryControls")
        objectives = part("objectives")
        primary = None if objectives is None else child(objectives, "primaryObjective")
        limit = None if limits is None else attribute(limits, "attemptLimit")
        return Sequencing(
            control=ControlMode(
                boolean(control, "choice", True),
                boolean(control, "choiceExit", True),
                boolean(control, "flow", False),
                boolean(control, "forwardOnly", False),
                boolean(control, "useCurrentAttemptObjectiveInfo", True),
                boolean(control, "useCurrentAttemptProgressInfo", True),
            ),
            primary_objective=None if primary is None else self._objective(primary),
            objectives=(
                ()
                if objectives is None
                else tuple(self._objective(found) for found in children(objectives, "objective"))
            ),
            rollup=RollupFlags(
                boolean(rollup, "rollupObjectiveSatisfied", True),
                boolean(rollup, "rollupProgressCompletion", True),
                1.0 if rollup is None else number(attribute(rollup, "objectiveMeasureWeight"), 1.0),
            ),
            delivery=DeliveryControls(
                boolean(delivery, "tracked", True),
                boolean(delivery, "completionSetByContent", False),
                boolean(delivery, "objectiveSetByContent", False),
            ),
            attempt_limit=int(limit) if limit and limit.isdecimal() else None,
            attempt_absolute_duration_limit=(
                None if limits is None else attribute(limits, "attemptAbsoluteDurationLimit")
            ),
        )

    def _objective(self, element: etree._Element) -> Objective:
        return Objective(
            attribute(element, "objectiveID") or None,
            boolean(element, "satisfiedByMeasure", False),
            number(text_of(child(element, "minNormalizedMeasure")), 1.0),
        )


def boolean(element: etree._Element | None, name: str, default: bool) -> bool:
    """An ``xs:boolean`` attribute, with the default of the book."""
    value = None if element is None else attribute(element, name)
    if value is None:
        return default
    return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), default)


def number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default


def element_parameters(element: etree._Element) -> str:
    return attribute(element, "parameters") or ""


def join_parameters(address: str, parameters: str) -> str:
    """An address with an item's ``parameters`` (CAM 3.4.1.11, the appending algorithm)."""
    parameters = parameters.lstrip("?&")
    if not parameters:
        return address
    if parameters.startswith("#"):
        return address if "#" in address else address + parameters
    address, mark, fragment = address.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{parameters}{mark}{fragment}"


def split_address(address: str) -> tuple[str, str]:
    """The path, and the rest from ``?`` or ``#`` on."""
    cut = min((address.find(mark) for mark in "?#" if mark in address), default=len(address))
    return address[:cut], address[cut:]


def normal_path(path: str) -> str:
    """A relative path without ``.`` and ``..``; it cannot leave the package."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def referenced(root: etree._Element) -> list[tuple[str, int | None]]:
    """Every file the manifest lists, with the line that lists it."""
    resources = child(root, "resources")
    if resources is None:
        return []
    found = []
    for resource in children(resources, "resource"):
        base = (
            (root.get(XML_BASE) or "")
            + (resources.get(XML_BASE) or "")
            + (resource.get(XML_BASE) or "")
        )
        for file in children(resource, "file"):
            href = attribute(file, "href") or ""
            if href and not urlsplit(href).scheme:
                path = normal_path(unquote(split_address(base + href)[0].replace("\\", "/")))
                found.append((path, file.sourceline))
    return found
