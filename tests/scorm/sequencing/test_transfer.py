"""What content said becomes tracking (RTE 4.2; SN 4.2.1)."""

from dataclasses import replace

import pytest

from scorm.sequencing import ActivityReport, ObjectiveReport, State, record, standing
from scorm.sequencing.tracking import Progress
from tests.scorm.sequencing.trees import (
    after,
    item,
    leaf,
    objective,
    threshold,
    tree,
    writes,
)

FOUND = tree(
    item(
        "c",
        leaf("a", objectives=(objective("o", writes("g", "satisfied", "raw")),)),
        leaf("z"),
        flow=True,
    ),
    leaf("b"),
    flow=True,
)
ALL = ActivityReport(
    True,
    False,
    0.5,
    0.25,
    7,
    0,
    10,
    objectives={"o": ObjectiveReport({"satisfied": True, "raw": 3.0})},
)


def test_everything_that_content_says_is_kept():
    tracking = record(FOUND, after(FOUND, "start"), "a", ALL)["a"]
    assert (tracking.completion, tracking.satisfied) == (True, False)
    assert (tracking.measure, tracking.progress_measure) == (0.5, 0.25)
    assert (tracking.raw, tracking.minimum, tracking.maximum) == (7, 0, 10)
    assert tracking.objectives == {"o": Progress(satisfied=True, raw=3.0)}


def test_an_objective_that_the_part_lacks_is_not_kept():
    report = ActivityReport(objectives={"nowhere": ObjectiveReport({"satisfied": True})})
    assert record(FOUND, State(), "a", report) == State()


def test_what_content_says_of_an_objective_is_written_at_once():
    state = record(FOUND, after(FOUND, "start"), "a", ALL)
    assert state.objectives == {"g": Progress(satisfied=True, raw=3.0)}
    unsaid = ActivityReport(objectives={"o": ObjectiveReport({"satisfied": None, "raw": 3.0})})
    assert record(FOUND, state, "a", unsaid).objectives == {"g": Progress(raw=3.0)}


def test_what_content_tells_is_written_although_it_is_nothing_new():
    """An explicit unknown reaches the others, and so does a word that content repeats."""
    state = record(FOUND, after(FOUND, "start"), "a", ALL)
    state = state.with_objectives({"g": Progress(satisfied=False, raw=1.0)})
    assert record(FOUND, state, "a", ALL).objectives == {"g": Progress(satisfied=False, raw=1.0)}
    again = ObjectiveReport({"satisfied": True, "raw": 3.0}, frozenset({"satisfied"}))
    told = record(FOUND, state, "a", replace(ALL, objectives={"o": again}))
    assert told.objectives == {"g": Progress(satisfied=True, raw=1.0)}
    unknown = ObjectiveReport({"satisfied": None}, frozenset({"satisfied"}))
    fresh = after(FOUND, "start").with_objectives({"g": Progress(satisfied=True)})
    assert record(FOUND, fresh, "a", ActivityReport(objectives={"o": unknown})).objectives == {}


def test_a_status_by_measure_is_written_when_its_measure_is_told():
    link = writes("g", "satisfied", "measure")
    found = tree(leaf("a", primary=objective("o", link, passing=0.5)), leaf("b"), flow=True)
    report = ActivityReport(measure=0.8)
    state = record(found, after(found, "start"), "a", report)
    state = state.with_objectives({"g": Progress(satisfied=False, measure=0.1)})
    told = replace(report, told=frozenset({"measure"}))
    assert record(found, state, "a", told).objectives == {
        "g": Progress(satisfied=True, measure=0.8)
    }


def test_recording_rolls_nothing_up_and_ends_nothing():
    state = record(FOUND, after(FOUND, "start"), "a", ALL)
    assert (state["a"].active, state["c"].measure, state["course"].measure) == (True, None, None)


def test_the_standing_is_rolled_up_and_nothing_goes_on_from_it():
    before = after(FOUND, "start")
    found = standing(FOUND, before, "a", ALL, terminated=False)
    assert (found["c"].measure, found["course"].measure) == (0.25, 0.125)
    assert before["a"].measure is None


@pytest.mark.parametrize(("terminated", "expected"), [(False, None), (True, True)])
def test_what_is_unsaid_stands_as_done_once_content_has_ended(terminated, expected):
    found = standing(FOUND, after(FOUND, "start"), "a", ActivityReport(), terminated=terminated)
    assert found["a"].completion is expected


@pytest.mark.parametrize("suspended", [False, True])
def test_until_content_has_ended_it_stands_as_it_was_opened(suspended):
    report = ActivityReport(suspended=suspended)
    running = standing(FOUND, after(FOUND, "start"), "a", report, terminated=False)
    ended = standing(FOUND, after(FOUND, "start"), "a", report, terminated=True)
    assert (running["a"].suspended, ended["a"].suspended) == (False, suspended)


def test_a_status_is_not_taken_over_where_a_measure_decides():
    found = tree(leaf("a", passing=0.5, threshold=threshold(0.5)), leaf("b"))
    state = record(found, State(), "a", ActivityReport(True, True, 0.4, 0.4))
    assert (state["a"].satisfied, state["a"].completion) == (False, False)
    state = record(found, State(), "a", ActivityReport(True, True))
    assert (state["a"].satisfied, state["a"].completion) == (None, None)


def test_what_is_not_tracked_takes_nothing_over():
    found = tree(leaf("a", tracked=False), leaf("b"))
    state = State()
    assert record(found, state, "a", ALL) is state
