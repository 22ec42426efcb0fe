"""Whoever does what the outbox holds: a thread of the one process, or a process of its own.

Heavy computing is left to processes that hold no database (:mod:`scorm.packages.apart`); a worker
starts them, says how far they are, and stores what they found.
"""

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import ZODB
from ZODB.FileStorage import FileStorage

from certificates import batches
from lms import zips
from lms.resources import Site, site_of
from lms.services import (
    certificate_work,
    imports,
    outbox,
    quiz_results,
    regrades,
    second_look,
)
from lms.settings import Settings
from lms.zodb import in_transaction
from scorm import importing

log = logging.getLogger(__name__)

TURN = 1.0
"""Seconds that a job in parts keeps its worker for, at least, while others wait for one."""
LOOK = 1.0
"""Seconds between two looks for work that another process asked for."""
SWEEP = timedelta(hours=1)
CLOSE = timedelta(minutes=1)
"""Between two looks for attempts at quizzes whose time is over."""
T = TypeVar("T")


class Stopped(Exception):
    """The job is to be given back: the worker is to end, or others have waited for their turn."""


class Worker:
    """Does one job after the other, on connections of its own.

    :param alone: whether no other worker can be at the same database
    """

    def __init__(self, database: ZODB.DB, settings: Settings, *, alone: bool):
        self._database = database
        self._settings = settings
        self._alone = alone
        self._name = secrets.token_hex(8)
        self._asked = threading.Event()
        self._ending = threading.Event()
        self._swept = self._closed = datetime.min.replace(tzinfo=UTC)

    def wake(self) -> None:
        """There is work: a transaction that asked for some is on disk."""
        self._asked.set()

    def close(self) -> None:
        """End soon; a job that is being done is given back."""
        self._ending.set()
        self._asked.set()

    def run(self) -> None:
        """Work until :meth:`close`."""
        freed = not self._alone
        while not self.closing:
            self._asked.clear()
            try:
                if not freed:
                    self.transact(lambda site: outbox.free_all(site.outbox, datetime.now(UTC)))
                    freed = True
                self._sweep()
                self.close_overdue()
                busy = self.work()
            except Exception:
                log.exception("The worker met a fault")
                busy = False
            if not busy:
                self._asked.wait(LOOK)

    def work(self) -> bool:
        """Do the next job, if there is one; whether there was."""
        now = datetime.now(UTC)
        found = self.transact(lambda site: _taken(site, self._name, now))
        if found is None:
            return False
        key, kind, subject, attempts = found
        if attempts > outbox.ATTEMPTS:  # it has ended one worker after the other
            self.transact(lambda site: self._fail(site, key, "fault"))
            return True
        try:
            KINDS[kind].do(Desk(self, key), subject, self._settings)
        except outbox.Lost:
            log.info("A job was taken over by another worker.")
        except Stopped:
            self.transact(lambda site: self._give_back(site, key))
        except Exception as error:
            log.exception("A job of the kind %s failed", kind)
            problem = getattr(error, "problem", "fault")
            self.transact(lambda site: self._fail(site, key, problem))
        return True

    def _give_back(self, site: Site, key: str) -> None:
        outbox.give_back(outbox.held(site.outbox, key, self._name), datetime.now(UTC))

    def _fail(self, site: Site, key: str, problem: str) -> None:
        job, now = outbox.held(site.outbox, key, self._name), datetime.now(UTC)
        if outbox.fail(job, problem, now):
            KINDS[job.kind].give_up(site, job.subject, problem, now)

    def _sweep(self) -> None:
        now = datetime.now(UTC)
        if now - self._swept < SWEEP:
            return
        self._swept = now
        uploads = self._settings.uploads
        for stray in self.transact(lambda site: importing.sweep(site.packages, uploads, now)):
            if stray.is_dir():
                shutil.rmtree(stray, ignore_errors=True)
            else:
                stray.unlink(missing_ok=True)
        self.transact(lambda site: batches.sweep(site.certificates, now))
        sweep_unfinished(Path(self._database.storage.temporaryDirectory()), now)

    def close_overdue(self) -> None:
        """Hand in, or close, what learners left open until its time was over."""
        now, issuer = datetime.now(UTC), self._settings.name
        if now - self._closed < CLOSE:
            return
        self._closed = now
        for quiz, attempt in self.transact(lambda site: quiz_results.overdue_in(site, now)):
            close = partial(
                quiz_results.close, quiz_id=quiz, attempt_id=attempt, issuer=issuer, now=now
            )
            try:
                self.transact(close)
            except Exception:
                # One that cannot be closed is in nobody else's way.
                log.exception("An attempt at the quiz %s could not be closed", quiz)

    def transact(self, work: Callable[[Site], T]) -> T:
        """Do something in one transaction, and again when it met another one."""
        return in_transaction(self._database, lambda connection: work(site_of(connection)))

    @property
    def closing(self) -> bool:
        return self._ending.is_set()

    def pause(self, seconds: float) -> None:
        """Do nothing for a while, or until :meth:`close`; what has an hour of its own does not wait
        for the end of a long job."""
        self.close_overdue()
        self._ending.wait(seconds)

    @property
    def name(self) -> str:
        return self._name


