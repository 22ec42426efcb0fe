"""Behind a web server that speaks TLS: who asks, and over what, is what that server says."""

import re
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from lms.command.serving import proxy
from servers import PASSPHRASE, Server

HOST = "learn.example.org"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.set(
        site_url=f"https://{HOST}",
        content_url="https://*.example-content.org",
        trusted_proxy="127.0.0.1",
    )
    server.run("init")
    server.add_people("member")
    server.start()
    yield server
    server.stop()


def ask(server, method, path, body=None, **headers):
    """``(status, headers, text)`` of a request that the web server passes on."""
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    passed = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    line.request(method, path, body, passed | headers)
    answer = line.getresponse()
    found = answer.status, answer.headers, answer.read().decode()
    line.close()
    return found


def sign_in(server, passphrase, **headers):
    _status, _headers, page = ask(server, "GET", "/sign-in")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    cookie = _headers["Set-Cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token, "username": "member", "password": passphrase})
    return ask(
        server,
        "POST",
        "/sign-in",
        body,
        **{
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookie,
            "Origin": f"https://{HOST}",
            **headers,
        },
    )


def test_signing_in_works_and_its_cookie_stays_on_tls_and_on_this_host(server):
    status, headers, _page = sign_in(server, PASSPHRASE)
    assert status == 303
    cookies = headers.get_all("Set-Cookie")
    (signed_in,) = [cookie for cookie in cookies if cookie.startswith("__Host-tutela-sign-in=")]
    assert "secure" in signed_in.lower()
    assert "httponly" in signed_in.lower()


def test_wrong_passphrases_of_one_network_do_not_hinder_another(server):
    statuses = [sign_in(server, "wrong passphrase")[0] for _ in range(9)]
    assert statuses[-1] == 429
    other = sign_in(server, PASSPHRASE, **{"X-Forwarded-For": "198.51.100.7"})
    assert other[0] == 303


def test_counters_are_not_told_through_the_web_server(server):
    assert ask(server, "GET", "/metrics")[0] == 404


def test_without_a_web_server_nobody_is_believed():
    assert proxy("") == {"clear_untrusted_proxy_headers": True}
