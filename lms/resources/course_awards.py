"""``/courses/<slug>/certificates``: the awards of a course. Nothing is stored here."""

from typing import Any

from certificates.resources import Award, Certificates

ROOM = "certificates"


class CourseAwards:
    """The awards of one course; an award of another subject is not found here."""

    __name__ = ROOM

    def __init__(self, course: Any, certificates: Certificates):
        self.__parent__ = course
        self.awards = certificates.awards

    def __getitem__(self, key: str) -> "CourseAward":
        award = self.awards.get(key)
        if award is None or award.subject != f"course/{self.__parent__.__name__}":
            raise KeyError(key)
        return CourseAward(self, award)

    def __acl__(self):
        return [
            ("Allow", "role:author", ("award:list", "award:edit")),
            ("Allow", "role:admin", ("award:list", "award:edit")),
        ]


class CourseAward:
    """``/courses/<slug>/certificates/<id>``"""

    def __init__(self, parent: CourseAwards, award: Award):
        self.__parent__ = parent
        self.__name__ = award.__name__
        self.award = award
