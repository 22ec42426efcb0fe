"""One question is looked at, tried out, copied and removed."""

from dataclasses import replace

from tests.assessments.examples import EXAMPLES, SINGLE, TRUTH
from tests.functional.bank.pages import QUESTIONS, form_to, form_with, said


def test_every_type_is_shown_as_a_learner_sees_it_and_tried_out_without_a_trace(bank):
    for name in QUESTIONS:
        url = bank.add(QUESTIONS[name])
        form = form_to(bank.browser.get(url), "try#preview")
        assert form.submit().html.find(id="preview"), name
        assert bank.look(url)["number"] == 1


def test_an_answer_is_marked_and_explained(bank):
    url = bank.add(TRUTH)
    form = form_to(bank.browser.get(url), "try#preview")
    assert "Nothing is answered" in said(form.submit())
    form["try-answer"] = "1"
    page = form.submit()
    assert "brings 100 % of the mark" in said(page)
    assert "nobody asks her why" in said(page)


def test_what_a_person_marks_is_said_so(bank):
    form = form_to(bank.browser.get(bank.add(EXAMPLES["essay"])), "try#preview")
    form["try-text"] = "Rest, and a colleague who listens."
    assert "A person marks this" in said(form.submit())


def test_a_question_is_shown_in_its_other_languages(bank):
    url = bank.add(SINGLE)
    page = bank.browser.get(f"{url}?language=ar")
    assert page.html.find(attrs={"lang": "ar"})
    assert "تأتي" in page
    assert form_to(page, "try#preview").submit().html.find(attrs={"lang": "ar"})


def test_a_question_that_cannot_be_asked_says_why(bank):
    url = bank.add(replace(SINGLE, choices=SINGLE.choices[:1], translations={}))
    assert "at least two answers" in bank.browser.get(url)


def test_files_are_shown_and_can_do_nothing_by_themselves(bank):
    url = bank.add(EXAMPLES["hotspot"])
    answer = bank.browser.get(f"{url}file/1/room.png")
    assert answer.content_type == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for path in ("file", "file/1", "file/2/room.png", "file/1/other.png", "file/x/room.png"):
        bank.browser.get(url + path, status=404)


def test_settings_make_no_version(bank):
    url, other = bank.add(), bank.make("Other")
    form = form_to(bank.browser.get(url), "describe")
    form["state"], form["tags"], form["code"], form["category"] = "draft", "a, b", "C1", other
    page = form.submit().follow()
    assert "settings are saved" in said(page)
    found = bank.look(page.request.path)
    assert (found["state"], found["tags"], found["code"]) == ("draft", ("a", "b"), "C1")
    assert (found["category"], found["number"]) == ("Other", 1)
    form = form_to(page, "describe")
    form["tags"] = "a"
    form.submit()
    assert (bank.look(page.request.path)["tags"], found["category"]) == (("a",), "Other")
    form["state"].force_value("nonsense")
    assert "Choose one of the answers" in said(form.submit(status=400))


def test_where_a_question_is_asked_is_told_and_then_it_is_not_removed(bank):
    url = bank.add()
    bank.quiz(url)
    page = bank.browser.get(url)
    assert "Before you begin" in page
    assert not page.html.find("a", string="Remove this question")
    remove = bank.browser.get(f"{url}remove")
    assert "Retire it instead" in remove
    token = form_to(page, "duplicate")["csrf_token"].value
    answer = bank.browser.post(f"{url}remove", {"csrf_token": token}).follow()
    assert "Retire it instead" in said(answer)


def test_a_question_that_nobody_needs_is_removed(bank):
    url = bank.add()
    page = bank.browser.get(url).click("Remove this question")
    page = page.forms[max(page.forms)].submit().follow()
    assert "is removed" in said(page)
    bank.browser.get(url, status=404)


def test_a_question_is_duplicated(bank):
    page = form_to(bank.browser.get(bank.add()), "duplicate").submit().follow()
    assert "copy" in said(page)
    assert form_with(page, "choices-rows")["name"].value == "First meeting (2)"
