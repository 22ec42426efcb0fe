"""Which children count, how many must be so, and what a cluster makes of them (RB.1.1 to 1.4)."""

from dataclasses import replace
from itertools import product

import pytest

from scorm.packages.manifest import Condition, RollupRule
from scorm.sequencing import State, Tracking, rollup
from scorm.sequencing.rollup import (
    IN_ROLLUP,
    Child,
    evaluate_rollup_conditions,
    rollup_overall,
)
from tests.scorm.sequencing.trees import (
    after,
    changed,
    item,
    leaf,
    rolls,
    rule,
    threshold,
    tree,
)

YES = Tracking(completion=True, satisfied=True, attempt_count=1)
NO = Tracking(completion=False, satisfied=False, attempt_count=1)
UNKNOWN = Tracking(attempt_count=1)
KINDS = {"T": YES, "F": NO, "U": UNKNOWN}


def rolled_up(found, **tracking) -> Tracking:
    """What the course is, with that tracking of its parts."""
    state = State().with_tracking(tracking)
    return rollup_overall(found, state, found.order[-1])[found.root]


def of_children(rule_, kinds: str, **flags) -> Tracking:
    """What the course's rule makes of children that are satisfied (T), not (F), or unknown (U)."""
    keys = [f"x{n}" for n in range(len(kinds))]
    found = tree(
        *[leaf(key, **flags) for key in keys], leaf("z", tracked=False), rollup_rules=[rule_]
    )
    return rolled_up(found, **{key: KINDS[kind] for key, kind in zip(keys, kinds, strict=True)})


@pytest.mark.parametrize(
    ("child_set", "number", "fires", "not_"),
    [
        ("all", 0, ("", "T", "TT"), ("F", "U", "TF", "TU")),
        ("any", 0, ("T", "TF", "TU"), ("", "F", "U", "FU")),
        ("none", 0, ("", "F", "FF"), ("T", "U", "TF", "FU")),
        ("atLeastCount", 2, ("TT", "TTF", "TTU"), ("", "T", "TF", "TU")),
        ("atLeastCount", 0, ("T", "F", "U"), ("",)),
        ("atLeastPercent", 0.5, ("T", "TF", "TU", "TTF"), ("", "TFF", "TUU", "F")),
        ("atLeastPercent", 1.0, ("T", "TT"), ("", "TU", "TF")),
    ],
)
def test_so_many_children_must_be_so(child_set, number, fires, not_):
    numbers = {"minimum_count": int(number), "minimum_percent": number}
    found = rolls("completed", child_set, "satisfied", **numbers)
    for kinds in fires:
        assert of_children(found, kinds).completion is True, kinds
    for kinds in not_:
        assert of_children(found, kinds).completion is None, kinds


@pytest.mark.parametrize(
    ("action", "name", "value"),
    [
        ("satisfied", "satisfied", True),
        ("notSatisfied", "satisfied", False),
        ("completed", "completion", True),
        ("incomplete", "completion", False),
    ],
)
def test_a_rule_decides_what_it_is_about(action, name, value):
    other = "completion" if name == "satisfied" else "satisfied"
    found = of_children(rolls(action, "any", "attempted"), "TFU")
    assert (getattr(found, name), getattr(found, other)) == (value, None)


@pytest.mark.parametrize("action", ["satisfied", "notSatisfied"])
def test_one_rule_about_success_is_instead_of_both_of_the_book(action):
    found = rolls(action, "any", "not attempted")
    assert of_children(found, "TT").satisfied is None
    assert of_children(found, "FF").satisfied is None
    assert of_children(found, "TT").completion is True


@pytest.mark.parametrize("action", ["completed", "incomplete"])
def test_one_rule_about_progress_is_instead_of_both_of_the_book(action):
    found = rolls(action, "any", "not attempted")
    assert of_children(found, "TT").completion is None
    assert of_children(found, "TT").satisfied is True


def test_where_both_rules_apply_the_better_one_has_the_last_word():
    found = tree(
        leaf("a"),
        leaf("b"),
        rollup_rules=[
            rolls("satisfied", "any", "attempted"),
            rolls("notSatisfied", "any", "attempted"),
        ],
    )
    assert rolled_up(found, a=YES).satisfied is True


