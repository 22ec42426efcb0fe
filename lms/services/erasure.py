"""A person goes for good: the account, and everything that is theirs."""

from dataclasses import asdict, dataclass
from datetime import datetime

from assessments.attempts import forget
from certificates import erasure
from lms import zips
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import audit, outbox, people
from scorm.runtime import forgetting


@dataclass(frozen=True)
class Erased:
    """How many of each there were; certificates stay as numbers that can be checked."""

    enrolments: int
    registrations: int
    attempts: int
    certificates: int


def erase(site: Site, person: Person, now: datetime, *, actor: str) -> Erased:
    """Take out the account with its sign-ins, enrolments, run-time data and attempts at quizzes;
    certificates lead to nobody from now on, and zips that they are in are taken away. This cannot
    be undone.

    What others can see stays: packages, courses and questions that the person made, under an id
    that leads nowhere; so do entries of the audit trail.

    :raises lms.services.people.LastAdmin: when the site would be left without an admin
    """
    people.close(site.people, person)
    enrolments = list(person.enrolments.values())
    for enrolment in enrolments:
        enrolment.course.roster.pop(person.id, None)
    papers = erasure.erase(site.certificates, person.learner_id, now)
    for key in papers.zips:
        outbox.ask(site.outbox, zips.KIND, key, now)
    own = [each.registration for each in enrolments if each.registration is not None]
    erased = Erased(
        enrolments=len(enrolments),
        registrations=forgetting.forget(
            site.registrations,
            site.packages,
            own,
            learner_key=person.learner_id,
            person=person.id,
        ),
        attempts=forget.forget(site.quizzes, person.learner_id),
        certificates=papers.certificates,
    )
    site.people.remove(person)
    audit.record(
        site.audit,
        now=now,
        actor=actor,
        action="account erased",
        subject=person.id,
        details=asdict(erased),
    )
    return erased
