"""What an author is shown of a state (``scorm.sequencing.inspection``)."""

from dataclasses import replace

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
from scorm.sequencing.inspection import inspect
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
    assert (objective.known.satisfied, objective.local.satisfied) == (True, None)


def test_what_is_other_than_by_default_is_said_in_the_books_names():
    found = tree(leaf("a", tracked=False, completion_set_by_content=True), choice=False, flow=True)
    assert seen(found, State(), "course").controls == ("choice=false", "flow=true")
    assert seen(found, State(), "a").controls == ("tracked=false", "completionSetByContent=true")


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
