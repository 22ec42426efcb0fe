from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.resources.audit import AuditTrail

START = datetime(2026, 11, 1, tzinfo=UTC)
HEX = st.text("0123456789abcdef", min_size=8, max_size=8)
KEYS = st.sets(st.tuples(st.integers(0, 100), HEX), max_size=60)


def key_of(hours, random):
    time = (START + timedelta(hours=hours * 24)).isoformat(timespec="microseconds")
    return f"{time}/{random}"


def filled(keys):
    trail = AuditTrail()
    for key in keys:
        trail.add(key, {"key": key})
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


def test_an_empty_trail_has_no_entries():
    assert list(AuditTrail().newest_first()) == []


def test_a_position_that_is_no_key_is_harmless():
    trail = filled([key_of(1, "00000000")])
    assert list(trail.newest_first(before="!")) == []
