"""Transactions that run at the same time, on two connections of one database."""

from datetime import UTC, datetime

import pytest
import transaction
import ZODB
from ZODB.FileStorage import FileStorage
from ZODB.POSException import ConflictError

from certificates import issuing, standing
from certificates.resources import Certificates
from certified import random_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SNAPSHOT = {"kind": "achievement", "title": "Listening well", "language": "en", "issuer": "Tutela"}


class Worker:
    """A connection with a transaction of its own."""

    def __init__(self, database, random):
        self.random = random
        self.manager = transaction.TransactionManager(explicit=True)
        self.connection = database.open(self.manager)
        self.manager.begin()

    def issue(self, learner_id="learner-1"):
        return issuing.issue(
            self.connection.root()["certificates"],
            learner_id=learner_id,
            award="course/listening",
            snapshot=SNAPSHOT,
            now=NOW,
            random=self.random,
        )

    def commit(self):
        self.manager.commit()
        self.manager.begin()

    def again(self):
        self.manager.abort()
        self.manager.begin()

    def close(self):
        self.manager.abort()
        self.connection.close()


@pytest.fixture(params=[0, 5, 3000], ids=lambda n: f"{n} there already")
def workers(request, tmp_path):
    database = ZODB.DB(FileStorage(str(tmp_path / "data.fs")))
    # The same codes in every run: now and then one opens a new part of a tree, which two can meet
    # in whoever they are.
    random = random_of("at once")
    first = Worker(database, random)
    first.connection.root()["certificates"] = Certificates()
    for number in range(request.param):
        first.issue(f"other-{number}")
    first.commit()
    workers = [first, Worker(database, random)]
    yield workers
    for worker in workers:
        worker.close()
    database.close()


def test_of_two_at_once_the_second_is_run_again_and_finds_the_first(workers):
    one, two = workers
    code = one.issue().code
    two.issue()
    one.commit()
    with pytest.raises(ConflictError):
        two.commit()
    two.again()
    assert two.issue().code == code


def test_the_loser_leaves_no_certificate_behind(workers):
    one, two = workers
    one.issue()
    lost = two.issue().code
    one.commit()
    with pytest.raises(ConflictError):
        two.commit()
    two.again()
    certificates = two.connection.root()["certificates"]
    assert standing.verify(certificates, lost, NOW).certificate is None


def test_different_learners_do_not_meet(workers):
    one, two = workers
    one.issue("learner-1")
    two.issue("learner-2")
    one.commit()
    two.commit()
    one.again()
    certificates = one.connection.root()["certificates"]
    assert [len(certificates.of_learner(f"learner-{n}")) for n in (1, 2)] == [1, 1]


def test_a_revoked_award_is_replaced_once(workers):
    one, two = workers
    issuing.revoke(one.issue(), "wrong title", NOW)
    one.commit()
    two.again()
    one.issue()
    two.issue()
    one.commit()
    with pytest.raises(ConflictError):
        two.commit()
