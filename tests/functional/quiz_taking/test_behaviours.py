"""What becomes of an answer, in each way in which a quiz can behave."""

import re

import pytest

from assessments.quizzes.plan import Behaviour
from tests.assessments.attempts.making import hints, single
from tests.assessments.examples import SINGLE, TRUTH
from tests.functional.quiz_taking.pages import chosen, has_button, states, verdicts, words_of


def test_deferred_nothing_is_told_before_handing_in(taker):
    learner = taker()
    page = learner.start()
    assert not has_button(page, "Check")
    learner.answer(1, "Tell me what was done")
    page = learner.press("next")
    assert page.request.GET["page"] == "2"
    learner.answer(2, "True")
    page = learner.press("finish")
    assert "All questions are answered." in page
    assert not re.search(r"Wrong|Right|Not yet", page.text)
    page = learner.hand_in()
    assert verdicts(page) == ["Wrong", "Right"]
    assert "Think of what a client may fear." in page
    assert "Not yet." in page
    assert "Who knows what will happen can decide for herself." in page
    assert "Show a right answer" in page


def test_immediate_a_question_is_checked_once(taker):
    learner = taker(behaviour=Behaviour.IMMEDIATE)
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.press("check-1")
    assert "Wrong" in page
    assert "Not yet." in page
    assert not has_button(page, "Check")
    assert "Wrong" in states(page)[0]
    learner.press("next")
    learner.answer(2, "True")
    assert "Right" in learner.press("check-2")
    assert verdicts(learner.hand_in()) == ["Wrong", "Right"]


def test_interactive_a_question_can_be_tried_again_for_less(taker):
    learner = taker((SINGLE,), behaviour=Behaviour.INTERACTIVE)
    page = learner.start()
    assert "Tries left: 2" in page
    learner.answer(1, "Tell me what was done")
    page = learner.press("check-1")
    assert "What may a client fear who knows nobody here?" in page
    assert "Right parts: 0" in words_of(page)
    assert "Try again" in states(page)[0]
    page = learner.press("again-1")
    assert "Tries left: 1" in page
    learner.answer(1, "Who I am")
    page = learner.press("check-1")
    assert not has_button(page, "Try again")
    assert "66.67 %" in learner.hand_in()


def test_interactive_a_window_from_before_a_try_takes_no_other_one(taker):
    learner = taker((single(hints=hints("Think.")),), behaviour=Behaviour.INTERACTIVE)
    learner.start()
    learner.answer(1, "The wrong")
    old = learner.press("save").forms["answers"]
    learner.look()
    learner.press("check-1")
    learner.press("again-1")
    page = old.submit("do", value="check-1")
    assert "This question was checked in another window." in page
    assert "Tries left: 1" in page


def test_manual_a_person_marks_and_until_then_the_result_waits(taker):
    learner = taker(behaviour=Behaviour.MANUAL)
    learner.start()
    learner.answer(1, "Who I am")
    page = learner.hand_in()
    assert "A person has to mark some of your answers yet." in page
    assert "Not marked yet" in page
    assert "A person has to mark some of your answers yet." in learner.quiz()


def test_certainty_is_asked_kept_and_counted(taker):
    learner = taker((TRUTH,), certainty=True)
    page = learner.start()
    assert "How certain are you?" in page
    learner.answer(1, "True")
    learner.sheet["certainty-1"] = "3"
    page = learner.press("save")
    assert page.forms["answers"]["certainty-1"].value == "3"
    page = learner.hand_in()
    assert "Marks: 3 of 3" in words_of(page)
    assert "100 %" in page


@pytest.mark.parametrize("what", ["check-9", "check-1", "again-1", "check", "page"])
def test_what_cannot_be_done_with_a_button_changes_nothing(taker, what):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    sent = [pair for pair in learner.sheet.submit_fields() if pair[0] != "do"]
    learner.browser.post(learner.path, [*sent, ("do", what)], status="*")
    assert chosen(learner.look(1), 1) == "Who I am, and what we can do here"


def test_an_incomplete_answer_cannot_be_checked_and_takes_no_try(taker):
    learner = taker(behaviour=Behaviour.IMMEDIATE)
    learner.start()
    page = learner.sheet.submit("do", value="check-1")
    assert "Please answer all of the question, then check it." in page
    assert has_button(page, "Check")
