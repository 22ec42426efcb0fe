"""Addresses to return to, taken from a request that a stranger may have made up."""

from urllib.parse import quote

KEPT = "/?&=#%+:;,@!$'()*~-._[]"
"""Characters of an address that stand for themselves, or may; headers take no other ones."""


def local_address(address: str | None, otherwise: str = "/") -> str:
    """``address`` when it is a path on this site; ``otherwise`` when a browser could leave it.

    Browsers take ``\\`` for ``/`` and drop tabs and line ends, so that ``/\\evil.example`` and
    ``/<tab>/evil.example`` lead away.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return otherwise
    if "\\" in address or any(
        ord(character) < 33 or ord(character) == 127 for character in address
    ):
        return otherwise
    return quote(address, safe=KEPT, errors="replace")


def here(request) -> str:
    """The page the request is for, as an address to come back to.

    What was sent by a form has no page of its own: its way back is the resource it was sent to.
    """
    try:
        if request.method in ("GET", "HEAD"):
            return local_address(request.path_qs)
        context = getattr(request, "context", None)
        return "/" if context is None else local_address(request.resource_path(context))
    except UnicodeDecodeError:
        return "/"
