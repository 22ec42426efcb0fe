"""One page in the making: what its text has named, asked and claimed so far."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lms.authoring.citations import Numbering
from lms.authoring.claims import Claim
from lms.authoring.course import Course
from lms.authoring.errors import SourceError
from lms.authoring.gift import Question
from lms.authoring.pictures import Picture, Pictures

Fill = Callable[..., str]
"""Fills a template, named without its ending, with values; gives HTML."""


@dataclass(frozen=True)
class Task:
    """Something that a learner does on a page, as it must be in every language.

    :param name: kind and identifier, for errors; :param form: what translations must have alike
    :param line: of the page's source
    """

    name: str
    form: object
    line: int


@dataclass
class Draft:
    """One page in the making.

    :param file: its source, named in errors; :param prefix: of its identifiers, ``p3-``
    :param to_root: what leads from the page to the package's root, empty or ``../``
    :param claims: in reading order; :param tasks: in reading order
    :param words: keys of the glossary, in the order in which they are first used
    :param shown: pictures by their path in the package
    :param originals: by identifier in the page, what is asked there: reports in any language name
        it in the course's own
    :param questions: of its checks or of the quiz; :param read: words of its text so far
    :param level: of the heading above
    :param pretest_line: the line of the pre-test, 0 when there is none
    """

    course: Course
    file: str
    prefix: str
    to_root: str
    fill: Fill
    pictures: Pictures
    numbering: Numbering
    claims: list[Claim] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    words: dict[str, None] = field(default_factory=dict)
    shown: dict[str, Picture] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    read: int = 0
    level: int = 1
    headings: int = 0
    pretest_line: int = 0
    _taken: dict[str, int] = field(default_factory=dict)

    def name(self, identifier: str, line: int, *more: str) -> str:
        """The identifier in the page.

        :param more: identifiers that are made of it
        :raises SourceError: when something else on the page has it
        """
        for each in (identifier, *more):
            if each in self._taken:
                raise SourceError(
                    self.file,
                    line,
                    f"There are two things named “{each}” in this part; the other is in line "
                    f"{self._taken[each]}.",
                    "Give each question, scenario, reflection and slot its own name.",
                )
            self._taken[each] = line
        return self.prefix + identifier
