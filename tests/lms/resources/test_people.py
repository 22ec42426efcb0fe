from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import transaction
import ZODB
from transaction.interfaces import NoTransaction
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError

from lms.resources.people import People, Person, SignInSession, normalised
from lms.zodb import find_class

NOW = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def writer():
    """Makes transaction managers with the root mapping as each of them sees it."""
    database = ZODB.DB(DemoStorage(), class_factory=find_class)
    opened = []

    def write():
        manager = transaction.TransactionManager(explicit=True)
        manager.begin()
        opened.append((manager, database.open(manager)))
        return manager, opened[-1][1].root()

    yield write
    for manager, connection in opened:
        with suppress(NoTransaction):
            manager.abort()
        connection.close()
    database.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë", "ZOE\u0308"), ("straße", "STRASSE"), (" mina ", "mina"), ("ﬁne", "fine")],
)
def test_usernames_that_look_alike_are_one(one, other):
    assert normalised(one) == normalised(other)


def test_a_person_is_found_by_id_and_by_username_in_any_case():
    people = People()
    person = Person("0011223344556677", "ab", "Mina", NOW)
    people.add(person)
    assert people[person.id] is people.get(person.id) is people.by_username("MINA") is person
    assert person.id in people
    assert list(people.values()) == [person]


def test_an_unknown_id_leads_nowhere():
    with pytest.raises(KeyError):
        People()["nobody"]


def test_each_role_includes_those_before_it():
    person = Person("0", "a", "mina", NOW)
    person.role = "author"
    assert person.roles == ("member", "author")


def test_a_person_survives_the_database(writer):
    manager, root = writer()
    root["people"] = People()
    person = Person("0011223344556677", "ab", "mina", NOW)
    person.sessions["key"] = SignInSession(NOW, NOW, False, "Firefox on Windows")
    root["people"].add(person)
    manager.commit()
    _manager, root = writer()
    assert root["people"].by_username("mina").sessions["key"].browser == "Firefox on Windows"


def test_two_requests_that_note_the_time_at_once_do_not_meet(writer):
    manager, root = writer()
    root["session"] = SignInSession(NOW, NOW, False, "Firefox")
    manager.commit()
    first, second = writer(), writer()
    later, latest = NOW + timedelta(minutes=6), NOW + timedelta(minutes=7)
    first[1]["session"].last_seen = latest
    second[1]["session"].last_seen = later
    first[0].commit()
    second[0].commit()
    _manager, root = writer()
    assert root["session"].last_seen == latest


def test_two_admins_who_stop_being_one_at_the_same_moment_meet(writer):
    manager, root = writer()
    root["people"] = People()
    root["people"].admins = ("a", "b")
    manager.commit()
    first, second = writer(), writer()
    first[1]["people"].admins = ("a",)
    second[1]["people"].admins = ("b",)
    first[0].commit()
    with pytest.raises(ConflictError):
        second[0].commit()
