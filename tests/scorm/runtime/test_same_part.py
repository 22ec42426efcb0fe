"""The one part of a course that has another identifier in its next version, as some tools write."""

from dataclasses import replace

import pytest

from scorm.packages.manifest import Edition, Item, Sequencing
from scorm.runtime.versions import count
from scorm.sequencing import Aside, State, Tracking, renamed

HALF = {"cmi.location": "page 3", "cmi.suspend_data": "half", "cmi.score.scaled": "0.5"}


def begin(one):
    """The one part is half done, and time was spent on it."""
    one.start("s1")
    one.initialize("first")
    one.set("first", {**HALF, "cmi.session_time": "PT5M", "cmi.exit": "suspend"})
    one.terminate("first")
    return one


@pytest.fixture
def half_way(learner):
    return begin(learner("first"))


def data(view):
    return view["delivery"]["data"]


def test_who_is_moved_goes_on_in_it_with_everything_they_had(half_way):
    new = half_way.offer("second", choice="move")
    assert count([half_way.registration], new).displaced == 0
    view = half_way.start("s2")
    assert view["delivery"]["activity"] == "second"
    assert data(view)["cmi.entry"] == "resume"
    assert data(view)["cmi.suspend_data"] == "half"
    assert data(view)["cmi.location"] == "page 3"
    assert half_way.history()["aside"] == {}
    assert half_way.history()["result"]["time"] == "PT5M"


def test_who_is_moved_back_has_all_of_it_again(half_way):
    old = half_way.registration.version
    before = half_way.registration.tree.plain
    half_way.offer("second", choice="move")
    half_way.start("s2")
    half_way.choose(old, "move")
    view = half_way.start("s3")
    assert view["delivery"]["activity"] == "first"
    assert data(view)["cmi.suspend_data"] == "half"
    known = half_way.registration.tree.plain["tracking"]["first"]
    assert known["measure"] == before["tracking"]["first"]["measure"]


def test_who_begins_again_keeps_the_attempt_before_with_it(half_way):
    old, _new = half_way.registration.version, half_way.offer("second", choice="restart")
    view = half_way.start("s2")
    assert data(view)["cmi.entry"] == "ab-initio"
    half_way.initialize("second")
    assert "cmi.suspend_data" not in half_way.values("second")
    past = half_way.history()["activities"]["second"]["past"]
    assert [each["version"] for each in past.values()] == [old.key]


def test_below_another_heading_it_is_still_the_same(half_way, lesson_of):
    chapter = Item(
        identifier="chapter",
        title="Chapter",
        children=(lesson_of("second"),),
        sequencing=Sequencing(),
    )
    half_way.offer(chapter, choice="move")
    assert data(half_way.start("s2"))["cmi.suspend_data"] == "half"


def test_data_of_another_standard_wait_under_the_name_it_has_now(half_way):
    old = half_way.registration.version
    half_way.offer("second", choice="move", edition=Edition.SCORM_12)
    half_way.start("s2")
    assert half_way.history()["aside"]["second"]["title"] == "Second"
    half_way.choose(old, "move")
    assert data(half_way.start("s3"))["cmi.suspend_data"] == "half"


def test_where_there_are_others_nobody_guesses(half_way):
    half_way.offer("second", "third", choice="move")
    assert "cmi.suspend_data" not in data(half_way.start("s2"))
    assert half_way.history()["aside"]["first"]["title"] == "First"


def test_a_part_that_was_set_aside_comes_back_before_another_takes_its_name(learner):
    one = begin(learner("first", "other"))
    one.offer("second", choice="move")
    one.start("s2")
    one.initialize("second")
    one.set("second", {"cmi.suspend_data": "of the second"})
    one.offer("first", choice="move")
    assert data(one.start("s3"))["cmi.suspend_data"] == "half"
    assert one.history()["aside"]["second"]["values"]["cmi.suspend_data"] == "of the second"


def test_another_identifier_changes_nothing_else():
    drawn = Tracking(attempt_count=1, available=("first", "x"))
    state = State({"first": Tracking(attempt_count=2), "root": drawn}, suspended_activity="first")
    aside = Aside(lent={"first": (drawn, drawn)}, place="y")
    found, left = renamed(state, aside, "first", "second")
    assert found.tracking["second"] == state["first"]
    assert found["root"].available == ("second", "x")
    assert found.suspended_activity == "second"
    assert left.lent.keys() == {"second"}
    assert renamed(found, left, "second", "first") == (state, aside)
    away = replace(state, suspended_activity=None)
    assert renamed(away, aside, "first", "second")[0].suspended_activity is None
