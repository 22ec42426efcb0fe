"""Package files over HTTP: whatever their names, to whoever may have them, as RFC 9110 has it."""

from urllib.parse import quote

import pytest
from webob import Request

from scorm.views.content import takes_gzip


def every_byte(name):
    """The name with each of its bytes percent-encoded."""
    return "".join(f"%{byte:02x}" for byte in name.encode())


@pytest.mark.parametrize("write", [quote, every_byte, lambda name: quote(name, "/~+,&=;@!$'()")])
def test_a_file_is_served_however_its_name_is_encoded(launch, write):
    one = launch()
    for name in one.names:
        answer = one.file(write(name))
        assert answer.body.decode() == name
        assert answer.headers["Content-Length"] == str(len(name.encode()))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("names/with%20space.JS", "Names/With Space.js"),
        ("Names/e%CC%81t%C3%A9.js", "Names/\u00e9t\u00e9.js"),
        ("Names/%C3%A9tude.js", "Names/e\u0301tude.js"),
        ("Names/With%2520Space.js", "Names/With Space.js"),
        ("Names%5CWith%20Space.js", "Names/With Space.js"),
        ("Names//./C%23.js", "Names/C#.js"),
        ("/Names/C%23.js", "Names/C#.js"),
        ("Names/100%.js", "Names/100%.js"),
        ("Names/", "Names/index.html"),
        ("Names/C%23.js?v=1&x=%ff", "Names/C#.js"),
        ("Names/%E9t%E9.js", "Names/\u00e9t\u00e9.js"),
    ],
)
def test_a_file_is_served_under_the_names_that_tools_give_it(launch, path, name):
    assert launch().file(path).body.decode() == name


@pytest.mark.parametrize(
    "path",
    [
        *("Names/C.js", "Names", "Names/With+Space.js", "twins/a.JS", "twins/", ""),
        *("../page.html", "Names/../page.html", "%2e%2e/page.html", "..%5Cpage.html"),
        *("Names/%ff.js", "page.html%00", "page.html/"),
    ],
)
def test_what_is_no_file_of_the_package_is_not_found(launch, path):
    launch().file(path, status=404)


@pytest.mark.parametrize("path", ["/shared/x.js", "/page.html", "/a/b/x.js"])
def test_an_address_from_the_root_of_the_host_opens_nothing(launch, path):
    """Nothing there says which course asks: content sends no Referer."""
    one = launch()
    assert one.browser.get(path, expect_errors=True).status_int in (403, 404)


def test_the_head_of_a_file_with_an_old_name_is_no_part_of_it(launch):
    one = launch()
    path = f"/{one.signed}/{one.version}/Names/%E9t%E9.js"
    answer = one.browser.head(path, headers={"Range": "bytes=0-1"}, status=200)
    assert (answer.body, answer.headers["Content-Length"]) == (b"", "14")
    one.browser.post(path, "", status=404)


def test_a_file_says_how_long_it_is_so_that_its_connection_can_be_kept(launch):
    one = launch()
    for headers, length in (({}, 10240), ({"Range": "bytes=-5"}, 5)):
        answer = one.file("media/film.mp4", headers=headers)
        assert answer.headers["Content-Length"] == str(length)
        assert len(answer.body) == length


def test_the_head_of_a_file_is_that_of_the_whole_whatever_part_is_asked_for(launch):
    one = launch()
    whole = one.file("media/film.mp4")
    path = f"/{one.signed}/{one.version}/media/film.mp4"
    head = one.browser.head(path, headers={"Range": "bytes=0-1"}, status=200)
    assert head.body == b""
    assert dict(head.headers) == dict(whole.headers)
    known = {"If-None-Match": whole.headers["ETag"]}
    assert one.browser.head(path, headers=known, status=304).body == b""


def test_who_wants_another_file_than_this_gets_none(launch):
    one = launch()
    tag = one.file("media/film.mp4").headers["ETag"]
    one.file("media/film.mp4", headers={"If-Match": tag}, status=200)
    answer = one.file("media/film.mp4", headers={"If-Match": '"other"'}, status=412)
    assert answer.body == b""


def test_a_part_beyond_the_end_cannot_be_had(launch):
    answer = launch().file("media/film.mp4", headers={"Range": "bytes=10240-"}, status=416)
    assert answer.headers["Content-Range"] == "bytes */10240"
    assert answer.body == b""


def test_a_part_of_what_has_changed_is_the_whole(launch):
    headers = {"Range": "bytes=0-1", "If-Range": '"other"'}
    assert len(launch().file("media/film.mp4", headers=headers, status=200).body) == 10240


def test_nothing_in_an_answer_is_guessed_at_and_no_other_host_learns_of_it(launch):
    one = launch()
    known = {"If-None-Match": one.file("page.html").headers["ETag"]}
    for answer in (one.file("page.html"), one.file("page.html", headers=known)):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src" in answer.headers["Content-Security-Policy"]
    assert one.file("page.html").headers["Content-Type"] == "text/html"


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip, deflate, br, zstd", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0, gzip", True),
        ("identity;q=0", False),  # neither will do: then as it is (RFC 9110 12.5.3)
        ("identity;q=0, *", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=0.1, identity", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
        ("gzip;;q", False),
    ],
)
def test_gzip_goes_to_whoever_likes_it_no_less_than_the_file_as_it_is(launch, accepted, taken):
    assert takes_gzip(accepted) is taken
    one = launch()
    headers = {"Host": one.browser.extra_environ["HTTP_HOST"], "Accept-Encoding": accepted}
    request = Request.blank(f"/{one.signed}/{one.version}/page.html", headers=headers)
    answer = request.get_response(one.browser.app)
    assert answer.headers.get("Content-Encoding") == ("gzip" if taken else None)
    assert answer.headers["Vary"] == "Accept-Encoding"
