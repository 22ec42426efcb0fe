"""Sequences of calls and what SCORM 2004 answers (runtime-spec 1.2, 2, 4.1, 4.7)."""

import re

import pytest

from scorm.cmi import DataModel, SharedStore

OBJECTIVE = {"cmi.objectives.0.id": "obj"}
QUESTION = {"cmi.interactions.0.id": "q"}


def model(values=None, **options) -> DataModel:
    return DataModel("2004", values or {}, **options)


def asked(kind: str) -> DataModel:
    return model({**QUESTION, "cmi.interactions.0.type": kind})


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("cmi", 401),
        ("adl", 401),
        ("settings", 401),
        ("constructor", 401),
        ("__proto__", 401),
        ("cmi.__proto__.x", 401),
        ("cmi.nothing", 401),
        ("cmi.objectives", 401),
        ("cmi.objectives.0", 401),
        ("cmi.objectives.n.id", 401),
        ("cmi.objectives.-1.id", 401),
        ("cmi.objectives.x.id", 401),
        ("adl.data", 401),
        ("adl.nav.request_valid.exit", 401),
        ("adl.nav.request_valid.continue.{target=a}", 401),
        ("cmi._children", 401),
        ("cmi._count", 301),
        ("cmi.score._count", 301),
        ("cmi.score._version", 301),
        ("cmi.location._children", 301),
        ("cmi.interactions.0.objectives._children", 301),
        ("cmi.objectives.1.id", 301),
        ("cmi.objectives.00.id", 301),
        (f"cmi.objectives.{'9' * 5000}.id", 301),
        ("cmi.interactions.0.objectives.0.id", 301),
        ("cmi.interactions.0.correct_responses.0.pattern", 301),
        ("adl.nav.request_valid.choice", 301),
        ("cmi.exit", 405),
        ("cmi.session_time", 405),
        ("cmi.location", 403),
        ("cmi.suspend_data", 403),
        ("cmi.objectives.0.score.raw", 403),
        ("cmi.completion_threshold", 403),
        ("cmi.interactions.0.type", 403),
    ],
)
def test_get_names_what_is_wrong(name, error):
    assert model({**OBJECTIVE, **QUESTION}).get(name) == ("", error)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cmi._version", "1.0"),
        ("cmi.score._children", "scaled,raw,min,max"),
        ("cmi.objectives._count", "1"),
        ("cmi.interactions.0.objectives._count", "0"),
        ("cmi.interactions.0.correct_responses._count", "0"),
        ("cmi.completion_status", "unknown"),
        ("cmi.objectives.0.success_status", "unknown"),
        ("cmi.learner_preference.audio_level", "1"),
        ("cmi.learner_preference.language", ""),
        ("cmi.total_time", "PT0S"),
        ("cmi.time_limit_action", "continue,no message"),
        ("adl.nav.request", "_none_"),
        ("adl.nav.request_valid.continue", "unknown"),
    ],
)
def test_what_was_never_set_has_the_standard_s_first_value(name, value):
    assert model({**OBJECTIVE, **QUESTION}).get(name) == (value, 0)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("cmi", "x", 401),
        ("cmi.objectives", "x", 401),
        ("adl.data", "x", 401),
        ("cmi.objectives.n.id", "x", 401),
        ("cmi.objectives.5.nothing", "x", 401),
        ("adl.nav.request_valid.exit", "true", 401),
        ("cmi._children", "x", 401),
        ("cmi._version", "x", 404),
        ("cmi.objectives._count", "1", 404),
        ("cmi.objectives.9.score._children", "1", 404),
        ("cmi.objectives.2.id", "x", 351),
        ("cmi.objectives.01.id", "x", 351),
        ("cmi.interactions.3.description", "x", 351),
        ("cmi.interactions.1.type", "choice", 408),
        ("cmi.interactions.1.type", "nonsense", 408),
        ("cmi.interactions.0.learner_response", "x", 408),
        ("cmi.interactions.0.correct_responses.0.pattern", "x", 408),
        ("cmi.interactions.0.correct_responses.1.pattern", "x", 351),
        ("cmi.interactions.1.objectives.0.id", "x", 408),
        ("cmi.interactions.1.objectives.1.id", "x", 351),
        ("cmi.objectives.1.description", "x", 408),
        ("cmi.learner_id", "x", 404),
        ("cmi.mode", "review", 404),
        ("cmi.comments_from_lms.0.comment", "x", 404),
        ("adl.nav.request_valid.continue", "true", 404),
        ("adl.nav.request_valid.choice.{target=a}", "true", 404),
        ("cmi.objectives.1.id", "obj", 351),
        ("cmi.objectives.0.id", "other", 351),
        ("cmi.objectives.0.id", "obj", 0),
        ("cmi.objectives.1.id", "OBJ", 0),
        ("cmi.objectives.1.id", "", 406),
        ("cmi.interactions.0.id", "another", 0),
        ("cmi.interactions.1.id", "q", 0),
        ("cmi.score.scaled", "x", 406),
        ("cmi.score.scaled", "1.1", 407),
        ("adl.nav.request", "sideways", 406),
    ],
)
def test_set_names_the_first_thing_that_is_wrong(name, value, error):
    assert model({**OBJECTIVE, **QUESTION}).set(name, value) == error


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cmi.objectives.1.id", "a b"),
        ("cmi.objectives.1.score.raw", "5"),
        ("cmi.interactions.1.type", "choice"),
        ("cmi.comments_from_learner.0.timestamp", "yesterday"),
        ("cmi.interactions.0.objectives.0.id", ""),
    ],
)
def test_a_refused_value_leaves_no_half_made_record(name, value):
    content = model({**OBJECTIVE, **QUESTION})
    before = content.values()
    assert content.set(name, value) > 0
    assert content.values() == before
    assert content.get("cmi.objectives._count") == ("1", 0)
    assert content.get("cmi.comments_from_learner._count") == ("0", 0)
    assert content.get("cmi.interactions._count") == ("1", 0)
    assert content.get("cmi.interactions.0.objectives._count") == ("0", 0)


