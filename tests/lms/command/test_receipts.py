"""``tutela receipts``: what a learner shows is checked on the command line."""

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.receipt import receipt
from lms.resources.site import SITE
from lms.settings import secret_of
from lms.zodb import open_database
from servers import ROOT
from tests.assessments.attempts.making import NOW, World, say, single


@pytest.fixture
def attempt():
    attempt = World(single()).begin()
    say(attempt, 0, "right")
    finish(attempt, now=NOW)
    return attempt


@pytest.fixture
def shown(tutela, attempt, tmp_path):
    """A receipt of this site, as a learner saved it."""
    path = tmp_path / "receipt.txt"
    path.write_text(receipt(attempt, secret_of(tutela.data)), "utf-8")
    return path


def test_a_receipt_of_this_site_is_genuine(tutela, shown):
    done = tutela("receipts", "verify", str(shown))

    assert done.status == 0
    assert "This receipt is genuine." in done.out
    assert "saved: 1" in done.out
    assert "record: gone" in done.out


@pytest.mark.parametrize(("tamper", "record"), [(False, "unchanged"), (True, "changed")])
def test_what_the_site_has_is_compared_with_it(tutela, shown, attempt, tamper, record):
    if tamper:
        answer = attempt.answers[0]
        answer.recent = ({**answer.recent[0], "response": {"answer": ("half",)}},)
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with database.transaction() as connection:
        connection.root()[SITE].quizzes.add(attempt.quiz)
    database.close()

    done = tutela("receipts", "verify", str(shown), "--json")

    assert (done.json["genuine"], done.json["record"]) == (True, record)
    assert done.status == (1 if tamper else 0)


@pytest.mark.parametrize("change", [(b"version 1", b"version 2"), (b"quiz", b"\xff")])
def test_a_receipt_that_was_changed_is_not(tutela, shown, change):
    shown.write_bytes(shown.read_bytes().replace(*change))

    done = tutela("receipts", "verify", str(shown), "--json")

    assert (done.status, done.json) == (1, {"genuine": False})


def test_a_file_that_is_not_there_is_refused(tutela, tmp_path):
    done = tutela("receipts", "verify", str(tmp_path / "none.txt"))

    assert done.status == 1
    assert "There is no file" in done.err
