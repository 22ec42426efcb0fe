"""The token against forged forms, which looks different in every page.

It is the session's token behind a mask of random bytes: a page packed with gzip then gives nothing
away by its length (:mod:`lms.compression`).
"""

import binascii
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from pyramid.csrf import SessionCSRFStoragePolicy
from pyramid.interfaces import ICSRFStoragePolicy
from zope.interface import implementer


@implementer(ICSRFStoragePolicy)
class MaskedTokens:
    """Pyramid's storage policy: the token lies in the session, and leaves it masked."""

    def __init__(self) -> None:
        self._session = SessionCSRFStoragePolicy()

    def new_csrf_token(self, request) -> str:
        return masked(self._session.new_csrf_token(request))

    def get_csrf_token(self, request) -> str:
        return masked(self._session.get_csrf_token(request))

    def check_csrf_token(self, request, supplied_token: str) -> bool:
        expected = self._session.get_csrf_token(request)
        return hmac.compare_digest(unmasked(supplied_token), expected.encode("ascii"))


def masked(token: str) -> str:
    """The token under a mask of its own length, and the mask."""
    plain = token.encode("ascii")
    mask = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(mask + _xor(plain, mask)).decode("ascii")


def unmasked(supplied: str) -> bytes:
    """The token behind the mask; empty for what :func:`masked` did not make."""
    try:
        both = urlsafe_b64decode(supplied.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return b""
    half = len(both) // 2
    return _xor(both[:half], both[half : 2 * half])


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
