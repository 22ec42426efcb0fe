"""``tutela packages import``: the long part of it, with a bar, without a database."""

import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lms.command import tasks
from lms.settings import Settings
from scorm.importing import SENT
from scorm.packages.apart import prepare_here, result_in
from scorm.packages.archive import Limits

WIDTH = 30


@contextmanager
def prepared(settings: Settings, file: Path) -> Iterator[Path]:
    """A folder with the file, its canonical zip and what the check found, until the block ends.

    :raises lms.command.tasks.Refused: when there is no such file
    :raises scorm.packages.findings.PackageRefused: with the report that says why
    """
    tasks.needs_file(file)
    folder = settings.uploads / f"command-{secrets.token_hex(4)}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        with bar("Checking") as progress:
            prepare_here(file, folder, Limits.of(settings.upload_limit), progress)
        result_in(folder)
        shutil.copyfile(file, folder / SENT)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how far something is; anywhere else nothing."""
    shown = -1

    def show(done: int, whole: int) -> None:
        nonlocal shown
        percent = 100 * done // max(1, whole)
        if percent == shown or not sys.stderr.isatty():
            return
        shown = percent
        filled = WIDTH * percent // 100
        sys.stderr.write(f"\r{words} [{'#' * filled}{' ' * (WIDTH - filled)}] {percent:3} %")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if shown >= 0:
            sys.stderr.write("\r\033[K")
