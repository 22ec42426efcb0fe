"""Questions are written in forms."""

import re

from webtest import Upload

from tests.assessments.examples import EXAMPLES, TRUTH, png
from tests.functional.bank.pages import form_with, said


def test_there_is_a_form_for_a_new_question_of_every_type(bank):
    page = bank.browser.get(f"{bank.url}new")
    for kind in EXAMPLES:
        label = page.html.find("a", href=re.compile(f"kind={kind}$"))
        form = form_with(bank.browser.get(label["href"]), "base")
        assert "Fill in" in said(form.submit("do", value="save", status=400)), kind


def test_a_question_is_written_with_feedback_shares_a_picture_and_tags(bank):
    form = form_with(bank.browser.get(f"{bank.url}write?kind=choice"), "base")
    form["name"] = "Breath"
    form["body"] = "Which breath **calms**?"
    for number, (text, share) in enumerate((("Long", "66.66667"), ("Slow", "33.33333"))):
        form[f"choices-{number}-html"] = text
        form[f"choices-{number}-fraction"] = share
    form["choices-0-feedback"] = "Yes."
    form["many"].checked = True
    form["tags"], form["code"] = "body, breath", "B1"
    form["upload:file-0"] = Upload("lungs.png", png(20, 10, []))
    page = form.submit("do", value="save", status=400)
    assert "what the picture shows" in said(page)
    form = form_with(page, "base")
    form["body"] = form["body"].value.replace("![]", "![Two lungs]")
    page = form.submit("do", value="preview")
    assert "As a learner sees it" in page
    assert "data:image/png;base64," in page
    page = form_with(page, "base").submit("do", value="save").follow()
    assert "in the bank" in said(page)
    found = bank.look(page.request.path)
    assert (found["code"], found["tags"], found["by"]) == ("B1", ("body", "breath"), bank.who)
    assert found["files"] == {"lungs.png": png(20, 10, [])}
    question = found["question"]
    assert 'alt="Two lungs"' in question.body
    assert [str(choice.fraction) for choice in question.choices] == ["2/3", "1/3"]


def test_a_sound_is_kept_while_the_form_is_put_right(bank):
    form = form_with(bank.browser.get(f"{bank.add(TRUTH)}edit"), "base")
    form["name"] = ""
    form["upload:file-0"] = Upload("bell.mp3", b"ID3 a bell")
    form = form_with(form.submit("do", value="save", status=400), "base")
    form["name"] = "With a bell"
    page = form.submit("do", value="save").follow()
    assert bank.look(page.request.path)["files"] == {"bell.mp3": b"ID3 a bell"}


def test_more_rows_and_another_order_lose_nothing(bank):
    url = bank.add()
    form = form_with(bank.browser.get(f"{url}edit"), "base")
    form["name"], form["choices-0-html"] = "Changed", "Who I am"
    form["upload:file-0"] = Upload("a.png", png(5, 5, []))
    form["file-0-alt"] = "A square"
    page = form.submit("do", value="more:choices")
    form = form_with(page, "base")
    assert form["choices-rows"].value == "8"
    assert form["choices-7-html"].value == ""
    page = form.submit("do", value="up:choices:1")
    form = form_with(page, "base")
    assert (form["choices-1-html"].value, form["name"].value) == ("Who I am", "Changed")
    page = form.submit("do", value="save").follow()
    assert "Version 2 is saved" in said(page)
    found = bank.look(url)
    assert list(found["files"]) == ["a.png"]
    assert [choice.key for choice in found["question"].choices][:2] == ["rules", "who"]


def test_a_button_that_no_page_has_loses_nothing(bank):
    url = f"{bank.add()}edit"
    fields = form_with(bank.browser.get(url), "base").submit_fields()
    for stray in ("up:choices:x", "up:nothing:1", "more:nothing"):
        page = bank.browser.post(url, [*fields, ("do", stray)])
        assert form_with(page, "base")["name"].value == "First meeting"


def test_saving_makes_a_version_only_when_something_is_different(bank):
    url = bank.add(EXAMPLES["labels"])
    page = bank.browser.get(f"{url}edit")
    assert "saving makes version 2" in page
    form = form_with(page, "base")
    assert "Nothing was different" in said(form.submit("do", value="save").follow())
    form["name"], form["note"] = "Another", "A better name"
    assert "stay on the version" in said(form.submit("do", value="save").follow())
    found = bank.look(url)
    assert (found["number"], found["note"]) == (2, "A better name")


def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_lost(bank):
    form = form_with(bank.browser.get(f"{bank.add()}edit"), "base")
    form["choices-0-fraction"], form["feedback"] = "a lot", "Still *here*"
    page = form.submit("do", value="save", status=400)
    assert "Answer 1: Share of the mark, in percent" in said(page)
    assert form_with(page, "base")["feedback"].value == "Still *here*"
    form = form_with(page, "base")
    form["choices-0-fraction"] = "50"
    assert "No answer brings the whole mark" in said(form.submit("do", value="save", status=400))
    assert "No answer brings" in said(form.submit("do", value="preview", status=400))


def test_whoever_saves_later_is_told_and_overwrites_nothing_unseen(bank):
    url = bank.add(TRUTH)
    mine = form_with(bank.browser.get(f"{url}edit"), "base")
    theirs = form_with(bank.site.signed_in("colleague").get(f"{url}edit"), "base")
    theirs["name"] = "Theirs"
    theirs.submit("do", value="save")
    mine["name"] = "Mine"
    page = mine.submit("do", value="save", status=400)
    assert "Somebody saved version 2" in said(page)
    form_with(page, "base").submit("do", value="save")
    assert (bank.look(url)["question"].name, bank.look(url)["number"]) == ("Mine", 3)
