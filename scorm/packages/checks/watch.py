"""All checks of a package's files, fed while these stream through once."""

from collections.abc import Iterable, Iterator, Mapping

from scorm.packages import hosts
from scorm.packages.addresses import Places
from scorm.packages.checks import (
    addresses,
    captions,
    data,
    kinds,
    launches,
    links,
    pages,
    scripts,
    speech,
    weight,
)
from scorm.packages.checks.addresses import Addresses
from scorm.packages.checks.captions import Captions
from scorm.packages.checks.data import DataWatch
from scorm.packages.checks.links import Links
from scorm.packages.checks.markup import Tag, TagReader
from scorm.packages.checks.names import ending
from scorm.packages.checks.pages import PageWatch
from scorm.packages.checks.scripts import ScriptWatch, Trait
from scorm.packages.checks.speech import PAGES, SCRIPTS, Speech
from scorm.packages.checks.styles import StyleReader
from scorm.packages.checks.tally import Tally
from scorm.packages.checks.usage import Usage
from scorm.packages.checks.window import Sight, Window
from scorm.packages.findings import Finding
from scorm.packages.hosts import HostWatch
from scorm.packages.manifest import Manifest
from scorm.packages.reading import Resource

STYLES = frozenset(("css",))
DATA = frozenset(("json",))
OTHER_TEXTS = frozenset(
    ("svg", "xml", "json", "txt", "vtt", "hbs", "xsl", "xslt", "webmanifest", "m3u8", "mpd")
)
TEXTS = PAGES | SCRIPTS | STYLES | OTHER_TEXTS
"""Endings of the files that are looked into."""

RULES = {
    **launches.RULES,
    **addresses.RULES,
    **data.RULES,
    **kinds.RULES,
    **captions.RULES,
    **pages.RULES,
    **links.RULES,
    **scripts.RULES,
    **speech.RULES,
}

FETCHED = frozenset(("script", "link", "img"))
"""Tags whose addresses a browser fetches before a page is there."""


LITTLE = 1000
"""Bytes below which a page that nothing leads to but a script (“you may close this window”) is not
asked for what pages need: authors did not write it, and tools show it in passing."""


