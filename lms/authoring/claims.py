"""What a text claims, and what each claim rests on: a mark covers the text before it, back to the
mark before or to the beginning of its block."""

import re
from dataclasses import dataclass

from assessments.questions.html import one_line
from lms.authoring.citations import Citation
from lms.authoring.errors import SourceError

LEADING = " \n.,;:!?)]…”»"
"""Signs that still belong to what stands before a mark, though they follow it."""

SENTENCES = re.compile(r"[.!?…。؟।]\s+\S")
"""The end of a sentence with another behind it."""


@dataclass(frozen=True)
class Claim:
    """A stretch of text with what it rests on.

    :param citations: empty when it is marked as our own
    :param line: of ``file``, where the text begins
    """

    file: str
    line: int
    text: str
    citations: tuple[Citation, ...]


class Passage:
    """The text of one block as it is read, from left to right: ``words`` counts them."""

    def __init__(self, file: str, line: int):
        self.claims: list[Claim] = []
        self.words = 0
        self._file = file
        self._line = line
        self._begins = line
        self._text: list[str] = []
        self._says = False
        self._marked = False
        self._cited: list[Citation] = []

    def say(self, text: str) -> None:
        """Text follows; a line of the file ends at each ``\\n`` in it."""
        if any(map(str.isalnum, text)):
            if self._marked:
                self._close()
            if not self._says:
                self._says = True
                self._begins = self._line
        self._text.append(text)
        self.words += len(text.split())
        self._line += text.count("\n")

    def mark(self, cited: Citation | None) -> None:
        """A mark follows; None for one of our own."""
        self._marked = True
        if self._text:
            self._text[-1] = self._text[-1].rstrip()
        if cited is not None:
            self._cited.append(cited)

    def end(self) -> int | None:
        """The block is over. Returns the line of text that no mark covers, if there is any."""
        if self._marked:
            self._close()
        return self._begins if self._says else None

    @property
    def introduces(self) -> bool:
        """Whether one sentence without a mark comes last, and ends in a colon."""
        last = "".join(self._text).strip(LEADING.replace(":", ""))
        return last.endswith((":", "：")) and not self._marked and not SENTENCES.search(last)

    def _close(self) -> None:
        if self._says:
            text = one_line("".join(self._text).lstrip(LEADING))
            self.claims.append(Claim(self._file, self._begins, text, tuple(self._cited)))
        self._text, self._says, self._marked, self._cited = [], False, False, []


def unmarked(file: str, line: int) -> SourceError:
    """The error for text that no mark covers, where every claim must carry its source."""
    return SourceError(
        file,
        line,
        "This text carries no source.",
        "End it with [src: key, place], or with [own] when it states nothing about the world.",
    )
