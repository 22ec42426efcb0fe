"""Quizzes as parts of courses: opening them there, what completing a course asks of them, what a
certificate says of them."""

from decimal import Decimal
from urllib.parse import urlsplit

import pytest

import smallest
from assessments.quizzes.plan import See, Settings, When
from lms.services import awards, courses
from quizzes import Taker, add_quiz
from sites import NOW, upload
from tests.assessments.examples import ESSAY, TRUTH

RIGHT, WRONG = ("True", "False") if TRUTH.right else ("False", "True")


@pytest.fixture
def course(site, tmp_path):
    """A published course on the smallest package; its address."""
    author = site.signed_in("author")
    upload(author, "a.zip", smallest.write(tmp_path / "a.zip", "2004").read_bytes())
    with site.write() as root:
        found = root["site"]
        (package,) = found.packages.values()
        made = courses.create(found.courses, package, title="Rest", slug="rest", now=NOW)
        made.published = True
    return "/courses/rest/"


@pytest.fixture
def quiz(site, course):
    """Makes a quiz, and lets the author make it a part of the course by its form: after the
    package, unless it is to be first."""

    def make(needs="finished", first=False, questions=(TRUTH,), **settings):
        with site.write() as root:
            add_quiz(root["site"], list(questions), Settings(**settings), takers=())
        author = site.signed_in("author")
        form = author.get(f"{course}parts").forms["form"]
        form["quiz"] = "quiz"
        form = form.submit("save").follow().forms["form"]
        form["needs"] = needs
        if first:
            form.set("place", "1", index=1)
        form.submit("save")

    return make


def take(site, answer: str, username: str = "member") -> None:
    """Take the quiz from its page, and hand it in."""
    taker = Taker(site, username)
    taker.start()
    taker.answer(1, answer)
    page = taker.press("finish")
    taker.form(page, "finish").submit()


def button(page) -> str:
    """Where the one button of a course's page leads to."""
    return urlsplit(page.html.select_one("button.primary").parent["action"]).path


def finish_package(site, course, username: str = "member") -> None:
    """Open the course and let its package report that it is complete."""
    browser = site.signed_in(username)
    page = browser.get(course)
    form = next(form for form in page.forms.values() if form.action.endswith("/launch"))
    content, capability = site.content(form.submit().location)
    content.post_json(f"/{capability}/start", {"session": "-"})
    values = [["cmi.completion_status", "completed"]]
    entry = {"number": 1, "kind": "set", "activity": "i", "values": values}
    content.post_json(f"/{capability}/commit", {"entries": [entry]})


def text(site, course, username: str = "member") -> str:
    return site.signed_in(username).get(course).html.find("main").get_text(" ", strip=True)


def enrolment(site, username: str = "member"):
    with site.write() as root:
        person = root["site"].people.by_username(username)
        found = person.enrolments["rest"]
        held = awards.held_in(root["site"], person.learner_id, found.course)
        return found.completed, [each.code for each in held], dict(found.quizzes)


def test_a_member_opens_a_quiz_on_the_course_page_and_is_enrolled_by_it(site, course, quiz):
    quiz(first=True)
    member = site.signed_in("member")
    page = member.get(course)
    first, *_others = page.html.select("main ol > li")
    assert " ".join(first.get_text().split()) == "A first conversation Quiz, to be handed in"
    form = next(form for form in page.forms.values() if form.action.endswith("/quiz"))

    page = form.submit().follow()

    assert page.html.find("h1").get_text() == "A first conversation"
    assert page.html.select_one("p.trail a").get_text() == "Rest"
    assert member.get(course).html.select_one("li[data-part=quiz] a") is not None


def test_who_is_not_enrolled_cannot_take_it(site, course, quiz):
    quiz()
    site.signed_in("member").get("/quizzes/quiz/", status=403)


def test_a_course_waits_for_the_quiz_that_it_asks_for(site, course, quiz):
    quiz(needs="finished")
    finish_package(site, course)

    assert enrolment(site)[0] is None
    assert "Still missing: 1 part (A first conversation)." in text(site, course)

    take(site, WRONG)

    completed, certificates, _known = enrolment(site)
    assert completed is not None
    assert len(certificates) == 1
    assert "You have completed this course." in text(site, course)


def test_a_quiz_that_has_to_be_passed_is_taken_until_it_is(site, course, quiz):
    quiz(needs="passed", pass_percent=Decimal(80))
    finish_package(site, course)
    take(site, WRONG)
    assert enrolment(site)[0] is None
    assert "failed" in text(site, course)

    take(site, RIGHT)

    assert enrolment(site)[0] is not None
    known = enrolment(site)[2]["quiz"]
    assert known == {"finished": True, "passed": True, "percent": "100", "share": "1"}


def test_nobody_has_failed_while_a_person_has_to_mark_something(site, course, quiz):
    quiz(needs="passed", pass_percent=Decimal(80), questions=(TRUTH, ESSAY))
    finish_package(site, course)
    taker = Taker(site, "member")
    taker.start()
    taker.answer(1, RIGHT)
    taker.press("next")
    taker.sheet["q2-text"] = "Dear colleague"
    taker.hand_in()

    known = enrolment(site)[2]["quiz"]
    assert known == {"finished": True, "passed": None, "percent": None, "share": None}
    assert "failed" not in text(site, course)
    assert "failed" not in site.signed_in("admin").get(f"{course}report").html.find("main").text


