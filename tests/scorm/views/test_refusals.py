"""Reports of what content was refused, over HTTP: bounded, and kept with the package."""

import json

import pytest

from scorm.packages.refusals import refused

CSP = "application/csp-report"


@pytest.fixture
def tried(registration):
    """What is kept of the package, in words."""

    def read():
        with registration() as found:
            return [str(entry.finding.message) for entry in refused(found.package)]

    return read


def report(one, blocked="https://fonts.test/x.woff?who=ana", **more):
    said = {
        "document-uri": f"http://x/{one.signed}/{one.version}/page.html",
        "effective-directive": "font-src",
        "blocked-uri": blocked,
        **more,
    }
    return json.dumps({"csp-report": said}).encode()


def send(one, body, status=204):
    path = f"/{one.signed}/report"
    return one.browser.post(path, body, content_type=CSP, status=status)


def test_a_browsers_report_is_kept_with_the_package(launch, tried):
    one = launch()
    send(one, report(one))
    assert tried() == ["It tried to load a font from fonts.test. Refused."]


def test_what_is_known_of_today_writes_nothing(launch, tried, database):
    one = launch()
    send(one, report(one))
    before = database.lastTransaction()
    for _ in range(20):
        send(one, report(one))
    assert database.lastTransaction() == before
    assert len(tried()) == 1


def test_the_guards_report_is_kept_too(launch, tried):
    send(launch(), b'{"top": "https://evil.test"}')
    send(launch(), b'{"top": "http://site.test"}')
    assert sorted(tried()) == [
        "It tried to lead the whole window away, to evil.test. Refused.",
        "It tried to reach this site, where people are signed in. Refused.",
    ]


def test_a_service_worker_is_refused_and_told(launch, tried):
    one = launch()
    one.file("page.html", headers={"Service-Worker": "script"}, status=403)
    assert tried() == [
        "It tried to install a script that stays in the browser (a service worker). Refused."
    ]


def test_what_is_no_report_is_refused_and_not_kept(launch, tried):
    one = launch()
    send(one, b"{}", 400)
    send(one, b"no JSON", 400)
    send(one, b" " * (16 * 1024 + 1), 413)
    assert tried() == []


def test_a_report_needs_the_capability_of_its_host(launch, tried):
    one = launch()
    one.browser.post("/made-up/report", report(one), status=403)
    one.browser.extra_environ["HTTP_HOST"] = "abcdefghij0123456789.content.test"
    send(one, report(one), 403)
    assert tried() == []


def test_hosts_that_are_allowed_are_allowed_over_https_alone(launch, registration):
    with registration() as found:
        found.package.allowed_hosts = ("cdn.example.org",)
    policy = launch().file("page.html").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self' data: blob: https://cdn.example.org;")
    assert "*" not in policy
    assert "http:" not in policy