def test_any_child_opens_a_comment():
    content = model()
    assert content.set("cmi.comments_from_learner.0.location", "page 1") == 0
    assert content.get("cmi.comments_from_learner._count") == ("1", 0)


def test_an_empty_location_is_a_value():
    content = model()
    assert content.set("cmi.location", "") == 0
    assert content.get("cmi.location") == ("", 0)


@pytest.mark.parametrize(
    ("kind", "first", "other"),
    [
        ("numeric", "1[:]2", "3[:]4"),
        ("true-false", "true", "false"),
        ("likert", "a", "b"),
        ("other", "a", "b"),
    ],
)
def test_a_type_with_one_pattern_refuses_the_second_before_looking_at_it(kind, first, other):
    content = asked(kind)
    assert content.set("cmi.interactions.0.correct_responses.0.pattern", first) == 0
    assert content.set("cmi.interactions.0.correct_responses.1.pattern", "a b[.]") == 351
    assert content.set("cmi.interactions.0.correct_responses.0.pattern", other) == 0


def test_two_choice_patterns_may_not_be_the_same_set():
    content = asked("choice")
    assert content.set("cmi.interactions.0.correct_responses.0.pattern", "a[,]b") == 0
    assert content.set("cmi.interactions.0.correct_responses.1.pattern", "b[,]a") == 351
    assert content.set("cmi.interactions.0.correct_responses.0.pattern", "b[,]a") == 0
    assert content.set("cmi.interactions.0.correct_responses.1.pattern", "a") == 0


def test_fill_in_patterns_may_repeat():
    content = asked("fill-in")
    assert content.set("cmi.interactions.0.correct_responses.0.pattern", "a") == 0
    assert content.set("cmi.interactions.0.correct_responses.1.pattern", "a") == 0


def test_objectives_of_an_interaction_are_unique_within_it_and_rewritable():
    content = model({**QUESTION, "cmi.interactions.1.id": "r"})
    assert content.set("cmi.interactions.0.objectives.0.id", "a") == 0
    assert content.set("cmi.interactions.0.objectives.1.id", "a") == 351
    assert content.set("cmi.interactions.0.objectives.0.id", "b") == 0
    assert content.set("cmi.interactions.1.objectives.0.id", "b") == 0


