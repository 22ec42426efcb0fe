"""A quiz, and a member who takes it."""

import pytest

from assessments.quizzes.plan import Settings
from quizzes import Taker, add_quiz
from tests.assessments.examples import SINGLE, TRUTH


@pytest.fixture
def taker(site):
    """Makes a quiz of these questions, and a member who takes it."""

    def make(questions=(SINGLE, TRUTH), **settings) -> Taker:
        with site.write() as root:
            add_quiz(root["site"], list(questions), Settings(**settings))
        return Taker(site, "member")

    return make
