"""What Moodle has put in its place: pairs, words, labels, markers, an order."""

import pytest

from assessments.questions.controls import Option, Picture
from assessments.questions.gaps import Gap, Word
from assessments.questions.html import Html
from assessments.questions.matching import Pair
from tests.assessments.exchange.files import MOODLE_XML
from tests.assessments.exchange.moodle_xml.reading import one, said, taken


def test_matching_has_pairs_and_answers_that_mislead():
    found = one(MOODLE_XML["matching"])
    assert found.pairs == (Pair("1", Html("frog"), "1"), Pair("2", Html("newt"), "1"))
    assert found.answers == (Option("1", Html("amphibian")), Option("2", Html("insect")))
    assert (found.shuffle, found.said.partly) == (False, "Nearly")


def test_words_are_selected_for_gaps_and_may_be_right_twice():
    found = one(MOODLE_XML["gapselect"])
    assert found.body == "The [[1]] sat on the [[2]], the [[3]] too."
    assert found.gaps == (Gap("1", "2", "1"), Gap("2", "3", "2"), Gap("3", "2", "1"))
    assert [word.html for word in found.words] == ["dog", "cat", "mat"]
    assert (found.dragged, found.shuffle) == (False, True)


def test_words_are_dragged_into_text():
    found = one(MOODLE_XML["ddwtos"])
    assert found.dragged
    assert found.words == (
        Word("1", Html("<b>red</b>"), "1", unlimited=True),
        Word("2", Html("fox"), "2", unlimited=False),
    )


def test_labels_are_dragged_into_a_picture_whose_places_fit_them():
    (entry,) = taken(MOODLE_XML["ddimageortext"]).entries
    found = entry.question
    assert found.picture == Picture("my-plan.png", 400, 300, "Label")
    assert [(word.html, word.file, word.unlimited) for word in found.words] == [
        ("quick", "", False),
        ("a picture", "b.png", True),
    ]
    assert [(zone.label, zone.place, zone.right, zone.group) for zone in found.zones] == [
        ("left ear", (10, 20, 390, 280), "2", "2"),
        ("2", (200, 20, 63, 32), "1", "1"),
    ]
    assert set(entry.files) == {"my-plan.png", "b.png"}


def test_markers_become_labels_and_that_is_said():
    found = taken(MOODLE_XML["ddmarker"])
    zones = found.entries[0].question.zones
    assert [zone.place for zone in zones] == [(40, 50, 20, 20), (10, 20, 30, 40), (1, 2, 29, 58)]
    assert found.entries[0].question.words[0].unlimited
    assert [kind for kind, _line, _message in said(found)] == ["changed"]


@pytest.mark.parametrize(
    ("named", "grading", "same"),
    [
        ("ALL_OR_NOTHING", "whole", True),
        ("ABSOLUTE_POSITION", "place", True),
        ("RELATIVE_NEXT_INCLUDE_LAST", "next", True),
        ("LONGEST_ORDERED_SUBSET", "longest", True),
        ("RELATIVE_NEXT_EXCLUDE_LAST", "next", False),
        ("LONGEST_CONTIGUOUS_SUBSET", "longest", False),
        ("", "next", False),
        ("SOMETHING", "place", False),
    ],
)
def test_an_order_is_marked_as_in_moodle_or_nearly(named, grading, same):
    text = MOODLE_XML["ordering"].replace("ABSOLUTE_POSITION", named)
    found = taken(text)
    assert [item.html for item in found.entries[0].question.items] == ["first", "second", "third"]
    assert found.entries[0].question.grading == grading
    assert (found.remarks == ()) is same


def test_that_moodle_asks_for_some_of_an_order_is_said():
    found = taken(MOODLE_XML["ordering"].replace("<selecttype>ALL", "<selecttype>RANDOM"))
    assert [message[:15] for _kind, _line, message in said(found)] == ["Moodle asks for"]
