"""Words into gaps: select missing words, drag words into text; and labels into a picture."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    in_order,
    key_problems,
    mean,
    shuffled,
)
from assessments.questions.choice import SILENT, Verdicts, judged
from assessments.questions.controls import Asked, Option, Pick, Picture
from assessments.questions.html import FILES, plain, says_something
from assessments.questions.pictures import outside, picture_problems
from assessments.questions.places import name_problems, place_problems

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True)
class Word:
    """Something that can be put into a gap of its group.

    :param file: a picture in place of words, by the name of the question's file; ``html`` says it
    :param unlimited: whether it can be used in several gaps
    """

    key: str
    html: Html
    group: str = "1"
    unlimited: bool = True
    file: str = ""

    def option(self) -> Option:
        if not self.file:
            return Option(self.key, self.html)
        file, words = html.escape(FILES + self.file), html.escape(plain(self.html))
        return Option(self.key, Html(f'<img src="{file}" alt="{words}">'))


@dataclass(frozen=True)
class Gap:
    """A gap, ``[[name]]`` in the text: the group of its words, and the key of the right one."""

    name: str
    right: str
    group: str = "1"


@dataclass(frozen=True, kw_only=True)
class GapQuestion(Question):
    """A text with gaps, and words for them.

    :param dragged: whether words may also be dragged into their gaps
    """

    kind = "gaps"

    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    shuffle: bool = True
    dragged: bool = False
    said: Verdicts = SILENT

    def own_problems(self) -> list[TranslationString]:
        names = [gap.name for gap in self.gaps]
        found = place_problems(self.body, names, self.translations)
        if not self.gaps:
            found.append(_("The text has no gap."))
        return found + word_problems(self.words, self.gaps)

    def arrange(self, random: Random) -> dict[str, Any]:
        return {"orders": word_orders(self.words, self.shuffle, random)}

    def ask(self, arrangement: Arrangement) -> Asked:
        options = options_by_group(self.words, arrangement)
        controls = tuple(
            Pick(
                gap.name,
                options=options.get(gap.group, ()),
                group=gap.group if self.dragged else "",
            )
            for gap in self.gaps
        )
        return Asked(self.body, controls, authored=True)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        parts = parts_of(response, self.words, self.gaps)
        fraction = sum((part.fraction for part in parts), NONE) / len(self.gaps)
        return judged(fraction, parts, self.said)

    def right_response(self, arrangement: Arrangement) -> Response:
        return {gap.name: (gap.right,) for gap in self.gaps}

    def summary(self, response: Response, arrangement: Arrangement) -> str:
        parts = self.mark_response(response, arrangement).parts
        return "; ".join(f"[{part.name}] {part.response}" for part in parts)

    def guess(self) -> Fraction:
        return mean([chance(self.words, gap) for gap in self.gaps])


@dataclass(frozen=True)
class Zone:
    """A place in a picture for a label.

    :param label: what the place is, for those who do not see the picture
    :param place: left, top, width, height in pixels of the picture
    :param right: key of the right label; empty when it must stay empty
    """

    name: str
    label: str
    place: tuple[int, int, int, int]
    right: str
    group: str = "1"


@dataclass(frozen=True, kw_only=True)
class LabelQuestion(Question):
    """A picture whose parts are to be labelled.

    A label where none belongs takes off what a right one brings: nobody gains by labelling all.

    :param markers: whether it came from Moodle's markers (``ddmarker``), and goes back as them
    """

    kind = "labels"

    picture: Picture
    words: tuple[Word, ...]
    zones: tuple[Zone, ...]
    shuffle: bool = True
    said: Verdicts = SILENT
    markers: bool = False

    def own_problems(self) -> list[TranslationString]:
        found = picture_problems(self.picture)
        found += name_problems(zone.name for zone in self.zones)
        if not self._labelled():
            found.append(_("No place in the picture gets a label."))
        for zone in self.zones:
            left, top, width, height = zone.place
            corners = ((left, top), (left + width, top + height))
            if width <= 0 or height <= 0 or outside(self.picture, corners):
                found.append(
                    _(
                        "The place ${place} is not in the picture, or has no size.",
                        mapping={"place": zone.name},
                    )
                )
        return found + word_problems(self.words, self._labelled())

    def _labelled(self) -> list[Zone]:
        return [zone for zone in self.zones if zone.right]

    def arrange(self, random: Random) -> dict[str, Any]:
        return {"orders": word_orders(self.words, self.shuffle, random)}

    def ask(self, arrangement: Arrangement) -> Asked:
        options = options_by_group(self.words, arrangement)
        controls = tuple(
            Pick(zone.name, zone.label, options.get(zone.group, ()), zone.group, zone.place)
            for zone in self.zones
        )
        return Asked(self.body, controls, self.picture, authored=True)

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        """Whether any label is placed: which places stay empty, and how many, is the learner's to
        find, and what cannot be checked yet would tell it."""
        return any(response.get(zone.name) for zone in self.zones)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        parts = parts_of(response, self.words, self.zones)
        empty = {zone.name for zone in self.zones if not zone.right}
        brought = sum((part.fraction for part in parts), NONE)
        needless = sum(part.name in empty for part in parts)
        fraction = max(NONE, (brought - needless) / len(self._labelled()))
        return judged(fraction, parts, self.said)

    def right_response(self, arrangement: Arrangement) -> Response:
        return {zone.name: (zone.right,) for zone in self._labelled()}

    def summary(self, response: Response, arrangement: Arrangement) -> str:
        labels = {zone.name: zone.label for zone in self.zones}
        parts = self.mark_response(response, arrangement).parts
        return "; ".join(f"{labels[part.name]}: {part.response}" for part in parts)

    def guess(self) -> Fraction | None:
        if len(self._labelled()) < len(self.zones):
            return None
        return mean([chance(self.words, zone) for zone in self.zones])


def word_problems(words: Sequence[Word], gaps: Sequence[Gap | Zone]) -> list[TranslationString]:
    """Why these words cannot be put into these gaps."""
    found = key_problems(word.key for word in words)
    if not all(word.file or says_something(word.html) for word in words):
        found.append(_("A word is empty. Write it, or take it out."))
    by_key = {word.key: word for word in words}
    for gap in gaps:
        right = by_key.get(gap.right)
        if right is None:
            found.append(_("The gap ${name} has no right word.", mapping={"name": gap.name}))
        elif right.group != gap.group:
            found.append(
                _(
                    "The right word of the gap ${name} belongs to another group.",
                    mapping={"name": gap.name},
                )
            )
    return found


def word_orders(words: Sequence[Word], shuffle: bool, random: Random) -> dict[str, list[str]]:
    """The keys of each group's words in the order in which they are shown."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word.group, []).append(word.key)
    return {
        _order_of(group): shuffled(keys, random) if shuffle else keys
        for group, keys in groups.items()
    }


