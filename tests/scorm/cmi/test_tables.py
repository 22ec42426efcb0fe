"""The element tables say what the rest of the code and the documentation rely on."""

import pytest

from scorm.cmi.formats import CHECKS
from scorm.cmi.interactions import PATTERNS
from scorm.cmi.tables import table

TABLES = [table("1.2"), table("2004")]


@pytest.mark.parametrize("standard", TABLES)
def test_every_type_is_known(standard):
    known = {*CHECKS, "pattern", "response"}
    used = {element["type"] for element in standard.elements.values() if "type" in element}
    assert used <= known


@pytest.mark.parametrize("standard", TABLES)
def test_every_default_is_a_good_value(standard):
    for name, element in standard.elements.items():
        good = element.get("default", "") in ("", "not attempted", "learner") or (
            CHECKS[element["type"]](standard, element, element["default"]) is None
        )
        assert good, name


@pytest.mark.parametrize("standard", TABLES)
def test_every_child_that_is_listed_exists(standard):
    for name, element in standard.elements.items():
        inside = f"{name}.n" if element.get("collection") else name
        for child in element.get("children", []):
            path = f"{inside}.{child}"
            assert path in standard.elements or path in standard.above, path


@pytest.mark.parametrize("standard", TABLES)
def test_every_error_code_has_words_shorter_than_255(standard):
    assert {str(code) for code in standard.codes.values()} <= set(standard.errors)
    assert all(0 < len(words) < 255 for words in standard.errors.values())


@pytest.mark.parametrize("standard", TABLES)
def test_what_has_no_value_of_its_own_can_only_be_read(standard):
    """A list or group answers ``_count`` and ``_children``; nobody sets those."""
    bare = {n: e["access"] for n, e in standard.elements.items() if "type" not in e}
    assert set(bare.values()) == {"ro"}, bare


@pytest.mark.parametrize("standard", TABLES)
def test_what_has_a_value_can_be_read_or_set(standard):
    for name, element in standard.elements.items():
        assert element["access"] in ("ro", "rw", "wo"), name


def test_what_an_earlier_edition_says_differently_is_known_to_differ():
    standard = table("2004")
    marked = {n: e["earlier"] for n, e in standard.elements.items() if "earlier" in e}
    assert marked == {"cmi.suspend_data": {"2004 2nd": {"spm": 4000}}}
    for name, editions in marked.items():
        for edition, differing in editions.items():
            assert edition in standard.editions[:-1]
            assert all(standard.elements[name][rule] != was for rule, was in differing.items())


def test_every_text_that_an_answer_is_made_of_has_a_smallest_permitted_maximum():
    """250 characters for an identifier or a word, 4000 for a long text; none for a number."""
    limits = table("2004").interactions
    least = {kind: each.get("item", each.get("spm")) for kind, each in limits.items()}
    assert {kind for kind, most in least.items() if most is None} == {"true-false", "numeric"}
    assert {kind for kind, most in least.items() if most == 4000} == {"long-fill-in", "other"}
    assert set(least.values()) == {250, 4000, None}


def test_every_interaction_type_has_limits_and_a_grammar():
    words = set(table("2004").elements["cmi.interactions.n.type"]["values"])
    assert words == set(table("2004").interactions) == set(PATTERNS)


@pytest.mark.parametrize("edition", ["2004 2nd", "2004 3rd"])
def test_earlier_editions_know_neither_shared_data_nor_jump(edition):
    elements = table("2004", edition).elements
    assert set(table("2004").elements) - set(elements) == {
        "adl.data",
        "adl.data.n.id",
        "adl.data.n.store",
        "adl.nav.request_valid.jump",
    }
