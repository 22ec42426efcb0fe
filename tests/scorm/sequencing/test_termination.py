"""How attempts end, and what rules then make of the request (TB, UP.3, UP.4)."""

import pytest

from scorm.sequencing import ActivityReport, Progress, State, record, step
from tests.scorm.sequencing.trees import after, item, leaf, objective, reads, rule, threshold, tree


def course(**values):
    """Two clusters of two parts; ``values`` are by the activity's identifier."""
    clusters = [
        item(
            key,
            *[leaf(f"{key}{n}", **values.get(f"{key}{n}", {})) for n in (1, 2)],
            **{"flow": True, **values.get(key, {})},
        )
        for key in "ab"
    ]
    return tree(*clusters, **{"flow": True, **values.get("course", {})})


def leads_to(found, request="exit", state=None):
    outcome = step(found, state or after(found, "start"), request)
    return outcome.exception or outcome.delivery or (outcome.session, outcome.state.current)


WAITING = "continues"


@pytest.mark.parametrize(
    ("values", "leads"),
    [
        ({}, (WAITING, "a1")),
        # post condition rules
        ({"a1": ["continue"]}, "a2"),
        ({"a1": ["previous"]}, "SB.2.1-3"),
        ({"a1": ["retry"]}, "a1"),
        ({"a1": ["exitAll"]}, ("ended", None)),
        ({"a1": ["retryAll"]}, "a1"),
        ({"a1": ["exitParent"]}, (WAITING, "a")),
        ({"a1": ["exitParent"], "a": ["continue"]}, "b1"),
        ({"a1": ["exitParent"], "a": ["retry"]}, "a1"),
        ({"a1": ["exitParent"], "a": ["exitAll"]}, ("ended", None)),
        ({"a1": ["exitParent"], "a": ["retryAll"]}, "a1"),
        ({"a1": ["exitParent"], "a": ["exitParent"]}, ("ended", None)),
        ({"a1": ["exitParent"], "a": ["exitParent"], "course": ["retry"]}, "a1"),
        ({"a1": ["exitParent"], "a": ["exitParent"], "course": ["exitParent"]}, "TB.2.3-4"),
        ({"a1": ["exitParent"], "a": ["exitParent"], "course": ["continue"]}, ("ended", None)),
        # exit rules come before them, the highest first
        ({"a": ["exit"]}, (WAITING, "a")),
        ({"a": ["exit", "continue"], "a1": ["retry"]}, "b1"),
        ({"a": ["exit"], "course": ["exit"]}, ("ended", None)),
        ({"course": ["exit", "retry"]}, "a1"),
        ({"a1": ["exit"]}, (WAITING, "a1")),
    ],
)
def test_a_part_that_ends_leads_where_rules_say(values, leads):
    rules = {key: {"rules": [rule(action) for action in x]} for key, x in values.items()}
    assert leads_to(course(**rules)) == leads


@pytest.mark.parametrize("request_", ["continue", "{target=b2}choice", "{target=b2}jump", "exit"])
def test_what_a_rule_asks_is_instead_of_what_the_learner_asked(request_):
    found = course(a1={"rules": [rule("continue")]})
    assert leads_to(found, request_) == "a2"


@pytest.mark.parametrize("request_", ["exitAll", "abandonAll", "suspendAll", "abandon"])
def test_rules_have_no_say_when_all_is_left(request_):
    found = course(a1={"rules": [rule("continue")]}, a={"rules": [rule("exit")]})
    outcome = step(found, after(found, "start"), request_)
    assert outcome.delivery is None


@pytest.mark.parametrize("request_", ["continue", "{target=a2}choice"])
def test_what_is_suspended_has_no_post_condition(request_):
    found = course(a1={"rules": [rule("exitAll")]})
    state = record(found, after(found, "start"), "a1", ActivityReport(suspended=True))
    assert leads_to(found, request_, state) == "a2"


def test_a_cluster_that_a_part_leaves_suspended_has_no_post_condition_either():
    found = course(a={"rules": [rule("exit"), rule("exitAll")]})
    state = record(found, after(found, "start"), "a1", ActivityReport(suspended=True))
    outcome = step(found, state, "exit")
    assert (outcome.session, outcome.state.current) == ("continues", "a")
    assert outcome.state["a"].suspended
    resumed = step(found, outcome.state, "{target=a1}choice").state
    assert (resumed["a"].attempt_count, resumed["a1"].attempt_count) == (1, 1)


