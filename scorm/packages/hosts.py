"""Other hosts that a package's pages would call: seen on the way through, never called."""

import re
from itertools import islice

from scorm.packages.checks.window import Window
from scorm.packages.findings import Finding
from scorm.packages.words import _

TEXT = frozenset(("html", "htm", "xhtml", "js", "mjs", "css", "svg"))
"""Endings of the files that can call something."""

MOST_HOSTS = 50
MOST_LOOKS = 8_000
"""Hosts that are listed, and addresses whose surroundings are looked at, in one package."""

MOST_IN_WINDOW = 10_000

ADDRESS = re.compile(rb"(?i)//([a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,8})")
LOADS = re.compile(
    rb"""(?isx)
    (?: \b(?:src|srcset|poster|data) \s*=\s* (?: \\?["'] )?
      | <(?: link\b [^<>]*? \bhref | form\b [^<>]*? \baction ) \s*=\s* ["']?
      | \burl\( \s* ["']?
      | @import \s+ ["']
      | \b(?:fetch|import|importScripts|WebSocket|EventSource|Worker|sendBeacon)\( \s* ["'`]
      | \.open\( \s* ["'](?:GET|POST|PUT|HEAD)["'] \s*,\s* ["'`]
    )
    (?: https? : | wss? : )? \Z
    """
)
ASKS = re.compile(
    rb"""(?isx)
    (?: (?: \$ | \bjQuery | \baxios ) \.(?:ajax|get|getJSON|getScript|post|put|request)\( \s*
        (?: \{ [^{}]*? \burl \s*:\s* )?
      | \bsetAttribute\( \s* ["']src["'] \s*,\s*
      | ["']script["'] \s*,\s*
    ) ["'`] (?: https? : )? \Z
    """
)
"""How libraries that many courses have ask for something, and how scripts are added by scripts."""

BEFORE = 300
"""Bytes before an address that say what it is for."""


class HostWatch:
    """Collects the hosts that files call, each with the first file and line that does."""

    def __init__(self) -> None:
        self._found: dict[bytes, Finding] = {}
        self._looks = 0

    @property
    def findings(self) -> list[Finding]:
        return list(self._found.values())

    @property
    def _full(self) -> bool:
        return self._looks >= MOST_LOOKS or len(self._found) >= MOST_HOSTS

    def look(self, window: Window) -> None:
        """Note the hosts that a window on a text file would call."""
        for match in islice(ADDRESS.finditer(window.data, window.begin), MOST_IN_WINDOW):
            host = match[1].lower()
            if match.start() >= window.end or self._full:
                return
            if host in self._found:
                continue
            self._looks += 1
            before = window.data[max(0, match.start() - BEFORE) : match.start()]
            if LOADS.search(before) or (b"(" in before and ASKS.search(before)):
                self._found[host] = Finding(
                    "warning",
                    "foreign-host",
                    _(
                        "The package calls ${host}. It is not called from here, so that part of "
                        "the course may not work.",
                        host=host.decode(),
                    ),
                    _("Put the file into the package, or ask an admin to allow this host."),
                    window.file,
                    window.line_of(match.start()),
                )
