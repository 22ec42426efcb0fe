"""Cloze: a text with gaps, each a small question of its own (Moodle's "embedded answers")."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.questions.base import ONE, Question


@dataclass(frozen=True)
class ClozeGap:
    """One gap: ``[[name]]`` in the text.

    :param question: a choice, short or numerical question without text of its own
    :param weight: its share among the gaps
    :param show: a choice as a list that opens (``list``), or ``radio`` in a ``column`` or ``row``
    """

    name: str
    question: Question
    weight: Fraction = ONE
    show: str = "list"


@dataclass(frozen=True, kw_only=True)
class ClozeQuestion(Question):
    """A text with gaps."""

    kind = "cloze"

    gaps: tuple[ClozeGap, ...]
