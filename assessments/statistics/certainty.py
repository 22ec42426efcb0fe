"""Certainty-based marking: did people know what they knew?

Marks after A. Gardner-Medwin: right 1, 2 or 3, wrong 0, -2 or -6 for certainty 1, 2 or 3. Saying
what one believes earns most: certainty 2 pays from two in three, certainty 3 from four in five.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.statistics.attempts import Attempt, Which, chosen
from assessments.statistics.figures import SUPPRESSED, Count, Figure, Insufficient, Suppressed
from assessments.statistics.suppression import FEWEST, hidden

_ = TranslationStringFactory("tutela")

RIGHT = {1: 1, 2: 2, 3: 3}
WRONG = {1: 0, 2: -2, 3: -6}
NOTHING = Fraction(1, 10**7)
"""A share of the marks that is no more than this is wrong."""
BEST_FOR = {
    1: (Fraction(0), Fraction(2, 3)),
    2: (Fraction(2, 3), Fraction(4, 5)),
    3: (Fraction(4, 5), Fraction(1)),
}
"""The accuracy at which a certainty earns more than the other two."""
BONUS = Fraction(1, 10)


class Judgement(Enum):
    """What the accuracy at one certainty says of it; the value is the sentence for a person."""

    TOO_SURE = _("Right less often than this certainty is good for.")
    FITTING = _("Right as often as this certainty is good for.")
    TOO_UNSURE = _("Right so often that a higher certainty would have earned more.")

    @property
    def words(self) -> TranslationString:
        return self.value


@dataclass(frozen=True, kw_only=True)
class CertaintyFigures:
    """Of the answers at one certainty, or of all.

    :param accuracy: share that was right whatever the certainty, weighted by marks, in percent
    :param average: mean mark for one mark of weight, -6 to 3
    :param bonus: what telling certain from uncertain answers added, in percent to be added to the
        accuracy: a tenth of how far the average lies above the best that the same accuracy could
        earn with one certainty throughout
    """

    answers: Count
    accuracy: Figure
    average: Figure
    bonus: Figure


@dataclass(frozen=True, kw_only=True)
class Level:
    certainty: int
    figures: CertaintyFigures
    judgement: Judgement | Insufficient | Suppressed


@dataclass(frozen=True, kw_only=True)
class CertaintyStatistics:
    """``all`` counts questions without an answer as wrong and without a mark; ``answered`` leaves
    them out; ``levels`` are those of certainty 1, 2 and 3."""

    all: CertaintyFigures
    answered: CertaintyFigures
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class _Row:
    learner: str
    weight: Fraction
    correctness: Fraction
    mark: Fraction


def certainty_mark(correctness: Fraction, certainty: int) -> Fraction:
    """The mark for one mark of weight.

    :param correctness: the share that was right, 0 to 1
    :param certainty: 1, 2 or 3
    """
    if correctness <= NOTHING:
        return Fraction(WRONG[certainty])
    return RIGHT[certainty] * correctness


def analyse_certainty(
    attempts: Iterable[Attempt], *, which: Which = Which.FIRST, fewest: int = FEWEST
) -> CertaintyStatistics:
    """The figures of all answers that were marked by certainty.

    An answer with a ``certainty`` but no ``correctness`` is not marked yet and is left out; so is
    one without marks.
    """
    rows: dict[int | None, list[_Row]] = {1: [], 2: [], 3: [], None: []}
    for attempt in chosen(attempts, which):
        for answer in attempt.answers:
            certainty, correctness = answer.certainty, answer.correctness
            if not answer.max_mark or (certainty is not None and correctness is None):
                continue
            correctness = correctness if certainty and correctness else Fraction(0)
            mark = certainty_mark(correctness, certainty) if certainty else Fraction(0)
            rows[certainty].append(_Row(attempt.learner, answer.max_mark, correctness, mark))
    everything = [row for level in rows.values() for row in level]
    answered = [row for level in RIGHT for row in rows[level]]
    keys = list(rows)
    people = [{row.learner for row in rows[key]} for key in keys]
    kept_back = {keys[i] for i in hidden(people, fewest=fewest)}
    return CertaintyStatistics(
        all=_figures(everything, keep_back=_few(everything, fewest)),
        answered=_figures(answered, keep_back=_few(answered, fewest) or None in kept_back),
        levels=tuple(
            Level(
                certainty=level,
                figures=_figures(rows[level], keep_back=level in kept_back),
                judgement=_judgement(rows[level], level, keep_back=level in kept_back),
            )
            for level in RIGHT
        ),
    )


def _few(rows: Sequence[_Row], fewest: int) -> bool:
    return 0 < len({row.learner for row in rows}) < fewest


def _figures(rows: Sequence[_Row], *, keep_back: bool) -> CertaintyFigures:
    if keep_back:
        return CertaintyFigures(
            answers=SUPPRESSED, accuracy=SUPPRESSED, average=SUPPRESSED, bonus=SUPPRESSED
        )
    if not rows:
        few = Insufficient.TOO_FEW_ATTEMPTS
        return CertaintyFigures(answers=0, accuracy=few, average=few, bonus=few)
    accuracy, average = _means(rows)
    best = max(accuracy * RIGHT[c] + (1 - accuracy) * WRONG[c] for c in RIGHT)
    return CertaintyFigures(
        answers=len(rows),
        accuracy=float(100 * accuracy),
        average=float(average),
        bonus=float(100 * BONUS * (average - best)),
    )


def _means(rows: Sequence[_Row]) -> tuple[Fraction, Fraction]:
    weight = sum((row.weight for row in rows), Fraction(0))
    right = sum((row.weight * row.correctness for row in rows), Fraction(0))
    marks = sum((row.weight * row.mark for row in rows), Fraction(0))
    return right / weight, marks / weight


def _judgement(
    rows: Sequence[_Row], certainty: int, *, keep_back: bool
) -> Judgement | Insufficient | Suppressed:
    if keep_back:
        return SUPPRESSED
    if not rows:
        return Insufficient.TOO_FEW_ATTEMPTS
    accuracy, _average = _means(rows)
    low, high = BEST_FOR[certainty]
    if accuracy < low:
        return Judgement.TOO_SURE
    return Judgement.TOO_UNSURE if accuracy > high else Judgement.FITTING
