"""Templates: how certificates look. A version never changes, for certificates name theirs."""

from datetime import datetime

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent


class Templates(Persistent):
    """All templates by id: ``/certificates/templates/<id>``. The three that come with the house are
    not stored (:mod:`certificates.templates.included`)."""

    __name__ = "templates"
    __parent__: object = None

    def __init__(self):
        self._templates = OOBTree()

    def __acl__(self):
        return [("Allow", "role:admin", ("template:view", "template:edit"))]

    def __getitem__(self, key: str) -> "Template":
        return self._templates[key]

    def __contains__(self, key: str) -> bool:
        return key in self._templates

    def get(self, key: str) -> "Template | None":
        return self._templates.get(key)

    def values(self):
        return self._templates.values()

    def add(self, template: "Template") -> None:
        template.__parent__ = self
        self._templates[template.__name__] = template


class Template(Persistent):
    """One template: a name for admins, and its versions by number, from 1."""

    def __init__(self, key: str, name: str, created: datetime):
        self.__name__ = key
        self.__parent__: Templates | None = None
        self.name = name
        self.created = created
        self.retired: datetime | None = None
        self.versions = IOBTree()

    @property
    def current(self) -> "TemplateVersion":
        return self.versions[self.versions.maxKey()]


class TemplateVersion(Persistent):
    """How a certificate looks, for ever: ``design`` is plain data
    (:class:`certificates.designs.Design`), ``images`` are bytes by name (``seal``, ``background``,
    ``signature-1``…)."""

    def __init__(self, number: int, design: dict, images: dict[str, bytes], saved: datetime):
        self.number = number
        self.design = design
        self.images = images
        self.saved = saved
