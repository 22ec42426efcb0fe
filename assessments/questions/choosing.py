"""What choosing brings, whether in a list or in a picture: sums, limits, and what can be wrong."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import NONE, ONE, Marked, Part, Response

_ = TranslationStringFactory("tutela")


class Worth(Protocol):
    """Something to choose, and the share of the mark that choosing it brings."""

    @property
    def key(self) -> str: ...

    @property
    def fraction(self) -> Fraction: ...


def sum_of(parts: Sequence[Part], many: bool, least: Fraction, most: int) -> Fraction:
    """What was chosen brings together: from ``least`` to 1; nothing when it is more than ``most``,
    or everybody would choose everything."""
    if not many:
        return parts[0].fraction if len(parts) == 1 else NONE
    if 0 < most < len(parts):
        return NONE
    return min(ONE, max(least, sum((part.fraction for part in parts), NONE)))


def right_keys(choices: Sequence[Worth], many: bool) -> tuple[str, ...]:
    """The keys of what brings the whole mark, as a response has them."""
    if many:
        return tuple(sorted(choice.key for choice in choices if choice.fraction > 0))
    return (max(choices, key=lambda choice: choice.fraction).key,)


def kept_choices(name: str, marked: Marked) -> Response:
    """What was rightly chosen."""
    good = tuple(sorted(part.answer for part in marked.parts if part.fraction > 0))
    return {name: good} if good else {}


def lowest_choice(choices: Sequence[Worth], many: bool, least: Fraction) -> Fraction:
    """The least that choosing can bring."""
    worst = [min(choice.fraction, NONE) for choice in choices]
    return max(least, sum(worst, NONE)) if many else min(worst)


def right_problems(choices: Sequence[Worth], many: bool, whole: bool) -> list[TranslationString]:
    """Why nobody could get the whole mark by choosing."""
    best = [choice.fraction for choice in choices if choice.fraction > 0]
    if not best:
        return [_("No answer is right. Give at least one answer a share of the mark.")]
    if not many and max(best) != ONE:
        return [_("No answer brings the whole mark. Give one of them 100 %.")]
    if many and not whole and sum(best) != ONE:
        return [_("The right answers must bring the whole mark together: 100 %.")]
    return []


def limit_problems(
    choices: Sequence[Worth], many: bool, least: Fraction, most: int
) -> list[TranslationString]:
    """What is wrong with how many may be chosen, and with how little they may bring."""
    found = []
    if not -1 <= least <= 0:
        found.append(_("The least that an answer can bring must be between -100 % and 0 %."))
    if many and 0 < most < sum(choice.fraction > 0 for choice in choices):
        found.append(_("More answers are right than may be chosen."))
    if most < 0:
        found.append(_("How many may be chosen cannot be below 0."))
    return found


def limit_remarks(parts: Sequence[Part], many: bool, most: int) -> list[TranslationString]:
    """What a learner is told who chose too many."""
    if many and 0 < most < len(parts):
        return [
            _(
                "You have chosen ${chosen} answers, but at most ${most} can be chosen.",
                mapping={"chosen": len(parts), "most": most},
            )
        ]
    return []
