"""Quizzes are found, made, copied and removed."""

from datetime import UTC, datetime
from random import Random

import pytest

from assessments.attempts.start import start
from assessments.quizzes import editing
from assessments.quizzes.plan import Settings, to_plain
from sites import NOW
from tests.functional.quiz_authoring.pages import (
    begin,
    form_to,
    form_with,
    form_with_button,
    messages,
)


def test_an_author_without_quizzes_is_told_what_they_are_for(author):
    page = author.get("/quizzes/")

    assert "A quiz asks questions from the question bank" in page
    assert page.html.find("a", string="Make the first quiz")["href"].endswith("/quizzes/add")


def test_an_author_makes_a_quiz_by_its_title_and_is_led_to_its_questions(site, author):
    form = form_with(author.get("/quizzes/add"), "title")
    form["title"] = "Before the course"

    page = form.submit().follow()

    assert page.request.path.endswith("/questions")
    assert page.html.h1.string == "Before the course"
    assert "There are no questions yet." in messages(page)
    with site.write() as root:
        (made,) = root["site"].quizzes.values()
        author_id = root["site"].people.by_username("author").id
    assert made.owner == f"person:{author_id}"


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_quiz_without_a_usable_title_is_not_made(site, author, title):
    form = form_with(author.get("/quizzes/add"), "title")
    form["title"] = title

    page = form.submit(status=400)

    assert page.html.select_one(".errors a")["href"] == "#title"
    with site.write() as root:
        assert not list(root["site"].quizzes.values())


def test_quizzes_are_listed_with_what_an_author_wants_to_know(site, author, quiz):
    with site.write() as root:
        found = root["site"].quizzes["quiz"]
        found.settings = to_plain(Settings(closes=datetime(2027, 3, 5, 17, 0, tzinfo=UTC)))
        start(root["site"].bank, found, "l-1", (), NOW, random=Random(1))

    row = author.get("/quizzes/").html.select_one("tbody tr")

    said = {
        cell["data-label"]: cell.get_text(strip=True)
        for cell in row.find_all("td")
        if cell.has_attr("data-label")
    }
    assert said["Questions"] == "3"
    assert said["Closes on"] == "2027-03-05 17:00"
    assert (said["Attempts"], said["Needs marking"]) == ("1", "0")
    assert said["Courses"] == "–"


def test_quizzes_are_found_by_words_and_put_in_order_without_script(site, author, quiz):
    with site.write() as root:
        editing.make(root["site"].quizzes, "Zeal", now=NOW)

    page = author.get("/quizzes/")
    by_title = page.click("Title")
    found = author.get("/quizzes/", {"words": "zeal"})

    assert [row.get_text(strip=True) for row in page.html.select("tbody th")] == [
        "A first conversation",
        "Zeal",
    ]
    assert [row.get_text(strip=True) for row in by_title.html.select("tbody th")] == [
        "Zeal",
        "A first conversation",
    ]
    assert by_title.html.select_one("[aria-sort]")["aria-sort"] == "descending"
    assert len(found.html.select("tbody tr")) == 1
    assert "No quiz has these words" in author.get("/quizzes/", {"words": "nothing"})


def test_a_long_list_comes_in_pages(site, author):
    with site.write() as root:
        for number in range(51):
            editing.make(root["site"].quizzes, f"Quiz {number:02}", now=NOW)

    second = author.get("/quizzes/").click("Next page")

    assert [row.get_text(strip=True) for row in second.html.select("tbody th")] == ["Quiz 50"]
    assert len(author.get("/quizzes/?page=x").html.select("tbody tr")) == 50


def test_a_copy_is_made_with_one_button(site, author, quiz):
    page = form_to(author.get(f"{quiz}/edit"), "duplicate").submit().follow()

    assert page.html.h1.string == "A first conversation (2)"
    assert "This is the copy" in messages(page)


def test_a_quiz_that_nobody_needs_is_removed_after_a_question(author, quiz):
    page = author.get(f"{quiz}/remove")

    gone = form_with_button(page, "Remove this quiz").submit().follow()

    assert "The questions stay in the question bank." in page
    assert "is removed" in messages(gone)
    assert author.get(f"{quiz}/edit", status=404)


def test_a_quiz_that_somebody_has_begun_says_why_it_stays(site, author, quiz):
    token = form_with_button(author.get(f"{quiz}/remove"), "Remove this quiz")
    begin(site, "l-1")

    page = token.submit().follow()

    assert "What learners answered is kept" in page
    assert author.get(f"{quiz}/edit").status_int == 200


def test_a_quiz_that_learners_may_take_says_where_to_take_it_out(site, author, quiz):
    with site.write() as root:
        root["site"].quizzes["quiz"].takers = frozenset({"enrolled:care"})

    page = author.get(f"{quiz}/remove")

    assert "Take it out of its courses first" in page


@pytest.mark.parametrize(
    "name",
    ["edit", "questions", "add", "chance", "exceptions", "exception?who=x", "preview", "remove"],
)
def test_a_learner_who_may_take_the_quiz_sees_nothing_of_how_it_is_made(site, quiz, name):
    with site.write() as root:
        root["site"].quizzes["quiz"].takers = frozenset({"system.Authenticated"})

    assert site.signed_in("member").get(f"{quiz}/{name}", status=403)
    assert site.signed_in("member").get("/quizzes/", status=403)