def _order_of(group: str) -> str:
    return f"group {group}"


def options_by_group(
    words: Sequence[Word], arrangement: Arrangement
) -> Mapping[str, tuple[Option, ...]]:
    """What can be put into the gaps of each group, as it is shown."""
    return {
        group: in_order(
            {word.key: word.option() for word in words if word.group == group},
            arrangement,
            _order_of(group),
        )
        for group in {word.group for word in words}
    }


def parts_of(
    response: Response, words: Sequence[Word], gaps: Sequence[Gap | Zone]
) -> tuple[Part, ...]:
    """How each gap was filled in that was filled in; a word of another group is none."""
    parts = []
    for gap in gaps:
        own = {word.key: word for word in words if word.group == gap.group}
        word = own.get((*response.get(gap.name, ()), "")[0])
        if word is not None:
            # Words that say the same are the same to a learner.
            right = gap.right in own and word.option().html == own[gap.right].option().html
            parts.append(Part(gap.name, plain(word.html), word.key, ONE if right else NONE))
    return tuple(parts)


def chance(words: Sequence[Word], gap: Gap | Zone) -> Fraction:
    """How likely it is that a word taken blindly fits."""
    own = {word.key: word.option().html for word in words if word.group == gap.group}
    return Fraction(list(own.values()).count(own[gap.right]), len(own))
