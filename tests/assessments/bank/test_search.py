"""Finding questions."""

from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.bank import items, search
from assessments.bank.categories import make
from assessments.bank.search import Wanted
from sites import NOW
from tests.assessments.examples import ESSAY, SHORT, SINGLE, TRUTH


@pytest.fixture
def found(bank):
    """A function: the names of the questions that are found, in their order."""
    category = make(bank, "All")
    for number, question in enumerate((ESSAY, SHORT, SINGLE, TRUTH)):
        now = NOW + timedelta(hours=-number)
        items.add(bank, category, question, {}, now=now, by="", tags=[question.kind])
    there = {item.current.kind: item for item in bank.items.values()}
    there["short"].state = "retired"
    there["truth"].code = "Q-77"
    used = {there["essay"].__name__: 2, there["choice"].__name__: 1}

    def find(**wanted):
        result = search.find(bank.items.values(), Wanted(**wanted), used)
        return [item.current.kind for item in result]

    return find


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        ({}, ["essay", "truth", "choice", "short"]),
        ({"words": "CONSENT"}, ["truth"]),
        ({"words": "istanbul protocol"}, ["short"]),
        ({"words": "house rules"}, ["choice"]),
        ({"words": "q-77"}, ["truth"]),
        ({"words": "essay"}, ["essay"]),
        ({"words": "élan"}, []),
        ({"kind": "short"}, ["short"]),
        ({"tag": "essay"}, ["essay"]),
        ({"state": "retired"}, ["short"]),
        ({"used": "yes"}, ["essay", "choice"]),
        ({"used": "no"}, ["truth", "short"]),
        ({"sort": "-name"}, ["short", "choice", "truth", "essay"]),
        ({"sort": "kind"}, ["choice", "essay", "short", "truth"]),
        ({"sort": "-mark"}, ["essay", "truth", "choice", "short"]),
        ({"sort": "-used"}, ["essay", "choice", "truth", "short"]),
        ({"sort": "state"}, ["essay", "truth", "choice", "short"]),
        ({"sort": "changed"}, ["truth", "choice", "short", "essay"]),
        ({"sort": "nonsense"}, ["essay", "truth", "choice", "short"]),
    ],
)
def test_questions_are_found_and_in_order(found, wanted, kinds):
    assert found(**wanted) == kinds


def test_accents_and_case_make_no_difference():
    assert search.folded("Élan ÇA") == "elan ca"


def test_tags_are_those_of_the_questions(bank):
    category = make(bank, "All")
    items.add(bank, category, TRUTH, {}, now=NOW, by="", tags=["b", "A"])
    items.add(bank, category, SINGLE, {}, now=NOW, by="", tags=["b"])
    assert search.tags_of(bank.items.values()) == ["A", "b"]
    assert TRUTH.mark == Fraction(1)
