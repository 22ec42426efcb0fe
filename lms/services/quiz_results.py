"""What comes of results in quizzes: courses are completed by them. No HTTP."""

from collections.abc import Callable
from datetime import datetime

from assessments.attempts.finish import close_overdue, overdue
from assessments.attempts.rules import is_practice
from assessments.attempts.start import attempts_of
from assessments.resources import Attempt, Quiz
from lms.resources.courses import Course, Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import awards, courses, quizzes


def enrolments_with(site: Site, quiz: Quiz, learner_id: str) -> list[tuple[Person, Enrolment]]:
    """The learner as a person, with each enrolment in a course that the quiz is a part of."""
    person = site.people.by_learner(learner_id)
    if person is None:
        return []
    return [
        (person, enrolment)
        for enrolment in person.enrolments.values()
        if quizzes.lesson_of(enrolment.course, quiz) is not None
    ]


def follow(site: Site, quiz: Quiz, learner_id: str, issuer: str, now: datetime) -> None:
    """Something came of a quiz: bring the enrolments up to date that it is a part of; what is
    earned by it is issued, once. Of practice nothing is kept."""
    for enrolment in _bring_up_to_date(site, quiz, learner_id, issuer, now, awards.consider):
        # What comes of another quiz at this moment meets it, also where both change nothing that
        # is kept here: a certificate may be earned anew by the two together.
        enrolment._p_changed = True


def _bring_up_to_date(
    site: Site,
    quiz: Quiz,
    learner_id: str,
    issuer: str,
    now: datetime,
    issue: Callable[[Site, Person, Enrolment, str, datetime, str], object],
) -> list[Enrolment]:
    """The enrolments that the quiz is a part of.

    :param issue: issues what is earned by it
    """
    found = [] if is_practice(quiz) else enrolments_with(site, quiz, learner_id)
    for person, enrolment in found:
        quizzes.take_over(enrolment, quiz, learner_id, now)
        if courses.settle(enrolment, now):
            awards.note_completion(site, person, enrolment, now, actor=person.id)
        issue(site, person, enrolment, issuer, now, person.id)
    return [enrolment for _person, enrolment in found]


def catch_up(site: Site, course: Course, person: Person, issuer: str, now: datetime) -> None:
    """Take over what somebody did in quizzes before they were in the course, or the quizzes were:
    they may not be able to take them again. Whoever is taken in has no other results there that
    could come at the same moment, and a course that is changed is looked at once more."""
    for lesson in course.quizzes:
        if attempts_of(lesson.quiz, person.learner_id):
            learner_id = person.learner_id
            _bring_up_to_date(site, lesson.quiz, learner_id, issuer, now, awards.brought)


def catch_up_all(site: Site, course: Course, issuer: str, now: datetime) -> None:
    """:func:`catch_up` for everybody in the course."""
    for person_id in list(course.roster):
        person = site.people.get(person_id)
        if person is not None:
            catch_up(site, course, person, issuer, now)


def overdue_in(site: Site, now: datetime) -> list[tuple[str, str]]:
    """The attempts whose time is over and that nobody handed in: ids of quiz and attempt."""
    return [
        (quiz.__name__, attempt.__name__)
        for quiz in site.quizzes.values()
        for attempt in overdue(quiz, now)
    ]


def close(site: Site, quiz_id: str, attempt_id: str, issuer: str, now: datetime) -> None:
    """Close such an attempt as of its deadline. Who has done so meanwhile, or taken the quiz away,
    was first."""
    quiz = site.quizzes.get(quiz_id)
    attempt: Attempt | None = None if quiz is None else quiz.open.get(attempt_id)
    if attempt is not None and close_overdue(attempt, now):
        follow(site, attempt.quiz, attempt.learner_id, issuer, now)
