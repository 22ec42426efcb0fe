"""Which application answers a request, by the host it asks for."""

import pytest
from webob import Request

from lms.origins import OriginDispatcher, Origins, OriginsMisconfigured

WILD = Origins("http://localhost:6543", "http://*.localhost:6543")
LABEL = "0123456789abcdefghjk"


def app(name):
    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [name]

    return answer


def ask(host, path="/", origins=WILD):
    dispatcher = OriginDispatcher(
        origins, app(b"site"), app(b"content"), begin=lambda: None, close=lambda: None
    )
    return Request.blank(path, headers={"Host": host}).get_response(dispatcher)


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("localhost:6543", b"site"),
        ("LOCALHOST:6543", b"site"),
        (f"{LABEL}.localhost:6543", b"content"),
    ],
)
def test_each_host_has_its_application(host, answered):
    assert ask(host).body == answered


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost", f"{LABEL}.localhost", "a.b.localhost:6543", ".localhost:6543"],
)
def test_any_other_host_is_told_which_one_this_is(host):
    answer = ask(host)
    assert answer.status_int == 421
    assert b"http://localhost:6543" in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:6543", "127.0.0.1", "[::1]:6543", "[::1]"])
def test_the_machine_by_number_is_led_to_the_site_by_name(host):
    answer = ask(host, "/courses/")
    assert answer.status_int == 307
    assert answer.location == "http://localhost:6543/courses/"


@pytest.mark.parametrize(
    "path", ["/a%0D%0Ax", "/%D9%85", "/%FF", "/a%20b?q=%C3%A9&r=1", "/courses/?x", "//evil.example"]
)
def test_whatever_was_asked_for_stays_what_it_is(path):
    location = ask("127.0.0.1:6543", path).location
    assert location == f"http://localhost:6543{path}"


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_machines_may_ask_by_number(path):
    assert ask("127.0.0.1:6543", path).body == b"site"


def test_one_content_host_can_serve_all():
    one = Origins("https://learn.example.org", "https://packages.example.net")
    assert not one.isolated
    assert ask("packages.example.net", origins=one).body == b"content"
    assert ask("x.packages.example.net", origins=one).status_int == 421


@pytest.mark.parametrize(
    ("site", "content", "named"),
    [
        ("learn.example.org", "https://*.example.net", "site_url"),
        ("https://learn.example.org/x", "https://*.example.net", "site_url"),
        ("https://learn.example.org", "ftp://*.example.net", "content_url"),
        ("https://learn.example.org", "https://learn.example.org", "must differ"),
    ],
)
def test_addresses_that_cannot_keep_them_apart_are_refused(site, content, named):
    with pytest.raises(OriginsMisconfigured, match=named):
        Origins.of(site, content)


@pytest.mark.parametrize(
    "url",
    [
        "https://learn.example.org/x",
        "https://learn.example.org?x",
        "https://learn.example.org#x",
        "https://me@learn.example.org",
        "https://",
        "https://learn.example.org:many",
        "https://[::1",
        "",
    ],
)
def test_what_is_more_or_less_than_an_origin_is_refused(url):
    with pytest.raises(OriginsMisconfigured, match="site_url"):
        Origins.of(url, "https://*.example.net")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://LocalHost:6543/", "http://localhost:6543"),
        ("HTTPS://Learn.example.org:443", "https://learn.example.org"),
        ("http://learn.example.org:80/", "http://learn.example.org"),
        ("http://learn.example.org:443", "http://learn.example.org:443"),
        ("http://[::1]:80", "http://[::1]"),
        (" https://learn.example.org ", "https://learn.example.org"),
        ("https://Bücher.example:8443", "https://xn--bcher-kva.example:8443"),
        ("https://учеба.рф:443/", "https://xn--80abl9cua.xn--p1ai"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_read_as_browsers_say_it(written, meant):
    assert Origins.of(written, "https://*.Packages.example.net/").site_url == meant
    origins = Origins.of(written, "https://*.Packages.example.net/")
    assert origins.content_url == "https://*.packages.example.net"


def test_a_content_host_may_be_written_as_people_read_it():
    origins = Origins.of("https://bücher.example", "https://*.bücher.example:8443")
    assert origins.is_content_host(f"{LABEL}.xn--bcher-kva.example:8443")
