"""Versions of a question, and its other languages."""

from dataclasses import replace

from tests.assessments.examples import EXAMPLES, SINGLE, TRUTH
from tests.functional.bank.pages import form_to, form_with, said


def test_versions_are_listed_compared_and_brought_back(bank):
    url = bank.add(TRUTH)
    form = form_with(bank.browser.get(f"{url}edit"), "base")
    form["name"] = "Another name"
    form.submit("do", value="save")
    page = bank.browser.get(f"{url}versions")
    assert page.html.find("del").text == "Consent can be taken back"
    assert page.html.find("ins").text == "Another name"
    assert "Nothing is different" in bank.browser.get(f"{url}versions?old=2&new=2")
    bank.browser.get(f"{url}versions?old=9", status=404)
    assert "This is version 1" in bank.browser.get(f"{url}?version=1")
    bank.browser.get(f"{url}?version=x", status=404)
    bank.browser.get(f"{url}?version={'9' * 5000}", status=404)
    back = form_to(page, "restore")
    assert "Version 3 is the newest" in said(back.submit("version").follow())
    back["version"].force_value("3")
    assert "like this already" in said(back.submit("version").follow())
    token = back["csrf_token"].value
    for number in ("7", "x"):
        answer = bank.browser.post(f"{url}restore", {"csrf_token": token, "version": number})
        assert "no version" in said(answer.follow())


def test_texts_are_translated_beside_the_originals(bank):
    url = bank.add(replace(TRUTH, translations={}))
    page = bank.browser.get(f"{url}texts")
    form = form_with(page, "language")
    form["language"] = "ar"
    page = form.submit()
    form = form_with(page, "text:body")
    assert form["text:body"].attrs["dir"] == "rtl"
    form["text:body"] = "الموافقة **حق**"
    page = form.submit().follow()
    assert "Version 2 is saved" in said(page)
    assert bank.look(url)["question"].translations == {
        "ar": {"body": "الموافقة <strong>حق</strong>"}
    }
    page = form_with(page, "text:body").submit().follow()
    assert "Nothing was different" in said(page)


def test_accepted_answers_are_written_for_a_language_and_their_absence_is_told(bank):
    url = bank.add(EXAMPLES["short"])
    form = form_with(bank.browser.get(f"{url}texts?language=ar"), "text:body")
    form["text:body"] = "ما المدينة؟"
    page = form.submit().follow()
    without = "No right answer is written in this language"
    assert without in said(page)
    assert without in page.html.find("ul", class_="list").text
    form = form_with(page, "text:answers/0/text")
    field = form["text:answers/0/text"]
    assert (field.attrs["dir"], field.attrs["lang"]) == ("rtl", "ar")
    assert "line of its own" in page.html.find(id=field.attrs["aria-describedby"].split()[1]).text
    form["text:answers/0/text"] = "إسطنبول\nاسطنبول"
    page = form.submit().follow()
    assert without not in page.text
    translated = bank.look(url)["question"].translations["ar"]
    assert translated["answers/0/text"] == "إسطنبول\nاسطنبول"


def test_a_translation_that_does_not_fit_is_said_and_kept_in_the_form(bank):
    url = bank.add(EXAMPLES["gaps"])
    form = form_with(bank.browser.get(f"{url}texts?language=fr"), "text:body")
    form["text:body"] = "Sans trous"
    page = form.submit(status=400)
    assert "other places" in said(page)
    assert form_with(page, "text:body")["text:body"].value == "Sans trous"


def test_a_language_that_is_none_is_refused(bank):
    url = bank.add(TRUTH)
    page = bank.browser.get(f"{url}texts?language=French").follow()
    assert "short code" in said(page)
    form = form_with(bank.browser.get(f"{url}texts?language=fr"), "text:body")
    form["language"].force_value("French")
    assert "short code" in said(form.submit().follow())


def test_who_may_only_use_a_question_reads_its_translations(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    url = bank.add(SINGLE, category=shared)
    page = bank.site.signed_in("colleague").get(f"{url}texts?language=fr")
    assert form_with(page, "text:body")["text:body"].attrs["readonly"] == ""
