"""Ordering: things to be put in order."""

from dataclasses import dataclass

from assessments.questions.base import Question
from assessments.questions.choice import SILENT, Verdicts
from assessments.questions.controls import Option


@dataclass(frozen=True, kw_only=True)
class OrderingQuestion(Question):
    """Things, given in the right order; they are always shown in an order of chance.

    :param grading: ``whole`` (all or nothing), ``place`` (each at its place), ``next`` (each that
        is followed by the right one, the end too), ``longest`` (the longest row that is in order)
    """

    kind = "ordering"

    items: tuple[Option, ...]
    grading: str = "whole"
    said: Verdicts = SILENT
