"""Global objectives between parts and courses of one learner (RTE 4.2.17; SN 3.10.2)."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import (
    Condition,
    DataMap,
    Objective,
    ObjectiveMap,
    Sequencing,
    SequencingRule,
)

BOTH = frozenset({"satisfied", "measure"})
SHARED = ObjectiveMap("shared", reads=BOTH, writes=BOTH)
PRIMARY = Sequencing(primary_objective=Objective("main", maps=(SHARED,)))
WRITER = Sequencing(primary_objective=Objective("main", maps=(replace(SHARED, reads=frozenset()),)))
READER = Sequencing(
    primary_objective=Objective("main", maps=(replace(SHARED, writes=frozenset()),))
)


def element(learner, name, view):
    return view["delivery"]["data"].get(f"cmi.objectives.0.{name}")


def play(somebody, activity, values, request):
    somebody.initialize(activity)
    if values:
        somebody.set(activity, values)
    return somebody.terminate(activity, request)


def shared(somebody) -> dict:
    return dict(somebody.registration.learner.objectives).get("shared", {})


def test_what_one_part_writes_another_reads_at_its_launch(learner, lesson_of):
    one = learner(lesson_of("a", WRITER), lesson_of("b", READER))
    one.start("s")
    view = play(one, "a", {"cmi.success_status": "failed", "cmi.score.scaled": "0.25"}, "continue")
    assert element(one, "success_status", view) == "failed"
    assert element(one, "score.scaled", view) == "0.25"


def test_another_course_of_the_learner_reads_it_too(learner, lesson_of):
    first, second = learner(lesson_of("a", WRITER)), learner(lesson_of("b", READER))
    first.start("s")
    play(first, "a", {"cmi.success_status": "passed"}, "exitAll")
    assert element(second, "success_status", second.start("s")) == "passed"


def test_a_course_that_keeps_its_objectives_to_itself_shares_nothing(learner, lesson_of):
    alone = {"objectives_global_to_system": False}
    first = learner(lesson_of("a", PRIMARY), "z", **alone)
    first.start("s")
    view = play(first, "a", {"cmi.success_status": "passed"}, "continue")
    assert first.navigate("previous")["delivery"]["data"]["cmi.objectives.0.success_status"]
    assert shared(first) == {}
    first.navigate("exitAll")
    assert "cmi.objectives.0.success_status" not in first.start("t")["delivery"]["data"]
    assert view["delivery"]["activity"] == "z"


def test_what_was_only_read_is_not_handed_back_as_contents_own_word(learner, lesson_of):
    one = learner(lesson_of("a", WRITER), lesson_of("b", PRIMARY))
    one.start("s")
    play(one, "a", {"cmi.success_status": "failed"}, "continue")
    play(one, "b", {}, "exitAll")
    assert shared(one) == {"satisfied": False}
    assert "satisfied" not in one.registration.tree.plain["tracking"]["b"]


def test_a_resumed_session_that_says_nothing_keeps_what_was_said_before(learner, lesson_of):
    one = learner(lesson_of("a", PRIMARY), "b")
    one.start("s")
    said = {
        "cmi.objectives.0.success_status": "failed",
        "cmi.objectives.0.score.scaled": "0.2",
        "cmi.exit": "suspend",
    }
    play(one, "a", said, "continue")
    one.navigate("previous")
    play(one, "a", {}, "continue")
    tracked = one.registration.tree.plain["tracking"]["a"]
    assert (tracked["satisfied"], tracked["measure"]) == (False, 0.2)
    assert shared(one) == {"satisfied": False, "measure": 0.2}


def test_an_explicit_unknown_reaches_the_others(learner, lesson_of):
    one = learner(lesson_of("a", WRITER), lesson_of("b", WRITER))
    one.start("s")
    play(one, "a", {"cmi.success_status": "passed"}, "continue")
    play(one, "b", {"cmi.success_status": "unknown"}, "exitAll")
    assert shared(one) == {}


def test_a_word_that_content_repeats_is_written_again(learner, lesson_of):
    one = learner(lesson_of("a", WRITER), lesson_of("b", WRITER))
    one.start("s")
    play(one, "a", {"cmi.success_status": "passed", "cmi.exit": "suspend"}, "continue")
    play(one, "b", {"cmi.success_status": "failed"}, "previous")
    assert shared(one) == {"satisfied": False}
    play(one, "a", {"cmi.success_status": "passed"}, "exitAll")
    assert shared(one) == {"satisfied": True}


def test_at_resume_global_objectives_are_read_again_over_what_was_kept(learner, lesson_of):
    one = learner(lesson_of("a", READER), lesson_of("b", WRITER))
    one.start("s")
    own = {"cmi.objectives.0.score.scaled": "0.1", "cmi.exit": "suspend"}
    play(one, "a", own, "continue")
    view = play(one, "b", {"cmi.score.scaled": "0.9"}, "previous")
    assert view["delivery"]["data"]["cmi.entry"] == "resume"
    assert element(one, "score.scaled", view) == "0.9"


def test_what_is_not_known_globally_leaves_what_was_kept(learner, lesson_of):
    one = learner(lesson_of("a", READER), "b")
    one.start("s")
    own = {"cmi.objectives.0.success_status": "passed", "cmi.exit": "suspend"}
    play(one, "a", own, "continue")
    assert element(one, "success_status", one.navigate("previous")) == "passed"


@pytest.mark.parametrize("tracked", [True, False])
def test_a_part_that_means_to_go_on_comes_back_as_it_was_left(learner, lesson_of, tracked):
    delivery = replace(Sequencing().delivery, tracked=tracked)
    one = learner(lesson_of("a", Sequencing(delivery=delivery)), "b")
    one.start("s")
    play(one, "a", {"cmi.location": "7", "cmi.exit": "suspend"}, "continue")
    data = one.navigate("previous")["delivery"]["data"]
    assert (data["cmi.entry"], data.get("cmi.location")) == ("resume", "7")


def test_stores_of_one_attempt_are_emptied_when_a_rule_begins_the_course_anew(learner, lesson_of):
    again = SequencingRule("retryAll", (Condition("satisfied", negated=True),))
    part = lesson_of("a", Sequencing(postcondition_rules=(again,)), data_maps=(DataMap("store"),))
    one = learner(part, "b", shared_data_global_to_system=False)
    one.start("s")
    values = {"adl.data.0.store": "old", "cmi.success_status": "failed"}
    view = play(one, "a", values, "continue")
    assert view["delivery"]["activity"] == "a"
    assert view["delivery"]["stores"][0]["value"] is None
