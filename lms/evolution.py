"""Named steps that bring a database up to the code, run by ``tutela db evolve``.

Finished steps are kept in the root with their time. The server refuses to serve a database
that is behind. A new database has finished none, so ``tutela init`` is the same run.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from BTrees.OOBTree import OOBTree

from assessments.resources import Bank, Quizzes
from certificates import awarding
from certificates import evolution as evolution_of_certificates
from lms.resources.outbox import Outbox
from lms.resources.site import SITE, create_site
from lms.resources.topics import Topics
from lms.services import courses, quizzes
from scorm import evolution
from scorm.resources import Imports

FINISHED = "evolution"


class DatabaseBehind(Exception):
    """The database lacks steps that this code needs."""

    def __init__(self, names: list[str]):
        self.names = names
        super().__init__(self._words())

    def _words(self) -> str:
        return (
            "The database is behind this version of Tutela. Make a backup, then run "
            f"'tutela db evolve'. Waiting steps: {', '.join(self.names)}."
        )


class DatabaseEmpty(DatabaseBehind):
    """Nothing was ever made in the database."""

    def _words(self) -> str:
        return (
            "There is no site in this database yet. Make one with 'tutela init', or name the "
            "right ini file with --config, or folder with --data."
        )


@dataclass(frozen=True)
class Step:
    """One idempotent change of the database: ``run(root)`` with the connection's root mapping."""

    name: str
    run: Callable[[object], None]


def pending(root, steps: tuple[Step, ...]) -> list[Step]:
    """The steps that ``root`` has not finished, in order."""
    finished = root.get(FINISHED, ())
    return [step for step in steps if step.name not in finished]


def evolve(root, steps: tuple[Step, ...], now: datetime) -> list[str]:
    """Run what is pending, in order, and note each as finished; the names that ran.

    The caller commits: a step that fails leaves the database as it was.
    """
    waiting = pending(root, steps)
    if waiting and FINISHED not in root:
        root[FINISHED] = OOBTree()
    for step in waiting:
        step.run(root)
        root[FINISHED][step.name] = now.isoformat()
    return [step.name for step in waiting]


def refuse_if_behind(root, steps: tuple[Step, ...]) -> None:
    """:raises DatabaseBehind: when a step is pending
    :raises DatabaseEmpty: when all of them are
    """
    waiting = pending(root, steps)
    if waiting:
        refusal = DatabaseBehind if FINISHED in root else DatabaseEmpty
        raise refusal([step.name for step in waiting])


def rewrite_records(root) -> None:
    """Run-time data in the shape that many commits can share a transaction with."""
    site = root[SITE]

    def learner_key(registration) -> str:
        person = site.people.get(registration.reference.partition("/")[0])
        return registration.learner_id if person is None else person.learner_id

    evolution.rewrite_records(site.registrations, learner_key)


def read_manifests_again(root) -> None:
    """The sequencing rules of packages that came in before they were read."""
    evolution.read_manifests_again(root[SITE].packages)


def index_registrations(root) -> None:
    """Packages know who is on them, and registrations in which attempt a course was completed;
    courses have no version of their own any more."""
    site = root[SITE]
    evolution.index_registrations(site.registrations, site.packages)
    for course in site.courses.values():
        course._p_activate()
        if course.__dict__.pop("version", None) is not None:
            course._p_changed = True
        for enrolment in course.roster.values():
            registration = enrolment.registration
            begun_anew = "earlier" in (enrolment.standing or {})
            if enrolment.completed and registration is not None and not begun_anew:
                registration.completed_attempt = registration.attempt


def work_in_the_background(root) -> None:
    """An outbox, and a place for packages on their way in."""
    site = root[SITE]
    if not hasattr(site, "outbox"):
        site.outbox = Outbox()
        site.outbox.__parent__ = site
        site.packages.imports = Imports(site.packages)


def give_topics(root) -> None:
    """The place for topics, in a site from before courses were found by them."""
    site = root[SITE]
    if not hasattr(site, "topics"):
        site.topics = Topics()
        site.topics.__parent__ = site


def give_assessments(root) -> None:
    """A question bank and a place for quizzes, in a site from before there were any; people are
    found by the id under which quizzes know them."""
    site = root[SITE]
    if not hasattr(site, "bank"):
        site.bank = Bank()
        site.quizzes = Quizzes()
        site.bank.__parent__ = site.quizzes.__parent__ = site
        site.people.index_learners()


def list_contents(root) -> None:
    """A course is a list of what it consists of, in its order: the package is one of them."""
    for course in root[SITE].courses.values():
        course._p_activate()
        state = course.__dict__
        if "package" not in state:
            continue
        places: dict[str, list] = {"before": [], "after": []}
        for lesson in state.pop("quizzes", ()):
            lesson._p_activate()
            places[lesson.__dict__.pop("place")].append(lesson)
            lesson._p_changed = True
        course.contents = (*places["before"], state.pop("package"), *places["after"])


def furnish_certificates(root) -> None:
    """Rooms for awards, templates and status lists; certificates in the shape that has them."""
    evolution_of_certificates.furnish(root[SITE].certificates, secrets.token_bytes)


def give_courses_awards(root) -> None:
    """What used to be a mark of a course is an award of it: those that had the mark, or that gave a
    certificate once. Who is in a course has no certificate there, but an attempt that began."""
    site = root[SITE]
    house = site.certificates
    evolution_of_certificates.index_courses(house)
    named, ids = evolution_of_certificates.awards_named(house), {}
    for course in site.courses.values():
        course._p_activate()
        marked = course.__dict__.pop("certificate", None)
        if marked is not None:
            course._p_changed = True
        subject = courses.subject_of(course.__name__)
        if marked or subject in named:
            award = awarding.create(
                house.awards,
                subject=subject,
                title=course.title,
                now=course.created,
                random=secrets.token_bytes,
            )
            ids[subject] = award.__name__
            if not marked:
                awarding.retire(award, datetime.now(UTC))
        for enrolment in course.roster.values():
            _note_attempt(enrolment)
    evolution_of_certificates.rename_awards(house, ids)


def _note_attempt(enrolment) -> None:
    enrolment._p_activate()
    if "certificate" in enrolment.__dict__:
        del enrolment.certificate
    registration = enrolment.registration
    if registration is not None and enrolment.begun is None:
        earlier = (enrolment.standing or {}).get("earlier", {})
        began = enrolment.started or enrolment.enrolled
        enrolment.begun = (registration.attempt, began, earlier.get("seconds", 0))


def keep_exact_results(root) -> None:
    """What people have in the quizzes of their courses, as it is and not as it is shown."""
    site = root[SITE]
    for course in site.courses.values():
        for person_id, enrolment in course.roster.items():
            person = site.people.get(person_id)
            if person is not None:
                quizzes.keep_exact(enrolment, person.learner_id)


STEPS = (
    Step("create-site", create_site),
    Step("rewrite-run-time-records", rewrite_records),
    Step("read-manifests-again", read_manifests_again),
    Step("index-registrations-of-packages", index_registrations),
    Step("work-in-the-background", work_in_the_background),
    Step("give-the-site-topics", give_topics),
    Step("give-the-site-assessments", give_assessments),
    Step("list-what-courses-consist-of", list_contents),
    Step("furnish-certificates", furnish_certificates),
    Step("give-courses-awards", give_courses_awards),
    Step("keep-exact-results-of-quizzes", keep_exact_results),
)
