"""What becomes of a learner who comes back to a course whose author has changed its version."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import (
    Condition,
    DataMap,
    Edition,
    Item,
    Objective,
    ObjectiveMap,
    Sequencing,
    SequencingRule,
)
from scorm.runtime.commit import Entry, hand_back, open_session
from scorm.runtime.launch import Superseded, may_write
from scorm.runtime.versions import Numbers, count, learners_on, way_of
from scorm.runtime.view import answer
from scorm.services import VersionRefused, add_version, choose_version

HALF = {"cmi.location": "page 3", "cmi.suspend_data": "half", "cmi.score.scaled": "0.5"}


def begin(one):
    """The second of three lessons is half done; the first is passed."""
    one.start("s1")
    one.set("one", {"cmi.completion_status": "completed", "cmi.success_status": "passed"})
    one.terminate("one", "continue")
    one.initialize("two")
    one.set("two", HALF)
    return one


def delivered(view):
    return view["delivery"]["activity"]


def tracking(one, activity):
    return one.registration.tree.plain["tracking"].get(activity, {})


@pytest.fixture
def half_way(learner):
    return begin(learner("one", "two", "three"))


def test_an_authors_choice_touches_nobody_until_they_come_back(half_way):
    before = half_way.registration.version
    half_way.offer("one", "two", "three", "four", choice="move")
    half_way.set("two", {"cmi.location": "page 4"})
    assert half_way.registration.version is before
    assert half_way.values("two")["cmi.location"] == "page 4"
    half_way.navigate("continue")
    assert half_way.registration.version is before


def test_who_is_moved_goes_on_at_the_same_place_with_everything_they_had(half_way):
    new = half_way.offer("one", "two", "new", "three", choice="move")
    view = half_way.start("s2")
    assert half_way.registration.version is new
    assert delivered(view) == "two"
    assert new.key in view["delivery"]["url"]
    assert view["delivery"]["data"]["cmi.entry"] == "resume"
    assert view["delivery"]["data"]["cmi.suspend_data"] == "half"
    assert [part["title"] for part in view["toc"]] == ["One", "Two", "New", "Three"]
    assert tracking(half_way, "one")["completion"] is True


def test_who_keeps_a_version_stays_on_it(half_way):
    before = half_way.registration.version
    half_way.offer("one", "two", "new", choice="keep")
    assert delivered(half_way.start("s2")) == "two"
    assert half_way.registration.version is before


def test_who_restarts_leaves_the_attempt_behind(half_way):
    before, new = half_way.registration.version, half_way.offer("one", "two", choice="restart")
    view = half_way.start("s2")
    assert half_way.registration.version is new
    assert half_way.registration.attempt == 2
    assert delivered(view) == "one"
    assert view["delivery"]["data"]["cmi.entry"] == "ab-initio"
    assert "cmi.suspend_data" not in view["delivery"]["data"]
    (passage,) = half_way.registration.passages
    assert passage["from"] == before.key
    assert passage["attempt"] == 1


def test_leftovers_are_taken_in_on_the_version_they_were_made_on(half_way):
    half_way.offer("one", "two", "three", choice="move")
    left = Entry.from_plain(
        half_way.entry("set", "two", values=[["cmi.location", "left on the device"]])
    )
    written = open_session(half_way.registration, "s2", "normal", [("s1", [left])], half_way.now)
    view = answer(half_way.registration, written.session, "cap", [], 0)
    assert view["delivery"]["data"]["cmi.location"] == "left on the device"


def test_a_page_that_is_still_open_elsewhere_loses_nothing(half_way):
    before = half_way.registration.version
    half_way.offer("one", "two", choice="move")
    half_way.start("s2")
    registration = half_way.registration
    entry = Entry.from_plain({"number": 9, "kind": "set", "activity": "two", "values": []})
    with pytest.raises(Superseded):
        half_way.send(entry.to_plain(), session="s1")
    hand_back(registration.sessions["s1"], [entry])
    assert list(registration.sessions["s1"].late) == [9]
    assert registration.version_of(registration.sessions["s1"]) is before
    assert registration.version_of(registration.sessions["s2"]) is registration.version


def test_rolling_back_before_anybody_came_back_touches_nobody(half_way):
    before = half_way.registration.version
    half_way.offer("one", choice="restart")
    half_way.choose(before, "restart")
    assert delivered(half_way.start("s2")) == "two"
    assert half_way.registration.version is before
    assert half_way.registration.attempt == 1
    assert half_way.registration.passages == ()


def test_rolling_back_afterwards_leads_back_to_everything(half_way):
    before = half_way.registration.version
    half_way.offer("one", "new", choice="move")
    assert delivered(half_way.start("s2")) == "one"
    assert half_way.history()["aside"]["two"]["values"]["cmi.suspend_data"] == "half"
    half_way.choose(before, "move")
    view = half_way.start("s3")
    assert half_way.registration.version is before
    assert delivered(view) in ("one", "two")
    half_way.navigate("suspendAll")
    assert half_way.values("two")["cmi.suspend_data"] == "half"
    assert half_way.history()["aside"] == {}


def test_where_the_place_is_gone_the_sequencer_begins_with_all_else_kept(half_way):
    half_way.offer("one", "new", choice="move")
    view = half_way.start("s2")
    assert delivered(view) == "one"
    assert tracking(half_way, "one")["completion"] is True
    assert tracking(half_way, "one").get("stale") is None
    assert half_way.registration.attempt == 1


def test_time_that_was_spent_on_parts_that_are_gone_still_counts(half_way):
    half_way.set("two", {"cmi.session_time": "PT5M"})
    half_way.offer("one", choice="move")
    half_way.start("s2")
    assert half_way.history()["result"]["time"] == "PT5M"


def test_what_was_never_begun_begins_on_the_current_version(learner):
    one = learner("one")
    for choice in ("keep", "move", "restart"):
        new = one.offer("one", "two", choice=choice)
        assert way_of(one.registration).how == "begin"
    one.start("s1")
    assert one.registration.version is new
    assert one.registration.passages == ()
    assert one.registration.attempt == 1


@pytest.mark.parametrize("choice", ["keep", "move", "restart"])
def test_who_has_completed_the_course_is_never_moved(half_way, choice):
    before = half_way.registration.version
    half_way.registration.completed_attempt = 1
    new = half_way.offer("one", choice=choice)
    half_way.start("s2")
    assert half_way.registration.version is before
    half_way.start("s3", "review")
    assert half_way.registration.version is before
    half_way.start("s4", "anew")
    assert half_way.registration.version is new
    assert half_way.registration.attempt == 2
    assert half_way.registration.passages[0]["how"] == "restart"


def test_leftovers_that_complete_the_course_keep_it_on_its_version(half_way):
    before = half_way.registration.version
    half_way.offer("one", choice="move")

    def told():
        half_way.registration.completed_attempt = 1

    open_session(half_way.registration, "s2", "normal", [], half_way.now, None, told)
    assert half_way.registration.version is before


def test_a_review_that_is_open_ends_when_the_course_is_begun_anew_on_another_version(half_way):
    half_way.registration.completed_attempt = 1
    half_way.start("look", "review")
    half_way.offer("one", choice="keep")
    assert may_write(half_way.registration, "look")
    half_way.start("s2", "anew")
    assert not may_write(half_way.registration, "look")


def test_a_preview_stays_on_the_version_it_was_begun_on(half_way):
    half_way.registration.preview = True
    half_way.offer("one", choice="move")
    assert way_of(half_way.registration).how == "stay"


def test_the_attempt_tells_on_which_version_it_was_begun(half_way):
    before = half_way.registration.version
    new = half_way.offer("one", "two", choice="restart")
    half_way.start("s2")
    one = half_way.history()["activities"]["one"]
    assert one["version"] == new.key
    assert one["past"][1]["version"] == before.key
    assert half_way.history()["activities"]["two"]["version"] == before.key
    assert half_way.history()["sessions"]["s1"]["version"] == before.key
    assert half_way.history()["sessions"]["s2"]["version"] == new.key


def test_rules_that_let_nobody_in_lead_to_another_beginning(half_way, lesson_of):
    closed = Sequencing(precondition_rules=(SequencingRule("disabled", (Condition("always"),)),))
    half_way.offer("one", lesson_of("two", closed), choice="move")
    assert delivered(half_way.start("s2")) == "one"


def test_a_lesson_of_the_older_standard_is_moved_too(learner):
    one = learner("one", "two", edition=Edition.SCORM_12)
    one.start("s1")
    one.initialize("one")
    one.set("one", {"cmi.core.lesson_location": "7", "cmi.suspend_data": "half"})
    one.offer("one", "two", "three", choice="move", edition=Edition.SCORM_12)
    data = one.start("s2")["delivery"]["data"]
    assert data["cmi.core.lesson_location"] == "7"
    assert data["cmi.core.entry"] == "resume"
    one.offer("one", choice="restart", edition=Edition.SCORM_12)
    data = one.start("s3")["delivery"]["data"]
    assert data.get("cmi.suspend_data") is None
    assert data["cmi.core.entry"] == "ab-initio"


def test_data_of_another_standard_are_set_aside_and_come_back(learner):
    one = learner("one", edition=Edition.SCORM_12)
    before = one.registration.version
    one.start("s1")
    one.set("one", {"cmi.core.lesson_location": "7"})
    one.offer("one", choice="move")
    assert one.start("s2")["delivery"]["data"]["cmi.entry"] == "ab-initio"
    assert one.history()["aside"]["one"]["values"]["cmi.core.lesson_location"] == "7"
    one.choose(before, "move")
    assert one.start("s3")["delivery"]["data"]["cmi.core.lesson_location"] == "7"


def mapped(key, target):
    link = ObjectiveMap(target, frozenset({"satisfied"}), frozenset({"satisfied"}))
    primary = Objective(identifier=f"{key}-objective", maps=(link,))
    return Sequencing(primary_objective=primary)


@pytest.mark.parametrize("shares", [(True, True), (True, False), (False, True), (False, False)])
def test_global_objectives_live_on(learner, lesson_of, shares):
    item = lesson_of("one", mapped("one", "global"))
    one = learner(item, "two", objectives_global_to_system=shares[0])
    before = one.registration.version
    one.start("s1")
    one.set("one", {"cmi.success_status": "passed"})
    one.terminate("one", "continue")
    more = lesson_of("more", mapped("more", "global"))
    one.offer(item, more, "two", choice="move", objectives_global_to_system=shares[1])
    one.start("s2")
    one.navigate("{target=more}choice")
    assert one.values("more")
    record = one.registration.records["more"]
    assert record.seeds["cmi.objectives.0.success_status"] == "passed"
    one.choose(before, "move")
    one.start("s3")
    one.navigate("{target=one}choice")
    record = one.registration.records["one"]
    assert record.seeds["cmi.objectives.0.success_status"] == "passed"


@pytest.mark.parametrize("shares", [(True, True), (True, False), (False, True), (False, False)])
def test_shared_data_live_on(learner, lesson_of, shares):
    item = replace(lesson_of("one"), data_maps=(DataMap("notes"), DataMap("empty")))
    one = learner(item, shared_data_global_to_system=shares[0])
    one.start("s1")
    one.initialize("one")
    one.set("one", {"adl.data.0.store": "mine"})
    one.offer(item, choice="move", shared_data_global_to_system=shares[1])
    stores = one.start("s2")["delivery"]["stores"]
    assert [store["value"] for store in stores] == ["mine", None]


def test_parts_that_a_new_heading_gathers_keep_what_they_had(half_way, lesson_of):
    chapter = Item(
        identifier="chapter",
        title="Chapter",
        children=(lesson_of("one"), lesson_of("two")),
        sequencing=Sequencing(),
    )
    half_way.offer(chapter, "three", choice="move")
    view = half_way.start("s2")
    assert delivered(view) == "two"
    assert tracking(half_way, "one").get("stale") is None
    assert tracking(half_way, "one")["completion"] is True
    assert tracking(half_way, "chapter")["attempt_count"] == 1


def test_numbers_tell_where_learners_stand(another_learner, lesson_of):
    def at(bring):
        one = bring(another_learner(lesson_of("one"), lesson_of("two")))
        return one.registration

    new = another_learner(lesson_of("one")).registration.version
    idle = at(lambda one: one)
    open_ = at(begin)
    away = at(lambda one: begin(one).navigate("suspendAll") and one)
    done = at(begin)
    done.completed_attempt = 1
    there = at(begin)
    there.version = new
    nobody = at(begin)
    nobody.preview = True
    numbers = count([idle, open_, away, done, there, nobody], new)
    assert numbers == Numbers(
        there=1, not_started=1, in_progress=1, suspended=1, completed=1, displaced=2
    )
    assert numbers.in_flight == 2
    idle.package.registrations["x"] = nobody
    assert learners_on(idle.package) == {idle.version.key: 0}


def test_a_version_that_cannot_be_chosen_is_refused(half_way, another_learner, lesson_of):
    package = half_way.registration.package
    foreign = another_learner(lesson_of("one")).registration.version
    with pytest.raises(VersionRefused, match="no such version"):
        choose_version(package, foreign, "keep", by="author", now=half_way.now)
    with pytest.raises(VersionRefused, match="no such choice"):
        half_way.offer("one", choice="dismiss")
    with pytest.raises(VersionRefused, match="current one already"):
        half_way.choose(package.current, "keep")
    assert package.changes == ()


def test_the_same_bytes_are_the_same_version(half_way):
    package = half_way.registration.package
    add_version(package, package.current)
    assert len(package.versions) == 1
    assert package.version("") is None
