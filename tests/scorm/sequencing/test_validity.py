"""What would be valid now (RTE 4.2, ``adl.nav.request_valid``), and when that stays so."""

import pytest

from scorm.packages.manifest import Edition
from scorm.sequencing import ActivityReport, State, looks_alike, record, validity
from tests.scorm.sequencing.trees import (
    after,
    item,
    leaf,
    objective,
    reads,
    rule,
    threshold,
    tree,
    writes,
)


def test_where_a_rule_leads_out_of_the_course_only_leaving_it_is_valid():
    out = {"rules": [rule("exitParent")], "flow": True}
    found = tree(item("c", leaf("a", **out), leaf("b"), **out), leaf("d"), **out)
    valid = validity(found, after(found, "start"))
    assert (valid.continue_, valid.previous, valid.suspend, valid.exit) == (
        False,
        False,
        True,
        True,
    )
    assert not any(valid.choice.values())
    assert not any(valid.jump.values())


def test_before_a_session_only_beginning_is_valid():
    found = tree(leaf("a"), leaf("b"), flow=True)
    valid = validity(found, State())
    assert (valid.continue_, valid.previous, valid.suspend, valid.exit) == (False,) * 4
    assert valid.choice == {"course": True, "a": True, "b": True}
    assert valid.jump == {"course": False, "a": False, "b": False}


@pytest.mark.parametrize("edition", [Edition.SCORM_12, Edition.SECOND, Edition.THIRD])
def test_only_the_4th_edition_offers_jumps(edition):
    found = tree(leaf("a"), leaf("b"), flow=True, edition=edition)
    assert validity(found, after(found, "start")).jump == {}


def test_what_a_rule_will_do_instead_is_what_is_valid():
    found = tree(leaf("a", rules=[rule("continue")]), leaf("b"), flow=True)
    valid = validity(found, after(found, "start"))
    assert (valid.continue_, valid.previous, valid.choice["a"]) == (True, True, True)
    found = tree(leaf("a", rules=[rule("previous")]), leaf("b"), flow=True)
    valid = validity(found, after(found, "start"))
    assert (valid.continue_, valid.previous, valid.choice["b"]) == (False, False, False)


def test_states_at_different_parts_are_not_alike():
    found = tree(leaf("a"), leaf("b"), flow=True)
    begun = after(found, "start")
    assert looks_alike(found, begun, begun)
    assert not looks_alike(found, begun, after(found, "continue", state=begun))
    assert not looks_alike(found, begun, after(found, "suspendAll", state=begun))


@pytest.mark.parametrize(
    "values",
    [
        {"rules": [rule("skip", "objectiveMeasureKnown")]},
        {"measure_satisfaction_if_active": False, "passing": 0.5},
        {"primary": objective("o", reads("g"), passing=0.5)},
        {"primary": objective("o", writes("g"))},
    ],
)
def test_a_measure_makes_a_difference_where_something_reads_it(values):
    found = tree(leaf("a", **values), leaf("b"), flow=True)
    begun = after(found, "start")
    assert not looks_alike(found, begun, record(found, begun, "a", ActivityReport(measure=0.5)))


def test_a_measure_that_nothing_reads_makes_none():
    found = tree(leaf("a"), leaf("b"), flow=True)
    begun = after(found, "start")
    assert looks_alike(found, begun, record(found, begun, "a", ActivityReport(measure=0.5)))
    assert not looks_alike(found, begun, record(found, begun, "a", ActivityReport(True)))


@pytest.mark.parametrize(
    ("cluster", "said"),
    [
        ({"passing": 0.4, "rules": [rule("disabled", "satisfied")]}, {"measure": 0.9}),
        (
            {"threshold": threshold(0.4), "rules": [rule("disabled", "completed")]},
            {"progress_measure": 0.9},
        ),
    ],
)
def test_a_measure_by_which_a_cluster_will_be_judged_makes_a_difference(cluster, said):
    found = tree(item("c", leaf("a"), leaf("b"), **cluster, flow=True), leaf("d"))
    before = after(found, "{target=a}choice")
    reported = record(found, before, "a", ActivityReport(**said))
    assert validity(found, before).choice["b"]
    assert not validity(found, reported).choice["b"]
    assert not looks_alike(found, before, reported)
