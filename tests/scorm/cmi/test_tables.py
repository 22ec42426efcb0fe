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
