"""A worker in a process of its own, that SIGKILL ends at one of its steps: ``python mortal.py
FOLDER STEP``. A step is a note in the audit trail, a printed page, a page's file that is put into
the zip, and what the storage does for a commit: before its vote, between vote and end, after it."""

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
from lms.origins import Origins
from lms.services import audit, outbox
from lms.settings import Settings
from lms.worker import Worker
from lms.zodb import database_from_text
from sites import CONTENT, FILESTORAGE, SITE


def settings_of(folder: Path) -> Settings:
    return Settings(
        origins=Origins(SITE, CONTENT),
        data=folder,
        zodb_conf=folder / "zodb.conf",
        secret="a secret of the tests, long enough",
        name="Tutela",
        upload_limit=50 * 1024 * 1024,
    )


def stepping(call: Callable, step: Callable[[], None]) -> Callable:
    """The same call, a step before it and one after it."""

    def stepped(*given, **named):
        step()
        found = call(*given, **named)
        step()
        return found

    return stepped


def main(folder: Path, last: int) -> None:
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