@pytest.mark.parametrize(
    ("name", "tracking", "expected"),
    [
        ("satisfied", YES, True),
        ("objectiveStatusKnown", NO, True),
        ("objectiveMeasureKnown", replace(NO, measure=0.1), True),
        ("objectiveMeasureKnown", NO, False),
        ("completed", YES, True),
        ("activityProgressKnown", UNKNOWN, False),
        ("attempted", UNKNOWN, True),
        ("attempted", Tracking(), False),
        ("attemptLimitExceeded", replace(NO, attempt_count=2), True),
        ("attemptLimitExceeded", NO, False),
        ("always", YES, False),
        ("never", YES, False),
        ("timeLimitExceeded", YES, False),
    ],
)
def test_a_rollup_condition_is_about_a_child(name, tracking, expected):
    found = tree(
        leaf("a", limit=2),
        leaf("z", tracked=False),
        rollup_rules=[rolls("completed", "all", name), rolls("satisfied", "all", f"not {name}")],
    )
    course = rolled_up(found, a=tracking)
    assert (course.completion, course.satisfied) == ((True, None) if expected else (None, True))


def test_conditions_on_a_child_are_joined_as_the_rule_says():
    both = ("satisfied", "attempted")
    never_opened = {"a": Tracking(satisfied=True)}
    for any_, expected in ((True, True), (False, None)):
        found = tree(
            leaf("a"),
            leaf("z", tracked=False),
            rollup_rules=[rolls("completed", "all", *both, any_=any_)],
        )
        assert rolled_up(found, **never_opened).completion is expected


def test_a_rollup_rule_without_conditions_never_applies():
    assert of_children(rolls("completed", "any"), "TT").completion is None


SUSPENDED = replace(NO, suspended=True)


@pytest.mark.parametrize(
    ("required", "counts", "not_"),
    [
        ("always", (Tracking(), NO, SUSPENDED), ()),
        ("ifAttempted", (NO, SUSPENDED), (Tracking(),)),
        ("ifNotSuspended", (NO,), (Tracking(), SUSPENDED)),
    ],
)
@pytest.mark.parametrize(
    ("action", "flag"),
    [
        ("satisfied", "required_for_satisfied"),
        ("notSatisfied", "required_for_not_satisfied"),
        ("completed", "required_for_completed"),
        ("incomplete", "required_for_incomplete"),
    ],
)
def test_a_child_counts_when_it_is_required(required, counts, not_, action, flag):
    name = "satisfied" if "atisfied" in action else "completion"
    found = tree(
        leaf("a", **{flag: required}),
        leaf("z", tracked=False),
        rollup_rules=[rolls(action, "atLeastCount", "not completed", minimum_count=0)],
    )
    for tracking in counts:
        assert getattr(rolled_up(found, a=tracking), name) is not None
    for tracking in not_:
        assert getattr(rolled_up(found, a=tracking), name) is None


@pytest.mark.parametrize(("skipped", "expected"), [("satisfied", None), ("not satisfied", True)])
def test_a_child_that_would_be_skipped_need_not_count(skipped, expected):
    found = tree(
        leaf("a", required_for_completed="ifNotSkipped", rules=[rule("skip", skipped)]),
        leaf("z", tracked=False),
        rollup_rules=[rolls("completed", "any", "satisfied")],
    )
    assert rolled_up(found, a=YES).completion is expected


def test_children_that_are_all_not_tracked_leave_a_cluster_done():
    found = tree(leaf("a", tracked=False), leaf("b", tracked=False))
    course = rolled_up(found)
    assert (course.completion, course.satisfied) == (True, True)


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ({}, (None, None, None)),
        ({"use_current_attempt_objective_info": False}, (None, True, 0.5)),
        ({"use_current_attempt_progress_info": False}, (True, None, None)),
    ],
)
def test_what_is_from_before_a_clusters_new_attempt_is_unknown_unless_it_asks_for_it(
    control, expected
):
    found = tree(item("c", leaf("a"), leaf("z", tracked=False), flow=True, **control), leaf("b"))
    state = changed(
        after(found, "{target=a}choice"), "a", completion=True, satisfied=True, measure=0.5
    )
    state = after(found, "{target=b}choice", "{target=z}choice", "exit", state=state)
    cluster = state["c"]
    assert (cluster.attempt_count, state["a"].stale) == (2, True)
    assert (cluster.completion, cluster.satisfied, cluster.measure) == expected


