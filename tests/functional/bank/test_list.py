"""The list of questions: filtered, in order, and many done with at once."""

from dataclasses import replace

import pytest

from assessments.bank import categories, items
from sites import NOW
from tests.assessments.examples import TRUTH
from tests.functional.bank.pages import QUESTIONS, form_to, form_with, names, said


def test_the_list_is_filtered_and_put_in_order_without_script(bank):
    for question in QUESTIONS.values():
        bank.add(question, tags=[question.kind])
    page = bank.browser.get(bank.url)
    assert len(names(page)) == len(QUESTIONS)
    form = form_with(page, "words")
    form["words"], form["kind"] = "room", "labels"
    assert names(form.submit()) == ["A room"]
    page = bank.browser.get(f"{bank.url}?tag=truth")
    assert names(page) == ["Consent can be taken back"]
    by_name = names(bank.browser.get(bank.url))
    assert names(bank.browser.get(bank.url).click("^Name$")) == by_name[::-1]
    assert "No question fits" in bank.browser.get(f"{bank.url}?words=zebra")


def test_a_long_list_has_pages(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        for number in range(51):
            question = replace(TRUTH, name=f"Number {number:02}")
            items.add(found, found[bank.category], question, {}, now=NOW, by="")
    page = bank.browser.get(bank.url)
    assert len(names(page)) == 50
    last = page.click("Next page")
    assert names(last) == ["Number 50"]
    assert len(names(last.click("Previous page"))) == 50
    assert names(bank.browser.get(f"{bank.url}?page=99")) == ["Number 50"]
    assert len(names(bank.browser.get(f"{bank.url}?page=x"))) == 50


def test_the_list_says_how_often_questions_are_asked(bank):
    url = bank.add()
    bank.quiz(url)
    row = bank.browser.get(bank.url).html.select_one("table.items tbody tr")
    assert row.find("td", attrs={"data-label": "Quizzes"}).text == "1"
    assert names(bank.browser.get(f"{bank.url}?used=no")) == []


def test_the_questions_of_inner_categories_can_be_shown_too(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        inner = categories.make(found, "Inner", parent=found[bank.category]).__name__
    bank.add(TRUTH, category=inner)
    page = bank.browser.get(bank.url)
    assert names(page) == []
    assert page.html.find("a", string="Inner")
    assert names(bank.browser.get(f"{bank.url}?below=1")) == ["Consent can be taken back"]


@pytest.mark.parametrize(
    ("what", "fields", "name", "value"),
    [
        ("retire", {}, "state", "retired"),
        ("ready", {}, "state", "ready"),
        ("tag", {"tag": "night"}, "tags", ("basics", "night")),
        ("untag", {"tag": "BASICS"}, "tags", ()),
    ],
)
def test_one_thing_is_done_with_every_question_that_is_ticked(bank, what, fields, name, value):
    url, other = bank.add(tags=["basics"]), bank.add(TRUTH, tags=["basics"], state="draft")
    form = form_to(bank.browser.get(bank.url), "bulk")
    for ticked in form.fields["item"]:
        ticked.checked = ticked._value in url
    for key, text in fields.items():
        form[key] = text
    page = form.submit("do", value=what).follow()
    assert page.request.path == bank.url
    assert bank.look(url)[name] == value
    assert bank.look(other)["state"] == "draft"
    assert bank.look(other)["tags"] == ("basics",)


def test_questions_are_moved_and_given_out_together(bank):
    url, other = bank.add(), bank.make("Other")
    form = form_to(bank.browser.get(bank.url), "bulk")
    assert "Tick" in said(form.submit("do", value="move").follow())
    form["item"].checked = True
    assert "Choose a category" in said(form.submit("do", value="move").follow())
    assert "Write the tag" in said(form.submit("do", value="tag").follow())
    assert form.submit("do", value="nonsense").location.endswith(bank.url)
    given = form.submit("do", value="export")
    assert b"First meeting" in given.body
    form["category"] = other
    form.submit("do", value="move")
    assert bank.look(url)["category"] == "Other"


def test_a_list_leads_back_into_the_bank_and_nowhere_else(bank):
    bank.add()
    form = form_to(bank.browser.get(bank.url), "bulk")
    form["back"].force_value("https://elsewhere.org/")
    assert form.submit("do", value="retire").location.endswith("/bank/")
