"""A pre-test and a post-test of the same people, question by question: what they gained.

Only what both tests ask is compared, and only people who sat both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics.attempts import Answer, Attempt, Which, chosen
from assessments.statistics.figures import SUPPRESSED, Count, Figure, Insufficient
from assessments.statistics.moments import median
from assessments.statistics.suppression import FEWEST, hidden

MASTERY = 80
"""Percent of the marks."""


@dataclass(frozen=True, kw_only=True)
class ItemGain:
    """One question of both tests: mean marks in percent, of those who met it in both."""

    before: str
    after: str
    pairs: Count
    facility_before: Figure
    facility_after: Figure
    gain: Figure


@dataclass(frozen=True, kw_only=True)
class PairedGain:
    """Medians are in percent of the marks of the linked questions.

    :param pairs: people who sat both
    :param median_gain: of each person's own gain, in percentage points
    :param mastery_before: share of people with 80 % or more
    """

    pairs: Count
    median_before: Figure
    median_after: Figure
    median_gain: Figure
    mastery_before: Figure
    mastery_after: Figure
    items: tuple[ItemGain, ...] = ()


def paired_gain(
    before: Iterable[Attempt],
    after: Iterable[Attempt],
    *,
    links: Mapping[str, str] | None = None,
    fewest: int = FEWEST,
) -> PairedGain:
    """Each person's first attempt before against their last one after.

    :param links: question before → question after; without, a question is linked to itself
    """
    met_before = _answers(chosen(before, Which.FIRST))
    met_after = _answers(chosen(after, Which.LAST))
    pairs: dict[str, list[tuple[str, str, Answer, Answer]]] = {}
    for learner, theirs in met_before.items():
        both = [
            (item, linked, answer, met_after[learner][linked])
            for item, answer in theirs.items()
            if (linked := item if links is None else links.get(item))
            and linked in met_after.get(learner, {})
        ]
        if both:
            pairs[learner] = both
    if not pairs:
        return _without(0, Insufficient.TOO_FEW_ATTEMPTS)
    if len(pairs) < fewest:
        return _without(SUPPRESSED, SUPPRESSED)
    scores = {
        learner: (_percent(pair[2] for pair in both), _percent(pair[3] for pair in both))
        for learner, both in pairs.items()
    }
    return PairedGain(
        pairs=len(scores),
        median_before=float(median([score for score, _after in scores.values()])),
        median_after=float(median([score for _before, score in scores.values()])),
        median_gain=float(median([second - first for first, second in scores.values()])),
        mastery_before=_mastery({who: first for who, (first, _) in scores.items()}, fewest),
        mastery_after=_mastery({who: second for who, (_, second) in scores.items()}, fewest),
        items=_items(pairs, fewest),
    )


def _answers(attempts: list[Attempt]) -> dict[str, dict[str, Answer]]:
    """For each learner the marked answers by question."""
    return {
        attempt.learner: {
            answer.item: answer
            for answer in attempt.answers
            if answer.mark is not None and answer.max_mark > 0
        }
        for attempt in attempts
    }


def _percent(answers: Iterable[Answer]) -> Fraction:
    marks, most = Fraction(0), Fraction(0)
    for answer in answers:
        assert answer.mark is not None
        marks += answer.mark
        most += answer.max_mark
    return 100 * marks / most


def _mastery(scores: Mapping[str, Fraction], fewest: int) -> Figure:
    masters = {learner for learner, score in scores.items() if score >= MASTERY}
    if hidden([masters, scores.keys() - masters], fewest=fewest):
        return SUPPRESSED
    return 100 * len(masters) / len(scores)


def _items(
    pairs: Mapping[str, list[tuple[str, str, Answer, Answer]]], fewest: int
) -> tuple[ItemGain, ...]:
    met: dict[tuple[str, str], list[tuple[Answer, Answer]]] = {}
    for both in pairs.values():
        for item, linked, first, second in both:
            met.setdefault((item, linked), []).append((first, second))
    return tuple(
        _item(item, linked, answers, fewest) for (item, linked), answers in sorted(met.items())
    )


def _item(before: str, after: str, answers: list[tuple[Answer, Answer]], fewest: int) -> ItemGain:
    if len(answers) < fewest:
        return ItemGain(
            before=before,
            after=after,
            pairs=SUPPRESSED,
            facility_before=SUPPRESSED,
            facility_after=SUPPRESSED,
            gain=SUPPRESSED,
        )
    first = _percent(answer for answer, _after in answers)
    second = _percent(answer for _before, answer in answers)
    return ItemGain(
        before=before,
        after=after,
        pairs=len(answers),
        facility_before=float(first),
        facility_after=float(second),
        gain=float(second - first),
    )


def _without(pairs: Count, reason: Figure) -> PairedGain:
    return PairedGain(
        pairs=pairs,
        median_before=reason,
        median_after=reason,
        median_gain=reason,
        mastery_before=reason,
        mastery_after=reason,
    )
