"""Pages and their files go out packed with gzip to whoever takes it: most lines are slow.

A page that is packed together with a secret and with words from an address tells, by its length,
something of the secret to whoever watches the line and can make the browser ask again (BREACH).
The one secret in our pages is the token against forged forms, so it is masked anew in each
(:class:`lms.forgery.MaskedTokens`).
"""

from pyramid.events import NewResponse

TYPES = frozenset(
    {
        "application/javascript",
        "application/json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
WORTH = 512
"""Bytes below which packing gains nothing."""


def pack(event) -> None:
    """Pack the answer, when it is a text, and the browser says that it takes gzip."""
    request, response = event.request, event.response
    if response.status_int != 200 or response.content_type not in TYPES:
        return
    if response.content_encoding or (response.content_length or WORTH) < WORTH:
        return
    response.vary = (*(response.vary or ()), "Accept-Encoding")
    accepted = request.accept_encoding.acceptable_offers(["gzip"])
    if accepted and "Accept-Encoding" in request.headers and request.method == "GET":
        response.body = response.body  # a file is read and closed
        response.encode_content("gzip")


def includeme(config):
    config.add_subscriber(pack, NewResponse)
