"""A package on its way in: its parts, its check apart, and what is left of it."""

import errno
import io
import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
import transaction
import ZODB
import ZODB.FileStorage

import smallest
from scorm import importing
from scorm.packages import apart
from scorm.packages.archive import Limits
from scorm.resources import Packages

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LIMITS = Limits.of(10**6)


class Desk:
    """One worker's desk, over a database of the test's own."""

    def __init__(self, database):
        self.database = database
        self.finished = 0
        self.on_change = lambda packages: None

    def change(self, work):
        with self.database.transaction() as connection:
            packages = connection.root()["packages"]
            self.on_change(packages)
            return work(packages)

    def finish(self, work):
        found = self.change(work)
        self.finished += 1
        return found


@pytest.fixture
def desk(tmp_path):
    database = ZODB.DB(
        ZODB.FileStorage.FileStorage(str(tmp_path / "data.fs"), blob_dir=str(tmp_path / "blobs"))
    )
    with database.transaction() as connection:
        connection.root()["packages"] = Packages()
    yield Desk(database)
    database.close()


@pytest.fixture
def uploads(tmp_path):
    return tmp_path / "uploads"


@pytest.fixture
def content(tmp_path):
    return smallest.write(tmp_path / "smallest.zip", "2004").read_bytes()


def begin(packages, uploads, size, **more):
    return importing.begin(
        packages, uploads, LIMITS, name="a.zip", size=size, owner="amal", now=NOW, **more
    )


def sent(desk, uploads, content, **more) -> str:
    """A package that waits to be checked; its key."""

    def send(packages):
        found = begin(packages, uploads, len(content), **more)
        importing.receive(uploads, found, 0, io.BytesIO(content))
        importing.submit(uploads, found, NOW)
        return found.__name__

    return desk.change(send)


def carry_out(desk, uploads, key, stored=lambda found: None):
    importing.carry_out(desk, uploads, key, LIMITS, now=lambda: NOW, stored=stored)


def state(desk, key):
    return desk.change(lambda packages: packages.imports[key].state)


# ---- parts ----


def test_parts_go_on_where_the_earlier_ones_end(uploads):
    found = begin(Packages(), uploads, 6)
    assert importing.receive(uploads, found, 0, io.BytesIO(b"abc")) == 3
    assert importing.received(uploads, found) == 3
    assert importing.receive(uploads, found, 3, io.BytesIO(b"def")) == 6
    assert (uploads / found.__name__ / importing.SENT).read_bytes() == b"abcdef"


@pytest.mark.parametrize("offset", [0, 2, 4])
def test_a_part_for_another_place_is_refused_with_the_right_one(uploads, offset):
    found = begin(Packages(), uploads, 6)
    importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    with pytest.raises(importing.OtherPlace) as refused:
        importing.receive(uploads, found, offset, io.BytesIO(b"xyz"))
    assert refused.value.offset == 3


class Broken(io.BytesIO):
    """A line that drops after some bytes."""

    def read(self, size=-1):
        found = super().read(2)
        if not found:
            raise ConnectionResetError
        return found


def test_what_came_before_the_line_broke_is_kept(uploads):
    found = begin(Packages(), uploads, 6)
    with pytest.raises(ConnectionResetError):
        importing.receive(uploads, found, 0, Broken(b"abcd"))
    assert importing.received(uploads, found) == 4
    assert importing.receive(uploads, found, 4, io.BytesIO(b"ef")) == 6


def test_more_than_was_announced_is_refused(uploads):
    found = begin(Packages(), uploads, 2)
    with pytest.raises(importing.TooLarge):
        importing.receive(uploads, found, 0, io.BytesIO(b"abc"))


def test_a_file_beyond_the_limit_is_refused_before_it_is_sent(uploads):
    with pytest.raises(importing.TooLarge, match=r"The file has 2 MB; at most 1 MB"):
        begin(Packages(), uploads, 2 * 10**6)


def test_a_file_for_which_there_is_no_room_is_refused_before_it_is_sent(uploads, monkeypatch):
    uploads.mkdir()
    usage = shutil.disk_usage(uploads)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(importing.NoRoom):
        begin(Packages(), uploads, 600)


class Full(io.BytesIO):
    def read(self, size=-1):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_is_full_is_said(uploads):
    found = begin(Packages(), uploads, 6)
    with pytest.raises(importing.NoRoom, match="disk is full"):
        importing.receive(uploads, found, 0, Full())


def test_two_pages_do_not_send_at_once(uploads):
    found = begin(Packages(), uploads, 6)

    class Meanwhile(io.BytesIO):
        def read(self, size=-1):
            with pytest.raises(importing.Busy):
                importing.receive(uploads, found, 0, io.BytesIO(b"x"))
            return super().read(size)

    assert importing.receive(uploads, found, 0, Meanwhile(b"abcdef")) == 6


