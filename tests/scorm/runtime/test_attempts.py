"""Status, score and time, as content's reports leave them (RTE 4.2; SCORM 1.2 RTE 3.4)."""

import pytest

from scorm.packages.manifest import CompletionThreshold, Edition, Objective, Sequencing


def finished_12(learner, lesson_of, values, mastery=None):
    one = learner(lesson_of("one", mastery_score=mastery), edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    if values:
        one.set("one", values)
    one.terminate("one")
    return one


@pytest.mark.parametrize(
    ("values", "mastery", "status"),
    [
        ({}, None, "completed"),
        ({"cmi.core.score.raw": "80"}, "80", "passed"),
        ({"cmi.core.score.raw": "79.9"}, "80", "failed"),
        ({"cmi.core.score.raw": "90", "cmi.core.lesson_status": "incomplete"}, "80", "incomplete"),
        ({"cmi.core.score.raw": "90", "cmi.core.lesson_status": "completed"}, "80", "passed"),
        ({"cmi.core.lesson_status": "browsed"}, "80", "browsed"),
        ({"cmi.core.score.raw": "90", "cmi.core.lesson_status": "failed"}, None, "failed"),
        ({"cmi.core.exit": "suspend"}, None, "incomplete"),
        ({"cmi.core.exit": "suspend", "cmi.core.score.raw": "90"}, "80", "incomplete"),
    ],
)
def test_a_1_2_lesson_is_judged_at_finish(learner, lesson_of, values, mastery, status):
    one = finished_12(learner, lesson_of, values, mastery)
    assert one.values("one")["cmi.core.lesson_status"] == status


@pytest.mark.parametrize(
    ("values", "request_", "status"),
    [
        ({}, "continue", "incomplete"),
        ({}, "suspendAll", "incomplete"),
        ({"cmi.core.lesson_status": "completed"}, "suspendAll", "completed"),
        ({"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "95"}, "continue", "passed"),
    ],
)
def test_a_1_2_lesson_is_judged_when_the_learner_leaves_without_lmsfinish(
    learner, lesson_of, values, request_, status
):
    one = learner(lesson_of("one", mastery_score="80"), "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.core.lesson_location": "3", **values})
    one.navigate(request_)
    assert one.values("one")["cmi.core.lesson_status"] == status


@pytest.mark.parametrize(
    ("status", "completion", "success"),
    [
        ("passed", "completed", "passed"),
        ("completed", "completed", "unknown"),
        ("failed", "completed", "failed"),
        ("browsed", "completed", "unknown"),
        ("incomplete", "incomplete", "unknown"),
    ],
)
def test_one_1_2_word_says_completion_and_success(learner, lesson_of, status, completion, success):
    one = finished_12(learner, lesson_of, {"cmi.core.lesson_status": status})
    result = one.history()["result"]
    assert (result["completion"], result["success"]) == (completion, success)


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        ({"raw": "45"}, "45 %"),
        ({"raw": "30", "max": "40"}, "75 %"),
        ({"raw": "15", "min": "10", "max": "20"}, "50 %"),
        ({"raw": "15", "min": "20", "max": "10"}, "15 %"),
        ({"raw": "60", "max": "50"}, "100 %"),
        ({"min": "1", "max": "50"}, None),
        ({"raw": "100", "min": "100", "max": f"100.{'0' * 40}1"}, "100 %"),
    ],
)
def test_a_1_2_score_is_a_share_of_its_range(learner, lesson_of, score, shown):
    values = {f"cmi.core.score.{name}": value for name, value in score.items()}
    assert finished_12(learner, lesson_of, values).history()["result"]["score"] == shown


def test_session_times_add_up_once_each(learner):
    one = learner("one", edition=Edition.SCORM_12)
    for number, spent in enumerate(("0003:01:39.52", "00:12:48.22")):
        one.start(f"s{number}")
        one.initialize("one")
        one.set("one", {"cmi.core.session_time": spent})
        one.terminate("one")
    data = one.start("s9")["delivery"]["data"]
    assert data["cmi.core.total_time"] == "0003:14:27.74"
    assert one.history()["result"]["time"] == "PT3H14M27.74S"


def test_1_2_content_reads_what_the_manifest_says(learner, lesson_of):
    one = learner(
        lesson_of(
            "one",
            mastery_score="80",
            max_time_allowed="00:30:00",
            time_limit_action="exit,message",
            data_from_lms="level=2",
        ),
        edition=Edition.SCORM_12,
    )
    data = one.start("s1")["delivery"]["data"]
    assert data["cmi.launch_data"] == "level=2"
    assert data["cmi.student_data.mastery_score"] == "80"
    assert data["cmi.student_data.max_time_allowed"] == "00:30:00"
    assert data["cmi.student_data.time_limit_action"] == "exit,message"
    assert data["cmi.core.student_name"] == "Ana"


