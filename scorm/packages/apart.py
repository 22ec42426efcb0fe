"""Checking a package in a process of its own, which holds no database.

A stranger's zip and manifest are read where nothing else is: whatever they do to this process,
and however long it takes, the site goes on, and the process can be ended at any moment.
"""

import errno
import json
import os
import resource
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from scorm.packages.archive import Limits
from scorm.packages.check import Prepared, prepare
from scorm.packages.findings import PackageRefused, Report
from scorm.packages.manifest import Manifest

MEMORY = 1024**3
"""Bytes of data that the process may hold: far more than any package needs."""
OFTEN = 0.25
"""Seconds between two words about how far it is, at least."""
LOOK = 0.5
"""Seconds after which whoever waits looks whether it is still wanted, at most."""
PATIENCE = 3600
"""Seconds of computing after which the process is ended: the largest packages take some minutes."""
PROBLEMS = {errno.ENOSPC: "room", errno.ENOMEM: "memory"}
"""What the process's exit status says."""
PROGRAM = "from scorm.packages.apart import main; main()"
RESULT = "result.json"
CANONICAL = "canonical.zip"


class Ended(Exception):
    """The check was called off."""


class Failed(Exception):
    """The process ended without a result. ``problem`` is ``room`` or ``memory``, of which there was
    not enough, or ``fault``, which is ours."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(f"The check of the package ended without a result: {problem}.")


def prepare_apart(
    source: Path,
    folder: Path,
    limits: Limits,
    *,
    progress: Callable[[int, int], None],
    wanted: Callable[[], bool],
) -> Prepared:
    """Check the package ``source`` and write its canonical zip into ``folder``, as
    :data:`CANONICAL`, in the place of what an earlier try has left.

    :param progress: is told the bytes read so far and the bytes in all, now and then
    :param wanted: is asked now and then whether to go on
    :raises scorm.packages.findings.PackageRefused: with the report that says why
    :raises Ended: when it is wanted no more
    :raises Failed: when there is no result
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in (RESULT, CANONICAL):  # a new file: the old one may be a blob by now, by a link
        (folder / left).unlink(missing_ok=True)
    asked = json.dumps([str(source), str(folder), vars(limits)])
    with subprocess.Popen(  # noqa: S603 (our own module, with words of our own)
        [sys.executable, "-c", PROGRAM, asked],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        assert process.stdout is not None
        try:
            _follow(process.stdout, progress, wanted)
        except BaseException:
            process.kill()
            raise
    try:
        return result_in(folder)
    except (OSError, ValueError):
        raise Failed(PROBLEMS.get(process.returncode, "fault"))


def _follow(
    told: IO[bytes], progress: Callable[[int, int], None], wanted: Callable[[], bool]
) -> None:
    """Pass on what the process tells, until it says no more."""
    buffer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(told, selectors.EVENT_READ)
        while True:
            if not wanted():
                raise Ended
            if not selector.select(LOOK):
                continue
            read = os.read(told.fileno(), 65536)
            if not read:
                return
            *lines, buffer = (buffer + read).split(b"\n")
            if lines:
                done, whole = map(int, lines[-1].split())
                progress(done, whole)


def result_in(folder: Path) -> Prepared:
    """What the process has left in the folder.

    :raises scorm.packages.findings.PackageRefused: with the report that says why
    :raises OSError: when it has left nothing
    """
    plain = json.loads((folder / RESULT).read_text("utf-8"))
    report = Report.from_stored(plain["report"])
    if not report.accepted:
        raise PackageRefused(report)
    return Prepared(
        report, Manifest.from_plain(plain["manifest"]), plain["sha256"], plain["index"],
        plain["size"],
    )  # fmt: skip


def prepare_here(
    source: Path, folder: Path, limits: Limits, progress: Callable[[int, int], None] | None = None
) -> None:
    """The same in this process: leaves the canonical zip, on disk for good, and the result."""
    plain: dict[str, Any]
    with source.open("rb") as stranger, (folder / CANONICAL).open("wb") as destination:
        try:
            prepared = prepare(stranger, destination, limits, progress)
        except PackageRefused as refused:
            plain = {"report": refused.report.to_stored()}
        else:
            os.fsync(destination.fileno())
            plain = {
                "report": prepared.report.to_stored(),
                "manifest": prepared.manifest.to_plain(),
                "sha256": prepared.sha256,
                "index": prepared.index,
                "size": prepared.size,
            }
    whole = folder / f"{RESULT}.part"
    whole.write_text(json.dumps(plain), "utf-8")
    whole.rename(folder / RESULT)


class Teller:
    """Says how far the check is on standard output, not too often; nobody listening ends it."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if now - self._last >= OFTEN or done == whole:
            self._last = now
            os.write(1, b"%d %d\n" % (done, whole))


def main() -> None:
    """The process itself."""
    source, folder, limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    os.nice(5)
    try:
        prepare_here(Path(source), Path(folder), Limits(**limits), Teller())
    except MemoryError:
        sys.exit(errno.ENOMEM)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(errno.ENOSPC)
