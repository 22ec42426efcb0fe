"""Essay and file upload: what a person reads and marks."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.questions.base import EMPTY, Html, Question


@dataclass(frozen=True)
class Level:
    """How well a criterion can be met, and the points it brings."""

    key: str
    html: Html
    points: Fraction


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric; the best level of each adds up to the whole mark."""

    key: str
    html: Html
    levels: tuple[Level, ...]


@dataclass(frozen=True, kw_only=True)
class EssayQuestion(Question):
    """A text, files, or both.

    :param text: ``required``, ``optional`` or ``none``
    :param least_words: :param most_words: 0 for no limit
    :param template: what the field holds at first
    :param files: how many may be handed in; :param least_files: how many must
    :param types: media types that are taken, all when empty; :param size: bytes of one file
    :param for_markers: what those who mark it are told, learners never
    """

    kind = "essay"
    automatic = False

    text: str = "required"
    rows: int = 12
    least_words: int = 0
    most_words: int = 0
    template: str = ""
    files: int = 0
    least_files: int = 0
    types: tuple[str, ...] = ()
    size: int = 20_000_000
    for_markers: Html = EMPTY
    rubric: tuple[Criterion, ...] = ()
