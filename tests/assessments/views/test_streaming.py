"""A file that is made while it is sent has a database connection of its own, and closes it."""

import pytest
import transaction
import ZODB
from persistent.mapping import PersistentMapping
from ZODB.DemoStorage import DemoStorage

from assessments.views.streaming import apart


class Site:
    """A database with one thing in it, and a request's connection to it."""

    def __init__(self):
        self.database = ZODB.DB(DemoStorage())
        self.change("first")
        self.connection = self.database.open(transaction.TransactionManager())
        self.thing = self.connection.root()["thing"]

    def change(self, words):
        with self.database.transaction() as connection:
            connection.root().setdefault("thing", PersistentMapping())["words"] = words

    def opened(self):
        """How many connections are open beside the request's."""
        return sum(bool(each["opened"]) for each in self.database.connectionDebugInfo()) - 1


@pytest.fixture
def site():
    made = Site()
    yield made
    made.connection.close()
    made.database.close()


def twice(thing):
    yield thing["words"].encode()
    yield thing["words"].encode()


def test_it_is_closed_when_all_is_sent(site):
    assert list(apart(site.thing, twice)) == [b"first", b"first"]
    assert site.opened() == 0


def test_it_is_closed_when_the_reader_goes_away(site):
    parts = apart(site.thing, twice)
    next(parts)
    assert site.opened() == 1
    parts.close()
    assert site.opened() == 0


def test_it_is_closed_when_a_part_cannot_be_made(site):
    def broken(thing):
        yield thing["words"].encode()
        raise KeyError

    parts = apart(site.thing, broken)
    next(parts)
    with pytest.raises(KeyError):
        next(parts)
    assert site.opened() == 0


def test_none_is_opened_for_an_answer_that_is_not_sent(site):
    parts = apart(site.thing, twice)
    assert site.opened() == 0
    parts.close()
    assert site.opened() == 0


def test_what_changes_meanwhile_is_not_in_the_file(site):
    parts = apart(site.thing, twice)
    assert next(parts) == b"first"
    site.change("second")
    assert next(parts) == b"first"
    assert list(apart(site.thing, twice)) == [b"second", b"second"]
