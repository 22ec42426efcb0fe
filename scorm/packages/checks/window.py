"""A file that streams through, seen through a window, so that nothing falls between two pieces."""

from dataclasses import dataclass

AHEAD = 64 * 1024
BEHIND = 512
"""Bytes that can be seen after and before what is looked at."""


@dataclass(frozen=True)
class Window:
    """What is looked at lies from ``begin`` to ``end`` in ``data``; around it is what can be seen
    besides. Of windows that follow one another each begins where the last ended.

    :param file: the file's name
    :param at: where ``data`` begins in the file, in bytes
    :param line: the line of the first byte of ``data``, from 1
    :param last: whether this is the file's end
    """

    file: str
    data: bytes
    begin: int
    end: int
    at: int
    line: int
    last: bool

    def line_of(self, position: int) -> int:
        """The line of a position in ``data``."""
        return self.line + self.data.count(b"\n", 0, position)


class Sight:
    """Makes the windows on one file out of its pieces."""

    def __init__(self, file: str):
        self._file = file
        self._data = b""
        self._begin = self._at = 0
        self._line = 1

    def push(self, piece: bytes) -> Window | None:
        """The next window, when enough of the file is there for one."""
        self._data += piece
        end = len(self._data) - AHEAD
        if end <= self._begin:
            return None
        window = self._window(end, last=False)
        gone = max(0, end - BEHIND)
        self._line += self._data.count(b"\n", 0, gone)
        self._data, self._begin, self._at = self._data[gone:], end - gone, self._at + gone
        return window

    def finish(self) -> Window:
        """The last window: every file has one."""
        return self._window(len(self._data), last=True)

    def _window(self, end: int, *, last: bool) -> Window:
        return Window(self._file, self._data, self._begin, end, self._at, self._line, last)