def test_a_retry_is_a_new_attempt_on_the_cluster_and_on_what_it_leads_to():
    found = course(a1={"rules": [rule("exitParent")]}, a={"rules": [rule("retry")]})
    state = after(found, "start", "exit")
    assert [state[key].attempt_count for key in ("course", "a", "a1", "a2")] == [1, 2, 2, 0]


def test_retry_all_is_a_new_attempt_on_the_course():
    found = course(a1={"rules": [rule("retryAll")]})
    assert after(found, "start", "exit")["course"].attempt_count == 2


def test_what_is_left_suspended_cannot_be_tried_anew_with_the_course():
    found = course(a2={"rules": [rule("retryAll")]})
    state = record(found, after(found, "start"), "a1", ActivityReport(suspended=True))
    state = after(found, "continue", state=state)
    assert leads_to(found, "exit", state) == "SB.2.10-2"


def test_a_retry_that_finds_nothing_to_open_is_refused():
    found = course(
        a1={"rules": [rule("exitParent"), rule("disabled", "attempted")]},
        a={"rules": [rule("retry")]},
    )
    assert leads_to(found) == "SB.2.10-3"


def test_a_refusal_in_the_middle_leaves_the_part_ended():
    found = course(a1={"rules": [rule("previous")]})
    outcome = step(found, after(found, "start"), "continue")
    assert (outcome.exception, outcome.state.current) == ("SB.2.1-3", "a1")
    assert not outcome.state["a1"].active


def test_a_rule_sees_what_the_end_of_the_attempt_has_made_of_the_part():
    found = course(a1={"rules": [rule("exitAll", "completed")]})
    assert leads_to(found) == ("ended", None)


def test_a_rule_sees_what_the_end_of_the_attempt_has_made_of_the_cluster():
    rules = [rule("exit", "completed"), rule("continue", "completed")]
    found = course(a={"rules": rules})
    state = after(found, "start")
    assert leads_to(found, "exit", state) == ("continues", "a1")
    assert leads_to(found, "exit", after(found, "continue", state=state)) == "b1"


def test_the_rules_of_a_part_that_was_abandoned_are_not_asked():
    found = course(a1={"rules": [rule("continue")]})
    assert leads_to(found, "abandon") == ("continues", "a1")


@pytest.mark.parametrize(
    ("begin", "suspended"),
    [
        (("start",), "a1"),
        (("start", "exit"), "a"),
        (("start", "abandon"), "a"),
    ],
)
def test_the_part_that_runs_is_suspended_or_the_cluster_where_one_had_ended(begin, suspended):
    found = course()
    assert after(found, *begin, "suspendAll").suspended_activity == suspended


def test_a_part_that_was_left_unfinished_is_suspended_itself():
    found = course()
    state = record(found, after(found, "start"), "a1", ActivityReport(suspended=True))
    assert after(found, "exit", "suspendAll", state=state).suspended_activity == "a1"


def test_content_of_a_cluster_that_was_never_shown_is_not_judged_when_its_child_leaves():
    found = tree(
        item("a", leaf("b", rules=[rule("exitParent")]), launch="a.html", flow=True), leaf("c")
    )
    state = after(found, "{target=b}choice", "exit")
    assert (state.current, state["a"].active) == ("a", False)
    assert (state["a"].completion, state["a"].satisfied) == (None, None)


UNSAID = ActivityReport()
SAID_UNKNOWN = ActivityReport(said=frozenset({"completion", "satisfied"}))
DONE, FAILED = ActivityReport(True, True), ActivityReport(False, False)


@pytest.mark.parametrize(
    ("values", "report", "completion", "satisfied"),
    [
        ({}, UNSAID, True, True),
        ({}, FAILED, False, False),
        ({}, SAID_UNKNOWN, None, None),
        ({}, ActivityReport(suspended=True), None, None),
        ({"tracked": False}, DONE, None, None),
        ({"completion_set_by_content": True}, UNSAID, None, True),
        ({"objective_set_by_content": True}, UNSAID, True, None),
        ({"completion_set_by_content": True, "objective_set_by_content": True}, DONE, True, True),
        ({"passing": 0.5}, UNSAID, True, None),
        ({"threshold": threshold(0.5)}, UNSAID, None, True),
        ({"primary": objective("o", reads("g", "satisfied"))}, UNSAID, True, None),
    ],
)
def test_what_content_left_unsaid_is_assumed_where_nobody_else_says_it(
    values, report, completion, satisfied
):
    found = tree(leaf("a", **values), leaf("b"), flow=True)
    known = State(objectives={"g": Progress(satisfied=False)})
    state = record(found, after(found, "start", state=known), "a", report)
    state = after(found, "exit", state=state)
    assert (state["a"].completion, state["a"].satisfied) == (completion, satisfied)
