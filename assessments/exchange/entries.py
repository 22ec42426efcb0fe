"""What a file of questions brings, and what is said about it: the same for every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from translationstring import TranslationString

from assessments.questions.base import EMPTY, Html, Question


@dataclass(frozen=True)
class QuestionFile:
    """A picture, a sound or another file of a question: media type and bytes."""

    type: str
    content: bytes


@dataclass(frozen=True)
class Entry:
    """A question as a file holds it, with what a bank says about it.

    :param category: names from the outermost to its own; empty when the file names none
    :param code: the author's own identifier ("idnumber"), empty for none
    :param files: by the names that the question's texts use (``files/<name>``)
    :param line: where it begins in the file, from 1; 0 for none
    """

    question: Question
    category: tuple[str, ...] = ()
    code: str = ""
    tags: tuple[str, ...] = ()
    files: Mapping[str, QuestionFile] = field(default_factory=dict)
    line: int = 0


class Kind(StrEnum):
    """What happened to something in a file."""

    CHANGED = "changed"
    """It was taken, and is not quite what the file says."""
    LEFT_OUT = "left out"
    """It was not taken: a part of a question, or a whole one."""


@dataclass(frozen=True)
class Remark:
    """One thing that whoever reads or writes a file should know.

    :param message: what, and what to do, as a translation string
    :param line: in the file, from 1; 0 when it is about all of it
    :param question: name of the question it is about; empty for the file
    :param file: in a package: the file in it
    """

    kind: Kind
    message: TranslationString
    line: int = 0
    question: str = ""
    file: str = ""


@dataclass(frozen=True)
class Taken:
    """What came of reading a file: questions in their order, and remarks by line."""

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...] = ()
    tests: tuple["TakenTest", ...] = ()


@dataclass(frozen=True)
class TakenSection:
    """Questions of a test under a heading; as :class:`assessments.quizzes.plan.Section` has them.

    :param shuffle: whether their order is chance; :param pick: how many are asked, 0 for all
    :param entries: the positions of its entries in :attr:`Taken.entries`
    :param marks: what each of them brings, in the same order; None for what the question says
    """

    title: str = ""
    intro: Html = EMPTY
    shuffle: bool = False
    pick: int = 0
    entries: tuple[int, ...] = ()
    marks: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True)
class TakenTest:
    """A test that a file brings.

    :param seconds: time for an attempt, 0 for any
    :param sequential: whether it can only be gone through forwards
    :param attempts: how many there are, 0 for any number
    """

    title: str
    sections: tuple[TakenSection, ...]
    seconds: int = 0
    sequential: bool = False
    attempts: int = 0


class Unreadable(ValueError):
    """Nothing of a file can be read; ``message`` says why, ``line`` where (0: all of it)."""

    def __init__(self, message: TranslationString, line: int = 0):
        super().__init__(message)
        self.message = message
        self.line = line
