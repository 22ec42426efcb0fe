"""A short form with a file in it, which anybody may send: read within limits.

WebOb's own reading takes minutes for a few megabytes that are made for that, so it must not see
what strangers send (RFC 7578; a form of ours has a few fields, each with two headers).
"""

import io
import re
from urllib.parse import parse_qsl

LONGEST_FORM = 64 * 1024
"""Octets of a form without its file."""
MOST_FIELDS = 8
LONGEST_HEADERS = 4096
BOUNDARY = re.compile(r'multipart/form-data\s*;.*?boundary="?([^\s";,]{1,70})"?', re.IGNORECASE)
NAME = re.compile(
    rb'^content-disposition:[^\r\n]*?;\s*name="([^"\r\n]*)"', re.IGNORECASE | re.MULTILINE
)


class FormTooLarge(Exception):
    """More was sent than the form takes. Nothing of it was read."""


class FormBroken(ValueError):
    """What was sent is no form, or not one of ours."""


def fields_of(request, *, largest_file: int = 0) -> dict[str, bytes]:
    """The fields of the form that a request sends, by name; a file is a field like the others.

    :param largest_file: octets; 0 for a form without one
    :raises FormTooLarge: by the length that the request tells, before anything of it is read
    :raises FormBroken: for anything else than a short form
    """
    length, stream = request.content_length, request.body_file_raw
    # Whatever comes after must not read it as WebOb does, not even for a parameter of the address.
    request.environ["wsgi.input"], request.content_length = io.BytesIO(), 0
    if length is None:
        raise FormBroken("The request does not tell how long it is.")
    if length > largest_file + LONGEST_FORM:
        raise FormTooLarge
    told = request.headers.get("Content-Type", "")
    boundary = BOUNDARY.match(told[:LONGEST_HEADERS])
    body = stream.read(length)
    if boundary is not None:
        return _parts(body, b"--" + boundary[1].encode("latin-1", "replace"))
    if len(body) > LONGEST_FORM:
        raise FormBroken("There are no fields in this.")
    try:
        text = body.decode("utf-8", "replace")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise FormBroken("The form has too many fields.") from None
    return {name: value.encode("utf-8", "replace") for name, value in pairs}


def _parts(body: bytes, line: bytes) -> dict[str, bytes]:
    """The parts between lines, by name."""
    pieces = (b"\r\n" + body).split(b"\r\n" + line, MOST_FIELDS + 1)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise FormBroken("The form is cut short, or it has too many fields.")
    fields = {}
    for piece in pieces[1:-1]:
        headers, separator, _rest = piece[:LONGEST_HEADERS].partition(b"\r\n\r\n")
        name = NAME.search(headers)
        if not separator or name is None:
            raise FormBroken("A field has no name.")
        called = name[1].decode("utf-8", "replace")
        if called in fields:
            raise FormBroken("A field stands twice in the form; one of them would be passed over.")
        fields[called] = piece[len(headers) + len(separator) :]
    return fields
