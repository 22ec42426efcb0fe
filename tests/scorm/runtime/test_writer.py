"""Group commit: one transaction for all that waits, and nothing of one spoils another's."""

import threading
from contextlib import suppress

import pytest
import transaction
import ZODB
from persistent.mapping import PersistentMapping
from transaction.interfaces import TransientError
from ZODB.MappingStorage import MappingStorage

from scorm.runtime.writer import ATTEMPTS, MOST, Declined, Writer, WriterClosed


class Storage(MappingStorage):
    """Counts transactions; can be told to fail, and to wait."""

    def __init__(self):
        super().__init__()
        self.finished = 0
        self.failures: list[Exception] = []
        self.gate = threading.Event()
        self.gate.set()
        self.arrived = threading.Event()

    def tpc_vote(self, transaction):
        self.arrived.set()
        self.gate.wait(10)
        if self.failures:
            raise self.failures.pop(0)
        return super().tpc_vote(transaction)

    def tpc_finish(self, transaction, func=lambda tid: None):
        self.finished += 1
        return super().tpc_finish(transaction, func)


@pytest.fixture
def storage():
    return Storage()


@pytest.fixture
def database(storage):
    database = ZODB.DB(storage)
    with database.transaction() as connection:
        for name in "abcdefgh":
            connection.root()[name] = PersistentMapping()
    storage.finished = 0
    yield database
    database.close()


@pytest.fixture
def retries():
    return []


@pytest.fixture
def writer(database, retries):
    writer = Writer(database, retried=lambda: retries.append(1), sleep=lambda seconds: None)
    yield writer
    writer.close()


def put(name, value):
    def work(connection):
        connection.root()[name]["value"] = value
        return value

    return work


def stored(database, name):
    with database.transaction() as connection:
        return connection.root()[name].get("value")


