"""Errors as pages."""

import logging
import re

import pytest
from pyramid.httpexceptions import HTTPBadRequest, HTTPFound, HTTPServiceUnavailable
from pyramid.response import Response
from ZODB.POSException import ConflictError

from lms.resources import Site
from sites import PASSPHRASE

CODE = re.compile(r"[0-9A-F]{6}")


def boom(context, request):
    raise RuntimeError("the cause")


def bad_request(context, request):
    raise HTTPBadRequest


def unavailable(context, request):
    raise HTTPServiceUnavailable


def elsewhere(context, request):
    raise HTTPFound("/sign-in")


def conflict(context, request):
    request.registry["tries"] += 1
    raise ConflictError


def conflict_at_commit(context, request):
    """What a concurrent writer causes: the transaction fails after the view has answered."""
    request.registry["tries"] += 1
    context.courses._p_changed = True
    assert request.identity is not None

    def fail(_done=None):
        raise ConflictError

    request.tm.get().addBeforeCommitHook(fail)
    return Response("never sent")


def once_in_conflict(context, request):
    request.registry["tries"] += 1
    if request.registry["tries"] == 1:
        raise ConflictError
    return Response("done")


def faulty(config):
    config.registry["tries"] = 0
    for view in (boom, bad_request, unavailable, elsewhere, conflict, conflict_at_commit):
        config.add_view(view, context=Site, name=view.__name__)
    config.add_view(once_in_conflict, context=Site, name="once_in_conflict")


@pytest.fixture
def faulty_site(make_site, monkeypatch):
    monkeypatch.setattr("lms.zodb.time.sleep", lambda _seconds: None)
    made = make_site(includes=(faulty,))
    made.add("mina")
    return made


@pytest.fixture
def browser(faulty_site):
    browser = faulty_site.browser()
    browser.sign_in("mina")
    return browser


@pytest.mark.parametrize("path", ["/nothing", "/admin/nothing", "/a%2Fb", "/@@x"])
def test_what_does_not_exist_is_told_in_words(small_site, path):
    page = small_site.browser().get(path, status=404)
    assert page.html.h1.text == "This page does not exist"
    assert page.html.title.text == "This page does not exist – Tutela"


def test_a_path_that_is_no_text_is_told_in_words(small_site):
    page = small_site.browser().get("/%ff", status=400)
    assert page.html.h1.text == "This address cannot be read"


@pytest.mark.parametrize("path", ["/sign-in?next=%ff", "/language?_LOCALE_=%ff", "/x?%ff"])
def test_a_query_that_is_no_text_does_no_harm(small_site, path):
    assert small_site.browser().get(path, status="*").status_int in (400, 404)


def test_a_form_without_its_token_is_refused_in_words(small_site):
    page = small_site.browser().post("/sign-in", {"username": "mina"}, status=400)
    assert page.html.h1.text == "This page was open too long"
    assert "Nothing that was saved before is lost." in page.text


SENT_BY_NO_BROWSER = (
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: multipart/mixed\r\n\r\n--x--"),
    ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"; filename="x"\r\n\r\n'
        b"text\r\n--x--\r\n",
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; '
        b"charset=klingon\r\n\r\ntext\r\n--x--\r\n",
    ),
)


@pytest.mark.parametrize("path", ["/sign-in", "/language", "/end-session", "/nothing"])
@pytest.mark.parametrize(("kind", "body"), SENT_BY_NO_BROWSER)
def test_a_body_that_is_no_form_is_refused_in_words(small_site, path, kind, body):
    page = small_site.browser().request(
        path, method="POST", body=body, content_type=kind, status=400
    )
    assert page.html.h1.text == "This cannot be done"


@pytest.mark.parametrize("way", ["/%D9%85", "/caf%C3%A9?x=%F0%9F%98%80", "/%0D%0Ax: y"])
def test_a_way_back_in_any_script_is_gone(small_site, way):
    small_site.add("mina")
    browser = small_site.browser()
    form = browser.get(f"/sign-in?next={way}").forms["form"]
    form["username"], form["password"] = "mina", PASSPHRASE
    assert form.submit("sign-in").status_int == 303
    assert browser.get(f"/sign-in?next={way}").status_int == 303


