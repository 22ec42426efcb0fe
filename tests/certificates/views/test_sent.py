"""A form that anybody may send is read within limits."""

import pytest
from webob import Request

from certificates.views.sent import FormBroken, FormTooLarge, fields_of

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\nABC\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n%PDF\r\n\r\nmore\r\n--x--\r\n"
)


def sending(body: bytes, kind: str = 'multipart/form-data; boundary="x"') -> Request:
    return Request.blank(
        "/", method="POST", content_type=None, body=body, headers={"Content-Type": kind}
    )


def test_fields_and_files_are_octets_by_name():
    fields = fields_of(sending(FORM), largest_file=100)
    assert fields == {"code": b"ABC", "file": b"%PDF\r\n\r\nmore"}


def test_a_short_form_needs_no_parts():
    kind = "application/x-www-form-urlencoded"
    assert fields_of(sending(b"name=M%C3%A1ria+%C5%90&x=", kind)) == {
        "name": "Mária Ő".encode(),
        "x": b"",
    }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FORM[:-6], "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data; boundary=x"),
        (FORM, "multipart/form-data; boundary=y"),
        (
            b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (FORM[:-7] + FORM, "multipart/form-data; boundary=x"),
        (b"--x\r\n" + b"a:\n" * 20_000 + b"--x--", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n" * 7000 + b"--x--", "multipart/form-data; boundary=x"),
        (b"a=1&" * 9, "application/x-www-form-urlencoded"),
    ],
)
def test_what_no_browser_sends_is_no_form(body, kind):
    with pytest.raises(FormBroken):
        fields_of(sending(body, kind))


def test_a_file_is_a_part_of_a_form_and_not_all_of_it():
    with pytest.raises(FormBroken):
        fields_of(sending(b"%PDF" * 20_000, "application/pdf"), largest_file=10**6)


def test_a_request_that_hides_its_length_is_no_form():
    request = sending(FORM)
    request.content_length = None
    with pytest.raises(FormBroken):
        fields_of(request)


def test_too_much_is_refused_by_the_length_it_tells():
    request = sending(b"")
    request.content_length = 64 * 1024 + 101
    with pytest.raises(FormTooLarge):
        fields_of(request, largest_file=100)


def test_nobody_else_reads_the_body_afterwards():
    request = sending(FORM)
    fields_of(request)
    assert not request.POST
