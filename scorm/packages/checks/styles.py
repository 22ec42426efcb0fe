"""Addresses in style sheets (CSS Values 4 §4.5, CSS Cascade 4 §2)."""

import re
from collections.abc import Iterator

from scorm.packages.checks.markup import TEMPLATE
from scorm.packages.checks.window import Window

STYLE = re.compile(rb"""url\(\s{0,20}["']?|@import\s{0,20}["']""")
STYLE_END = re.compile(rb"""["')\s;]""")

LONGEST = 1000
LONGEST_COMMENT = 2000
"""Bytes of an address, and of a comment before one, that are looked at."""

MOST = 10_000
"""Addresses that are looked at in one style sheet."""


class StyleReader:
    """Gives the addresses in one style sheet, window by window, each with its place."""

    def __init__(self) -> None:
        self._left = MOST

    def addresses(self, window: Window) -> Iterator[tuple[str, int]]:
        for match in STYLE.finditer(window.data, window.begin):
            if match.start() >= window.end or not self._left:
                return
            self._left -= 1
            end = STYLE_END.search(window.data, match.end(), match.end() + LONGEST)
            if end is None or _in_comment(window.data, match.start()):
                continue
            raw = window.data[match.end() : end.start()]
            if raw and TEMPLATE.search(raw) is None:
                yield raw.decode("utf-8", "replace"), match.start()


def _in_comment(data: bytes, position: int) -> bool:
    """Whether a place lies in a comment that begins shortly before it."""
    opened = data.rfind(b"/*", max(0, position - LONGEST_COMMENT), position)
    return opened >= 0 and data.find(b"*/", opened, position) < 0
