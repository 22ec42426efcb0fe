"""Text that a page holds as base64: some tools write a whole course so."""

import binascii
import re
from collections.abc import Iterator

from scorm.packages.checks.window import Window

BEGINNINGS = (b"eyJ", b"ewo", b"W3s")
"""Base64 of ``{"``, ``{`` with a new line, and ``[{``."""

CODED = re.compile(rb"[A-Za-z0-9+/]{200,}+")
"""As long as data is, and longer than words that begin so."""

AGAIN = 240
"""Letters of one part that are read again with the next, so that no name falls between."""

MOST_RUNS = 1000


class CodedReader:
    """Gives the base64 texts of one file, decoded, window by window."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._left = MOST_RUNS

    def texts(self, window: Window) -> Iterator[bytes]:
        position = window.begin
        if self._next is not None:
            run = CODED.match(window.data, self._next - window.at)
            self._next = None
            if run is not None:
                position = run.end()
                yield self._decoded(window, run)
        for start in sorted(self._starts(window, position)):
            run = CODED.match(window.data, start) if start >= position else None
            if run is not None and self._left:
                self._left -= 1
                position = run.end()
                yield self._decoded(window, run)

    def _starts(self, window: Window, position: int) -> Iterator[int]:
        """Where a beginning stands at the beginning of something."""
        for beginning in BEGINNINGS:
            found = window.data.find(beginning, position, window.end)
            count = 0
            while found >= 0 and count < MOST_RUNS:
                if not window.data[found - 1 : found].isalnum():
                    yield found
                count += 1
                found = window.data.find(beginning, found + 1, window.end)

    def _decoded(self, window: Window, run: re.Match[bytes]) -> bytes:
        start, end = run.span()
        if end > window.end and not window.last:
            end = start + (window.end - start) // 4 * 4
            self._next = window.at + max(start, end - AGAIN)
        end = start + (end - start) // 4 * 4
        return binascii.a2b_base64(window.data[start:end])
