"""The demo course has a quiz, asked from a bank that stands as a text under ``courses/``."""

from random import Random

import pytest

from assessments.attempts.start import start
from assessments.exchange import gift
from assessments.quizzes.checks import check
from assessments.quizzes.sections import sections_of
from lms.command import demo_quiz
from lms.resources.site import SITE
from lms.services import quizzes
from lms.zodb import open_database
from servers import ROOT
from sites import NOW, Writing


@pytest.fixture
def root(tutela):
    tutela("demo")
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as found:
        yield found[SITE]
    database.close()


def test_the_text_is_read_without_a_remark_and_has_many_types():
    taken = gift.read(demo_quiz.QUESTIONS.read_bytes())

    assert taken.remarks == ()
    assert len(taken.entries) == 10
    assert len({entry.question.kind for entry in taken.entries}) >= 5
    assert [entry.question.problems() for entry in taken.entries] == [[]] * 10


def test_the_quiz_is_a_part_of_the_demo_course_and_can_be_begun(root):
    (quiz,) = root.quizzes.values()
    course = root.courses["global-standards"]

    attempt = start(root.bank, quiz, "l-1", (), NOW, random=Random(1))

    assert not check(root.bank, sections_of(quiz))
    assert len(attempt.answers) == 6
    assert quizzes.lesson_of(course, quiz) is not None
    assert quizzes.taker_of(course) in quiz.takers


def test_the_certificate_of_the_demo_course_does_not_wait_for_the_quiz(root):
    (lesson,) = root.courses["global-standards"].quizzes

    assert lesson.needs == "nothing"