def test_2004_content_reads_what_the_manifest_says(learner, lesson_of):
    sequencing = Sequencing(
        primary_objective=Objective("main", True, 0.75),
        objectives=(Objective("side", False, 1.0), Objective("main", False, 1.0)),
        attempt_absolute_duration_limit="PT30M",
    )
    threshold = CompletionThreshold(completed_by_measure=True, min_progress_measure=0.5)
    one = learner(
        lesson_of(
            "one",
            sequencing=sequencing,
            completion_threshold=threshold,
            time_limit_action="exit,message",
            data_from_lms="level=2",
        )
    )
    data = one.start("s1")["delivery"]["data"]
    assert data["cmi.completion_threshold"] == "0.5"
    assert data["cmi.scaled_passing_score"] == "0.75"
    assert data["cmi.max_time_allowed"] == "PT30M"
    assert data["cmi.objectives.0.id"] == "main"
    assert data["cmi.objectives.1.id"] == "side"
    assert "cmi.objectives.2.id" not in data


@pytest.mark.parametrize(("progress", "status"), [("0.5", "completed"), ("0.4", "in progress")])
def test_a_completion_threshold_decides_over_what_content_says(
    learner, lesson_of, progress, status
):
    threshold = CompletionThreshold(completed_by_measure=True, min_progress_measure=0.5)
    one = learner(lesson_of("one", completion_threshold=threshold), "two")
    one.start("s1")
    one.initialize("one")
    other = "incomplete" if status == "completed" else "completed"
    view = one.set(
        "one",
        {
            "cmi.completion_status": other,
            "cmi.success_status": "unknown",
            "cmi.progress_measure": progress,
        },
    )
    assert view["toc"][0]["status"] == status


def test_a_passing_score_decides_over_what_content_says(learner, lesson_of):
    sequencing = Sequencing(primary_objective=Objective("main", True, 0.75))
    one = learner(lesson_of("one", sequencing=sequencing), "two")
    one.start("s1")
    one.initialize("one")
    view = one.set("one", {"cmi.success_status": "passed", "cmi.score.scaled": "0.7"})
    assert view["toc"][0]["status"] == "failed"


def test_content_that_says_nothing_is_completed_and_satisfied_when_it_is_left(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    one.terminate("one")
    view = one.navigate("continue", "one")
    assert view["toc"][0]["status"] == "passed"


def test_an_abandoned_attempt_is_judged_by_nobody(learner):
    one = learner("one", "two")
    one.start("s1")
    one.initialize("one")
    view = one.terminate("one", "abandonAll")
    assert view["outcome"]["state"] == "ended"
    assert view["outcome"]["result"]["completion"] != "completed"


def test_a_long_value_comes_back_whole(learner):
    one = learner("one")
    text = "ü" * 500_000
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.suspend_data": text})
    assert one.start("s2")["delivery"]["data"]["cmi.suspend_data"] == text


@pytest.mark.parametrize(
    ("values", "tracked"),
    [
        ({"cmi.objectives.0.success_status": "failed"}, {"satisfied": False}),
        (
            {"cmi.success_status": "passed", "cmi.objectives.0.success_status": "failed"},
            {"satisfied": False},
        ),
        (
            {"cmi.success_status": "passed", "cmi.objectives.0.success_status": "unknown"},
            {"said": ["satisfied"]},
        ),
        ({"cmi.objectives.0.completion_status": "incomplete"}, {"completion": False}),
        (
            {
                "cmi.completion_status": "completed",
                "cmi.objectives.0.completion_status": "incomplete",
            },
            {"completion": True},
        ),
        ({"cmi.objectives.0.score.scaled": "0.25"}, {"measure": 0.25}),
        (
            {"cmi.score.scaled": "0.5", "cmi.objectives.0.score.scaled": "0.25"},
            {"measure": 0.5},
        ),
    ],
)
def test_the_record_of_the_primary_objective_speaks_for_the_activity(
    learner, lesson_of, values, tracked
):
    primary = Objective(identifier="main")
    one = learner(lesson_of("one", Sequencing(primary_objective=primary)))
    view = one.start("s1")
    assert view["delivery"]["data"]["cmi.objectives.0.id"] == "main"
    one.initialize("one")
    one.set("one", values)
    one.terminate("one")
    found = one.registration.tree.plain["tracking"]["one"]
    assert found.items() >= tracked.items()


def test_other_objectives_do_not_speak_for_the_activity(learner, lesson_of):
    one = learner(lesson_of("one", Sequencing(primary_objective=Objective(identifier="main"))))
    one.start("s1")
    one.initialize("one")
    one.set(
        "one",
        {
            "cmi.success_status": "passed",
            "cmi.objectives.1.id": "another",
            "cmi.objectives.1.success_status": "failed",
        },
    )
    one.terminate("one")
    assert one.registration.tree.plain["tracking"]["one"]["satisfied"] is True


def test_a_1_2_lesson_below_its_mastery_score_is_never_shown_as_passed(learner, lesson_of):
    one = learner(lesson_of("one", mastery_score="80"), "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    view = one.set("one", {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "20"})
    assert view["toc"][0]["status"] == "failed"
