"""What was sent is told by what is in it."""

import pytest

from certificates.verification.sniff import Kind, kind_of

CODE = "0123456789abcdefghjkmnpqrs"


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\n" * 1000 + b"%PDF-1.4", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"<svg/>", Kind.SVG),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><svg/>", Kind.SVG),
        (b' {"a": 1}', Kind.JSON),
        (b"[]", Kind.JSON),
        (b'{"name": "How to read %PDF-1.7"}', Kind.JSON),
        (b"\x89PNG\r\n\x1a\n%PDF-1.7", Kind.PDF),
        (b"aGVhZA.Ym9keQ.c2lnbmF0dXJl\n", Kind.JWT),
        (b"aGVhZA.Ym9keQ.", Kind.JWT),
        (CODE.encode(), Kind.CODE),
        (f"https://learn.example.org/certificates/{CODE}/".encode(), Kind.CODE),
        (f"\ufeff{CODE}".encode(), Kind.CODE),
        (b"", Kind.OTHER),
        (b"GIF89a", Kind.OTHER),
        (b"Dear Sir or Madam", Kind.OTHER),
        (b"\n" * 1100 + b"%PDF-1.4", Kind.OTHER),
        (CODE.encode() + b" " * 10 + b"/x" * 2000, Kind.OTHER),
    ],
)
def test_it_is(sent, kind):
    assert kind_of(sent) is kind