def _taken(site: Site, worker: str, now: datetime) -> tuple[str, str, str, int] | None:
    job = outbox.take(site.outbox, worker, now)
    return None if job is None else (job.__name__, job.kind, job.subject, job.attempts)


def sweep_unfinished(folder: Path, now: datetime) -> None:
    """Take away files of transactions that a power cut ended, which the storage leaves lying.

    :param folder: where it keeps such files until the transaction ends
    """
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # its transaction has just ended
            put_there = datetime.fromtimestamp(path.stat().st_ctime, UTC)
            if path.is_file() and now - put_there > SWEEP:
                path.unlink()


def _others_wait(site: Site) -> bool:
    now = datetime.now(UTC)
    return any(outbox.is_free(job, now) for job in site.outbox.values())


class Desk:
    """Where a job of a worker does its changes (:class:`lms.services.outbox.Desk`): the last one
    takes the job out of the outbox."""

    def __init__(self, worker: Worker, key: str):
        self._worker = worker
        self._key = key
        self._began = time.monotonic()

    def change(self, work: Callable[[Site], T]) -> T:
        """:raises Stopped: when the worker is to end
        :raises lms.services.outbox.Lost: when the job is another worker's"""
        if self._worker.closing:
            raise Stopped

        def both(site: Site) -> T:
            job = outbox.held(site.outbox, self._key, self._worker.name)
            outbox.live(job, datetime.now(UTC))
            return work(site)

        return self._worker.transact(both)

    def part(self, work: Callable[[Site], T]) -> T:
        """:raises Stopped: when the worker is to end
        :raises lms.services.outbox.Lost: when the job is another worker's"""

        def both(site: Site) -> T:
            outbox.moved_on(outbox.held(site.outbox, self._key, self._worker.name))
            return work(site)

        return self.change(both)

    def pause(self, seconds: float) -> None:
        """:raises Stopped: when the job has had its turn, and others wait"""
        self._worker.pause(seconds)
        if time.monotonic() - self._began >= TURN and self._worker.transact(_others_wait):
            raise Stopped

    def finish(self, work: Callable[[Site], T]) -> T:
        """:raises lms.services.outbox.Lost: when the job is another worker's"""

        def both(site: Site) -> T:
            job = outbox.held(site.outbox, self._key, self._worker.name)
            site.outbox.remove(job)
            return work(site)

        return self._worker.transact(both)


class Kind(NamedTuple):
    """What is done for a kind of job, and what is told when it is given up."""

    do: Callable[[outbox.Desk, str, Settings], None]
    give_up: Callable[[Site, str, str, datetime], None]


KINDS = {
    imports.KIND: Kind(imports.carry_out, imports.given_up),
    regrades.KIND: Kind(regrades.carry_out, regrades.given_up),
    certificate_work.KIND: Kind(certificate_work.carry_out, certificate_work.given_up),
    second_look.KIND: Kind(second_look.carry_out, second_look.given_up),
    zips.KIND: Kind(zips.carry_out, certificate_work.given_up),
}


def beside(database: ZODB.DB, settings: Settings) -> "WorkerThread | None":
    """A worker for this process, to be started, where no other process can have the data; where
    others can, one of them is the worker (``tutela work``)."""
    if not isinstance(database.storage, FileStorage):
        return None
    return WorkerThread(database, settings)


class WorkerThread(threading.Thread):
    """The worker of a site that is one process."""

    def __init__(self, database: ZODB.DB, settings: Settings):
        super().__init__(name="worker", daemon=True)
        self.worker = Worker(database, settings, alone=True)

    def run(self) -> None:
        self.worker.run()

    def close(self) -> None:
        """End, and wait until what was being done is given back."""
        self.worker.close()
        self.join(10)
