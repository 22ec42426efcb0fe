"""What a reader or a writer has to say, gathered while it works."""

from translationstring import TranslationString

from assessments.exchange.entries import Kind, Remark


class Broken(ValueError):
    """A question, or something else that is left out as a whole; ``message`` says why.

    :param line: in the file, from 1; 0 for where the question begins
    """

    def __init__(self, message: TranslationString, line: int = 0):
        super().__init__(message)
        self.message = message
        self.line = line


class Notes:
    """Remarks in the making.

    :param file: which file of a package they are about
    """

    def __init__(self, file: str = "") -> None:
        self._file = file
        self._remarks: list[Remark] = []

    def changed(self, message: TranslationString, line: int = 0, question: str = "") -> None:
        self._add(Kind.CHANGED, message, line, question)

    def left_out(self, message: TranslationString, line: int = 0, question: str = "") -> None:
        self._add(Kind.LEFT_OUT, message, line, question)

    def _add(self, kind: Kind, message: TranslationString, line: int, question: str) -> None:
        remark = Remark(kind, message, line, question, self._file)
        if remark not in self._remarks[-20:]:
            self._remarks.append(remark)

    def by_line(self) -> tuple[Remark, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._remarks, key=lambda remark: remark.line))
