"""One certificate. What was issued never changes; only what became of it is added."""

from datetime import datetime
from typing import Any

from persistent import Persistent


class Certificate(Persistent):
    """One certificate. It holds no name unless its learner chose so.

    ``snapshot`` is the plain dict given at issue (:func:`certificates.issuing.issue`).
    ``replaces`` is the code of the revoked certificate that this one stands in for; ``renews``
    that of the one whose time it prolongs, which has this one's code in ``renewed_by``.
    ``listed`` is its place in the status lists: the list's id and the index in it.
    ``name_hash`` is a slow hash of the printed name, for the yes/no check that the holder may
    allow; ``kept_name`` the name itself, where the holder chose to have it kept.
    """

    replaces: str | None = None
    renews: str | None = None
    renewed_by: str | None = None
    valid_until: datetime | None = None
    revoked: datetime | None = None
    reason: str | None = None
    suspended: datetime | None = None
    suspension_reason: str | None = None
    listed: tuple[str, int] | None = None
    name_hash: str | None = None
    kept_name: str | None = None

    def __init__(
        self,
        code: str,
        *,
        learner_id: str,
        award: str,
        snapshot: dict,
        issued: datetime,
        valid_until: datetime | None = None,
    ):
        self.code = code
        self.__parent__: Any = None
        self.learner_id = learner_id
        self.award = award
        self.snapshot = snapshot
        self.issued = issued
        self.valid_until = valid_until

    @property
    def __name__(self) -> str:
        return self.code

    def __acl__(self):
        """What the container allows, and printing for the one it was issued to, who alone says what
        becomes of the name. Of somebody whose account was erased nobody is left who may print."""
        if not self.learner_id:
            return []
        return [
            (
                "Allow",
                f"learner:{self.learner_id}",
                ("certificate:print", "certificate:name"),
            ),
            ("Allow", "role:admin", ("certificate:print",)),
        ]


class UnknownCode:
    """``/certificates/<anything else>``. Nothing is stored here."""

    def __init__(self, parent, typed: str):
        self.__parent__ = parent
        self.__name__ = typed


def award_key(learner_id: str, award: str) -> str:
    """The key of :attr:`Certificates.by_award`; a learner's keys stand side by side."""
    return f"{learner_id}/{award}"
