"""Templates: how certificates look. A version never changes, for certificates name theirs."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent

INCLUDED_IDS = ("quiet", "frame", "band")
"""The templates that come with the house (:data:`certificates.designs.INCLUDED`)."""
LONGEST_NUMBER = 6


class Templates(Persistent):
    """All templates by id: ``/certificates/templates/<id>``. The three that come with the house
    are not stored, but have pages here too."""

    __name__ = "templates"
    __parent__: Any = None

    def __init__(self):
        self._templates = OOBTree()

    def __acl__(self):
        return [("Allow", "role:admin", ("template:view", "template:edit"))]

    def __getitem__(self, key: str) -> "Template | IncludedTemplate":
        if key in INCLUDED_IDS:
            return IncludedTemplate(self, key)
        return self._templates[key]

    def __contains__(self, key: str) -> bool:
        return key in self._templates

    def get(self, key: str) -> "Template | None":
        """One that is stored."""
        return self._templates.get(key)

    def values(self):
        return self._templates.values()

    def add(self, template: "Template") -> None:
        template.__parent__ = self
        self._templates[template.__name__] = template


class IncludedTemplate:
    """One that comes with the house: it is looked at and copied. Nothing is stored here."""

    def __init__(self, parent: Templates, key: str):
        self.__name__ = key
        self.__parent__ = parent


class Template(Persistent):
    """One template: a name for admins, and its versions by number, from 1.

    ``unsaved`` holds by digest the pictures that were sent while somebody works on the next
    version, so that they are sent once.
    """

    def __init__(self, key: str, name: str, created: datetime):
        self.__name__ = key
        self.__parent__: Any = None
        self.name = name
        self.created = created
        self.retired: datetime | None = None
        self.versions = IOBTree()
        self.unsaved = OOBTree()

    def __getitem__(self, number: str) -> "TemplateVersion":
        """``/certificates/templates/<id>/<number>``, of this template's versions alone."""
        if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
            raise KeyError(number)
        return self.versions[int(number)]

    @property
    def current(self) -> "TemplateVersion":
        return self.versions[self.versions.maxKey()]

    def add(self, version: "TemplateVersion") -> None:
        version.__parent__ = self
        self.versions[version.number] = version


class Picture(Persistent):
    """A picture as it is printed: once, in however many versions it is."""

    def __init__(self, content: bytes, added: datetime):
        self.content = content
        self.digest = digest_of(content)
        self.added = added


class TemplateVersion(Persistent):
    """How a certificate looks, for ever: ``design`` is plain data
    (:class:`certificates.designs.Design`), ``images`` are bytes by name (``seal``, ``background``,
    ``signature-1``…).

    :param known: pictures that are kept already, to be shared
    """

    __parent__: Any = None

    def __init__(
        self,
        number: int,
        design: dict,
        images: Mapping[str, bytes],
        saved: datetime,
        known: Iterable[Picture] = (),
    ):
        self.number = number
        self.design = design
        self.saved = saved
        there = {picture.digest: picture for picture in known}
        self.pictures = {
            name: there.get(digest_of(content)) or Picture(content, saved)
            for name, content in images.items()
        }

    @property
    def __name__(self) -> str:
        return str(self.number)

    @property
    def images(self) -> dict[str, bytes]:
        return {name: picture.content for name, picture in self.pictures.items()}


def digest_of(content: bytes) -> str:
    """What a picture is called in addresses and forms."""
    return hashlib.sha256(content).hexdigest()
