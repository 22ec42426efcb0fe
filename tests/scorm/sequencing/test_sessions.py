"""How sessions begin, are suspended and end (OP.1, TB.2.3, DB.2)."""

import pytest

from scorm.packages.manifest import Edition
from scorm.sequencing import ActivityReport, State, Tracking, record, step, validity
from tests.scorm.sequencing.trees import after, item, leaf, tree

FLOW = tree(item("a", leaf("a1"), leaf("a2"), flow=True), leaf("b"), flow=True)
CHOSEN = tree(leaf("a"), leaf("b"))
SINGLE = tree(item("a", leaf("a1")))
BOTH = tree(item("a", leaf("a1"), launch="a.html"), leaf("b"), edition=Edition.SCORM_12)


def active(state: State) -> set[str]:
    return {key for key, tracking in state.tracking.items() if tracking.active}


def suspended(state: State) -> set[str]:
    return {key for key, tracking in state.tracking.items() if tracking.suspended}


def counts(state: State) -> dict[str, int]:
    return {key: x.attempt_count for key, x in state.tracking.items() if x.attempted}


def test_what_is_delivered_is_active_up_to_the_root():
    assert active(after(FLOW, "start")) == {"a1", "a", "course"}


def test_a_cluster_that_is_left_ends():
    assert active(after(FLOW, "start", "continue", "continue")) == {"b", "course"}


def test_a_delivery_begins_an_attempt_only_on_what_was_not_active():
    state = after(FLOW, "start", "continue", "previous")
    assert counts(state) == {"course": 1, "a": 1, "a1": 2, "a2": 1}


def test_nothing_is_counted_of_what_is_not_tracked():
    found = tree(leaf("a", tracked=False), leaf("b"), flow=True)
    assert after(found, "start")["a"] == Tracking(active=True)


def test_a_new_attempt_begins_with_nothing_known():
    state = after(FLOW, "start")
    state = record(FLOW, state, "a1", ActivityReport(True, False, 0.2, 1.0))
    state = after(FLOW, "continue", "previous", state=state)
    assert state["a1"] == Tracking(attempt_count=2, active=True)


def test_a_12_lesson_keeps_its_status_when_it_is_opened_again():
    found = tree(leaf("a"), leaf("b"), edition=Edition.SCORM_12)
    state = record(found, after(found, "start"), "a", ActivityReport(True, True, 0.9))
    state = after(found, "continue", "previous", state=state)
    assert (state["a"].completion, state["a"].satisfied, state["a"].measure) == (True, True, 0.9)


def test_a_course_without_flow_begins_with_choosing():
    outcome = step(CHOSEN, State(), "start")
    assert (outcome.delivery, outcome.session) == (None, "continues")
    assert (outcome.exception, outcome.words) == ("SB.2.2-1", "Choose a part from the contents.")
    assert validity(CHOSEN, outcome.state).choice == {"course": False, "a": True, "b": True}


def test_the_learner_who_was_to_choose_can_choose_and_leave():
    waiting = step(CHOSEN, State(), "start").state
    assert step(CHOSEN, waiting, "{target=b}choice").delivery == "b"
    assert step(CHOSEN, waiting, "exitAll").session == "ended"
    assert step(CHOSEN, waiting, "suspendAll").exception == "TB.2.3-3"


def test_what_is_chosen_first_begins_one_attempt_on_the_course():
    waiting = step(CHOSEN, State(), "start").state
    assert counts(after(CHOSEN, "{target=b}choice", state=waiting)) == {"course": 1, "b": 1}


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (tree(leaf("a"), leaf("b"), choice=False), "SB.2.2-1"),
        (tree(leaf("a", limit=0), leaf("b"), choice=False, flow=True), "SB.2.2-2"),
        (tree(item("heading"), flow=True), "SB.2.1-2"),
    ],
)
def test_a_course_that_can_neither_begin_nor_offer_a_choice_is_blocked(found, code):
    outcome = step(found, State(), "start")
    assert (outcome.session, outcome.exception) == ("blocked", code)
    assert outcome.words.endswith(".")
    assert "contents" not in outcome.words
    assert outcome.state == State()


def test_a_course_of_a_single_part_starts_by_itself():
    assert step(SINGLE, State(), "start").delivery == "a1"


@pytest.mark.parametrize("request_", ["exit", "exitAll", "abandon", "abandonAll", "continue"])
def test_whatever_leaves_the_single_part_of_a_course_ends_the_session(request_):
    outcome = step(SINGLE, after(SINGLE, "start"), request_)
    assert (outcome.session, outcome.state.current, active(outcome.state)) == ("ended", None, set())


def test_exit_ends_the_part_and_leaves_the_choice_to_the_learner():
    outcome = step(FLOW, after(FLOW, "start"), "exit")
    assert (outcome.delivery, outcome.session, outcome.exception) == (None, "continues", None)
    assert (outcome.state.current, outcome.state["a1"].active) == ("a1", False)
    assert step(FLOW, outcome.state, "continue").delivery == "a2"