def test_what_somebody_wrote_is_given_back_when_they_are_not_signed_in_any_more(small_site):
    small_site.add("mina")
    browser = small_site.browser()
    browser.sign_in("mina")
    form = browser.get("/account").forms["form"]
    form["display_name"] = "A <b>long text</b>"
    browser.set_cookie("tutela-sign-in", "")
    page = form.submit("save", headers={"Origin": "http://localhost:6543"}, status=403)
    assert page.html.h1.text == "You are not signed in any more"
    assert page.html.find("textarea").text.strip() == "A <b>long text</b>"
    forged = form.submit("save", headers={"Origin": "http://evil.example"}, status="4*")
    assert "long text" not in forged.text


def test_no_passphrase_is_given_back(small_site):
    small_site.add("mina")
    browser = small_site.browser()
    browser.sign_in("mina")
    form = browser.get("/passphrase").forms["form"]
    form["current"], form["new"] = "quiet river over stones", "seven small green boats"
    browser.set_cookie("tutela-sign-in", "")
    page = form.submit("change", headers={"Origin": "http://localhost:6543"}, status=403)
    assert "quiet river" not in page.text
    assert "green boats" not in page.text


def test_a_form_from_another_site_is_refused(https_site):
    https_site.add("mina")
    browser = https_site.browser(HTTP_ORIGIN="https://learn.example.org")
    form = browser.get("/sign-in").forms["form"]
    page = form.submit(headers={"Origin": "https://evil.example"}, status=400)
    assert page.html.h1.text == "This page was open too long"


def test_what_no_form_of_ours_sends_is_refused_in_words(small_site):
    browser = small_site.browser()
    token = browser.get("/sign-in").forms["form"]["csrf_token"].value
    page = browser.post("/sign-in", {"csrf_token": token, "__end__": "x:mapping"}, status=400)
    assert page.html.h1.text == "This cannot be done"


def test_a_request_refused_by_a_view_is_told_in_words(browser):
    assert browser.get("/bad_request", status=400).html.h1.text == "This cannot be done"


def test_a_raised_redirect_stays_one(browser):
    assert browser.get("/elsewhere").status_int == 302


def test_a_fault_is_logged_under_the_code_that_the_page_shows(browser, caplog):
    with caplog.at_level(logging.ERROR):
        page = browser.get("/boom", status=500)
    code = page.html.find("p", class_="code").text
    assert CODE.fullmatch(code)
    assert code in caplog.text
    assert "the cause" in caplog.text
    assert "the cause" not in page.text


def test_a_fault_that_a_view_names_itself_is_one_too(browser):
    page = browser.get("/unavailable", status=500)
    assert CODE.fullmatch(page.html.find("p", class_="code").text)


def test_a_fault_is_logged_without_the_address_of_page_or_person(browser, caplog):
    with caplog.at_level(logging.ERROR):
        browser.get("/boom?secret=1", status=500)
    assert "secret" not in caplog.text
    assert "192.0.2.1" not in caplog.text


@pytest.mark.parametrize("path", ["/conflict", "/conflict_at_commit"])
def test_when_all_tries_meet_others_the_page_says_when_to_come_back(faulty_site, browser, path):
    page = browser.get(path, status=503)
    assert page.html.h1.text == "The site is very busy"
    assert int(page.headers["Retry-After"]) > 0
    assert faulty_site.registry["tries"] == 5


def test_meeting_somebody_once_is_not_noticed(faulty_site, browser):
    assert browser.get("/once_in_conflict").text == "done"
    assert faulty_site.registry["tries"] == 2


def test_error_pages_keep_the_header_of_whoever_is_signed_in(browser):
    assert "mina" in browser.get("/nothing", status=404).html.header.text
