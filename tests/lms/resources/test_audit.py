from datetime import UTC, datetime, timedelta

import transaction
import ZODB
from hypothesis import given
from hypothesis import strategies as st
from ZODB.DemoStorage import DemoStorage

from lms.resources.audit import AuditTrail
from lms.zodb import find_class

START = datetime(2026, 11, 1, tzinfo=UTC)
HEX = st.text("0123456789abcdef", min_size=8, max_size=8)
KEYS = st.sets(st.tuples(st.integers(0, 100), HEX), max_size=60)


def key_of(hours, random):
    time = (START + timedelta(hours=hours * 24)).isoformat(timespec="microseconds")
    return f"{time}/{random}"


def filled(keys):
    trail = AuditTrail()
    for key in keys:
        trail.add(key, key)
    return trail


@given(KEYS)
def test_every_entry_comes_back_newest_first(pairs):
    keys = {key_of(*pair) for pair in pairs}
    found = [key for key, _entry in filled(keys).newest_first()]
    assert found == sorted(keys, reverse=True)


@given(KEYS.filter(bool), st.data())
def test_reading_on_from_an_entry_gives_exactly_the_older_ones(pairs, data):
    keys = sorted(key_of(*pair) for pair in pairs)
    start = data.draw(st.sampled_from(keys))
    found = [key for key, _entry in filled(keys).newest_first(before=start)]
    assert found == sorted((key for key in keys if key < start), reverse=True)


def test_people_who_act_at_the_same_moment_do_not_meet():
    """Even when chance puts both entries into one leaf."""
    database = ZODB.DB(DemoStorage(), class_factory=find_class)
    trails = {}
    for number in range(3):
        manager = transaction.TransactionManager(explicit=True)
        manager.begin()
        connection = database.open(manager)
        if number == 0:
            connection.root()["trail"] = filled([key_of(0, "00000000")])
            manager.commit()
            manager.begin()
        trails[manager] = connection
    for number, connection in enumerate(trails.values()):
        connection.root()["trail"].add(key_of(1, f"{number}0000000"), "entry")
    for manager in trails:
        manager.commit()
    manager.begin()
    assert len(list(trails[manager].root()["trail"].newest_first())) == 4
    manager.abort()
    for connection in trails.values():
        connection.close()
    database.close()


def test_an_empty_trail_has_no_entries():
    assert list(AuditTrail().newest_first()) == []


def test_a_position_that_is_no_key_is_harmless():
    trail = filled([key_of(1, "00000000")])
    assert list(trail.newest_first(before="!")) == []
