"""``tutela …``: the admin's command line (docs: ui-contract; ``tutela --help``).

Exit status 0 done, 1 refused with a reason on standard error, 2 wrong usage. Where the running
site holds the database, it carries the command out itself and this process shows the answer.
"""

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

from lms.command import bringing, building, keys, running, tasks
from lms.command.arguments import parser
from lms.settings import Settings, SettingsError
from lms.zodb import open_database

WITHOUT_DATABASE = building.WITHOUT_DATABASE | {tasks.packages_check}


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
