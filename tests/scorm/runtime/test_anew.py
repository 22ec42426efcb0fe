"""A course that is over is begun again: another attempt on all of it."""

from scorm.packages.manifest import Edition


def play(somebody, activity, values, request):
    somebody.initialize(activity)
    somebody.set(activity, values)
    return somebody.terminate(activity, request)


def test_every_part_begins_a_new_attempt(learner):
    one = learner("a", "b")
    one.start("s")
    play(one, "a", {"cmi.location": "7", "cmi.exit": "suspend"}, "continue")
    play(one, "b", {"cmi.completion_status": "completed"}, "exitAll")
    data = one.start("t", "anew")["delivery"]["data"]
    assert (data["cmi.entry"], data.get("cmi.location")) == ("ab-initio", None)
    assert one.registration.attempt == 2
    assert one.registration.tree.plain["tracking"]["org"]["attempt_count"] == 2


def test_what_was_left_open_is_ended_first(learner):
    one = learner("a", "b")
    one.start("s")
    one.initialize("a")
    one.set("a", {"cmi.location": "7"})
    one.terminate("a")
    data = one.start("t", "anew")["delivery"]["data"]
    assert (data["cmi.entry"], data.get("cmi.location")) == ("ab-initio", None)


def test_the_same_page_goes_on_in_the_attempt_that_it_began(learner):
    one = learner("a", "b")
    one.start("s")
    one.navigate("exitAll")
    one.start("t", "anew")
    one.set("a", {"cmi.location": "8"})
    assert one.start("t", "anew")["delivery"]["data"]["cmi.location"] == "8"
    assert one.registration.attempt == 2


def test_a_12_lesson_begins_anew_too_and_what_was_there_is_put_away(learner):
    one = learner("a", "b", edition=Edition.SCORM_12)
    one.start("s")
    one.initialize("a")
    one.set("a", {"cmi.core.lesson_location": "7", "cmi.core.lesson_status": "passed"})
    one.terminate("a")
    view = one.start("t", "anew")
    data = view["delivery"]["data"]
    assert data["cmi.core.entry"] == "ab-initio"
    assert "cmi.core.lesson_location" not in data
    assert "passed" in str(one.registration.record("a").past[1])
    assert [entry["status"] for entry in view["toc"]] == ["in progress", "not started"]


def test_a_part_whose_time_is_up_is_not_kept_for_later(learner):
    one = learner("a", "b")
    one.start("s")
    one.initialize("a")
    one.set("a", {"cmi.location": "7"})
    one.navigate("time-out", "a")
    view = one.navigate("{target=a}choice")
    assert view["delivery"]["data"]["cmi.entry"] == "ab-initio"
