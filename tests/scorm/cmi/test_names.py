import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.cmi.names import parse, position


def test_indexes_become_n_and_collections_keep_theirs():
    name = parse("cmi.interactions.3.objectives.0.id")
    assert name.pattern == "cmi.interactions.n.objectives.n.id"
    assert name.records == (("cmi.interactions", "3"), ("cmi.interactions.3.objectives", "0"))
    assert name.record == "cmi.interactions.3"


def test_a_literal_n_is_no_index():
    assert parse("cmi.objectives.n.id").pattern == ""


def test_nothing_lies_in_three_collections():
    assert parse("a.0.b.0.c.0.d").pattern == ""


def test_an_argument_may_have_dots_and_indexes_in_it():
    name = parse("adl.nav.request_valid.choice.{target=a.0.n}")
    assert (name.pattern, name.argument) == ("adl.nav.request_valid.choice", "a.0.n")


@pytest.mark.parametrize(("index", "number"), [("0", 0), ("7", 7), ("250", 250)])
def test_an_index_is_a_canonical_number(index, number):
    assert position(index) == number


@pytest.mark.parametrize("index", ["00", "01", "9999999999", "9" * 5000])
def test_other_digits_lie_beyond_every_record(index):
    assert position(index) == sys.maxsize


@given(st.text())
def test_any_text_can_be_taken_apart(text):
    assert parse(text).pattern.count(".") <= text.count(".")
