"""What a package's content tried: what is taken of a report, what is kept, and how it is said."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.refusals import (
    CALLED,
    MOST,
    Attempt,
    Places,
    attempt_of,
    is_news,
    note,
    refused,
)
from scorm.resources import ScormPackage

TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27)
OWN = "abcdefgh.content.test"
PLACES = Places(OWN, "site.test", ("", ".content.test"))
PLAYER = "/signed/play"
PART = f"https://{OWN}/signed/version/page.html?who=ana"


def told(directive, blocked, where=PART):
    said = {"document-uri": where, "effective-directive": directive, "blocked-uri": blocked}
    return attempt_of({"csp-report": said}, PLACES, PLAYER)


@pytest.fixture
def package():
    return ScormPackage("p", "Package", "author", datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize(
    ("directive", "what"),
    [
        ("script-src", "script"),
        ("script-src-elem", "script"),
        ("style-src-attr", "style"),
        ("img-src", "image"),
        ("font-src", "font"),
        ("media-src", "media"),
        ("connect-src", "connect"),
        ("frame-src", "frame"),
        ("form-action", "form"),
        ("object-src", "object"),
        ("worker-src", "worker"),
        ("manifest-src", "other"),
        ("default-src 'self' data:", "other"),
    ],
)
def test_a_call_is_kept_with_its_host_and_what_for_alone(directive, what):
    address = "https://CDN.example.org:8443/ana/secret.js?name=Ana"
    assert told(directive, address) == Attempt(what, "cdn.example.org")


def test_calls_of_the_site_and_of_other_content_are_told_apart():
    assert told("connect-src", "https://site.test/admin/") == Attempt("site")
    assert told("img-src", "https://zyxwvuts.content.test/") == Attempt("content")
    assert told("img-src", "https://content.test/") == Attempt("image", "content.test")
    one_host = Places("content.test", "site.test", ("content.test", ""))
    assert one_host.attempt("image", "http://content.test.evil") == Attempt(
        "image", "content.test.evil"
    )


def test_what_is_refused_in_the_player_page_is_content_that_got_in_there():
    for path in (PLAYER, "/"):
        assert told("script-src", "inline", f"https://{OWN}{path}") == Attempt("player")


def test_the_guard_tells_where_the_window_was_to_go():
    def top(address):
        return attempt_of({"top": address}, PLACES, PLAYER)

    assert top("https://evil.test/a?b") == Attempt("top", "evil.test")
    assert top("https://[2001:db8::1]/") == Attempt("top", "2001:db8::1")
    assert top("https://site.test") == Attempt("site")
    assert top(f"https://{OWN}") == Attempt("top-own")
    assert top("https://zyxwvuts.content.test") == Attempt("content")


@pytest.mark.parametrize(
    "report",
    [
        [],
        {},
        {"top": 1},
        {"top": "null"},
        {"top": "https://[nowhere/"},
        {"top": "https://<b>bold</b>/"},
        {"csp-report": []},
        {"csp-report": {"document-uri": PART, "blocked-uri": "https://a.b/"}},
        {"csp-report": {"document-uri": 1, "blocked-uri": 2, "effective-directive": 3}},
    ],
)
def test_what_is_no_report_is_nothing(report):
    assert attempt_of(report, PLACES, PLAYER) is None


def test_refusals_of_no_host_are_nothing():
    assert told("script-src", "inline") is None
    assert told("sandbox", "https://a.b/") is None
    assert told("connect-src", f"https://{OWN}/x") is None


ANYTHING = st.none() | st.integers() | st.text(max_size=40) | st.just([])
ADDRESS = st.builds("{}//{}".format, st.sampled_from(["", "http:", "x:"]), st.text(max_size=40))


@given(ANYTHING | ADDRESS, ANYTHING | ADDRESS, st.sampled_from(["img-src", "x", 1]), st.booleans())
def test_a_forged_report_is_dull_or_nothing(where, blocked, directive, of_the_guard):
    said = {"document-uri": where, "blocked-uri": blocked, "effective-directive": directive}
    report = {"top": blocked} if of_the_guard else {"csp-report": said}
    attempt = attempt_of(report, PLACES, PLAYER)
    assert attempt is None or (len(attempt.host) <= 253 and not set(attempt.host) & set("/<>?# "))


def test_it_is_written_once_a_day(package):
    attempt = Attempt("font", "fonts.test")
    assert is_news(package, attempt, TODAY)
    note(package, attempt, TODAY)
    assert not is_news(package, attempt, TODAY)
    note(package, attempt, TODAY)
    note(package, attempt, TOMORROW)
    (entry,) = refused(package)
    assert (entry.first, entry.last, entry.days) == (TODAY, TOMORROW, 2)
    assert entry.host == "fonts.test"
    assert entry.finding.message == "It tried to load a font from fonts.test. Refused."


def test_more_than_is_kept_is_not_written(package):
    for number in range(MOST):
        note(package, Attempt("image", f"host{number}.test"), TODAY)
    assert not is_news(package, Attempt("image", "more.test"), TODAY)
    note(package, Attempt("image", "more.test"), TODAY)
    assert len(refused(package)) == MOST
    assert is_news(package, Attempt("image", "host0.test"), TOMORROW)


def test_many_hosts_hide_nothing_worse(package):
    for number in range(MOST):
        note(package, Attempt("image", f"host{number}.test"), TODAY)
    note(package, Attempt("site"), TODAY)
    assert refused(package)[0].finding.message.startswith("It tried to reach this site")


def test_the_gravest_comes_first_and_then_the_newest(package):
    note(package, Attempt("image", "a.test"), TODAY)
    note(package, Attempt("worker-kept"), TODAY)
    note(package, Attempt("image", "b.test"), TOMORROW)
    note(package, Attempt("site"), TODAY)
    found = refused(package)
    assert [entry.finding.severity for entry in found] == ["error"] + ["warning"] * 3
    assert found[1].host == "b.test"
    assert found[0].host == ""


def test_each_is_said_in_whole_sentences(package):
    for what in CALLED:
        note(package, Attempt(what, "a.test"), TODAY)
    for what in ("site", "content", "top-own", "player", "worker-kept"):
        note(package, Attempt(what), TODAY)
    note(package, Attempt("top", "a.test"), TODAY)
    said = {str(entry.finding.message) for entry in refused(package)}
    assert len(said) == len(CALLED) + 6
    assert all(words.startswith("It tried to ") and words.endswith(" Refused.") for words in said)


def test_a_host_that_is_allowed_since_is_not_offered_again(package):
    note(package, Attempt("font", "fonts.test"), TODAY)
    package.allowed_hosts = ("fonts.test",)
    assert refused(package)[0].host == ""


def test_of_a_package_that_tried_nothing_there_is_nothing_to_tell(package):
    assert refused(package) == []
