"""Sequences of calls and what SCORM 1.2 answers (runtime-spec 1.3, 5)."""

import pytest

from scorm.cmi import DataModel


def model(values=None) -> DataModel:
    return DataModel("1.2", values or {})


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("cmi", 401),
        ("cmi.core", 401),
        ("cmi.nothing", 401),
        ("cmi.core.nothing", 401),
        ("cmi.objectives.n.id", 401),
        ("cmi.__proto__.x", 401),
        ("cmi._children", 401),
        ("cmi._version", 401),
        ("cmi.core._version", 401),
        ("cmi.launch_data._children", 202),
        ("cmi.launch_data._count", 203),
        ("cmi.core._count", 203),
        ("cmi.interactions.0.objectives._count", 201),
        ("cmi.objectives.9.id", 201),
        ("cmi.core.exit", 404),
        ("cmi.core.session_time", 404),
        ("cmi.interactions.0.id", 404),
        ("cmi.interactions.5.correct_responses.0.pattern", 404),
    ],
)
def test_get_names_what_is_wrong(name, error):
    assert model().get(name) == ("", error)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cmi.core.lesson_status", "not attempted"),
        ("cmi.core.lesson_location", ""),
        ("cmi.core.score.raw", ""),
        ("cmi.core.score._children", "raw,min,max"),
        ("cmi.core.total_time", "0000:00:00.00"),
        ("cmi.launch_data", ""),
        ("cmi.suspend_data", ""),
        ("cmi.student_data.mastery_score", ""),
        ("cmi.student_preference.audio", "0"),
        ("cmi.objectives._count", "0"),
        ("cmi.objectives._children", "id,score,status"),
        ("cmi.interactions._count", "0"),
    ],
)
def test_what_was_never_set_reads_as_its_first_value(name, value):
    assert model().get(name) == (value, 0)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("cmi.nothing", "x", 401),
        ("cmi.core", "x", 401),
        ("cmi.core._children", "x", 402),
        ("cmi.objectives._count", "1", 402),
        ("cmi.core.student_id", "x", 403),
        ("cmi.core.total_time", "00:00:01", 403),
        ("cmi.student_data.mastery_score", "1", 403),
        ("cmi.objectives.9.id", "x", 201),
        ("cmi.objectives.01.id", "x", 201),
        ("cmi.interactions.0.correct_responses.1.pattern", "x", 201),
        ("cmi.core.lesson_status", "not attempted", 405),
        ("cmi.core.score.raw", "101", 405),
        ("cmi.core.score.raw", "", 0),
        ("cmi.objectives.0.status", "not attempted", 0),
        ("cmi.objectives.0.score.raw", "12.5", 0),
        ("cmi.interactions.0.student_response", "anything at all", 0),
        ("cmi.interactions.0.correct_responses.0.pattern", "", 0),
    ],
)
def test_set_names_the_first_thing_that_is_wrong(name, value, error):
    assert model().set(name, value) == error


def test_a_refused_value_leaves_the_old_one():
    content = model({"cmi.core.score.raw": "50"})
    assert content.set("cmi.core.score.raw", "500") == 405
    assert content.get("cmi.core.score.raw") == ("50", 0)


def test_comments_append_up_to_4096_characters():
    content = model()
    assert content.set("cmi.comments", "A") == 0
    assert content.set("cmi.comments", " A again") == 0
    assert content.get("cmi.comments") == ("A A again", 0)
    assert content.set("cmi.comments", "x" * 4088) == 405
    assert content.get("cmi.comments") == ("A A again", 0)


def test_suspend_data_beyond_4096_characters_is_kept_and_noted():
    content = model()
    assert content.set("cmi.suspend_data", "x" * 5000) == 0
    assert content.get("cmi.suspend_data") == ("x" * 5000, 0)
    assert "5000 characters of 4096" in content.warnings[0]


def test_interactions_count_though_they_cannot_be_read():
    content = model()
    assert content.set("cmi.interactions.0.type", "choice") == 0
    assert content.set("cmi.interactions.0.objectives.0.id", "o") == 0
    assert content.get("cmi.interactions._count") == ("1", 0)
    assert content.get("cmi.interactions.0.objectives._count") == ("1", 0)


def test_values_restore_the_model():
    content = model()
    content.set("cmi.interactions.0.id", "q")
    content.set("cmi.core.exit", "suspend")
    assert DataModel("1.2", content.values()).values() == content.values()
