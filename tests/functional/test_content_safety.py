"""What content may call and what it tried, as admins, authors and members read it."""

import json

import pytest

import smallest
from lms.services import courses
from sites import NOW, upload

HOST = "fonts.example.org"
REASON = "The publisher's licence forbids a copy."


def form_to(page, word, field=""):
    return next(
        form for form in page.forms.values() if word in form.action and field in (*form.fields, "")
    )


def words_of(browser, path):
    return " ".join(browser.get(path).html.find("main").get_text(" ").split())


@pytest.fixture
def package(site, tmp_path):
    """The address of a package, of which there is a published course."""
    author = site.signed_in("author")
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    address = upload(author, "smallest.zip", path.read_bytes()).request.path
    with site.write() as root:
        found = root["site"]
        (only,) = found.packages.values()
        course = courses.create(found.courses, only, title="Listening", slug="listening", now=NOW)
        course.published = True
    return address


@pytest.fixture
def launched(site, package):
    """A member's content host, the capability on it, and the address of its page."""
    member = site.signed_in("member")
    address = form_to(member.get("/courses/listening/"), "launch").submit().location
    content, capability = site.content(address)
    view = content.post_json(f"/{capability}/start", {"session": "-"}).json
    return content, capability, view["delivery"]["url"]


def allow(site, package, host=HOST, reason=REASON):
    form = form_to(site.signed_in("admin").get(package), "/hosts", "reason")
    form["host"], form["reason"] = host, reason
    return form.submit()


def report(launched, directive, blocked):
    content, capability, page = launched
    said = {
        "document-uri": f"http://{content.extra_environ['HTTP_HOST']}{page}",
        "effective-directive": directive,
        "blocked-uri": blocked,
    }
    body = json.dumps({"csp-report": said})
    content.post(f"/{capability}/report", body, content_type="application/csp-report", status=204)


def test_who_allowed_a_host_and_why_is_there_to_read(site, package):
    allow(site, package)
    words = words_of(site.signed_in("author"), package)
    assert f"Its content may call {HOST} {REASON} Allowed by Admin on 20" in words


def test_a_host_that_is_allowed_again_has_the_newer_reason(site, package):
    allow(site, package, reason="For a start.")
    allow(site, package)
    words = words_of(site.signed_in("author"), package)
    assert words.count(HOST) == 1
    assert REASON in words
    assert "For a start." not in words


def test_an_author_reads_which_hosts_are_allowed_but_allows_none(site, package):
    allow(site, package)
    author = site.signed_in("author")
    assert "/hosts" not in author.get(package).text
    token = form_to(author.get(package), "preview")["csrf_token"].value
    fields = {"host": "evil.test", "reason": "Because.", "csrf_token": token}
    author.post(f"{package}hosts", fields, status=403)


def test_a_host_that_is_allowed_no_longer_is_gone_with_its_reason(site, package, launched):
    allow(site, package)
    admin = site.signed_in("admin")
    form_to(admin.get(package), "/hosts", "remove").submit("remove")
    assert HOST not in words_of(admin, package)
    content, _capability, page = launched
    assert HOST not in content.get(page).headers["Content-Security-Policy"]
    with site.write() as root:
        (only,) = root["site"].packages.values()
        assert only.host_reasons == {}


def test_content_calls_an_allowed_host_over_https_alone(site, package, launched):
    allow(site, package)
    content, _capability, page = launched
    policy = content.get(page).headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    for name in ("default-src", "script-src", "style-src"):
        assert f"https://{HOST}" in directives[name].split()
    assert HOST not in directives["form-action"]
    assert HOST not in directives["object-src"]


def test_hosts_that_were_allowed_before_reasons_were_kept_still_are(site, package, launched):
    with site.write() as root:
        (only,) = root["site"].packages.values()
        only.allowed_hosts = (HOST,)
    content, _capability, page = launched
    assert f"https://{HOST}" in content.get(page).headers["Content-Security-Policy"]
    words = words_of(site.signed_in("author"), package)
    assert f"{HOST} Allowed before reasons were kept." in words


@pytest.mark.parametrize(
    "host", ["", "*.example.org", "https://a.example", "a.b/c", "x" * 260 + ".b"]
)
def test_only_a_single_host_can_be_allowed(site, package, host):
    form = form_to(site.signed_in("admin").get(package), "/hosts", "reason")
    form["host"], form["reason"] = host, REASON
    page = form.submit(status=422)
    assert "Give the name of one host" in page.text
    assert form_to(page, "/hosts", "reason")["reason"].value == REASON


def test_members_are_told_which_hosts_a_course_calls(site, package):
    member = site.signed_in("member")
    told = "loads files from other hosts, whose owners learn that you open it:"
    assert told not in words_of(member, "/courses/listening/")
    allow(site, package)
    assert f"{told} {HOST}" in words_of(member, "/courses/listening/")


def test_an_author_reads_what_content_tried_and_an_admin_can_allow_it_from_there(
    site, package, launched
):
    report(launched, "style-src-elem", f"https://{HOST}/css?family=x")
    report(launched, "connect-src", "http://localhost:6543/admin/people")
    author = site.signed_in("author")
    words = words_of(author, package)
    assert f"It tried to load a style sheet from {HOST}. Refused. On 20" in words
    assert "It tried to reach this site, where people are signed in. Refused." in words
    assert "family" not in words
    assert f"Allow {HOST}" not in words
    page = site.signed_in("admin").get(package).click(f"Allow {HOST}")
    form = form_to(page, "/hosts", "reason")
    assert form["host"].value == HOST
    form["reason"] = REASON
    form.submit()
    assert f"Allow {HOST}" not in words_of(site.signed_in("admin"), package)


def test_what_a_preview_tries_is_told_too(site, package):
    author = site.signed_in("author")
    address = form_to(author.get(package), "/preview").submit().location
    content, capability = site.content(address)
    content.post(f"/{capability}/report", b'{"top": "https://evil.test"}', status=204)
    assert "It tried to lead the whole window away, to evil.test." in words_of(author, package)


def test_the_days_on_which_it_was_tried_are_told(site, package, launched):
    report(launched, "img-src", "https://pixel.test/1.gif")
    with site.write() as root:
        (only,) = root["site"].packages.values()
        only.refusals.keep(("image", "pixel.test"), ("2026-11-02", "2026-11-20", 3))
    assert "On 3 days from 2026-11-02 to 2026-11-20." in words_of(site.signed_in("author"), package)


def test_no_answer_of_a_content_host_is_without_a_policy(launched):
    """What has none could be shown in a frame, and used to call anybody from there."""
    content, capability, page = launched
    folder = page.rpartition("/")[0]
    found = [
        content.get(page),
        content.get("/"),
        content.get(f"{folder}/is-not-here", status=404),
        content.get(f"/made.up/{page.split('/')[2]}/page.html", status=403),
        content.get("/is/nowhere/%00", status="*"),
        content.get("/courses/", status=404),
        content.post(f"/{capability}/commit", "{", status=400),
        content.post(page, status=404),
    ]
    assert [
        each.request.path for each in found if "Content-Security-Policy" not in each.headers
    ] == []
    assert {each.headers["X-Content-Type-Options"] for each in found} == {"nosniff"}
