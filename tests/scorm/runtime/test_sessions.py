"""Launching, leaving and resuming (RTE 4.2.7, SN book OP and DB.2, commit protocol)."""

import pytest

from scorm.packages.manifest import Condition, ControlMode, Edition, Sequencing, SequencingRule
from scorm.runtime.launch import Superseded
from scorm.runtime.view import answer

NO_FLOW = ControlMode(choice=True, choice_exit=True, flow=False)


def entry_of(view):
    data = view["delivery"]["data"]
    return data.get("cmi.entry", data.get("cmi.core.entry"))


def test_the_first_launch_delivers_the_first_part_afresh(learner):
    one = learner("one", "two")
    view = one.start("s1")
    assert view["delivery"]["activity"] == "one"
    assert view["delivery"]["edition"] == "2004 4th"
    assert entry_of(view) == "ab-initio"
    assert view["outcome"] is None


def test_a_launch_that_is_repeated_is_the_same_session(learner):
    one = learner("one")
    first = one.start("s1")
    assert one.start("s1") == first


def test_a_lost_session_is_resumed_with_what_was_acknowledged(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.location": "7"})
    view = one.start("s2")
    assert entry_of(view) == "resume"
    assert view["delivery"]["data"]["cmi.location"] == "7"


def test_a_session_that_lost_the_lease_neither_writes_nor_starts_again(learner):
    one = learner("one")
    one.start("s1")
    one.start("s2")
    with pytest.raises(Superseded):
        one.send({"number": 1, "kind": "initialize", "activity": "one"}, session="s1")
    with pytest.raises(Superseded):
        one.start("s1")


def test_suspend_keeps_the_place_and_says_so(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.navigate("continue", "one")
    view = one.navigate("suspendAll", "two")
    assert view["outcome"]["state"] == "suspended"
    assert view["delivery"] is None
    assert one.start("s2")["delivery"]["activity"] == "two"


def test_a_part_entered_again_without_suspending_begins_a_new_attempt(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.location": "7", "cmi.session_time": "PT1M"})
    one.terminate("one")
    one.navigate("continue", "one")
    view = one.navigate("previous", "two")
    assert entry_of(view) == "ab-initio"
    assert "cmi.location" not in view["delivery"]["data"]
    assert view["delivery"]["data"]["cmi.total_time"] == "PT0S"
    version = one.registration.version.key
    assert one.history()["activities"]["one"]["past"] == {
        1: {"version": version, "values": {"cmi.location": "7"}, "total": 6000}
    }


def test_a_suspended_part_resumes_after_others_were_seen(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.location": "7", "cmi.exit": "suspend"})
    one.terminate("one")
    one.navigate("continue", "one")
    view = one.navigate("previous", "two")
    assert entry_of(view) == "resume"
    assert view["delivery"]["data"]["cmi.location"] == "7"


def test_only_the_suspended_part_resumes_when_the_learner_chooses_another(learner):
    one = learner("one", "two")
    one.start("s1")
    one.navigate("suspendAll", "one")
    one.start("s2")
    view = one.navigate("{target=two}choice", "one")
    assert entry_of(view) == "ab-initio"


def test_a_1_2_lesson_keeps_its_data_whatever_its_exit_was(learner):
    one = learner("one", "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.core.lesson_location": "7", "cmi.core.exit": "logout"})
    one.terminate("one")
    view = one.start("s2")
    assert entry_of(view) == ""
    assert view["delivery"]["data"]["cmi.core.lesson_location"] == "7"


@pytest.mark.parametrize("exit", ["time-out", "logout"])
def test_time_up_and_logout_end_the_session_whatever_content_asks_for(learner, exit):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.exit": exit})
    view = one.terminate("one", "continue")
    assert view["outcome"]["state"] == "ended"
    assert one.navigate("continue", "one")["outcome"]["state"] == "ended"


def test_content_that_ended_stays_until_the_learner_goes_on(learner):
    one = learner("one", "two")
    number = one.start("s1")["delivery"]["number"]
    one.initialize("one")
    assert one.terminate("one")["delivery"]["number"] == number


def test_content_that_exits_leaves_the_choice_to_the_learner(learner):
    one = learner("one", "two", control=NO_FLOW)
    one.start("s1")
    one.navigate("{target=one}choice")
    one.initialize("one")
    view = one.terminate("one", "exit")
    assert view["delivery"] is None
    assert view["outcome"] is None
    assert [part["enabled"] for part in view["toc"]] == [True, True]


def test_content_is_opened_again_when_the_learners_request_was_refused(learner):
    one = learner("one", "two", control=NO_FLOW)
    one.start("s1")
    one.navigate("{target=one}choice")
    one.initialize("one")
    one.set("one", {"cmi.location": "7", "cmi.session_time": "PT2M"})
    view = one.navigate("continue", "one")
    assert view["delivery"]["activity"] == "one"
    again = one.start("s1")
    assert entry_of(again) == "resume"
    assert again["delivery"]["data"]["cmi.location"] == "7"
    assert again["delivery"]["data"]["cmi.total_time"] == "PT2M"


def test_a_course_that_nothing_begins_waits_for_a_choice_or_is_blocked(learner):
    one = learner("one", "two", control=NO_FLOW)
    view = one.start("s1")
    assert view["outcome"] is None
    assert view["delivery"] is None
    other = learner("one", "two", control=ControlMode(choice=False, flow=False))
    blocked = other.start("s1")["outcome"]
    assert blocked["state"] == "blocked"
    assert blocked["message"]


def test_leaving_an_unfinished_1_2_course_suspends_it(learner):
    one = learner("one", "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    view = one.navigate("exitAll", "one")
    assert view["outcome"]["state"] == "suspended"


def test_leaving_a_finished_1_2_course_ends_it(learner):
    one = learner("one", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.core.lesson_status": "completed"})
    one.terminate("one")
    view = one.navigate("exitAll", "one")
    assert view["outcome"]["state"] == "ended"
    assert view["outcome"]["result"]["completion"] == "completed"


def test_a_page_that_never_speaks_to_the_api_counts_once_it_was_left(learner, lesson_of):
    one = learner(lesson_of("one", sco=False), "two")
    one.start("s1")
    view = one.navigate("continue", "one")
    assert view["toc"][0]["status"] == "passed"


def test_a_review_shows_the_data_and_changes_none(learner):
    one = learner("one")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.location": "7", "cmi.completion_status": "completed"})
    one.navigate("exitAll", "one")
    before = one.history()
    view = one.start("s2", "review")
    assert view["delivery"]["data"]["cmi.mode"] == "review"
    assert view["delivery"]["data"]["cmi.credit"] == "no-credit"
    assert view["delivery"]["data"]["cmi.location"] == "7"
    one.initialize("one")
    one.set("one", {"cmi.location": "8"})
    one.terminate("one")
    one.start("s2", "review")
    one.navigate("exitAll", "one")
    after = one.history()
    assert after["activities"] == before["activities"]
    assert after["tracking"] == before["tracking"]


def test_a_review_shows_what_the_learner_has_done(learner):
    two = learner("one", "two")
    two.start("s1")
    two.set("one", {"cmi.completion_status": "completed", "cmi.success_status": "passed"})
    two.terminate("one", "continue")
    two.navigate("exitAll")
    statuses = [entry["status"] for entry in two.start("s2", "review")["toc"]]
    assert statuses[0] == "passed"


def test_a_review_of_a_part_that_was_never_opened_leaves_no_data_of_it(learner):
    one = learner("one", "two", control=NO_FLOW)
    one.start("s1", "review")
    view = one.navigate("{target=two}choice")
    assert view["delivery"]["data"]["cmi.mode"] == "review"
    assert not one.registration.records


def test_a_review_takes_the_lease_from_nobody(learner):
    two = learner("one", "two")
    number = two.start("s1")["delivery"]["number"]
    two.start("s2", "review")
    two.navigate("continue")
    two.session, two.number = "s1", 0
    assert two.set("one", {"cmi.location": "3"})["delivery"]["number"] == number
    assert two.values("one")["cmi.location"] == "3"
    two.replay("s2", two.entry("set", "one", values=[["cmi.location", "x"]]))
    assert two.history()["sessions"]["s2"]["late"] == []


def test_what_waits_for_a_gap_can_be_read(learner):
    one = learner("one")
    one.start("s1")
    one.number = 4
    one.set("one", {"cmi.location": "3"})
    [waiting] = one.history()["sessions"]["s1"]["waiting"]
    assert waiting["values"] == [["cmi.location", "3"]]


def test_the_same_part_delivered_once_more_is_news_to_the_page(learner):
    one = learner("one", "two")
    before = one.start("s1")
    one.initialize("one")
    one.terminate("one")
    again = one.navigate("{target=one}choice", "one")
    assert again["delivery"]["number"] > before["delivery"]["number"]
    assert again["turn"] > before["turn"]
    assert one.registration.sessions["s1"].delivered == again["turn"]


def test_a_view_is_made_anew_when_memory_has_lost_it(learner):
    one = learner("one", "two")
    before = one.start("s1")
    session = one.registration.sessions["s1"]
    session._v_shown = None
    again = answer(one.registration, session, "cap", [], 0)
    assert again["toc"] == before["toc"]
    assert again["turn"] == before["turn"]


def test_why_a_request_was_refused_is_said_until_the_next_one(learner):
    one = learner("one", "two", control=NO_FLOW)
    one.start("s1")
    one.navigate("{target=one}choice")
    one.initialize("one")
    view = one.terminate("one", "continue")
    assert view["declined"] == "From here the course does not go on by itself."
    assert view["outcome"] is None
    assert one.set("one", {"cmi.location": "1"})["declined"] == view["declined"]
    assert "declined" not in one.navigate("{target=two}choice")


def test_a_refusal_that_leaves_nothing_open_says_why_too(learner, lesson_of):
    stop = SequencingRule("stopForwardTraversal", (Condition("satisfied", negated=True),))
    first = lesson_of("one", Sequencing(precondition_rules=(stop,)))
    one = learner(first, "two")
    one.start("s1")
    one.set("one", {"cmi.success_status": "failed"})
    view = one.navigate("{target=two}choice", "one")
    assert view["declined"] == "A part on the way there must be done first."


def test_what_was_not_refused_has_no_such_word(learner):
    one = learner("one", "two")
    assert "declined" not in one.start("s1")
    assert "declined" not in one.navigate("exit", "one")
    assert "declined" not in one.navigate("exitAll")
