"""``tutela receipts``: what a learner shows is checked on the command line."""

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.receipt import receipt
from lms.settings import secret_of
from tests.assessments.attempts.making import NOW, World, say, single


@pytest.fixture
def shown(tutela, tmp_path):
    """A receipt of this site, as a learner saved it."""
    attempt = World(single()).begin()
    say(attempt, 0, "right")
    finish(attempt, now=NOW)
    path = tmp_path / "receipt.txt"
    path.write_text(receipt(attempt, secret_of(tutela.data)), "utf-8")
    return path


def test_a_receipt_of_this_site_is_genuine(tutela, shown):
    done = tutela("receipts", "verify", str(shown))

    assert done.status == 0
    assert "This receipt is genuine." in done.out
    assert "saved: 1" in done.out


@pytest.mark.parametrize("change", [(b"version 1", b"version 2"), (b"quiz", b"\xff")])
def test_a_receipt_that_was_changed_is_not(tutela, shown, change):
    shown.write_bytes(shown.read_bytes().replace(*change))

    done = tutela("receipts", "verify", str(shown), "--json")

    assert (done.status, done.json) == (1, {"genuine": False})


def test_a_file_that_is_not_there_is_refused(tutela, tmp_path):
    done = tutela("receipts", "verify", str(tmp_path / "none.txt"))

    assert done.status == 1
    assert "There is no file" in done.err
