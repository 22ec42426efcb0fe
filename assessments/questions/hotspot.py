"""Hotspot: find one or several places in a picture."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    EMPTY,
    NONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    fraction_problems,
    in_order,
    key_problems,
    mean,
    shuffled,
)
from assessments.questions.choice import SILENT, Verdicts, judged
from assessments.questions.choosing import (
    kept_choices,
    limit_problems,
    limit_remarks,
    lowest_choice,
    right_keys,
    right_problems,
    sum_of,
)
from assessments.questions.controls import Area, Asked, Picture, Point
from assessments.questions.pictures import area_problems, picture_problems

_ = TranslationStringFactory("tutela")

NAME = "place"


@dataclass(frozen=True)
class HotArea:
    """A place and what choosing it brings."""

    area: Area
    fraction: Fraction
    feedback: Html = EMPTY

    @property
    def key(self) -> str:
        return self.area.key


@dataclass(frozen=True, kw_only=True)
class HotspotQuestion(Question):
    """Places in a picture, chosen in the picture or in a list of their names.

    :param many: :param least: :param most: as of
        :class:`assessments.questions.choice.ChoiceQuestion`
    """

    kind = "hotspot"

    picture: Picture
    areas: tuple[HotArea, ...]
    many: bool = False
    least: Fraction = NONE
    most: int = 0
    said: Verdicts = SILENT

    def own_problems(self) -> list[TranslationString]:
        found = picture_problems(self.picture)
        found += key_problems(hot.key for hot in self.areas)
        found += fraction_problems(hot.fraction for hot in self.areas)
        if len(self.areas) < 2:
            found.append(_("A picture needs at least two places to choose from."))
        for hot in self.areas:
            found += area_problems(hot.area, self.picture)
        found += right_problems(self.areas, self.many, whole=False)
        return found + limit_problems(self.areas, self.many, self.least, self.most)

    def arrange(self, random: Random) -> dict[str, Any]:
        return {"orders": {NAME: shuffled([hot.key for hot in self.areas], random)}}

    def ask(self, arrangement: Arrangement) -> Asked:
        shown = in_order({hot.key: hot.area for hot in self.areas}, arrangement, NAME)
        return Asked(self.body, (Point(NAME, "", shown, self.many, self.most),), self.picture)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        chosen = response.get(NAME, ())
        parts = tuple(
            Part(NAME, hot.area.label, hot.key, hot.fraction, hot.feedback)
            for hot in self.areas
            if hot.key in chosen
        )
        return judged(sum_of(parts, self.many, self.least, self.most), parts, self.said)

    def right_response(self, arrangement: Arrangement) -> Response:
        return {NAME: right_keys(self.areas, self.many)}

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        parts = self.mark_response(response, arrangement).parts
        return limit_remarks(parts, self.many, self.most)

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        return kept_choices(NAME, self.mark_response(response, arrangement))

    def lowest(self) -> Fraction:
        return lowest_choice(self.areas, self.many, self.least)

    def guess(self) -> Fraction | None:
        return None if self.many else mean([hot.fraction for hot in self.areas])
