"""Quizzes as parts of courses: which there are, what they ask for, what somebody has in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from math import floor
from typing import Any

from assessments.attempts.result import attempts_since, result_for, shown_mark
from assessments.attempts.review import matrix
from assessments.attempts.rules import is_practice
from assessments.attempts.start import attempts_of
from assessments.quizzes.plan import See
from assessments.resources import Quiz
from lms.resources.courses import Course, Enrolment, QuizLesson


def add(course: Course, quiz: Quiz, *, needs: str = "finished") -> QuizLesson:
    """Make a quiz the last part of the course; who is enrolled may take it. Doing it again changes
    nothing."""
    found = lesson_of(course, quiz)
    if found is None:
        found = QuizLesson(quiz, needs)
        course.contents = (*course.contents, found)
    open_quizzes(course)
    return found


def remove(course: Course, quiz: Quiz) -> None:
    """Take a quiz out of the course. What was done in it is kept."""
    lesson = lesson_of(course, quiz)
    course.contents = tuple(each for each in course.contents if each is not lesson)
    quiz.takers = quiz.takers - {taker_of(course)}


def lesson_of(course: Course, quiz: Quiz) -> QuizLesson | None:
    """The quiz as a part of the course, when it is one."""
    return next((each for each in course.quizzes if each.quiz is quiz), None)


def taker_of(course: Course) -> str:
    """The principal of who is in a course."""
    return f"enrolled:{course.__name__}"


def open_quizzes(course: Course) -> None:
    """Who is in a published course may take its quizzes; in a withdrawn one nobody may."""
    for lesson in course.quizzes:
        taker = {taker_of(course)}
        takers = lesson.quiz.takers | taker if course.published else lesson.quiz.takers - taker
        if takers != lesson.quiz.takers:
            lesson.quiz.takers = takers


def asked_of(lesson: QuizLesson) -> str:
    """What completing the course asks of a quiz: of one for practice nothing, whatever was said
    before it became one."""
    return "nothing" if is_practice(lesson.quiz) else lesson.needs


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a quiz of a course.

    :param needs: what completing the course asks of it (:func:`asked_of`)
    :param met: whether it asks for nothing more
    :param status: ``not started``, ``completed`` (handed in), ``passed`` or ``failed``
    :param percent: the result as people are shown it, as text; None for none that may be seen
    :param share: the same as it is, 1 for all of it
    """

    lesson: QuizLesson
    needs: str
    met: bool
    status: str
    percent: str | None
    share: Fraction | None


def standings(course: Course, enrolment: Enrolment | None) -> list[Standing]:
    """Where somebody stands in each quiz of the course."""
    known = {} if enrolment is None else enrolment.quizzes
    return [_standing(each, known.get(each.quiz.__name__, {})) for each in course.quizzes]


def standings_since(course: Course, learner_id: str, since: datetime) -> list[Standing]:
    """Where somebody would stand in each quiz of the course, had there been no attempt before."""
    return [_standing(each, known_of(each.quiz, learner_id, since)) for each in course.quizzes]


def _standing(lesson: QuizLesson, known: Mapping[str, Any]) -> Standing:
    needs = asked_of(lesson)
    finished, passed = known.get("finished", False), known.get("passed")
    status = "not started"
    if finished:
        status = {True: "passed", False: "failed", None: "completed"}[passed]
    met = {"nothing": True, "finished": finished, "passed": passed is True}[needs]
    share = known.get("share")
    exact = None if share is None else Fraction(share)
    return Standing(lesson, needs, met, status, known.get("percent"), exact)


def as_told(standing: Standing, learner_id: str, now: datetime) -> Standing:
    """The standing as far as the quiz lets its learner know it at this moment."""
    finished = [
        each for each in attempts_of(standing.lesson.quiz, learner_id) if each.finished is not None
    ]
    # Several of them bring one result together: it tells of each.
    if all(See.MARKS in matrix(each, now) for each in finished):
        return standing
    return replace(standing, met=True, status="completed", percent=None, share=None)


def told_to(course: Course, enrolment: Enrolment | None, learner_id: str, now: datetime):
    """Where the learner stands in each quiz of the course, as far as they may know it: a quiz that
    is handed in and whose result is not told looks as if it asked for nothing more."""
    return [as_told(each, learner_id, now) for each in standings(course, enrolment)]


def are_met(enrolment: Enrolment) -> bool:
    """Whether every quiz of the course has what completing the course asks of it."""
    return all(each.met for each in standings(enrolment.course, enrolment))


def score(known: Iterable[Standing]) -> int | None:
    """The result of a course of quizzes alone, in whole percent, rounded down as a package's is:
    the mean of those that have to be passed, once there is a result of each. It is taken of what
    they are, not of what people are shown: 79.996 % is not yet 80 %. A quiz that only has to be
    handed in, as a pre-test, examines nobody.

    :param known: where somebody stands in its quizzes
    """
    results = [each.share for each in known if each.needs == "passed"]
    found = [each for each in results if each is not None]
    if not found or len(found) < len(results):
        return None
    return floor(sum(found) * 100 / len(found))


def known_of(quiz: Quiz, learner_id: str, since: datetime | None = None) -> dict[str, Any]:
    """What somebody has in a quiz now (shape: ``Enrolment.quizzes``). While a person has to mark
    something, nobody has failed, and there is no result yet.

    :param since: attempts that were handed in before count for nothing
    """
    result = result_for(quiz, learner_id, since)
    if result is not None and result.waiting and not result.passed:
        result = None
    share = None if result is None else result.share
    attempts = attempts_since(quiz, learner_id, since)
    return {
        "finished": any(each.state == "finished" for each in attempts),
        "passed": None if result is None else result.passed,
        "percent": None if share is None else str(shown_mark(share * 100)),
        "share": None if share is None else str(share),
    }


def keep_exact(enrolment: Enrolment, learner_id: str) -> None:
    """Keep exactly what earlier versions have kept as it is shown; what cannot be found any more,
    as it was shown. Doing it again changes nothing."""
    found: dict[str, dict[str, Any]] = {}
    quizzes = {each.quiz.__name__: each.quiz for each in enrolment.course.quizzes}
    for key, known in enrolment.quizzes.items():
        if "share" in known:
            continue
        percent = known.get("percent")
        now = known_of(quizzes[key], learner_id) if key in quizzes else {}
        if now.get("percent") == percent:
            share = now.get("share")
        else:
            share = None if percent is None else str(Fraction(percent) / 100)
        found[key] = {**known, "share": share}
    if found:
        enrolment.quizzes = {**enrolment.quizzes, **found}


def take_over(enrolment: Enrolment, quiz: Quiz, learner_id: str, now: datetime) -> None:
    """Keep what somebody has in a quiz now, with their enrolment."""
    known = known_of(quiz, learner_id)
    if enrolment.quizzes.get(quiz.__name__) != known:
        enrolment.quizzes = {**enrolment.quizzes, quiz.__name__: known}
        enrolment.last = now
