"""What a page sends is read into the author's keys, and nothing else is."""

import pytest

from assessments.questions.controls import (
    LONGEST,
    Attach,
    Choose,
    Compose,
    Option,
    Pick,
    Put,
    Write,
)
from assessments.questions.html import Html

OPTIONS = tuple(Option(key, Html(key.upper())) for key in "cab")


@pytest.mark.parametrize(
    ("numbers", "keys"),
    [
        (["1", "3"], ("b", "c")),
        (["3", "3", "1"], ("b", "c")),
        (["0", "4", "-1", "", "x", "²", "٣", "1e0", "9" * 50], ()),
        (["0000019", "000001" + "9" * 5000], ()),
        (["1", "01", "001"], ("c",)),
        (["01"], ("c",)),
    ],
)
def test_numbers_of_shown_options_become_keys_and_others_are_passed_over(numbers, keys):
    assert Choose("answer", "", OPTIONS, many=True).read({"answer": numbers}) == keys


def test_where_one_is_chosen_the_first_that_came_counts():
    assert Choose("answer", "", OPTIONS).read({"answer": ["2", "1"]}) == ("a",)
    assert Pick("answer", "", OPTIONS).read({"answer": ["x", "2", "1"]}) == ("a",)


def test_a_key_that_is_no_longer_there_fills_no_field():
    assert Choose("answer", "", OPTIONS).fields(("gone",)) == {"answer": ()}


def test_an_order_is_read_when_every_place_is_given_once():
    control = Put("order", "", OPTIONS)
    posted = {"order-1": ["3"], "order-2": ["1"], "order-3": ["2"]}
    assert control.read(posted) == ("a", "b", "c")
    assert control.fields(("a", "b", "c")) == {
        "order-1": ("3",),
        "order-2": ("1",),
        "order-3": ("2",),
    }


def test_an_order_with_gaps_or_doubles_loses_nothing():
    control = Put("order", "", OPTIONS)
    posted = {"order-1": ["2"], "order-2": ["2"], "order-3": ["9"]}
    assert control.read(posted) == ("c:2", "a:2")
    assert control.fields(("c:2", "a:2")) == {"order-1": ("2",), "order-2": ("2",)}


def test_a_place_that_no_page_sends_is_none():
    posted = {"order-1": ["0000012"], "order-2": ["000001" + "9" * 5000], "order-3": ["2"]}
    assert Put("order", "", OPTIONS).read(posted) == ("b:2",)


def test_a_text_keeps_all_its_characters_whatever_its_lines_end_with():
    lines = "a\n" * (LONGEST // 2)
    assert Compose("text").read({"text": [lines.replace("\n", "\r\n")]}) == (lines,)


def test_a_number_and_its_unit_are_read_together():
    control = Write("answer", numeric=True, units=("km", "m"))
    assert control.read({"answer": [" 3 "], "answer-unit": ["2"]}) == ("3", "m")
    assert control.read({"answer": ["3"], "answer-unit": ["9"]}) == ("3", "")
    assert control.read({"answer-unit": ["1"]}) == ("", "km")
    assert control.read({"answer": [" "]}) == ()
    assert control.fields(("3", "m")) == {"answer": ("3",), "answer-unit": ("2",)}
    assert control.fields(("3", "")) == {"answer": ("3",)}


def test_a_text_keeps_its_lines_and_an_empty_one_is_no_answer():
    control = Compose("text")
    assert control.read({"text": ["One\r\n\r\nTwo\n"]}) == ("One\n\nTwo\n",)
    assert control.read({"text": [" \n"]}) == ()


def test_no_more_files_are_taken_than_asked_for():
    assert Attach("files", most=2).read({"files": ["a", "b", "c"]}) == ("a", "b")