def test_a_quiz_first_and_the_package_later_completes_the_course_too(site, course, quiz):
    quiz(needs="finished", first=True)
    member = site.signed_in("member")
    page = member.get(course)
    next(form for form in page.forms.values() if form.action.endswith("/quiz")).submit()
    take(site, RIGHT)
    assert enrolment(site)[0] is None

    finish_package(site, course)

    assert enrolment(site)[0] is not None


def test_the_button_leads_to_the_first_part_that_is_not_done(site, course, quiz):
    quiz(first=True)
    member = site.signed_in("member")
    page = member.get(course)
    assert button(page) == "/courses/rest/quiz"
    assert "Open the lessons" in page
    next(form for form in page.forms.values() if form.action.endswith("/quiz")).submit()
    take(site, RIGHT)
    assert button(member.get(course)) == "/courses/rest/launch"
    finish_package(site, course)
    assert button(member.get(course)) == "/courses/rest/launch"


def test_the_button_leads_to_the_package_before_a_quiz_that_comes_after_it(site, course, quiz):
    quiz()
    member = site.signed_in("member")
    assert button(member.get(course)) == "/courses/rest/launch"
    finish_package(site, course)
    assert button(member.get(course)) == "/courses/rest/quiz"


@pytest.mark.parametrize(
    ("review", "percent"), [({}, "100"), ({"review": dict.fromkeys(When, frozenset())}, None)]
)
def test_the_certificate_keeps_what_was_reached_in_the_quizzes_that_count_and_may_be_known(
    site, course, quiz, review, percent
):
    quiz(needs="finished", **review)
    finish_package(site, course)
    take(site, RIGHT)

    with site.write() as root:
        found = root["site"]
        member = found.people.by_username("member")
        (certificate,) = awards.held_in(found, member.learner_id, found.courses["rest"])
        snapshot = certificate.snapshot
    assert snapshot["quizzes"] == [{"title": "A first conversation", "percent": percent}]


def test_a_course_that_asks_nothing_of_its_quiz_does_not_wait_for_it(site, course, quiz):
    quiz(needs="nothing")
    finish_package(site, course)
    assert enrolment(site)[0] is not None


def test_what_a_quiz_does_not_tell_its_learner_the_course_page_does_not_tell(site, course, quiz):
    hidden = dict.fromkeys(When, frozenset({See.RESPONSES}))
    quiz(needs="finished", pass_percent=Decimal(80), review=hidden)
    finish_package(site, course)
    take(site, WRONG)

    shown = text(site, course)
    assert "failed" not in shown
    assert "0 %" not in shown


@pytest.mark.parametrize("answer", [RIGHT, WRONG])
def test_what_is_still_missing_tells_no_result_that_the_quiz_keeps(site, course, quiz, answer):
    hidden = dict.fromkeys(When, frozenset({See.RESPONSES}))
    quiz(needs="passed", first=True, pass_percent=Decimal(80), review=hidden)
    member = site.signed_in("member")
    page = member.get(course)
    next(form for form in page.forms.values() if form.action.endswith("/quiz")).submit()
    take(site, answer)

    assert "Still missing: 1 part (One)." in text(site, course)


def test_who_has_done_all_and_is_told_no_result_reads_so(site, course, quiz):
    hidden = dict.fromkeys(When, frozenset({See.RESPONSES}))
    quiz(needs="passed", pass_percent=Decimal(80), review=hidden)
    finish_package(site, course)
    take(site, WRONG)

    words = "You have done all parts. The result of a quiz is not told yet."
    assert words in text(site, course)
    assert words in text(site, "/learning/")


def test_taking_a_quiz_out_of_a_course_completes_it_for_those_who_lacked_nothing_else(
    site, course, quiz
):
    quiz(needs="passed", pass_percent=Decimal(80))
    finish_package(site, course)
    take(site, WRONG)
    author = site.signed_in("author")
    form = author.get(f"{course}parts").forms["form"]
    form["remove"] = True
    form.submit("save")

    assert enrolment(site)[0] is not None
    site.signed_in("member").get("/quizzes/quiz/", status=403)


def test_a_withdrawn_course_closes_its_quizzes(site, course, quiz):
    quiz()
    finish_package(site, course)
    author = site.signed_in("author")
    form = next(f for f in author.get(f"{course}edit").forms.values() if "summary" in f.fields)
    form["published"] = False
    form.submit()

    site.signed_in("member").get("/quizzes/quiz/", status=403)


def test_a_quiz_of_a_withdrawn_course_is_not_removed(site, course, quiz):
    quiz()
    author = site.signed_in("author")
    form = next(f for f in author.get(f"{course}edit").forms.values() if "summary" in f.fields)
    form["published"] = False
    form.submit()

    page = author.get("/quizzes/quiz/remove")
    assert "Remove this quiz" not in page
    assert course in page
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    author.post("/quizzes/quiz/remove", {"csrf_token": token})
    author.get("/quizzes/quiz/edit", status=200)


def test_a_quiz_that_is_no_part_of_the_course_is_not_opened_by_it(site, course, quiz):
    quiz()
    member = site.signed_in("member")
    token = member.get(course).html.find("input", {"name": "csrf_token"})["value"]
    member.post(f"{course}quiz", {"csrf_token": token, "quiz": "other"}, status=404)
    assert member.get(f"{course}quiz").location.endswith(course)
