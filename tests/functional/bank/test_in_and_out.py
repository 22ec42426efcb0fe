"""Questions come in and go out as files."""

import pytest

from assessments.bank import categories
from tests.assessments.examples import EXAMPLES, TRUTH
from tests.functional.bank.pages import GIFT, form_with, names, said, send


def test_a_file_is_reported_on_before_anything_of_it_is_kept(bank):
    page = send(bank, GIFT).follow()
    assert "Line 9" in page
    assert "braces" in page
    assert [row.bdi.text for row in page.html.select("tbody th")] == ["Coffee", "Hours"]
    assert names(bank.browser.get(f"{bank.url}?below=1")) == []
    page = form_with(page, "do").submit("do", value="take").follow()
    assert "new: 2" in said(page)
    page = bank.browser.get(f"{bank.url}?below=1&sort=kind")
    assert sorted(names(page)) == ["Coffee", "Hours"]
    again = send(bank, GIFT).follow()
    assert "by their codes" in again
    page = form_with(again, "do").submit("do", value="take").follow()
    assert "like this already: 2" in said(page)


def test_a_file_can_be_put_away(bank):
    page = send(bank, GIFT).follow()
    path = page.request.path
    page = form_with(page, "do").submit("do", value="drop").follow()
    assert "Nothing was taken" in said(page)
    bank.browser.get(path, status=404)


def test_only_the_last_file_of_each_author_waits(bank):
    first = send(bank, GIFT).follow().request.path
    mine, theirs = bank.browser, bank.site.signed_in("colleague")
    bank.browser = theirs
    other = send(bank, GIFT).follow().request.path
    bank.browser = mine
    bank.browser.get(first)
    send(bank, GIFT)
    bank.browser.get(first, status=404)
    theirs.get(other)


def test_a_file_makes_the_category_that_it_is_for(bank):
    page = send(bank, GIFT, path="Night/Sleep", category="").follow()
    assert "Night / Sleep" in page.html.get_text(" ")
    page = form_with(page, "do").submit("do", value="take").follow()
    assert page.html.h1.text == "Sleep"
    again = send(bank, GIFT, path="Night/Sleep", category="").follow()
    assert "by their codes" in again


def test_a_file_cannot_go_into_a_category_of_somebody_else(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        categories.make(found, "Theirs", owner="person:nobody", access="use")
    page = send(bank, GIFT, path="Theirs", category="").follow()
    page = form_with(page, "do").submit("do", value="take").follow()
    assert "may not change" in said(page)


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"\x00\x01\x02", {}, "no questions in a format"),
        (b"<quiz><question", {}, "XML"),
        (b"a{T}\n\n" * 1001, {}, "Line 2001: The file has more than 1000 questions."),
        (GIFT, {"category": ""}, "Choose a category"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(bank, content, fields, says):
    page = send(bank, content, **fields)
    assert page.status_int == 400
    assert says in said(page)


def test_without_a_file_and_with_one_too_large_nothing_happens(bank, monkeypatch):
    form = form_with(bank.browser.get(f"/bank/import?in={bank.category}"), "path")
    assert "Choose a file" in said(form.submit(status=400))
    monkeypatch.setattr("assessments.views.bank_exchange.LARGEST", 10)
    assert "too large" in said(send(bank, GIFT))


def test_gift_text_is_seen_before_it_is_taken(bank):
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    page = form.submit("do", value="see")
    assert "Coffee" in page.html.find("tbody").text
    assert "new: 2" in said(form_with(page, "text").submit("do", value="take").follow())
    form = form_with(page, "text")
    form["text"] = "::Broken:: Which? {"
    assert "no question" in said(form.submit("do", value="take"))


def test_gift_text_that_is_too_long_says_so(bank, monkeypatch):
    monkeypatch.setattr("assessments.exchange.decoding.LARGEST", 10)
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    page = form.submit("do", value="see", status=400)
    assert "Split it" in said(page)
    assert "Coffee" in form_with(page, "text")["text"].value


def test_gift_text_of_too_many_questions_is_told_by_its_line(bank):
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = "a{T}\n\n" * 1001
    assert "Line 2001: The file has more" in said(form.submit("do", value="see", status=400))


def test_gift_text_cannot_reach_into_a_category_of_somebody_else(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        parent = found[bank.category]
        categories.make(found, "Sleep", parent=parent, owner="person:nobody", access="private")
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    form = form_with(form.submit("do", value="see"), "text")
    assert "may not change" in said(form.submit("do", value="take", status=400))


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
def test_a_category_is_given_out_and_taken_in_again(bank, form):
    bank.add(TRUTH, code="T1")
    bank.add(EXAMPLES["hotspot"], code="H1")
    page = bank.browser.get(f"{bank.url}export")
    export = form_with(page, "format")
    export["format"] = form
    page = export.submit()
    answer = page.click("Download")
    assert "talks." in answer.content_disposition
    report = send(bank, answer.body).follow()
    assert "Consent can be taken back" in report.html.find("table").text
    bank.browser.get(f"{bank.url}download?format=papyrus", status=404)
