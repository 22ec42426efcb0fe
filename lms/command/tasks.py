"""What each command does, on an open database. Each gives words for a person and plain data."""

import argparse
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from certificates import issuing
from certificates.key_backup import BackupRefused
from certificates.keys import KeysUnusable
from certificates.settings import FontsMissing
from lms import authoring
from lms.command import demo_courses
from lms.command.history import history_words
from lms.command.reports import report_words
from lms.evolution import STEPS, DatabaseBehind, refuse_if_behind
from lms.evolution import evolve as run_steps
from lms.origins import OriginsMisconfigured
from lms.resources.outbox import Job
from lms.resources.site import SITE, Site
from lms.services import (
    audit,
    courses,
    erasure,
    imports,
    outbox,
    people,
    quiz_results,
    reports,
)
from lms.services.passphrases import matches
from lms.settings import Settings, SettingsError
from lms.zodb import DatabaseUnavailable, in_transaction
from scorm.importing import SENT
from scorm.packages.apart import CANONICAL, result_in
from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.packages.findings import PackageRefused
from scorm.resources import ScormPackage
from scorm.runtime.record import history
from scorm.services import (
    VersionRefused,
    add_version,
    new_package,
    store_version,
)

COMMAND_LINE = "command line"


class Refused(Exception):
    """A command cannot be carried out; the message says why and what to do."""


REFUSALS = (
    Refused,
    DatabaseBehind,
    PackageRefused,
    people.PersonRefused,
    courses.CourseRefused,
    VersionRefused,
    issuing.CertificateRefused,
    KeysUnusable,
    FontsMissing,
    BackupRefused,
    authoring.CourseError,
    DatabaseUnavailable,
    SettingsError,
    OriginsMisconfigured,
    OSError,
)
"""What is told to whoever gave the command; everything else is a fault of ours."""


@dataclass(frozen=True)
class Answer:
    """:param words: for a person; :param plain: for ``--json``; :param status: exit status

    :param refused: whether the words are the reason why nothing was done
    :param content: a file that the command gives, in base64: it goes to standard output, and the
        words beside it
    """

    words: str
    plain: dict
    status: int = 0
    refused: bool = False
    content: str | None = None


def refusal(error: Exception) -> Answer:
    """Why a command was not carried out (one of :data:`REFUSALS`)."""
    if isinstance(error, PackageRefused):
        words = f"The package is not taken in.\n{report_words(error.report)}"
        return Answer(words, {"error": str(error), **error.report.to_plain()}, 1, refused=True)
    words = str(error)
    if isinstance(error, OSError):
        what = error.filename or "A file could not be read or written"
        words = f"{what}: {error.strerror}."
    plain: dict = {"error": words}
    if isinstance(error, authoring.SourceError):
        plain.update(file=error.file, line=error.line)
    return Answer(words, plain, 1, refused=True)


@dataclass(frozen=True)
class Context:
    """What a task works with; ``evolve`` alone may meet a database that has no site yet."""

    root: Any
    settings: Settings
    now: datetime
    passphrase: str | None

    @property
    def site(self) -> Site:
        return self.root[SITE]


def carry_out(database, settings: Settings, arguments: argparse.Namespace, passphrase) -> Answer:
    """Run a task in one transaction, and again when it met another one (somebody else then won)."""
    return in_transaction(
        database,
        lambda connection: arguments.task(
            _context(connection, settings, arguments, passphrase), arguments
        ),
    )


def _context(connection, settings: Settings, arguments, passphrase) -> Context:
    root = connection.root()
    if arguments.task is not evolve:
        refuse_if_behind(root, STEPS)
    return Context(root, settings, datetime.now(UTC), passphrase)


def resolve_paths(arguments: argparse.Namespace, folder: Path) -> None:
    """Read relative paths as the person who typed them did."""
    for name, value in vars(arguments).items():
        if isinstance(value, Path):
            setattr(arguments, name, folder / value)


def evolve(context: Context, _arguments) -> Answer:
    """``init`` and ``db evolve``: bring the database up to this version."""
    names = run_steps(context.root, STEPS, context.now)
    words = f"Finished: {', '.join(names)}." if names else "The database is up to date."
    return Answer(words, {"finished": names})


DEMO_PEOPLE = (("member", "Mina Member"), ("author", "Amal Author"), ("admin", "Ada Admin"))


