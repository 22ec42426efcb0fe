"""Persistent certificates. What was issued never changes; only a revocation can be added."""

from BTrees.OOBTree import OOBTree
from persistent import Persistent


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

    def __getitem__(self, code: str) -> "Certificate":
        return self._certificates[code]

    def get(self, code: str) -> "Certificate | None":
        return self._certificates.get(code)

    def __acl__(self):
        return [("Allow", "system.Everyone", ("certificate:verify",))]

    def add(self, certificate: "Certificate") -> None:
        certificate.__parent__ = self
        self._certificates[certificate.code] = certificate
        self.by_award[f"{certificate.learner_id}/{certificate.award}"] = certificate.code


class Certificate(Persistent):
    """One certificate. It holds no name: the learner types one when printing.

    ``snapshot`` is a plain dict that the host gave at issue: ``course``, ``language``,
    ``minutes``, ``score`` (percent), ``issuer`` and whatever else it wants to remember.
    """

    def __init__(self, code: str, *, learner_id: str, award: str, snapshot: dict, issued):
        self.code = code
        self.__parent__ = None
        self.learner_id = learner_id
        self.award = award
        self.snapshot = snapshot
        self.issued = issued
        self.replaces = None
        self.revoked = None
        self.reason = None

    @property
    def __name__(self) -> str:
        return self.code

    def __acl__(self):
        return [
            ("Allow", "system.Everyone", ("certificate:verify",)),
            ("Allow", f"learner:{self.learner_id}", ("certificate:print",)),
            ("Allow", "role:admin", ("certificate:print", "certificate:revoke")),
        ]
