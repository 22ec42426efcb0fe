"""Jobs in the background: asked for, taken once, done or given up. The clock is passed in."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from lms.resources import Site
from lms.resources.outbox import Job, Outbox

T = TypeVar("T")

LEASE = timedelta(seconds=60)
"""How long a job that is taken belongs to its worker after a sign of life."""
REST = timedelta(seconds=30)
"""Before a job that failed is tried again, the first time; then twice as long, and so on."""
ATTEMPTS = 3
"""Times a job is tried; then it waits for an admin."""


class Lost(Exception):
    """The job is another worker's by now, or nobody's: whoever worked on it stops."""


class Desk(Protocol):
    """Where a job does its changes: each is one transaction on the site, tried again when it meets
    another one, and a sign of life."""

    def change(self, work: Callable[[Site], T]) -> T:
        """Do something on the way. What it raises when the job is no longer this worker's, or the
        worker is to end, ends the job at once."""

    def part(self, work: Callable[[Site], T]) -> T:
        """The same for a part that need not be done again: whoever takes the job up later goes on
        after it."""

    def pause(self, seconds: float) -> None:
        """Between two parts: let others have the machine, for so long or until the worker is to
        end. What it raises, when other work waits for the worker, ends the job at once."""

    def finish(self, work: Callable[[Site], T]) -> T:
        """The same for the last change: the job is done with it, or not at all."""


def ask(outbox: Outbox, kind: str, subject: str, now: datetime) -> Job:
    """Let something be done once the transaction is on disk. There is one job for each kind and
    subject: asking again for one that was given up lets it be tried anew."""
    for job in outbox.values():
        if (job.kind, job.subject) == (kind, subject):
            if job.state == "failed":
                retry(job, now)
            return job
    job = Job(secrets.token_hex(8), kind, subject, now)
    outbox.add(job)
    return job


def take(outbox: Outbox, worker: str, now: datetime) -> Job | None:
    """The job that has waited longest, for this worker; None when there is nothing to do. One that
    gave way to others has waited since then."""
    free = [job for job in outbox.values() if is_free(job, now)]
    if not free:
        return None
    job = min(free, key=lambda job: (job.until, job.created))
    job.state = "taken"
    job.worker = worker
    job.attempts += 1
    job.until = now + LEASE
    return job


def is_free(job: Job, now: datetime) -> bool:
    """Whether the job waits for somebody to take it."""
    return job.state != "failed" and job.until <= now


def held(outbox: Outbox, key: str, worker: str) -> Job:
    """The job, if it is this worker's.

    :raises Lost: when it is not
    """
    job = outbox.get(key)
    if job is None or job.state != "taken" or job.worker != worker:
        raise Lost
    return job


def live(job: Job, now: datetime) -> None:
    """A sign of life; it is written no oftener than it has to be."""
    if job.until - now < LEASE / 2:
        job.until = now + LEASE


def moved_on(job: Job) -> None:
    """A part of the job is done for good: what went wrong before it is in the past."""
    if job.attempts > 1:
        job.attempts = 1


def give_back(job: Job, now: datetime) -> None:
    """The worker ends before the job does, or gives way: somebody takes it up again."""
    job.state = "waiting"
    job.attempts -= 1
    job.until = now


def free_all(outbox: Outbox, now: datetime) -> None:
    """No worker of this database lives: what was taken waits again. It keeps its attempts, so that
    a job that ends its worker is not tried for ever."""
    for job in outbox.values():
        if job.state == "taken":
            job.until = now


def fail(job: Job, problem: str, now: datetime) -> bool:
    """It went wrong; whether it is given up."""
    job.problem = problem[:500]
    given_up = job.attempts >= ATTEMPTS
    job.state = "failed" if given_up else "waiting"
    job.until = now + REST * 2 ** (job.attempts - 1)
    return given_up


def retry(job: Job, now: datetime) -> None:
    """An admin lets a job be tried anew, at once."""
    job.state = "waiting"
    job.attempts = 0
    job.until = now
