"""The course report: one row for each person in a course."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import chain
from typing import TextIO

from assessments.attempts.rules import is_practice
from assessments.resources import Quiz
from certificates.listing import plain_cell
from certificates.resources import Award
from certificates.standing import status_of
from lms.resources.courses import Course
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import awards, courses, quizzes
from scorm.runtime.versions import was_begun


@dataclass(frozen=True)
class QuizCell:
    """What somebody has in a quiz of the course; ``status`` and ``percent`` are those of
    :class:`lms.services.quizzes.Standing`."""

    title: str
    status: str
    percent: str | None


@dataclass(frozen=True)
class CertificateCell:
    """What somebody has of an award of the course: its id, ``title`` and ``kind``;
    ``code`` and ``status`` (:class:`certificates.standing.Status`) are empty where
    they have no certificate; ``issued`` says whether the award still is."""

    award: str
    title: str
    kind: str
    code: str
    status: str
    issued: bool


@dataclass(frozen=True)
class Row:
    """Times are ISO 8601 in UTC or empty; ``score`` is percent; ``minutes`` is time in content;
    ``certificate`` are the codes of the certificates that the person has, ``certificate_status``
    what is true of each, with spaces between; ``version`` is how the key of the version begins that
    the person is on, empty before they begin; ``quizzes`` and ``certificates`` are those of the
    course, in its order."""

    person: str
    username: str
    name: str
    centre: str
    enrolled: str
    status: str
    score: int | None
    minutes: int
    last: str
    completed: str
    certificate: str
    certificate_status: str
    version: str
    quizzes: tuple[QuizCell, ...]
    certificates: tuple[CertificateCell, ...]


LISTS = frozenset({"quizzes", "certificates"})
SORTS = frozenset(field.name for field in fields(Row)) - LISTS


def quizzes_in(course: Course) -> list[Quiz]:
    """The quizzes that are told of: practice is nobody's business."""
    return [each.quiz for each in course.quizzes if not is_practice(each.quiz)]


def course_rows(site: Site, course: Course, now: datetime, *, sort: str = "name") -> list[Row]:
    """Everybody enrolled, sorted by one of the columns (by name for an unknown one)."""
    told, given = quizzes_in(course), awards.of_course(site, course, retired=True)
    rows = [
        _row(site, person_id, enrolment, told, given, now)
        for person_id, enrolment in course.roster.items()
    ]
    key = sort if sort in SORTS else "name"
    rows.sort(key=lambda row: (getattr(row, key) is None, str(getattr(row, key)).casefold()))
    if key in ("score", "minutes"):
        rows.sort(key=lambda row: -(getattr(row, key) or 0))
    return rows


def _row(
    site: Site,
    person_id: str,
    enrolment,
    told: list[Quiz],
    given: Sequence[Award],
    now: datetime,
) -> Row:
    person = site.people.get(person_id)
    cells = () if person is None else _certificates(site, person, given, now)
    have = [each for each in cells if each.code]
    standing = enrolment.standing or {}
    known = quizzes.standings(enrolment.course, enrolment)
    return Row(
        person=person_id,
        username=person.username if person else "",
        name=person.display_name if person else "",
        centre=(person.centre or "") if person else "",
        enrolled=_when(enrolment.enrolled),
        status=_status(enrolment, known),
        score=courses.score_of(enrolment, known),
        minutes=standing.get("seconds", 0) // 60,
        last=_when(enrolment.last or enrolment.started),
        completed=_when(enrolment.completed),
        certificate=" ".join(each.code for each in have),
        certificate_status=" ".join(each.status for each in have),
        version=_version(enrolment),
        quizzes=tuple(
            QuizCell(each.lesson.quiz.title, each.status, each.percent)
            for each in known
            if each.lesson.quiz in told
        ),
        certificates=cells,
    )


def _status(enrolment, known: list[quizzes.Standing]) -> str:
    if enrolment.completed:
        return "completed"
    failed = any(each.needs == "passed" and each.status == "failed" for each in known)
    if failed or (enrolment.standing or {}).get("success") == "failed":
        return "failed"
    return "in progress" if enrolment.started else "not started"


def _certificates(
    site: Site, person: Person, given: Sequence[Award], now: datetime
) -> tuple[CertificateCell, ...]:
    """A cell for each award that is issued or that the person has."""
    cells = []
    for award in given:
        held = awards.present(site, person.learner_id, award)
        code, status = ("", "") if held is None else (held.code, str(status_of(held, now)))
        issued = award.retired is None
        if held is not None or issued:
            cell = CertificateCell(award.__name__, award.title, award.kind, code, status, issued)
            cells.append(cell)
    return tuple(cells)


def _version(enrolment) -> str:
    registration = enrolment.registration
    return registration.version.key[:12] if registration and was_begun(registration) else ""


def _when(moment) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def write_csv(file: TextIO, rows: list[Row]) -> None:
    """Write the rows with a header; a cell that a spreadsheet would run is made plain text. Each
    quiz has two columns at the end: where people stand in it, and their result in percent."""
    names = [field.name for field in fields(Row) if field.name not in LISTS | {"person"}]
    writer = csv.writer(file)
    titles = [each.title for each in rows[0].quizzes] if rows else []
    about = [(f"quiz: {title}", f"quiz: {title} (percent)") for title in titles]
    writer.writerow([*names, *chain.from_iterable(about)])
    for row in rows:
        cells = [getattr(row, name) for name in names]
        in_quizzes = chain.from_iterable((each.status, each.percent) for each in row.quizzes)
        writer.writerow(map(plain_cell, [*cells, *in_quizzes]))
