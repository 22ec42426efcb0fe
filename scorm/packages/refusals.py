"""What a package's content tried and was refused, as its author may read it: bounded, and dull.

Browsers report it, the player's guard and the server. Who was learning and where is never kept, nor
a path or a query; what content could forge are a few more entries of the same kind.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from scorm.packages.findings import Finding
from scorm.packages.words import _
from scorm.resources import Refusals, ScormPackage

MOST = 100
"""Entries of a package that name another host, and again of all others: who names many hosts to
hide what it tries besides is found out."""
HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")

MEANS = {
    "script-src": "script",
    "style-src": "style",
    "img-src": "image",
    "font-src": "font",
    "media-src": "media",
    "connect-src": "connect",
    "frame-src": "frame",
    "child-src": "frame",
    "fenced-frame-src": "frame",
    "form-action": "form",
    "object-src": "object",
    "worker-src": "worker",
    "manifest-src": "other",
    "prefetch-src": "other",
    "base-uri": "other",
    "default-src": "other",
}
"""What a directive of the Content-Security-Policy (level 3) is about."""


@dataclass(frozen=True)
class Attempt:
    """One kind of attempt.

    :param what: one of :data:`TRIED` or of :data:`CALLED`
    :param host: the host that was called, of those in :data:`CALLED` and of ``top``, else empty
    """

    what: str
    host: str = ""


@dataclass(frozen=True)
class Places:
    """Where an address leads: the host that content is on, the site's, and what the content hosts
    begin and end with (nothing at the end where one serves all), all with their ports."""

    own: str
    site: str
    content: tuple[str, str]

    def attempt(self, means: str, address: str) -> Attempt | None:
        """A call of an address; None when that names no host of anybody."""
        parts = urlsplit(address)
        place = parts.netloc.lower()
        if place == self.site:
            return Attempt("site")
        if place == self.own:  # what a policy refuses there is no harm; the top window is not its
            return Attempt("top-own") if means == "top" else None
        before, after = self.content
        inside = place.startswith(before) and place.endswith(after)
        if after and inside and len(place) > len(before + after):
            return Attempt("content")
        host = (parts.hostname or "").lower()
        return Attempt(means, host) if HOST.fullmatch(host) else None


def attempt_of(report: object, places: Places, page: str) -> Attempt | None:
    """What a report says that anybody may send.

    :param report: ``{"csp-report": …}`` as browsers send it (CSP 3 §5.3), or the guard's
        ``{"top": address}``
    :param page: the path of the player page, whose own policy is reported to the same place
    """
    if not isinstance(report, dict):
        return None
    top, said = report.get("top"), report.get("csp-report")
    try:
        if isinstance(top, str):
            return places.attempt("top", top)
        return _of_policy(said, places, page) if isinstance(said, dict) else None
    except ValueError:  # an address that is none
        return None


def _of_policy(said: dict, places: Places, page: str) -> Attempt | None:
    where, blocked = said.get("document-uri"), said.get("blocked-uri")
    directive = said.get("effective-directive") or said.get("violated-directive")
    if not (isinstance(where, str) and isinstance(blocked, str) and isinstance(directive, str)):
        return None
    if urlsplit(where).path in (
        page,
        "/",
    ):  # the player page begins there, and goes by a neutral one
        return Attempt("player")
    name = directive.split(" ")[0].removesuffix("-elem").removesuffix("-attr")
    return places.attempt(MEANS[name], blocked) if name in MEANS else None


def is_news(package: ScormPackage, attempt: Attempt, day: date) -> bool:
    """Whether noting it would change anything: it was not seen today, and there is room."""
    found = package.refusals
    if found is None:
        return True
    entry = found.entries.get((attempt.what, attempt.host))
    if entry is not None:
        return entry[1] < day.isoformat()
    of_kind = [
        what for what, _host in found.entries if (what in CALLED) == (attempt.what in CALLED)
    ]
    return len(of_kind) < MOST


def note(package: ScormPackage, attempt: Attempt, day: date) -> None:
    """Keep it: on which day it was first and last seen, and on how many."""
    if not is_news(package, attempt, day):
        return
    if package.refusals is None:
        package.refusals = Refusals()
    key, today = (attempt.what, attempt.host), day.isoformat()
    first, _last, days = package.refusals.entries.get(key, (today, today, 0))
    package.refusals.keep(key, (first, today, days + 1))


@dataclass(frozen=True)
class Refused:
    """An entry for a person: a finding, the days, and the host that an admin may allow, if any."""

    finding: Finding
    first: date
    last: date
    days: int
    host: str


def refused(package: ScormPackage) -> list[Refused]:
    """What the package's content tried: the gravest first, then the newest."""
    if package.refusals is None:
        return []
    found = [
        Refused(
            finding_of(Attempt(*key)),
            date.fromisoformat(first),
            date.fromisoformat(last),
            days,
            key[1] if key[0] in CALLED and key[1] not in package.allowed_hosts else "",
        )
        for key, (first, last, days) in package.refusals.entries.items()
    ]
    found.sort(key=lambda entry: (entry.last, entry.finding.message), reverse=True)
    found.sort(key=lambda entry: entry.finding.severity)
    return found


