"""Answers are marked by people."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

import smallest
from assessments.attempts.files import attach
from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.exchange.entries import QuestionFile
from assessments.questions.essay import Criterion, Level
from assessments.questions.html import Html
from lms.services import courses, outbox, quizzes, regrades
from quizzes import add_quiz
from sites import NOW, upload
from tests.assessments.attempts.making import single
from tests.functional.quiz_results.pages import (
    ESSAY,
    LATER,
    apply_regrade,
    audited,
    content_form,
    fraction,
    member_id,
    mend,
    preview_regrade,
    right_is,
    said,
)

RUBRIC = (
    Criterion(
        "clear",
        Html("Is it clear?"),
        (Level("no", Html("Not clear"), Fraction(0)), Level("yes", Html("Clear"), Fraction(2))),
    ),
    Criterion(
        "kind",
        Html("Is it kind?"),
        (Level("no", Html("Not kind"), Fraction(0)), Level("yes", Html("Kind"), Fraction(1))),
    ),
)


def second_author(site):
    with site.write() as root:
        if root["site"].people.by_username("colleague") is None:
            site.add_person(root["site"], "colleague", "author")
    return site.signed_in("colleague")


def begin_marking(browser):
    page = browser.get("/quizzes/quiz/marking")
    link = next(each for each in page.html.find_all("a") if "question=" in each.get("href", ""))
    return browser.get(link["href"]).follow()


def give(page, **typed):
    form = content_form(page, "comment")
    for name, value in typed.items():
        form[name.replace("_", "-")] = value
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def test_an_author_marks_one_answer_after_the_other_without_names(site, author, make, takes):
    make(ESSAY)
    first, second = takes(member_id(site), "My letter."), takes("l-2", "Another.")

    page = begin_marking(author)
    assert "Answer 1 of 2. Waiting for you: 2." in said(page)
    assert "Member" not in said(page)
    assert first not in page.text
    assert second not in page.text
    page = give(page, points="1 1/2", comment="**Well** done.", note="Generous?")
    assert "This is the next answer." in said(page)
    page = give(page, points="2/3")
    assert "No other answer to this question waits for you." in said(page)

    assert {fraction(site, first), fraction(site, second)} == {"1/2", "2/9"}


def in_a_course(site, author, folder):
    """The quiz is what a course asks for, which the member is in; what they have in it."""
    path = smallest.write(folder / "smallest.zip", "2004")
    upload(author, "smallest.zip", path.read_bytes())
    with site.write() as root:
        found = root["site"]
        package = next(iter(found.packages.values()))
        course = courses.create(found.courses, package, title="Smallest", slug="s", now=NOW)
        course.published = True
        quizzes.add(course, found.quizzes["quiz"], needs="passed")
        courses.enrol(course, found.people.by_username("member"), NOW)

    def known():
        with site.write() as root:
            enrolment = root["site"].people.by_username("member").enrolments["s"]
            return dict(enrolment.quizzes.get("quiz", {}))

    return known


def test_the_course_of_the_quiz_follows_a_mark(site, author, make, takes, tmp_path):
    make(ESSAY, pass_percent=50)
    known = in_a_course(site, author, tmp_path)
    takes(member_id(site), "My letter.")

    give(begin_marking(author), points="3")

    assert known() == {"finished": True, "passed": True, "percent": "100", "share": "1"}


def test_the_course_of_the_quiz_follows_what_is_marked_anew_in_the_background(
    site, author, make, takes, tmp_path
):
    make(single(), pass_percent=50)
    known = in_a_course(site, author, tmp_path)
    takes(member_id(site), "wrong")
    for number in range(100):
        takes(f"l-{number}", "wrong")
    mend(site, 0, right_is("wrong"))

    apply_regrade(preview_regrade(author))

    assert known() == {"finished": True, "passed": True, "percent": "100", "share": "1"}


def test_a_regrade_whose_quiz_is_gone_is_no_work_for_ever(site, author, make, takes):
    make(single())
    with site.write() as root:
        outbox.ask(root["site"].outbox, regrades.KIND, "gone/gone", NOW)
    site.work()
    with site.write() as root:
        assert not list(root["site"].outbox.values())


def test_a_quiz_that_shows_names_shows_them_to_those_who_mark(site, author, make, takes):
    make(ESSAY, anonymous=False)
    takes(member_id(site), "My letter.")
    assert "Answer of Member." in said(begin_marking(author))


def test_a_rubric_makes_the_mark(site, author, make, takes):
    make(replace(ESSAY, rubric=RUBRIC))
    attempt = takes("l-1", "My letter.")
    page = begin_marking(author)
    unfinished = give(page, rubric_clear="yes")
    assert unfinished.status_int == 400
    assert "Choose a level." in said(unfinished)
    give(unfinished, rubric_kind="no")
    assert fraction(site, attempt) == "2/3"


@pytest.mark.parametrize("double", [False, True])
def test_nobody_marks_their_own_answer(site, author, make, takes, double):
    make(ESSAY, double=double)
    own = takes(member_id(site, "author"), "My own letter.")
    takes("l-1", "My letter.")
    page = begin_marking(author)
    assert "Answer 1 of 1. Waiting for you: 1." in said(page)
    links = author.get(f"/quizzes/quiz/{own}/look").html.find_all("a")
    (address,) = (each["href"] for each in links if "/mark/" in each.get("href", ""))
    form = content_form(page, "comment")
    form["points"], form.action = "3", address
    for refused in (author.get(address).follow(), form.submit().follow()):
        assert "This answer is your own. Another person has to mark it." in said(refused)
    assert fraction(site, own) is None
    give(begin_marking(second_author(site)), points="3")
    give(begin_marking(site.signed_in("admin")), points="3")


@pytest.mark.parametrize("points", ["", "4", "-1", "much"])
def test_what_is_no_mark_is_refused_and_nothing_is_lost(site, author, make, takes, points):
    make(ESSAY)
    takes("l-1", "My letter.")
    page = give(begin_marking(author), points=points, comment="Long thoughts.")
    assert page.status_int == 400
    assert "Write a number from 0 to 3" in said(page)
    assert content_form(page, "comment")["comment"].value == "Long thoughts."


def test_two_who_mark_the_same_answer_at_the_same_time_lose_nothing(site, author, make, takes):
    make(ESSAY)
    attempt = takes("l-1", "My letter.")
    colleague = second_author(site)
    mine, theirs = begin_marking(author), begin_marking(colleague)
    give(theirs, points="3", comment="Good.")

    page = give(mine, points="1", comment="Not so good.")

    assert page.status_int == 400
    assert "Somebody else has marked this answer while you were." in said(page)
    assert fraction(site, attempt) == "1"
    form = content_form(page, "comment")
    assert (form["points"].value, form["comment"].value) == ("1", "Not so good.")
    give(page, reason="Too kind.")
    assert fraction(site, attempt) == "1/3"


def test_of_two_markers_the_second_does_not_see_the_first_and_a_third_decides(
    site, author, make, takes
):
    make(ESSAY, double=True)
    attempt = takes("l-1", "My letter.")
    colleague, admin = second_author(site), site.signed_in("admin")
    give(begin_marking(author), points="0", comment="Nothing in it.")
    page = begin_marking(colleague)
    assert "Nothing in it." not in page.text
    give(page, points="3")
    assert fraction(site, attempt) is None
    page = begin_marking(admin)
    assert "Two marks that differ" in said(page)
    assert "Nothing in it." in said(page)
    assert "Colleague" not in said(page)
    give(page, points="2")
    assert fraction(site, attempt) == "2/3"


def test_a_marker_waits_for_the_second_and_can_change_their_own_mark(site, author, make, takes):
    make(ESSAY, double=True)
    attempt = takes("l-1", "My letter.")
    page = begin_marking(author)
    own = page.request.path
    give(page, points="1")
    assert "No answer to this question waits for you." in said(
        author.get("/quizzes/quiz/marking?question=item0").follow()
    )
    page = author.get(own)
    assert "waits for another person" in said(page)
    page = give(page, points="2", reason="Read again.")
    assert "The mark is corrected." in said(page)
    give(begin_marking(second_author(site)), points="2")
    assert fraction(site, attempt) == "2/3"


def test_a_correction_needs_a_reason_keeps_what_was_and_is_noted(site, author, make, takes):
    make(single())
    attempt = takes("l-1", "wrong")
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    refused = give(page, points="1/2")
    assert "Say why." in said(refused)
    page = give(refused, reason="The words were unclear.")

    assert fraction(site, attempt) == "1/2"
    assert "It was 0 before." in said(page)
    (noted,) = audited(site, "quiz mark corrected")
    assert noted["details"]["reason"] == "The words were unclear."
    assert (noted["details"]["was"], noted["details"]["fraction"]) == ("0", "1/2")


def test_a_correction_that_is_sent_twice_is_noted_once(site, author, make, takes):
    make(single())
    attempt = takes("l-1", "wrong")
    form = content_form(
        author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark"), "comment"
    )
    form["points"], form["reason"] = "1/2", "The words were unclear."
    assert [form.submit().status_int for _time in range(2)] == [303, 303]
    (noted,) = audited(site, "quiz mark corrected")
    assert (noted["details"]["was"], noted["details"]["fraction"]) == ("0", "1/2")


def test_a_correction_begins_with_the_mark_that_counts(site, author, make, takes):
    """Not with a person's that was marked anew since."""
    make(single())
    attempt = takes("l-1", "wrong")
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    give(page, points="1/2", reason="The words were unclear.")
    mend(site, 0, right_is("wrong"))
    apply_regrade(preview_regrade(author, persons=True))
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    assert content_form(page, "comment")["points"].value == "1"


