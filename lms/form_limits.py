"""Limits of what is sent as a form, before WebOb reads it.

WebOb joins the header lines of a part one by one, takes parts within parts, and makes texts of
whatever is no file: a body made for that costs minutes and all memory. Files may be as large as the
server lets through.
"""

from webob.compat import parse_header

DROPPED = "tutela.dropped"
"""In the environment of a request: its body was more than its sender may send, and is gone."""
MULTIPART = "multipart/form-data"
LONGEST_CONTENT_TYPE = 1000
"""Characters; browsers send some 70."""
LONGEST_TEXT = 8 * 1024 * 1024
"""Octets of a form without its files."""
MOST_FIELDS = 20_000
MOST_PARTS = 2_000
"""Fields of a form that may hold files."""
LONGEST_HEADERS = 8 * 1024
"""Octets before the content of a part; browsers send some 200."""
LINE = 1 << 16
"""Octets that are read at once."""


class FormRefused(ValueError):
    """No browser sends such a form for a page of ours."""


def limit(request) -> None:
    """Have the form of a request read within limits, or refuse it.

    :raises FormRefused: now, or in the reading
    """
    told = request.environ.get("CONTENT_TYPE", "")
    if len(told) > LONGEST_CONTENT_TYPE:
        raise FormRefused
    if request.content_type != MULTIPART:
        without_type = request.method == "POST" and not request.content_type
        if without_type or request.content_type == "application/x-www-form-urlencoded":
            _check_text(request)
        return
    _kind, parameters = parse_header(told)
    request.make_body_seekable()
    request.environ["wsgi.input"] = Parts(request.body_file_raw, parameters.get("boundary", ""))


def _check_text(request) -> None:
    if (request.content_length or 0) > LONGEST_TEXT or request.body.count(b"&") >= MOST_FIELDS:
        raise FormRefused


class Parts:
    """The body of a multipart form, which counts what is read of it (RFC 7578)."""

    def __init__(self, body, boundary: str):
        self._body = body
        self._line = b"--" + boundary.encode("utf-8", "replace")
        self._begin()

    def _begin(self) -> None:
        self._headers: bytes | None = None
        self._file = False
        self._parts = self._text = 0

    def seek(self, *place) -> int:
        self._begin()
        return self._body.seek(*place)

    def read(self, size: int = -1) -> bytes:
        return self._body.read(size)

    def close(self) -> None:
        self._body.close()

    def readline(self, size: int = LINE) -> bytes:
        """:raises FormRefused: when a limit is passed"""
        line = self._body.readline(min(size, LINE))
        if self._headers is None:
            self._in_content(line)
        else:
            self._in_headers(line)
        return line

    def _in_content(self, line: bytes) -> None:
        if not self._file:
            self._count(line)
        if line.startswith(self._line) and line.strip() == self._line:
            self._parts += 1
            self._headers, self._file = b"", False
            if self._parts > MOST_PARTS:
                raise FormRefused

    def _in_headers(self, line: bytes) -> None:
        assert self._headers is not None
        self._count(line)
        self._headers += line
        if len(self._headers) > LONGEST_HEADERS:
            raise FormRefused
        if not line.strip():
            told = self._headers.lower()
            # A part that is a form itself would be read by lines that are unknown here.
            if b"multipart/" in told or b"x-www-form-urlencoded" in told:
                raise FormRefused
            self._headers, self._file = None, b"filename" in told

    def _count(self, line: bytes) -> None:
        self._text += len(line)
        if self._text > LONGEST_TEXT:
            raise FormRefused
