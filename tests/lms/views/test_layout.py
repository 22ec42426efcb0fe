"""What all pages have in common: headers, the page's frame, languages."""

import gzip
import re

import pytest

from lms import languages
from lms.csp import STATIC
from lms.views.layout import place_of


@pytest.fixture
def browser(small_site):
    small_site.add("mina", "member")
    return small_site.browser()


def links(page):
    nav = page.html.find("nav", class_="links")
    return [link.text for link in nav.find_all("a")]


def current(page):
    nav = page.html.find("nav", class_="links")
    return [link.text for link in nav.find_all("a", attrs={"aria-current": "page"})]


def test_every_answer_has_the_strict_headers(browser):
    for path, status in (("/sign-in", 200), ("/nothing", 404), ("/account", 303)):
        answer = browser.get(path, status=status)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_somebody_signed_in_are_kept_by_no_browser(browser):
    assert browser.get("/sign-in").headers["Cache-Control"] == "private, no-cache"
    browser.sign_in("mina")
    assert browser.get("/account").headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_a_year_and_named_by_their_content(browser):
    page = browser.get("/sign-in")
    address = page.html.find("link", rel="stylesheet")["href"]
    assert re.search(r"tutela\.css\?v=[0-9a-f]{12}$", address)
    assert "max-age=31536000" in browser.get(address).headers["Cache-Control"]


def test_no_page_has_a_script_or_style_in_it(browser):
    browser.sign_in("mina")
    for path in ("/signed-out", "/account", "/passphrase", "/language"):
        html = browser.get(path).html
        assert not html.find_all("style")
        assert not [s for s in html.find_all("script") if s.text.strip()]
        assert not [
            tag
            for tag in html.find_all(True)
            if any(name == "style" or name.startswith("on") for name in tag.attrs)
        ]


def test_no_page_loads_anything_from_another_host(browser):
    html = browser.get("/sign-in").html
    addresses = [t.get("src") or t.get("href") for t in html.find_all(["script", "link", "img"])]
    assert all(a.startswith(("http://localhost:6543/", "/")) for a in addresses)


def test_the_first_load_of_the_sign_in_page_is_small(browser):
    page = browser.get("/sign-in").body
    files = [path.read_bytes() for path in STATIC.rglob("*") if path.is_file()]
    assert sum(len(gzip.compress(body)) for body in (page, *files)) < 20_000


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("member", ["Home", "Courses", "My learning", "Verify a certificate"]),
        (
            "author",
            [
                "Home",
                "Courses",
                "My learning",
                "Packages",
                "Question bank",
                "Quizzes",
                "Verify a certificate",
            ],
        ),
        (
            "admin",
            [
                "Home",
                "Courses",
                "My learning",
                "Packages",
                "Question bank",
                "Quizzes",
                "Admin",
                "Verify a certificate",
            ],
        ),
    ],
)
def test_the_header_shows_what_a_role_can_open(small_site, role, expected):
    small_site.add("sam", role)
    browser = small_site.browser()
    browser.sign_in("sam")
    assert links(browser.get("/account")) == expected


def test_the_header_of_a_visitor_leads_to_signing_in_and_back(browser):
    page = browser.get("/nothing?x=1", status=404)
    assert links(page) == ["Home", "Verify a certificate"]
    assert page.html.header.find("a", href="/sign-in?next=/nothing%3Fx%3D1")


@pytest.mark.parametrize(("path", "marked"), [("/account", []), ("/admin/people/", ["Admin"])])
def test_the_header_marks_where_one_is(small_site, path, marked):
    small_site.add("boss", "admin")
    browser = small_site.browser()
    browser.sign_in("boss")
    assert current(browser.get(path)) == marked


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/certificates", "/certificates/"),
        ("/certificates/41a", "/certificates/41a/"),
        ("/certificates/41a/name", "/certificates/41a/name/"),
        ("/certificates/41a/print", ""),
        ("/certificates/41a/forget-name", ""),
        ("/certificates/mine/", ""),
        ("/certificates/41a/revoke", "/admin/"),
        ("/certificates/all", "/admin/"),
        ("/certificates/awards/7", "/admin/"),
        ("/certificates/batches/7/", "/admin/"),
        ("/certificates/templates/", "/admin/"),
    ],
)
def test_only_pages_for_whoever_verifies_stand_below_that_link(path, place):
    assert place_of(path) == place


def test_a_visitor_who_only_looks_gets_no_cookie(browser):
    browser.get("/")
    browser.get("/nothing", status=404)
    assert dict(browser.cookies) == {}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("ar", "ar"),
        ("de,pt", "en"),
        ("", "en"),
        ("not a header;;;", "en"),
    ],
)
def test_a_new_visitor_gets_the_browsers_language(browser, translated, header, language):
    page = browser.get("/sign-in", headers={"Accept-Language": header})
    assert page.html.html["lang"] == language


def test_nobody_gets_the_layout_of_a_language_for_english_words_unasked(browser, monkeypatch):
    monkeypatch.setattr(languages, "TRANSLATED", frozenset({"en"}))
    page = browser.get("/sign-in", headers={"Accept-Language": "ar"})
    assert (page.html.html["lang"], page.html.html["dir"]) == ("en", "ltr")


def test_an_address_may_ask_for_a_language(browser):
    page = browser.get("/sign-in?_LOCALE_=ar", headers={"Accept-Language": "fr"})
    assert page.html.html["dir"] == "rtl"


def test_a_language_that_is_not_spoken_is_not_an_error(browser):
    assert browser.get("/sign-in?_LOCALE_=tlh").html.html["lang"] == "en"


def test_what_people_write_cannot_become_part_of_a_page(small_site):
    small_site.add("sam", display_name="<script>alert(1)</script>")
    browser = small_site.browser()
    browser.sign_in("sam")
    page = browser.get("/account")
    assert "<script>alert" not in page.text
    assert page.html.header.bdi.text == "<script>alert(1)</script>"


def test_what_is_no_page_gets_no_layout(browser):
    assert browser.get("/healthz").json["status"] == "ok"
