"""What holds for every type of question, whatever is answered."""

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions.base import Verdict
from assessments.questions.controls import Put, Write
from assessments.questions.html import Html
from assessments.questions.plain import from_plain, to_plain
from tests.assessments.examples import EXAMPLES, MORE
from tests.assessments.wording import english

# An item of QTI is marked by its own rules, which its own tests look into.
ALL = {**EXAMPLES, **MORE}
ANSWERABLE = [name for name, question in ALL.items() if question.answerable]
AUTOMATIC = [name for name in ANSWERABLE if ALL[name].automatic]

SHOWN = frozenset(
    [
        "across",
        "alt",
        "areas",
        "body",
        "control",
        "controls",
        "coords",
        "file",
        "group",
        "height",
        "html",
        "label",
        "least",
        "many",
        "most",
        "name",
        "numbering",
        "numeric",
        "options",
        "picture",
        "place",
        "rows",
        "shape",
        "size",
        "template",
        "types",
        "units",
        "value",
        "width",
    ]
)
"""Every name of something that a learner's browser may know."""

TEXTS = st.one_of(
    st.sampled_from(["1", "2", "3", "4", "5", "0", "99", "-1", "٣", "²", "", " "]),
    st.sampled_from(["Istanbul", "istanbul protocol", "3 km", "3.0", "1.5", "1/3", "8", "1e400"]),
    st.text(max_size=8),
)


def arranged(question, seed=0):
    return question.arrange(Random(seed))


