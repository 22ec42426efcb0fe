"""Courses and enrolments. An enrolment hangs on the person and on the course's roster."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from assessments.resources import Quiz
from lms.resources.course_awards import ROOM, CourseAwards
from scorm.resources import PackageVersion, Registration, ScormPackage, WideTree


class Courses(Persistent):
    """All courses by slug: ``/courses/<slug>``."""

    __name__ = "courses"
    __parent__: Any = None

    def __init__(self):
        self._courses = OOBTree()

    def __getitem__(self, slug: str) -> "Course":
        return self._courses[slug]

    def __contains__(self, slug: str) -> bool:
        return slug in self._courses

    def __acl__(self):
        return [
            ("Allow", "system.Authenticated", ("course:list",)),
            ("Allow", "role:author", ("course:create",)),
            ("Allow", "role:admin", ("course:create",)),
        ]

    def add(self, course: "Course") -> None:
        course.__parent__ = self
        self._courses[course.__name__] = course

    def values(self):
        return self._courses.values()


class QuizLesson(Persistent):
    """A quiz as a part of a course.

    ``needs`` is what completing the course asks of it: ``nothing``, ``finished`` (handed in) or
    ``passed``.
    """

    def __init__(self, quiz: Quiz, needs: str):
        self.quiz = quiz
        self.needs = needs


class Course(Persistent):
    """What members enrol in: what it consists of, words about it, and the rule that completes it.

    ``contents`` are quizzes and at most one package, in their order. ``rule`` is what the package
    has to report: ``("completed",)``, ``("passed",)``, ``("both",)`` of these,
    ``("score", percent)`` or ``("lessons", (activity id, …))``; ``enrolment`` is ``"open"`` or
    ``"admin"``. ``topics`` are ids of topics, some of which may be gone; ``translations`` are by
    language, each a dict with ``title`` and ``summary``, which may be empty.
    """

    topics: tuple[str, ...] = ()
    sources = ""
    licence = ""
    translations: Mapping[str, dict[str, str]] = MappingProxyType({})

    def __init__(self, slug: str, title: str, package: ScormPackage | None, created: datetime):
        self.__name__ = slug
        self.__parent__: Courses | None = None
        self.title = title
        self.summary = ""
        self.language = "en"
        self.minutes: int | None = None
        self.content_note = ""
        self.contents: tuple[ScormPackage | QuizLesson, ...] = ()
        if package is not None:
            self.contents = (package,)
        self.rule: tuple[Any, ...] = ("completed",)
        self.enrolment = "open"
        self.published = False
        self.created = created
        self.roster = WideTree()

    def __getitem__(self, key: str) -> CourseAwards:
        if key != ROOM:
            raise KeyError(key)
        assert self.__parent__ is not None  # for an address led here
        return CourseAwards(self, self.__parent__.__parent__.certificates)

    @property
    def package(self) -> ScormPackage | None:
        """Its package, if it has one."""
        return next((each for each in self.contents if isinstance(each, ScormPackage)), None)

    @property
    def quizzes(self) -> list[QuizLesson]:
        """Its quizzes, in their order."""
        return [each for each in self.contents if isinstance(each, QuizLesson)]

    @property
    def version(self) -> PackageVersion | None:
        """What new learners get: the package's current version."""
        return None if self.package is None else self.package.current

    def __acl__(self):
        readers = "system.Authenticated" if self.published else "role:author"
        return [
            ("Allow", readers, ("course:view", "course:enrol")),
            ("Allow", f"enrolled:{self.__name__}", ("course:view",)),
            ("Allow", "role:author", ("course:view", "course:edit")),
            (
                "Allow",
                "role:admin",
                ("course:view", "course:edit", "course:report", "course:admit"),
            ),
        ]


class Enrolment(Persistent):
    """One person in one course: the registration, where it stands, when it was completed.

    ``standing`` is the last result that the run-time reported: a plain dict with ``completion``,
    ``success``, ``score`` (0 to 1 or None), ``seconds``, ``done`` (ids of finished lessons),
    ``attempt`` on the course, and when a completed course was begun anew ``earlier``, the same of
    before.

    ``begun`` is the attempt that the person is on: its number, when it began, and the ``seconds``
    of those before it.

    ``fulfilled`` is the last attempt that by itself did all that the package has to report: when it
    began, and what it brought (as ``standing``).

    ``quizzes`` is what the person has in each of the course's quizzes, by its id: plain dicts with
    ``finished``, ``passed`` (None where there is no pass mark), ``percent`` as it is shown and
    ``share`` as it is, 1 for all of it (text, or None).
    """

    begun: tuple[int, datetime, int] | None = None
    fulfilled: tuple[datetime, dict[str, Any]] | None = None
    quizzes: Mapping[str, dict[str, Any]] = MappingProxyType({})

    def __init__(self, person_id: str, course: Course, now: datetime):
        self.person_id = person_id
        self.course = course
        self.enrolled = now
        self.registration: Registration | None = None
        self.started: datetime | None = None
        self.last: datetime | None = None
        self.standing: dict[str, Any] | None = None
        self.completed: datetime | None = None
