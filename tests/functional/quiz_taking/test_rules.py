"""The quiz's own page states its rules before anybody starts."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assessments.quizzes.plan import ALL, Behaviour, Overdue, When
from tests.assessments.examples import DESCRIPTION, SINGLE, TRUTH
from tests.functional.quiz_taking.pages import NOTHING, has_button, words_of

CLOSES = datetime(2040, 1, 1, 12, tzinfo=UTC)
PASS = {"pass_percent": Decimal(60)}
AT_CLOSING = "When the quiz is closed for everybody, you see the right answers."


def test_the_rules_are_stated_before_anybody_starts(taker):
    page = taker(
        (SINGLE, TRUTH, DESCRIPTION),
        attempts=3,
        seconds=2700,
        sequential=True,
        pass_percent=Decimal(60),
        wait=(3600, 7200),
        certainty=True,
    ).rules()
    assert page["Questions"] == "2"
    assert page["Attempts"] == (
        "In all: 3. Left: 3. Your best attempt counts. Between the first and the second you wait "
        "1 h, between later ones 2 h."
    )
    assert page["Time"].startswith(
        "You have 45 min from the moment that you start. When the time is up, what you have "
        "answered until then is handed in."
    )
    assert page["Going back"] == "You cannot go back to a page that you have left."
    assert page["To pass"] == "At least 60 %."
    assert page["Your result"] == (
        "You see your result when you have handed in. You see the right answers when you have no "
        "attempt left."
    )


def test_certainty_is_explained_where_it_counts_and_only_there(taker):
    assert "a wrong one takes 6 times" in taker(certainty=True).quiz().text


def test_nothing_is_said_of_certainty_where_it_does_not_count(taker):
    assert "certain" not in taker(behaviour=Behaviour.INTERACTIVE, certainty=True).quiz().text


@pytest.mark.parametrize(
    ("overdue", "words"),
    [
        (Overdue.SUBMIT, "what you have answered until then is handed in"),
        (Overdue.GRACE, "You have 1 min to hand them in"),
        (Overdue.ABANDON, "an attempt that was not does not count"),
    ],
)
def test_what_happens_when_the_time_is_up_is_said_first(taker, overdue, words):
    assert words in taker(seconds=600, overdue=overdue).rules()["Time"]


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ({When.LATER: ALL}, "two minutes after you have handed in"),
        ({When.CLOSED: ALL}, "when the quiz is closed, from 2040-01-01 12:00 UTC on"),
        (NOTHING, "not shown here"),
    ],
)
def test_when_results_are_shown_is_said_first(taker, review, words):
    closes = datetime(2040, 1, 1, 12, tzinfo=UTC)
    assert words in taker(review=review, closes=closes).rules()["Your result"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attempts": 2}, "You see the right answers when you have no attempt left."),
        (
            {"attempts": 2, "closes": CLOSES},
            f"You see the right answers when you have no attempt left. {AT_CLOSING}",
        ),
        (
            {"attempts": 2, "answers_early": True},
            "You see the right answers after you have handed in.",
        ),
        ({"attempts": 1, **PASS}, "You see the right answers after you have handed in."),
        (PASS, "You see the right answers when you have passed."),
        ({}, "You see the right answers after you have handed in."),
        (
            {"behaviour": Behaviour.IMMEDIATE},
            "You see the right answer to a question when you are done with it.",
        ),
        (
            {"practice": True, **PASS},
            "You see the right answer to a question when you are done with it.",
        ),
        ({"review": {When.CLOSED: ALL}, "closes": CLOSES, **PASS}, AT_CLOSING),
        ({"review": {When.CLOSED: ALL}}, "The right answers are not shown."),
        ({"review": NOTHING}, "The right answers are not shown."),
    ],
)
def test_when_right_answers_are_shown_is_said_first(taker, settings, words):
    assert taker(**settings).rules()["Your result"].partition(". ")[2] == words


def test_a_quiz_without_limits_says_that_there_are_none(taker):
    page = taker(per_page=0).rules()
    assert page["Time"] == "There is no time limit."
    assert page["Attempts"] == "You can take it as often as you like. Your best attempt counts."
    assert "Open" not in page
    assert "To pass" not in page


def test_a_quiz_for_practice_counts_for_nothing_and_says_so(taker):
    assert taker(practice=True).rules()["To pass"] == (
        "This is for practice. It counts for nothing."
    )


def test_a_quiz_that_is_not_open_yet_says_from_when_on(taker):
    learner = taker(opens=datetime(2040, 1, 1, 12, tzinfo=UTC))
    page = learner.quiz()
    assert "This quiz is not open yet. It opens on 2040-01-01 12:00 UTC." in words_of(page)
    assert not has_button(page, "Start")
    assert learner.start().request.path == "/quizzes/quiz/"


def test_a_closed_quiz_says_so_and_has_no_button(taker):
    page = taker(closes=datetime(2020, 1, 1, tzinfo=UTC)).quiz()
    assert "This quiz is closed." in page
    assert not has_button(page, "Start")


def test_who_has_used_all_attempts_is_told(taker):
    learner = taker(attempts=1)
    learner.start()
    learner.hand_in()
    page = learner.quiz()
    assert "You have used all your attempts at this quiz." in page
    assert learner.rules()["Attempts"] == "In all: 1. Left: 0."
    assert not has_button(page, "Start")


def test_a_named_question_that_is_gone_is_not_counted(site, taker):
    learner = taker()
    with site.write() as root:
        root["site"].bank.items["item0"].state = "draft"
    assert learner.rules()["Questions"] == "1"