def test_an_old_child_is_skipped_by_its_old_status():
    found = tree(
        item("c", leaf("a", rules=[rule("skip", "satisfied")]), leaf("z"), flow=True), leaf("b")
    )
    state = after(found, "{target=a}choice", "{target=b}choice", "{target=c}choice")
    assert (state.current, state["a"].stale) == ("z", True)


def test_what_is_opened_again_is_new():
    found = tree(item("c", leaf("a"), leaf("z"), flow=True), leaf("b"))
    state = after(found, "{target=a}choice", "{target=b}choice", "{target=c}choice")
    assert (state["a"].attempt_count, state["a"].stale) == (2, False)


@pytest.mark.parametrize("active", [True, False])
def test_a_cluster_may_be_judged_by_measure_only_once_it_has_ended(active):
    found = tree(leaf("a"), passing=0.5, measure_satisfaction_if_active=False)
    state = State().with_tracking({"a": Tracking(measure=0.9), "course": Tracking(active=active)})
    course = rollup_overall(found, state, "a")["course"]
    assert (course.measure, course.satisfied) == (0.9, None if active else True)


def test_a_cluster_completed_by_measure_is_unknown_without_one():
    found = tree(item("c", leaf("a"), leaf("b"), threshold=threshold(0.5)), leaf("d"))
    state = rollup_overall(found, State().with_tracking({"a": YES, "b": YES}), "a")
    assert state["c"].completion is None
    state = changed(state, "a", progress_measure=1.0)
    assert rollup_overall(found, state, "a")["c"].completion is True


def test_only_the_children_that_were_selected_count():
    found = tree(leaf("a"), leaf("b"), selection_timing="once", count=1)
    state = State().with_tracking({"course": Tracking(available=("b",)), "b": YES})
    assert rollup_overall(found, state, "b")["course"].completion is True


def test_a_rule_of_the_book_that_fires_is_told_without_a_rule():
    found = tree(leaf("a"), leaf("b"), rollup_rules=[rolls("completed", "any", "completed")])
    state = State(trace=[]).with_tracking({"a": YES, "b": YES})
    rollup_overall(found, state, "a")
    assert [(x.process, x.activity, x.action, x.rule is None) for x in state.trace] == [
        ("RB.1.4", "course", "notSatisfied", True),
        ("RB.1.4", "course", "satisfied", True),
        ("RB.1.4", "course", "completed", False),
    ]


def test_of_many_children_that_are_alike_one_is_asked_for_all(monkeypatch):
    asked = []

    def evaluated(rule_, child):
        asked.append(child.activity.id)
        return evaluate_rollup_conditions(rule_, child)

    monkeypatch.setattr(rollup, "evaluate_rollup_conditions", evaluated)
    found = rolls("completed", "atLeastPercent", "satisfied", minimum_percent=0.5)
    assert of_children(found, "T" * 500 + "F" * 500).completion is True
    assert of_children(found, "T" * 499 + "F" * 501).completion is None
    assert len(asked) < 20


def test_children_of_one_kind_are_the_same_to_every_condition():
    activities = [tree(leaf("x", limit=limit))["x"] for limit in (None, 0, 2)]
    values = product((None, True, False), (None, 0.5, 1.0), (None, True, False), (0, 1, 2, 3))
    trackings = [
        Tracking(satisfied=satisfied, measure=measure, completion=completion, attempt_count=count)
        for satisfied, measure, completion, count in values
    ]
    rules = [RollupRule("completed", (Condition(name),)) for name in sorted(IN_ROLLUP)]
    answers = {}
    for activity, tracking in product(activities, trackings):
        child = Child(activity, tracking, tracking)
        found = [evaluate_rollup_conditions(rule_, child) for rule_ in rules]
        assert answers.setdefault(child.kind, found) == found
    assert len(answers) == rollup.KINDS
