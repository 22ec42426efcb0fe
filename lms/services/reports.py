"""The course report: one row for each person in a course."""

import csv
from dataclasses import dataclass, fields
from itertools import chain
from typing import TextIO

from assessments.attempts.rules import is_practice
from assessments.resources import Quiz
from lms.resources.courses import Course
from lms.services import courses, quizzes
from scorm.runtime.versions import was_begun


@dataclass(frozen=True)
class QuizCell:
    """What somebody has in a quiz of the course; ``status`` and ``percent`` are those of
    :class:`lms.services.quizzes.Standing`."""

    title: str
    status: str
    percent: str | None


@dataclass(frozen=True)
class Row:
    """Times are ISO 8601 in UTC or empty; ``score`` is percent; ``minutes`` is time in content;
    ``certificate_status`` is ``valid``, ``revoked`` or empty; ``version`` is how the key of the
    version begins that the person is on, empty before they begin; ``quizzes`` are those of the
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


SORTS = frozenset(field.name for field in fields(Row)) - {"quizzes"}


def quizzes_in(course: Course) -> list[Quiz]:
    """The quizzes that are told of: practice is nobody's business."""
    return [each.quiz for each in course.quizzes if not is_practice(each.quiz)]


def course_rows(site, course: Course, *, sort: str = "name") -> list[Row]:
    """Everybody enrolled, sorted by one of the columns (by name for an unknown one)."""
    told = quizzes_in(course)
    rows = [
        _row(site, person_id, enrolment, told) for person_id, enrolment in course.roster.items()
    ]
    key = sort if sort in SORTS else "name"
    rows.sort(key=lambda row: (getattr(row, key) is None, str(getattr(row, key)).casefold()))
    if key in ("score", "minutes"):
        rows.sort(key=lambda row: -(getattr(row, key) or 0))
    return rows


def _row(site, person_id: str, enrolment, told: list[Quiz]) -> Row:
    person = site.people.get(person_id)
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
        minutes=round(standing.get("seconds", 0) / 60),
        last=_when(enrolment.last or enrolment.started),
        completed=_when(enrolment.completed),
        certificate=enrolment.certificate or "",
        certificate_status=_certificate_status(site, enrolment),
        version=_version(enrolment),
        quizzes=tuple(
            QuizCell(each.lesson.quiz.title, each.status, each.percent)
            for each in known
            if each.lesson.quiz in told
        ),
    )


def _status(enrolment, known: list[quizzes.Standing]) -> str:
    if enrolment.completed:
        return "completed"
    failed = any(each.needs == "passed" and each.status == "failed" for each in known)
    if failed or (enrolment.standing or {}).get("success") == "failed":
        return "failed"
    return "in progress" if enrolment.started else "not started"


def _certificate_status(site, enrolment) -> str:
    if enrolment.certificate is None:
        return ""
    return "valid" if site.certificates[enrolment.certificate].revoked is None else "revoked"


def _version(enrolment) -> str:
    registration = enrolment.registration
    return registration.version.key[:12] if registration and was_begun(registration) else ""


def _when(moment) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def write_csv(file: TextIO, rows: list[Row]) -> None:
    """Write the rows with a header; a cell that a spreadsheet would run is made plain text. Each
    quiz has two columns at the end: where people stand in it, and their result in percent."""
    names = [field.name for field in fields(Row) if field.name not in ("person", "quizzes")]
    writer = csv.writer(file)
    titles = [each.title for each in rows[0].quizzes] if rows else []
    about = [(f"quiz: {title}", f"quiz: {title} (percent)") for title in titles]
    writer.writerow([*names, *chain.from_iterable(about)])
    for row in rows:
        cells = [getattr(row, name) for name in names]
        in_quizzes = chain.from_iterable((each.status, each.percent) for each in row.quizzes)
        writer.writerow(map(plain_cell, [*cells, *in_quizzes]))


def plain_cell(value: object) -> str:
    """The cell's text, harmless in a spreadsheet (formula injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
