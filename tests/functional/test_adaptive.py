"""A learner takes a question of QTI that adapts, without script: step by step to its end."""

import pytest

from assessments.questions.base import EMPTY
from assessments.questions.qti import QtiQuestion
from assessments.quizzes.plan import ALL, Behaviour, Settings, When
from quizzes import Taker, add_quiz
from tests.assessments.examples import SINGLE
from tests.assessments.questions.qti_items import DOORS


@pytest.fixture
def taker(site):
    def make(behaviour) -> Taker:
        question = QtiQuestion(name="Doors", body=EMPTY, xml=DOORS)
        review = dict.fromkeys(When, ALL)
        with site.write() as root:
            settings = Settings(behaviour=behaviour, review=review)
            add_quiz(root["site"], [question, SINGLE], settings)
        return Taker(site, "member")

    return make


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_it_is_tried_on_the_page_until_it_is_over(taker, site, behaviour):
    learner = taker(behaviour)
    page = learner.start()
    assert "Behind one door is a prize." in page
    assert "Will you change?" not in page

    learner.sheet["q1-i3"] = ["1"]
    page = learner.press("check-1")
    assert "Think of all three doors." in page
    assert learner.sheet.get("q1-i3").value is None

    learner.sheet["q1-i1"] = "1"
    page = learner.press("check-1")
    assert "A goat stands behind door C." in page
    assert "Think of all three doors." not in page
    assert "Behind one door is a prize." not in page

    learner.sheet["q1-i2"] = "1"
    page = learner.press("check-1")
    assert not page.html.find("button", value="check-1")
    told = behaviour is not Behaviour.MANUAL
    assert ("You have won." in page) is told

    review = learner.hand_in()
    assert ("You have won." in review) is told
    assert ("Marks: 1 of 1" in review) is told
