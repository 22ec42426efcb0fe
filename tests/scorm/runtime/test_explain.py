"""Why a course counts as it does: each reason, after what content and learner did."""

import json
import string
from dataclasses import asdict, replace

import pytest

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Edition,
    Item,
    Objective,
    RollupFlags,
    Sequencing,
)
from scorm.runtime.explain import explain
from scorm.runtime.reasons import ATTENTION, WORDS, Finding

FLOWS = ControlMode(choice=True, choice_exit=True, flow=True)
THRESHOLD = CompletionThreshold(completed_by_measure=True, min_progress_measure=0.5)
PASSING = Sequencing(primary_objective=Objective("main", True, 0.75))
LEFT_TO_CONTENT = Sequencing(
    delivery=DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)
)
UNTRACKED = Sequencing(delivery=DeliveryControls(tracked=False))
GOODBYES = {"exit.normal", "exit.normal.12", "exit.open", "time.none"}


def codes(learner, part="one") -> list[str]:
    parts = {each.activity: each for each in explain(learner.registration).parts}
    return [finding.code for finding in parts[part].findings]


def whole(learner) -> dict[str, str]:
    return {each.code: each.words for each in explain(learner.registration).course}


def words(learner, code, part="one") -> str:
    parts = {each.activity: each for each in explain(learner.registration).parts}
    return next(each.words for each in parts[part].findings if each.code == code)


def said(learner, values, *, end=True):
    """Content opens its session, says this, and ends it."""
    learner.start("s1")
    learner.initialize("one")
    if values:
        learner.set("one", values)
    if end:
        learner.terminate("one")
    return learner


def statuses(learner) -> list[str]:
    """What is found, without how the session ended and that it took no time."""
    return [code for code in codes(learner) if code not in GOODBYES]


def test_every_finding_can_be_said_and_is_named_once():
    assert set(WORDS) >= ATTENTION
    for code, text in WORDS.items():
        places = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert text.format_map(dict.fromkeys(places, "x")), code


# How the last session went


def test_a_part_that_was_never_opened(learner):
    one = learner("one", "two")
    assert codes(one) == ["not-launched"]
    assert whole(one) == {"course.not-started": "No part of the course has been opened."}


def test_content_that_is_open_and_has_not_spoken(learner):
    one = learner("one")
    one.start("s1")
    assert "opened" in codes(one)


def test_content_that_was_left_without_ever_speaking(learner):
    one = learner("one", "two")
    one.start("s1")
    one.navigate("continue", "one")
    assert codes(one)[0] == "never-initialized"
    assert {"completion.assumed", "success.assumed"} <= set(codes(one))


def test_content_whose_page_was_closed_without_a_word(learner):
    one = said(learner("one"), {"cmi.location": "3"}, end=False)
    assert codes(one)[0] == "no-goodbye"
    assert one.start("s2")["delivery"]["data"]["cmi.entry"] == "resume"


def test_content_that_was_left_without_goodbye_is_resumed(learner):
    one = said(learner("one", "two"), {"cmi.location": "3"}, end=False)
    one.navigate("suspendAll", "one")
    assert codes(one)[0] == "interrupted"
    assert one.start("s2")["delivery"]["data"]["cmi.location"] == "3"


@pytest.mark.parametrize(
    ("word", "request_", "code", "entry"),
    [
        ("suspend", "suspendAll", "exit.suspend", "resume"),
        ("suspend", "exitAll", "exit.suspend", "resume"),
        ("normal", "exitAll", "exit.normal", "ab-initio"),
        ("", "exitAll", "exit.normal", "ab-initio"),
        ("time-out", "_none_", "exit.time-out", "ab-initio"),
        ("logout", "_none_", "exit.logout", "ab-initio"),
        ("normal", "suspendAll", "exit.kept", "resume"),
        ("normal", "_none_", "exit.open", "resume"),
    ],
)
def test_what_the_exit_means_for_the_next_launch(learner, word, request_, code, entry):
    one = said(learner("one"), {"cmi.location": "3", "cmi.exit": word}, end=False)
    one.terminate("one")
    if request_ != "_none_":
        one.navigate(request_, "one")
    assert codes(one)[0] == code
    data = one.start("s2")["delivery"]["data"]
    assert data["cmi.entry"] == entry
    assert ("cmi.location" in data) == (entry == "resume")


