"""An author, a quiz, and people who take it."""

from datetime import timedelta
from random import Random

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.questions.essay import EssayQuestion
from assessments.quizzes.plan import Settings
from quizzes import add_quiz
from sites import NOW
from tests.assessments.attempts.making import say


@pytest.fixture
def author(site):
    return site.signed_in("author")


@pytest.fixture
def make(site):
    """Makes a quiz of these questions."""

    def make(*questions, **settings):
        with site.write() as root:
            add_quiz(root["site"], list(questions), Settings(**settings))

    return make


@pytest.fixture
def takes(site):
    """Somebody hands in an attempt: choices by author's keys, texts as they are."""

    def takes(learner, *answers, hand_in=True, minutes=0):
        with site.write() as root:
            quiz = root["site"].quizzes["quiz"]
            now = NOW + timedelta(minutes=minutes)
            random = Random(f"{learner}{minutes}")
            attempt = start(root["site"].bank, quiz, learner, (), now, random=random)
            for position, words in enumerate(answers):
                if words is None:
                    continue
                if isinstance(attempt.answers[position].version.question, EssayQuestion):
                    save(attempt, position, revision=0, posted={"text": [words]}, now=now)
                else:
                    say(attempt, position, words, now=now)
            if hand_in:
                finish(attempt, now=now + timedelta(minutes=1))
            return attempt.__name__

    return takes