def demo(context: Context, _arguments) -> Answer:
    """Three people to try the site with, the project's courses and a quiz; running it again changes
    nothing.

    A passphrase that somebody has changed since is theirs, and is shown no more.
    """
    kept = context.settings.data / "demo.json"
    passphrases = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for username, display_name in DEMO_PEOPLE:
        person = context.site.people.by_username(username)
        if person is not None:
            known = passphrases.pop(username, None)
            if known is not None and matches(person.passphrase_hash, known):
                passphrases[username] = known
        else:
            passphrases[username] = f"demo-{secrets.token_hex(5)}"
            people.add(
                context.site.people,
                username=username,
                passphrase=passphrases[username],
                role=username,
                display_name=display_name,
                now=context.now,
            )
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(passphrases), "utf-8")
    for course, package in demo_courses.add(
        context.site, COMMAND_LINE, Limits.of(context.settings.upload_limit), context.now
    ):
        note(context, "package imported", package.__name__, {"course": course.__name__})
    lines = [f"  {name:<8} {passphrases.get(name, '(own passphrase)')}" for name, _ in DEMO_PEOPLE]
    words = "\n".join(["Demo people (username, passphrase), for trying out only:", *lines])
    return Answer(words, {"people": passphrases})


def people_add(context: Context, arguments) -> Answer:
    """Add somebody; without ``--password-stdin`` a passphrase is made and shown once."""
    given = context.passphrase
    passphrase = secrets.token_urlsafe(15) if given is None else given
    person = people.add(
        context.site.people,
        username=arguments.username,
        passphrase=passphrase,
        role=arguments.role,
        centre=arguments.centre,
        now=context.now,
    )
    note(context, "person added", person.id, {"role": person.role})
    words = f"{person.username} can sign in as {person.role}."
    plain = {"id": person.id, "username": person.username, "role": person.role}
    if given is None:
        words += f"\nPassphrase, shown this once: {passphrase}"
        plain["passphrase"] = passphrase
    return Answer(words, plain)


def people_erase(context: Context, arguments) -> Answer:
    """Erase somebody's account; certificates stay as numbers that can be checked."""
    person = person_called(context, arguments.username)
    erased = erasure.erase(context.site, person, context.now, actor=COMMAND_LINE)
    words = (
        f"{person.username} is erased, with all that was theirs. Enrolments: {erased.enrolments}, "
        f"registrations: {erased.registrations}, attempts at quizzes: {erased.attempts}.\n"
        f"Certificates that can still be checked by number and lead to nobody: "
        f"{erased.certificates}. Backups keep what they have."
    )
    return Answer(words, {"username": person.username, **asdict(erased)})


def packages_check(_context, arguments) -> Answer:
    """Report on a package file and store nothing."""
    needs_file(arguments.file)
    report, _manifest = check(arguments.file, Limits())
    return Answer(report_words(report), report.to_plain(), 0 if report.accepted else 1)


def packages_import(context: Context, arguments) -> Answer:
    """Store a package that was checked before (:mod:`lms.command.bringing`): as a new one, with a
    course, or as another version of one."""
    found = result_in(arguments.prepared)
    if arguments.replace and arguments.course:
        raise Refused("Give --course or --replace, not both: a package that is replaced has one.")
    version = store_version(
        context.site.packages,
        found,
        arguments.prepared / CANONICAL,
        arguments.prepared / SENT,
        context.now,
    )
    words, plain = [report_words(found.report)], found.report.to_plain()
    if arguments.replace:
        package = package_called(context, arguments.replace)
        add_version(package, version)
        note(context, "package imported", package.__name__, {"versions": len(package.versions)})
        key = version.key[:12]
        words += [
            f"Stored as version {key} of the package {package.__name__}.",
            "Nobody learns with it yet.",
            f"See what is otherwise in it: tutela packages compare {package.__name__}",
            f"Use it: tutela packages use {package.__name__} {key} --learners keep|move|restart",
        ]
        more = {"package": package.__name__, "version": version.sha256}
        return Answer("\n".join(words), {**plain, **more})
    package = new_package(context.site.packages, version, COMMAND_LINE, context.now)
    course = _course_on(context, package, arguments.course)
    if arguments.publish:
        course.published = True
    state = "published" if course.published else "not published yet"
    words += [
        f"Imported as package {package.__name__}.",
        f"Course: /courses/{course.__name__} ({state}).",
    ]
    plain |= {
        "package": package.__name__,
        "course": course.__name__,
        "published": course.published,
    }
    return Answer("\n".join(words), plain)


def package_called(context: Context, key: str) -> ScormPackage:
    """:raises Refused: when there is no such package"""
    try:
        found = context.site.packages[key]
    except KeyError:
        found = None
    if not isinstance(found, ScormPackage):
        raise Refused(
            f"There is no package “{key}”. The last part of its page's address is its name."
        )
    return found


