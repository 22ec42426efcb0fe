"""What reports make of activities and of their ancestors (RB, UP.4)."""

import pytest

from scorm.packages.manifest import Edition, Organization
from scorm.sequencing import ActivityReport, ActivityTree, State, standing
from tests.scorm.sequencing.trees import after, item, leaf, threshold, tree

DONE = ActivityReport(completion=True, satisfied=True)


def recorded(found, state=None, terminated=True, **reports) -> State:
    state = state or State()
    for key, report in reports.items():
        state = standing(found, state, key, report, terminated=terminated)
    return state


def completion(*values, **flags):
    """The root's completion when its children have these."""
    found = tree(*[leaf(f"x{n}", **flags) for n in range(len(values))], leaf("z", tracked=False))
    reports = {f"x{n}": ActivityReport(completion=value) for n, value in enumerate(values)}
    return recorded(found, terminated=False, **reports)["course"].completion


def satisfied(*values):
    found = tree(*[leaf(f"x{n}") for n in range(len(values))])
    reports = {f"x{n}": ActivityReport(satisfied=value) for n, value in enumerate(values)}
    return recorded(found, terminated=False, **reports)["course"].satisfied


@pytest.mark.parametrize("rolled", [completion, satisfied])
@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ((True, True), True),
        ((True, False), False),
        ((False, False), False),
        ((True, None), None),
        ((False, None), None),
    ],
)
def test_by_default_all_children_must_be_so_and_all_must_be_known(rolled, children, expected):
    assert rolled(*children) is expected


def test_a_mean_is_not_below_a_threshold_by_the_error_of_binary_numbers():
    found = tree(leaf("a"), leaf("b"), leaf("c"))
    reports = {key: ActivityReport(measure=m) for key, m in (("a", 0.7), ("b", 0.8), ("c", 0.9))}
    assert recorded(found, terminated=False, **reports)["course"].measure == 0.8


def test_rollup_reaches_the_root_through_clusters():
    found = tree(item("a", item("b", leaf("c"))), leaf("d"))
    state = recorded(found, c=DONE, d=DONE)
    assert [state[key].completion for key in ("b", "a", "course")] == [True] * 3


def test_a_status_that_no_rule_decides_stays():
    found = tree(leaf("a"), leaf("b"), flow=True)
    state = recorded(found, after(found, "start"), a=DONE, b=DONE)
    state = after(found, "{target=b}choice", state=state)
    assert state["b"].completion is None
    assert state["course"].completion is True


def test_children_that_are_not_tracked_do_not_count():
    found = tree(leaf("a"), leaf("b", tracked=False))
    assert recorded(found, a=DONE)["course"].completion is True


def test_headings_without_content_do_not_count():
    found = tree(leaf("a"), leaf("b"), item("heading"))
    assert recorded(found, a=DONE, b=DONE)["course"].completion is True


def test_a_report_of_what_is_not_tracked_is_not_recorded():
    found = tree(leaf("a", tracked=False), leaf("b"))
    state = State()
    assert standing(found, state, "a", DONE, terminated=True) is state


def test_a_cluster_that_is_not_tracked_never_changes():
    found = tree(item("a", leaf("b"), leaf("c"), tracked=False), leaf("d"))
    state = recorded(found, b=DONE, c=DONE, d=DONE)
    assert state["a"].completion is None
    assert state["course"].completion is True


def test_each_rollup_flag_takes_a_child_out_of_its_own_rollup():
    found = tree(
        leaf("a", progress_completion=False), leaf("b", objective_satisfied=False), leaf("c")
    )
    state = recorded(
        found,
        a=ActivityReport(False, True),
        b=ActivityReport(True, False),
        c=ActivityReport(True, True),
    )
    assert (state["course"].completion, state["course"].satisfied) == (True, True)


def test_a_cluster_whose_children_do_not_count_is_done_with_its_first_rollup():
    found = tree(leaf("a", progress_completion=False), leaf("b", progress_completion=False))
    assert recorded(found, a=ActivityReport(False))["course"].completion is True


def test_the_measure_is_the_mean_by_weight():
    found = tree(leaf("a", measure_weight=0.25), leaf("b", measure_weight=0.75))
    state = recorded(found, a=ActivityReport(measure=1.0), b=ActivityReport(measure=0.2))
    assert state["course"].measure == pytest.approx(0.4)


def test_a_measure_that_is_not_known_weighs_all_the_same():
    found = tree(leaf("a"), leaf("b"))
    assert recorded(found, a=ActivityReport(measure=0.5))["course"].measure == 0.25


def test_without_any_measure_or_weight_there_is_none():
    found = tree(leaf("a", measure_weight=0.0), leaf("b", measure_weight=0.0))
    assert recorded(found, a=DONE)["course"].measure is None
    assert recorded(found, a=ActivityReport(measure=1.0))["course"].measure is None


def test_the_progress_measure_is_the_mean_by_progress_weight():
    found = tree(
        leaf("a", threshold=threshold(weight=0.25)), leaf("b", threshold=threshold(weight=0.75))
    )
    state = recorded(found, a=ActivityReport(progress_measure=1.0), b=DONE)
    assert state["course"].progress_measure == pytest.approx(0.25)