def test_files_are_saved_under_names_that_tell_nothing(site, author, make, takes):
    make(ESSAY)
    attempt = takes("l-1", None, hand_in=False)
    with site.write() as root:
        found = root["site"].quizzes["quiz"].attempts[attempt]
        now = NOW + timedelta(seconds=5)
        attach(found, 0, "Jane Doe.txt", "text/plain", b"Hello", now, random=Random(1))
        finish(found, now=LATER)
    page = begin_marking(author)
    assert "Jane" not in page.text
    answer = page.click("Save file 1")
    assert answer.body == b"Hello"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="answer-1.txt"')
    look = author.get(f"/quizzes/quiz/{attempt}/look").click("Jane Doe.txt")
    assert look.body == b"Hello"


def test_pictures_of_a_question_are_there_for_those_who_mark(site, author):
    question = replace(ESSAY, body=Html('<p><img src="files/door.png" alt="A door"></p>'))
    with site.write() as root:
        file = QuestionFile("image/png", b"picture")
        add_quiz(root["site"], [question], files={"door.png": file})
        quiz = root["site"].quizzes["quiz"]
        attempt = start(root["site"].bank, quiz, "l-1", (), NOW, random=Random(1))
        save(attempt, 0, revision=0, posted={"text": ["A door."]}, now=NOW)
        finish(attempt, now=LATER)
        look = f"/quizzes/quiz/{attempt.__name__}/look"
    for page in (begin_marking(author), author.get(look)):
        source = page.html.find("img", alt="A door")["src"]
        assert author.get(source).body == b"picture"


def test_the_learner_reads_the_comment_made_safe(site, author, make, takes):
    make(ESSAY)
    attempt = takes(member_id(site), "My letter.")
    give(begin_marking(author), points="3", comment="Good <script>x()</script> *work*", note="Hm.")
    page = site.signed_in("member").get(f"/quizzes/quiz/{attempt}/review")
    comment = page.html.find(class_="comment")
    assert comment.find("em").get_text() == "work"
    assert not comment.find("script")
    assert "Hm." not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "mark/x/1",
        "mark/x",
        "mark/x/y",
        "mark/x/1/files/1",
        "regrade/nothing",
        "statistics.csv?table=x",
    ],
)
def test_an_address_that_leads_nowhere_says_so(author, make, address):
    make(ESSAY)
    author.get(f"/quizzes/quiz/{address}", status=404)


@pytest.mark.parametrize(
    "name", ["results", "marking", "statistics", "statistics.csv", "regrade", "export"]
)
def test_results_are_not_for_learners(site, make, name):
    make(ESSAY)
    site.signed_in("member").get(f"/quizzes/quiz/{name}", status=403)