def test_it_is_not_checked_before_it_is_whole(uploads):
    found = begin(Packages(), uploads, 6)
    importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    with pytest.raises(importing.OtherPlace):
        importing.submit(uploads, found, NOW)
    assert found.state == "sending"


def test_what_is_over_takes_nothing_more(uploads):
    found = begin(Packages(), uploads, 3)
    importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    importing.submit(uploads, found, NOW)
    with pytest.raises(importing.OtherPlace) as refusal:
        importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    assert refusal.value.offset == 3
    for refused in (
        lambda: importing.submit(uploads, found, NOW),
        lambda: importing.try_again(found, NOW),
    ):
        with pytest.raises(importing.Over):
            refused()


def test_what_was_taken_away_from_the_disk_is_over(uploads):
    found = begin(Packages(), uploads, 3)
    shutil.rmtree(uploads / found.__name__)
    with pytest.raises(importing.Over):
        importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    with pytest.raises(importing.Over):
        importing.received(uploads, found)


# ---- the check ----


def test_a_package_is_stored_as_it_is_served_and_as_it_was_sent(desk, uploads, content):
    told = []
    key = sent(desk, uploads, content)
    carry_out(desk, uploads, key, lambda found: told.append(found.state))

    def look(packages):
        found = packages.imports[key]
        version = found.package.newest
        assert found.version is version
        assert found.package.owner == "amal"
        assert json.loads(str(version.manifest))["title"] == "Smallest"
        with version.original.open("r") as file:
            assert file.read() == content
        return found.state

    assert desk.change(look) == "done"
    assert told == ["done"]
    assert desk.finished == 1
    assert list(uploads.iterdir()) == []


def test_a_package_that_is_refused_leaves_its_report_alone(desk, uploads):
    key = sent(desk, uploads, b"A letter to the editor.")
    carry_out(desk, uploads, key)

    def look(packages):
        found = packages.imports[key]
        assert "not a zip file" in str(found.report)
        assert found.package is None
        assert not list(packages.values())
        return found.state

    assert desk.change(look) == "refused"
    assert list(uploads.iterdir()) == []


def test_another_version_goes_to_its_package(desk, uploads, content, tmp_path):
    first = sent(desk, uploads, content)
    carry_out(desk, uploads, first)
    other = smallest.write(tmp_path / "other.zip", "1.2").read_bytes()

    def send(packages):
        found = begin(packages, uploads, len(other), package=packages.imports[first].package)
        importing.receive(uploads, found, 0, io.BytesIO(other))
        importing.submit(uploads, found, NOW)
        return found.__name__

    second = desk.change(send)
    carry_out(desk, uploads, second)
    count = desk.change(lambda packages: [len(p.versions) for p in packages.values()])
    assert count == [2]


def test_the_same_files_again_are_no_other_version(desk, uploads, content):
    first = sent(desk, uploads, content)
    carry_out(desk, uploads, first)

    def send(packages):
        found = begin(packages, uploads, len(content), package=packages.imports[first].package)
        importing.receive(uploads, found, 0, io.BytesIO(content))
        importing.submit(uploads, found, NOW)
        return found.__name__

    carry_out(desk, uploads, desk.change(send))
    assert desk.change(lambda packages: [len(p.versions) for p in packages.values()]) == [1]


def test_a_check_that_was_interrupted_is_begun_anew(desk, uploads, content):
    """At the first change, at the last, and after it."""
    key = sent(desk, uploads, content)

    class PowerCut(Exception):
        pass

    def cut(*_):
        raise PowerCut

    for change in (lambda: desk.change, lambda: desk.finish):
        name = change().__name__
        setattr(desk, name, cut)
        with pytest.raises(PowerCut):
            carry_out(desk, uploads, key)
        delattr(desk, name)
        assert (uploads / key / importing.SENT).exists()
        assert desk.change(lambda packages: list(packages.values())) == []
    carry_out(desk, uploads, key)
    carry_out(desk, uploads, key)
    assert desk.change(lambda packages: len(list(packages.values()))) == 1
    assert list(uploads.iterdir()) == []


def test_a_check_that_begins_anew_never_writes_into_what_is_stored(desk, uploads, content):
    """A blob is the worker's file by another name; a worker that was slow comes back to it."""
    key = sent(desk, uploads, content)
    folder, stored = uploads / key, uploads / "stored.zip"
    (folder / apart.CANONICAL).write_bytes(b"what learners read")
    os.link(folder / apart.CANONICAL, stored)
    carry_out(desk, uploads, key)
    assert state(desk, key) == "done"
    assert stored.read_bytes() == b"what learners read"


