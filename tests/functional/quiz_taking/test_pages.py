"""Going through the pages of an attempt."""

import pytest

from assessments.quizzes.plan import Settings
from quizzes import Taker, add_quiz
from tests.assessments.examples import SINGLE, TRUTH
from tests.functional.quiz_taking.pages import choose, chosen, states, verdicts


def test_the_list_leads_to_every_page_and_saves_the_one_that_is_left(taker):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    page = learner.press("page-2")
    assert page.request.GET["page"] == "2"
    assert states(page) == ["1 Answered", "2 Not answered"]
    page = learner.press("previous")
    assert chosen(page, 1) == "Who I am, and what we can do here"


def test_a_question_to_come_back_to_is_marked_until_it_is_not(taker):
    learner = taker()
    learner.start()
    learner.sheet["flag-1"] = True
    assert states(learner.press("save"))[0] == "1 Not answered Later"
    assert "To come back to" in learner.press("finish")
    learner.look()
    learner.sheet["flag-1"] = False
    assert states(learner.press("save"))[0] == "1 Not answered"


def test_an_older_page_changes_no_flag_that_was_set_since(taker):
    learner = taker()
    old = learner.look_at(learner.start())
    learner.sheet["flag-1"] = True
    learner.press("save")
    old.submit("do", value="save")
    assert states(learner.look())[0] == "1 Not answered Later"


def test_a_sequential_attempt_cannot_be_gone_back_in(taker):
    learner = taker(sequential=True)
    assert "You cannot come back to this page when you go on." in learner.start()
    learner.press("next")
    assert learner.look(1).request.GET["page"] == "2"


def test_what_is_sent_from_a_page_that_was_left_is_kept_and_does_not_count(taker):
    learner = taker(sequential=True)
    old = learner.start().forms["answers"]
    learner.answer(1, "Who I am")
    learner.press("next")
    choose(old, 1, "rules")
    page = old.submit("do", value="save")
    assert "Page 2 of 2" in page
    assert verdicts(learner.hand_in())[0] == "Right"


def test_the_first_page_of_a_section_has_its_heading(site):
    with site.write() as root:
        add_quiz(root["site"], [SINGLE, TRUTH], Settings(), sections=2)
    learner = Taker(site, "member")
    assert "<h2>Part 1</h2>" in learner.start()
    assert "<h2>Part 2</h2>" in learner.press("next")


@pytest.mark.parametrize("page", ["0", "3", "99999"])
def test_a_page_that_is_not_there_is_not_found(taker, page):
    learner = taker()
    learner.start()
    learner.browser.get(f"{learner.path}?page={page}", status=404)
