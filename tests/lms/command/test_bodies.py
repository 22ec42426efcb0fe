"""Large bodies are let in from those alone who may send them, and are refused by their length."""

from datetime import UTC, datetime

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import parse_proxy_headers

from lms.command.bodies import (
    MEGABYTE,
    OF_A_MEMBER,
    OF_A_STRANGER,
    PASSED_OVER,
    Doorkeeper,
    Dropped,
    bounded,
    channel_class,
)
from lms.command.serving import proxy
from lms.resources import site_of
from lms.services import sessions

LIMIT = 8 * 1024**3


def asked(line: str, *headers: str, longest=lambda _path, _headers: OF_A_STRANGER, limit=LIMIT):
    """What the server makes of the head of a request."""
    parser = channel_class(longest).parser_class(Adjustments(max_request_body_size=limit))
    parser.received("\r\n".join([f"{line} HTTP/1.1", "Host: a", *headers, "", ""]).encode())
    return parser


def refused(path: str, length: int, **options) -> bool:
    """Whether it is, before anything of the body has come."""
    parser = asked(f"POST {path}", f"Content-Length: {length}", **options)
    return parser.error is not None or isinstance(parser.body_rcv, Dropped)


@pytest.mark.parametrize(
    "path", ["/sign-in", "/packages/upload", "/packages/imports/x", "/certificates/x/name"]
)
def test_a_stranger_sends_a_few_megabytes(path):
    assert refused(path, OF_A_STRANGER)
    assert not refused(path, OF_A_STRANGER - 1)


@pytest.mark.parametrize("longest", [OF_A_MEMBER, LIMIT])
def test_who_may_send_more_does(longest):
    assert not refused("/x", longest - 1, longest=lambda _path, _headers: longest)
    assert refused("/x", longest, longest=lambda _path, _headers: longest)


def test_nobody_is_looked_up_for_a_small_body():
    assert not refused("/x", 1000, longest=None)


def test_a_lower_limit_of_the_site_holds_everywhere():
    assert refused("/sign-in", 1000, limit=1000)


def test_what_is_sent_without_a_length_is_bounded_too():
    parser = asked("POST /packages/upload", "Transfer-Encoding: chunked")
    sent = b"100000\r\n" + bytes(MEGABYTE) + b"\r\n"
    for _number in range(9):
        assert parser.error is None
        parser.received(sent)
    assert parser.error is not None
    parser.close()


def test_of_what_is_too_large_nothing_is_kept():
    """A page says so in the visitor's words, once all of it has gone by."""
    length = 40 * MEGABYTE
    parser = asked("POST /certificates/", f"Content-Length: {length}")
    for _number in range(39):
        assert parser.received(bytes(MEGABYTE)) == MEGABYTE
        assert not parser.completed
    assert parser.received(bytes(2 * MEGABYTE)) == MEGABYTE
    assert parser.completed
    assert parser.error is None
    assert isinstance(parser.body_rcv, Dropped)
    assert parser.get_body_stream().read() == b""
    parser.close()


def test_beyond_all_measure_nobody_waits_for_it():
    parser = asked("POST /certificates/", f"Content-Length: {PASSED_OVER}")
    assert parser.error is not None
    assert parser.completed


def test_the_bounds_of_one_request_are_its_own():
    adjustments = Adjustments(max_request_body_size=LIMIT)
    assert bounded(adjustments, 5).max_request_body_size == 5
    assert adjustments.max_request_body_size == LIMIT


@pytest.mark.parametrize(
    ("said", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
        ("198.51.100.7, 2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ],
)
def test_whom_nginx_speaks_for_is_known(said, client):
    parser = asked("GET /", f"X-Forwarded-For: {said}")
    environ = {f"HTTP_{name}": value for name, value in parser.headers.items()}
    parse_proxy_headers(environ, 1, proxy("127.0.0.1")["trusted_proxy_headers"])
    assert environ["REMOTE_ADDR"] == client


@pytest.fixture
def cookie(site):
    """``cookie(username)``: the header of a browser in which they have signed in."""

    def opened(username: str) -> dict[str, str]:
        with site.write() as root:
            person = site_of(root._p_jar).people.by_username(username)
            value = sessions.open_session(
                person, now=datetime.now(UTC), shared_computer=False, user_agent=None
            )
        return {"COOKIE": f"a=b; tutela-sign-in={value}; c"}

    return opened


@pytest.mark.parametrize(
    ("username", "packages"),
    [("member", OF_A_MEMBER), ("author", 51 * MEGABYTE), ("admin", 51 * MEGABYTE)],
)
def test_how_much_is_let_in_depends_on_who_is_signed_in(site, cookie, username, packages):
    """The site takes packages of 50 MB."""
    door, headers = Doorkeeper(site.database, site.settings), cookie(username)
    assert door.longest("/packages/upload", headers) == packages
    assert door.longest("/questions/", headers) == OF_A_MEMBER


def test_a_cookie_that_signs_nobody_in_counts_for_nothing(site, cookie):
    door, headers = Doorkeeper(site.database, site.settings), cookie("author")
    changed = headers["COOKIE"].replace("; c", "x; c")
    secret = "A" * 43
    for text in ("", "x", changed, f"tutela-sign-in=0123456789abcdef.{secret}"):
        assert door.longest("/packages/upload", {"COOKIE": text}) == OF_A_STRANGER
    with site.write() as root:
        person = site_of(root._p_jar).people.by_username("author")
        sessions.end_others(person, None)
    assert door.longest("/packages/upload", headers) == OF_A_STRANGER


def test_a_database_that_cannot_be_asked_lets_nobody_in(site, cookie, caplog):
    headers = cookie("author")
    door = Doorkeeper(None, site.settings)
    assert door.longest("/packages/upload", headers) == OF_A_STRANGER
    assert "Nobody could be found out to be signed in" in caplog.text
