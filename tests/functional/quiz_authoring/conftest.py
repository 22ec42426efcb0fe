"""An author, and a quiz to work on."""

import pytest

from quizzes import add_quiz
from tests.assessments.attempts.making import single
from tests.assessments.examples import EXAMPLES


@pytest.fixture
def author(site):
    return site.signed_in("author")


@pytest.fixture
def quiz(site):
    """The address of a quiz with three questions."""
    with site.write() as root:
        made = add_quiz(root["site"], [single("one"), single("two"), EXAMPLES["description"]])
        made.takers = frozenset()
    return "/quizzes/quiz"