def test_content_that_meant_to_go_on_where_nothing_is_tracked(learner, lesson_of):
    one = said(learner(lesson_of("one", UNTRACKED)), {"cmi.exit": "suspend"})
    one.navigate("exitAll", "one")
    assert codes(one) == ["untracked", "exit.suspend", "time.none"]
    assert one.start("s2")["delivery"]["data"]["cmi.entry"] == "resume"


@pytest.mark.parametrize(
    ("word", "code", "entry"),
    [
        ("suspend", "exit.suspend", "resume"),
        ("", "exit.normal.12", ""),
        ("time-out", "exit.time-out.12", ""),
        ("logout", "exit.logout.12", ""),
    ],
)
def test_a_1_2_lesson_keeps_its_values_whatever_its_exit_is(learner, word, code, entry):
    one = learner("one", edition=Edition.SCORM_12)
    said(one, {"cmi.core.lesson_location": "3", "cmi.core.exit": word})
    one.navigate("exitAll", "one")
    assert codes(one)[0] == code
    data = one.start("s2")["delivery"]["data"]
    assert (data["cmi.core.entry"], data["cmi.core.lesson_location"]) == (entry, "3")


def test_a_page_that_reports_nothing(learner, lesson_of):
    one = learner(lesson_of("one", sco=False), "two")
    one.start("s1")
    one.navigate("continue", "one")
    assert codes(one) == ["asset"]


def test_a_page_that_is_not_tracked_is_not_said_to_be_completed(learner, lesson_of):
    one = learner(lesson_of("one", UNTRACKED, sco=False), "two")
    one.start("s1")
    one.navigate("continue", "one")
    assert codes(one) == ["untracked"]


def test_a_page_that_can_never_be_completed(learner, lesson_of):
    one = learner(lesson_of("one", LEFT_TO_CONTENT, sco=False), "two")
    one.start("s1")
    one.navigate("continue", "one")
    assert codes(one) == ["asset.never"]


def test_a_part_that_the_manifest_does_not_track(learner, lesson_of):
    one = said(learner(lesson_of("one", UNTRACKED)), {"cmi.completion_status": "completed"})
    assert statuses(one) == ["untracked"]
    assert "course.completion.no-parts" in whole(one)


# SCORM 2004: completion, success, score


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (
            {"cmi.completion_status": "completed", "cmi.success_status": "passed"},
            ["completion.said", "success.said"],
        ),
        (
            {"cmi.completion_status": "incomplete", "cmi.success_status": "passed"},
            ["completion.incomplete", "success.said", "finished-not-completed"],
        ),
        (
            {"cmi.completion_status": "not attempted", "cmi.success_status": "failed"},
            ["completion.not-attempted", "success.failed"],
        ),
        ({}, ["completion.assumed", "success.assumed"]),
        (
            {"cmi.completion_status": "unknown", "cmi.success_status": "unknown"},
            ["completion.unknown", "success.unknown"],
        ),
        (
            {"cmi.completion_status": "incomplete"},
            ["completion.incomplete", "success.assumed", "finished-not-completed"],
        ),
        ({"cmi.exit": "suspend"}, ["exit.suspend", "completion.suspended", "success.suspended"]),
        (
            {"cmi.completion_status": "completed", "cmi.score.raw": "85"},
            ["completion.said", "success.assumed", "score.raw-only"],
        ),
        (
            {"adl.nav.request": "abandonAll"},
            ["completion.abandoned", "success.abandoned"],
        ),
    ],
)
def test_2004_statuses_without_limits(learner, values, found):
    one = said(learner("one", "two"), values, end=False)
    one.terminate("one", values.get("adl.nav.request", "_none_"))
    assert statuses(one) == found


def test_that_a_threshold_completes_what_content_calls_incomplete_is_only_a_note():
    assert Finding("completion.ignored.reached").kind == "note"
    assert Finding("completion.ignored").kind == "attention"


def test_a_last_word_of_unknown_is_told_apart_from_silence(learner, lesson_of):
    part = lesson_of("one", LEFT_TO_CONTENT)
    one = said(learner(part), {"cmi.completion_status": "unknown", "cmi.success_status": "unknown"})
    assert statuses(one) == ["completion.unknown", "success.unknown"]
    assert words(one, "completion.unknown") == (
        "Content’s last word about completion is “unknown” (cmi.completion_status). That counts as "
        "said: nothing is assumed in its place, and the part is not known to be completed."
    )


