"""The rules of a quiz as a form, and the reasons why rules cannot be so."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.questions.html import Html
from assessments.quizzes import form, form_chapters, form_review
from assessments.quizzes.plan import (
    REVIEW,
    Band,
    Behaviour,
    Counted,
    Overdue,
    See,
    Settings,
    When,
    from_plain,
    to_plain,
)
from tests.assessments.attempts.making import World, single

OTHERS = [("before", "What you know before")]
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2027, 3, 5, 17, 30, tzinfo=UTC)

EVERYTHING = Settings(
    behaviour=Behaviour.IMMEDIATE,
    certainty=True,
    seconds=2700,
    grace=90,
    overdue=Overdue.GRACE,
    opens=MONDAY,
    closes=FRIDAY,
    attempts=3,
    wait=(1800, 86400),
    counted=Counted.AVERAGE,
    sequential=True,
    per_page=5,
    shuffle_choices=False,
    anonymous=False,
    double=True,
    differ=Fraction(1, 3),
    pass_percent=Decimal("66.5"),
    out_of=Decimal(20),
    review={**REVIEW, When.SOON: frozenset({See.MARKS}), When.CLOSED: frozenset()},
    bands=(Band(Decimal(-50), Html("Again.")), Band(Decimal(50), Html("Good <em>work</em>."))),
    answers_early=True,
    practice=True,
    pre_test="before",
)


def quiz_with(settings: Settings = Settings()):  # noqa: B008 (frozen)
    quiz = World(single()).quiz
    quiz.intro = Html("<p>What it is about.</p>")
    quiz.settings = to_plain(settings)
    return quiz


def read(changes: dict[str, str], settings: Settings = Settings()):  # noqa: B008
    quiz = quiz_with(settings)
    return form.read({**form.opened(quiz, OTHERS), **changes}, quiz, OTHERS)


@pytest.mark.parametrize("settings", [Settings(), EVERYTHING])
def test_a_form_that_nobody_touches_changes_nothing(settings):
    came = read({}, settings)

    assert came.errors == {}
    assert from_plain(Settings, to_plain(came.settings)) == from_plain(Settings, to_plain(settings))
    assert (came.title, came.intro, came.language) == (
        "What helps",
        "<p>What it is about.</p>",
        "en",
    )


def test_every_rule_is_in_the_form():
    """A new rule needs a field of its own, or it could not be set."""
    empty = dict.fromkeys(form.opened(quiz_with(), OTHERS), "")
    filled = form.opened(quiz_with(EVERYTHING), OTHERS)
    usual = form.opened(quiz_with(), OTHERS)

    assert empty.keys() == usual.keys() <= filled.keys()
    for name in set(Settings.__dataclass_fields__):
        assert getattr(EVERYTHING, name) != getattr(Settings(), name), name


def test_every_answer_of_a_choice_is_explained():
    for chapter in form_chapters.chapters(OTHERS):
        for name, sentences in (chapter.explained or {}).items():
            (part,) = (each for each in chapter.parts if each.name == name)
            assert set(sentences) == {value for value, _label in part.options}


def test_times_are_read_as_utc_and_minutes_become_seconds():
    came = read({"opens": "2027-03-01T10:00+01:00", "minutes": "12.5", "wait_first": "0,5"})

    assert came.settings.opens == MONDAY
    assert came.settings.seconds == 750
    assert came.settings.wait == (1800, 0)


def test_a_matrix_without_ticks_shows_nothing():
    cells = {form_review.cell(when, see): "" for when in When for see in See}

    came = read(cells)

    assert set(came.settings.review.values()) == {frozenset()}


def test_there_is_no_result_to_speak_of_while_an_attempt_is_open():
    came = read({form_review.cell(When.DURING, See.OVERALL): "1"})

    assert See.OVERALL not in came.settings.review[When.DURING]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"language": ""}, "language"),
        ({"opens": "2027-02-30T10:00"}, "opens"),
        ({"opens": "2027-03-05T10:00", "closes": "2027-03-05T10:00"}, "closes"),
        ({"opens": "2027-03-05T10:00", "closes": "2027-03-05T10:30", "minutes": "31"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"minutes": "9e9"}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"wait_later": "100000"}, "wait_later"),
        ({"overdue": "grace", "grace": ""}, "grace"),
        ({"attempts": "1", "wait_first": "2"}, "wait_first"),
        ({"attempts": "1", "wait_later": "2"}, "wait_later"),
        ({"attempts": "2", "wait_later": "2"}, "wait_later"),
        ({"attempts": "-1"}, "attempts"),
        ({"pass_percent": "0"}, "pass_percent"),
        ({"pass_percent": "100.5"}, "pass_percent"),
        ({"out_of": "0"}, "out_of"),
        ({"differ": "101"}, "differ"),
        ({"behaviour": "manual", "certainty": "1"}, "certainty"),
        ({"behaviour": "interactive", "certainty": "1"}, "certainty"),
        ({"behaviour": "gamble"}, "behaviour"),
        ({"pre_test": "nobody's"}, "pre_test"),
        ({"bands-0-least": "101", "bands-0-html": "Good."}, "bands-0-least"),
        ({"bands-0-least": "-1", "bands-0-html": "Good."}, "bands-0-least"),
        ({"bands-0-html": "Good."}, "bands-0-least"),
        ({"bands-0-least": "5"}, "bands-0-html"),
        (
            {
                "bands-0-least": "50",
                "bands-0-html": "Good.",
                "bands-1-least": "50",
                "bands-1-html": "Better.",
            },
            "bands-1-least",
        ),
    ],
)
def test_a_rule_that_cannot_be_so_is_told_where_it_stands(changes, field):
    came = read(changes)

    assert list(came.errors) == [field]
    assert came.settings is None


def test_a_limit_as_long_as_the_opening_is_in_order():
    came = read({"opens": "2027-03-05T10:00", "closes": "2027-03-05T10:30", "minutes": "30"})

    assert came.errors == {}


def test_who_is_wrong_and_certain_can_have_less_than_nothing():
    came = read({"certainty": "1", "bands-0-least": "-200", "bands-0-html": "Be careful."})

    assert came.settings.bands[0].least == -200
