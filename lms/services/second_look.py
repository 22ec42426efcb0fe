"""Who met a rule at the very moment when it was decided on: the job.

An author's transaction does not see what was on its way to the disk meanwhile, and that saw nothing
of the decision. Whoever comes later sees it (:func:`lms.services.earning.rest_on`), so looking once
more, when the decision is on disk, finds the rest.
"""

from datetime import UTC, datetime
from functools import partial

from lms.resources import Site
from lms.services import awards, quiz_results
from lms.services.outbox import Desk
from lms.settings import Settings

KIND = awards.SECOND_LOOK
PART = 50
"""People in one transaction."""


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """A part in each transaction. Whoever takes the job over begins anew, which changes nothing."""
    kind, _, key = subject.partition(" ")[0].partition("/")
    people = desk.change(lambda site: _concerned(site, kind, key))
    for at in range(0, len(people), PART):
        part = people[at : at + PART]
        desk.change(partial(_look, kind=kind, key=key, people=part, issuer=settings.name))
    desk.finish(lambda _site: None)


def _concerned(site: Site, kind: str, key: str) -> list[str]:
    """The ids of who is in the course, or on the path."""
    if kind == "course":
        return list(site.courses[key].roster) if key in site.courses else []
    award = site.certificates.awards.get(key)
    return [] if award is None else awards.concerned(site, award)


def _look(site: Site, kind: str, key: str, people: list[str], issuer: str) -> None:
    now = datetime.now(UTC)
    for person_id in people:
        person = site.people.get(person_id)
        if person is None:
            continue
        if kind == "course":
            enrolment = person.enrolments.get(key)
            if enrolment is not None:
                quiz_results.catch_up(site, enrolment.course, person, issuer, now)
                awards.reconsider(site, person, enrolment, issuer, now, actor=person.id)
        else:
            awards.earn(site, site.certificates.awards[key], person, issuer, now, person.id)


def given_up(_site: Site, _subject: str, _problem: str, _now: datetime) -> None:
    """Nothing to tell: what is earned meanwhile comes with the next thing that happens."""