def finding_of(attempt: Attempt) -> Finding:
    """In words."""
    if attempt.what in CALLED:
        message = CALLED[attempt.what](attempt.host)
        return Finding("warning", "content-refused", message, PUT_IN)
    severity, say, remedy = TRIED[attempt.what]
    return Finding(severity, "content-refused", say(attempt.host), remedy)


PUT_IN = _("Put the file into the package, or ask an admin to allow this host.")
ASK = _("No course needs this. Ask whoever made the package what it is for; do not publish it.")
MEND = _("Ask whoever made the package to leave this out: its parts work without.")

CALLED = {
    "script": lambda host: _("It tried to load a script from ${host}. Refused.", host=host),
    "style": lambda host: _("It tried to load a style sheet from ${host}. Refused.", host=host),
    "image": lambda host: _("It tried to load an image from ${host}. Refused.", host=host),
    "font": lambda host: _("It tried to load a font from ${host}. Refused.", host=host),
    "media": lambda host: _("It tried to load sound or video from ${host}. Refused.", host=host),
    "connect": lambda host: _("It tried to exchange data with ${host}. Refused.", host=host),
    "frame": lambda host: _("It tried to show a page of ${host} in its own. Refused.", host=host),
    "form": lambda host: _("It tried to send a form to ${host}. Refused.", host=host),
    "object": lambda host: _("It tried to embed something from ${host}. Refused.", host=host),
    "worker": lambda host: _(
        "It tried to run a script of ${host} in the background. Refused.", host=host
    ),
    "other": lambda host: _("It tried to load something from ${host}. Refused.", host=host),
}
"""Calls of another host, which an admin may allow, by what for."""

TRIED = {
    "site": (
        "error",
        lambda _host: _("It tried to reach this site, where people are signed in. Refused."),
        ASK,
    ),
    "content": (
        "error",
        lambda _host: _("It tried to reach the content of another course or learner. Refused."),
        ASK,
    ),
    "top": (
        "error",
        lambda host: _("It tried to lead the whole window away, to ${host}. Refused.", host=host),
        ASK,
    ),
    "top-own": (
        "warning",
        lambda _host: _("It tried to replace the player by a page of its own. Refused."),
        MEND,
    ),
    "player": (
        "error",
        lambda _host: _("It tried to put something of its own into the player’s page. Refused."),
        ASK,
    ),
    "worker-kept": (
        "warning",
        lambda _host: _(
            "It tried to install a script that stays in the browser (a service worker). Refused."
        ),
        MEND,
    ),
}
"""All else: how grave it is, how it is said, and what to do."""
