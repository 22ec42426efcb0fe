"""What a course consists of: kept in its order, also in a database from before."""

from fractions import Fraction
from random import Random

import pytest
import ZODB
from ZODB.DemoStorage import DemoStorage

from assessments.attempts.finish import finish
from assessments.attempts.result import shown_mark
from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.resources import Quiz
from learners import add_person
from lms.evolution import STEPS
from lms.resources.courses import Course, QuizLesson
from lms.resources.site import SITE, Site
from lms.services import courses, quizzes
from lms.services.quizzes import Standing
from lms.zodb import find_class
from quizzes import add_quiz
from scorm.resources import ScormPackage
from sites import NOW
from tests.assessments.examples import TRUTH

STEP = next(step for step in STEPS if step.name == "list-what-courses-consist-of")


def as_before(course: Course, package: ScormPackage, lessons: dict[str, str]) -> None:
    """Give a course the shape that an older version stored.

    :param lessons: for each quiz where it stood
    """
    state = course.__dict__
    del state["contents"]
    state["package"] = package
    if lessons:
        kept = []
        for key, place in lessons.items():
            lesson = QuizLesson(Quiz(key, key.title(), NOW), "finished")
            lesson.__dict__["place"] = place
            kept.append(lesson)
        state["quizzes"] = tuple(kept)
    course._p_changed = True


def test_a_course_from_before_keeps_its_package_between_its_quizzes():
    database = ZODB.DB(DemoStorage(), class_factory=find_class)
    with database.transaction() as connection:
        site = connection.root()[SITE] = Site()
        for slug, lessons in (
            ("plain", {}),
            ("rich", {"last": "after", "first": "before", "end": "after"}),
        ):
            course = Course(slug, slug, None, NOW)
            site.courses.add(course)
            as_before(course, ScormPackage("p", "Package", "author", NOW), lessons)
    with database.transaction() as connection:
        STEP.run(connection.root())
        STEP.run(connection.root())
    with database.transaction() as connection:
        found = connection.root()[SITE].courses
        assert [each.title for each in found["plain"].contents] == ["Package"]
        assert found["rich"].package.title == "Package"
        names = [
            each.quiz.__name__ if isinstance(each, QuizLesson) else each.__name__
            for each in found["rich"].contents
        ]
        assert names == ["first", "p", "last", "end"]
        assert not any("place" in lesson.__getstate__() for lesson in found["rich"].quizzes)
    database.close()


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ((0, 1, 2), "abc"),
        ((1, 1, 2), "bac"),
        ((0, 0, 2), "bac"),
        ((0, 1, 0), "cab"),
        ((2, 1, 0), "cba"),
        ((2, 1, 2), "bca"),
    ],
)
def test_the_part_that_moves_pushes_the_other_on(wanted, order):
    course = Course("c", "C", None, NOW)
    for key in "abc":
        quizzes.add(course, Quiz(key, key, NOW))
    courses.arrange(course, wanted)
    assert "".join(each.quiz.__name__ for each in course.quizzes) == order


def standing(needs: str, percent: str | None) -> Standing:
    share = None if percent is None else Fraction(percent) / 100
    shown = None if percent is None else str(shown_mark(Fraction(percent)))
    lesson = QuizLesson(Quiz("q", "Q", NOW), needs)
    return Standing(lesson, needs, False, "completed", shown, share)


@pytest.mark.parametrize(
    ("known", "score"),
    [
        ([], None),
        ([("finished", "90")], None),
        ([("passed", "79.99"), ("finished", "0")], 79),
        ([("passed", "79.999")], 79),
        ([("passed", "239/3"), ("passed", "241/3")], 80),
        ([("passed", "79.994"), ("passed", "80.005")], 79),
        ([("passed", "80"), ("passed", "95.5")], 87),
        ([("passed", "-0.5")], -1),
        ([("passed", "80"), ("passed", None)], None),
    ],
)
def test_the_result_of_quizzes_alone_is_the_mean_of_those_to_be_passed(known, score):
    assert quizzes.score(standing(*each) for each in known) == score


def answered(site: Site, right: int, learner_id: str) -> Quiz:
    """A quiz of three questions that somebody has handed in."""
    quiz = add_quiz(site, [TRUTH] * 3)
    attempt = start(site.bank, quiz, learner_id, (), NOW, random=Random(1))
    for at in range(3):
        chosen = "1" if (at < right) is TRUTH.right else "2"
        save(attempt, at, revision=0, posted={"answer": [chosen]}, now=NOW)
    finish(attempt, now=NOW)
    return quiz


def test_the_result_of_a_quiz_is_kept_as_it_is_and_as_it_is_shown():
    quiz = answered(Site(), 2, "learner")
    known = quizzes.known_of(quiz, "learner")
    assert (known["percent"], known["share"]) == ("66.67", "2/3")


def test_results_that_were_kept_as_they_were_shown_are_kept_as_they_are():
    exact = next(step for step in STEPS if step.name == "keep-exact-results-of-quizzes")
    site = Site()
    ana = add_person(site, "ana", NOW)
    course = courses.create(site.courses, None, title="C", slug="c", now=NOW)
    quizzes.add(course, answered(site, 2, ana.learner_id), needs="passed")
    enrolment = courses.enrol(course, ana, NOW)
    shown = {"finished": True, "passed": True}
    enrolment.quizzes = {
        "quiz": {**shown, "percent": "66.67"},
        "taken out of the course": {**shown, "percent": "66.67"},
        "not marked": {**shown, "percent": None},
    }
    courses.enrol(course, add_person(site, "bea", NOW), NOW)
    for _twice in range(2):
        exact.run({SITE: site})
    assert {key: known["share"] for key, known in enrolment.quizzes.items()} == {
        "quiz": "2/3",
        "taken out of the course": "6667/10000",
        "not marked": None,
    }
    assert quizzes.score(quizzes.standings(course, enrolment)) == 66
