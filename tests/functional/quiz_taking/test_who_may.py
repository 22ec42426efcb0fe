"""Who may see an attempt, and who may write to it."""

import pytest

from quizzes import Taker, add_quiz
from tests.assessments.examples import TRUTH


@pytest.mark.parametrize(
    "path", ["", "?page=1", "finish", "review", "receipt", "clock", "files/1/x", "uploads/x"]
)
def test_nobody_else_sees_an_attempt(site, taker, path):
    learner = taker()
    learner.start()
    with site.write() as root:
        site.add_person(root["site"], "another", "member")
    for name in ("another", "author"):
        site.signed_in(name).get(f"{learner.path}{path}", status=403)
    assert "/sign-in" in site.browser().get(f"{learner.path}{path}", status=303).location


@pytest.mark.parametrize("path", ["", "finish", "save"])
def test_nobody_else_writes_to_an_attempt(site, taker, path):
    learner = taker()
    form = learner.start().forms["answers"]
    with site.write() as root:
        site.add_person(root["site"], "another", "member")
    other = Taker(site, "another")
    token = other.form(other.quiz(), "start")["csrf_token"].value
    sent = [(name, value) for name, value in form.submit_fields() if name != "csrf_token"]
    other.browser.post(f"{learner.path}{path}", [*sent, ("csrf_token", token)], status=403)


def test_who_may_not_take_a_quiz_does_not_see_it(site):
    with site.write() as root:
        add_quiz(root["site"], [TRUTH], takers=("enrolled:somewhere",))
    browser = site.signed_in("member")
    browser.get("/quizzes/quiz/", status=403)
