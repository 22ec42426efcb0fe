"""Awards: what is certified, by which rule, for how long, and how the certificate looks."""

from datetime import datetime
from typing import Any

from persistent import Persistent

from certificates.resources.trees import WideTree


class Awards(Persistent):
    """All awards by id: ``/certificates/awards/<id>``; ``by_subject`` finds those of a subject,
    ``by_course`` those whose rule names a course among others."""

    __name__ = "awards"
    __parent__: object = None

    def __init__(self):
        self._awards = WideTree()
        self.by_subject = WideTree()
        self.by_course = WideTree()

    def __acl__(self):
        return [("Allow", "role:admin", ("award:list", "award:edit"))]

    def __getitem__(self, key: str) -> "Award":
        return self._awards[key]

    def __contains__(self, key: str) -> bool:
        return key in self._awards

    def get(self, key: str) -> "Award | None":
        return self._awards.get(key)

    def values(self):
        return self._awards.values()

    def add(self, award: "Award") -> None:
        award.__parent__ = self
        self._awards[award.__name__] = award
        self.by_subject[f"{award.subject} {award.__name__}"] = award.__name__
        self.set_rule(award, award.rule)
        self.note_decision()

    def note_decision(self) -> None:
        """Something was decided about an award. This object is written with each decision, so that
        whoever earns something at the same moment can be made to meet it (``readCurrent``)."""
        self._p_activate()  # a ghost would not remember it
        self._p_changed = True

    def set_rule(self, award: "Award", rule: tuple[Any, ...]) -> None:
        """Give an award its rule: it is found by the courses that the rule names."""
        for slug in _courses_of(award.rule):
            self.by_course.pop(f"{slug} {award.__name__}", None)
        award.rule = rule
        for slug in _courses_of(rule):
            self.by_course[f"{slug} {award.__name__}"] = award.__name__

    def of_subject(self, subject: str) -> list["Award"]:
        """The awards of ``course/<slug>``, ``webinar/<id>`` or ``path/<id>``, retired ones too."""
        return self._found(self.by_subject, subject)

    def naming(self, slug: str) -> list["Award"]:
        """The awards whose rule names this course: those of paths."""
        return self._found(self.by_course, slug)

    def _found(self, index, first: str) -> list["Award"]:
        keys = index.values(f"{first} ", f"{first}!", excludemax=True)
        return [self._awards[key] for key in keys]


class Award(Persistent):
    """Something that can be certified. Certificates remember what it was when they were issued.

    ``subject`` is the host's: ``course/<slug>``, ``webinar/<id>`` or ``path/<id>``. ``kind`` is
    ``participation`` or ``achievement``. ``rule`` is a tuple of conditions that all have to be met
    (:mod:`certificates.rules`); ``hours`` are CPD hours as decimal text (``1.5``) or None;
    ``validity`` is ``("forever",)``, ``("until", "2027-12-31")`` or ``("months", 24)``;
    ``renewal`` how many months before the end it can be earned anew, 0 for never; ``reminders``
    how many days before the end its holder is reminded. ``automatic`` says whether it is issued to
    whoever meets the rule, or by admins alone; a ``retired`` one is issued no more. ``version``
    counts the changes. An empty ``title`` or ``language`` is that of the subject. What is changed
    is changed by :mod:`certificates.awarding`.
    """

    title = ""
    language = ""
    description = ""
    rule: tuple[Any, ...] = (("completed",),)
    hours: str | None = None
    validity: tuple[Any, ...] = ("forever",)
    renewal = 0
    reminders: tuple[int, ...] = (90, 30, 7)
    template = "quiet"
    automatic = True
    retired: datetime | None = None
    version = 1

    def __init__(self, key: str, *, subject: str, kind: str, created: datetime):
        self.__name__ = key
        self.__parent__: Any = None
        self.subject = subject
        self.kind = kind
        self.created = created


def _courses_of(rule: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(slug for kind, *rest in rule if kind == "courses" for slug in rest[0])