def test_a_conflict_at_the_last_moment_costs_no_file(desk, uploads, content):
    key = sent(desk, uploads, content)
    finish, tries = desk.finish, []

    def conflict_first(work):
        manager = transaction.TransactionManager(explicit=True)
        manager.begin()
        connection = desk.database.open(manager)
        work(connection.root()["packages"])
        tries.append(key)
        manager.abort()
        connection.close()
        return finish(work)

    desk.finish = conflict_first
    carry_out(desk, uploads, key)
    assert tries == [key]
    assert state(desk, key) == "done"


def test_a_check_that_is_called_off_ends_and_stores_nothing(desk, uploads, content, monkeypatch):
    monkeypatch.setattr(importing, "LOOK", 0.0)
    key = sent(desk, uploads, content)
    seen = []

    def call_off(packages):
        seen.append(packages.imports[key].state)
        if packages.imports[key].state == "working":
            importing.cancel(packages.imports[key], NOW)

    desk.on_change = call_off
    carry_out(desk, uploads, key)
    desk.on_change = lambda packages: None
    assert "working" in seen
    assert state(desk, key) == "cancelled"
    assert desk.change(lambda packages: list(packages.values())) == []
    assert list(uploads.iterdir()) == []


def test_who_calls_off_too_late_hears_that_it_is_over(desk, uploads, content):
    key = sent(desk, uploads, content)
    carry_out(desk, uploads, key)
    with pytest.raises(importing.Over):
        desk.change(lambda packages: importing.cancel(packages.imports[key], NOW))


def test_the_page_is_told_how_far_the_check_is(desk, uploads, content):
    key = sent(desk, uploads, content)
    watch = importing._Watch(desk, key)
    watch._next = 0.0
    watch.progress(3, 7)
    desk.change(lambda packages: setattr(packages.imports[key], "state", "working"))
    assert watch.wanted()
    assert desk.change(lambda packages: packages.imports[key].progress) == (3, 7)


def test_what_failed_on_our_side_can_be_tried_again(uploads):
    found = begin(Packages(), uploads, 3)
    importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    importing.submit(uploads, found, NOW)
    importing.fail(found, "room", NOW)
    assert (found.state, found.problem) == ("failed", "room")
    importing.try_again(found, NOW)
    assert (found.state, found.problem) == ("waiting", "")


@pytest.mark.parametrize(
    ("status", "problem"), [(errno.ENOSPC, "room"), (errno.ENOMEM, "memory"), (1, "fault")]
)
def test_a_check_without_a_result_says_why(desk, uploads, content, monkeypatch, status, problem):
    key = sent(desk, uploads, content)
    monkeypatch.setattr(apart, "PROGRAM", f"import sys; sys.exit({status})")
    with pytest.raises(apart.Failed) as failed:
        carry_out(desk, uploads, key)
    assert failed.value.problem == problem
    assert (uploads / key / importing.SENT).exists()


# ---- sweeping ----


def old(folder, days):
    seconds = (NOW - timedelta(days=days)).timestamp()
    for path in (folder, *folder.iterdir()):
        os.utime(path, (seconds, seconds))


def test_what_waits_for_the_rest_is_kept_for_a_week(uploads):
    packages = Packages()
    found = begin(packages, uploads, 3)
    folder = uploads / found.__name__
    old(folder, 6)
    assert importing.sweep(packages, uploads, NOW + timedelta(days=6)) == []
    old(folder, 1)
    assert importing.sweep(packages, uploads, NOW + timedelta(days=9)) == [folder]
    assert found.state == "cancelled"


def test_what_became_of_a_package_is_told_for_a_month(uploads):
    packages = Packages()
    found = begin(packages, uploads, 3)
    importing.cancel(found, NOW)
    importing.sweep(packages, uploads, NOW + timedelta(days=29))
    assert list(packages.imports.values()) == [found]
    importing.sweep(packages, uploads, NOW + timedelta(days=31))
    assert list(packages.imports.values()) == []


def test_a_folder_that_belongs_to_nothing_is_taken_away_after_an_hour(uploads):
    packages = Packages()
    (uploads / "stray").mkdir(parents=True)
    (uploads / "stray" / "a").touch()
    old(uploads / "stray", 0)
    assert importing.sweep(packages, uploads, NOW + timedelta(minutes=50)) == []
    assert importing.sweep(packages, uploads, NOW + timedelta(minutes=61)) == [uploads / "stray"]


def test_what_is_being_checked_is_left_alone(uploads):
    packages = Packages()
    found = begin(packages, uploads, 3)
    importing.receive(uploads, found, 0, io.BytesIO(b"abc"))
    importing.submit(uploads, found, NOW)
    old(uploads / found.__name__, 400)
    assert importing.sweep(packages, uploads, NOW + timedelta(days=400)) == []
