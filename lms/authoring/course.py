"""A course as its author wrote it: plain frozen values."""

from dataclasses import dataclass, field
from pathlib import Path

from lms.authoring.gift import Question


@dataclass(frozen=True)
class Reference:
    """One entry of ``sources.toml``: what claims rest on.

    :param address: where it was read; empty when it has none
    :param read: how it was read, for example in which reproduction; may be empty
    :param short: the title from its second mention on a page on
    """

    key: str
    title: str
    address: str
    read: str
    short: str


@dataclass(frozen=True)
class Term:
    """One entry of ``glossary.toml``.

    :param meaning: Markdown with marks of sources
    :param file: where it stands; :param line: that of its meaning; :param language: its tag
    """

    key: str
    term: str
    meaning: str
    file: str
    line: int
    language: str


@dataclass(frozen=True)
class Part:
    """One Markdown part; it becomes one SCO.

    :param number: that of its file's name, from 0; :param slug: the rest of it
    :param file: relative to the course's folder, ``fr/01-first.md`` for a translation
    :param language: tag of the text; in a translation without this part, that of the course
    :param minutes: what it takes, 1 to 8 minutes
    :param content_note: what to expect, in words; empty when there is nothing to note
    :param text: Markdown without the front matter; :param first_line: where it starts in ``file``
    """

    number: int
    slug: str
    file: str
    language: str
    title: str
    minutes: int
    content_note: str
    text: str
    first_line: int

    @property
    def page(self) -> str:
        """The file's name in the package."""
        return f"part-{self.number}.html"


@dataclass(frozen=True)
class Quiz:
    """The final quiz.

    :param mastery: the pass mark in percent, 1 to 100
    :param draw: how many questions of the pool one try gets
    """

    file: str
    language: str
    title: str
    minutes: int
    mastery: int
    draw: int
    questions: tuple[Question, ...]

    page = "quiz.html"


@dataclass(frozen=True)
class Course:
    """A whole course in one language.

    :param directory: where its sources lie
    :param identifier: unique and lasting, the manifest's identifier
    :param language: BCP 47 tag of the text; :param minutes: for all of it
    :param notice: said on the first screen, for example whose work this is not; may be empty
    :param sourced: whether every claim must carry its source
    :param pretest: how many questions the pre-test draws; 0 when there is none
    :param translations: the course in other languages; where a part, the quiz or a word of the
        glossary is not translated, it is the original's and says so by its language
    """

    directory: Path
    identifier: str
    title: str
    language: str
    summary: str
    minutes: int
    content_note: str
    notice: str
    licence: str
    version: str
    sourced: bool
    pretest: int
    references: dict[str, Reference]
    glossary: dict[str, Term]
    parts: tuple[Part, ...]
    quiz: Quiz
    translations: tuple["Course", ...] = field(default=())

    @property
    def texts(self) -> tuple[Part | Quiz, ...]:
        """All that becomes a page and reports: the parts, then the quiz."""
        return (*self.parts, self.quiz)

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of all languages, the original's first."""
        return (self.language, *(each.language for each in self.translations))
