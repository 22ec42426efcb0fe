"""Content packages (IMS CP 1.1 and what is built on it): a zip, its manifest, and safe reading.

Nothing is ever written to a disk, and only what the manifest or a question names is read.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import Unreadable
from assessments.exchange.hardened import parse
from assessments.exchange.work import UNPACKED, Work

_ = TranslationStringFactory("tutela")

MANIFEST = "imsmanifest.xml"
LARGEST_PACKAGE = 500_000_000
"""Bytes of a package."""
LARGEST_FILE = 20_000_000
"""Bytes of one file in it, unpacked."""
LARGEST_TOTAL = 500_000_000
"""Bytes of all files that are read from it, unpacked."""
MOST_FILES = 20_000
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\\\")
BASES = re.compile(r"^\$?(?:IMS[-_]CC[-_]FILEBASE|IMS_CC_FILE_BASE)\$/?|^\$IMS_CC_FILE_?BASE\$/?")


@dataclass(frozen=True)
class Resource:
    """What a manifest names.

    :param href: its file, by its name in the package
    :param files: all its files, its own first
    :param line: in the manifest
    """

    identifier: str
    type: str
    href: str
    files: tuple[str, ...]
    line: int


class Package:
    """A package that is open for reading."""

    def __init__(self, content: bytes, work: Work | None = None) -> None:
        """
        :param work: what may be read of it; None for anything
        :raises Unreadable: when it is no zip with a manifest, or too large
        """
        self.work = work
        if len(content) > LARGEST_PACKAGE:
            raise Unreadable(_("The package is too large. Split it into smaller ones."))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise Unreadable(
                _("The package is damaged: it is no zip file that can be read. Export it again.")
            ) from error
        if len(members) > MOST_FILES:
            raise Unreadable(_("The package has too many files. Split it into smaller ones."))
        self._members = {
            name: member
            for member in members
            # A name has to be looked at first: without one, zipfile cannot tell what it is.
            if (name := safe_name(member.filename)) and not member.is_dir()
        }
        self._left = LARGEST_TOTAL if work is None else UNPACKED
        manifests = [name for name in self._members if posixpath.basename(name) == MANIFEST]
        if not manifests:
            raise Unreadable(_("The package has no manifest (imsmanifest.xml)."))
        self.manifest = min(manifests, key=lambda name: (name.count("/"), name))

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None when it is not there, too large, or cannot be unpacked."""
        member = self._members.get(name)
        if member is None:
            return None
        most = min(LARGEST_FILE, self._left)
        try:
            # What the zip says of the size is not believed: no more than this is unpacked.
            with self._zip.open(member) as file:
                content = file.read(most + 1)
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            zlib.error,
        ):
            return None
        if len(content) > most:
            return None
        self._left -= len(content)
        return content

    def resources(self) -> tuple[Resource, ...]:
        """What the manifest names, in its order.

        :raises Unreadable: when the manifest cannot be read
        """
        content = self.read(self.manifest)
        if content is None:
            raise Unreadable(_("The manifest of the package cannot be unpacked."))
        return tuple(self._resources(parse(content, self.work)))

    def _resources(self, root: etree._Element) -> Iterator[Resource]:
        for element in root.iter("{*}resource"):
            base = base_of(element)
            listed = [str(file.get("href", "")) for file in element.iterchildren("{*}file")]
            own = str(element.get("href", "")) or next(iter(listed), "")
            files = [
                name
                for each in dict.fromkeys([own, *listed])
                if (name := self.near(self.manifest, base + each))
            ]
            yield Resource(
                str(element.get("identifier", "")),
                str(element.get("type", "")),
                self.near(self.manifest, base + own),
                tuple(files),
                element.sourceline or 0,
            )

    def near(self, name: str, href: str) -> str:
        """The file that another file means by an address; empty for none in the package."""
        if BASES.match(href):
            found = self._at("", BASES.sub("", href))
            return found or self._at(posixpath.dirname(self.manifest), BASES.sub("", href))
        return self._at(posixpath.dirname(name), href)

    def _at(self, folder: str, href: str) -> str:
        for each in (href, unquote(href)):
            bare = re.split(r"[?#]", each)[0]
            if not bare or ABSOLUTE.match(bare):
                continue
            found = safe_name(posixpath.join(folder, bare.replace("\\", "/")))
            if found in self._members:
                return found
        return ""


def base_of(element: etree._Element) -> str:
    """What addresses in an element begin with (XML Base): what is around it says so too."""
    around = [element, *element.iterancestors()]
    return "".join(str(each.get(XML_BASE, "")) for each in reversed(around))


def safe_name(name: str) -> str:
    """A name within the package without detours; empty for one that leads out of it."""
    name = name.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or "\0" in name:
        return ""
    plain = posixpath.normpath(name)
    return "" if plain == "." or plain.startswith("..") else plain
