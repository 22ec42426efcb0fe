"""A small question bank and a quiz for the demo course, from a text that an author can read."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from assessments.bank import categories, take
from assessments.exchange import gift
from assessments.questions.html import escaped
from assessments.quizzes import editing
from assessments.quizzes import sections as plan
from assessments.quizzes.plan import Behaviour, Section, Settings
from assessments.resources import Quiz
from lms.resources.courses import Course
from lms.resources.site import Site
from lms.services import quizzes

QUESTIONS = (
    Path(__file__).resolve().parents[2] / "courses" / "questions" / "standards-and-rights.gift"
)
CATEGORY = "Standards and rights"
TITLE = "Looking back: standards and rights"
INTRO = (
    "Six questions about what the course told you. After each you read why an answer is right. "
    "Try as often as you like."
)
NAMED = ("gsr-count", "gsr-adopted", "gsr-figures")


def add(site: Site, course: Course, now: datetime) -> Quiz:
    """Questions, and a quiz that asks three of them by name and three by chance. Completing the
    course does not ask for it."""
    category = categories.at(site.bank, [CATEGORY])
    taken = take.take(site.bank, gift.read(QUESTIONS.read_bytes()).entries, category, now, by="")
    by_code = {item.code: item.__name__ for item in taken.items}
    quiz = editing.make(site.quizzes, TITLE, now=now)
    editing.change(
        quiz,
        title=TITLE,
        intro=escaped(INTRO),
        language="en",
        settings=Settings(behaviour=Behaviour.IMMEDIATE),
        now=now,
    )
    standards, rights = Section(plan.new_id(), "The standards"), Section(plan.new_id(), "The right")
    sections = plan.add_items((standards, rights), standards.id, (by_code[key] for key in NAMED))
    sections = plan.add_chance(
        sections,
        rights.id,
        count=3,
        category=category.__name__,
        below=False,
        tags=("rights",),
        mark=Fraction(1),
    )
    plan.keep(quiz, sections, now)
    quizzes.add(course, quiz, needs="nothing")
    return quiz
