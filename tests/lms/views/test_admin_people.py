"""People and the audit trail, as admins see them."""

from datetime import UTC, datetime

import pytest

from lms.services import audit
from sites import PASSPHRASE


@pytest.fixture
def admin(small_site):
    small_site.add("boss", "admin")
    browser = small_site.browser()
    browser.sign_in("boss")
    return browser


@pytest.fixture
def mina(small_site):
    return small_site.add("mina", centre="nairobi", display_name="Mina")


def path_of(person_id, name=""):
    return f"/admin/people/{person_id}/{name}"


def asked(page):
    """The form that a page is there for."""
    return next(form for form in page.forms.values() if form.action != "/sign-out")


def press(browser, page_path, action):
    """Send the form of a page whose action ends with ``action``; the page it leads to."""
    forms = browser.get(page_path).forms.values()
    return next(form for form in forms if form.action.endswith(action)).submit().follow()


ADMIN_PAGES = ["/admin/", "/admin/audit", "/admin/people/", "/admin/people/add"]


@pytest.mark.parametrize("path", ADMIN_PAGES)
@pytest.mark.parametrize("role", ["member", "author"])
def test_others_are_told_that_the_page_is_for_another_role(small_site, role, path):
    small_site.add("mina", role)
    browser = small_site.browser()
    browser.sign_in("mina")
    page = browser.get(path, status=403)
    assert "for people with another role" in page.text


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_a_visitor_is_asked_to_sign_in(small_site, path):
    assert "/sign-in?next=" in small_site.browser().get(path).location


def test_a_member_cannot_see_a_persons_page_by_guessing_its_address(small_site, mina):
    small_site.add("sam")
    browser = small_site.browser()
    browser.sign_in("sam")
    for name in ("", "close", "reset-passphrase"):
        browser.get(path_of(mina, name), status=403)


def test_people_are_listed_with_role_centre_and_account(admin, mina):
    row = admin.get("/admin/people/").html.find("a", string="mina").find_parent("tr")
    assert [cell.text.strip() for cell in row.find_all("td")] == [
        "Mina",
        "member",
        "nairobi",
        "open",
    ]


def test_a_long_list_goes_on_on_the_next_page(small_site, admin, monkeypatch):
    monkeypatch.setattr("lms.services.passphrases.hashed", lambda _text: "")
    for number in range(26):
        small_site.add(f"person{number:02}")
    page = admin.get("/admin/people/?search=person")
    assert page.html.find("a", string="person25") is None
    assert page.click("Next page").html.find("a", string="person25")


def test_a_person_is_found_by_part_of_the_username(small_site, admin, mina):
    form = asked(admin.get("/admin/people/"))
    form["search"] = "IN"
    rows = form.submit().html.tbody.find_all("tr")
    assert len(rows) == 1


def test_when_nobody_is_found_the_page_says_so(admin):
    assert "Try fewer of them" in admin.get("/admin/people/?search=xyz").text


def fill_in(admin, **values):
    form = admin.get("/admin/people/add").forms["form"]
    for name, value in values.items():
        form[name] = value
    return form


def test_an_added_person_signs_in_with_the_passphrase_shown(small_site, admin):
    page = fill_in(admin, username="sam", role="author", centre="lima").submit()
    passphrase = page.html.find("code").text
    small_site.browser().sign_in("sam", passphrase, status=303)
    sam = small_site.look(lambda site: site.people.by_username("sam"))
    assert (sam.role, sam.centre, sam.temporary_until is not None) == ("author", "lima", True)


def test_a_taken_username_is_refused_and_nothing_is_lost(admin, mina):
    page = fill_in(admin, username="Mina", display_name="Another Mina").submit(status=400)
    assert "already" in page.html.find("div", class_="errors").text
    assert page.forms["form"]["display_name"].value == "Another Mina"


