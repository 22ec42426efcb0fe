"""What can be typed behind ``tutela``: every command with its arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lms.authoring import STANDARDS
from lms.command import (
    building,
    certificates,
    keys,
    questions,
    receipts,
    serving,
    tasks,
    verifying,
    versions,
)
from scorm.runtime.versions import CHOICES


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    to = _Commands()
    for describe in (
        _site,
        _people,
        _packages,
        _courses,
        _quizzes,
        _runtime,
        _certificates,
        _upkeep,
    ):
        describe(to)
    return to.parser


class _Commands:
    """What commands are added to; ``top`` are those without a family."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(
            prog="tutela", description="A members' place to learn: SCORM courses and certificates."
        )
        self.top = self.parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
        self._everywhere = argparse.ArgumentParser(add_help=False)
        add = self._everywhere.add_argument
        add("--json", action="store_true", help="print one JSON object")
        add("--config", default="development.ini", help="the ini file")
        add("--data", help="folder of the database (default: as in the ini file)")

    def add(
        self, group: Any, name: str, task: Callable | None, words: str, **options: Any
    ) -> argparse.ArgumentParser:
        """A command of a group.

        :param task: what it does (:mod:`lms.command.tasks`); None where ``run`` is among the
            options
        """
        made = group.add_parser(name, parents=[self._everywhere], help=words, description=words)
        made.set_defaults(task=task, **options)
        return made

    def family(self, name: str, words: str, within: Any = None) -> Any:
        """A group of commands, below another one or at the top."""
        made = (within or self.top).add_parser(name, help=words, description=words)
        return made.add_subparsers(required=True, metavar="COMMAND")


def _site(to: _Commands) -> None:
    """Making a site, and serving it."""
    to.add(to.top, "init", tasks.evolve, "make the database, or bring it up to date")
    to.add(to.top, "demo", tasks.demo, "add three demo people, our courses and a quiz")
    serve = to.add(to.top, "serve", None, "serve the site until interrupted", run=serving.serve)
    serve.add_argument("--port", type=port, help="port to listen on")
    serve.add_argument("--demo", action="store_true", help="first do what 'init' and 'demo' do")
    serve.add_argument(
        "--no-worker",
        action="store_true",
        help="with PostgreSQL: leave the work in the background to 'tutela work' elsewhere",
    )
    words = "do what waits in the background, until interrupted"
    work = to.add(to.top, "work", None, words, run=serving.work)
    work.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)


def _people(to: _Commands) -> None:
    """Who can sign in."""
    people = to.family("people", "people who can sign in")
    adding = to.add(people, "add", tasks.people_add, "add somebody")
    adding.add_argument("username")
    adding.add_argument("--role", choices=("member", "author", "admin"), default="member")
    adding.add_argument("--centre", metavar="ID")
    adding.add_argument(
        "--password-stdin", action="store_true", help="read the passphrase from standard input"
    )

    erasing = to.add(
        people, "erase", tasks.people_erase, "erase an account for good, and all that is theirs"
    )
    erasing.add_argument("username")


def _packages(to: _Commands) -> None:
    """SCORM packages and their versions."""
    packages = to.family("packages", "SCORM packages")
    check = to.add(packages, "check", tasks.packages_check, "report on a package; store nothing")
    check.add_argument("file", type=Path)
    bring = to.add(packages, "import", tasks.packages_import, "take a package in")
    bring.add_argument("file", type=Path)
    bring.add_argument("--course", metavar="SLUG", help="the course it is for, made if missing")
    bring.add_argument("--publish", action="store_true", help="let members see the course")
    bring.add_argument(
        "--replace", metavar="PACKAGE", help="the package that it is another version of"
    )
    bring.add_argument("--prepared", type=Path, help=argparse.SUPPRESS)

    listed = to.add(packages, "versions", versions.show, "the versions of a package")
    listed.add_argument("package", metavar="PACKAGE")
    differ = to.add(packages, "compare", versions.differ, "what is different in a version")
    differ.add_argument("package", metavar="PACKAGE")
    differ.add_argument("versions", nargs="*", metavar="VERSION")
    use = to.add(packages, "use", versions.use, "make a version current, newer or older")
    use.add_argument("package", metavar="PACKAGE")
    use.add_argument("version", metavar="VERSION")
    use.add_argument(
        "--learners",
        choices=CHOICES,
        required=True,
        help="what becomes of those in the middle of another version",
    )
    use.add_argument(
        "--drop-vanished",
        action="store_true",
        help="parts that the version does not have no longer count for courses",
    )


def _courses(to: _Commands) -> None:
    """Who is in courses, and building new ones."""
    courses = to.family("courses", "courses: who is in them, and building new ones")
    enrol = to.add(courses, "enrol", tasks.courses_enrol, "enrol people in a course")
    enrol.add_argument("slug")
    enrol.add_argument("usernames", nargs="+", metavar="USERNAME")
    report = to.add(courses, "report", tasks.courses_report, "who stands where in a course")
    report.add_argument("slug")
    report.add_argument("--format", choices=("csv", "json"), default="csv")
    new = to.add(courses, "new", building.new, "begin a course: a small one, with how to write it")
    new.add_argument("directory", type=Path, metavar="DIR")
    claims = to.add(courses, "claims", building.claims, "every claim of a course with its source")
    claims.add_argument("directory", type=Path, metavar="DIR")
    build = to.add(courses, "build", building.build, "build a package from text sources")
    build.add_argument("directory", type=Path, metavar="DIR")
    build.add_argument("--output", type=Path, required=True, metavar="FILE")
    build.add_argument("--standard", choices=STANDARDS, default="2004")


