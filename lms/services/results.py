"""What somebody has in a quiz, followed by the courses that the quiz is a part of."""

from datetime import datetime

from assessments.resources import Quiz
from lms.resources.courses import Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import awards, courses, quizzes


def follow(site: Site, quiz: Quiz, learner_id: str, issuer: str, now: datetime) -> None:
    """Bring the learner's enrolments up to date; what completes a course issues its certificate,
    once.

    :param issuer: the site's name
    """
    for person, enrolment in enrolments_with(site, quiz, learner_id):
        quizzes.take_over(enrolment, quiz, learner_id, now)
        if courses.settle(enrolment, now):
            awards.complete(site, person, enrolment, issuer, now, actor=person.id)


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
