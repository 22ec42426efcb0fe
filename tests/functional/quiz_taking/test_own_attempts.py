"""The quiz's own page knows the attempts of who looks at it."""

from decimal import Decimal

import pytest

from assessments.quizzes.plan import ALL, Counted, When
from quizzes import Taker
from tests.assessments.examples import TRUTH
from tests.functional.quiz_taking.pages import NOTHING, has_button


def test_an_open_attempt_is_resumed_and_not_begun_anew(taker):
    learner = taker()
    first = learner.start().request.path
    page = learner.quiz()
    assert has_button(page, "Resume")
    assert "not handed in yet" in page
    assert learner.start().request.path == first


def test_the_address_of_the_start_button_leads_back_to_the_quiz(taker):
    learner = taker()
    assert learner.browser.get("/quizzes/quiz/start").location.endswith("/quizzes/quiz/")


def test_earlier_attempts_are_listed_with_their_results_and_can_be_looked_at(taker):
    learner = taker((TRUTH,), pass_percent=Decimal(50))
    learner.start()
    learner.answer(1, "True")
    learner.hand_in()
    page = learner.quiz()
    assert "Attempt 1" in page
    assert "100 %" in page
    assert "passed" in page
    assert page.click("Review").request.path.endswith("/review")


@pytest.mark.parametrize(
    ("counted", "result"),
    [("highest", "100 %"), ("average", "50 %"), ("first", "0 %"), ("last", "100 %")],
)
def test_what_several_attempts_bring_together_is_told(taker, counted, result):
    learner = taker((TRUTH,), counted=Counted(counted))
    for words in ("False", "True"):
        learner.start()
        learner.answer(1, words)
        learner.hand_in()
    assert f"Your result, as it counts: {result}" in learner.quiz()


def test_what_several_attempts_bring_together_waits_until_each_may_be_seen(taker):
    learner = taker((TRUTH,), review=NOTHING)
    for _attempt in range(2):
        learner.start()
        learner.hand_in()
    assert "as it counts" not in learner.quiz()


def test_a_result_that_may_not_be_seen_yet_is_not_on_the_quizs_page(taker):
    learner = taker((TRUTH,), review={When.CLOSED: ALL}, pass_percent=Decimal(50))
    learner.start()
    learner.answer(1, "True")
    learner.hand_in()
    assert "100 %" not in learner.quiz()
    assert "passed" not in learner.quiz()


def test_points_are_told_as_points(taker):
    learner = taker((TRUTH,), out_of=Decimal(20))
    learner.start()
    learner.answer(1, "True")
    assert "20 of 20 points" in learner.hand_in()


def test_an_author_tries_a_quiz_out_and_it_counts_nowhere(site, taker):
    taker()
    author = Taker(site, "author")
    page = author.quiz()
    form = next(form for form in page.forms.values() if "preview" in form.fields)
    shown = form.submit().follow()
    assert "You are trying this quiz out. Nothing of it counts." in shown
    assert "Your attempts" not in author.quiz()


def test_a_learner_cannot_try_it_out(taker):
    learner = taker()
    form = learner.form(learner.quiz(), "start")
    answer = learner.browser.post(
        form.action, {"csrf_token": form["csrf_token"].value, "preview": "yes"}
    ).follow()
    assert "Nothing of it counts" not in answer
