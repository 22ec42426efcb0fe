"""How much of a file is read while somebody waits for the page that says what is in it.

A text costs up to a tenth of a millisecond, whatever the format: that many are read in two seconds,
also of a file that was made to be slow. The command line has no such limits.
"""

from dataclasses import dataclass

from translationstring import TranslationStringFactory

from assessments.exchange.entries import Unreadable

_ = TranslationStringFactory("tutela")

QUESTIONS = 1_000
TEXTS = 20_000
"""Texts of questions: what is asked, each answer, what is said to it. A remark counts as one."""
BYTES = 1_000_000
"""Of a file of plain text."""
UNPACKED = 100_000_000
"""Bytes of what is read of a package."""
TAGS = 400_000
"""Signs of a tag (``<``) in one document of XML."""
TAGS_OF_A_TEXT = 8
"""In an item of QTI, about."""


class TooMuch(Unreadable):
    """The file, or the package, has to be split."""


@dataclass
class Work:
    """What may still be read."""

    questions: int = QUESTIONS
    texts: int = TEXTS

    def question(self, line: int) -> None:
        """:raises TooMuch: when this is one question too many"""
        self.questions -= 1
        if self.questions < 0:
            raise TooMuch(
                _(
                    "The file has more than ${most} questions. Split it into smaller files, for "
                    "example one for each category. An admin can take it in whole on the command "
                    "line.",
                    mapping={"most": QUESTIONS},
                ),
                line,
            )

    def text(self, line: int, count: int = 1) -> None:
        """:raises TooMuch: when there are more texts than are read"""
        self.texts -= count
        if self.texts < 0:
            raise _too_long(line)

    def document(self, content: bytes) -> None:
        """:raises TooMuch: when XML would take too long to read, and too much memory"""
        if content.count(b"<") > TAGS:
            place = -1
            for _sign in range(TAGS):
                place = content.find(b"<", place + 1)
            raise _too_long(content.count(b"\n", 0, place) + 1)


def _too_long(line: int) -> TooMuch:
    return TooMuch(
        _(
            "The questions up to here have so many texts that reading on would take too long. "
            "Split the file into smaller ones."
        ),
        line,
    )
