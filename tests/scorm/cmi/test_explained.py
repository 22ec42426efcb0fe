"""What people read about the elements is complete, and says what the data model does."""

import re
from functools import cache

import pytest

from scorm.cmi import DataModel, SharedStore
from scorm.cmi.explained import STANDARDS, explained, explanation
from scorm.cmi.formats import CHECKS, problem
from scorm.cmi.interactions import is_pattern, is_response
from scorm.cmi.tables import table

LONG = "x" * 1_048_577
"""Longer than the longest text that SCORM 1.2 content may leave here."""
VALUES = ["", "a", "b", "a b", "true", "0.5", "101", "-2", "2", "1[:]2", "2[:]1", "a[.]b", "a[,]b"]
VALUES += ["a[,]a", "not attempted", "unknown", "PT1S", "00:00:01", "2026", "{lang=}x", "x" * 4097]
VALUES += ["choice", "continue", "en"]
STORES = [
    SharedStore("open", "kept"),
    SharedStore("hidden", "kept", readable=False),
    SharedStore("fixed", "kept", writable=False),
    SharedStore("new"),
]


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("part", ["elements", "types", "interactions", "errors"])
def test_each_thing_of_the_table_is_explained_and_nothing_else(standard, part):
    rules = table(standard)
    kinds = rules.elements["cmi.interactions.n.type"]["values"]
    in_table = {
        "elements": set(rules.elements),
        "types": {element["type"] for element in rules.elements.values() if "type" in element},
        "interactions": set(kinds),
        "errors": set(rules.errors),
    }
    assert set(explained(standard)[part]) == in_table[part]


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("part", ["notes", "first"])
def test_what_is_said_beside_the_table_is_about_its_elements(standard, part):
    assert set(explained(standard)[part]) <= set(table(standard).elements)


def test_each_2004_element_has_its_place_in_the_standard():
    for element in explanation("2004").elements:
        assert re.fullmatch(r"(RTE|SN) \d+(\.\d+)+", element.clause), element.name
    clauses = {element.name: element.clause for element in explanation("2004").elements}
    assert clauses["cmi.interactions.n.correct_responses.n.pattern"] == clauses["cmi.interactions"]
    assert clauses["cmi.score.raw"] != clauses["cmi.scaled_passing_score"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_each_explanation_is_one_short_sentence_or_two(standard):
    words = explained(standard)
    for text in (*words["elements"].values(), *words["notes"].values(), *words["errors"].values()):
        assert text[0].isupper() or text[0] == "_", text
        assert text.endswith("."), text
        assert len(text.split()) <= 40, text


@pytest.mark.parametrize("standard", STANDARDS)
def test_each_example_of_a_type_is_what_it_is_said_to_be(standard):
    rules = table(standard)
    for kind in explanation(standard).kinds.values():
        if kind.key in CHECKS:
            entry = next(e for e in rules.elements.values() if e.get("type") == kind.key)
            assert [value for value in kind.good if problem(rules, entry, value)] == []
            assert [value for value in kind.bad if not problem(rules, entry, value)] == []


def test_each_example_of_an_answer_is_written_as_its_type_asks():
    rules = table("2004")
    for kind in explanation("2004").interactions:
        assert is_pattern(rules, kind.name, kind.pattern[1]), kind.name
        assert is_response(rules, kind.name, kind.response[1]), kind.name


def test_each_example_of_a_12_answer_is_taken():
    for kind in explanation("1.2").interactions:
        content = DataModel("1.2", {"cmi.interactions.0.type": kind.name})
        assert content.set("cmi.interactions.0.student_response", kind.response[1]) == 0
        assert content.set("cmi.interactions.0.correct_responses.0.pattern", kind.pattern[1]) == 0


@cache
def starts(standard: str) -> list[dict[str, str]]:
    """Values as content may have left them: none, some records, each kind of question."""
    records = {"cmi.objectives.0.id": "a", "cmi.objectives.1.id": "b"}
    found = [{}, records]
    for comments in ("cmi.comments_from_learner", "cmi.comments_from_lms"):
        for name in ("comment", "location"):
            found.append({f"{comments}.0.{name}": "a"})
    question = {"cmi.interactions.0.id": "q"}
    found.append(question)
    for kind in table(standard).elements["cmi.interactions.n.type"]["values"]:
        found.append(
            question
            | {"cmi.interactions.0.type": kind}
            | {f"cmi.interactions.0.objectives.{n}.id": word for n, word in enumerate("ab")}
            | {f"cmi.interactions.0.correct_responses.{n}.pattern": w for n, w in enumerate("ab")}
        )
    return found


def calls(name: str, element: dict) -> list[str]:
    """What content may say to mean the element: records that are there, next, and too far."""
    if "argument" in element:
        return [name, f"{name}.{{target=a}}"]
    outer = [re.sub(r"\.n(?=\.|$)", f".{at}", name, count=1) for at in (0, 1, 2, 3, 7)]
    both = (re.sub(r"\.n(?=\.|$)", f".{at}", each) for each in outer for at in (0, 1, 2, 3))
    return list(dict.fromkeys(both))


@cache
def answers(standard: str) -> dict[str, tuple[set[int], set[int]]]:
    """The codes other than 0 that Get and Set of each element gave."""
    given: dict[str, tuple[set[int], set[int]]] = {}
    values_to_set = VALUES if standard == "2004" else [*VALUES, LONG]
    for name, element in table(standard).elements.items():
        get, put = given[name] = (set(), set())
        for called in calls(name, element):
            for values in starts(standard):
                model = DataModel(standard, values, stores=STORES)
                get.add(model.get(called)[1])
                put.update(model.set(called, value) for value in values_to_set)
    return {name: (get - {0}, put - {0}) for name, (get, put) in given.items()}


@pytest.mark.parametrize("standard", STANDARDS)
def test_get_and_set_give_the_codes_that_are_listed_and_no_other(standard):
    given = answers(standard)
    listed = {each.name: (set(each.get), set(each.set)) for each in explanation(standard).elements}
    differing = {name: (given[name], listed[name]) for name in given if given[name] != listed[name]}
    assert differing == {}


@pytest.mark.parametrize("standard", STANDARDS)
def test_setting_a_keyword_gives_the_code_that_is_said(standard):
    content = DataModel(standard, {})
    assert content.set("cmi.objectives._count", "1") == explanation(standard).keyword