def test_that_passed_is_not_completed_is_said_without_saying_where_it_came_from(learner):
    one = said(learner("one"), {"cmi.completion_status": "incomplete"})
    assert words(one, "finished-not-completed") == (
        "Passed, but not completed: the two are separate, and a course is completed when its "
        "parts are."
    )


def test_before_the_end_nothing_is_judged(learner):
    one = said(learner("one"), {"cmi.location": "3"}, end=False)
    assert statuses(one) == ["no-goodbye", "completion.open", "success.open"]


def test_what_the_manifest_leaves_to_content_is_not_filled_in(learner, lesson_of):
    one = said(learner(lesson_of("one", LEFT_TO_CONTENT)), {})
    assert statuses(one) == ["completion.left-to-content", "success.left-to-content"]
    one = said(learner(lesson_of("one", LEFT_TO_CONTENT)), {"cmi.completion_status": "completed"})
    assert "completed-no-verdict" in codes(one)


@pytest.mark.parametrize(
    ("values", "found", "completion"),
    [
        ({"cmi.progress_measure": "0.5"}, ["completion.reached"], "completed"),
        ({"cmi.progress_measure": "0.49"}, ["completion.short"], "incomplete"),
        (
            {"cmi.progress_measure": "0.49", "cmi.completion_status": "completed"},
            ["completion.short", "completion.ignored"],
            "incomplete",
        ),
        ({"cmi.progress_measure": "1", "cmi.completion_status": "completed"},
         ["completion.reached"], "completed"),
        (
            {"cmi.progress_measure": "1", "cmi.completion_status": "incomplete"},
            ["completion.reached", "completion.ignored.reached"],
            "completed",
        ),
        (
            {"cmi.completion_status": "completed"},
            ["completion.no-measure", "completion.ignored"],
            "incomplete",
        ),
    ],
)  # fmt: skip
def test_a_completion_threshold_decides(learner, lesson_of, values, found, completion):
    one = said(learner(lesson_of("one", completion_threshold=THRESHOLD)), values)
    assert [code for code in codes(one) if code.startswith("completion.")] == found
    assert one.history()["result"]["completion"] == completion


@pytest.mark.parametrize(
    ("values", "found", "success"),
    [
        ({"cmi.score.scaled": "0.75"}, ["success.reached"], "passed"),
        (
            {"cmi.score.scaled": "0.7", "cmi.success_status": "passed"},
            ["success.short", "success.ignored"],
            "failed",
        ),
        (
            {"cmi.score.raw": "95", "cmi.success_status": "passed"},
            ["success.no-measure", "success.ignored", "score.raw-only"],
            "unknown",
        ),
    ],
)
def test_a_passing_score_decides(learner, lesson_of, values, found, success):
    one = said(learner(lesson_of("one", PASSING)), values)
    assert [code for code in codes(one) if code.startswith(("success.", "score."))] == found
    assert one.history()["result"]["success"] == success


def test_figures_are_in_the_words(learner, lesson_of):
    one = said(learner(lesson_of("one", PASSING)), {"cmi.score.scaled": "0.7"})
    assert words(one, "success.short") == (
        "Not passed, because cmi.score.scaled 0.7 is below the manifest’s passing score 0.75."
    )


# SCORM 1.2


@pytest.mark.parametrize(
    ("values", "mastery", "found"),
    [
        ({}, None, ["status.completed", "completed-no-verdict"]),
        ({"cmi.core.score.raw": "80"}, "80", ["mastery.reached"]),
        ({"cmi.core.score.raw": "79.9", "cmi.core.lesson_status": "passed"}, "80",
         ["mastery.short"]),
        ({"cmi.core.score.raw": "90", "cmi.core.lesson_status": "incomplete"}, "80",
         ["mastery.incomplete", "status.said.incomplete"]),
        ({"cmi.core.score.raw": "70", "cmi.core.lesson_status": "incomplete"}, "80",
         ["status.said.incomplete"]),
        ({"cmi.core.lesson_status": "completed"}, "80",
         ["status.said", "mastery.no-score", "completed-no-verdict"]),
        ({"cmi.core.lesson_status": "browsed"}, None, ["status.said", "completed-no-verdict"]),
        ({"cmi.core.lesson_status": "passed"}, None, ["status.said"]),
        ({"cmi.core.lesson_status": "failed"}, None, ["status.said.failed"]),
        ({"cmi.core.exit": "suspend"}, None, ["exit.suspend", "status.incomplete"]),
        ({"cmi.core.exit": "suspend", "cmi.core.score.raw": "90"}, "80",
         ["exit.suspend", "mastery.incomplete", "status.incomplete"]),
    ],
)  # fmt: skip
def test_a_1_2_status(learner, lesson_of, values, mastery, found):
    one = learner(lesson_of("one", mastery_score=mastery), edition=Edition.SCORM_12)
    assert statuses(said(one, values)) == found