def test_another_type_forgets_what_was_answered():
    content = asked("choice")
    content.set("cmi.interactions.0.learner_response", "a")
    content.set("cmi.interactions.0.correct_responses.0.pattern", "a")
    assert content.set("cmi.interactions.0.type", "choice") == 0
    assert content.get("cmi.interactions.0.learner_response") == ("a", 0)
    assert content.set("cmi.interactions.0.type", "numeric") == 0
    assert content.get("cmi.interactions.0.learner_response") == ("", 403)
    assert content.get("cmi.interactions.0.correct_responses._count") == ("0", 0)


@pytest.mark.parametrize(
    ("progress", "status"),
    [(None, "unknown"), ("0.79999999999999999999999", "incomplete"), ("0.80", "completed")],
)
def test_a_completion_threshold_decides_whatever_content_says(progress, status):
    content = model({"cmi.completion_threshold": "0.8"})
    assert content.set("cmi.completion_status", "not attempted") == 0
    if progress is not None:
        content.set("cmi.progress_measure", progress)
    assert content.get("cmi.completion_status") == (status, 0)


@pytest.mark.parametrize(
    ("score", "status"), [(None, "unknown"), ("-0.51", "failed"), ("-0.5", "passed")]
)
def test_a_passing_score_decides_whatever_content_says(score, status):
    content = model({"cmi.scaled_passing_score": "-0.5"})
    assert content.set("cmi.success_status", "failed") == 0
    if score is not None:
        content.set("cmi.score.scaled", score)
    assert content.get("cmi.success_status") == (status, 0)


def test_without_a_threshold_content_s_word_stands():
    content = model({"cmi.progress_measure": "0.0"})
    content.set("cmi.completion_status", "completed")
    assert content.get("cmi.completion_status") == ("completed", 0)


@pytest.fixture
def sharing():
    return model(
        stores=[
            SharedStore("both", "kept"),
            SharedStore("read", "kept", writable=False),
            SharedStore("write", "kept", readable=False),
            SharedStore("neither", "kept", readable=False, writable=False),
            SharedStore("new"),
        ]
    )


def test_shared_stores_stand_in_the_manifest_s_order(sharing):
    assert sharing.get("adl.data._count") == ("5", 0)
    assert sharing.get("adl.data._children") == ("id,store", 0)
    assert sharing.get("adl.data.1.id") == ("read", 0)


@pytest.mark.parametrize(
    ("index", "read", "write"),
    [
        (0, ("kept", 0), 0),
        (1, ("kept", 0), 404),
        (2, ("", 405), 0),
        (3, ("", 405), 404),
        (4, ("", 403), 0),
        (5, ("", 301), 351),
    ],
)
def test_a_shared_store_is_as_open_as_its_map_says(sharing, index, read, write):
    name = f"adl.data.{index}.store"
    assert sharing.get(name) == read
    assert sharing.set(name, "<a>&#32;</a>") == write


def test_a_shared_store_set_to_nothing_is_as_never_set(sharing):
    assert sharing.set("adl.data.0.store", "") == 0
    assert sharing.get("adl.data.0.store") == ("", 403)


def test_a_target_cannot_be_set(sharing):
    assert sharing.set("adl.data.0.id", "other") == 404


def test_earlier_editions_share_nothing():
    content = model(stores=[SharedStore("a", "x")], edition="2004 3rd")
    assert content.get("adl.data._count") == ("", 401)
    assert content.values() == {}


def test_validity_of_requests_is_what_sequencing_says():
    valid = {"continue": "true", "choice": {"a.1": "true"}, "jump": {"b": "unknown"}}
    content = model(valid=valid)
    assert content.get("adl.nav.request_valid.continue") == ("true", 0)
    assert content.get("adl.nav.request_valid.previous") == ("unknown", 0)
    assert content.get("adl.nav.request_valid.choice.{target=a.1}") == ("true", 0)
    assert content.get("adl.nav.request_valid.choice.{target=nobody}") == ("false", 0)
    assert content.get("adl.nav.request_valid.jump.{target=b}") == ("unknown", 0)


def test_values_restore_the_model():
    content = asked("choice")
    content.set("cmi.interactions.0.correct_responses.0.pattern", "a")
    content.set("cmi.location", "")
    again = model(content.values())
    assert again.values() == content.values()
    assert again.get("cmi.interactions.0.correct_responses._count") == ("1", 0)


