"""Short answer: a word or a few, typed."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.questions.base import EMPTY, Html, Question


@dataclass(frozen=True)
class TextAnswer:
    """One answer that is looked for: ``*`` in it stands for anything, ``\\*`` for a star itself.

    The first that fits counts; a lone ``*`` at the end is for every other answer.
    """

    key: str
    text: str
    fraction: Fraction
    feedback: Html = EMPTY


@dataclass(frozen=True, kw_only=True)
class ShortQuestion(Question):
    """A text, compared after Unicode's NFKC; with ``case`` large and small letters differ."""

    kind = "short"

    answers: tuple[TextAnswer, ...]
    case: bool = False
