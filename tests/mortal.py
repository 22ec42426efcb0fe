"""Workers that SIGKILL ends, each in a process of its own: ``python mortal.py FOLDER STEP …`` lets
one after the other live until its step, and prints how each ended.

A step is a note in the audit trail, a printed page's way into a file, a file's into the database,
and what the storage does for a commit, each with one step before it and one after it."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from ZODB.blob import Blob
from ZODB.FileStorage import FileStorage

from certificates.pdf.printer import Printer
from lms.services import audit, outbox
from lms.worker import Worker
from lms.zodb import database_from_text
from sites import FILESTORAGE, settings_of


def stepping(call: Callable, step: Callable[[], None]) -> Callable:
    """The same call, a step before it and one after it."""

    def stepped(*given, **named):
        step()
        found = call(*given, **named)
        step()
        return found

    return stepped


def live(folder: Path, last: int) -> None:
    """Work until this step, or until nothing is left to do."""
    steps = count(1)

    def step() -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    database = database_from_text(FILESTORAGE.format(data=folder))
    audit.record = stepping(audit.record, step)
    Printer.pdf = lambda _printer, order, *, keys: f"%PDF {order.code} {order.name}".encode()
    ZipFile.writestr = stepping(ZipFile.writestr, step)
    Blob.consumeFile = stepping(Blob.consumeFile, step)
    FileStorage.tpc_vote = stepping(FileStorage.tpc_vote, step)
    FileStorage.tpc_finish = stepping(FileStorage.tpc_finish, step)
    worker = Worker(database, settings_of(folder), alone=True)
    worker.transact(lambda site: outbox.free_all(site.outbox, datetime.now(UTC)))
    while worker.work():
        pass
    database.close()


def main(folder: Path, steps: list[int]) -> None:
    for last in steps:
        child = os.fork()
        if child == 0:
            live(folder, last)
            return
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]])
