"""One's own account."""

import pytest

from lms.services import audit
from sites import PASSPHRASE

NEW = "seven slow brown boats"


@pytest.fixture
def person_id(small_site):
    return small_site.add("mina")


@pytest.fixture
def browser(small_site, person_id):
    browser = small_site.browser(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/128.0")
    browser.sign_in("mina")
    return browser


@pytest.fixture
def other(small_site, person_id):
    other = small_site.browser(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 7) Chrome/119")
    other.sign_in("mina")
    return other


def is_signed_in(browser):
    return browser.get("/account").status_int == 200


@pytest.mark.parametrize("path", ["/account", "/passphrase"])
def test_a_visitor_is_asked_to_sign_in(small_site, path):
    answer = small_site.browser().get(path)
    assert answer.location == f"http://localhost:6543/sign-in?next=%2F{path[1:]}"


@pytest.mark.parametrize("path", ["/end-session", "/end-other-sessions"])
def test_a_visitor_cannot_end_sessions(small_site, path):
    visitor = small_site.browser()
    token = visitor.get("/sign-in").forms["form"]["csrf_token"].value
    page = visitor.post(path, {"csrf_token": token}, status=403)
    assert page.html.h1.text == "You are not signed in any more"


def test_name_and_language_are_saved(small_site, browser, person_id):
    form = browser.get("/account").forms["form"]
    form["display_name"], form["language"] = "  Mina   of Nairobi ", "es"
    page = form.submit("save").follow()
    person = small_site.look(lambda site: site.people[person_id])
    assert page.html.find("option", selected=True)["value"] == "es"
    assert page.html.header.bdi.text == "Mina of Nairobi"
    assert person.language == "es"


def test_without_a_name_nothing_is_saved_and_the_field_says_why(browser):
    form = browser.get("/account").forms["form"]
    form["display_name"] = ""
    page = form.submit("save", status=400)
    field = page.html.find(id="form-display_name")
    assert field["aria-invalid"] == "true"
    assert page.html.find(id=field["aria-describedby"].split()[-1]).text == "Fill in this field."
    assert page.html.find("div", class_="errors").a["href"] == "#form-display_name"
    assert page.html.title.text.startswith("Error: Your account")


def change(browser, current, new):
    form = browser.get("/passphrase").forms["form"]
    form["current"], form["new"] = current, new
    return form


def test_changing_the_passphrase_ends_every_other_session(small_site, browser, other):
    page = change(browser, PASSPHRASE, NEW).submit().follow()
    assert "Your passphrase is changed" in page.text
    assert is_signed_in(browser)
    assert not is_signed_in(other)
    small_site.browser().sign_in("mina", NEW, status=303)
    small_site.browser(REMOTE_ADDR="198.51.100.7").sign_in("mina", PASSPHRASE, status=400)


def test_the_change_is_noted_without_the_passphrase(small_site, browser):
    change(browser, PASSPHRASE, NEW).submit()
    entry = small_site.look(lambda site: audit.page(site.audit)[0][0])
    assert entry["action"] == "passphrase changed"
    assert NEW not in str(entry)


def test_the_current_passphrase_is_needed(browser, other):
    page = change(browser, NEW, NEW).submit(status=400)
    assert "The current passphrase is not right." in page.text
    assert is_signed_in(other)


def test_the_current_passphrase_cannot_be_guessed_without_end(small_site, browser):
    for _ in range(8):
        change(browser, "a wrong passphrase", NEW).submit(status=400)
    page = change(browser, PASSPHRASE, NEW).submit(status=429)
    assert "Too many wrong passphrases" in page.text
    assert int(page.headers["Retry-After"]) > 0
    elsewhere = small_site.browser(REMOTE_ADDR="198.51.100.7")
    elsewhere.sign_in("mina", PASSPHRASE, status=303)


def test_an_easy_passphrase_is_refused_in_words(browser):
    page = change(browser, PASSPHRASE, "short").submit(status=400)
    assert "Use at least 12 characters" in page.html.find("div", class_="errors").text


def test_the_list_shows_each_browser_and_which_one_this_is(browser, other):
    rows = [
        " ".join(row.strong.parent.text.split())
        for row in browser.get("/account").html.find_all("li", class_="row")
    ]
    assert sorted(rows) == ["Chrome on Android", "Firefox on Windows · this browser"]


def test_another_browser_can_be_signed_out(small_site, browser, other):
    form = next(f for f in browser.get("/account").forms.values() if "session" in f.fields)
    page = form.submit().follow()
    assert "That browser is signed out." in page.text
    assert not is_signed_in(other)
    assert is_signed_in(browser)


def test_ending_a_session_twice_is_no_error(browser, other):
    form = next(f for f in browser.get("/account").forms.values() if "session" in f.fields)
    form.submit()
    assert "signed out already" in form.submit().follow().text


def test_every_other_browser_can_be_signed_out_at_once(browser, other):
    form = next(
        f for f in browser.get("/account").forms.values() if f.action.endswith("other-sessions")
    )
    form.submit()
    assert not is_signed_in(other)
    assert is_signed_in(browser)


def test_nobody_can_end_a_session_of_somebody_else(small_site, browser):
    small_site.add("sam")
    sam = small_site.browser()
    sam.sign_in("sam")
    key = small_site.look(lambda site: next(iter(site.people.by_username("sam").sessions)))
    token = browser.get("/account").html.find("input", {"name": "csrf_token"})["value"]
    browser.post("/end-session", {"csrf_token": token, "session": key})
    assert is_signed_in(sam)