def test_what_is_no_element_is_not_restored():
    odd = ["cmi.nothing", "cmi.score", "cmi.objectives.01.id", "cmi.objectives._count"]
    odd += ["adl.nav.request_valid.choice.{target=a}", f"cmi.objectives.{'9' * 20}.id"]
    assert model(dict.fromkeys(odd, "1")).values() == {}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("cmi.suspend_data", "x" * 64_001, "cmi.suspend_data has 64001 characters of 64000"),
        ("cmi.objectives.0.description", "{lang=fr}" + "x" * 251, "has 251 characters of 250"),
        ("cmi.objectives.0.id", "x" * 4001, "has 4001 characters of 4000"),
    ],
)
def test_what_is_longer_than_others_must_keep_is_kept_and_noted(name, value, words):
    content = model()
    content.set("cmi.objectives.0.id", value if name.endswith("id") else "o")
    assert content.set(name, value) == 0
    assert content.get(name) == (value, 0)
    assert len(content.warnings) == 1
    assert words in content.warnings[0]


def test_prefixes_do_not_count():
    content = model(OBJECTIVE)
    assert content.set("cmi.objectives.0.description", "{lang=fr}" + "x" * 250) == 0
    assert content.warnings == []


@pytest.mark.parametrize(
    ("kind", "part", "value", "words"),
    [
        ("sequencing", "learner_response", "[,]".join(["a"] * 37), "37 items of 36"),
        ("performance", "learner_response", "[,]".join(["[.]a"] * 250), None),
        (
            "performance",
            "correct_responses.0.pattern",
            "[,]".join(["[.]a"] * 126),
            "126 items of 125",
        ),
        ("long-fill-in", "learner_response", "{lang=fr}" + "x" * 4001, "4001 characters of 4000"),
        ("likert", "learner_response", "x" * 251, "251 characters of 250"),
        ("likert", "correct_responses.0.pattern", "x" * 250, None),
        ("long-fill-in", "correct_responses.0.pattern", "{case_matters=true}" + "x" * 4000, None),
        ("true-false", "learner_response", "true", None),
    ],
)
def test_answers_beyond_what_others_must_keep_are_noted(kind, part, value, words):
    content = asked(kind)
    assert content.set(f"cmi.interactions.0.{part}", value) == 0
    found = [re.search(r"\d+ \w+ of \d+", warning)[0] for warning in content.warnings]
    assert found == ([words] if words else [])


def test_more_records_than_others_must_keep_are_noted_once():
    content = model()
    for n in range(103):
        content.set(f"cmi.objectives.{n}.id", f"o{n}")
    assert content.warnings == [
        "cmi.objectives has 103 records of 100 that every system must keep."
    ]


def test_more_patterns_than_the_type_s_are_noted():
    content = asked("choice")
    for n in range(11):
        content.set(f"cmi.interactions.0.correct_responses.{n}.pattern", f"o{n}")
    assert "11 records of 10" in content.warnings[0]


def test_an_identifier_is_free_again_when_its_record_has_another():
    model = DataModel("2004", {})
    record = "cmi.interactions.0"
    model.set(f"{record}.id", "q")
    for at, value in enumerate("ab"):
        assert model.set(f"{record}.objectives.{at}.id", value) == 0
    assert model.set(f"{record}.objectives.1.id", "a") == 351
    assert model.set(f"{record}.objectives.0.id", "c") == 0
    assert model.set(f"{record}.objectives.1.id", "a") == 0
    assert model.set(f"{record}.objectives.2.id", "b") == 0


def test_what_was_stored_counts_when_patterns_are_compared():
    record = "cmi.interactions.0"
    stored = {
        f"{record}.correct_responses.0.pattern": "a[,]b",
        f"{record}.id": "q",
        f"{record}.type": "choice",
    }
    model = DataModel("2004", stored)
    assert model.set(f"{record}.correct_responses.1.pattern", "b[,]a") == 351
    assert model.set(f"{record}.correct_responses.0.pattern", "b[,]a") == 0
    assert model.set(f"{record}.type", "sequencing") == 0
    assert model.take_changes() == {
        f"{record}.correct_responses.0.pattern": None,
        f"{record}.type": "sequencing",
    }
    assert model.set(f"{record}.correct_responses.0.pattern", "b[,]a") == 0
