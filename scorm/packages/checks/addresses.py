"""Addresses that pages and style sheets write, and the files of the package they mean.

Only addresses that are certain are judged: written out in a document's tag or in a style sheet,
with no template language in them and no ``base`` that would turn them. What scripts put together
is not guessed.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from urllib.parse import unquote

from scorm.packages.addresses import SCHEME, climbs, folded, normal_path, split_address
from scorm.packages.checks.markup import Tag
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.checks.window import Window
from scorm.packages.words import _, ngettext

LONGEST = 1000
"""Bytes of an address that is looked at."""

ATTRIBUTES = {
    "img": ("src",),
    "input": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src",),
    "track": ("src",),
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
}
"""Which attributes of a tag are addresses."""

PICTURED = frozenset(("img", "source"))
"""Tags that may name a picture in several sizes (HTML, "Srcset attributes")."""

CANDIDATE = re.compile(r"(?:\A|,)\s*([^\s,]+)")
"""The address of one size."""

NEEDED_LINKS = frozenset(("stylesheet", "preload", "modulepreload"))
"""Kinds of ``link`` that are fetched; that a missing icon is one nobody notices."""

RULES = {
    "reference-missing": Rule(
        "warning",
        lambda n, places: ngettext(
            "One address in the pages leads to a file that is not in the zip: ${places}.",
            "${n} addresses in the pages lead to files that are not in the zip: ${places}.",
            n,
            places=places,
        ),
        _("Add the files to the package, or take out what asks for them."),
    ),
    "style-missing": Rule(
        "note",
        lambda n, places: ngettext(
            "One address in the style sheets leads to a file that is not in the zip: ${places}. "
            "The course may look plainer than it was meant to.",
            "${n} addresses in the style sheets lead to files that are not in the zip: ${places}. "
            "The course may look plainer than it was meant to.",
            n,
            places=places,
        ),
        _("Add the files to the package, if they are missed."),
    ),
    "reference-absolute": Rule(
        "warning",
        lambda n, places: ngettext(
            "One address in the pages leads to the top of the web site, out of the package: "
            "${places}.",
            "${n} addresses in the pages lead to the top of the web site, out of the package: "
            "${places}.",
            n,
            places=places,
        ),
        _("Write the addresses relative to the page, without the slash at their beginning."),
    ),
    "reference-disk": Rule(
        "warning",
        lambda n, places: ngettext(
            "One address in the pages leads to the disk of the computer it was made on: ${places}.",
            "${n} addresses in the pages lead to the disk of the computer they were made on: "
            "${places}.",
            n,
            places=places,
        ),
        _("Put the files into the package, and write their addresses relative to the page."),
    ),
    "reference-case": Rule(
        "note",
        lambda n, places: ngettext(
            "One address in the pages has other capital letters than the file: ${places}. It is "
            "found here, but not on every server.",
            "${n} addresses in the pages have other capital letters than the files: ${places}. "
            "They are found here, but not on every server.",
            n,
            places=places,
        ),
        _("Write the addresses with the same capital letters as the files' names."),
    ),
}


class Addresses:
    """Finds what addresses mean, and tells of those that mean nothing.

    :param names: the files in the package
    """

    def __init__(self, names: Collection[str], tally: Tally):
        self._names = names
        self._tally = tally
        self._folded = {folded(name): name for name in names}

    def of_tag(self, tag: Tag) -> Iterator[str]:
        """The addresses in a tag that a browser would follow."""
        attributes = ATTRIBUTES.get(tag.name, ())
        if not attributes or not tag.certain:
            return
        said = tag.attributes
        if tag.name == "link" and NEEDED_LINKS.isdisjoint(said.get("rel", "").lower().split()):
            return
        for name in attributes:
            if address := said.get(name):
                yield address
        sizes = said.get("srcset", "") if tag.name in PICTURED else ""
        if ":" not in sizes:  # a picture written out (data:) may have commas in it
            yield from CANDIDATE.findall(sizes)

    def find(self, file: str, address: str) -> str | None:
        """The file that an address in ``file`` leads to, whatever its capital letters."""
        if _elsewhere(address):
            return None
        name = _path(file.rpartition("/")[0], address)
        return name if name in self._names else self._folded.get(folded(name))

    def look(self, file: str, address: str, window: Window, at: int) -> str | None:
        """Judge an address that stands at a place in the window; the file that it leads to."""
        if _elsewhere(address) or len(address) > LONGEST:
            return None
        name = _path(file.rpartition("/")[0], address)
        if name in self._names:
            return name
        found = self._folded.get(folded(name))
        if rule := self._fault(file, address, name, found):
            line = window.line_of(at) if self._tally.wants_place(rule) else None
            self._tally.add(rule, file, line, address)
        return found

    def _fault(self, file: str, address: str, name: str, found: str | None) -> str:
        if DISK.match(address):
            return "reference-disk"
        if address.startswith("/"):
            return "reference-absolute"
        if found is not None:
            return "reference-case"
        # Without an ending it may be a folder, or a place within a page made by scripts.
        if "." not in name.rpartition("/")[2]:
            return ""
        return "style-missing" if file.lower().endswith(".css") else "reference-missing"


PLAIN = re.compile(r"[^/.][^/]*(?:/[^/.][^/]*)*")
"""A path that leads straight down."""

DISK = re.compile(r"(?i)file:|[a-z]:[\\/]|\\\\")


def _elsewhere(address: str) -> bool:
    """Whether an address leads to no file by itself: a place in the page, a script, a web site."""
    if DISK.match(address):
        return False
    return address.startswith(("#", "?", "//", "javascript:")) or SCHEME.match(address) is not None


@lru_cache(maxsize=4096)
def _path(folder: str, address: str) -> str:
    """The name in the package that an address means; what leads out of it begins with ``../``."""
    path = unquote(split_address(address.strip())[0]).replace("\\", "/")
    if PLAIN.fullmatch(path):
        return f"{folder}/{path}" if folder else path
    if path.startswith("/"):
        return f"../{path}"
    joined = f"{folder}/{path}" if folder else path
    return f"../{normal_path(joined)}" if climbs(joined) else normal_path(joined)
