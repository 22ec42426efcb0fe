"""What a reader or a writer has to say, gathered while it works."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from translationstring import TranslationString

from assessments.exchange.entries import Entry, Kind, Remark
from assessments.exchange.work import Work

Written = TypeVar("Written")


class Broken(ValueError):
    """A question, or something else that is left out as a whole; ``messages`` say why.

    :param line: in the file, from 1; 0 for where the question begins
    :param more: what else there is to say, each a sentence of its own
    """

    def __init__(
        self, message: TranslationString, line: int = 0, more: Sequence[TranslationString] = ()
    ):
        super().__init__(message)
        self.messages = (message, *more)
        self.line = line


class Notes:
    """Remarks in the making.

    :param file: which file of a package they are about
    :param work: what may still be read; None for anything
    """

    def __init__(self, file: str = "", work: Work | None = None) -> None:
        self.work = work
        self._file = file
        self._remarks: dict[tuple, Remark] = {}

    def question(self, line: int) -> None:
        """A question begins.

        :raises assessments.exchange.work.TooMuch: when no more are read
        """
        if self.work is not None:
            self.work.question(line)

    def text(self, line: int, count: int = 1) -> None:
        """Texts are about to be read.

        :raises assessments.exchange.work.TooMuch: when no more are
        """
        if self.work is not None:
            self.work.text(line, count)

    def writable(
        self, entries: Iterable[Entry], write: Callable[[Entry], Written]
    ) -> Iterator[tuple[Entry, Written]]:
        """Each entry with what it is in a file; those that cannot be written are left out."""
        for entry in entries:
            try:
                written = write(entry)
            except Broken as broken:
                self.broken(broken, question=entry.question.name)
            else:
                yield entry, written

    def changed(self, message: TranslationString, line: int = 0, question: str = "") -> None:
        self._add(Kind.CHANGED, message, line, question)

    def left_out(self, message: TranslationString, line: int = 0, question: str = "") -> None:
        self._add(Kind.LEFT_OUT, message, line, question)

    def broken(self, broken: Broken, line: int = 0, question: str = "") -> None:
        """A question is left out, for all that is said about it; ``line`` is where it begins."""
        for message in broken.messages:
            self.left_out(message, broken.line or line, question)

    def _add(self, kind: Kind, message: TranslationString, line: int, question: str) -> None:
        self.text(line)
        # Said once. Translation strings are equal whatever their variables are: those count too.
        key = (kind, message.interpolate(), line, question)
        self._remarks.setdefault(key, Remark(kind, message, line, question, self._file))

    def by_line(self) -> tuple[Remark, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._remarks.values(), key=lambda remark: remark.line))