def keys_of(value):
    """Every key that an author gave, wherever it stands in the plain form."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "key":
                yield each
            yield from keys_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(each)


@st.composite
def posted(draw, question, arrangement):
    """What a browser, or somebody in place of a browser, sends."""
    fields = {}
    for control in question.ask(arrangement).controls:
        names = [control.name]
        if isinstance(control, Write):
            names.append(f"{control.name}-unit")
        if isinstance(control, Put):
            names += [f"{control.name}-{number}" for number in range(1, 6)]
        for name in names:
            fields[name] = draw(st.lists(TEXTS, max_size=3))
    return fields


@st.composite
def garbage(draw, question, arrangement):
    """What stands in no response that was ever read from a page."""
    keys = [*keys_of(to_plain(question)), "true"]
    value = st.one_of(
        st.sampled_from(keys), st.sampled_from(keys).map(lambda key: f"{key}:1"), TEXTS
    )
    names = [control.name for control in question.ask(arrangement).controls]
    return draw(
        st.dictionaries(
            st.sampled_from([*names, "another"]), st.lists(value, max_size=5).map(tuple)
        )
    )


def responses(question, arrangement):
    asked = question.ask(arrangement)
    return st.one_of(posted(question, arrangement).map(asked.read), garbage(question, arrangement))


@pytest.mark.parametrize("name", ALL)
def test_the_example_can_be_asked(name):
    assert ALL[name].problems() == []


@pytest.mark.parametrize("name", AUTOMATIC)
@pytest.mark.parametrize("seed", range(5))
def test_the_right_response_brings_exactly_the_whole_mark(name, seed):
    question = ALL[name]
    arrangement = arranged(question, seed)
    right = question.right_response(arrangement)
    marked = question.mark_response(right, arrangement)
    assert marked.fraction == Fraction(1)
    assert marked.verdict is Verdict.RIGHT
    assert question.is_complete(right, arrangement)
    assert question.remarks(right, arrangement) == []
    assert question.kept(right, arrangement) == right
    assert question.summary(right, arrangement)
    asked = question.ask(arrangement)
    assert asked.read(asked.fields(right)) == right


@pytest.mark.parametrize("name", ANSWERABLE)
def test_no_response_brings_nothing_and_is_not_complete(name):
    question = ALL[name]
    arrangement = arranged(question)
    marked = question.mark_response({}, arrangement)
    assert (marked.fraction, marked.parts) == (0, ())
    assert not question.is_complete({}, arrangement)
    assert question.remarks({}, arrangement) == []
    assert question.summary({}, arrangement) == ""
    assert question.kept({}, arrangement) == {}


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=50)
@given(data=st.data())
def test_a_fraction_lies_between_the_lowest_and_one_whatever_is_answered(name, data):
    question = ALL[name]
    arrangement = arranged(question)
    response = data.draw(responses(question, arrangement))
    marked = question.mark_response(response, arrangement)
    assert marked.fraction is None or question.lowest() <= marked.fraction <= 1
    assert (marked.fraction is not None) or not question.automatic or not question.answerable


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=50)
@given(data=st.data())
def test_no_response_makes_anything_fail(name, data):
    question = ALL[name]
    arrangement = arranged(question)
    response = data.draw(garbage(question, arrangement))
    assert isinstance(question.summary(response, arrangement), str)
    assert question.is_complete(response, arrangement) in (True, False)
    assert all(remark.interpolate() for remark in question.remarks(response, arrangement))
    asked = question.ask(arrangement)
    once = asked.read(asked.fields(response))
    assert asked.read(asked.fields(once)) == once


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=50)
@given(data=st.data())
def test_what_was_read_from_a_page_fills_the_page_again(name, data):
    question = ALL[name]
    arrangement = arranged(question)
    asked = question.ask(arrangement)
    response = asked.read(data.draw(posted(question, arrangement)))
    assert asked.read(asked.fields(response)) == response


@pytest.mark.parametrize("name", AUTOMATIC)
@settings(max_examples=50)
@given(data=st.data(), seed=st.integers(0, 100))
def test_the_order_in_which_something_is_shown_changes_no_mark(name, data, seed):
    question = ALL[name]
    one = arranged(question)
    other = {**arranged(question, seed), "variables": one.get("variables", {})}
    response = data.draw(responses(question, one))
    marked, again = (question.mark_response(response, each) for each in (one, other))
    assert marked.fraction == again.fraction
    assert sorted(map(str, marked.parts)) == sorted(map(str, again.parts))
    assert marked.feedback == again.feedback


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=50)
@given(data=st.data())
def test_the_same_response_is_marked_the_same_for_ever(name, data):
    question = ALL[name]
    arrangement = arranged(question)
    response = data.draw(responses(question, arrangement))
    kept = from_plain(json.loads(json.dumps(to_plain(question))))
    later = json.loads(json.dumps(arrangement))
    answered = {name: tuple(values) for name, values in json.loads(json.dumps(response)).items()}
    assert kept.mark_response(answered, later) == question.mark_response(response, arrangement)
    assert arranged(question) == arrangement


@pytest.mark.parametrize("name", AUTOMATIC)
@settings(max_examples=50)
@given(data=st.data())
def test_what_is_kept_for_the_next_try_is_right_and_was_answered(name, data):
    question = ALL[name]
    arrangement = arranged(question)
    asked = question.ask(arrangement)
    response = asked.read(data.draw(posted(question, arrangement)))
    kept = question.kept(response, arrangement)
    assert asked.read(asked.fields(kept)) == kept
    before = question.mark_response(response, arrangement)
    after = question.mark_response(kept, arrangement)
    good = {(part.name, part.answer) for part in before.parts if part.fraction > 0}
    assert {(part.name, part.answer) for part in after.parts} == good


def telling(value, name=""):
    """The plain form of a question with something that cannot be missed in every key, feedback and
    note: nothing of it may be seen."""
    secret = ("key", "answer", "right", "partly", "wrong", "feedback", "when_true", "when_false")
    if isinstance(value, dict):
        return {each: telling(inner, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [telling(inner) for inner in value]
    if isinstance(value, str) and value and name in (*secret, "for_markers"):
        return f"telling-{value}"
    return value


def walked(value):
    """Every name and every text in what a learner's browser gets."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield ("name", name)
            yield from walked(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walked(inner)
    else:
        yield ("value", value)


@pytest.mark.parametrize("name", ALL)
def test_a_learners_browser_gets_no_key_no_fraction_and_no_feedback(name):
    question = from_plain(telling(to_plain(ALL[name])))
    found = list(walked(question.ask(arranged(question)).for_learner()))
    assert {value for kind, value in found if kind == "name"} <= SHOWN
    assert [value for kind, value in found if "telling" in str(value)] == []


@pytest.mark.parametrize("name", ALL)
def test_options_are_numbered_as_they_are_shown(name):
    question = ALL[name]
    for control in question.ask(arranged(question)).for_learner()["controls"]:
        shown = control.get("options") or control.get("areas") or []
        assert [option["value"] for option in shown] == [
            str(number) for number in range(1, len(shown) + 1)
        ]


@pytest.mark.parametrize("name", ALL)
def test_a_guess_brings_between_nothing_and_the_whole_mark(name):
    guess = ALL[name].guess()
    assert guess is None or 0 <= guess <= 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": "x" * 501}, "The name has more than 500 characters. Write a shorter one."),
        ({"mark": Fraction(0)}, "The mark must be above 0."),
        ({"penalty": Fraction(2)}, "What a wrong try takes off must be between 0 % and 100 %."),
    ],
)
@pytest.mark.parametrize("name", ["choice", "short", "essay"])
def test_a_question_has_a_short_name_a_mark_and_a_penalty_that_make_sense(name, changes, problem):
    assert english(replace(ALL[name], **changes).problems()) == [problem]


def test_a_text_without_numbers_of_its_own_is_the_same_for_all():
    assert ALL["choice"].text_for(Html("Rest."), {}) == "Rest."
