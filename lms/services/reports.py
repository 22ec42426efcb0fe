"""The course report: one row for each person in a course."""

import csv
from dataclasses import asdict, dataclass, fields
from typing import TextIO

from lms.resources.courses import Course
from scorm.runtime.versions import was_begun
from scorm.runtime.view import percent


@dataclass(frozen=True)
class Row:
    """Times are ISO 8601 in UTC or empty; ``score`` is percent; ``minutes`` is time in content;
    ``certificate_status`` is ``valid``, ``revoked`` or empty; ``version`` is how the key of the
    version begins that the person is on, empty before they begin."""

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


SORTS = frozenset(field.name for field in fields(Row))


def course_rows(site, course: Course, *, sort: str = "name") -> list[Row]:
    """Everybody enrolled, sorted by one of the columns (by name for an unknown one)."""
    rows = [_row(site, person_id, enrolment) for person_id, enrolment in course.roster.items()]
    key = sort if sort in SORTS else "name"
    rows.sort(key=lambda row: (getattr(row, key) is None, str(getattr(row, key)).casefold()))
    if key in ("score", "minutes"):
        rows.sort(key=lambda row: -(getattr(row, key) or 0))
    return rows


def _row(site, person_id: str, enrolment) -> Row:
    person = site.people.get(person_id)
    standing = enrolment.standing or {}
    return Row(
        person=person_id,
        username=person.username if person else "",
        name=person.display_name if person else "",
        centre=(person.centre or "") if person else "",
        enrolled=_when(enrolment.enrolled),
        status=_status(enrolment, standing),
        score=percent(standing.get("score")),
        minutes=round(standing.get("seconds", 0) / 60),
        last=_when(enrolment.last or enrolment.started),
        completed=_when(enrolment.completed),
        certificate=enrolment.certificate or "",
        certificate_status=_certificate_status(site, enrolment),
        version=_version(enrolment),
    )


def _status(enrolment, standing: dict) -> str:
    if enrolment.completed:
        return "completed"
    if standing.get("success") == "failed":
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
    """Write the rows with a header; a cell that a spreadsheet would run is made plain text."""
    names = [field.name for field in fields(Row) if field.name != "person"]
    writer = csv.writer(file)
    writer.writerow(names)
    for row in rows:
        cells = asdict(row)
        writer.writerow([plain_cell(cells[name]) for name in names])


def plain_cell(value: object) -> str:
    """The cell's text, harmless in a spreadsheet (formula injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
