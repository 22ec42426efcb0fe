"""A database of the shape before group commit is brought up to the code, and nothing is lost."""

from datetime import UTC, datetime

import pytest
import ZODB
from BTrees.OOBTree import OOBTree

from scorm.evolution import rewrite_records
from scorm.resources import ActivityRecord, Registration, Registrations, Session, Text
from scorm.runtime.state import state_of


def key_of(registration):
    return "person" if registration.id == "r" else None


NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STATE = {"current": "one", "suspended": None, "tracking": {"one": {"active": True}}}


def old_registration() -> Registration:
    """As it was stored: attributes straight into the object."""
    record = ActivityRecord.__new__(ActivityRecord)
    values = OOBTree({"cmi.location": "7", "cmi.interactions.0.id": "q1"})
    values["cmi.suspend_data"] = Text("x" * 5000)
    record.__dict__.update(_values=values, attempt=1, total=100, past=OOBTree())
    session = Session.__new__(Session)
    waiting = OOBTree({3: "{}"})
    session.__dict__.update(started=NOW, last=NOW, mode="normal", waiting=waiting, late=OOBTree())
    registration = Registration.__new__(Registration)
    registration.__dict__.update(
        id="r",
        learner_id="1f",
        state=STATE,
        records=OOBTree({"one": record}),
        sessions=OOBTree({"s1": session}),
    )
    return registration


@pytest.fixture
def database():
    database = ZODB.DB(None)
    with database.transaction() as connection:
        registrations = Registrations()
        del registrations.__dict__["_learners"]
        registrations.add(old_registration())
        connection.root()["registrations"] = registrations
    yield database
    database.close()


def test_everything_an_old_registration_held_is_there_afterwards(database):
    for _ in range(2):
        with database.transaction() as connection:
            rewrite_records(connection.root()["registrations"], key_of)
            connection.root()["registrations"].learner("person").stores["kept"] = "over both runs"
        database.cacheMinimize()
    with database.transaction() as connection:
        registrations = connection.root()["registrations"]
        registration = registrations["r"]
        assert registration.tree.plain == STATE
        assert state_of(registration, None)["one"].active
        assert registration.learner is registrations.learner("person")
        assert dict(registration.learner.stores) == {"kept": "over both runs"}
        record = registration.record("one")
        assert record.values() == {
            "cmi.location": "7",
            "cmi.interactions.0.id": "q1",
            "cmi.suspend_data": "x" * 5000,
        }
        assert (record.attempt, record.total) == (1, 100)
        session = registration.sessions["s1"]
        assert session.last == NOW
        assert session.held == 2
