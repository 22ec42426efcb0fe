"""The root of the tree: everything an address can lead to hangs here (architecture §3)."""

from persistent import Persistent

from assessments.resources import Bank, Quizzes
from certificates.resources import Certificates
from lms.resources.audit import AuditTrail
from lms.resources.courses import Courses
from lms.resources.outbox import Outbox
from lms.resources.people import People
from lms.resources.topics import Topics
from scorm.resources import Packages, Registrations

SITE = "site"
HOUSES = ("courses", "packages", "bank", "quizzes", "certificates")
"""What lies directly under the root, by the first step of its addresses."""


class Learning:
    """``/learning``: what the person signed in is learning. Nothing is stored here."""

    __name__ = "learning"

    def __init__(self, parent):
        self.__parent__ = parent

    def __acl__(self):
        return [("Allow", "system.Authenticated", ("learning:view",))]


class Admin:
    """``/admin``: people, topics, audit, work in the background. Nothing is stored here."""

    __name__ = "admin"

    def __init__(self, parent):
        self.__parent__ = parent

    def __acl__(self):
        return [("Allow", "role:admin", ("admin:view",))]

    def __getitem__(self, key):
        if key in ("people", "topics"):
            return getattr(self.__parent__, key)
        if key == "work":
            return self.__parent__.outbox
        raise KeyError(key)


class Site(Persistent):
    """The whole site; ``__getitem__`` is the first step of every address."""

    __name__ = ""
    __parent__ = None

    def __init__(self):
        self.people = People()
        self.audit = AuditTrail()
        self.courses = Courses()
        self.packages = Packages()
        self.registrations = Registrations()
        self.bank = Bank()
        self.quizzes = Quizzes()
        self.certificates = Certificates()
        for name in HOUSES:
            child = getattr(self, name)
            child.__name__ = name
            child.__parent__ = self
        self.outbox = Outbox()
        self.outbox.__parent__ = self
        self.people.__name__ = "people"
        self.people.__parent__ = self
        self.topics = Topics()
        self.topics.__parent__ = self

    def __acl__(self):
        return [("Allow", "system.Everyone", ("site:view",))]

    def __getitem__(self, key: str):
        if key in HOUSES:
            return getattr(self, key)
        if key == "learning":
            return Learning(self)
        if key == "admin":
            return Admin(self)
        raise KeyError(key)


def site_of(connection) -> Site:
    """The site of a ZODB connection."""
    return connection.root()[SITE]


def create_site(root) -> None:
    """Evolution step: a new database gets its site."""
    if SITE not in root:
        root[SITE] = Site()
