"""Completing a course and its certificate are one transaction: both or neither, and once, whatever
meets or dies on the way."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
import ZODB
from ZODB.FileStorage import FileStorage

from learners import add_course, add_person, reports
from lms.resources.site import SITE, Site, site_of
from lms.services import awards
from lms.zodb import in_transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RACERS = 50
NAMES = [f"person-{number}" for number in range(RACERS)]


def open_database(folder: Path) -> ZODB.DB:
    storage = FileStorage(str(folder / "data.fs"), blob_dir=str(folder / "blobs"))
    return ZODB.DB(storage, pool_size=RACERS + 1)


@pytest.fixture
def folder(tmp_path):
    """A database with a course and people in it."""
    database = open_database(tmp_path)

    def furnish(connection):
        site = connection.root()[SITE] = Site()
        add_course(site, "listening", NOW)
        for name in NAMES:
            add_person(site, name, NOW)

    in_transaction(database, furnish)
    database.close()
    return tmp_path


def complete(connection, name: str) -> None:
    """Somebody's package reports that it is complete."""
    site = site_of(connection)
    person = site.people.by_username(name)
    reports(site, person, site.courses["listening"], NOW, completion="completed")


def race(database: ZODB.DB, names: list[str]) -> int:
    """All at once, each in a transaction of its own; how often one had to be run again."""
    ready, tries = Barrier(len(names)), []

    def run(name):
        waits = [ready.wait]

        def work(connection):
            tries.append(name)
            complete(connection, name)
            while waits:
                waits.pop()()  # the first time, everybody has read before anybody writes

        in_transaction(database, work)

    threads = [Thread(target=run, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(tries) - len(names)


def found(database: ZODB.DB, name: str) -> tuple[bool, int]:
    """Whether somebody has completed the course, and how many certificates there are of theirs."""

    def read(connection):
        site = site_of(connection)
        person = site.people.by_username(name)
        enrolment = person.enrolments.get("listening")
        codes = [
            each for each in site.certificates.values() if each.learner_id == person.learner_id
        ]
        held = awards.held_in(site, person.learner_id, site.courses["listening"])
        assert held == codes
        return enrolment is not None and enrolment.completed is not None, len(codes)

    return in_transaction(database, read)


def test_fifty_completions_of_one_person_at_once_issue_one_certificate(folder):
    database = open_database(folder)
    again = race(database, [NAMES[0]] * RACERS)
    assert found(database, NAMES[0]) == (True, 1)
    assert again >= RACERS - 1
    places = in_transaction(
        database,
        lambda connection: [
            each.count() for each in site_of(connection).certificates.status.values()
        ],
    )
    assert places == [1]
    database.close()


def test_fifty_people_who_complete_at_once_get_a_certificate_each(folder):
    database = open_database(folder)
    race(database, NAMES)
    assert [found(database, name) for name in NAMES] == [(True, 1)] * RACERS
    total = in_transaction(database, lambda c: len(site_of(c).certificates))
    assert total == RACERS
    database.close()


KILLED = {
    "before the commit": False,
    "before tpc_begin": False,
    "after tpc_begin": False,
    "after store": False,
    "before tpc_vote": False,
    "after tpc_vote": False,
    "before tpc_finish": False,
    "after tpc_finish": True,
    "after the commit": True,
}
"""Where the process dies, and whether what it did is there afterwards."""


def die_at(point: str) -> None:
    """In the process that is to die: it does where this says."""
    when, _, name = point.partition(" ")
    if name == "the commit":
        return
    real = getattr(FileStorage, name)

    def dying(*arguments, **more):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **more)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(FileStorage, name, dying)


def be_killed(folder: str, point: str) -> None:
    """The process that dies while somebody completes the course."""
    database = open_database(Path(folder))
    die_at(point)

    def work(connection):
        complete(connection, NAMES[0])
        if point == "before the commit":
            os.kill(os.getpid(), signal.SIGKILL)

    in_transaction(database, work)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("point", KILLED)
def test_a_process_that_is_killed_leaves_both_or_neither(folder, point):
    root = Path(__file__).resolve().parents[3]
    died = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, str(folder), point],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'tests'}"},
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL

    database = open_database(folder)
    assert found(database, NAMES[0]) == ((True, 1) if KILLED[point] else (False, 0))

    in_transaction(database, lambda connection: complete(connection, NAMES[0]))
    assert found(database, NAMES[0]) == (True, 1)
    database.close()


if __name__ == "__main__":
    be_killed(sys.argv[1], sys.argv[2])
