"""What the player's outbox sends (commit protocol)."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm import sequencing
from scorm.runtime import commit
from scorm.runtime.commit import Applied, Entry, Malformed, open_session, take_leftovers
from scorm.runtime.course import course_of
from scorm.runtime.launch import Superseded


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


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
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


def test_an_outbox_of_a_session_that_is_not_known_any_more_is_kept_and_overwrites_nothing(
    open_learner,
):
    assert open_learner.replay("restored", set_entry(1, "x")) == Applied()
    session = open_learner.registration.sessions["restored"]
    assert "x" in str(session.late[1])
    with pytest.raises(Superseded):
        open_learner.send(set_entry(1, "x"), session="restored")
    assert commit.hand_back(session, [Entry.from_plain(set_entry(2, "y"))]) == 2
    assert "cmi.location" not in open_learner.values("one")


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


def test_entries_behind_a_gap_that_never_closes_count_when_another_session_begins(learner):
    one = learner()
    one.start("s1")
    one.initialize("one")
    gap = one.entry("set", "one", values=[["cmi.location", "lost"]])
    one.set("one", {"cmi.suspend_data": "behind the gap"})
    one.terminate("one")
    assert "cmi.suspend_data" not in one.values("one")
    session = one.registration.sessions["s1"]
    assert session.held > 0
    one.start("s2")
    past = one.history()["activities"]["one"]["past"] or one.history()["activities"]["one"]
    assert "behind the gap" in json.dumps(past)
    assert session.skipped == ((2, 2),)
    assert session.held == 0
    one.replay("s1", gap)
    assert list(session.late) == [2], "It came too late and is kept for an admin."


def test_what_waits_for_a_gap_is_bounded_and_what_is_beyond_can_be_sent_again(learner, monkeypatch):
    monkeypatch.setattr(commit, "MOST_HELD", 300)
    one = learner()
    one.start("s1")
    gap = one.entry("initialize", "one")
    ahead = [one.entry("set", "one", values=[["cmi.location", str(n)]]) for n in range(5)]
    assert one.send(*ahead)["acknowledged"] == 0
    session = one.registration.sessions["s1"]
    assert 0 < session.held <= 300
    kept = len(session.waiting)
    assert one.send(gap)["acknowledged"] == 1 + kept
    assert one.send(*ahead[kept:])["acknowledged"] == 6
    assert one.values("one")["cmi.location"] == "4"


def test_more_left_over_than_is_kept_is_refused_and_stays_on_the_device(learner, monkeypatch):
    monkeypatch.setattr(commit, "MOST_HELD", 300)
    one = learner()
    one.start("s1")
    late = [one.entry("set", "one", values=[["cmi.location", str(n)]]) for n in range(5)]
    one.start("s2")
    with pytest.raises(commit.TooMuch):
        one.replay("s1", *late)


def test_values_that_were_refused_are_told_again_when_their_entry_is_sent_again(learner):
    one = learner()
    one.start("s1")
    entry = one.entry("set", "one", values=[["cmi.score.scaled", "7"]])
    refused = one.send(entry)["refused"]
    assert refused == [{"number": 1, "element": "cmi.score.scaled", "error": "407"}]
    assert one.send(entry)["refused"] == refused
    assert one.registration.sessions["s1"].refused == tuple(refused)


def test_values_of_a_part_that_was_not_delivered_are_put_away_and_not_lost(open_learner):
    one = open_learner
    one.set("two", {"cmi.location": "before its time"})
    one.navigate("continue", "one")
    past = one.history()["activities"]["two"]["past"]
    assert [each["values"]["cmi.location"] for each in past.values()] == ["before its time"]


def test_only_what_is_kept_without_a_gap_is_said_to_be_kept(open_learner):
    one = open_learner
    one.start("s2")
    session = one.registration.sessions["s1"]
    assert session.acknowledged == 1
    ahead, missing = Entry.from_plain(set_entry(3, "c")), Entry.from_plain(set_entry(2, "b"))
    assert commit.set_aside(session, [ahead]) is None
    assert commit.kept_up_to(session) == 1
    assert commit.set_aside(session, [missing]) is None
    assert commit.kept_up_to(session) == 3


def test_of_numbers_that_were_skipped_those_are_kept_that_came_late(open_learner):
    one = open_learner
    one.send(set_entry(4, "d"))
    one.start("s2")
    session = one.registration.sessions["s1"]
    assert session.skipped == ((2, 3),)
    assert commit.kept_up_to(session) == 1
    commit.set_aside(session, [Entry.from_plain(set_entry(number, "x")) for number in (2, 3)])
    assert commit.kept_up_to(session) == 4


def test_what_a_page_wrote_into_an_entry_after_another_had_sent_it_is_kept(open_learner):
    one = open_learner
    one.replay("s1", set_entry(2, "as the other page found it"))
    one.start("s2")
    session = one.registration.sessions["s1"]
    commit.set_aside(session, [Entry.from_plain(set_entry(2, "as the other page found it"))])
    assert not session.late
    commit.set_aside(session, [Entry.from_plain(set_entry(2, "written afterwards"))])
    assert "written afterwards" in str(session.late[2])


def test_the_newest_wording_of_a_late_entry_is_kept(open_learner):
    one = open_learner
    one.start("s2")
    session = one.registration.sessions["s1"]
    for value in ("first", "second"):
        commit.set_aside(session, [Entry.from_plain(set_entry(2, value))])
    assert "second" in str(session.late[2])
    assert session.kept_late == len(session.late[2])


def test_of_two_pages_on_one_address_the_first_alone_goes_on(open_learner):
    registration, now = open_learner.registration, open_learner.now
    commit.open_session(registration, "s2", "normal", [], now, "first")
    with pytest.raises(Superseded):
        commit.open_session(registration, "s2", "normal", [], now, "second")
    commit.open_session(registration, "s2", "normal", [], now, "first")
    entry = Entry.from_plain(set_entry(1, "x"))
    with pytest.raises(Superseded):
        commit.commit(registration, "s2", [entry], now, "second")
    written = commit.commit(registration, "s2", [entry], now, "first")
    assert written.session.acknowledged == 1


def test_a_launch_that_is_refused_takes_in_nothing(open_learner):
    one = open_learner
    one.start("s2")
    left = [("s2", [Entry.from_plain(set_entry(1, "of the newest"))])]
    with pytest.raises(Superseded):
        commit.open_session(one.registration, "s1", "normal", left, one.now)
    assert one.registration.sessions["s2"].acknowledged == 0


def test_the_names_of_refused_values_are_kept_in_short(open_learner):
    name = "cmi.nothing." + "x" * 100_000
    values = [[name, "1"]]
    entry = open_learner.entry("set", "one", values=values)
    assert open_learner.send(entry)["refused"][0]["element"] == name
    (kept,) = open_learner.registration.sessions["s1"].refused
    assert len(kept["element"]) == commit.SHOWN


def test_time_told_again_after_a_goodbye_takes_the_place_of_what_was_added(open_learner):
    one, name = open_learner, "cmi.session_time"
    one.set("one", {"cmi.exit": "suspend", name: "PT10M"})
    one.terminate("one")
    one.set("one", {name: "PT11M"})
    one.terminate("one")
    assert one.registration.record("one").total == 11 * 6000
    one.set("one", {name: "PT12M"})
    one.navigate("suspendAll", "one")
    assert one.start("s2")["delivery"]["data"]["cmi.total_time"] == "PT12M"
    one.initialize("one")
    one.set("one", {name: "PT1M"})
    one.terminate("one")
    assert one.registration.record("one").total == 13 * 6000


def test_what_there_is_no_room_for_is_not_said_to_be_kept(open_learner, monkeypatch):
    one = open_learner
    one.replay("s1", set_entry(2, "as found"))
    one.start("s2")
    session = one.registration.sessions["s1"]
    monkeypatch.setattr(commit, "MOST_HELD", 150)
    small, large = set_entry(3, "c"), set_entry(4, "x" * 150)
    assert commit.hand_back(session, [Entry.from_plain(small), Entry.from_plain(large)]) == 3
    again = [Entry.from_plain(small)]
    assert commit.hand_back(session, again) == 3, "Its room is not counted twice."
    grown = Entry.from_plain(set_entry(2, "y" * 150))
    assert commit.hand_back(session, [grown]) == 1


def test_left_overs_in_portions_are_all_remembered_by_their_wording(open_learner):
    one = open_learner
    one.replay("s1", set_entry(2, "b"))
    one.replay("s1", set_entry(3, "c"))
    one.start("s2")
    session = one.registration.sessions["s1"]
    commit.set_aside(session, [Entry.from_plain(set_entry(2, "b, and more"))])
    assert list(session.late) == [2]


def test_a_review_keeps_nothing_of_another_page(open_learner):
    registration, now = open_learner.registration, open_learner.now
    written = commit.open_session(registration, "s2", "review", [], now, "first")
    assert commit.hand_back(written.session, [Entry.from_plain(set_entry(1, "x"))]) is None
    assert not written.session.late


def test_few_sessions_are_known_by_what_they_left_alone(open_learner):
    one = open_learner
    one.replay("nothing was left")
    assert "nothing was left" not in one.registration.sessions
    for number in range(commit.MOST_UNKNOWN):
        one.replay(f"restored {number}", set_entry(1, "x"))
    with pytest.raises(commit.TooMuch):
        one.replay("one more", set_entry(1, "x"))
    assert "one more" not in one.registration.sessions


@pytest.fixture
def asked(monkeypatch):
    """Which functions of the sequencer were called."""
    names: list[str] = []

    def watch(name):
        real = getattr(sequencing, name)

        def called(*given, **more):
            names.append(name)
            return real(*given, **more)

        monkeypatch.setattr(sequencing, name, called)

    for name in ("record", "standing", "validity", "contents", "step"):
        watch(name)
    return names


def test_a_commit_that_says_nothing_new_asks_the_sequencer_nothing(learner, asked):
    somebody = learner("one", "two")
    somebody.start("s")
    somebody.initialize("one")
    somebody.set("one", {"cmi.completion_status": "incomplete"})
    asked.clear()
    for n in range(3):
        somebody.set("one", {"cmi.location": str(n), "cmi.suspend_data": "x" * n})
        somebody.set("one", {f"cmi.interactions.{n}.id": f"q{n}"})
        somebody.set("one", {"cmi.completion_status": "incomplete"})
    assert asked == []
    somebody.set("one", {"cmi.completion_status": "completed"})
    assert asked == ["record", "standing", "validity", "contents"]


def test_a_score_that_no_rule_reads_leaves_the_validity_map_alone(learner, asked):
    somebody = learner("one", "two")
    somebody.start("s")
    somebody.initialize("one")
    somebody.set("one", {"cmi.score.scaled": "0.5"})
    asked.clear()
    somebody.set("one", {"cmi.score.scaled": "0.6"})
    assert asked == ["record", "standing"]


@pytest.fixture
def laborious(learner, monkeypatch):
    """A session in a course of which two steps may be worked out at once."""
    one = learner("one", "two", "three")
    one.start("s")
    monkeypatch.setattr(commit, "MOST_EFFORT", 2 * course_of(one.registration.version).effort)
    return one


def moves(one, *requests):
    return [one.entry("navigate", request=request) for request in requests]


def test_in_a_large_course_few_steps_are_worked_out_at_once_and_none_is_lost(laborious):
    entries = moves(laborious, "continue", "continue", "previous", "continue")
    with pytest.raises(commit.TooManyRequests):
        laborious.send(*entries[:3])
    assert laborious.registration.sessions["s"].acknowledged == 0
    laborious.send(*entries[:2])
    assert laborious.send(*entries[2:])["delivery"]["activity"] == "three"


def test_a_single_step_is_worked_out_however_large_the_course_is(laborious, monkeypatch):
    monkeypatch.setattr(commit, "MOST_EFFORT", 1)
    assert laborious.navigate("continue")["delivery"]["activity"] == "two"
    both = moves(laborious, "continue", "previous")
    with pytest.raises(commit.TooManyRequests):
        laborious.send(*both)


def test_values_and_goodbyes_that_lead_nowhere_are_no_steps(laborious):
    entries = []
    for n in range(10):
        entries += [
            laborious.entry("initialize", "one"),
            laborious.entry("set", "one", values=[["cmi.location", str(n)]]),
            laborious.entry("terminate", "one", request="_none_"),
        ]
    assert laborious.send(*entries)["acknowledged"] == 30
    goodbye = laborious.entry("terminate", "one", request="continue")
    with pytest.raises(commit.TooManyRequests):
        laborious.send(goodbye, *moves(laborious, "continue", "previous"))


def test_steps_of_a_left_over_outbox_are_taken_in_parts(laborious):
    entries = [Entry.from_plain(entry) for entry in moves(laborious, *["continue"] * 3)]
    with pytest.raises(commit.TooManyRequests):
        open_session(laborious.registration, "s2", "normal", [("s", entries)], laborious.now)
    assert laborious.registration.lease == "s"
    take_leftovers(laborious.registration, [("s", entries[:2])], laborious.now)
    assert laborious.registration.sessions["s"].acknowledged == 2


def test_steps_that_wait_for_a_gap_are_few_and_the_others_come_again(laborious):
    gap, *ahead = moves(laborious, *["continue", "previous"] * 3)
    for entry in (*ahead, *ahead):
        assert laborious.send(entry)["acknowledged"] == 0
    session = laborious.registration.sessions["s"]
    assert list(session.waiting) == [2, 3]
    assert laborious.send(gap)["acknowledged"] == 3
    for entry in ahead[2:]:
        assert laborious.send(entry)["acknowledged"] == entry["number"]
    assert session.moving == 0
