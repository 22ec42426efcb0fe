"""Tags of HTML, as far as they are certain: read forwards once, and none is ever required to be
right (HTML, "Tokenization")."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from scorm.packages.checks.window import Window

LOOKED_FOR = (
    *("html", "body", "frameset", "title", "meta", "base", "link", "style", "script"),
    *("img", "input", "area", "a", "iframe", "frame", "object", "embed", "applet"),
    *("video", "/video", "audio", "/audio", "source", "track"),
    *("textarea", "xmp"),
)
FIRST = "".join(
    sorted({letter for name in LOOKED_FOR for letter in name[0] + name[0].upper()} - {"/"})
)
TAG = re.compile(
    rb"<(?=[!%s]|/[vaVA])(?:(!--)|(?i:(%s)(?=[\s/>])))"
    % ((FIRST + FIRST.upper()).encode(), "|".join(LOOKED_FOR).encode())
)
ATTRIBUTE = re.compile(
    rb"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""",
)
RAW = {
    name: re.compile(rb"(?i)</%s" % name.encode())
    for name in ("script", "style", "textarea", "xmp", "title")
}
"""Elements whose content is text, and where it ends."""

BALANCED = re.compile(rb"""(?:[^"']++|"[^"]*+"|'[^']*+')*+""")
"""Text in which every quotation mark has its twin."""

COMMENT_END = re.compile(rb"-->")

LONGEST_TAG = 32 * 1024
"""Bytes of a tag; of a longer one (a picture written into it) nothing is said."""

MOST_TAGS = 30_000
MOST_ATTRIBUTES = 30
"""Tags that are read in a file, and attributes of a tag: far more than pages have, few enough to
read in a second."""

MOST_QUOTED = 4
"""How many ``>`` within quotes a tag may have."""

TEMPLATE = re.compile(rb"\{\{|\{%|<%|%>|\$\{|\[\[|<\?|#\{|\{[\w.$]+\}|__\w+__|%%\w+%%|@@")
"""Signs of a template language: what is written there is not what a browser gets."""


class Tag:
    """A start tag, or an end tag whose name begins with ``/``; it lies from ``at`` to ``end`` in
    the window, and ``raw`` is what stands in it behind the name."""

    __slots__ = ("_certain", "_said", "at", "end", "name", "raw")

    def __init__(self, name: str, raw: bytes, at: int, end: int):
        self.name = name
        self.raw = raw
        self.at = at
        self.end = end
        self._certain: bool | None = None
        self._said: dict[str, str] | None = None

    @property
    def certain(self) -> bool:
        """Whether it is what a browser gets, and no template of it."""
        if self._certain is None:
            self._certain = TEMPLATE.search(self.raw) is None
        return self._certain

    @property
    def attributes(self) -> dict[str, str]:
        """By name in lower case, with entities resolved; the first of several counts."""
        if self._said is None:
            self._said = {}
            for match in islice(ATTRIBUTE.finditer(self.raw), MOST_ATTRIBUTES):
                value = (match[2] or match[3] or match[4] or b"").decode("utf-8", "replace")
                name = match[1].decode("latin-1").lower()
                self._said.setdefault(name, unescape(value).strip())
        return self._said


class TagReader:
    """Gives the tags of one file, window by window, without those in comments and scripts.

    ``whole`` tells whether it has given them all so far.
    """

    def __init__(self) -> None:
        self._until: re.Pattern[bytes] | None = None
        self._done = 0
        self._left = MOST_TAGS

    @property
    def whole(self) -> bool:
        return self._left > 0

    def tags(self, window: Window) -> Iterator[Tag]:
        position = max(window.begin, self._done - window.at)
        while position < window.end and self.whole:
            if self._until is not None:
                position = self._leave(window, position)
                continue
            match = TAG.search(window.data, position)
            if match is None or match.start() >= window.end:
                break
            self._left -= 1
            position = match.end()
            if match[1]:
                self._until = COMMENT_END
                continue
            close = window.data.find(b">", position)
            if close < 0:
                break
            end = _end(window.data, position, close)
            if end is None:
                position = close
                continue
            name = match[2].decode("ascii").lower()
            yield Tag(name, window.data[position:end], match.start(), end + 1)
            position, self._until = end + 1, RAW.get(name)
        self._done = window.at + max(position, window.end)

    def _leave(self, window: Window, position: int) -> int:
        """Where the text of a comment or script ends, or where the window does."""
        assert self._until is not None
        end = self._until.search(window.data, position)
        if end is None:
            return window.end
        self._until = None
        return end.end()


def _end(data: bytes, start: int, close: int) -> int | None:
    """Where a tag ends whose first ``>`` is at ``close``: there may be some within quotes."""
    for _ in range(MOST_QUOTED):
        if not 0 <= close - start <= LONGEST_TAG:
            return None
        if BALANCED.fullmatch(data, start, close):
            return close
        close = data.find(b">", close + 1, start + LONGEST_TAG)
    return None
