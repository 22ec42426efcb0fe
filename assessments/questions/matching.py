"""Matching: to each thing on one side belongs one of the other side."""

from dataclasses import dataclass

from assessments.questions.base import Html, Question
from assessments.questions.choice import SILENT, Verdicts
from assessments.questions.controls import Option


@dataclass(frozen=True)
class Pair:
    """What is asked about, and the key of the answer that belongs to it."""

    key: str
    html: Html
    answer: str


@dataclass(frozen=True, kw_only=True)
class MatchingQuestion(Question):
    """Pairs; answers that belong to nothing are there to mislead. Each pair counts the same."""

    kind = "matching"

    pairs: tuple[Pair, ...]
    answers: tuple[Option, ...]
    shuffle: bool = True
    said: Verdicts = SILENT
