"""A course's sources on disk, read into plain frozen values; the first mistake is named by line."""

import re
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from lms.authoring import gift
from lms.authoring.errors import CourseError, SourceError

COURSE = "course.toml"
QUIZ = "quiz.gift"
FENCE = "+++"
PART = re.compile(r"(?P<number>\d+)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Reference:
    """One entry of ``[sources]``: what a claim rests on, and the address it was read at."""

    key: str
    title: str
    address: str


@dataclass(frozen=True)
class Part:
    """One Markdown part; it becomes one SCO.

    :param number: its place, from 1; :param slug: from the file's name
    :param minutes: what it takes, in minutes
    :param content_note: what to expect, in words; empty when there is nothing to note
    :param text: Markdown without the front matter; :param first_line: where it starts in ``file``
    """

    number: int
    slug: str
    file: str
    title: str
    minutes: int
    content_note: str
    text: str
    first_line: int


@dataclass(frozen=True)
class Quiz:
    """The final quiz; ``mastery`` is the pass mark in percent, 1 to 100."""

    file: str
    title: str
    minutes: int
    mastery: int
    questions: tuple[gift.Question, ...]


@dataclass(frozen=True)
class Course:
    """A whole course as its author wrote it.

    :param identifier: unique and lasting, the manifest's identifier
    :param language: BCP 47 tag of the text; :param minutes: for all of it
    :param notice: said on the first screen, for example whose work this is not; may be empty
    """

    identifier: str
    title: str
    language: str
    summary: str
    minutes: int
    content_note: str
    notice: str
    licence: str
    version: str
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]
    quiz: Quiz

    def reference(self, key: str) -> Reference | None:
        return next((each for each in self.references if each.key == key), None)


def read(directory: Path) -> Course:
    """The course in a folder.

    :raises SourceError: for the first mistake found, with its file and line
    :raises CourseError: when there is no such folder
    """
    if not directory.is_dir():
        raise CourseError(f"{directory} is not a folder. A course is a folder with a {COURSE}.")
    table = _Table.parse(COURSE, _text(directory, COURSE), 1)
    mastery = table.whole("mastery", 1, 100)
    heading = table.table("quiz")
    sources = table.tables("sources")
    course = Course(
        identifier=table.matching("identifier", IDENTIFIER, "letters, digits, dots and hyphens"),
        title=table.words("title"),
        language=table.matching("language", LANGUAGE, "a language tag such as en, fr or ar"),
        summary=table.words("summary"),
        minutes=table.whole("minutes", 1, 6000),
        content_note=table.words("content_note", ""),
        notice=table.words("notice", ""),
        licence=table.words("licence"),
        version=table.words("version"),
        references=tuple(
            Reference(key, each.words("title"), each.words("address", ""))
            for key, each in sources.items()
        ),
        parts=_parts(directory),
        quiz=Quiz(
            file=QUIZ,
            title=heading.words("title"),
            minutes=heading.whole("minutes", 1, 600),
            mastery=mastery,
            questions=gift.read(_text(directory, QUIZ), QUIZ),
        ),
    )
    for each in (table, heading, *sources.values()):
        each.nothing_left()
    if not course.quiz.questions:
        raise SourceError(QUIZ, 1, "There is no question in the quiz.", "Write at least one.")
    return course


def _parts(directory: Path) -> tuple[Part, ...]:
    found = sorted(
        (int(name["number"]), name["slug"], path)
        for path in directory.glob("*.md")
        if (name := PART.fullmatch(path.name))
    )
    if not found:
        raise SourceError(
            "01-….md", None, "The course has no part.", "Name its texts 01-first.md, 02-second.md."
        )
    for (one, _, first), (other, _, second) in pairwise(found):
        if one == other:
            raise SourceError(
                second.name, None, f"{first.name} has the same number.", "Number each part once."
            )
    return tuple(
        _part(directory, place, slug, path.name)
        for place, (_, slug, path) in enumerate(found, start=1)
    )


