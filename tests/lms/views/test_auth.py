"""Signing in and out, as a browser sees it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lms import languages
from lms.services import audit
from lms.services.rate import PER_CLIENT, PER_USERNAME
from sites import PASSPHRASE

WRONG = "seven slow brown boats"


@pytest.fixture
def person_id(small_site):
    return small_site.add("mina")


@pytest.fixture
def browser(small_site, person_id):
    return small_site.browser()


def set_cookies(answer):
    return {line.partition("=")[0]: line for line in answer.headers.getall("Set-Cookie")}


def sessions_of(small_site, person_id):
    return small_site.look(lambda site: dict(site.people[person_id].sessions))


def actions(small_site):
    return small_site.look(lambda site: [entry["action"] for entry in audit.page(site.audit)[0]])


def test_the_form_has_the_names_that_everybody_relies_on(browser):
    page = browser.get("/sign-in")
    labels = [" ".join(label.text.split()) for label in page.html.find_all("label")]
    assert labels[:2] == ["Username", "Password"]
    assert page.html.main.find("button", type="submit").text.strip() == "Sign in"


def test_a_password_manager_may_fill_in_the_form(browser):
    form = browser.get("/sign-in").html.find("form", id="form")
    assert form.find("input", {"name": "username"})["autocomplete"] == "username"
    assert form.find("input", {"name": "password"})["autocomplete"] == "current-password"
    assert "onpaste" not in str(form)


def test_the_right_passphrase_signs_in(browser):
    assert browser.sign_in("mina").location == "http://localhost:6543/"
    assert "mina" in browser.get("/account").html.header.text


def test_the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts(browser):
    cookie = set_cookies(browser.sign_in("mina"))["tutela-sign-in"]
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert "; Path=/" in cookie
    assert "; Domain" not in cookie
    assert f"; Max-Age={30 * 24 * 3600}" in cookie


def test_over_https_the_cookies_are_secure_and_bound_to_the_host(https_site):
    https_site.add("mina")
    browser = https_site.browser(HTTP_ORIGIN="https://learn.example.org")
    cookies = set_cookies(browser.sign_in("mina"))
    assert {"__Host-tutela-sign-in", "__Host-tutela-page"} <= set(cookies)
    assert all("; secure" in cookie for cookie in cookies.values())
    assert browser.get("/account").status_int == 200


def test_on_a_shared_computer_no_cookie_outlives_the_browser(browser):
    cookies = set_cookies(browser.sign_in("mina", shared=True))
    assert not [cookie for cookie in cookies.values() if re.search("Max-Age|expires", cookie)]


def test_the_database_holds_only_a_hash_of_the_cookies_secret(small_site, browser, person_id):
    browser.sign_in("mina")
    owner, secret = browser.cookies["tutela-sign-in"].split(".")
    assert owner == person_id
    assert secret not in sessions_of(small_site, person_id)
    assert len(sessions_of(small_site, person_id)) == 1


def test_a_wrong_passphrase_and_an_unknown_username_get_the_same_page(browser):
    def words(username):
        page = browser.sign_in(username, WRONG, status=400)
        return re.sub('name="csrf_token" value="[^"]+"', "", page.text).replace(username, "")

    assert words("mina") == words("xyzzy")


def test_after_a_wrong_passphrase_the_username_is_kept_and_the_passphrase_is_not(browser):
    page = browser.sign_in("mina", WRONG, shared=True, status=400)
    form = page.forms["form"]
    assert form["username"].value == "mina"
    assert form["password"].value == ""
    assert form["shared_computer"].checked
    assert WRONG not in page.text


def test_a_wrong_passphrase_stores_nothing(small_site, browser, person_id):
    before = small_site.database.lastTransaction()
    browser.sign_in("mina", WRONG, status=400)
    browser.sign_in("nobody", WRONG, status=400)
    assert small_site.database.lastTransaction() == before


def test_the_next_sign_in_tells_of_wrong_passphrases(small_site, browser):
    small_site.browser(REMOTE_ADDR="198.51.100.7").sign_in("mina", WRONG, status=400)
    browser.sign_in("mina")
    assert "1 wrong passphrase was tried" in browser.get("/account").text
    assert "1 wrong passphrase was tried" not in browser.get("/account").text
    entry = small_site.look(lambda site: audit.page(site.audit)[0][0])
    assert entry["details"]["wrong passphrases before"] == 1


def exhaust(small_site, browser, username="mina"):
    for _ in range(PER_USERNAME.amount):
        browser.sign_in(username, WRONG, status=400)


def test_too_many_wrong_passphrases_must_wait_and_are_told_how_long(small_site, browser):
    exhaust(small_site, browser)
    page = browser.sign_in("mina", PASSPHRASE, status=429)
    assert 0 < int(page.headers["Retry-After"]) <= 900
    assert "Wait 15 minutes" in page.text
    assert page.forms["form"]["username"].value == "mina"


def test_the_right_passphrase_still_works_from_another_network(small_site, browser):
    exhaust(small_site, browser)
    small_site.browser(REMOTE_ADDR="198.51.100.7").sign_in("mina", status=303)


def test_one_network_cannot_try_all_usernames(small_site, browser):
    limits = small_site.registry["sign_in_limits"]
    for number in range(PER_CLIENT.amount):
        limits.wrong("192.0.2.1", f"name{number}", None)
    browser.sign_in("somebody", WRONG, status=429)


def test_signing_in_notes_the_browser_and_no_address(small_site, browser, person_id):
    browser.sign_in("mina")
    entry = small_site.look(lambda site: audit.page(site.audit)[0][0])
    assert entry["action"] == "signed in"
    assert entry["actor"] == person_id
    assert "192.0.2.1" not in str(entry)


def test_a_page_of_before_cannot_be_used_after_signing_in(browser):
    before = browser.get("/sign-in").forms["form"]["csrf_token"].value
    browser.sign_in("mina")
    browser.post("/sign-out", {"csrf_token": before}, status=400)


def test_a_cookie_planted_before_signing_in_is_not_taken_over(small_site, browser, person_id):
    browser.set_cookie("tutela-sign-in", f"{person_id}.{'a' * 43}")
    browser.sign_in("mina")
    assert "a" * 43 not in browser.cookies["tutela-sign-in"]


def test_signing_in_again_leaves_one_session_in_the_browser(small_site, browser, person_id):
    browser.sign_in("mina")
    page = browser.get("/account")
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    values = {"csrf_token": token, "username": "mina", "password": PASSPHRASE}
    browser.post("/sign-in", values, status=303)
    assert len(sessions_of(small_site, person_id)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        " /account",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(browser, address):
    form = browser.get("/sign-in").forms["form"]
    form["username"], form["password"] = "mina", PASSPHRASE
    form["next"].force_value(address)
    assert form.submit().location == "http://localhost:6543/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(browser):
    page = browser.get("/account?x=1").follow()
    form = page.forms["form"]
    form["username"], form["password"] = "mina", PASSPHRASE
    assert form.submit().location == "http://localhost:6543/account?x=1"


def test_whoever_is_signed_in_goes_on(browser):
    browser.sign_in("mina")
    answer = browser.get("/sign-in?next=/account")
    assert answer.location == "http://localhost:6543/account"


def test_a_temporary_passphrase_leads_to_choosing_another(small_site):
    small_site.add("sam", temporary=True)
    browser = small_site.browser()
    page = browser.sign_in("sam").follow()
    assert page.request.path.rstrip("/") == "/passphrase"
    assert "that an admin gave you" in page.text


def test_a_closed_account_cannot_sign_in(small_site, browser, person_id):
    small_site.add("boss", "admin")
    browser.sign_in("mina")

    def close(site):
        site.people[person_id].closed = True

    small_site.look(close)
    assert "sign-in" in browser.get("/account").location
    browser.sign_in("mina", status=400)


def sign_out(browser):
    return browser.get("/account").html.find("form", action="/sign-out"), browser.post(
        "/sign-out",
        {"csrf_token": browser.get("/account").html.find("input", {"name": "csrf_token"})["value"]},
    )


def test_signing_out_ends_the_session_for_good(small_site, browser, person_id):
    browser.sign_in("mina")
    cookie = browser.cookies["tutela-sign-in"]
    _form, answer = sign_out(browser)
    assert answer.follow().html.h1.text == "You are signed out"
    assert sessions_of(small_site, person_id) == {}
    browser.set_cookie("tutela-sign-in", cookie)
    assert "sign-in" in browser.get("/account").location
    assert actions(small_site) == ["signed out", "signed in"]


def test_after_signing_out_the_browser_holds_no_cookie(browser):
    browser.sign_in("mina", shared=True)
    sign_out(browser)[1].follow()
    assert dict(browser.cookies) == {}


def test_a_shared_computer_is_told_to_forget_everything(browser):
    browser.sign_in("mina", shared=True)
    assert sign_out(browser)[1].headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_ones_own_computer_may_keep_its_cache(browser):
    browser.sign_in("mina")
    assert "Clear-Site-Data" not in sign_out(browser)[1].headers


def test_signing_out_is_no_link(browser):
    browser.sign_in("mina")
    browser.get("/sign-out")
    assert browser.get("/account").status_int == 200


def test_signing_out_twice_is_no_error(browser):
    token = browser.get("/sign-in").forms["form"]["csrf_token"].value
    assert browser.post("/sign-out", {"csrf_token": token}).status_int == 303


def test_looking_at_pages_writes_nothing(small_site, browser):
    browser.sign_in("mina")
    before = small_site.database.lastTransaction()
    for path in ("/account", "/passphrase", "/language", "/sign-in"):
        browser.get(path)
    assert small_site.database.lastTransaction() == before


def test_use_is_noted_once_in_five_minutes(small_site, browser, person_id):
    browser.sign_in("mina")

    def age(site):
        [session] = site.people[person_id].sessions.values()
        session.last_seen -= timedelta(minutes=6)
        return session.last_seen

    old = small_site.look(age)
    browser.get("/account")
    [session] = sessions_of(small_site, person_id).values()
    assert session.last_seen > old


def choose_language(browser, code, way="/account"):
    page = browser.get(f"/language?next={way}")
    token = page.html.main.find("input", {"name": "csrf_token"})["value"]
    return browser.post("/language", {"csrf_token": token, "language": code, "next": way})


def test_a_visitor_chooses_a_language_until_the_browser_is_closed(browser, translated):
    answer = choose_language(browser, "ar", "/sign-in")
    assert "Max-Age" not in set_cookies(answer)["tutela-language"]
    page = answer.follow()
    assert page.html.html["lang"] == "ar"
    assert page.html.html["dir"] == "rtl"


def test_words_that_are_not_translated_yet_are_said_to_be_english(browser):
    page = choose_language(browser, "ar", "/sign-in").follow()
    assert page.html.html["dir"] == "rtl"
    assert page.html.html["lang"] == ("ar" if "ar" in languages.TRANSLATED else "en")


def test_a_persons_language_goes_with_the_person(small_site, browser, translated):
    browser.sign_in("mina")
    choose_language(browser, "fr")
    other = small_site.browser()
    other.sign_in("mina")
    assert other.get("/account").html.html["lang"] == "fr"


def test_a_language_that_the_site_does_not_speak_is_refused(browser):
    token = browser.get("/language").html.main.find("input", {"name": "csrf_token"})["value"]
    browser.post("/language", {"csrf_token": token, "language": "xx"}, status=400)


def test_choosing_a_language_never_leads_to_another_site(browser):
    assert choose_language(browser, "fr", "//evil.example").location == "http://localhost:6543/"


def test_times_are_aware(small_site, browser, person_id):
    browser.sign_in("mina")
    [session] = sessions_of(small_site, person_id).values()
    assert session.created <= datetime.now(UTC)
