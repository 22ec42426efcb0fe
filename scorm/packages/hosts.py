"""Other hosts that a package's pages would call: seen on the way through, never called."""

import re
from collections.abc import Iterator

from scorm.packages.findings import Finding
from scorm.packages.words import _

TEXT = frozenset(("html", "htm", "xhtml", "js", "mjs", "css", "svg"))
"""Endings of the files that can call something."""

MOST_HOSTS = 50
MOST_LOOKS = 20_000
"""Hosts that are listed, and addresses whose surroundings are looked at, in one package."""

ADDRESS = re.compile(rb"(?i)//([a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,8})")
LOADS = re.compile(
    rb"""(?isx)
    (?: \b(?:src|srcset|poster|data) \s*=\s* (?: \\?["'] )?
      | <link\b [^<>]*? \bhref \s*=\s* ["']?
      | \burl\( \s* ["']?
      | @import \s+ ["']
      | \b(?:fetch|import|importScripts|WebSocket|EventSource|Worker)\( \s* ["'`]
      | \.open\( \s* ["'](?:GET|POST|PUT|HEAD)["'] \s*,\s* ["'`]
    )
    (?: https? : | wss? : )? \Z
    """
)
BEFORE = 300
"""Bytes before an address that say what it is for."""

LABEL = 65
OVERLAP = 1200
"""Bytes of one piece looked at again with the next, so that no address falls between."""


class HostWatch:
    """Collects the hosts that files call, each with the first file and line that does."""

    def __init__(self) -> None:
        self._found: dict[bytes, Finding] = {}
        self._looks = 0

    @property
    def findings(self) -> list[Finding]:
        return list(self._found.values())

    def through(self, name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Pass a file's pieces on, unchanged, looking at each; files that are no text only pass."""
        if name.rpartition(".")[2].lower() not in TEXT:
            yield from pieces
            return
        tail, line = b"", 1
        for piece in pieces:
            window = tail + piece
            self._look(name, window, line, len(window) - LABEL)
            tail = window[-OVERLAP:]
            line += window.count(b"\n", 0, len(window) - len(tail))
            yield piece
        self._look(name, tail, line, len(tail))

    def _look(self, name: str, window: bytes, line: int, end: int) -> None:
        """Note the hosts whose names end before ``end``; later ones may go on in the next piece."""
        for match in ADDRESS.finditer(window):
            if match.end() > end:
                return
            host = match[1].lower()
            if host in self._found:
                continue
            if self._looks >= MOST_LOOKS or len(self._found) >= MOST_HOSTS:
                return
            self._looks += 1
            if LOADS.search(window, max(0, match.start() - BEFORE), match.start()):
                self._found[host] = Finding(
                    "warning",
                    "foreign-host",
                    _(
                        "The package calls ${host}. It is not called from here, so that part of "
                        "the course may not work.",
                        host=host.decode(),
                    ),
                    _("Put the file into the package, or ask an admin to allow this host."),
                    name,
                    line + window.count(b"\n", 0, match.start()),
                )
