"""Persistent certificates. What was issued never changes; only a revocation can be added."""

from datetime import datetime

from BTrees.OOBTree import OOBTree
from persistent import Persistent


class CodeTaken(RuntimeError):
    """A new certificate got a code that is in use: the source of random bytes is broken."""


class WideTree(OOBTree):
    """A tree whose leaves split seldom: many can insert at once without meeting."""

    max_leaf_size = 240


class Certificates(Persistent):
    """All certificates by code, and by the award that each of them documents.

    ``by_award`` maps ``learner/award`` to the code of the award's present certificate: that an
    award is certified once rests on this key.
    """

    __name__ = "certificates"
    __parent__ = None

    def __init__(self):
        self._certificates = WideTree()
        self.by_award = WideTree()

    def __acl__(self):
        return [
            ("Allow", "system.Everyone", ("certificate:view",)),
            ("Allow", "role:admin", ("certificate:issue", "certificate:revoke")),
        ]

    def __getitem__(self, code: str) -> "Certificate | UnknownCode":
        """The next step of an address. One that leads to no certificate has a page too."""
        found = self.get(code)
        return UnknownCode(self, code) if found is None else found

    def get(self, code: str) -> "Certificate | None":
        return self._certificates.get(code)

    def add(self, certificate: "Certificate") -> None:
        """:raises CodeTaken: rather than putting it in the place of another"""
        if not self._certificates.insert(certificate.code, certificate):
            raise CodeTaken("The code of a new certificate is in use. Nothing was changed.")
        certificate.__parent__ = self
        self.by_award[award_key(certificate.learner_id, certificate.award)] = certificate.code

    def of_learner(self, learner_id: str) -> list["Certificate"]:
        """The learner's present certificates, in the order of their awards."""
        codes = self.by_award.values(award_key(learner_id, ""), f"{learner_id}0", excludemax=True)
        return [self._certificates[code] for code in codes]


class Certificate(Persistent):
    """One certificate. It holds no name: the learner types one when printing.

    ``snapshot`` is the plain dict given at issue (:func:`certificates.services.issue`);
    ``replaces`` is the code of the revoked certificate that this one stands in for, or None.
    """

    def __init__(self, code: str, *, learner_id: str, award: str, snapshot: dict, issued: datetime):
        self.code = code
        self.__parent__: Certificates | None = None
        self.learner_id = learner_id
        self.award = award
        self.snapshot = snapshot
        self.issued = issued
        self.replaces: str | None = None
        self.revoked: datetime | None = None
        self.reason: str | None = None

    @property
    def __name__(self) -> str:
        return self.code

    def __acl__(self):
        """What the container allows, and printing for the one it was issued to."""
        return [
            ("Allow", f"learner:{self.learner_id}", ("certificate:print",)),
            ("Allow", "role:admin", ("certificate:print",)),
        ]


class UnknownCode:
    """``/certificates/<anything else>``. Nothing is stored here."""

    def __init__(self, parent: Certificates, typed: str):
        self.__parent__ = parent
        self.__name__ = typed


def award_key(learner_id: str, award: str) -> str:
    """The key of :attr:`Certificates.by_award`; a learner's keys stand side by side."""
    return f"{learner_id}/{award}"