def test_exit_all_ends_every_attempt():
    outcome = step(FLOW, after(FLOW, "start"), "exitAll")
    assert (outcome.session, outcome.state.current) == ("ended", None)
    assert active(outcome.state) == set()


def test_exit_all_after_the_part_has_ended_ends_the_rest():
    state = after(FLOW, "start", "exit", "exitAll")
    assert active(state) == set()


def test_content_that_said_nothing_counts_as_done_when_it_is_left():
    state = after(FLOW, "start", "continue")
    assert (state["a1"].completion, state["a1"].satisfied) == (True, True)


@pytest.mark.parametrize("request_", ["abandon", "abandonAll"])
def test_what_is_abandoned_is_not_judged(request_):
    state = after(FLOW, "start", request_)
    assert (state["a1"].completion, state["a1"].active) == (None, False)


def test_abandon_leaves_the_session_running():
    outcome = step(FLOW, after(FLOW, "start"), "abandon")
    assert (outcome.session, outcome.state.current) == ("continues", "a1")


def test_suspend_all_suspends_the_way_to_the_root():
    outcome = step(FLOW, after(FLOW, "start"), "suspendAll")
    assert (outcome.session, outcome.state.current) == ("suspended", None)
    assert outcome.state.suspended_activity == "a1"
    assert suspended(outcome.state) == {"a1", "a", "course"}
    assert active(outcome.state) == set()


def test_what_is_suspended_is_not_judged():
    assert after(FLOW, "start", "suspendAll")["a1"].completion is None


def test_resume_all_delivers_what_was_suspended_in_the_same_attempt():
    before = after(FLOW, "start")
    outcome = step(FLOW, after(FLOW, "suspendAll", state=before), "resumeAll")
    assert (outcome.delivery, outcome.state) == ("a1", before)


def test_a_lost_session_resumes_where_it_was_after_suspend_all():
    lost = after(FLOW, "start", "continue")
    lost = record(FLOW, lost, "a2", ActivityReport(False, None, suspended=True))
    state = State.from_plain(lost.to_plain())
    assert step(FLOW, after(FLOW, "suspendAll", state=state), "resumeAll").delivery == "a2"


def test_resuming_a_cluster_whose_part_had_ended_flows_into_it():
    state = after(FLOW, "start", "continue", "exit", "suspendAll")
    assert state.suspended_activity == "a"
    outcome = step(FLOW, state, "resumeAll")
    assert outcome.delivery == "a1"


def test_resuming_a_cluster_that_does_not_flow_lets_the_learner_choose():
    state = after(CHOSEN, "{target=a}choice", "exit", "suspendAll")
    outcome = step(CHOSEN, state, "resumeAll")
    assert (outcome.delivery, outcome.session) == (None, "continues")
    assert step(CHOSEN, outcome.state, "{target=b}choice").delivery == "b"


def test_choosing_something_else_instead_of_resuming_lets_the_suspended_part_go():
    state = after(FLOW, "start", "suspendAll", "{target=b}choice")
    assert suspended(state) == set()
    assert state.suspended_activity is None


def test_a_cluster_stays_suspended_as_long_as_a_child_is():
    state = after(FLOW, "start")
    state = record(FLOW, state, "a1", ActivityReport(False, suspended=True))
    state = after(FLOW, "continue", "suspendAll", "{target=b}choice", state=state)
    assert suspended(state) == {"a1", "a"}


def test_a_part_left_unfinished_suspends_the_cluster_that_ends():
    state = record(FLOW, after(FLOW, "start"), "a1", ActivityReport(False, suspended=True))
    state = after(FLOW, "continue", "continue", state=state)
    assert suspended(state) == {"a1", "a"}


def test_a_part_left_unfinished_is_resumed_in_its_attempt():
    state = record(FLOW, after(FLOW, "start"), "a1", ActivityReport(False, suspended=True))
    state = after(FLOW, "continue", "previous", state=state)
    assert (state["a1"].attempt_count, state["a1"].completion) == (1, False)


def test_the_children_of_a_cluster_with_content_leave_its_own_attempt_alone():
    state = record(BOTH, after(BOTH, "start"), "a", ActivityReport(False, suspended=True))
    before = state["a"]
    state = after(BOTH, "continue", "suspendAll", "resumeAll", state=state)
    assert state.current == "a1"
    assert state["a"] == Tracking(completion=False, attempt_count=1, active=True, suspended=True)
    assert before.attempt_count == 1


def test_letting_a_child_go_keeps_the_content_of_its_cluster_suspended():
    state = record(BOTH, after(BOTH, "start"), "a", ActivityReport(False, suspended=True))
    state = after(BOTH, "continue", "suspendAll", "{target=b}choice", state=state)
    assert suspended(state) == {"a"}


def test_a_cluster_with_content_can_be_opened_again_from_its_child():
    state = after(BOTH, "start", "continue", "{target=a}choice")
    assert (state.current, state["a"].attempt_count) == ("a", 2)
