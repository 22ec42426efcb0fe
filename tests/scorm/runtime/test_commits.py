"""What the player's outbox sends (commit protocol)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm.runtime.commit import Applied, Entry, Malformed


def set_entry(number, location):
    values = [["cmi.location", location]]
    return {"number": number, "kind": "set", "activity": "one", "values": values}


@pytest.fixture
def open_learner(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    return one


def test_an_entry_counts_once_however_often_it_comes(open_learner):
    first = open_learner.entry("set", "one", values=[["cmi.session_time", "PT1M"]])
    last = open_learner.entry("terminate", "one", request="_none_")
    open_learner.send(first, last)
    view = open_learner.send(first, last)
    assert view["acknowledged"] == 3
    assert open_learner.start("s2")["delivery"]["data"]["cmi.total_time"] == "PT1M"


def test_an_entry_after_a_gap_waits_for_what_is_missing(open_learner):
    assert open_learner.send(set_entry(3, "later"))["acknowledged"] == 1
    assert open_learner.values("one") == {}
    assert open_learner.send(set_entry(2, "earlier"))["acknowledged"] == 3
    assert open_learner.values("one") == {"cmi.location": "later"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(2, 8)), again=st.lists(st.integers(2, 7)))
def test_any_order_and_any_repetition_give_the_same_data(learner, order, again):
    one = learner("one")
    one.start("s1")
    one.initialize("one")
    for number in [*order, *again]:
        one.send(set_entry(number, f"place {number}"))
    assert one.values("one") == {"cmi.location": "place 7"}
    assert one.registration.sessions["s1"].acknowledged == 7


def test_a_value_that_the_tables_refuse_is_named_and_the_others_count(open_learner):
    view = open_learner.set("one", {"cmi.location": "7", "cmi.score.scaled": "2"})
    assert view["refused"] == [{"number": 2, "element": "cmi.score.scaled", "error": "407"}]
    assert open_learner.values("one") == {"cmi.location": "7"}


def test_what_the_server_alone_decides_cannot_be_sent(open_learner):
    view = open_learner.set(
        "one", {"cmi.credit": "no-credit", "cmi.learner_name": "Eve", "cmi.total_time": "PT9H"}
    )
    assert {refused["error"] for refused in view["refused"]} == {"404"}
    data = open_learner.start("s1")["delivery"]["data"]
    assert (data["cmi.credit"], data["cmi.learner_name"]) == ("credit", "Ana")


def test_an_activity_of_no_package_changes_nothing(open_learner):
    open_learner.send(
        open_learner.entry("initialize", "nowhere"),
        open_learner.entry("set", "nowhere", values=[["cmi.location", "7"]]),
        open_learner.entry("terminate", "nowhere"),
    )
    assert set(open_learner.registration.records) == {"one"}


def test_values_of_two_parts_in_one_delivery_go_to_each(open_learner):
    open_learner.send(
        open_learner.entry("set", "one", values=[["cmi.location", "1"]]),
        open_learner.entry("set", "one", values=[["cmi.suspend_data", "a"]]),
        open_learner.entry("navigate", "one", request="continue"),
        open_learner.entry("initialize", "two"),
        open_learner.entry("set", "two", values=[["cmi.location", "2"]]),
    )
    assert open_learner.values("one") == {"cmi.location": "1", "cmi.suspend_data": "a"}
    assert open_learner.values("two") == {"cmi.location": "2"}


def test_a_left_over_outbox_counts_while_nobody_has_begun_since(open_learner):
    applied = open_learner.replay("s1", set_entry(2, "from the device"))
    assert applied == Applied()
    assert open_learner.values("one") == {"cmi.location": "from the device"}


def test_a_left_over_outbox_that_came_too_late_is_kept_and_overwrites_nothing(open_learner):
    open_learner.start("s2")
    open_learner.replay("s1", set_entry(1, "seen"), set_entry(2, "too late"))
    assert "cmi.location" not in open_learner.values("one")
    late = open_learner.history()["sessions"]["s1"]["late"]
    assert [entry["values"] for entry in late] == [[["cmi.location", "too late"]]]


def test_an_outbox_of_no_session_of_ours_is_nothing(open_learner):
    assert open_learner.replay("made up", set_entry(1, "x")) == Applied()
    assert "made up" not in open_learner.registration.sessions


@pytest.mark.parametrize(
    "plain",
    [
        "text",
        {},
        {"number": 0, "kind": "set", "activity": "one"},
        {"number": True, "kind": "set", "activity": "one"},
        {"number": 1, "kind": "delete"},
        {"number": 1, "kind": "set", "activity": "one", "values": [["a"]]},
        {"number": 1, "kind": "set", "activity": "one", "values": [["a", 1]]},
        {"number": 1, "kind": "set", "activity": "one", "values": {"a": "b"}},
        {"number": 1, "kind": "set", "activity": 3},
        {"number": 1, "kind": "set"},
        {"number": 1, "kind": "navigate", "request": 7},
        {"number": 1, "kind": ["set"]},
    ],
)
def test_what_no_player_sends_is_refused(plain):
    with pytest.raises(Malformed):
        Entry.from_plain(plain)


def test_the_record_of_a_registration_shows_sessions_and_parts(open_learner):
    open_learner.set("one", {"cmi.location": "7"})
    found = open_learner.history()
    assert found["activities"]["one"]["values"] == {"cmi.location": "7"}
    assert found["sessions"]["s1"]["commits"] == 2
    assert found["edition"] == "2004 4th"
