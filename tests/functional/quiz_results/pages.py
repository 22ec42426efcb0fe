"""What tests of the results of a quiz do with its pages."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from assessments.bank import items
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from lms.services import audit
from sites import NOW
from tests.assessments.attempts.making import single

ESSAY = EssayQuestion(
    name="A letter", body=Html("<p>Write a letter.</p>"), files=2, mark=Fraction(3)
)
LATER = NOW + timedelta(minutes=5)


def content_form(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def said(page) -> str:
    return page.html.find("main").get_text(" ", strip=True)


def member_id(site, username="member") -> str:
    with site.write() as root:
        return root["site"].people.by_username(username).learner_id


def fraction(site, attempt, position=0):
    with site.write() as root:
        return root["site"].quizzes["quiz"].attempts[attempt].answers[position].fraction


def audited(site, action):
    with site.write() as root:
        found, _before = audit.page(root["site"].audit)
        return [each for each in found if each["action"] == action]


def mend(site, position, question):
    """A new version of a question of the quiz."""
    with site.write() as root:
        item = root["site"].bank.items[f"item{position}"]
        items.save(item, question, {}, now=LATER, by="person:author")


def right_is(key) -> ChoiceQuestion:
    question = single()
    choices = tuple(replace(each, fraction=Fraction(each.key == key)) for each in question.choices)
    return replace(question, choices=choices)


def preview_regrade(browser, **fields):
    page = browser.get("/quizzes/quiz/regrade")
    form = content_form(page, "versions")
    form.get("question", 0).checked = True
    for name, value in fields.items():
        form[name] = value
    return form.submit().follow()


def apply_regrade(page, reason="The key was wrong."):
    form = content_form(page, "reason")
    form["reason"] = reason
    answer = form.submit("do", value="apply", expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def table_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