def _quizzes(to: _Commands) -> None:
    """The question bank, and receipts of quizzes."""
    bank = to.family("questions", "the question bank")
    taking = to.add(bank, "import", questions.bring, "take questions of a file into the bank")
    taking.add_argument("file", type=Path)
    taking.add_argument(
        "--bank", required=True, metavar="NAME", help="category, as Outer/Inner; made if missing"
    )
    giving = to.add(bank, "export", questions.give, "write a category's questions to a file")
    giving.add_argument("bank", metavar="BANK", help="category, as Outer/Inner")
    giving.add_argument("--format", choices=questions.FORMATS, default=questions.FORMATS[0])
    giving.add_argument(
        "--output", type=Path, metavar="FILE", help="the file (default: standard output)"
    )

    shown = to.family("receipts", "receipts of quizzes")
    genuine = to.add(shown, "verify", receipts.check, "say whether a receipt is genuine")
    genuine.add_argument("file", type=Path)


def _runtime(to: _Commands) -> None:
    """What content reported."""
    runtime = to.family("runtime", "what content reported")
    show = to.add(runtime, "show", tasks.runtime_show, "every attempt of somebody in a course")
    show.add_argument("slug")
    show.add_argument("username")


def _certificates(to: _Commands) -> None:
    """Certificates, and the keys that sign them."""
    house = to.family("certificates", "issue, take back, find and verify certificates")
    issue = to.add(house, "issue", certificates.issue, "issue a course's certificate")
    issue.add_argument("slug", help="of the course: the last part of its address")
    issue.add_argument("username")
    issue.add_argument("--award", metavar="ID", help="which, where the course has several")
    why = "issued on the command line"
    words = f"for admins, where the rule is not met (default: {why})"
    issue.add_argument("--reason", default=why, metavar="TEXT", help=words)
    for name, task, words in (
        ("revoke", certificates.revoke, "revoke a certificate, for ever"),
        ("suspend", certificates.suspend, "suspend a certificate until it is resumed"),
    ):
        taking_back = to.add(house, name, task, words)
        taking_back.add_argument("code")
        words = "for admins; strangers do not see it"
        taking_back.add_argument("--reason", required=True, metavar="TEXT", help=words)
    resume = to.add(house, "resume", certificates.resume, "let a suspended certificate hold again")
    resume.add_argument("code")
    every = to.add(house, "list", certificates.show, "find certificates, the newest first")
    every.add_argument("--status", choices=certificates.STATUSES)
    every.add_argument("--title", metavar="WORDS", help="words in the title, or a part of the code")
    every.add_argument("--csv", action="store_true", help="print a table for a spreadsheet")
    words = "say whether a certificate is valid; the exit status is 0 only then"
    verify = to.add(house, "verify", verifying.verify, words)
    words = "its PDF or badge (PNG, SVG, JSON, JWT), or its code or address"
    verify.add_argument("what", type=Path, metavar="FILE|CODE", help=words)
    verify.add_argument("more", nargs="*", help=argparse.SUPPRESS)  # of a code with spaces in it
    verify.add_argument("--name", metavar="NAME", help="and whether this is its holder's name")
    _keys(to, house)


def _keys(to: _Commands, house: Any) -> None:
    """The keys that sign certificates."""
    ring = to.family("keys", "the keys that sign certificates", house)
    to.add(ring, "list", keys.show, "every pair of keys there ever was")
    to.add(ring, "rotate", keys.rotate, "make a new pair, which signs from now on")
    saving = to.add(
        ring, "backup", keys.backup, "write all keys to a file, locked with a passphrase"
    )
    saving.add_argument("file", type=Path, metavar="FILE")
    restoring = to.add(ring, "restore", keys.restore, "bring back the keys of a backup")
    restoring.add_argument("file", type=Path, metavar="FILE")


def _upkeep(to: _Commands) -> None:
    """Work in the background, and the database."""
    jobs = to.family("jobs", "work in the background")
    to.add(jobs, "list", tasks.jobs_list, "what waits, is being done, or was given up")
    retry = to.add(jobs, "retry", tasks.jobs_retry, "let a job that was given up be tried anew")
    retry.add_argument("job", metavar="JOB")
    drop = to.add(jobs, "drop", tasks.jobs_drop, "take out a job that was given up")
    drop.add_argument("job", metavar="JOB")

    database = to.family("db", "the database")
    to.add(database, "evolve", tasks.evolve, "bring the database up to date")


def port(text: str) -> int:
    """A port's number (for argparse)."""
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: those are 1 to 65535")
    return number
