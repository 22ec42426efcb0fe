"""Making, describing, copying and removing quizzes."""

import secrets
from datetime import datetime

from translationstring import TranslationStringFactory

from assessments.bank.categories import May
from assessments.questions.html import Html
from assessments.quizzes.plan import Section, Settings, to_plain
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import new_id, readable, sections_of
from assessments.resources import Bank, Quiz, Quizzes

_ = TranslationStringFactory("tutela")

LONGEST_TITLE = 200


def check_title(title: str) -> str:
    """The title without what nobody sees.

    :raises QuizRefused: when it is empty or too long
    """
    title = " ".join(title.split())
    if not title:
        raise QuizRefused(_("Give the quiz a title."))
    if len(title) > LONGEST_TITLE:
        raise QuizRefused(
            _("This title is too long. Use at most ${most} characters.", {"most": LONGEST_TITLE})
        )
    return title


def make(
    quizzes: Quizzes, title: str, *, now: datetime, owner: str = "", language: str = "en"
) -> Quiz:
    """A new quiz with one empty section. Its rules take away fear: attempts as many as one likes,
    no time limit, everything explained afterwards.

    :param owner: principal of who makes it
    :raises QuizRefused: when the title cannot be used
    """
    quiz = Quiz(secrets.token_hex(8), check_title(title), now, owner)
    quiz.language = language
    quiz.settings = to_plain(Settings())
    quiz.sections = (to_plain(Section(new_id())),)
    quizzes.add(quiz)
    return quiz


def change(
    quiz: Quiz, *, title: str, intro: Html, language: str, settings: Settings, now: datetime
) -> None:
    """Describe a quiz, and give it its rules.

    :raises QuizRefused: when the title cannot be used
    """
    quiz.title = check_title(title)
    quiz.intro = intro
    quiz.language = language
    quiz.settings = to_plain(settings)
    quiz.changed = now


def duplicate(
    quizzes: Quizzes, quiz: Quiz, bank: Bank, may: May, *, now: datetime, owner: str = ""
) -> Quiz:
    """A quiz with the same rules and questions. Who takes it, exceptions and attempts stay with the
    first one, and so do questions that its new owner may not read.

    :param may: whether the questions of a category may be read
    """
    mark = " (2)"
    made = Quiz(secrets.token_hex(8), quiz.title[: LONGEST_TITLE - len(mark)] + mark, now, owner)
    made.intro = quiz.intro
    made.language = quiz.language
    made.settings = dict(quiz.settings)
    asked = readable(sections_of(quiz), bank, may, owner)
    made.sections = tuple(to_plain(each) for each in asked)
    quizzes.add(made)
    return made


def begun(quiz: Quiz) -> int:
    """How many attempts learners have begun; an author's own looks are not among them. No attempt
    is loaded for it."""
    return sum(not key.endswith("/preview") for key in quiz.by_learner)


def remove(quizzes: Quizzes, quiz: Quiz) -> None:
    """Take a quiz away for good.

    :raises QuizRefused: when somebody has begun it or may take it
    """
    if begun(quiz):
        raise QuizRefused(
            _("Somebody has begun this quiz. What they answered is kept, and the quiz with it.")
        )
    if quiz.takers:
        raise QuizRefused(_("This quiz is a part of a course. Take it out of the course first."))
    quizzes.remove(quiz)
