"""Who may see, use and change what is in the question bank."""

from dataclasses import replace

import pytest

from tests.assessments.examples import EXAMPLES, TRUTH
from tests.functional.bank.pages import GIFT, form_to, said, send


@pytest.mark.parametrize("path", ["", "add", "import", "search"])
def test_members_and_strangers_see_nothing_of_the_bank(bank, path):
    assert bank.site.signed_in("member").get(f"/bank/{path}", status=403)
    assert "/sign-in" in bank.site.browser().get(f"/bank/{path}", status=303).location


def test_members_cannot_open_a_question_or_its_files(bank):
    url = bank.add(EXAMPLES["hotspot"])
    member = bank.site.signed_in("member")
    for path in ("", "edit", "versions", "texts", "file/1/room.png"):
        member.get(url + path, status=403)
    member.get(bank.url, status=403)
    member.get(f"{bank.url}export", status=403)


def test_a_private_category_is_not_listed_searched_or_opened_by_others(bank):
    secret = bank.make("Secret", owner=bank.who, access="private")
    url = bank.add(replace(TRUTH, name="Hidden one"), category=secret)
    colleague = bank.site.signed_in("colleague")
    assert "Secret" not in colleague.get("/bank/")
    assert "Hidden one" not in colleague.get("/bank/search?words=hidden")
    for path in (f"/bank/{secret}/", url, f"{url}edit", f"/bank/{secret}/export"):
        colleague.get(path, status=403)
    assert "Secret" in bank.browser.get("/bank/")
    assert "Hidden one" in bank.browser.get("/bank/search?words=hidden")
    assert "Hidden one" in bank.site.signed_in("admin").get("/bank/search")


def test_what_may_only_be_used_cannot_be_changed(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    url = bank.add(category=shared)
    colleague = bank.site.signed_in("colleague")
    page = colleague.get(url)
    assert not page.html.find("a", string="Edit")
    colleague.get(f"{url}edit", status=403)
    colleague.get(f"/bank/{shared}/new", status=403)
    colleague.get(f"/bank/{shared}/edit", status=403)
    form = form_to(page, "duplicate")
    assert "Choose a category" in said(form.submit().follow())
    form["category"] = bank.category
    assert "copy" in said(form.submit().follow())


def test_a_ticked_question_of_somebody_else_is_left_alone(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    theirs, other = bank.add(category=shared), bank.add(TRUTH)
    colleague = bank.site.signed_in("colleague")
    form = form_to(colleague.get(bank.url), "bulk")
    ids = [url.rstrip("/").split("/")[-1] for url in (theirs, other)]
    fields = [*form.submit_fields("do", submit_value="retire"), *(("item", key) for key in ids)]
    colleague.post("/bank/bulk", fields)
    assert bank.look(theirs)["state"] == "ready"
    assert bank.look(other)["state"] == "retired"


def test_an_import_of_somebody_else_cannot_be_looked_at(bank):
    page = send(bank, GIFT).follow()
    path = page.request.path
    bank.site.signed_in("colleague").get(path, status=404)
    bank.browser.get("/bank/import/nothing", status=404)
