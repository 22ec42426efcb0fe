"""``tutela …``: the admin's command line (docs: ui-contract; ``tutela --help``).

Exit status 0 done, 1 refused with a reason on standard error, 2 wrong usage. Where the running
site holds the database, it carries the command out itself and this process shows the answer.
"""

import argparse
import base64
import configparser
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pyramid.paster import get_appsettings
from zc.lockfile import LockError

from lms.authoring import STANDARDS
from lms.command import (
    bringing,
    building,
    certificates,
    keys,
    questions,
    receipts,
    running,
    serving,
    tasks,
    verifying,
    versions,
)
from lms.settings import Settings, SettingsError
from lms.zodb import open_database
from scorm.runtime.versions import CHOICES

WITHOUT_DATABASE = building.WITHOUT_DATABASE | {tasks.packages_check}


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    top = argparse.ArgumentParser(
        prog="tutela", description="A members' place to learn: SCORM courses and certificates."
    )
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--json", action="store_true", help="print one JSON object")
    everywhere.add_argument("--config", default="development.ini", help="the ini file")
    everywhere.add_argument("--data", help="folder of the database (default: as in the ini file)")
    groups = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(group, name, task, words, **options):
        made = group.add_parser(name, parents=[everywhere], help=words, description=words)
        made.set_defaults(task=task, **options)
        return made

    def family(name, words, within=groups):
        made = within.add_parser(name, help=words, description=words)
        return made.add_subparsers(required=True, metavar="COMMAND")

    add(groups, "init", tasks.evolve, "make the database, or bring it up to date")
    add(groups, "demo", tasks.demo, "add three demo people, our courses and a quiz")
    serve = add(groups, "serve", None, "serve the site until interrupted", run=serving.serve)
    serve.add_argument("--port", type=port, help="port to listen on")
    serve.add_argument("--demo", action="store_true", help="first do what 'init' and 'demo' do")
    serve.add_argument(
        "--no-worker",
        action="store_true",
        help="with PostgreSQL: leave the work in the background to 'tutela work' elsewhere",
    )
    words = "do what waits in the background, until interrupted"
    work = add(groups, "work", None, words, run=serving.work)
    work.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)

    people = family("people", "people who can sign in")
    adding = add(people, "add", tasks.people_add, "add somebody")
    adding.add_argument("username")
    adding.add_argument("--role", choices=("member", "author", "admin"), default="member")
    adding.add_argument("--centre", metavar="ID")
    adding.add_argument(
        "--password-stdin", action="store_true", help="read the passphrase from standard input"
    )

    erasing = add(
        people, "erase", tasks.people_erase, "erase an account for good, and all that is theirs"
    )
    erasing.add_argument("username")

    packages = family("packages", "SCORM packages")
    check = add(packages, "check", tasks.packages_check, "report on a package; store nothing")
    check.add_argument("file", type=Path)
    bring = add(packages, "import", tasks.packages_import, "take a package in")
    bring.add_argument("file", type=Path)
    bring.add_argument("--course", metavar="SLUG", help="the course it is for, made if missing")
    bring.add_argument("--publish", action="store_true", help="let members see the course")
    bring.add_argument(
        "--replace", metavar="PACKAGE", help="the package that it is another version of"
    )
    bring.add_argument("--prepared", type=Path, help=argparse.SUPPRESS)

    listed = add(packages, "versions", versions.show, "the versions of a package")
    listed.add_argument("package", metavar="PACKAGE")
    differ = add(packages, "compare", versions.differ, "what is different in a version")
    differ.add_argument("package", metavar="PACKAGE")
    differ.add_argument("versions", nargs="*", metavar="VERSION")
    use = add(packages, "use", versions.use, "make a version current, newer or older")
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

    courses = family("courses", "courses: who is in them, and building new ones")
    enrol = add(courses, "enrol", tasks.courses_enrol, "enrol people in a course")
    enrol.add_argument("slug")
    enrol.add_argument("usernames", nargs="+", metavar="USERNAME")
    report = add(courses, "report", tasks.courses_report, "who stands where in a course")
    report.add_argument("slug")
    report.add_argument("--format", choices=("csv", "json"), default="csv")
    new = add(courses, "new", building.new, "begin a course: a small one, with how to write it")
    new.add_argument("directory", type=Path, metavar="DIR")
    claims = add(courses, "claims", building.claims, "every claim of a course with its source")
    claims.add_argument("directory", type=Path, metavar="DIR")
    build = add(courses, "build", building.build, "build a package from text sources")
    build.add_argument("directory", type=Path, metavar="DIR")
    build.add_argument("--output", type=Path, required=True, metavar="FILE")
    build.add_argument("--standard", choices=STANDARDS, default="2004")

    bank = family("questions", "the question bank")
    taking = add(bank, "import", questions.bring, "take questions of a file into the bank")
    taking.add_argument("file", type=Path)
    taking.add_argument(
        "--bank", required=True, metavar="NAME", help="category, as Outer/Inner; made if missing"
    )
    giving = add(bank, "export", questions.give, "write a category's questions to a file")
    giving.add_argument("bank", metavar="BANK", help="category, as Outer/Inner")
    giving.add_argument("--format", choices=questions.FORMATS, default=questions.FORMATS[0])
    giving.add_argument(
        "--output", type=Path, metavar="FILE", help="the file (default: standard output)"
    )

    shown = family("receipts", "receipts of quizzes")
    genuine = add(shown, "verify", receipts.check, "say whether a receipt is genuine")
    genuine.add_argument("file", type=Path)

    runtime = family("runtime", "what content reported")
    show = add(runtime, "show", tasks.runtime_show, "every attempt of somebody in a course")
    show.add_argument("slug")
    show.add_argument("username")

    house = family("certificates", "issue, take back, find and verify certificates")
    issue = add(house, "issue", certificates.issue, "issue a course's certificate")
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
        taking_back = add(house, name, task, words)
        taking_back.add_argument("code")
        words = "for admins; strangers do not see it"
        taking_back.add_argument("--reason", required=True, metavar="TEXT", help=words)
    resume = add(house, "resume", certificates.resume, "let a suspended certificate hold again")
    resume.add_argument("code")
    every = add(house, "list", certificates.show, "find certificates, the newest first")
    every.add_argument("--status", choices=certificates.STATUSES)
    every.add_argument("--title", metavar="WORDS", help="words in the title, or a part of the code")
    every.add_argument("--csv", action="store_true", help="print a table for a spreadsheet")
    words = "say whether a certificate is valid; the exit status is 0 only then"
    verify = add(house, "verify", verifying.verify, words)
    words = "its PDF or badge (PNG, SVG, JSON, JWT), or its code or address"
    verify.add_argument("what", type=Path, metavar="FILE|CODE", help=words)
    verify.add_argument("more", nargs="*", help=argparse.SUPPRESS)  # of a code with spaces in it
    verify.add_argument("--name", metavar="NAME", help="and whether this is its holder's name")

    ring = family("keys", "the keys that sign certificates", house)
    add(ring, "list", keys.show, "every pair of keys there ever was")
    add(ring, "rotate", keys.rotate, "make a new pair, which signs from now on")
    saving = add(ring, "backup", keys.backup, "write all keys to a file, locked with a passphrase")
    saving.add_argument("file", type=Path, metavar="FILE")
    restoring = add(ring, "restore", keys.restore, "bring back the keys of a backup")
    restoring.add_argument("file", type=Path, metavar="FILE")

    jobs = family("jobs", "work in the background")
    add(jobs, "list", tasks.jobs_list, "what waits, is being done, or was given up")
    retry = add(jobs, "retry", tasks.jobs_retry, "let a job that was given up be tried anew")
    retry.add_argument("job", metavar="JOB")
    drop = add(jobs, "drop", tasks.jobs_drop, "take out a job that was given up")
    drop.add_argument("job", metavar="JOB")

    database = family("db", "the database")
    add(database, "evolve", tasks.evolve, "bring the database up to date")
    return top


