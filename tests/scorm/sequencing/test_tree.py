"""The tree that an organization becomes."""

from scorm.packages.manifest import ControlMode, Edition
from scorm.sequencing import State, validity
from tests.scorm.sequencing.trees import item, leaf, objective, reads, rule, tree


def test_activities_stand_in_preorder_with_the_root_first():
    found = tree(item("a", leaf("a1"), leaf("a2")), leaf("b"))
    assert found.order == ("course", "a", "a1", "a2", "b")


def test_every_activity_knows_its_parent():
    found = tree(item("a", leaf("a1")), leaf("b"))
    assert [found[key].parent for key in found.order] == [None, "course", "a", "course"]


def test_the_path_leads_from_an_activity_to_the_root():
    found = tree(item("a", item("b", leaf("c"))), leaf("d"))
    assert [x.id for x in found.path("c")] == ["c", "b", "a", "course"]
    assert [x.id for x in found.path("c", "a")] == ["c", "b", "a"]


def test_the_common_ancestor_of_an_activity_and_one_below_it_is_itself():
    found = tree(item("a", leaf("a1"), leaf("a2")), leaf("b"))
    assert found.common("a1", "a2").id == "a"
    assert found.common("a", "a2").id == found.common("a2", "a").id == "a"
    assert found.common("a2", "b").id == "course"


def test_a_heading_without_content_is_a_child_but_not_available():
    found = tree(item("heading"), item("empty", item("deeper")), leaf("a"))
    assert found["course"].children == ("heading", "empty", "a")
    assert found["course"].available == ("a",)


def test_every_cluster_of_scorm_12_allows_choice_and_flow():
    found = tree(
        item("a", leaf("b"), leaf("c"), choice=False), edition=Edition.SCORM_12, forward_only=True
    )
    expected = ControlMode(choice=True, flow=True)
    assert [found[key].control for key in found.order] == [expected] * 4


def test_a_2004_course_of_a_single_part_flows_and_offers_no_choice():
    found = tree(item("a", item("heading"), leaf("b")))
    assert found.single
    for key in ("course", "a"):
        assert (found[key].control.choice, found[key].control.flow) == (False, True)


def test_a_single_part_that_may_neither_flow_nor_be_chosen_stays_so():
    assert not tree(leaf("a"), choice=False)["course"].control.flow


def test_the_control_modes_of_other_2004_courses_are_the_manifests():
    assert tree(leaf("a"), leaf("b"))["course"].control == ControlMode()


def test_an_opened_course_has_the_same_parts_and_nothing_that_hinders():
    found = tree(
        item("c", leaf("a", limit=0, passing=0.5), rules=[rule("disabled")], choice=False),
        leaf("b", primary=objective("o", reads("g"))),
        choice=False,
    ).opened()
    assert found.order == ("course", "c", "a", "b")
    assert (found.targets, found["a"].sequencing.attempt_limit) == (frozenset(), None)
    assert set(validity(found, State()).choice.values()) == {True}
