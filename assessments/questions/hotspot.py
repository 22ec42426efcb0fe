"""Hotspot: find one or several places in a picture."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.questions.base import EMPTY, NONE, Html, Question
from assessments.questions.choice import SILENT, Verdicts
from assessments.questions.controls import Area, Picture


@dataclass(frozen=True)
class HotArea:
    """A place and what choosing it brings."""

    area: Area
    fraction: Fraction
    feedback: Html = EMPTY


@dataclass(frozen=True, kw_only=True)
class HotspotQuestion(Question):
    """Places in a picture, chosen in the picture or in a list of their names."""

    kind = "hotspot"

    picture: Picture
    areas: tuple[HotArea, ...]
    many: bool = False
    least: Fraction = NONE
    most: int = 0
    said: Verdicts = SILENT
