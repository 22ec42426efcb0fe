"""Group commit: what waits to be written shares one transaction, and one fsync.

A thread of its own takes everything that waits, does it on one connection whose objects stay in
memory, and commits; each caller goes on when its work is on disk. While a disk is slow the next
transaction grows, so that the rate does not fall with it (architecture §6, runtime.md).
"""

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, cast

import transaction
import ZODB
from transaction.interfaces import NoTransaction, TransientError
from ZODB.Connection import Connection

MOST = 256
"""Works that share a transaction."""
ATTEMPTS = 5
"""Times a transaction is tried that another process's keeps meeting."""
TOGETHER = 3
"""Times the others are tried together after one of them has failed; then each goes alone."""


class Declined(Exception):
    """Work was refused before it had changed anything: the others of its transaction go on."""


class WriterClosed(Exception):
    """The process is ending: nothing more is written."""


class _Job:
    """Work that somebody waits for."""

    __slots__ = ("answered", "error", "result", "stored", "work")

    def __init__(self, work: Callable[[Connection], Any]):
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.stored = False
        self.answered = threading.Lock()
        self.answered.acquire()


class Writer:
    """The one thread of a process that writes run-time data.

    :param retried: called each time that a transaction is tried again
    """

    def __init__(
        self,
        database: ZODB.DB,
        *,
        retried: Callable[[], None] = lambda: None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.database = database
        self._retried = retried
        self._sleep = sleep
        self._manager = transaction.TransactionManager(explicit=True)
        self._connection: Connection | None = None
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def carry_out(self, work: Callable[[Connection], Any]) -> Any:
        """Do ``work(connection)`` and return its result once it is on disk.

        It may be done more than once until then, each time on the data as they are, and must
        leave no trace outside of them. What it raises is raised here, and undoes it alone.

        :raises Declined: as raised by the work
        :raises transaction.interfaces.TransientError: when others kept writing the same objects
        :raises WriterClosed: when the process is ending
        """
        job = _Job(work)
        with self._lock:
            if self._closed:
                raise WriterClosed("The site is stopping. Nothing is lost; send it again.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
            self._waiting.put(job)
        job.answered.acquire()
        if job.error is not None:
            raise job.error
        return job.result

    def close(self) -> None:
        """Finish what waits, and end."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
            if thread is not None:
                self._waiting.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._next()
            try:
                self._write(list(batch))
            except BaseException as error:  # even undoing failed
                self._begin_anew()
                for job in batch:
                    if not job.stored:
                        job.error = job.error or error
            for job in batch:
                job.answered.release()
        if self._connection is not None:
            self._connection.close()

    def _begin_anew(self) -> None:
        """On another connection; whatever can still be let go of this one is."""
        manager, self._manager = self._manager, transaction.TransactionManager(explicit=True)
        connection, self._connection = self._connection, None
        with suppress(Exception):
            manager.abort()
        with suppress(Exception):
            cast(Connection, connection).close()

    def _next(self) -> tuple[list[_Job], bool]:
        """Everything that waits, at least one; and whether more may come."""
        batch: list[_Job] = []
        job = self._waiting.get()
        while job is not None:
            batch.append(job)
            if len(batch) == MOST:
                break
            try:
                job = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, job is not None

    def _write(self, jobs: list[_Job]) -> None:
        """All in one transaction; what goes wrong with one of them is undone for it alone."""
        attempts = faults = 0
        while jobs:
            try:
                failed = self._do(jobs)
                if failed is None:
                    self._manager.commit()
                    for job in jobs:
                        job.stored = True
                    return
                self._abort()
                jobs.remove(failed)
                faults += 1
                if faults < TOGETHER:
                    continue
            except TransientError as error:
                self._abort()
                attempts += 1
                if attempts < ATTEMPTS:
                    self._retried()
                    self._sleep(random.uniform(0.001, 0.02) * attempts)  # noqa: S311 (no secret)
                    continue
                if len(jobs) == 1:
                    jobs[0].error = error
                    return
            except BaseException as error:  # the database's own, or of what one of them has stored
                self._abort()
                if len(jobs) == 1:
                    jobs[0].error = error
                    return
            for job in jobs:
                self._write([job])
            return

    def _abort(self) -> None:
        with suppress(NoTransaction):
            self._manager.abort()

    def _do(self, jobs: list[_Job]) -> _Job | None:
        """The work of all in a new transaction; the first that failed, if one did."""
        if self._connection is None:
            self._connection = self.database.open(self._manager)
        self._connection.cacheGC()
        self._manager.begin()
        for job in jobs:
            job.error = None
            try:
                job.result = job.work(self._connection)
            except Declined as declined:
                job.error = declined
            except TransientError:
                raise
            except BaseException as error:  # whatever it is, the thread lives on
                job.error = error
                return job
        return None