@pytest.mark.parametrize(("measure", "expected"), [(0.6, True), (0.4, False), (None, None)])
def test_a_cluster_satisfied_by_measure_has_no_other_status(measure, expected):
    found = tree(leaf("a"), leaf("b", measure_weight=0.0), passing=0.5)
    state = recorded(found, a=ActivityReport(True, True, measure), b=DONE)
    assert state["course"].satisfied is expected


@pytest.mark.parametrize(("measure", "expected"), [(0.6, True), (0.4, False), (None, None)])
def test_a_part_satisfied_by_measure_has_no_other_status(measure, expected):
    found = tree(leaf("a", passing=0.5), leaf("b"))
    assert recorded(found, a=ActivityReport(True, True, measure))["a"].satisfied is expected


@pytest.mark.parametrize(("progress", "expected"), [(0.9, True), (0.4, False), (None, None)])
def test_a_part_completed_by_measure_has_no_other_completion(progress, expected):
    found = tree(leaf("a", threshold=threshold(0.8)), leaf("b"))
    state = recorded(found, a=ActivityReport(True, None, None, progress))
    assert state["a"].completion is expected


def test_a_cluster_completed_by_measure_follows_the_progress_of_its_children():
    found = tree(item("a", leaf("b"), leaf("c"), threshold=threshold(0.5)), leaf("d"))
    state = recorded(found, b=ActivityReport(False, None, None, 1.0))
    assert state["a"].completion is True


def test_what_content_left_unsaid_counts_as_done_once_it_has_terminated():
    found = tree(leaf("a"), leaf("b"))
    assert recorded(found, terminated=False, a=ActivityReport())["a"].completion is None
    state = recorded(found, a=ActivityReport())
    assert (state["a"].completion, state["a"].satisfied) == (True, True)


def test_what_content_said_is_never_overruled():
    found = tree(leaf("a"), leaf("b"))
    state = recorded(found, a=ActivityReport(False, False))
    assert (state["a"].completion, state["a"].satisfied) == (False, False)


def test_what_the_manifest_leaves_to_the_content_stays_unknown():
    found = tree(
        leaf("a", completion_set_by_content=True, objective_set_by_content=True), leaf("b")
    )
    state = recorded(found, a=ActivityReport())
    assert (state["a"].completion, state["a"].satisfied) == (None, None)


def test_nothing_is_assumed_of_content_that_means_to_go_on():
    found = tree(leaf("a"), leaf("b"))
    state = recorded(found, a=ActivityReport(suspended=True))
    assert (state["a"].completion, state["a"].suspended) == (None, True)


def test_content_is_suspended_only_by_its_end():
    found = tree(leaf("a"), leaf("b"))
    assert not recorded(found, terminated=False, a=ActivityReport(False, suspended=True))[
        "a"
    ].suspended


def test_a_report_that_says_nothing_new_gives_the_same_state():
    found = tree(leaf("a"), leaf("b"))
    state = recorded(found, a=DONE)
    assert standing(found, state, "a", DONE, terminated=True) is state


def lessons(*items):
    return tree(*items, edition=Edition.SCORM_12)


def test_a_12_asset_is_completed_when_it_was_left():
    found = lessons(leaf("a", sco=False), leaf("b"))
    state = recorded(found, a=ActivityReport())
    assert (state["a"].completion, state["a"].satisfied) == (True, None)


def test_a_12_sco_that_said_nothing_stays_unknown():
    found = lessons(leaf("a"), leaf("b"))
    assert recorded(found, a=ActivityReport())["a"].completion is None


def test_a_12_course_is_passed_by_the_lessons_that_judge_once_all_are_completed():
    found = lessons(leaf("a"), leaf("quiz"))
    state = recorded(found, quiz=ActivityReport(True, True))
    assert state["course"].satisfied is None
    assert recorded(found, state, a=ActivityReport(True))["course"].satisfied is True


def test_a_12_course_is_failed_with_one_failed_lesson():
    found = lessons(leaf("a"), leaf("quiz"))
    assert recorded(found, quiz=ActivityReport(True, False))["course"].satisfied is False


def test_the_score_of_a_12_course_is_the_mean_of_the_lessons_that_have_one():
    found = lessons(leaf("a"), leaf("b"), leaf("c"))
    state = recorded(found, b=ActivityReport(True, None, 0.5), c=ActivityReport(True, None, 1.0))
    assert state["course"].measure == 0.75


def test_a_12_item_with_content_counts_beside_its_children():
    found = lessons(item("a", leaf("b"), leaf("c"), launch="a.html"))
    state = recorded(found, a=ActivityReport(True), b=ActivityReport(True))
    assert state["course"].completion is None
    state = recorded(found, state, c=ActivityReport(True))
    assert state["course"].completion is True


def test_children_do_not_change_the_status_of_an_item_with_content():
    found = lessons(item("a", leaf("b"), launch="a.html"), leaf("c"))
    state = recorded(found, a=ActivityReport(False), b=ActivityReport(True, True))
    assert (state["a"].completion, state["a"].satisfied) == (False, None)


@pytest.mark.parametrize(("progress", "completed"), [(0.5, False), (0.7, True)])
def test_a_course_may_be_completed_by_the_progress_of_its_parts(progress, completed):
    organization = Organization(
        "course", "Course", (leaf("a"), leaf("b")), completion_threshold=threshold(0.6)
    )
    found = ActivityTree.from_organization(organization, Edition.FOURTH)
    report = ActivityReport(completion=True, progress_measure=progress)
    assert recorded(found, a=report, b=report)["course"].completion is completed
