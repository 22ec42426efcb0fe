"""A preview begins with any part: delivered as after a choice, and said when there was none."""

from dataclasses import replace

import pytest
from hypothesis import given

from scorm.packages.manifest import Edition
from scorm.sequencing import State, begin_at, step
from scorm.sequencing.inspection import inspect
from tests.scorm.sequencing import always
from tests.scorm.sequencing.test_walks import UNHURRIED
from tests.scorm.sequencing.trees import ANY, item, leaf, rule, tree, trees


def choice(key: str) -> str:
    return f"{{target={key}}}choice"


def begun(found, key):
    return begin_at(found, State(seed=7), choice(key))


def test_where_start_leads_there_it_is_the_start():
    found = tree(leaf("one"), leaf("two"), flow=True, choice=False)
    assert begun(found, "one") == step(found, State(seed=7), "start")


def test_a_part_that_can_be_chosen_is_chosen():
    found = tree(leaf("one"), leaf("two"), flow=True)
    outcome = begun(found, "two")
    assert (outcome.delivery, outcome.exception, outcome.words) == ("two", None, "")
    assert outcome.state == step(found, State(seed=7), choice("two")).state


@pytest.mark.parametrize(
    ("parts", "course", "code"),
    [
        ((leaf("one"), leaf("two")), {"choice": False}, "NB.2.1-10"),
        ((leaf("one"), leaf("two", rules=(rule("disabled"),))), {}, "DB.1.1-3"),
        ((leaf("one"), leaf("two", rules=(rule("hiddenFromChoice"),))), {}, "SB.2.9-3"),
        ((leaf("one"), leaf("two", limit=0)), {}, "DB.1.1-3"),
        ((leaf("one", choice_exit=False), leaf("two")), {}, "NB.2.1-8"),
        ((leaf("one", rules=(rule("stopForwardTraversal"),)), leaf("two")), {}, "SB.2.4-1"),
    ],
)
def test_a_part_that_a_learner_cannot_choose_is_delivered_and_the_reason_is_said(
    parts, course, code
):
    found = tree(*parts, flow=True, **course)
    outcome = begun(found, "two")
    assert (outcome.delivery, outcome.exception) == ("two", code)
    assert outcome.words
    assert outcome.state.current == "two"
    assert outcome.state["two"].active
    assert outcome.state["course"].active
    assert not outcome.state["one"].attempted


def test_a_rule_that_leads_a_choice_astray_is_said():
    retried = leaf("one", rules=(rule("retry"),))
    outcome = begun(tree(retried, leaf("two"), flow=True), "two")
    assert (outcome.delivery, outcome.exception) == ("two", None)
    assert outcome.words == "A rule of the course leads to another part instead."


def test_from_there_on_the_rules_hold():
    late = leaf("three", rules=(rule("disabled"),))
    found = tree(leaf("one"), leaf("two"), late, flow=True, choice=False)
    outcome = begun(found, "two")
    assert step(found, outcome.state, "continue").exception == "SB.2.2-2"
    assert step(found, outcome.state, "previous").delivery == "one"
    assert step(found, outcome.state, choice("one")).exception == "NB.2.1-10"


def test_a_part_that_was_not_drawn_can_be_looked_at():
    drawn = item(
        "test",
        leaf("one"),
        leaf("two"),
        flow=True,
        count=1,
        selection_timing="once",
    )
    found = tree(drawn, flow=True)
    first = step(found, State(seed=7), "start").delivery
    (other,) = {"one", "two"} - {first}
    outcome = begun(found, other)
    assert (outcome.delivery, outcome.exception) == (other, "SB.2.9-2")


def test_in_1_2_prerequisites_are_what_stands_in_the_way():
    waits = replace(leaf("two"), prerequisites="one")
    found = tree(leaf("one"), waits, leaf("three"), edition=Edition.SCORM_12)
    assert begun(found, "two").exception == "DB.1.1-3"
    assert begun(found, "three").words == ""


@UNHURRIED
@given(trees(ANY))
def test_every_part_of_every_course_can_be_looked_at_and_gone_on_from(found):
    for activity in found.deliverables():
        outcome = begun(found, activity.id)
        assert outcome.delivery == outcome.state.current == activity.id
        always.has_one_way_at_most(found, outcome.state)
        always.does_as_promised(found, outcome.state, found.order)
        inspect(found, outcome.state)
