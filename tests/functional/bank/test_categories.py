"""Categories of the question bank are made, nested, renamed and removed."""

from tests.functional.bank.pages import form_to, form_with, said


def test_the_first_category_appears_by_one_button(site):
    author = site.signed_in("author")
    page = author.get("/bank/")
    assert "no category yet" in page
    done = form_to(page, "first").submit().follow()
    assert done.html.h1.text == "My questions"
    assert form_to(page, "first").submit().location.endswith("/bank/")


def test_categories_are_made_nested_renamed_and_removed(bank):
    form = form_with(bank.browser.get(bank.url).click("Add a category in it"), "parent")
    assert form["parent"].value == bank.category
    assert "Give" in said(form.submit(status=400)) or "Fill in" in said(form.submit(status=400))
    form["name"], form["note"], form["access"] = "Consent", "For all", "private"
    page = form.submit().follow()
    assert "is made" in said(page)
    settings = form_with(page.click("Category settings"), "parent")
    assert settings["access"].value == "private"
    settings["name"] = "Agreement"
    assert "is saved" in said(settings.submit().follow())
    tree = bank.browser.get("/bank/").html
    assert tree.select_one(".categories ol ol h2").text == "Agreement"
    remove = bank.browser.get(f"{page.request.path}remove")
    assert "Nothing lies in this category" in remove
    assert "is removed" in said(remove.forms[max(remove.forms)].submit().follow())


def test_a_category_of_a_taken_name_is_refused_with_nothing_lost(bank):
    form = form_with(bank.browser.get("/bank/add"), "parent")
    form["name"], form["note"] = "talks", "Kept"
    page = form.submit(status=400)
    assert "here already" in said(page)
    assert form_with(page, "parent")["note"].value == "Kept"
    other = bank.make("Other", owner=bank.who)
    settings = form_with(bank.browser.get(f"/bank/{other}/edit"), "parent")
    settings["name"] = " "
    assert "Fill in" in said(settings.submit(status=400))
    settings["name"] = "TALKS"
    assert "here already" in said(settings.submit(status=400))


def test_a_category_with_questions_is_not_removed(bank):
    bank.add()
    page = bank.browser.get(f"{bank.url}remove")
    assert "not empty" in page
    token = form_with(bank.browser.get("/bank/add"), "parent")["csrf_token"].value
    answer = bank.browser.post(f"{bank.url}remove", {"csrf_token": token}).follow()
    assert "not empty" in said(answer)
