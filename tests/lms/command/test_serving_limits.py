"""Large bodies are let in where packages are sent, and are refused by their length elsewhere."""

import pytest
from waitress.adjustments import Adjustments

from lms.command.serving import LARGEST_FORM, Reading

LIMIT = 8 * 1024**3


def refused(path: str, length: int, limit: int = LIMIT) -> bool:
    """Whether the server refuses a request of this length before anything of it has come."""
    parser = Reading(Adjustments(max_request_body_size=limit))
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"
    parser.received(head.encode())
    return parser.error is not None


@pytest.mark.parametrize(
    "path", ["/sign-in", "/certificates/", "/certificates/x/name", "/packages"]
)
def test_a_form_is_bounded(path):
    assert refused(path, LARGEST_FORM)
    assert not refused(path, LARGEST_FORM - 1)


def test_a_package_may_be_as_large_as_is_set():
    assert not refused("/packages/add", LIMIT - 1)
    assert refused("/packages/add", LIMIT)


def test_a_lower_limit_of_the_site_holds_everywhere():
    assert refused("/sign-in", 1000, limit=1000)


def test_what_is_sent_without_a_length_is_bounded_too():
    parser = Reading(Adjustments(max_request_body_size=LIMIT))
    parser.received(b"POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert parser.adj.max_request_body_size == LARGEST_FORM
