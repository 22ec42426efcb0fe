"""Shared data stores (4th Ed. RTE 4.3.1; CAM 3.4.1.16): who sees what, and for how long."""

import pytest

from scorm.packages.manifest import DataMap, Edition

STORE = "cmi-free/store"


@pytest.fixture
def course(learner, lesson_of):
    """A course of two lessons; the first may write the store, the second may only read it."""

    def make(**more):
        writes = lesson_of("writes", data_maps=(DataMap("other"), DataMap(STORE)))
        reads = lesson_of("reads", data_maps=(DataMap(STORE, write=False),))
        blind = lesson_of("blind", data_maps=(DataMap(STORE, read=False),))
        return learner(writes, reads, blind, **more)

    return make


def stores(view):
    return {store["target"]: store["value"] for store in view["delivery"]["stores"]}


def write(one, value):
    view = one.start("s1")
    assert view["delivery"]["activity"] == "writes"
    one.initialize("writes")
    assert "refused" not in one.set("writes", {"adl.data.1.store": value})
    one.terminate("writes")


def test_what_one_activity_stores_another_reads(course):
    one = course()
    write(one, "<a>&#32;'\"</a>")
    view = one.navigate("{target=reads}choice", "writes")
    assert view["delivery"]["stores"] == [
        {"target": STORE, "value": "<a>&#32;'\"</a>", "readable": True, "writable": False}
    ]
    assert not any(name.startswith("adl.data") for name in view["delivery"]["data"])


def test_who_may_not_write_is_refused_and_changes_nothing(course):
    one = course()
    write(one, "kept")
    one.navigate("{target=reads}choice", "writes")
    one.initialize("reads")
    refused = one.set("reads", {"adl.data.0.store": "other"})["refused"]
    assert [each["error"] for each in refused] == ["404"]
    view = one.navigate("{target=writes}choice", "reads")
    assert stores(view) == {"other": None, STORE: "kept"}


def test_who_may_not_read_is_not_sent_the_value(course):
    one = course()
    write(one, "secret")
    view = one.navigate("{target=blind}choice", "writes")
    assert stores(view) == {STORE: None}
    one.initialize("blind")
    one.set("blind", {"adl.data.0.store": "written blindly"})
    view = one.navigate("{target=reads}choice", "blind")
    assert stores(view) == {STORE: "written blindly"}


def test_a_store_outlives_the_attempt_and_is_seen_by_other_courses_of_the_learner(course):
    one = course()
    write(one, "x" * 5000)
    one.navigate("exitAll", "writes")
    assert stores(one.start("s2"))[STORE] == "x" * 5000
    two = course()
    assert stores(two.start("s1"))[STORE] == "x" * 5000


def test_a_store_of_the_attempt_ends_with_it_and_is_seen_by_no_other_course(course):
    one = course(shared_data_global_to_system=False)
    write(one, "here and now")
    one.navigate("suspendAll", "writes")
    assert stores(one.start("s2"))[STORE] == "here and now"
    assert stores(course().start("s1"))[STORE] is None
    one.navigate("exitAll", "writes")
    assert stores(one.start("s3"))[STORE] is None


def test_a_review_shows_the_stores_and_writes_none(course):
    one = course()
    write(one, "kept")
    one.navigate("exitAll", "writes")
    assert stores(one.start("s2", mode="review"))[STORE] == "kept"
    one.set("writes", {"adl.data.1.store": "overwritten"})
    assert stores(one.start("s3"))[STORE] == "kept"


def test_earlier_editions_know_no_stores(course):
    one = course(edition=Edition.THIRD)
    one.start("s1")
    one.initialize("writes")
    refused = one.set("writes", {"adl.data.1.store": "x"})["refused"]
    assert [each["error"] for each in refused] == ["401"]