def _course_on(context: Context, package: ScormPackage, slug: str | None):
    if slug is not None and slug in context.site.courses:
        course = context.site.courses[slug]
        if course.package is None:
            courses.add_package(course, package)
            note(context, "package imported", package.__name__, {"course": slug})
            return course
        raise Refused(
            f"The course “{slug}” has a package already. Leave --course out to import this one "
            "beside it, or name the package that this one is another version of with --replace."
        )
    course = courses.create(
        context.site.courses, package, title=package.title, slug=slug, now=context.now
    )
    note(context, "package imported", package.__name__, {"course": course.__name__})
    return course


def jobs_list(context: Context, _arguments) -> Answer:
    """Every job that is not done, the oldest first."""
    jobs = sorted(context.site.outbox.values(), key=lambda job: job.created)
    plain = [
        {
            "job": job.__name__,
            "kind": job.kind,
            "subject": job.subject,
            "state": job.state,
            "attempts": job.attempts,
            "created": job.created.isoformat(),
            "problem": job.problem,
        }
        for job in jobs
    ]
    lines = [
        f"{job.__name__}  {job.state:<8} {job.kind} {job.subject}, asked "
        f"{job.created:%Y-%m-%d %H:%M} UTC, tried {job.attempts}×"
        + (f": {job.problem}" if job.problem else "")
        for job in jobs
    ]
    return Answer("\n".join(lines) or "Nothing waits.", {"jobs": plain})


def jobs_retry(context: Context, arguments) -> Answer:
    """Let a job that was given up be tried anew."""
    job = _given_up(context, arguments.job)
    imports.retried(context.site, job.subject, context.now)
    outbox.retry(job, context.now)
    return Answer(f"{job.__name__} is tried anew.", {"job": job.__name__})


def jobs_drop(context: Context, arguments) -> Answer:
    """Take out a job that was given up."""
    job = _given_up(context, arguments.job)
    context.site.outbox.remove(job)
    return Answer(f"{job.__name__} is taken out.", {"job": job.__name__})


def _given_up(context: Context, key: str) -> Job:
    job = context.site.outbox.get(key)
    if job is None:
        raise Refused(f"There is no job “{key}”. See 'tutela jobs list'.")
    if job.state != "failed":
        raise Refused(f"The job “{key}” is not given up: it is {job.state}.")
    return job


def courses_enrol(context: Context, arguments) -> Answer:
    """Enrol people by username; nobody is enrolled when a name is unknown."""
    course = course_called(context, arguments.slug)
    found = people.all_named(context.site.people, arguments.usernames)
    for person in found:
        courses.enrol(course, person, context.now)
        quiz_results.catch_up(context.site, course, person, context.settings.name, context.now)
    note(context, "people enrolled", course.__name__, {"count": len(found)})
    words = f"Enrolled in {course.title}: {', '.join(person.username for person in found)}."
    return Answer(words, {"course": course.__name__, "enrolled": [p.username for p in found]})


def courses_report(context: Context, arguments) -> Answer:
    """The course report as CSV or JSON."""
    rows = reports.course_rows(context.site, course_called(context, arguments.slug), context.now)
    plain = {"course": arguments.slug, "rows": [asdict(row) for row in rows]}
    if arguments.format == "json":
        return Answer(json.dumps(plain, ensure_ascii=False, indent=2), plain)
    text = StringIO(newline="")
    reports.write_csv(text, rows)
    return Answer(text.getvalue().rstrip("\r\n"), plain)


def runtime_show(context: Context, arguments) -> Answer:
    """Every attempt of somebody in a course: why it counts as it does, elements, commits."""
    course = course_called(context, arguments.slug)
    person = person_called(context, arguments.username)
    enrolment = person.enrolments.get(course.__name__)
    if course.package is None:
        raise Refused(f"{course.title} has no package: what people did is with its quizzes.")
    if enrolment is None or enrolment.registration is None:
        raise Refused(f"{person.username} has not started {course.title}.")
    plain = history(enrolment.registration)
    return Answer(history_words(plain, enrolment, person), plain)


def course_called(context: Context, slug: str):
    if slug not in context.site.courses:
        raise Refused(f"There is no course “{slug}”.")
    return context.site.courses[slug]


def person_called(context: Context, username: str):
    person = context.site.people.by_username(username)
    if person is None:
        raise Refused(f"Nobody has the username “{username}”.")
    return person


def needs_file(path: Path) -> None:
    """:raises Refused: when there is no such file"""
    if not path.is_file():
        raise Refused(f"There is no file {path}.")


def note(context: Context, action: str, subject: str, details: dict) -> None:
    audit.record(
        context.site.audit,
        now=context.now,
        actor=COMMAND_LINE,
        action=action,
        subject=subject,
        details=details,
    )
