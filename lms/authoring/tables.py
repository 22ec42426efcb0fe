"""TOML tables whose every value is asked for by name and type, with the line in errors."""

import re
import tomllib
from typing import Any

from assessments.questions.html import one_line
from lms.authoring.errors import SourceError
from lms.authoring.folder import UNPRINTABLE
from lms.authoring.slips import refuse_in_plain

AT_LINE = re.compile(r"at line (\d+)")
SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")


class Table:
    """One table of a TOML text.

    :param lines: of the whole text; :param first_line: the line of ``file`` that they begin at
    :param above: what the name of the section puts before a value's name in errors, ``quiz.``
    :param start: the line, from 0, that the section begins at
    """

    def __init__(
        self,
        file: str,
        lines: list[str],
        first_line: int,
        values: dict,
        above: str = "",
        start: int = 0,
        sections: dict[str, int] | None = None,
    ):
        self._file = file
        self._lines = lines
        self._first = first_line
        self._values = dict(values)
        self._above = above
        self._start = start
        self._sections = _sections(lines) if sections is None else sections

    @classmethod
    def parse(cls, file: str, text: str, first_line: int = 1) -> "Table":
        """:raises SourceError: when the text is no TOML"""
        lines = text.split("\n")
        try:
            return cls(file, lines, first_line, tomllib.loads(text))
        except RecursionError:
            line, why = 1, "Too many brackets within brackets"
        except ValueError as wrong:  # beside its own error also that of a number too long
            at = AT_LINE.search(str(wrong))
            line, why = int(at[1]) if at else len(lines), str(wrong).split(" (")[0]
        raise SourceError(
            file,
            first_line + line - 1,
            f"This cannot be read: {why}.",
            'Write one name = "value" a line, text between double quotation marks.',
        )

    def has(self, key: str) -> bool:
        return key in self._values

    @property
    def names(self) -> list[str]:
        """Of all values that were not asked for yet."""
        return list(self._values)

    def words(self, key: str, default: str | None = None) -> str:
        """Plain text as one line; ``default`` when there is none, which must otherwise be there."""
        text = self.markdown(key, default)
        refuse_in_plain(text, self._file, self.line(key))
        return text

    def markdown(self, key: str, default: str | None = None) -> str:
        """As :meth:`words`, for a text that may have marks in it."""
        value = self._take(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.wrong(key, f"{self._above}{key} must be text.", f'Write {key} = "…".')
        if found := UNPRINTABLE.search(value):
            raise self.wrong(
                key,
                f"{self._above}{key} has a sign that nobody can see: U+{ord(found[0]):04X}.",
                "Take it out.",
            )
        return one_line(value)

    def matching(self, key: str, pattern: re.Pattern, form: str) -> str:
        value = self.words(key)
        if not pattern.fullmatch(value):
            raise self.wrong(key, f"{key} cannot be “{value}”.", f"Use {form}.")
        return value

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number from ``least`` to ``most``, both included."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(
                key,
                f"{self._above}{key} must be a whole number from {least} to {most}.",
                f"Write {key} = {least}, without quotation marks.",
            )
        return value

    def table(self, key: str) -> "Table":
        value = self._values.pop(key, None)
        if not isinstance(value, dict):
            raise self.wrong(key, f"{key} must be a section.", f"Write [{key}] on its own line.")
        start = self._sections.get(self._above + key)
        start = self._place(key) if start is None else start
        above = f"{self._above}{key}."
        return Table(self._file, self._lines, self._first, value, above, start, self._sections)

    def nothing_left(self) -> None:
        """:raises SourceError: for a name that nobody asked for: most likely a slip of the pen"""
        for key in self._values:
            raise self.wrong(
                key, f"{self._above}{key} is not known here.", "Mend the name, or take it out."
            )

    def wrong(self, key: str, message: str, remedy: str) -> SourceError:
        """The error for a value, at its line."""
        return SourceError(self._file, self.line(key), message, remedy)

    def line(self, key: str) -> int:
        return self._first + self._place(key)

    def _take(self, key: str, default: Any) -> Any:
        if key not in self._values and default is None:
            raise self.wrong(key, f"{self._above}{key} is missing.", f"Add {key} = … to it.")
        return self._values.pop(key, default)

    def _place(self, key: str) -> int:
        """Where the name is written; where its section begins when it is not."""
        written = re.compile(rf"\s*(?:\[.*)?\b{re.escape(key)}\b\"?\s*[\]=.]")
        places = range(self._start, len(self._lines))
        return next((at for at in places if written.match(self._lines[at])), self._start)


def _sections(lines: list[str]) -> dict[str, int]:
    """The line, from 0, of each section's name."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines):
        if name := SECTION.match(line):
            found.setdefault(name[1].replace('"', "").replace("'", ""), at)
    return found