def port(text: str) -> int:
    """A port's number (for argparse)."""
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: those are 1 to 65535")
    return number


def main(argv: list[str] | None = None) -> int:
    """Run one command; the process's exit status."""
    argv = sys.argv[1:] if argv is None else argv
    understood = parser()
    arguments = understood.parse_args(argv)
    if not all(map(is_text, words_of(arguments))):
        understood.error("what was typed is not in UTF-8; nothing was done")
    try:
        if arguments.task in WITHOUT_DATABASE:
            # Whoever writes a course may be anywhere, also where no site is.
            answer = arguments.task(None, arguments)
        elif arguments.task in keys.TASKS:
            answer = arguments.task(Settings.from_ini(ini_of(arguments)), arguments)
        elif arguments.task is None:
            return arguments.run(ini_of(arguments), arguments)
        elif arguments.task is tasks.packages_import:
            answer = bring_in(Settings.from_ini(ini_of(arguments)), argv, arguments)
        else:
            answer = with_database(Settings.from_ini(ini_of(arguments)), argv, arguments)
    except tasks.REFUSALS as error:
        answer = tasks.refusal(error)
    except KeyboardInterrupt:
        answer = tasks.refusal(tasks.Refused("Interrupted. Nothing was stored."))
    return tell(answer, as_json=arguments.json)


