"""``/certificates``: all certificates by code, and what belongs to them."""

from typing import Any

from persistent import Persistent

from certificates.resources.award import Awards
from certificates.resources.batch import Batches
from certificates.resources.certificate import Certificate, UnknownCode, award_key
from certificates.resources.listing import Listing, entry_of
from certificates.resources.portfolio import Portfolio
from certificates.resources.status import StatusLists
from certificates.resources.template import Templates
from certificates.resources.trees import WideTree

ROOMS = ("awards", "templates", "status", "batches")
"""What lies under ``/certificates`` besides the certificates, whose codes are never so short."""


class CodeTaken(RuntimeError):
    """A new certificate got a code that is in use: the source of random bytes is broken."""


class Certificates(Persistent):
    """All certificates by code, and by the award that each of them documents.

    ``by_award`` maps ``learner/award`` to the code of the award's present certificate: that an
    award is certified once rests on this key. ``register`` has by code what the list of all shows
    of each (:func:`certificates.resources.listing.entry_of`); it is derived, and
    :meth:`register_all` makes it anew.
    """

    __name__ = "certificates"
    __parent__: object = None

    def __init__(self):
        self._certificates = WideTree()
        self.by_award = WideTree()
        self.furnish()

    def furnish(self) -> None:
        """The rooms beside the certificates; those that are there stay as they are."""
        rooms: tuple[Any, ...] = (Awards, Templates, StatusLists, Batches)
        for name, room in zip(ROOMS, rooms, strict=True):
            if name not in self.__dict__:
                made = room()
                made.__parent__ = self
                setattr(self, name, made)
        if "register" not in self.__dict__:
            self.register_all()

    def register_all(self) -> None:
        """Make the register anew."""
        self.register = WideTree()
        for certificate in self.values():
            self.enter(certificate)

    def enter(self, certificate: Certificate) -> None:
        """Keep in the register what is true of a certificate now."""
        self.register[certificate.code] = entry_of(certificate)

    def __acl__(self):
        return [
            ("Allow", "system.Everyone", ("certificate:view",)),
            ("Allow", "system.Authenticated", ("certificate:own",)),
            (
                "Allow",
                "role:admin",
                ("certificate:list", "certificate:issue", "certificate:revoke"),
            ),
        ]

    def __getitem__(self, code: str):
        """The next step of an address. One that leads to no certificate has a page too."""
        if code in ROOMS:
            return getattr(self, code)
        if code == "mine":
            return Portfolio(self)
        if code == "all":
            return Listing(self)
        found = self.get(code)
        return UnknownCode(self, code) if found is None else found

    def get(self, code: str) -> Certificate | None:
        return self._certificates.get(code)

    def values(self):
        """Every certificate, in the order of the codes, which are random."""
        return self._certificates.values()

    def __len__(self) -> int:
        return len(self._certificates)

    def __bool__(self) -> bool:
        return True

    def add(self, certificate: Certificate) -> None:
        """:raises CodeTaken: rather than putting it in the place of another"""
        if not self._certificates.insert(certificate.code, certificate):
            raise CodeTaken("The code of a new certificate is in use. Nothing was changed.")
        certificate.__parent__ = self
        self.by_award[award_key(certificate.learner_id, certificate.award)] = certificate.code
        self.enter(certificate)

    def of_learner(self, learner_id: str) -> list[Certificate]:
        """The learner's present certificates, in the order of their awards."""
        codes = self.by_award.values(award_key(learner_id, ""), f"{learner_id}0", excludemax=True)
        return [self._certificates[code] for code in codes]
