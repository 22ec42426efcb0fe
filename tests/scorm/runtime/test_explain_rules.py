"""Why a course counts as it does where the manifest says how: rollup rules, considerations, global
objectives, attempts on clusters."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import (
    ChildSelection,
    Condition,
    ControlMode,
    DeliveryControls,
    Item,
    Objective,
    ObjectiveMap,
    RollupFlags,
    RollupRule,
    Sequencing,
)
from scorm.runtime.explain import explain

FLOWS = ControlMode(flow=True)
COMPLETED = (Condition("completed"),)
PASSED = (Condition("satisfied"),)
TWO_COMPLETED = RollupRule("completed", COMPLETED, child_set="atLeastCount", minimum_count=2)
ANY_FAILED = RollupRule("notSatisfied", (Condition("satisfied", negated=True),), child_set="any")
DONE = {"cmi.completion_status": "completed", "cmi.success_status": "passed"}
NOT_DONE = {"cmi.completion_status": "incomplete", "cmi.success_status": "failed"}


def whole(learner) -> dict[str, str]:
    return {each.code: each.words for each in explain(learner.registration).course}


def part(learner, key) -> dict[str, str]:
    parts = {each.activity: each for each in explain(learner.registration).parts}
    return {each.code: each.words for each in parts[key].findings}


def each_says(learner, **told):
    """Each part in turn says this, and the learner goes on."""
    if not learner.session:
        learner.start("s1")
    for key, values in told.items():
        learner.initialize(key)
        learner.set(key, values)
        learner.terminate(key)
        learner.navigate("continue", key)
    return learner


def in_cluster(*parts, sequencing=None):
    found = replace(sequencing or Sequencing(), control=FLOWS)
    return Item(identifier="c", title="Cluster", children=parts, sequencing=found)


# Rollup rules


def test_the_rule_that_completed_the_course_is_said(learner):
    one = learner("one", "two", "three", sequencing=Sequencing(rollup_rules=(TWO_COMPLETED,)))
    each_says(one, one=DONE)
    assert whole(one)["course.completion.rule.open"] == (
        "Not completed yet. It is completed when at least 2 of its parts are completed "
        "(now 1 of 3)."
    )
    each_says(one, two=DONE)
    assert whole(one)["course.completion.rule"] == (
        "Completed, because at least 2 of its parts are completed."
    )
    assert one.history()["result"]["completion"] == "completed"


def test_the_rule_that_failed_the_course_is_said_and_what_would_pass_it(learner):
    rules = (ANY_FAILED, RollupRule("satisfied", PASSED))
    one = learner("one", "two", sequencing=Sequencing(rollup_rules=rules))
    each_says(one, one=NOT_DONE)
    assert whole(one)["course.success.rule.short"] == (
        "Not passed, because at least 1 of its parts is failed. It is passed when all of its "
        "parts are passed (now 0 of 2)."
    )


def test_a_course_that_no_rule_can_pass_is_said_to_have_none(learner):
    one = learner("one", "two", sequencing=Sequencing(rollup_rules=(ANY_FAILED,)))
    each_says(one, one=DONE)
    assert whole(one)["course.success.rule.open"] == (
        "Neither passed nor failed yet. No rule of the manifest says when it is passed."
    )


def test_a_status_that_no_rule_decides_any_more_is_said_to_be_kept(learner):
    rule = replace(TWO_COMPLETED, minimum_count=1)
    one = learner("one", "two", sequencing=Sequencing(rollup_rules=(rule,)))
    each_says(one, one=DONE)
    one.initialize("two")
    one.set("two", NOT_DONE)
    one.navigate("{target=one}choice", "two")
    assert whole(one)["course.completion.rule.kept"].startswith(
        "It was completed before, and that is kept: no rule of the manifest decides otherwise now."
    )


def test_a_rule_that_holds_of_nothing_is_said_to(learner, lesson_of):
    uncounted = Sequencing(rollup=RollupFlags(progress_completion=False))
    rules = (RollupRule("completed", COMPLETED),)
    one = learner(
        lesson_of("one", uncounted),
        lesson_of("two", uncounted),
        sequencing=Sequencing(rollup_rules=rules),
    )
    each_says(one, one=NOT_DONE)
    found = whole(one)
    assert "course.completion.rule" in found
    assert found["course.completion.rule.no-parts"].startswith("No part counts for that rule")


def test_a_cluster_s_own_rule_is_said_whether_or_not_it_is_met(learner, lesson_of):
    rule = replace(TWO_COMPLETED, minimum_count=1)
    cluster = in_cluster(
        lesson_of("one"), lesson_of("two"), sequencing=Sequencing(rollup_rules=(rule,))
    )
    one = each_says(learner(cluster, "three"), one=NOT_DONE)
    found = whole(one)
    assert found["course.completion.missing"].endswith("Missing: “Cluster”, “Three”.")
    assert found["cluster.completion.rule.open"] == (
        "“Cluster” is not completed yet. It is completed when at least 1 of its parts is "
        "completed (now 0 of 2)."
    )
    found = whole(each_says(one, two=DONE))
    assert found["course.completion.missing"].endswith("Missing: “Three”.")
    assert found["cluster.completion.rule"] == (
        "“Cluster” is completed, because at least 1 of its parts is completed."
    )


def test_what_is_missing_in_a_cluster_is_said_where_the_course_has_a_rule(learner, lesson_of):
    cluster = in_cluster(lesson_of("one"), lesson_of("two"))
    rules = (RollupRule("completed", COMPLETED),)
    one = learner(cluster, "three", sequencing=Sequencing(rollup_rules=rules))
    found = whole(each_says(one, one=DONE))
    assert "(now 0 of 2)" in found["course.completion.rule.open"]
    assert found["cluster.completion.missing"] == (
        "“Cluster” is not completed. Missing in it: “Two”."
    )


# What does not count, or not now


@pytest.mark.parametrize(
    ("considered", "when"),
    [
        ("ifAttempted", "once it has been attempted (ifAttempted)"),
        (
            "ifNotSuspended",
            "once it has been attempted, and while it is not suspended (ifNotSuspended)",
        ),
    ],
)
def test_a_part_that_does_not_count_yet(learner, lesson_of, considered, when):
    flags = RollupFlags(required_for_completed=considered)
    one = learner("one", lesson_of("two", Sequencing(rollup=flags)))
    one.start("s1")
    assert part(one, "two")["not-counted.now"] == (
        f"This part counts for whether “Course” is completed only {when}: at the moment it does "
        "not."
    )
    each_says(one, one=DONE, two=DONE)
    assert "not-counted.now" not in part(one, "two")


def test_what_is_in_a_cluster_without_tracking_counts_for_nothing(learner, lesson_of):
    untracked = Sequencing(delivery=DeliveryControls(tracked=False))
    one = learner(in_cluster(lesson_of("one"), sequencing=untracked), "two")
    each_says(one, one=DONE)
    assert part(one, "one")["not-counted.above"] == (
        "The manifest switches tracking off for “Cluster”: nothing in it counts for the course."
    )


def test_a_part_that_was_not_selected(learner, lesson_of):
    selects = Sequencing(selection=ChildSelection(selection_timing="once", count=1))
    cluster = in_cluster(lesson_of("one"), lesson_of("two"), sequencing=selects)
    one = learner(cluster, "three")
    one.start("s1")
    told = [part(one, key).get("not-counted.selection") for key in ("one", "two")]
    assert [each for each in told if each] == [
        "This part is not one of those that were selected for this learner in “Cluster”: it does "
        "not count."
    ]


def test_what_was_done_before_the_course_was_begun_anew_is_said_not_to_count(learner):
    one = each_says(learner("one", "two"), one=DONE, two=DONE)
    one.start("s2")
    assert part(one, "two")["stale.completion"] == (
        "“Course” has been begun anew: the completion that this part had before does not count "
        "for it now (useCurrentAttemptProgressInfo)."
    )
    assert "stale.success" in part(one, "two")
    assert whole(one)["course.completion.missing"].endswith("Missing: “One”, “Two”.")


def test_a_cluster_that_was_done_before_the_course_was_begun_anew_is_named(learner, lesson_of):
    cluster = in_cluster(lesson_of("one"), lesson_of("two"))
    one = each_says(learner("three", cluster), three=DONE, one=DONE, two=DONE)
    one.start("s2")
    found = whole(one)
    assert found["course.completion.missing"].endswith("Missing: “Three”, “Cluster”.")
    assert found["cluster.completion.stale"] == (
        "“Cluster” does not count as before, because what it is part of has been begun anew."
    )
    assert "stale.completion" in part(one, "two")


# Global objectives


def reads(*names, by_measure=False):
    maps = (ObjectiveMap("shared", reads=frozenset(names)),)
    return Sequencing(primary_objective=Objective("main", by_measure, 0.75, maps))


def writes(*names):
    maps = (ObjectiveMap("shared", writes=frozenset(names)),)
    return Sequencing(primary_objective=Objective("main", maps=maps))


def test_a_status_that_is_another_part_s_is_said_to_be(learner, lesson_of):
    one = learner(lesson_of("one", writes("satisfied")), lesson_of("two", reads("satisfied")))
    each_says(one, one={"cmi.success_status": "failed"}, two={"cmi.success_status": "passed"})
    assert part(one, "two")["success.global"] == (
        "Rules, and what this part belongs to, do not see the part’s own success: it reads the "
        "global objective “shared” (written by “One” or another course). By that it is failed."
    )
    assert whole(one)["course.success.failed"] == "Not passed, because of: “One”, “Two”."


def test_an_objective_that_nothing_writes_is_said_to_have_no_writer(learner, lesson_of):
    one = learner(
        lesson_of("one"), lesson_of("two", reads("satisfied")), objectives_global_to_system=False
    )
    each_says(one, one=DONE)
    assert "(written by nothing in this course)" in part(one, "two")["success.global"]


def test_nothing_is_assumed_of_a_part_whose_completion_is_read(learner, lesson_of):
    one = learner(lesson_of("one", writes("completion")), lesson_of("two", reads("completion")))
    each_says(one, one={"cmi.completion_status": "incomplete"}, two={"cmi.location": "3"})
    assert "Nothing is assumed in its place" in part(one, "two")["completion.read"]
    assert part(one, "two")["completion.global"].endswith("By that it is incomplete.")


def test_a_score_that_is_another_part_s_is_held_against_the_passing_score(learner, lesson_of):
    one = learner(
        lesson_of("one", writes("measure")), lesson_of("two", reads("measure", by_measure=True))
    )
    each_says(one, one={"cmi.score.scaled": "0.8"}, two={"cmi.score.scaled": "0.1"})
    found = part(one, "two")
    assert found["success.reached"] == (
        "Passed, because “shared” 0.8 reaches the manifest’s passing score 0.75."
    )
    assert found["global.measure"].startswith("The score of “Two” that is held against")


def test_a_cluster_that_reads_its_success_is_named_with_where_it_comes_from(learner, lesson_of):
    cluster = in_cluster(lesson_of("two"), sequencing=reads("satisfied"))
    one = learner(lesson_of("one", writes("satisfied")), cluster)
    each_says(one, one={"cmi.success_status": "failed"}, two=DONE)
    assert whole(one)["cluster.success.global"] == (
        "“Cluster” counts as failed, whatever its parts are: it reads the global objective "
        "“shared” (written by “One” or another course)."
    )


def test_a_course_that_reads_its_success_says_what_rules_see(learner, lesson_of):
    one = learner(lesson_of("one", writes("satisfied")), sequencing=reads("satisfied"))
    each_says(one, one={"cmi.success_status": "failed"})
    assert "by that it is failed" in whole(one)["course.success.global"]


def test_a_score_that_is_judged_only_once_its_part_is_left(learner, lesson_of):
    later = Sequencing(
        primary_objective=Objective("main", True, 0.75),
        rollup=RollupFlags(measure_satisfaction_if_active=False),
    )
    one = learner(lesson_of("one", later), "two")
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.score.scaled": "0.8"})
    one.terminate("one")
    assert "only when the part has been left" in part(one, "one")["success.active"]
    one.navigate("continue", "one")
    assert "success.reached" in part(one, "one")
