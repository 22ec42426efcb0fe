"""Words into gaps of a text, and labels into a picture."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.gaps import Gap, Word
from assessments.questions.html import Html
from tests.assessments.examples import GAPS, LABELS
from tests.assessments.wording import english

RIGHT = {"1": ("faster",), "2": ("calms",), "3": ("long",)}
LABELLED = {"left": ("door",), "middle": ("window",), "near": ("seat",)}


def test_each_gap_brings_its_part_of_the_mark():
    assert GAPS.mark_response(RIGHT, {}).fraction == 1
    assert GAPS.mark_response(RIGHT, {}).feedback == "Breathe in, breathe out."
    assert GAPS.mark_response(RIGHT | {"2": ("stops",)}, {}).fraction == Fraction(2, 3)
    assert GAPS.mark_response({"1": ("faster",)}, {}).fraction == Fraction(1, 3)


def test_a_word_of_another_group_is_no_answer():
    found = GAPS.mark_response({"1": ("long",), "3": ("short",)}, {})
    assert [(part.name, part.answer) for part in found.parts] == [("3", "short")]


def test_words_that_say_the_same_are_the_same():
    twice = replace(GAPS, words=(*GAPS.words, Word("quicker", Html("faster"))))
    assert twice.mark_response(RIGHT | {"1": ("quicker",)}, {}).fraction == 1
    assert twice.guess() == (Fraction(2, 4) + Fraction(1, 4) + Fraction(1, 2)) / 3


@given(st.integers(0, 1000))
def test_each_gap_gets_the_words_of_its_group_in_one_order(seed):
    first, second, third = GAPS.ask(GAPS.arrange(Random(seed))).controls
    assert first.options == second.options
    assert {option.key for option in first.options} == {"faster", "calms", "stops"}
    assert {option.key for option in third.options} == {"long", "short"}


def test_words_that_are_not_shuffled_keep_the_authors_order():
    question = replace(GAPS, shuffle=False)
    arrangements = [question.arrange(Random(seed)) for seed in range(9)]
    assert {str(arrangement) for arrangement in arrangements} == {str(arrangements[0])}
    (control, *_others) = question.ask(arrangements[0]).controls
    assert [option.key for option in control.options] == ["faster", "calms", "stops"]


def test_only_words_that_are_dragged_have_a_group_to_drag_in():
    assert [control.group for control in GAPS.ask({}).controls] == ["1", "1", "2"]
    chosen = replace(GAPS, dragged=False)
    assert [control.group for control in chosen.ask({}).controls] == ["", "", ""]


def test_a_word_can_be_a_picture_that_words_say():
    word = Word("door", Html("A <b>door</b>"), file='d"oor.png')
    assert word.option().html == '<img src="files/d&quot;oor.png" alt="A door">'


def test_the_next_try_keeps_the_right_words():
    assert GAPS.kept(RIGHT | {"2": ("stops",)}, {}) == {"1": ("faster",), "3": ("long",)}


def test_who_guesses_is_right_once_among_the_words_of_a_group():
    assert GAPS.guess() == (Fraction(1, 3) + Fraction(1, 3) + Fraction(1, 2)) / 3


def test_a_summary_says_which_gap_got_which_word():
    assert GAPS.summary({"1": ("stops",), "3": ("long",)}, {}) == "[1] stops; [3] long"


def gaps(*more, body=GAPS.body):
    return replace(GAPS, gaps=(*GAPS.gaps, *more), body=Html(body))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(GAPS, gaps=(), body=Html("Nothing.")), "The text has no gap."),
        (gaps(Gap("4", "long", "2")), "The text has no place for the gap 4: [[4]]."),
        (
            gaps(body=GAPS.body + "[[5]]"),
            "The text has the place [[5]], but there is no gap of this name.",
        ),
        (gaps(body=GAPS.body + "[[1]]"), "The text has the place [[1]] more than once."),
        (gaps(Gap("1", "calms")), "More than one gap has the name “1”."),
        (
            gaps(Gap("4", "none"), body=GAPS.body + "[[4]]"),
            "The gap 4 has no right word.",
        ),
        (
            gaps(Gap("4", "long"), body=GAPS.body + "[[4]]"),
            "The right word of the gap 4 belongs to another group.",
        ),
        (
            replace(GAPS, words=(*GAPS.words, Word("x", Html("")))),
            "A word is empty. Write it, or take it out.",
        ),
        (
            replace(GAPS, words=(*GAPS.words, Word("long", Html("longer"), "2"))),
            "More than one answer has this key: long. Give every answer a key of its own.",
        ),
        (
            replace(GAPS, translations={"fr": {"body": "La peur [[1]] [[2]]"}}),
            "The text in another language (fr) has other places than the text itself.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]


def test_a_name_that_no_field_could_have_is_told():
    question = gaps(Gap("Fünf", "long", "2"), body=GAPS.body + "[[Fünf]]")
    assert english(question.problems()) == [
        "“Fünf” cannot be the name of a gap: use small letters, digits and hyphens.",
        "The text has no place for the gap Fünf: [[Fünf]].",
    ]


def test_a_translation_of_other_texts_needs_no_places():
    assert replace(GAPS, translations={"fr": {"words/0/html": "plus vite"}}).problems() == []


def test_each_label_brings_its_part_of_the_mark_and_an_empty_place_stays_empty():
    assert LABELS.mark_response(LABELLED, {}).fraction == 1
    assert LABELS.mark_response({"left": ("door",)}, {}).fraction == Fraction(1, 3)


def test_a_label_where_none_belongs_takes_off_what_a_right_one_brings():
    assert LABELS.mark_response(LABELLED | {"corner": ("guard",)}, {}).fraction == Fraction(2, 3)
    assert LABELS.mark_response({"corner": ("guard",)}, {}).fraction == 0


def test_whether_it_is_complete_does_not_tell_how_many_places_stay_empty():
    assert LABELS.is_complete({"left": ("door",), "near": ("seat",), "corner": ("seat",)}, {})
    assert LABELS.is_complete({"corner": ("seat",)}, {})
    assert not LABELS.is_complete({}, {})


def test_each_control_lies_on_the_picture_and_is_called_after_its_place():
    asked = LABELS.ask(LABELS.arrange(Random(0)))
    assert asked.picture == LABELS.picture
    assert [(control.label, control.place) for control in asked.controls] == [
        (zone.label, zone.place) for zone in LABELS.zones
    ]


def test_a_guess_is_known_only_where_every_place_gets_a_label():
    assert LABELS.guess() is None
    assert replace(LABELS, zones=LABELS.zones[:3]).guess() == Fraction(1, 4)


def test_a_summary_says_which_place_got_which_label():
    assert LABELS.summary({"left": ("door",)}, {}) == "On the left: Door"


def zones(**changes):
    return replace(LABELS, zones=(replace(LABELS.zones[0], **changes), *LABELS.zones[1:]))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(LABELS, zones=LABELS.zones[3:]), "No place in the picture gets a label."),
        (zones(right="none"), "The gap left has no right word."),
        (zones(place=(500, 0, 10, 10)), "The place left is not in the picture, or has no size."),
        (zones(place=(10, 10, 0, 10)), "The place left is not in the picture, or has no size."),
        (zones(name="middle"), "More than one gap has the name “middle”."),
        (
            replace(LABELS, picture=replace(LABELS.picture, file="")),
            "There is no picture. Add one.",
        ),
        (
            replace(LABELS, words=(*LABELS.words, Word("x", Html("")))),
            "A word is empty. Write it, or take it out.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_picture_from_being_labelled(question, problem):
    assert english(question.problems()) == [problem]


def test_a_place_may_reach_over_the_edge_of_the_picture():
    assert zones(place=(-5, -5, 20, 20)).problems() == []
    assert zones(name="corner-2").problems() == []


def test_a_picture_without_a_size_holds_no_place():
    question = replace(LABELS, picture=replace(LABELS.picture, width=0))
    assert "The size of the picture is not known." in english(question.problems())
