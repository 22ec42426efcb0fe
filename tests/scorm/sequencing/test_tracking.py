"""The state as a value, and as plain data."""

import json

from hypothesis import given
from hypothesis import strategies as st

from scorm.sequencing import State, Tracking

TRACKING = st.builds(
    Tracking,
    completion=st.sampled_from((None, True, False)),
    satisfied=st.sampled_from((None, True, False)),
    measure=st.none() | st.floats(-1, 1),
    progress_measure=st.none() | st.floats(0, 1),
    attempt_count=st.integers(0, 3),
    active=st.booleans(),
    suspended=st.booleans(),
)
KEYS = st.text(max_size=3)


def test_an_activity_never_touched_has_nothing_known():
    tracking = State()["a"]
    assert (tracking.completion, tracking.satisfied, tracking.measure) == (None, None, None)
    assert not tracking.attempted


def test_plain_data_hold_only_what_differs_from_the_default():
    state = State().with_tracking({"a": Tracking(completion=False, attempt_count=1)})
    assert state.to_plain() == {
        "current": None,
        "suspended": None,
        "tracking": {"a": {"completion": False, "attempt_count": 1}},
    }


def test_a_state_is_never_changed_in_place():
    before = State().with_tracking({"a": Tracking(active=True)})
    before.with_tracking({"a": Tracking(active=False, completion=True)})
    assert before["a"] == Tracking(active=True)


def test_a_change_that_changes_nothing_gives_the_same_state():
    before = State().with_tracking({"a": Tracking(active=True)})
    assert before.with_tracking({"a": Tracking(active=True), "b": Tracking()}) is before


def test_an_activity_back_at_its_defaults_is_forgotten():
    before = State().with_tracking({"a": Tracking(active=True), "b": Tracking(active=True)})
    assert before.with_tracking({"a": Tracking()}).tracking == {"b": Tracking(active=True)}


@given(st.dictionaries(KEYS, TRACKING), st.none() | KEYS, st.none() | KEYS)
def test_a_state_survives_json(tracking, current, suspended):
    state = State(current=current, suspended_activity=suspended).with_tracking(tracking)
    assert State.from_plain(json.loads(json.dumps(state.to_plain()))) == state