def test_a_1_2_lesson_that_once_was_left_stays_incomplete_until_it_says_another_status(learner):
    one = said(learner("one", edition=Edition.SCORM_12), {"cmi.core.exit": "suspend"})
    one.navigate("suspendAll", "one")
    one.start("s2")
    one.initialize("one")
    one.terminate("one")
    assert "status.incomplete" in codes(one)
    one.start("s3")
    one.initialize("one")
    one.set("one", {"cmi.core.lesson_status": "completed"})
    one.terminate("one")
    assert "status.said" in codes(one)


def test_a_1_2_lesson_that_is_open_is_not_settled(learner):
    one = said(learner("one", edition=Edition.SCORM_12), {"cmi.core.score.raw": "8"}, end=False)
    assert statuses(one) == ["no-goodbye", "status.open"]


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "70"}, "failed"),
        ({"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "80"}, "passed"),
        ({"cmi.core.score.raw": "80"}, "passed"),
        ({"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}, None),
        ({"cmi.core.lesson_status": "incomplete", "cmi.core.score.raw": "80"}, None),
        ({"cmi.core.exit": "suspend", "cmi.core.score.raw": "80"}, None),
    ],
)
def test_an_open_1_2_lesson_is_told_what_its_score_will_decide(learner, lesson_of, values, verdict):
    one = learner(lesson_of("one", mastery_score="80"), edition=Edition.SCORM_12)
    said(one, values, end=False)
    assert ("mastery.ahead" in codes(one)) == (verdict is not None)
    if verdict:
        assert words(one, "mastery.ahead").endswith(f"the lesson is then {verdict}.")
        one.terminate("one")
        assert one.values("one")["cmi.core.lesson_status"] == verdict


def test_a_1_2_lesson_that_never_called_anything_is_completed_when_the_learner_leaves(learner):
    one = learner("one", "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.navigate("continue", "one")
    assert "At LMSFinish, or when the learner leaves, such a lesson is completed" in words(
        one, "status.completed"
    )


# What content told of the primary objective


@pytest.fixture
def with_primary(learner, lesson_of):
    """A course of one part whose primary objective has an id, and a record of its own."""

    def make(by_measure=False):
        objective = Objective("main", by_measure, 0.75)
        return learner(lesson_of("one", Sequencing(primary_objective=objective)))

    return make


def test_a_status_from_the_record_of_the_primary_objective_is_said_to_be_from_there(with_primary):
    one = said(
        with_primary(),
        {
            "cmi.success_status": "passed",
            "cmi.objectives.0.success_status": "failed",
            "cmi.objectives.0.completion_status": "incomplete",
            "cmi.objectives.0.score.scaled": "0.25",
            "cmi.score.raw": "25",
        },
    )
    assert statuses(one) == [
        "completion.objective.short",
        "success.objective.short",
        "score.objective",
    ]
    assert "cmi.objectives.0.score.scaled is 0.25" in words(one, "score.objective")


def test_content_s_word_on_completion_goes_before_that_of_the_objective(with_primary):
    values = {
        "cmi.completion_status": "completed",
        "cmi.objectives.0.completion_status": "incomplete",
        "cmi.objectives.0.success_status": "passed",
    }
    one = said(with_primary(), values)
    assert statuses(one) == ["completion.said", "success.objective"]


def test_a_passing_score_is_held_against_the_objective_s_score(with_primary):
    one = said(with_primary(by_measure=True), {"cmi.objectives.0.score.scaled": "0.8"})
    assert words(one, "success.reached") == (
        "Passed, because cmi.objectives.0.score.scaled 0.8 reaches the manifest’s passing score "
        "0.75."
    )


# Time, amount, and what does not count


def test_a_session_without_time(learner):
    assert "time.none" in codes(said(learner("one"), {}))
    assert "time.none" not in codes(said(learner("one"), {"cmi.session_time": "PT5M"}))


def test_more_than_every_system_must_keep(learner):
    one = said(learner("one", edition=Edition.SCORM_12), {"cmi.suspend_data": "x" * 4100})
    assert "4100 characters of 4096" in words(one, "excess")


def test_lists_longer_than_every_system_must_keep(learner):
    values = {f"cmi.objectives.{n}.id": f"o{n}" for n in range(101)}
    assert "101 records of 100" in words(said(learner("one"), values), "excess")


def test_a_part_that_the_manifest_does_not_count(learner, lesson_of):
    flags = RollupFlags(objective_satisfied=False, progress_completion=False)
    one = learner(lesson_of("one", Sequencing(rollup=flags)), "two")
    assert codes(one) == ["not-launched", "not-counted.completion", "not-counted.success"]


# The whole course


def test_a_course_is_completed_when_all_its_parts_are(learner):
    one = said(learner("one", "two"), {"cmi.completion_status": "completed"})
    found = whole(one)
    assert found["course.completion.missing"] == (
        "Not completed. Parts completed: 1 of 2. Missing: “Two”."
    )
    assert found["course.success.missing"].endswith("“Two”.")
    one.navigate("continue", "one")
    one.initialize("two")
    one.terminate("two")
    assert set(whole(one)) == {"course.completion.all", "course.success.all"}


def test_a_failed_part_fails_the_course(learner):
    one = said(learner("one"), {"cmi.success_status": "failed"})
    assert whole(one)["course.success.failed"] == "Not passed, because of: “One”."


@pytest.fixture
def in_cluster(learner, lesson_of):
    """A course of a cluster of the parts “One” and “Two”, and the part “Three”."""

    def make(sequencing=None, edition=Edition.FOURTH, **more):
        cluster = Item(
            identifier="c",
            title="Cluster",
            children=(lesson_of("one"), lesson_of("two")),
            sequencing=replace(sequencing or Sequencing(), control=FLOWS),
            **more,
        )
        return learner(cluster, "three", edition=edition)

    return make


def each_says(one, *values):
    one.start("s1")
    for part, told in zip(("one", "two", "three"), values, strict=False):
        one.initialize(part)
        one.set(part, told)
        one.terminate(part)
        one.navigate("continue", part)
    return whole(one)


DONE = {"cmi.completion_status": "completed", "cmi.success_status": "passed"}


def test_a_cluster_s_threshold_that_holds_the_course_back_is_named(in_cluster):
    part = DONE | {"cmi.progress_measure": "0.2"}
    found = each_says(in_cluster(completion_threshold=THRESHOLD), part, part, DONE)
    assert found["course.completion.missing"].endswith("“Cluster”.")
    assert found["cluster.completion.short"] == (
        "“Cluster” is not completed, whatever its parts are, because its progress 0.2 is below "
        "its threshold 0.5."
    )
    found = each_says(in_cluster(completion_threshold=THRESHOLD), DONE, DONE, DONE)
    assert "it has a threshold (0.5)" in found["cluster.completion.no-measure"]


def test_a_cluster_s_passing_score_that_holds_the_course_back_is_named(in_cluster):
    part = DONE | {"cmi.score.scaled": "0.5"}
    found = each_says(in_cluster(PASSING), part, part, DONE)
    assert found["course.success.failed"] == "Not passed, because of: “Cluster”."
    assert "its score 0.5 is below its passing score 0.75" in found["cluster.success.short"]
    found = each_says(in_cluster(PASSING), DONE, DONE, DONE)
    assert "it has a passing score (0.75)" in found["cluster.success.no-measure"]


@pytest.mark.parametrize("edition", [Edition.FOURTH, Edition.SCORM_12])
def test_the_part_that_failed_is_named_and_not_the_cluster_around_it(in_cluster, edition):
    passed, failed = DONE, {"cmi.success_status": "failed"}
    if edition is Edition.SCORM_12:
        passed, failed = ({"cmi.core.lesson_status": each} for each in ("passed", "failed"))
    found = each_says(in_cluster(edition=edition), passed, failed, passed)
    assert found["course.success.failed"] == "Not passed, because of: “Two”."


def test_a_failed_part_is_named_beside_one_without_a_verdict(in_cluster):
    found = each_says(in_cluster(), {"cmi.success_status": "failed"}, DONE)
    assert found["course.success.missing"].endswith("“Three”.")
    assert found["course.success.failed-too"].startswith("Not passed: “One”.")


def test_a_completion_that_is_older_than_the_parts_present_attempts_is_kept(learner):
    one = said(learner("one", "two"), {})
    one.navigate("continue", "one")
    one.initialize("two")
    one.terminate("two")
    one.navigate("{target=one}choice", "two")
    assert whole(one) == {
        "course.completion.kept": (
            "Completed before, and kept, although these parts are not completed now: “One”."
        ),
        "course.success.kept": (
            "Passed before, and kept, although these parts are not passed now: “One”."
        ),
    }
    assert one.history()["result"]["completion"] == "completed"


def test_a_course_that_is_begun_anew_knows_nothing_of_its_attempt_before(learner):
    one = said(learner("one"), {})
    one.navigate("exitAll", "one")
    one.start("s2")
    assert {"course.completion.missing", "course.success.missing"} == set(whole(one))
    assert one.history()["result"]["completion"] == "incomplete"


@pytest.mark.parametrize(
    ("values", "code", "success"),
    [
        ({"cmi.score.scaled": "0.75"}, "course.success.reached", "passed"),
        ({"cmi.score.scaled": "0.7"}, "course.success.short", "failed"),
        ({"cmi.success_status": "passed"}, "course.success.no-measure", "unknown"),
    ],
)
def test_a_passing_score_of_the_course_decides(learner, values, code, success):
    one = learner("one")
    manifest = one.registration.version.manifest
    plain = json.loads(str(manifest))
    objective = asdict(Objective("all", True, 0.75))
    plain["organizations"][0]["sequencing"]["primary_objective"] = objective
    manifest.put(json.dumps(plain))
    said(one, values)
    assert code in whole(one)
    assert one.history()["result"]["success"] == success


@pytest.mark.parametrize(
    ("statuses_", "code"),
    [
        (("passed", "failed"), "course.success.failed"),
        (("passed", "completed"), "course.success.lessons"),
        (("passed", "incomplete"), "course.success.waits"),
        (("completed", "completed"), "course.success.no-verdict"),
    ],
)
def test_1_2_lessons_make_the_verdict_of_the_course(learner, statuses_, code):
    one = learner("one", "two", edition=Edition.SCORM_12)
    one.start("s1")
    for name, status in zip(("one", "two"), statuses_, strict=True):
        one.initialize(name)
        one.set(name, {"cmi.core.lesson_status": status})
        one.terminate(name)
        one.navigate("continue", name)
    assert code in whole(one)


# What came from the device


def test_values_that_were_refused_are_named_with_their_error(learner):
    one = said(learner("one"), {"cmi.score.scaled": "7"})
    assert whole(one)["refused"].startswith(
        "The site refused cmi.score.scaled: error 407, Data Model Element Value Out Of Range."
    )


def test_entries_that_wait_that_never_came_and_that_came_too_late(learner):
    one = learner("one")
    one.start("s1")
    first, second = one.entry("initialize", "one"), one.entry("set", "one", values=[])
    third = one.entry("set", "one", values=[["cmi.location", "3"]])
    one.send(first, third)
    assert "1 of the entries of the session of 2026-11-24 09:01 UTC" in whole(one)["waiting"]
    one.start("s2")
    assert "number 2 of the entries of the session of 2026-11-24 09:01 UTC" in whole(one)["gap"]
    one.replay("s1", second)
    assert "1 of the entries" in whole(one)["late"]


def test_to_explain_changes_nothing(learner):
    one = said(learner("one", "two"), {"cmi.location": "3"}, end=False)
    before = one.history()
    explain(one.registration)
    assert set(one.registration.records) == {"one"}
    assert one.history() == before


def test_the_history_says_it_too(learner):
    one = said(learner("one", "two"), {"cmi.completion_status": "completed"})
    found = one.history()
    assert [part["status"] for part in found["parts"]] == ["passed", "not started"]
    assert found["explanation"]["activities"]["two"] == [
        {"code": "not-launched", "kind": "note", "words": "This part has never been opened."}
    ]
    assert found["explanation"]["course"][0]["code"] == "course.completion.missing"