def words_of(arguments) -> Iterator[str]:
    """What was typed and may be stored; names of files are what the disk says."""
    for name, value in vars(arguments).items():
        if name not in ("config", "data"):
            found = value if isinstance(value, list) else [value]
            yield from (each for each in found if isinstance(each, str))


def is_text(word: str) -> bool:
    """Whether it can be written. Octets that are no UTF-8 come in as halves of characters (PEP
    383), and no page that one is stored on could ever be shown again."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def ini_of(arguments) -> dict:
    """The settings of the ini file, with what the command line says instead.

    :raises SettingsError: when there is no such file, or it is something else
    """
    path = Path(arguments.config)
    if not path.is_file():
        raise SettingsError(
            f"There is no {path} here. Run this in Tutela's folder, or name the ini file "
            "with --config."
        )
    try:
        ini = dict(get_appsettings(f"file+ini:{path.resolve()}"))
    except (configparser.Error, LookupError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not an ini file of Tutela: {error}") from error
    if arguments.data:
        ini["tutela.data"] = str(Path(arguments.data).resolve())
    return ini


def with_database(settings: Settings, argv: list[str], arguments) -> tasks.Answer:
    """Carry the command out here, or let the running site do it when it holds the database."""
    passphrase = sys.stdin.readline().rstrip("\n") if wants_passphrase(arguments) else None
    try:
        database = open_database(settings.zodb_conf, settings.data)
    except LockError:
        return running.ask(settings.data, argv, passphrase)
    try:
        return tasks.carry_out(database, settings, arguments, passphrase)
    finally:
        database.close()


def bring_in(settings: Settings, argv: list[str], arguments) -> tasks.Answer:
    """``packages import``: the package is checked here, which takes long; the database, or the site
    that holds it, only stores what was found."""
    with bringing.prepared(settings, arguments.file) as folder:
        arguments.prepared = folder
        return with_database(settings, [*argv, "--prepared", str(folder)], arguments)


def wants_passphrase(arguments) -> bool:
    return getattr(arguments, "password_stdin", False)


def tell(answer: tasks.Answer, *, as_json: bool) -> int:
    """Show the answer to whoever still listens; the exit status that goes with it."""
    try:
        show_answer(answer, as_json=as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough (``| head``); what is left is for nobody, so that Python
        # does not try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.status


def show_answer(answer: tasks.Answer, *, as_json: bool) -> None:
    """The words, or with ``--json`` one object; a reason for refusing goes to standard error."""
    if answer.refused:
        show(f"tutela: {answer.words}", sys.stderr)
    if as_json:
        show(json.dumps(answer.plain, indent=2), sys.stdout)
    elif answer.content is not None:
        if answer.words:
            show(answer.words, sys.stderr)
        sys.stdout.flush()
        sys.stdout.buffer.write(base64.b64decode(answer.content))
    elif not answer.refused:
        show(answer.words, sys.stdout)


def show(text: str, stream: TextIO) -> None:
    """Content may have set half a character, or one that this terminal does not know."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)
