"""What is different between two versions, in words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.bank import items
from assessments.bank.compare import differences
from assessments.exchange.entries import QuestionFile
from assessments.questions.html import Html
from sites import NOW
from tests.assessments.examples import FILES, HOTSPOT, SINGLE, TRUTH


@pytest.fixture
def told(shelf):
    """A function: what is told of a change from one question to another."""

    def tell(before, after, files_before=(), files_after=()):
        item = items.add(shelf.bank, shelf.category, before, dict(files_before), now=NOW, by="")
        old = item.current
        items.save(item, after, dict(files_after), now=NOW, by="")
        return [
            (" ".join(map(str, each.where)), str(each.before), str(each.after))
            for each in differences(old, item.current)
        ]

    return tell


def test_nothing_is_told_of_what_is_the_same(told):
    assert told(SINGLE, SINGLE) == []


def test_a_text_a_share_a_tick_and_a_choice_are_told(told):
    who, rules, *others = SINGLE.choices
    choices = (
        replace(who, html=Html("Me"), fixed=True),
        replace(rules, fraction=Fraction(1, 3)),
        *others,
    )
    after = replace(SINGLE, choices=choices, mark=Fraction(2), numbering="none")
    assert told(SINGLE, after) == [
        ("Answer 1 Answer", "Who I am, and what we can do here", "Me"),
        ("Answer 1 Stays at its place when the order is chance", "no", "yes"),
        ("Answer 2 Share of the mark, in percent", "50 %", "33.33333 %"),
        ("How answers are numbered", "a, b, c", "not at all"),
        ("Mark", "1", "2"),
    ]


def test_rows_that_come_and_go_and_their_order_are_told(told):
    who, rules, what, none = SINGLE.choices
    new = replace(who, key="new", html=Html("Both"))
    after = replace(SINGLE, choices=(rules, who, what, new), translations={})
    assert told(replace(SINGLE, translations={}), after) == [
        ("Answer 4", "not there", "Both"),
        ("Answer 4", "None of these", "not there"),
        (
            "Answers Order",
            "Who I am, and what we can do here; The rules of the house; "
            "“Tell me what was done to you.”",
            "The rules of the house; Who I am, and what we can do here; "
            "“Tell me what was done to you.”",
        ),
    ]
    assert none.key == "none"


def test_what_is_set_otherwise_is_told_as_it_is_written(told):
    after = replace(TRUTH, body=Html(TRUTH.body.replace("consent", "<em>consent</em>")))
    ((_where, before, now),) = told(TRUTH, after)
    assert "consent" in before
    assert "*consent*" in now


def test_another_type_is_told(told):
    assert told(TRUTH, SINGLE) == [("Type of question", "True or false", "Choice")]


def test_files_and_translations_are_told(told):
    other = {"room.png": QuestionFile("image/png", b"other")}
    assert told(HOTSPOT, HOTSPOT, FILES, {}) == [("File room.png", "there", "not there")]
    assert told(HOTSPOT, HOTSPOT, {}, FILES) == [("File room.png", "not there", "there")]
    assert len(told(HOTSPOT, replace(HOTSPOT, name="New"), FILES, FILES)) == 1
    ((where, before, _after),) = told(HOTSPOT, HOTSPOT, FILES, other)
    assert where == "File room.png"
    assert "bytes" in before
    after = replace(TRUTH, translations={"fr": {"body": "Oui"}})
    assert told(TRUTH, after) == [("Translation fr Question", "–", "Oui")]


def test_an_empty_group_and_an_empty_row_are_told_by_a_dash(told):
    after = replace(SINGLE, said=replace(SINGLE.said, right=Html("")))
    ((where, before, now),) = told(SINGLE, after)
    assert where.endswith("To a right answer")
    assert (before, now) == ("Well begun.", "–")
    bare = replace(SINGLE.choices[0], key="bare", html=Html(""), fraction=Fraction(0))
    bare = replace(bare, feedback=Html(""))
    assert told(SINGLE, replace(SINGLE, choices=(*SINGLE.choices, bare))) == [
        ("Answer 5", "not there", "–")
    ]
