"""What an author is shown of a state (``scorm.sequencing.inspection``)."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import (
    ChildSelection,
    Condition,
    Edition,
    Objective,
    ObjectiveMap,
    RollupRule,
    SequencingRule,
)
from scorm.sequencing import State, step
from scorm.sequencing.inspection import Differing, inspect
from scorm.sequencing.tracking import Progress, Tracking
from tests.scorm.sequencing.trees import after, item, leaf, tree


def given(found_item, **parts):
    """The item with further parts of a sequencing definition."""
    return replace(found_item, sequencing=replace(found_item.sequencing, **parts))


SKIPPED = SequencingRule("skip", (Condition("satisfied"),))
RETRIED = SequencingRule("retry", (Condition("satisfied", negated=True),))
HALF = RollupRule("satisfied", (Condition("satisfied"),), child_set="atLeastCount", minimum_count=1)


def seen(found, state, key):
    return next(x for x in inspect(found, state).activities if x.activity.id == key)


def test_the_tree_is_told_in_order_with_the_current_activity():
    found = tree(item("a", leaf("b"), flow=True), leaf("c"), flow=True)
    shown = inspect(found, after(found, "start"))
    assert [x.activity.id for x in shown.activities] == ["course", "a", "b", "c"]
    assert [x.activity.id for x in shown.activities if x.current] == ["b"]


def test_every_request_is_foretold():
    found = tree(leaf("a"), leaf("b"), flow=True)
    requests = inspect(found, after(found, "start")).requests
    assert requests["continue"].delivery == "b"
    assert requests["previous"].exception == "SB.2.1-3"
    assert not requests["exit"].valid
    assert all(requests[name].end_session for name in ("exitAll", "suspendAll", "abandonAll"))


def test_a_rule_that_would_take_over_is_named():
    found = tree(given(leaf("a"), postcondition_rules=(RETRIED,)), leaf("b"), flow=True)
    state = step(found, State(), "start").state
    state = state.with_tracking({"a": replace(state["a"], satisfied=False)})
    foreseen = seen(found, state, "b").chosen
    assert (foreseen.by_rule, foreseen.delivery) == ("retry", "a")


def test_each_rule_says_whether_it_applies():
    part = given(leaf("a"), precondition_rules=(SKIPPED,), postcondition_rules=(RETRIED,))
    found = tree(part, leaf("b"), flow=True)
    state = after(found, "start", "continue")
    known = state.with_tracking({"a": replace(state["a"], satisfied=True)})
    assert [x.fires for x in seen(found, known, "a").rules] == [True, False]
    unknown = state.with_tracking({"a": replace(state["a"], satisfied=None)})
    assert [x.fires for x in seen(found, unknown, "a").rules] == [None, None]


def test_rollup_rules_are_asked_too():
    found = tree(given(item("a", leaf("b"), flow=True), rollup_rules=(HALF,)), flow=True)
    state = after(found, "start")
    assert [x.fires for x in seen(found, state, "a").rules] == [False]
    state = state.with_tracking({"b": replace(state["b"], satisfied=True)})
    assert [x.fires for x in seen(found, state, "a").rules] == [True]


def test_objectives_show_what_is_read_and_what_is_their_own():
    link = ObjectiveMap("global", reads=frozenset({"satisfied"}), writes=frozenset({"satisfied"}))
    found = tree(
        given(leaf("a"), primary_objective=Objective("o", maps=(link,))),
        given(leaf("b"), primary_objective=Objective(None, maps=(replace(link, writes=()),))),
        flow=True,
    )
    state = after(found, "start", "continue")
    shown = inspect(found, state)
    assert shown.objectives["global"].satisfied is True
    (objective,) = seen(found, state, "b").objectives
    assert objective.known.satisfied is True
    assert objective.differing == (Differing("satisfied", None, True, True),)
    (objective,) = seen(found, state, "a").objectives
    assert objective.differing == ()


def test_a_status_that_a_measure_decides_is_not_called_read():
    link = ObjectiveMap("global", reads=frozenset({"measure"}), writes=frozenset())
    judged = Objective("o", satisfied_by_measure=True, min_normalized_measure=0.5, maps=(link,))
    found = tree(given(leaf("a"), primary_objective=judged), flow=True)
    state = replace(State(), objectives={"global": Progress(measure=0.75)})
    (objective,) = seen(found, state, "a").objectives
    assert objective.differing == (
        Differing("satisfied", None, True, False),
        Differing("measure", None, 0.75, True),
    )


def test_what_content_has_said_that_nobody_knows_is_told():
    found = tree(leaf("a"), leaf("b"), flow=True)
    said = frozenset({"completion", "satisfied"})
    state = State().with_tracking({"a": Tracking(attempt_count=1, said=said, satisfied=True)})
    assert seen(found, state, "a").said_unknown == ("completion",)


def test_without_a_session_it_is_foretold_how_one_begins():
    found = tree(leaf("a"), leaf("b"), flow=True)
    requests = inspect(found, State()).requests
    assert requests["start"].delivery == "a"
    assert requests["resumeAll"].exception == "NB.2.1-3"
    assert requests.keys() == {"start", "resumeAll"}
    suspended = after(found, "start", "continue", "suspendAll")
    assert inspect(found, suspended).requests["resumeAll"].delivery == "b"
    assert [x.activity.id for x in inspect(found, suspended).activities if x.resumed] == ["b"]


def test_a_start_that_leaves_the_choice_to_the_learner_is_told_from_one_that_fails():
    begun = inspect(tree(leaf("a"), leaf("b")), State()).requests["start"]
    assert (begun.exception, begun.chooses) == ("SB.2.2-1", True)
    blocked = inspect(tree(leaf("a"), leaf("b"), choice=False), State()).requests["start"]
    assert (blocked.exception, blocked.chooses) == ("SB.2.2-1", False)


def test_of_the_requests_that_end_the_session_one_keeps_it():
    found = tree(leaf("a"), leaf("b"), flow=True)
    requests = inspect(found, after(found, "start")).requests
    assert [name for name, foreseen in requests.items() if foreseen.kept] == ["suspendAll"]


def test_what_is_other_than_by_default_is_said_in_the_books_names():
    found = tree(leaf("a", tracked=False, completion_set_by_content=True), choice=False, flow=True)
    assert seen(found, State(), "course").controls == ("choice=false", "flow=true")
    assert seen(found, State(), "a").controls == ("tracked=false", "completionSetByContent=true")
    assert not seen(found, State(), "course").opened_alone


@pytest.mark.parametrize("edition", [Edition.FOURTH, Edition.SCORM_12])
def test_controls_that_the_manifest_does_not_have_are_not_shown(edition):
    found = tree(leaf("a"), edition=edition)
    assert step(found, State(), "start").delivery == "a"
    course = seen(found, State(), "course")
    assert course.controls == ()
    assert course.opened_alone == edition.is_2004


def test_the_children_that_were_drawn_are_shown_in_their_order():
    chosen = ChildSelection("once", 1, "once", True)
    found = tree(
        given(item("a", leaf("x"), leaf("y"), leaf("z"), flow=True), selection=chosen), flow=True
    )
    state = after(found, "start")
    order = seen(found, state, "a").order
    assert len(order) == 1
    assert [x.activity.id for x in inspect(found, state).activities if not x.available] == [
        key for key in ("x", "y", "z") if key not in order
    ]


def test_before_the_4th_edition_nothing_can_be_jumped_to():
    found = tree(leaf("a"), leaf("b"), edition=Edition.THIRD)
    assert seen(found, State(), "a").jumped is None


def test_looking_changes_nothing():
    found = tree(leaf("a", limit=1), leaf("b"), flow=True)
    state = after(found, "start", "continue")
    before = state.to_plain()
    assert seen(found, state, "a").full
    assert state.to_plain() == before
