"""The contents and the course's standing."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import ChildSelection, Condition, Edition, SequencingRule
from scorm.sequencing import (
    ActivityReport,
    State,
    Tracking,
    contents,
    record,
    standing,
    summary,
    validity,
)
from scorm.sequencing.contents import status
from tests.scorm.sequencing.trees import after, item, leaf, tree

FLOW = tree(leaf("a"), leaf("b"), flow=True)


def shown(found, state=None):
    state = state or State()
    return contents(found, state, validity(found, state))


def titles(entries):
    return [(entry["title"], titles(entry["children"])) for entry in entries]


def test_an_entry_says_all_that_the_page_shows():
    entries = shown(FLOW, after(FLOW, "start"))
    assert entries[0] == {
        "id": "a",
        "title": "A",
        "visible": True,
        "status": "in progress",
        "current": True,
        "enabled": True,
        "children": [],
    }
    assert (entries[1]["status"], entries[1]["current"]) == ("not started", False)


def test_the_children_of_an_invisible_item_take_its_place():
    found = tree(
        item("a", leaf("b"), leaf("c", visible=False), visible=False), item("d", leaf("e"))
    )
    assert titles(shown(found)) == [("B", []), ("D", [("E", [])])]


@pytest.mark.parametrize(
    ("steps", "current"),
    [(["start"], ["B"]), (["start", "continue"], ["D"]), (["start", "continue", "continue"], [])],
)
def test_in_an_invisible_part_the_visible_one_that_holds_it_is_current(steps, current):
    unseen = item("e", leaf("f", visible=False), visible=False, flow=True)
    found = tree(
        item("a", leaf("b"), visible=False, flow=True),
        item("d", unseen, flow=True),
        leaf("g", visible=False),
        flow=True,
    )
    entries = shown(found, after(found, *steps))
    assert [entry["title"] for entry in entries if entry["current"]] == current


def test_a_course_of_a_single_part_has_no_contents():
    assert shown(tree(leaf("a"), item("heading"))) == []


def test_a_part_that_cannot_be_chosen_is_not_enabled():
    found = tree(leaf("a"), leaf("b"), flow=True, choice=False)
    assert [entry["enabled"] for entry in shown(found, after(found, "start"))] == [False, False]


@pytest.mark.parametrize(
    ("tracking", "word"),
    [
        (Tracking(), "not started"),
        (Tracking(attempt_count=1), "in progress"),
        (Tracking(completion=False), "in progress"),
        (Tracking(completion=False, satisfied=True), "in progress"),
        (Tracking(completion=True), "completed"),
        (Tracking(completion=True, satisfied=True), "passed"),
        (Tracking(completion=True, satisfied=False), "failed"),
        (Tracking(satisfied=False), "failed"),
        (Tracking(attempt_count=1, satisfied=True), "passed"),
    ],
)
def test_a_status_is_one_word(tracking, word):
    assert status(tracking) == word


def test_a_course_nobody_has_opened_is_not_attempted():
    found = summary(FLOW, State())
    assert (found.completion, found.success, found.measure, found.progress) == (
        "not attempted",
        "unknown",
        None,
        None,
    )


def test_a_course_that_was_begun_is_incomplete():
    assert summary(FLOW, after(FLOW, "start")).completion == "incomplete"


@pytest.mark.parametrize(("said", "word"), [(True, "completed"), (False, "incomplete")])
def test_the_summary_tells_the_completion_of_the_root(said, word):
    state = after(FLOW, "start")
    for key in "ab":
        state = standing(FLOW, state, key, ActivityReport(said), terminated=True)
    assert summary(FLOW, state).completion == word


@pytest.mark.parametrize(("said", "word"), [(True, "passed"), (False, "failed")])
def test_the_summary_tells_success_score_and_progress(said, word):
    state = after(FLOW, "start")
    for key in "ab":
        report = ActivityReport(True, said, 0.5, 0.25)
        state = standing(FLOW, state, key, report, terminated=True)
    found = summary(FLOW, state)
    assert (found.success, found.measure, found.progress) == (word, 0.5, 0.25)


def test_of_a_course_that_is_not_tracked_nothing_is_known():
    found = tree(leaf("a"), leaf("b"), flow=True, tracked=False)
    assert summary(found, after(found, "start")).completion == "unknown"


def keys(entries):
    return [(entry["id"], keys(entry["children"])) for entry in entries]


def ruled(part, action):
    rule = SequencingRule(action, (Condition("always"),))
    return replace(part, sequencing=replace(part.sequencing, precondition_rules=(rule,)))


def test_what_is_hidden_from_choice_is_left_out_with_all_below_it():
    hidden = ruled(item("a", leaf("a1"), flow=True), "hiddenFromChoice")
    found = tree(leaf("b"), hidden, leaf("c"), flow=True)
    assert keys(shown(found, after(found, "start"))) == [("b", []), ("c", [])]


def test_what_is_hidden_from_choice_is_shown_while_it_is_before_the_learner():
    hidden = ruled(item("a", leaf("a1"), leaf("a2"), flow=True), "hiddenFromChoice")
    found = tree(hidden, leaf("b"), flow=True)
    whole = [("a", [("a1", []), ("a2", [])]), ("b", [])]
    assert keys(shown(found, after(found, "start"))) == whole


def test_children_that_were_drawn_are_shown_in_their_order_alone():
    part = item("a", *(leaf(f"x{n}") for n in range(9)), flow=True)
    drawn = ChildSelection("once", 3, "once", True)
    part = replace(part, sequencing=replace(part.sequencing, selection=drawn))
    found = tree(part, leaf("b"), flow=True)
    state = after(found, "start")
    assert keys(shown(found, state))[0][1] == [(x, []) for x in state["a"].available]
    assert len(state["a"].available) == 3


def test_a_lesson_that_waits_says_for_what():
    waits = replace(leaf("b"), prerequisites="a")
    found = tree(leaf("a"), waits, edition=Edition.SCORM_12)
    state = after(found, "start")
    first, second = shown(found, state)
    assert "needs" not in first
    assert "“A”" in second["needs"]
    assert not second["enabled"]
    state = record(found, state, "a", ActivityReport(completion=True))
    assert "needs" not in shown(found, state)[1]
