"""The charts of a quiz: small, safe under a strict policy, and told in words."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assessments.charts import Bar, bar_chart, choices_chart, distribution_chart, facility_chart
from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Response
from assessments.statistics.figures import SUPPRESSED, Insufficient
from marksheets import answering, attempts

A, B, C = (Response("", model, credit=Fraction(model == "A")) for model in "ABC")


def say(sentence):
    return sentence.interpolate()


def parsed(chart):
    return etree.fromstring(chart)


def texts(chart):
    return [text.text for text in parsed(chart).iterfind("{*}text")]


def widths(chart):
    return [float(rect.get("width")) for rect in parsed(chart).iterfind("{*}rect")]


def looks(chart):
    return [rect.get("class") for rect in parsed(chart).iterfind("{*}rect")]


def choices(*given_answers):
    return analyse(answering(*given_answers)).positions[0].group.choices


def test_a_bar_is_as_long_as_its_question_is_easy():
    quiz = analyse(attempts([1, 1], [1, 0], [1, 0], [1, 0], [1, 1]))

    chart = facility_chart(quiz, say, name="easy")

    assert texts(chart) == ["Question 1", "100 %", "Question 2", "40 %"]
    first, second = widths(chart)
    assert second == pytest.approx(0.4 * first, abs=0.1)


def test_a_figure_that_is_kept_back_or_not_known_is_said_in_place_of_a_bar():
    quiz = analyse(attempts(*[[1, 1]] * 5))
    first, second = quiz.positions
    without = [
        replace(position, group=replace(position.group, facility=reason))
        for position, reason in ((first, SUPPRESSED), (second, Insufficient.NO_MARKS))
    ]

    chart = facility_chart(replace(quiz, positions=tuple(without)), say, name="easy")

    assert texts(chart) == ["Question 1", "not shown", "Question 2", "not known"]
    assert widths(chart) == [1, 1]


def test_the_right_answer_is_told_by_word_and_pattern():
    chart = choices_chart(choices(*[A] * 10, *[B] * 5, *[C] * 5), "Where?", say, name="where")

    assert texts(chart) == ["A", "50 %, right", "B", "25 %", "C", "25 %"]
    assert looks(chart) == ["right", "other", "other"]
    fills = [rect.get("fill") for rect in parsed(chart).iterfind("{*}rect")]
    assert fills == [None, "url(#where-hatching)", "url(#where-hatching)"]


def test_answers_without_a_key_are_neither_right_nor_wrong():
    chart = choices_chart(choices(*[Response("", "I agree")] * 5), "?", say, name="view")

    assert looks(chart) == ["plain"]


def test_no_answer_and_other_answers_are_named():
    own = [Response("", "*", answer, credit=Fraction(0)) for answer in "xyzxyz"]
    often = [Response("", "*", "often", credit=Fraction(0))] * 5

    chart = choices_chart(choices(*own, *often, *[None] * 5), "?", say, name="own")

    assert texts(chart)[::2] == ["often", "(other answers)", "(no answer)"]


def test_attempts_are_shown_by_their_share_of_the_marks():
    quiz = analyse(attempts(*[["0.05"]] * 3, *[["0.55"]] * 6, *[["0.95"]] * 12))

    chart = distribution_chart(quiz, say, name="marks")

    words = dict(zip(texts(chart)[::2], texts(chart)[1::2], strict=True))
    assert len(words) == 10
    assert words["0 to 10 %"] == words["50 to 60 %"] == "not shown"
    assert words["90 to 100 %"] == "12"
    assert widths(chart)[-1] == max(widths(chart))


@pytest.mark.parametrize("chart", [facility_chart, distribution_chart])
def test_where_there_is_nothing_to_show_there_is_no_chart(chart):
    assert chart(analyse([]), say, name="none") == ""


def test_it_has_a_name_and_says_its_data_in_words():
    chart = parsed(choices_chart(choices(*[A] * 6, *[B] * 5), "Where?", say, name="where"))

    name = chart.find(f"*[@id='{chart.get('aria-labelledby')}']")
    data = chart.find(f"*[@id='{chart.get('aria-describedby')}']")
    assert chart.get("role") == "img"
    assert name.text == "Where?"
    assert data.text == "A: 55 %, right\nB: 45 %"


def test_fifty_questions_stay_small():
    quiz = analyse(attempts(*[[1] * 50] * 5))

    assert len(facility_chart(quiz, say, name="easy").encode()) < 15_000


@given(st.lists(st.tuples(st.text(), st.floats(0, 200), st.text()), min_size=1, max_size=5))
def test_no_text_can_add_anything_to_a_page(rows):
    chart = bar_chart("a", rows[0][0], [Bar(*row) for row in rows], most=100)

    tags = {etree.QName(element).localname for element in parsed(chart).iter()}
    assert tags <= {"svg", "title", "desc", "text", "rect"}


def test_nothing_in_it_needs_a_script_a_style_or_another_host():
    chart = choices_chart(choices(*[A] * 6, *[B] * 5), "Where?", say, name="where")

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href", chart)
    assert re.findall(r"\w+://[^\"]*", chart) == ["http://www.w3.org/2000/svg"]


def test_a_long_label_is_cut_in_the_picture_and_whole_in_its_words():
    long = "word " * 40

    chart = bar_chart("a", "t", [Bar(long, 1, "1")], most=1, above=True)

    assert len(texts(chart)[0]) < 60
    assert texts(chart)[0].endswith("…")
    assert long in parsed(chart).find("{*}desc").text
