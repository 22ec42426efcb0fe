"""What is shown when an attempt was handed in, and its receipt."""

import re
from decimal import Decimal

from assessments.attempts.receipt import verify
from assessments.questions.html import Html
from assessments.quizzes.plan import Band, See, When
from tests.assessments.examples import TRUTH
from tests.functional.quiz_taking.pages import NOTHING, verdicts


def test_before_an_attempt_is_handed_in_there_is_no_review_and_no_receipt(taker):
    learner = taker()
    learner.start()
    assert "page=1" in learner.browser.get(f"{learner.path}review").location
    assert learner.browser.get(f"{learner.path}receipt").location.endswith("finish")


def test_what_may_not_be_seen_is_not_in_the_review(taker):
    learner = taker(review=NOTHING)
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.hand_in()
    assert "Your answers are kept. They are not shown here now." in page
    assert not re.search(r"Wrong|Right|Marks|%", page.text.partition("<main")[2])


def test_answers_alone_can_be_seen_without_verdicts(taker):
    learner = taker(review=dict.fromkeys(When, frozenset({See.RESPONSES})))
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.hand_in()
    assert "Your answer" in page
    assert "Show a right answer" not in page
    assert verdicts(page) == ["Answered", "Not answered"]


def test_the_result_chooses_what_is_said_to_the_whole(taker):
    bands = (
        Band(Decimal(0), Html("<p>Read it again.</p>")),
        Band(Decimal(80), Html("<p>You know this.</p>")),
    )
    learner = taker((TRUTH,), bands=bands)
    learner.start()
    learner.answer(1, "True")
    page = learner.hand_in()
    assert "You know this." in page
    assert "Read it again." not in page


def test_the_receipt_is_genuine_and_can_be_saved(site, taker):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    learner.press("save")
    page = learner.hand_in()
    file = page.click("Save the receipt")
    assert file.content_type == "text/plain"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    found = verify(file.text, site.settings.secret)
    assert found is not None
    assert found.count == 1
    assert found.chain in page


def test_the_review_leads_back_to_where_the_quiz_came_from(site, taker):
    learner = taker()
    registry = learner.registry
    registry["assessments.back"] = lambda _request, _quiz: ("/courses/first", "First meetings")
    learner.start()
    page = learner.hand_in()
    assert page.html.find("a", string="First meetings")["href"] == "/courses/first"
    assert learner.quiz().html.find("a", string="First meetings")["href"] == "/courses/first"