class Together:
    """Works of several callers that share a transaction: they arrive while another is written."""

    def __init__(self, writer, storage):
        self.writer = writer
        self.storage = storage
        self.results = {}

    def carry_out(self, *works):
        self.storage.gate.clear()
        self.storage.arrived.clear()
        first = threading.Thread(target=self.writer.carry_out, args=(put("h", "first"),))
        first.start()
        assert self.storage.arrived.wait(10)
        threads = [
            threading.Thread(target=self._one, args=(at, work)) for at, work in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        while self.writer._waiting.qsize() < len(works):
            pass
        self.storage.finished = -1  # the first is not counted
        self.storage.gate.set()
        for thread in [first, *threads]:
            thread.join()
        return [self.results[at] for at in range(len(works))]

    def _one(self, at, work):
        try:
            self.results[at] = self.writer.carry_out(work)
        except Exception as error:
            self.results[at] = error


@pytest.fixture
def together(writer, storage):
    return Together(writer, storage).carry_out


def test_what_is_carried_out_is_stored_when_the_call_returns(writer, database):
    assert writer.carry_out(put("a", 7)) == 7
    assert stored(database, "a") == 7


def test_works_that_wait_together_share_one_transaction(together, storage, database):
    assert together(*(put(name, name) for name in "abcdef")) == list("abcdef")
    assert storage.finished == 1
    assert [stored(database, name) for name in "abcdef"] == list("abcdef")


def test_later_work_sees_what_earlier_work_of_its_transaction_has_done(together):
    def add(connection):
        found = connection.root()["a"]
        found["value"] = found.get("value", 0) + 1
        return found["value"]

    assert sorted(together(add, add, add)) == [1, 2, 3]


def test_work_that_fails_half_way_is_undone_and_its_neighbours_are_stored(together, database):
    def broken(connection):
        connection.root()["b"]["value"] = "half"
        raise LookupError("broken")

    one, two, three = together(put("a", 1), broken, put("c", 3))
    assert (one, three) == (1, 3)
    assert isinstance(two, LookupError)
    assert [stored(database, name) for name in "abc"] == [1, None, 3]


def test_many_that_fail_keep_nobody_from_being_stored(together, database):
    def broken(connection):
        connection.root()["b"]["value"] = "half"
        raise LookupError("broken")

    results = together(broken, broken, put("a", 1), broken, broken, put("c", 3))
    assert [result for result in results if not isinstance(result, LookupError)] == [1, 3]
    assert [stored(database, name) for name in "abc"] == [1, None, 3]


def test_work_that_cannot_be_stored_is_told_so_and_its_neighbours_are_stored(together, database):
    def unstorable(connection):
        connection.root()["b"]["value"] = lambda: None

    one, two, three = together(put("a", 1), unstorable, put("c", 3))
    assert (one, three) == (1, 3)
    assert isinstance(two, Exception)
    assert [stored(database, name) for name in "abc"] == [1, None, 3]


def test_a_database_that_cannot_be_opened_for_a_moment_is_tried_again(
    writer, database, monkeypatch
):
    opened, failures = database.open, [TransientError("not now")]

    def open_later(manager):
        if failures:
            raise failures.pop()
        return opened(manager)

    monkeypatch.setattr(database, "open", open_later)
    assert writer.carry_out(put("a", 1)) == 1


def test_refused_work_does_not_make_the_others_be_done_again(together):
    done = []

    def counted(connection):
        done.append(1)
        return put("a", 1)(connection)

    def refused(_connection):
        raise Declined("no")

    assert isinstance(together(counted, refused)[1], Declined)
    assert done == [1]


def test_a_transaction_that_meets_another_is_tried_again(writer, storage, database, retries):
    storage.failures = [TransientError("met"), TransientError("met")]
    assert writer.carry_out(put("a", 1)) == 1
    assert len(retries) == 2
    assert stored(database, "a") == 1


def test_work_that_meets_another_while_it_reads_is_done_again(writer, database, retries):
    met = []

    def work(connection):
        if not met:
            met.append(1)
            raise TransientError("read too late")
        return put("a", 1)(connection)

    assert writer.carry_out(work) == 1
    assert len(retries) == 1
    assert stored(database, "a") == 1


def test_what_goes_on_meeting_others_alone_is_told_so(writer, storage, database):
    storage.failures = [TransientError("met")] * ATTEMPTS
    with pytest.raises(TransientError):
        writer.carry_out(put("a", 1))
    assert writer.carry_out(put("b", 2)) == 2
    assert [stored(database, name) for name in "ab"] == [None, 2]


def test_works_that_go_on_meeting_others_are_written_one_by_one(together, storage, database):
    met = []

    def fail_first(connection):
        if not met:
            met.append(1)
            storage.failures = [TransientError("met")] * ATTEMPTS
        return put("a", 1)(connection)

    assert together(fail_first, put("b", 2)) == [1, 2]
    assert storage.finished == 2
    assert [stored(database, name) for name in "ab"] == [1, 2]


def test_work_that_wants_to_end_the_process_ends_nothing_but_itself(writer, database):
    def ends(_connection):
        raise SystemExit("no")

    with pytest.raises(SystemExit):
        writer.carry_out(ends)
    assert writer.carry_out(put("a", 1)) == 1


def test_a_failing_storage_is_told_to_everybody_and_the_writer_lives_on(writer, storage, database):
    storage.failures = [OSError("no space left")]
    with pytest.raises(OSError, match="no space left"):
        writer.carry_out(put("a", 1))
    assert stored(database, "a") is None
    assert writer.carry_out(put("a", 2)) == 2
    assert stored(database, "a") == 2


@pytest.mark.parametrize("broken", ["abort", "retried"])
def test_nothing_is_called_stored_when_even_undoing_fails_and_the_writer_lives_on(
    writer, storage, database, monkeypatch, broken
):
    def fails():
        raise OSError("even that")

    if broken == "abort":
        monkeypatch.setattr(writer, "_abort", fails)
    else:
        monkeypatch.setattr(writer, "_retried", fails)
    storage.failures = [TransientError("met")]
    with pytest.raises((OSError, TransientError)):
        writer.carry_out(put("a", 1))
    monkeypatch.undo()
    assert stored(database, "a") is None
    assert writer.carry_out(put("a", 2)) == 2
    assert stored(database, "a") == 2


def test_what_somebody_else_has_written_is_seen(writer, database):
    writer.carry_out(put("a", 1))
    with database.transaction() as connection:
        connection.root()["a"]["value"] = 2
    assert writer.carry_out(lambda connection: connection.root()["a"]["value"]) == 2


def test_a_conflict_with_another_connection_is_resolved_by_doing_it_again(writer, database):
    manager = transaction.TransactionManager(explicit=True)
    manager.begin()
    other = database.open(manager)
    met = []

    def work(connection):
        found = connection.root()["a"]
        value = found.get("value", 0)
        if not met:
            met.append(1)
            other.root()["a"]["value"] = 10
            manager.commit()
        found["value"] = value + 1

    writer.carry_out(work)
    other.close()
    assert stored(database, "a") == 11


def test_a_closed_writer_finishes_what_waits_and_takes_nothing_more(database):
    writer = Writer(database)
    writer.carry_out(put("a", 1))
    writer.close()
    with pytest.raises(WriterClosed):
        writer.carry_out(put("a", 2))
    writer.close()
    assert stored(database, "a") == 1


def test_a_writer_that_was_never_used_closes(database):
    Writer(database).close()


def test_more_than_one_transaction_holds_is_written_all_the_same(database):
    writer = Writer(database)
    done = []

    def one():
        with suppress(WriterClosed):
            done.append(writer.carry_out(put("a", 1)))

    threads = [threading.Thread(target=one) for _ in range(MOST + 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    assert len(done) == MOST + 10