def _part(directory: Path, number: int, slug: str, file: str) -> Part:
    lines = _text(directory, file).split("\n")
    ends = [place for place, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        raise SourceError(
            file,
            1,
            "The part does not start with its title and minutes.",
            'Begin with three lines: +++, title = "…" and minutes = 3, then +++ again.',
        )
    table = _Table.parse(file, "\n".join(lines[1 : ends[1]]), 2)
    part = Part(
        number=number,
        slug=slug,
        file=file,
        title=table.words("title"),
        minutes=table.whole("minutes", 1, 600),
        content_note=table.words("content_note", ""),
        text="\n".join(lines[ends[1] + 1 :]),
        first_line=ends[1] + 2,
    )
    table.nothing_left()
    return part


def _text(directory: Path, name: str) -> str:
    path = directory / name
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise SourceError(
            name, None, "The file is missing.", f"A course needs {COURSE}, parts and {QUIZ}."
        ) from None
    except UnicodeDecodeError as wrong:
        line = path.read_bytes().count(b"\n", 0, wrong.start) + 1
        raise SourceError(
            name, line, "The text is not in UTF-8.", "Save the file as UTF-8 and build again."
        ) from None


class _Table:
    """A TOML table whose every value is asked for by name and type, with the line in errors."""

    def __init__(
        self,
        file: str,
        lines: list[str],
        first_line: int,
        values: dict,
        above: str = "",
        start: int = 0,
    ):
        self._file = file
        self._lines = lines
        self._first = first_line
        self._values = dict(values)
        self._above = above
        self._start = start

    @classmethod
    def parse(cls, file: str, text: str, first_line: int) -> "_Table":
        lines = text.split("\n")
        try:
            return cls(file, lines, first_line, tomllib.loads(text))
        except tomllib.TOMLDecodeError as wrong:
            at = AT_LINE.search(str(wrong))
            line = first_line + (int(at[1]) if at else len(lines)) - 1
            raise SourceError(
                file,
                line,
                f"This cannot be read: {str(wrong).split(' (')[0]}.",
                'Write one name = "value" a line, text between double quotation marks.',
            ) from None

    def words(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or (value == "" and default is None):
            raise self._wrong(key, f"{self._above}{key} must be text.", f'Write {key} = "…".')
        return " ".join(value.split())

    def matching(self, key: str, pattern: re.Pattern, form: str) -> str:
        value = self.words(key)
        if not pattern.fullmatch(value):
            raise self._wrong(key, f"{key} cannot be “{value}”.", f"Use {form}.")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        value = self._take(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(
                key,
                f"{self._above}{key} must be a whole number from {least} to {most}.",
                f"Write {key} = {least}, without quotation marks.",
            )
        return value

    def table(self, key: str) -> "_Table":
        value = self._take(key, None)
        if not isinstance(value, dict):
            raise self._wrong(key, f"{key} must be a section.", f"Write [{key}] on its own line.")
        place = self._place(key)
        return _Table(self._file, self._lines, self._first, value, f"{key}.", place)

    def tables(self, key: str) -> dict[str, "_Table"]:
        """A section of sections; empty when it is not there."""
        self._values.setdefault(key, {})
        section = self.table(key)
        return {name: section.table(name) for name in list(section._values)}

    def nothing_left(self) -> None:
        """:raises SourceError: for a name that nobody asked for: most likely a slip of the pen"""
        for key in self._values:
            raise self._wrong(
                key, f"{self._above}{key} is not known here.", "Mend the name, or take it out."
            )

    def _take(self, key: str, default: Any) -> Any:
        if key not in self._values and default is None:
            raise self._wrong(key, f"{self._above}{key} is missing.", f"Add {key} = … to it.")
        return self._values.pop(key, default)

    def _wrong(self, key: str, message: str, remedy: str) -> SourceError:
        return SourceError(self._file, self._first + self._place(key), message, remedy)

    def _place(self, key: str) -> int:
        """Where the name is written; where its section begins when it is not."""
        written = re.compile(rf"\s*(?:\[.*)?\b{re.escape(key)}\b\"?\s*[\]=.]")
        places = range(self._start, len(self._lines))
        return next((at for at in places if written.match(self._lines[at])), self._start)