class FileWatch:
    """Passes files on unchanged, looks at them, and tells at the end what was found.

    :param sizes: bytes of each file in the package, as far as the zip tells
    :param resources: those of the manifest
    """

    def __init__(self, sizes: Mapping[str, int], resources: Iterable[Resource], manifest: Manifest):
        self.sizes = sizes
        self.manifest = manifest
        self.tally = Tally()
        self.opened = launches.opened(manifest)
        self.hosts = HostWatch()
        self.usage = Usage(sizes, launches.listed(resources, Places(sizes), self.tally))
        self.addresses = Addresses(sizes, self.tally)
        self.captions = Captions()
        self.speech = Speech()
        self.starts: dict[str, set[str]] = {page: set() for page in self.opened}
        self.said = Trait.NONE
        self.folders = {name.rpartition("/")[0] for name in sizes}
        self.little: dict[str, tuple[int | None, list[str]]] = {}

    def through(self, name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Pass a file's pieces on, looking at each; files that are no text only pass."""
        kind = ending(name)
        if kind not in TEXTS:
            yield from pieces
            return
        sight, text = Sight(name), _Text(self, name, kind)
        for piece in pieces:
            yield piece
            if window := sight.push(piece):
                text.look(window)
        text.look(sight.finish())
        text.finish()

    def findings(self, packed: int) -> list[Finding]:
        """What was found, when all files have passed.

        :param packed: bytes of the zip
        """
        for page in sorted(self.little.keys() & self.speech.led_to):
            self.tell_lacks(page, *self.little[page])
        kinds.look(self.sizes, self.tally)
        launches.judge(self.manifest, kinds.DOCUMENTS | kinds.ARCHIVES | kinds.FLASH, self.tally)
        self.captions.judge(
            self.sizes, self.addresses.find, self.tally, by_script=Trait.ADDS_TRACKS in self.said
        )
        scos = [file for file, is_sco in self.opened.items() if is_sco]
        spoken = self.speech.judge(self.manifest, scos, self.tally)
        by_script = {rule for rule, trait in BY_SCRIPT.items() if trait in self.said}
        # SCORM 2004 promises 64 000 characters of suspend_data (RTE 4.2.22).
        unsaid = by_script | ({"suspend-data"} if self.manifest.edition.is_2004 else set())
        rules = {name: rule for name, rule in RULES.items() if name not in unsaid}
        return [
            *self.hosts.findings,
            *kinds.executables(self.sizes),
            *spoken,
            *self.tally.findings(rules),
            *filter(None, (self.usage.finding(), weight.start(self.starts, self.sizes))),
            *weight.findings(self.sizes, packed),
        ]

    def tell_lacks(self, page: str, line: int | None, lacks: list[str]) -> None:
        """Count what a page lacks."""
        for rule in lacks:
            self.tally.add(rule, page, line)


BY_SCRIPT = {
    "page-language": Trait.SETS_LANGUAGE,
    "page-title": Trait.SETS_TITLE,
    "page-viewport": Trait.SETS_VIEWPORT,
}
"""What pages may lack when a script of the package adds it."""


class _Text:
    """Looks at one text file as its kind asks for."""

    def __init__(self, watch: FileWatch, name: str, kind: str):
        self._watch = watch
        self._name = name
        self._styles = StyleReader() if kind in STYLES else None
        self._calls = kind in hosts.TEXT
        self._script: ScriptWatch | None = None
        if kind in PAGES | SCRIPTS:
            page = kind in PAGES
            self._script = ScriptWatch(name, watch.tally, watch.said, page=page)
        self._data = DataWatch(name, watch.addresses.find, watch.folders) if kind in DATA else None
        self._tags: TagReader | None = None
        self._scripted = kind in SCRIPTS
        self._turned = False
        self._found: dict[str, str] = {}
        if kind in PAGES:
            self._tags = TagReader()
            launched = name in watch.opened
            self._page = PageWatch(name, watch.tally, watch.captions, launched=launched)
            self._links = Links(name, watch.tally)

    def look(self, window: Window) -> None:
        self._watch.usage.look(window)
        if self._calls:
            self._watch.hosts.look(window)
        if self._script is not None:
            self._script.look(window)
        if self._styles is not None:
            for address, at in self._styles.addresses(window):
                self._watch.addresses.look(self._name, address, window, at)
        if self._data is not None:
            self._data.look(window)
        if self._tags is not None:
            self._page.read(window)
            for tag in self._tags.tags(window):
                self._look_at(tag, window)

    def _look_at(self, tag: Tag, window: Window) -> None:
        self._page.look(tag, window)
        if tag.name == "script":
            self._scripted = True
        elif tag.name == "base":
            self._turned |= "href" in tag.attributes
        if self._turned or not self._page.document:
            return
        self._links.look(tag, window)
        for address in self._watch.addresses.of_tag(tag):
            found = self._found.get(address)
            if found is None:
                found = self._watch.addresses.look(self._name, address, window, tag.at)
                self._found[address] = found or ""
            if found:
                self._watch.speech.lead(self._name, found)
                if tag.name in FETCHED and self._name in self._watch.starts:
                    self._watch.starts[self._name].add(found)

    def finish(self) -> None:
        if self._data is not None:
            self._data.finish(self._watch.tally)
        if self._tags is not None:
            lacks = self._page.lacks(whole=self._tags.whole)
            if self._name in self._watch.opened or self._watch.sizes[self._name] >= LITTLE:
                self._watch.tell_lacks(self._name, self._page.line, lacks)
            else:
                self._watch.little[self._name] = self._page.line, lacks
            # What was not seen or leads elsewhere may hold anything.
            self._scripted |= self._turned or not self._tags.whole
        if self._script is not None:
            self._script.finish()
            self._watch.said |= self._script.traits
            self._watch.speech.note(self._name, self._script.traits, scripted=self._scripted)
            for address, line in self._script.opens:
                found = self._watch.addresses.find(self._name, address)
                if found is not None and ending(found) in PAGES:
                    self._watch.tally.add("popup", self._name, line, address)
