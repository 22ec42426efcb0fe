"""Reading requests: how much of a body is let in, and whom a web server speaks for.

The server has a body on its disk before any view can refuse it, so what nobody may send is passed
over as it comes, and a page says so.
"""

import copy
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import ZODB
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error, RequestEntityTooLarge

from lms.form_limits import DROPPED
from lms.resources import site_of
from lms.security import SecurityPolicy
from lms.services import sessions
from lms.settings import Settings

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
OF_A_STRANGER = 9 * MEGABYTE
"""Octets of a request by nobody who is signed in: a course's page saves 8 MB at most, and what
somebody wants verified has 5."""
OF_A_MEMBER = 64 * MEGABYTE
"""Octets of other requests: files of questions have 50 MB at most, all else has less."""
FORWARDED = "X_FORWARDED_FOR"
WITH_PORT = re.compile(r"(\[[^\]]*\]):\d+")
PACKAGES = "/packages/"
SENDERS = frozenset({"author", "admin"})
"""Roles that may send packages in, each as large as the site's limit."""
PASSED_OVER = 256 * MEGABYTE
"""Octets that are waited for before the answer, so that it is heard; more is refused at once."""

Longest = Callable[[str, Mapping[str, str]], int]
"""Octets that a request may have, by its path and headers (``COOKIE``)."""


class Doorkeeper:
    """Knows who is signed in.

    :param database: is asked for large bodies alone
    """

    def __init__(self, database: ZODB.DB, settings: Settings):
        self._database = database
        self._cookie = SecurityPolicy.of(settings.origins).cookie
        self._of_a_package = settings.upload_limit + MEGABYTE

    def longest(self, path: str, headers: Mapping[str, str]) -> int:
        """Octets that a request may have (:data:`Longest`)."""
        pairs = (part.partition("=") for part in headers.get("COOKIE", "").split(";"))
        cookies = {name.strip(): value.strip() for name, _, value in pairs}
        roles = self._roles(cookies.get(self._cookie))
        if roles is None:
            return OF_A_STRANGER
        if path.startswith(PACKAGES) and SENDERS & roles:
            return self._of_a_package
        return OF_A_MEMBER

    def _roles(self, cookie: str | None) -> frozenset[str] | None:
        """The roles of who holds this cookie; None for a stranger."""
        if sessions.COOKIE.fullmatch(cookie or "") is None:
            return None
        try:
            with self._database.transaction() as connection:
                found = sessions.find(site_of(connection).people, cookie, datetime.now(UTC))
                return None if found is None else frozenset(found.person.roles)
        except Exception:  # whatever ails the database, the server has to go on
            log.exception("Nobody could be found out to be signed in.")
            return None


class Dropped(FixedStreamReceiver):
    """A body of which nothing is kept."""

    def received(self, data: bytes) -> int:
        taken = min(len(data), self.remain)
        self.remain -= taken
        self.completed = self.remain < 1
        return taken


class Reading(HTTPRequestParser):
    """Reads requests as the server does, but for the longest body."""

    adj: Adjustments
    error: Error | None
    body_rcv: Any
    longest: Longest

    def received(self, data: bytes) -> int:
        consumed = super().received(data)
        too_large = isinstance(self.error, RequestEntityTooLarge) and not self.chunked
        if too_large and self.content_length < PASSED_OVER:
            self.error, self.completed = None, False
            self.body_rcv = Dropped(self.content_length, self.body_rcv.getbuf())
            self.adj = bounded(self.adj, PASSED_OVER)
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if FORWARDED in self.headers:
            self.headers[FORWARDED] = in_brackets(self.headers[FORWARDED])
        most = self.adj.max_request_body_size
        if self.chunked or self.content_length >= OF_A_STRANGER:
            most = min(most, self.longest(self.path, self.headers))
        self.adj = bounded(self.adj, most)


def in_brackets(forwarded: str) -> str:
    """Whom a web server speaks for (``X-Forwarded-For``), each address of IPv6 in brackets and
    without a port. Of one that ends like IPv4, as servers for both families write them, waitress
    takes the end for a port, so that all of them would be one client."""
    hops = (WITH_PORT.sub(r"\1", each.strip()) for each in forwarded.split(","))
    return ", ".join(f"[{hop}]" if hop.count(":") > 1 and "[" not in hop else hop for hop in hops)


def bounded(adjustments: Adjustments, longest: int) -> Adjustments:
    """The same but for the longest body, in octets."""
    found = copy.copy(adjustments)
    found.max_request_body_size = longest
    return found


class Task(WSGITask):
    """Hands a request on, and says when its body was dropped: nothing may try to copy that."""

    def get_environment(self) -> dict:
        environ = super().get_environment()
        if isinstance(self.request.body_rcv, Dropped):
            environ |= {DROPPED: True, "webob.is_body_seekable": True}
        return environ


class Refusal(ErrorTask):
    """The server's own answer to what it cannot read or finish: of no origin, like all answers on
    the content hosts that have no policy of their own (:mod:`scorm.views.policy`)."""

    def execute(self):
        self.response_headers.append(("Content-Security-Policy", "sandbox"))
        super().execute()


def channel_class(longest: Longest) -> type[HTTPChannel]:
    """How the server is to read and answer requests."""

    class Parser(Reading):
        pass

    Parser.longest = staticmethod(longest)

    class Channel(HTTPChannel):
        parser_class = Parser
        task_class = Task
        error_task_class = Refusal

    return Channel