def test_role_name_and_centre_are_changed_and_noted(small_site, admin, mina):
    form = admin.get(path_of(mina)).forms["form"]
    form["role"], form["display_name"], form["centre"] = "author", "Mina M", ""
    assert "The account is saved." in form.submit().follow().text
    person = small_site.look(lambda site: site.people[mina])
    entry = small_site.look(lambda site: audit.page(site.audit)[0][0])
    assert (person.role, person.display_name, person.centre) == ("author", "Mina M", None)
    assert entry["details"]["role"] == "member → author"


def test_saving_without_another_role_notes_no_role(small_site, admin, mina):
    admin.get(path_of(mina)).forms["form"].submit()
    entry = small_site.look(lambda site: audit.page(site.audit)[0][0])
    assert "role" not in entry["details"]


def test_the_only_admin_cannot_be_demoted(small_site, admin):
    boss = small_site.look(lambda site: site.people.by_username("boss").id)
    form = admin.get(path_of(boss)).forms["form"]
    form["role"] = "member"
    assert "only admin" in form.submit(status=400).html.find("div", class_="errors").text


def test_the_only_admin_cannot_be_closed(small_site, admin):
    boss = small_site.look(lambda site: site.people.by_username("boss").id)
    page = asked(admin.get(path_of(boss, "close"))).submit().follow()
    assert "only admin" in page.text
    assert not small_site.look(lambda site: site.people[boss].closed)


def test_a_reset_shows_a_new_passphrase_once_and_ends_every_sign_in(small_site, admin, mina):
    browser = small_site.browser()
    browser.sign_in("mina")
    page = asked(admin.get(path_of(mina, "reset-passphrase"))).submit()
    passphrase = page.html.find("code").text
    assert "/sign-in" in browser.get("/account").location
    small_site.browser().sign_in("mina", PASSPHRASE, status=400)
    small_site.browser().sign_in("mina", passphrase, status=303)
    assert passphrase not in admin.get(path_of(mina)).text
    assert page.headers["Cache-Control"] == "no-store"


def test_closing_says_what_will_happen_first(small_site, admin, mina):
    small_site.browser().sign_in("mina")
    page = admin.get(path_of(mina, "close"))
    assert "is signed out of 1 browser." in page.text
    assert not small_site.look(lambda site: site.people[mina].closed)


def test_a_closed_account_can_be_opened_again(small_site, admin, mina):
    page = asked(admin.get(path_of(mina, "close"))).submit().follow()
    assert "The account is closed." in page.text
    small_site.browser().sign_in("mina", status=400)
    press(admin, path_of(mina), "reopen")
    small_site.browser().sign_in("mina", status=303)


def test_an_admin_signs_somebody_out_everywhere(small_site, admin, mina):
    browser = small_site.browser()
    browser.sign_in("mina")
    press(admin, path_of(mina), "end-sign-ins")
    assert "/sign-in" in browser.get("/account").location


def test_an_unknown_person_does_not_exist(admin):
    admin.get(path_of("nobody"), status=404)


def test_the_audit_trail_names_people_by_username(admin, mina):
    press_page = asked(admin.get(path_of(mina, "close"))).submit()
    assert press_page.status_int == 303
    first = admin.get("/admin/audit").html.tbody.tr
    assert [cell.text for cell in first.find_all("td")][1:4] == ["boss", "account closed", "mina"]


def test_the_audit_trail_goes_back_page_by_page(small_site, admin):
    def fill(site):
        for number in range(60):
            audit.record(
                site.audit,
                now=datetime(2020, 1, 1, tzinfo=UTC),
                actor="command line",
                action="counted",
                subject=str(number),
                details={},
            )

    small_site.look(fill)
    first = admin.get("/admin/audit")
    second = first.click("Older")
    assert len(first.html.tbody.find_all("tr")) == 50
    assert len(second.html.tbody.find_all("tr")) == 11
    assert second.click("Newest").html.tbody.tr == first.html.tbody.tr


def test_the_admins_page_says_how_packages_are_kept_apart(admin):
    assert "an address of its own" in admin.get("/admin/").text
