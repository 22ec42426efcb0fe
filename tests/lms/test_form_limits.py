"""Forms that are made to cost much are refused before they do; work is counted, not timed."""

import io

import pytest
import webtest
from pyramid.request import Request

from lms import form_limits
from lms.form_limits import LINE, LONGEST_HEADERS, FormRefused, limit

HEAD = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n'
FILE = b'--b\r\nContent-Disposition: form-data; name="package"; filename="a.zip"\r\n\r\n'
END = b"\r\n--b--\r\n"


class Counted(io.BytesIO):
    """A body that knows how much of it was read in lines."""

    taken = 0

    def readline(self, size=-1):
        line = super().readline(size)
        self.taken += len(line)
        return line


def asked(
    body: bytes, content_type: str = "multipart/form-data; boundary=b", method: str = "POST"
) -> Request:
    request = Request.blank("/sign-in", method=method, content_type=content_type)
    request.environ["webob.is_body_seekable"] = True
    request.body_file_raw = Counted(body)
    request.content_length = len(body)
    return request


def read(request: Request) -> dict:
    limit(request)
    return dict(request.POST)


def refused(request: Request) -> int:
    """How much was read in lines of a form that is refused."""
    body = request.body_file_raw
    with pytest.raises(FormRefused):
        read(request)
    return body.taken


def test_a_form_with_a_text_and_a_file_is_read_as_ever():
    content = b"PK\r\n\r\n--c\r\n" + bytes(3 * LINE)
    found = read(asked(HEAD + b"Ada\r\n" + FILE + content + END))
    assert found["name"] == "Ada"
    assert found["package"].file.read() == content


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("line", [b"a:\n", b"a: " + b"x" * 100_000, b"x" * 100_000])
def test_of_headers_without_end_no_more_is_read_than_the_limit(line, method):
    body = b"--b\r\n" + line * (600_000 // len(line))
    assert refused(asked(body, method=method)) <= LONGEST_HEADERS + LINE + 10


def test_headers_within_a_part_within_a_part_are_not_read():
    inner = b"--b\r\nContent-Type: Multipart/mixed; boundary=c\r\n\r\n--c\r\n"
    assert refused(asked(inner + b"a:\n" * 200_000)) == len(inner) - len(b"--c\r\n")


def test_more_parts_than_any_form_has_are_refused(monkeypatch):
    monkeypatch.setattr(form_limits, "MOST_PARTS", 3)
    assert len(read(asked(b"".join(HEAD + b"\r\n" for _part in range(3)) + END))) == 1
    refused(asked(b"".join(HEAD + b"\r\n" for _part in range(4)) + END))


def test_texts_are_bounded_and_files_are_not(monkeypatch):
    monkeypatch.setattr(form_limits, "LONGEST_TEXT", 500)
    assert "package" in read(asked(FILE + b"x\n" * 1000 + END))
    assert refused(asked(HEAD + b"x\n" * 1000 + END)) <= 502
    refused(asked(b"--b\r\n" + b"a" * 501 + b"\r\n\r\n"))


def test_a_form_without_files_is_refused_for_its_length_and_its_fields(monkeypatch):
    plain = "application/x-www-form-urlencoded"
    monkeypatch.setattr(form_limits, "MOST_FIELDS", 3)
    monkeypatch.setattr(form_limits, "LONGEST_TEXT", 50)
    assert read(asked(b"a=1&b=2&c=3", plain)) == {"a": "1", "b": "2", "c": "3"}
    assert refused(asked(b"a=1&b=2&c=3&d=4", plain)) == 0
    assert refused(asked(b"a" * 51, plain)) == 0


def test_a_content_type_that_is_a_puzzle_of_its_own_is_refused():
    assert refused(asked(b"", 'multipart/form-data; boundary="' + ";" * 1000)) == 0


def test_what_is_no_form_is_left_alone():
    body = b'{"a": 1}'
    request = asked(body, "application/json")
    limit(request)
    assert request.body == body


def test_of_the_site_every_address_is_limited(site):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    body = b"--b\r\n" + b"a:\n" * 3000  # short enough to be kept in memory
    browser = webtest.TestApp(site.app, extra_environ={"HTTP_HOST": "localhost:6543"})
    browser.post("/sign-in", body, headers, status=400)
    browser.put("/learning", body, headers, status=400)
