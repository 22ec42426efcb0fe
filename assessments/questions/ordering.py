"""Ordering: things to be put in order."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    NONE,
    ONE,
    Arrangement,
    Marked,
    Part,
    Question,
    Response,
    in_order,
    key_problems,
    shuffled,
)
from assessments.questions.choice import SILENT, Verdicts, judged
from assessments.questions.controls import Asked, Option, Put
from assessments.questions.html import plain, says_something

_ = TranslationStringFactory("tutela")

NAME = "order"
GRADINGS = ("whole", "place", "next", "longest")


@dataclass(frozen=True, kw_only=True)
class OrderingQuestion(Question):
    """Things, given in the right order; they are always shown in an order of chance.

    :param grading: ``whole`` (all or nothing), ``place`` (each at its place), ``next`` (each that
        is followed by the right one, the end too), ``longest`` (the longest row that is in order,
        whatever stands between; one thing alone is no row)
    """

    kind = "ordering"

    items: tuple[Option, ...]
    grading: str = "whole"
    said: Verdicts = SILENT

    def own_problems(self) -> list[TranslationString]:
        found = key_problems(item.key for item in self.items)
        if len(self.items) < 2:
            found.append(_("An ordering question needs at least two things to put in order."))
        if not all(says_something(item.html) for item in self.items):
            found.append(_("A thing to put in order is empty. Write it, or take it out."))
        if len({item.html for item in self.items}) < len(self.items):
            found.append(_("Two things to put in order are the same. Nobody can tell them apart."))
        if self.grading not in GRADINGS:
            found.append(
                _("“${grading}” is no way to mark an order.", mapping={"grading": self.grading})
            )
        return found

    def arrange(self, random: Random) -> dict[str, Any]:
        return {"orders": {NAME: shuffled([item.key for item in self.items], random)}}

    def ask(self, arrangement: Arrangement) -> Asked:
        shown = in_order({item.key: item for item in self.items}, arrangement, NAME)
        return Asked(self.body, (Put(NAME, "", shown),))

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        places = self._places(response)
        return sorted(places.values()) == list(range(1, len(self.items) + 1))

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        places = list(self._places(response).values())
        found = []
        if len(set(places)) < len(places):
            found.append(_("Two things have the same place. Give each a place of its own."))
        if 0 < len(places) < len(self.items):
            found.append(_("Not everything has a place yet."))
        return found

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        places = self._places(response)
        good = self._good(places)
        parts = tuple(
            Part(
                NAME,
                f"{places[item.key]}. {plain(item.html)}",
                item.key,
                ONE if item.key in good else NONE,
            )
            for item in sorted(self.items, key=lambda item: places.get(item.key, 0))
            if item.key in places
        )
        fraction = Fraction(len(good), len(self.items))
        if self.grading == "whole":
            fraction = ONE if fraction == 1 else NONE
        return judged(fraction, parts, self.said)

    def _places(self, response: Response) -> dict[str, int]:
        """Where each thing was put, from 1; what has no place is absent."""
        keys = {item.key for item in self.items}
        given = tuple(response.get(NAME, ()))
        if len(given) == len(keys) and set(given) == keys:
            return {key: place for place, key in enumerate(given, 1)}
        places = dict(each.rpartition(":")[::2] for each in given)
        allowed = {str(place): place for place in range(1, len(keys) + 1)}
        return {
            key: allowed[place] for key, place in places.items() if key in keys and place in allowed
        }

    def _good(self, places: Mapping[str, int]) -> set[str]:
        """The things that are where they should be, in the sense of the grading."""
        keys = [item.key for item in self.items]
        if self.grading == "next":
            return _followed(keys, places)
        if self.grading == "longest":
            return _longest_row(keys, places)
        return {key for place, key in enumerate(keys, 1) if places.get(key) == place}

    def right_response(self, arrangement: Arrangement) -> Response:
        return {NAME: tuple(item.key for item in self.items)}

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        places = self._places(response)
        good = self._good(places)
        control = self.ask(arrangement).controls[0]
        # As the page sends it: in the order in which the things are shown.
        return self.ask(arrangement).read(
            control.fields(tuple(f"{key}:{places[key]}" for key in places if key in good))
        )

    def guess(self) -> Fraction | None:
        count = len(self.items)
        chances = {
            "whole": Fraction(1, factorial(count)),
            # On average one thing of all stands where it should, and one before what it should.
            "place": Fraction(1, count),
            "next": Fraction(1, count),
        }
        return chances.get(self.grading)


def _followed(keys: list[str], places: Mapping[str, int]) -> set[str]:
    """What is followed at once by what should follow it; the last by nothing."""
    good = {
        key
        for key, follower in pairwise(keys)
        if key in places and places.get(follower) == places[key] + 1
    }
    return good | ({keys[-1]} if places.get(keys[-1]) == len(keys) else set())


def _longest_row(keys: list[str], places: Mapping[str, int]) -> set[str]:
    """The most things of which each comes after those that it should come after."""
    placed = [key for key in keys if key in places]
    ends: list[int] = []
    """The lowest place at which a row of each length can end."""
    lengths = []
    for key in placed:
        length = bisect_left(ends, places[key])
        ends[length : length + 1] = [places[key]]
        lengths.append(length)
    row: set[str] = set()
    wanted, limit = len(ends) - 1, len(keys) + 1
    for key, length in zip(reversed(placed), reversed(lengths), strict=True):
        if length == wanted and places[key] < limit:
            row.add(key)
            wanted, limit = wanted - 1, places[key]
    return row if len(row) > 1 else set()
